//! The county in which the tests play: its real directory, rules and bank holidays, a rota
//! and two schools; and the requests that the schools send.

use crate::calendar::fixture::england;
use crate::codes::{
    About, Channel, Concern, ConsentBy, Phase, Progress, SchoolKind, SenProvision, Support,
};
use crate::desk::{Desk, Workload};
use crate::event::{
    CalendarPublished, CouncilNamed, DeskEvent, PanelEstablished, RuleSetActivated,
    SchoolRegistered, ServiceListed, ShiftOverridden, ShiftsSet,
};
use crate::ids::{AccountId, RequestId, SchoolId, ServiceSlug, TeamId};
use crate::intake::{ChildCodes, Consent, Cycle, Intake, Submission};
use crate::need::Need;
use crate::personal::Particulars;
use crate::request::{Command, Submit};
use crate::rota::{Day, Layer, Override, Shift};
use crate::school::{Register, School};
use crate::triage::RuleSetDraft;
use jiff::civil::{date, time};
use serde_json::Value;
use uuid::Uuid;

const SERVICES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontdoor/county/services.json"));
const PANELS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontdoor/county/panels.json"));
const RULES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontdoor/county/ruleset-triage.json"));

pub(crate) const PRIMARY_SCHOOL: SchoolId = SchoolId(Uuid::from_u128(0x126_512));
pub(crate) const SECONDARY_SCHOOL: SchoolId = SchoolId(Uuid::from_u128(0x126_064));
pub(crate) const REQUEST: RequestId = RequestId(Uuid::from_u128(0xFD));

/// The desk with everything in it, folded from events as it is in the end. On duty: Amara,
/// Monday to Friday from nine to five, November 2026 to February 2027.
pub(crate) fn desk() -> Desk {
    let mut desk = Desk::default();
    for event in directory().into_iter().chain(rota()) {
        desk.apply(&event, 1);
    }
    desk
}

/// The same without anybody on the rota.
pub(crate) fn desk_without_a_rota() -> Desk {
    Desk { rotas: std::collections::BTreeMap::new(), ..desk() }
}

/// The same, with somebody else or nobody on duty for a stretch of November.
pub(crate) fn desk_with_instead(from: &str, to: &str, adviser: Option<&str>) -> Desk {
    let mut desk = desk();
    let adviser = adviser.map(name);
    let instead = Override { from: from.parse().unwrap(), to: to.parse().unwrap(), adviser };
    let (team, month) = (TeamId::front_door(), "2026-11".parse().unwrap());
    desk.apply(&DeskEvent::ShiftOverridden(ShiftOverridden { team, month, instead }), 2);
    desk
}

/// The same with the county's rules in this mode.
pub(crate) fn desk_in_mode(mode: &str) -> Desk {
    let mut desk = desk();
    let draft = RuleSetDraft { mode: Some(mode.to_owned()), ..rules() };
    desk.apply(
        &DeskEvent::RuleSetActivated(RuleSetActivated { draft, of_draft: None, reason: None }),
        2,
    );
    desk
}

fn directory() -> Vec<DeskEvent> {
    let authority = "865".parse().unwrap();
    let council = CouncilNamed { authority, name: "Downland County Council".to_owned() };
    let mut events = vec![
        DeskEvent::CouncilNamed(council),
        DeskEvent::CalendarPublished(CalendarPublished { calendar: england() }),
        DeskEvent::RuleSetActivated(RuleSetActivated {
            draft: rules(),
            of_draft: None,
            reason: None,
        }),
        school(PRIMARY_SCHOOL, "126512", Phase::Primary, SchoolKind::Maintained),
        school(SECONDARY_SCHOOL, "126064", Phase::Secondary, SchoolKind::Academy),
    ];
    events.extend(listed(SERVICES, "services").map(|entry| {
        let service = serde_json::from_value(entry).unwrap();
        DeskEvent::ServiceListed(ServiceListed { service })
    }));
    events.extend(listed(PANELS, "panels").map(|entry| {
        let panel = serde_json::from_value(entry).unwrap();
        DeskEvent::PanelEstablished(PanelEstablished { panel })
    }));
    events
}

fn listed(file: &str, list: &str) -> std::vec::IntoIter<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    file[list].as_array().unwrap().clone().into_iter()
}

/// The county's published rules.
pub(crate) fn rules() -> RuleSetDraft {
    serde_json::from_str(RULES).unwrap()
}

