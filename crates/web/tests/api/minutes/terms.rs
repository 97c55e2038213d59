//! A panel of seven, as its terms of reference have it.

use crate::county::by_set_up_as;
use domain::account::{Account, Role};
use domain::desk::DeskCommand;
use domain::ids::{AccountId, PanelId, SchoolId};
use domain::money::Money;
use domain::panel::{DecidesBy, Member, MemberRole, Panel, Quorum};
use engine::Engine;
use uuid::Uuid;

pub(super) fn panel() -> PanelId {
    "sensory-physical".parse().unwrap()
}

pub(super) fn name(account: &str) -> AccountId {
    account.parse().unwrap()
}

/// Somebody: account, name, seat, school, service.
type Somebody = (&'static str, &'static str, MemberRole, Option<u128>, Option<&'static str>);

const PEOPLE: [Somebody; 7] = [
    ("mira-shah", "Mira Shah", MemberRole::EducationAdviser, None, None),
    ("noor-ali", "Noor Ali", MemberRole::EducationalPsychologist, None, None),
    ("tom-baker", "Tom Baker", MemberRole::SchoolLeader, Some(900_001), None),
    ("helen-price", "Helen Price", MemberRole::Senco, Some(900_002), None),
    ("ama-osei", "Dr Ama Osei", MemberRole::Health, None, None),
    ("joan-firth", "Joan Firth", MemberRole::ServiceManager, None, Some("sensory-support")),
    ("lee-marsh", "Lee Marsh", MemberRole::SocialCare, None, None),
];

/// Establishes the panel, and lets everybody in.
pub(super) async fn establish(engine: &Engine) {
    let file = include_str!("../../../../frontdoor/county/panels.json");
    let mut file: serde_json::Value = serde_json::from_str(file).unwrap();
    let panels: Vec<Panel> = serde_json::from_value(file["panels"].take()).unwrap();
    let members = PEOPLE.iter().map(|(account, _, role, school, service)| Member {
        account: name(account),
        role: *role,
        school: school.map(|number| SchoolId(Uuid::from_u128(number))),
        service: service.map(|slug| slug.parse().unwrap()),
    });
    let terms = Panel {
        chair: Some(name("mira-shah")),
        vice_chair: Some(name("noor-ali")),
        members: members.collect(),
        quorum: Quorum {
            total: 3,
            roles: [(MemberRole::EducationAdviser, 1), (MemberRole::EducationalPsychologist, 1)]
                .into(),
        },
        decides_by: DecidesBy::Majority,
        ratify_above: Some(Money { pence: 1_000_000 }),
        ratified_by: Some(name("ruth-dean")),
        ..panels.into_iter().find(|it| it.id == panel()).unwrap()
    };
    let account = |account: &str, called: &str| {
        let (id, called) = (name(account), called.to_owned());
        DeskCommand::OpenAccount(Account {
            id,
            name: called,
            role: Role::Panel,
            school: None,
            service: None,
        })
    };
    let mut commands: Vec<_> = PEOPLE.iter().map(|(id, called, ..)| account(id, called)).collect();
    commands.push(account("ruth-dean", "Ruth Dean"));
    commands.push(DeskCommand::EstablishPanel(terms));
    engine.configure(&by_set_up_as(40), commands).await.unwrap();
}
