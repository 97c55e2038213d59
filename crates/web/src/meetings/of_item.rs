//! What holds of an item at this moment: where its request stands, whether it could be decided
//! by whoever is in the room, and whose interest in it is not settled.

use domain::clock::Promise;
use domain::desk::Desk;
use domain::ids::AccountId;
use domain::meeting::interest::{InterestKind, suggested};
use domain::meeting::{AtHand, Item, Sitting};
use domain::need::{Area, Need};
use domain::panel::{MemberRole, Panel, Shortfall};
use domain::request::{Case, Status};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What holds of an item at this moment.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemNow {
    #[schema(value_type = String, example = "on_agenda")]
    status: Status,
    #[schema(example = "900001")]
    school_urn: String,
    school_name: Option<String>,
    #[schema(value_type = Option<String>, example = "SEMH")]
    primary_need: Option<Need>,
    #[schema(value_type = Option<String>, example = "semh")]
    area: Option<Area>,
    /// By when the panel's decision is promised; null while the school is waited for.
    #[schema(value_type = Option<String>, format = DateTime)]
    decision_due_at: Option<Timestamp>,
    /// Whether something has come in since the latest pack.
    newer: bool,
    quorum: QuorumShown,
    interests: Vec<InterestShown>,
}

/// Whether those in the room could decide an item now.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuorumShown {
    met: bool,
    /// Who is in the room and does not stand aside.
    #[schema(value_type = Vec<String>)]
    deciding: Vec<AccountId>,
    missing: Option<ShortfallShown>,
}

/// What is missing for a quorum.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShortfallShown {
    /// So many more in all.
    total: u8,
    /// So many more of a role.
    #[schema(value_type = Object, example = json!({"school_leader": 1}))]
    roles: BTreeMap<MemberRole, u8>,
    /// The same in words.
    #[schema(example = "1 more as a headteacher or school leader")]
    says: String,
}

/// What may be a member's interest in an item.
#[derive(Serialize, ToSchema)]
pub(crate) struct InterestShown {
    #[schema(value_type = String)]
    member: AccountId,
    #[schema(value_type = Vec<String>, example = json!(["own_school"]))]
    interests: Vec<InterestKind>,
    /// `aside`, `dismissed`, or null: nobody has said, and if the member is in the room the
    /// item cannot be decided.
    settled: Option<&'static str>,
}

impl ItemNow {
    pub(super) fn of(
        item: &Item,
        sitting: &Sitting,
        (desk, terms): (&Desk, &Panel),
        at_hand: &AtHand,
        now: Timestamp,
    ) -> Option<Self> {
        let case = at_hand.request.case()?;
        let school = desk.schools.get(&case.school);
        let due = case.clocks.latest(Promise::PanelDecision);
        Some(Self {
            status: case.status(),
            school_urn: case.urn.to_string(),
            school_name: school.map(|school| school.name.clone()),
            primary_need: case.intake.primary_need,
            area: case.intake.primary_need.map(Need::area),
            decision_due_at: due.and_then(|clock| clock.due_at),
            newer: item.pack().is_some_and(|pack| at_hand.papers_version > pack.request_version),
            quorum: QuorumShown::of(sitting, terms, case, now),
            interests: interests(sitting, terms, at_hand, case),
        })
    }
}

impl QuorumShown {
    pub(super) fn of(sitting: &Sitting, terms: &Panel, case: &Case, now: Timestamp) -> Self {
        let deciders = sitting.deciders(terms, case.id, now);
        let missing = deciders.shortfall(terms).map(ShortfallShown::of);
        let deciding = deciders.deciding.iter().map(|member| member.account.clone()).collect();
        Self { met: missing.is_none(), deciding, missing }
    }
}

impl ShortfallShown {
    fn of(short: Shortfall) -> Self {
        let says = short.to_string();
        Self { total: short.total, roles: short.roles, says }
    }
}

/// Of every member who is appointed, in the room or not.
pub(super) fn interests(
    sitting: &Sitting,
    terms: &Panel,
    at_hand: &AtHand,
    case: &Case,
) -> Vec<InterestShown> {
    let dismissed = sitting.dismissed.get(&case.id);
    let known = terms.members.iter().map(|member| {
        let settled = if sitting.is_aside(&member.account, case.id) {
            Some("aside")
        } else {
            dismissed.filter(|it| it.contains(&member.account)).map(|_| "dismissed")
        };
        let interests = suggested(member, case, &at_hand.hands);
        InterestShown { member: member.account.clone(), interests, settled }
    });
    known.filter(|it| !it.interests.is_empty() || it.settled.is_some()).collect()
}