fn school(id: SchoolId, urn: &str, phase: Phase, kind: SchoolKind) -> DeskEvent {
    let urn = urn.parse().unwrap();
    let (name, district) = (format!("{phase} school"), "Downland".to_owned());
    let register = Register::default();
    let school = School { urn, name, phase, kind, district, pupils: 210, register };
    DeskEvent::SchoolRegistered(SchoolRegistered { id, school })
}

fn rota() -> impl Iterator<Item = DeskEvent> {
    let shift = |day: &Day| Shift {
        day: *day,
        from: time(9, 0, 0, 0),
        to: time(17, 0, 0, 0),
        adviser: name("amara"),
    };
    let shifts: Vec<Shift> = Day::ALL.iter().take(5).map(shift).collect();
    ["2026-11", "2026-12", "2027-01", "2027-02"].into_iter().map(move |month| {
        let month = month.parse().unwrap();
        let layers = Layer::weekly(month, shifts.clone());
        DeskEvent::ShiftsSet(ShiftsSet { team: TeamId::front_door(), month, layers })
    })
}

pub(crate) fn name(account: &str) -> AccountId {
    account.parse().unwrap()
}

pub(crate) fn service(slug: &str) -> ServiceSlug {
    slug.parse().unwrap()
}

pub(crate) fn need(code: &str) -> Need {
    Need::parse_on(code, date(2026, 11, 20)).unwrap()
}

pub(crate) fn consent() -> Consent {
    let on = Some(date(2026, 11, 2));
    Consent { given: true, by: Some(ConsentBy::Parent), on, overridden: false }
}

/// A child of the county, with one cycle tried and reviewed and with consent, for whom an
/// assessment is sought: with autism, it is for the specialist SEN service and nobody else.
pub(crate) fn child_with(primary: &str) -> Intake {
    let (started, reviewed) = (Some(date(2026, 1, 24)), Some(date(2026, 3, 10)));
    Intake {
        channel: Channel::Api,
        about: About::Child,
        primary_need: Some(need(primary)),
        other_needs: vec![],
        support_sought: vec![Support::Assessment],
        concerns: vec![],
        tried: vec![Cycle { started, reviewed, outcome: Some(Progress::Some) }],
        provision: vec![],
        specialists: vec![],
        consent: Some(consent()),
        child: Some(ChildCodes {
            age_years: Some(9),
            year_group: Some(4),
            home_authority: Some("865".parse().unwrap()),
            sen_provision: Some(SenProvision::Support),
            looked_after: Some(false),
            child_in_need: Some(false),
            child_protection: Some(false),
        }),
    }
}

/// What each route is reached with. For the specialist SEN service:
pub(crate) fn for_a_service() -> Intake {
    child_with("ASD")
}

/// The panel for communication and interaction, as in-reach is sought.
pub(crate) fn for_a_panel() -> Intake {
    Intake { support_sought: vec![Support::Inreach], ..child_with("ASD") }
}

/// The duty adviser, as nothing but advice is sought and nothing was tried.
pub(crate) fn for_advice() -> Intake {
    Intake { support_sought: vec![Support::Advice], tried: vec![], ..child_with("ASD") }
}

/// The duty adviser, at once.
pub(crate) fn for_a_critical_incident() -> Intake {
    Intake { concerns: vec![Concern::CriticalIncident], ..child_with("ASD") }
}

/// The home authority.
pub(crate) fn for_another_authority() -> Intake {
    let mut intake = child_with("ASD");
    intake.child.as_mut().unwrap().home_authority = Some("835".parse().unwrap());
    intake
}

/// The statutory service.
pub(crate) fn for_an_ehc_assessment() -> Intake {
    Intake { support_sought: vec![Support::EhcAssessment], ..child_with("ASD") }
}

/// The school again, which forgot to ask the parents.
pub(crate) fn without_consent(intake: Intake) -> Intake {
    Intake { consent: None, ..intake }
}

/// The command by which the primary school asks.
pub(crate) fn submit(intake: Intake) -> Command {
    let particulars = Particulars { summary: Some("Help, please.".to_owned()), ..<_>::default() };
    Command::Submit(Box::new(Submit {
        request: REQUEST,
        child: None,
        school: PRIMARY_SCHOOL,
        team: TeamId::front_door(),
        workload: Workload::default(),
        submission: Submission { intake, particulars, child: None },
    }))
}
