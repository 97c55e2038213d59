//! One example of every event there is, for the tests that look at how events are stored.

mod accounts;
mod desk;
mod panels;
mod requests;

use super::*;
use crate::account::{Account, Feed, IdentityHash, Key, KeyHash, KeyScope, Role};
use crate::clock::Promise;
use crate::codes::{
    AdviceKind, Concern, Ending, Missing, OutcomeCode, Phase, ReasonCode, SchoolKind, Specialist,
    Verdict,
};
use crate::county;
use crate::document::{DocumentAdded, DocumentKind, MediaType};
use crate::ids::{
    AccountId, ChildId, DocumentId, DraftId, EventId, KeyId, PanelId, RequestId, SessionId,
    SubjectAccessId,
};
use crate::intake::{ChildCodes, Intake, Provision};
use crate::money::{Money, TenThousandths};
use crate::need::Area;
use crate::notice::{FailureCode, NoticeChannel, NoticeKind, Recipient};
use crate::request::event::{EscalatedAbout, PanelDecision, Reason, RoutedBy};
use crate::rota::{Day, Slot, Turn};
use crate::school::{ClosureReason, ImportFigures, Register};
use crate::service::{Agency, Ages, Offer, Published, ServiceContact, ServiceStatus, Tier};
use crate::statutory::{ExcusalGround, StatutoryDecision};
use crate::team::{Member, Skill};
use crate::triage::{Facts, Route, RuleSet, Triage, Why};
use accounts::*;
use desk::*;
use jiff::civil::{date, time};
use panels::*;
use requests::*;
use serde_json::json;
use uuid::Uuid;

pub(super) fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn team() -> TeamId {
    TeamId::front_door()
}

fn panel() -> PanelId {
    "semh".parse().unwrap()
}

fn to_service() -> Route {
    Route::Service { service: county::service("sensory-support") }
}

fn to_panel() -> Route {
    Route::Panel { panel: panel(), candidates: vec![county::service("behaviour-support")] }
}

fn reason() -> Reason {
    let criteria = vec!["sensory-support/sensory-need".to_owned()];
    Reason { code: ReasonCode::CriteriaNotMet, criteria }
}

/// Everything a school can say, in codes.
fn intake() -> Intake {
    Intake {
        other_needs: vec![county::need("SLCN")],
        concerns: vec![Concern::RecentDiagnosis],
        provision: vec![Provision {
            hours_per_week: TenThousandths::parse("2.5"),
            weeks_per_year: TenThousandths::parse("38"),
            cost_per_hour: Some(Money { pence: 1650 }),
        }],
        specialists: vec![Specialist::SpecialistTeacher],
        ..county::child_with("HI")
    }
}

fn school() -> School {
    School {
        urn: "126512".parse().unwrap(),
        name: "Ashdown Primary School".to_owned(),
        phase: Phase::Primary,
        kind: SchoolKind::Maintained,
        district: "Downland".to_owned(),
        pupils: 210,
        register: Register {
            authority: "845".parse().ok(),
            establishment: "2034".parse().ok(),
            sort: Some("Community school".to_owned()),
            postcode: Some("TN22 1DL".to_owned()),
            lowest_age: Some(4),
            highest_age: Some(11),
            opened_on: Some(date(1998, 9, 1)),
        },
    }
}

fn schools() -> Vec<DeskEvent> {
    let id = county::PRIMARY_SCHOOL;
    let closed = Closed {
        on: date(2026, 8, 31),
        reason: ClosureReason::Amalgamation,
        successor: "148001".parse().ok(),
    };
    vec![
        DeskEvent::SchoolRegistered(SchoolRegistered { id, school: school() }),
        DeskEvent::SchoolConverted(SchoolConverted {
            id,
            from: "126512".parse().unwrap(),
            to: "148000".parse().unwrap(),
            on: date(2026, 9, 1),
        }),
        DeskEvent::SchoolClosed(SchoolClosed { id, closed }),
        DeskEvent::SchoolReopened(SchoolReopened { id }),
        DeskEvent::SchoolsImported(SchoolsImported {
            figures: ImportFigures { added: 3, changed: 12, converted: 1, ..Default::default() },
        }),
    ]
}

fn rules() -> RuleSetDraft {
    serde_json::from_value(json!({
        "name": "triage",
        "mode": "assisted",
        "statutory_service": "ehc-team",
        "panel_only": {"support_sought": ["funding"]},
        "panel_for_area": {
            "cognition_learning": "learning", "communication_interaction": "learning",
            "semh": "semh", "sensory_physical": "sensory", "other": "learning",
        },
        "services": [{"service": "sensory-support", "ways_in": [{"id": "sensory-need",
            "criteria": [
                {"fact": "needs.primary", "test": "any_of", "values": ["HI", "VI"]},
                {"fact": "age_years", "test": "at_least", "values": [5]},
                {"fact": "looked_after", "test": "is", "values": [false]},
            ]}]}],
    }))
    .unwrap()
}

pub(super) fn examples() -> Vec<Event> {
    let requests = arriving().into_iter().chain(triages()).chain(routes()).chain(conversing());
    let requests = requests.chain(going_on()).chain(by_law_and_elsewhere());
    let requests = requests.chain(before_panels()).chain(packages()).map(Event::from);
    let desk = places()
        .into_iter()
        .chain(schools())
        .chain(people())
        .chain(entrances())
        .chain(rotas())
        .map(Event::from);
    let others = children().into_iter().map(Event::from);
    let others = others.chain(drafts().into_iter().map(Event::from));
    let others = others.chain(notices().into_iter().map(Event::from));
    let panels = meetings().into_iter().map(Event::from);
    let panels = panels.chain(diaries().into_iter().map(Event::from));
    requests.chain(others).chain(panels).chain(desk).chain([updates_chosen().into()]).collect()
}
