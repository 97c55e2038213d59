//! Who works at the made-up county's front door, and who knocks.

use super::panels;
use anyhow::Context as _;
use domain::account::{Account, Role};
use domain::ids::{AccountId, SchoolId, ServiceSlug, TeamId};
use domain::school::School;
use domain::team::{Member, Skill, Team};

/// Advisers on the rota, by account, with what they are good at. The first is who the demo
/// key of an adviser lets in.
pub(super) const ADVISERS: [(&str, &str, &[Skill]); 6] = [
    ("demo-adviser", "Rowan Ashby", &[Skill::SpecialistTeacher, Skill::Learning]),
    ("priya-nayar", "Priya Nayar", &[Skill::EducationalPsychology]),
    ("gwen-tudor", "Gwen Tudor", &[Skill::Communication, Skill::EarlyYears]),
    ("marcus-oyelaran", "Marcus Oyelaran", &[Skill::Behaviour]),
    ("tom-hadley", "Tom Hadley", &[Skill::Sensory, Skill::Physical]),
    ("lena-fischer", "Lena Fischer", &[Skill::Statutory, Skill::Learning]),
];

/// To whom they answer.
const LINE_MANAGER: (&str, &str) = ("mira-kenward", "Mira Kenward");

/// The head of SEND: manages the panels, and gives the word that a costly package awaits.
pub(super) const PANEL_MANAGER: (&str, &str) = ("demo-panel", "Hilary Stroud");

const OTHERS: [(&str, &str, Role); 6] = [
    ("demo-coordinator", "Bryony Sage", Role::Coordinator),
    (PANEL_MANAGER.0, PANEL_MANAGER.1, Role::Panel),
    ("demo-commissioner", "Dev Chandra", Role::Commissioner),
    ("demo-auditor", "Morag Sinclair", Role::Auditor),
    ("demo-dpo", "Felix Amadi", Role::Dpo),
    ("demo-admin", "Jo Lister", Role::Admin),
];

/// Who manages each service.
const SERVICE_MANAGERS: [(&str, &str); 12] = [
    ("statutory-sen", "Frances Whitlock"),
    ("sensory-support", "Nora Penhallow"),
    ("specialist-sen", "Gareth Imrie"),
    ("educational-psychology", "Dr Anneke Vos"),
    ("ethnic-minority-achievement", "Farida Rahimi"),
    ("traveller-education", "Martin Lovell"),
    ("behaviour-support", "Cheryl Dunmore"),
    ("education-welfare", "Imran Sadiq"),
    ("speech-language-therapy", "Orla Keane"),
    ("emotional-wellbeing", "Theo Marchetti"),
    ("enhanced-mainstream-outreach", "Ruby Asante"),
    ("early-years-inclusion", "Wendy Garside"),
];

/// Every account of the county.
pub(super) fn accounts<'a>(
    schools: impl IntoIterator<Item = &'a (SchoolId, School)>,
    services: impl IntoIterator<Item = &'a ServiceSlug>,
) -> anyhow::Result<Vec<Account>> {
    let mut accounts = Vec::new();
    let advisers = ADVISERS.map(|(id, name, _)| (id, name));
    for (id, name) in advisers.into_iter().chain([LINE_MANAGER]) {
        accounts.push(staff(id, name, Role::Adviser)?);
    }
    for (id, name, role) in OTHERS {
        accounts.push(staff(id, name, role)?);
    }
    accounts.extend(panels::accounts()?);
    for slug in services {
        let manager = SERVICE_MANAGERS.iter().find(|(managed, _)| *managed == slug.as_str());
        let (_, name) = manager.with_context(|| format!("nobody manages {slug}"))?;
        let account = staff(&format!("demo-service-{slug}"), name, Role::Service)?;
        accounts.push(Account { service: Some(slug.clone()), ..account });
    }
    for (id, school) in schools {
        let account = staff(&format!("demo-school-{}", school.urn), &school.name, Role::School)?;
        accounts.push(Account { school: Some(*id), ..account });
    }
    Ok(accounts)
}

/// The team of the front door.
pub(super) fn team() -> anyhow::Result<Team> {
    let member = |(id, _, skills): (&str, &str, &[Skill])| {
        anyhow::Ok(Member { account: id.parse()?, skills: skills.to_vec() })
    };
    Ok(Team {
        id: TeamId::front_door(),
        name: "Front Door".to_owned(),
        manager: LINE_MANAGER.0.parse()?,
        members: ADVISERS.into_iter().map(member).collect::<anyhow::Result<_>>()?,
    })
}

pub(super) fn staff(id: &str, name: &str, role: Role) -> anyhow::Result<Account> {
    let (id, name) = (AccountId::try_from(id.to_owned())?, name.to_owned());
    Ok(Account { id, name, role, school: None, service: None })
}
