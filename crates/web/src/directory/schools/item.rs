//! A school as it is shown: its entry, its URNs by their days, its end.

use domain::codes::{Phase, SchoolKind};
use domain::desk::Desk;
use domain::ids::{Authority, EstablishmentNumber, SchoolId, Urn};
use domain::school::{Closed, ClosureReason, DatedUrn, History, School};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// A school.
#[derive(Serialize, ToSchema)]
pub(crate) struct SchoolItem {
    #[schema(value_type = String, format = Uuid)]
    id: SchoolId,
    /// Its present URN.
    #[schema(value_type = String, example = "900001")]
    pub(super) urn: Urn,
    name: String,
    #[schema(value_type = String, example = "primary")]
    phase: Phase,
    #[schema(value_type = String, example = "academy")]
    kind: SchoolKind,
    district: String,
    pupils: u32,
    /// Whether it may ask for support today.
    open: bool,
    /// How it ended, or is going to.
    closed: Option<ClosedItem>,
    /// Every URN that it ever had, the present one last.
    urns: Vec<DatedUrnItem>,
    /// The authority in whose area it lies.
    #[schema(value_type = Option<String>, example = "865")]
    authority: Option<Authority>,
    /// Its number within that authority.
    #[schema(value_type = Option<String>, example = "2034")]
    establishment_number: Option<EstablishmentNumber>,
    /// The type of establishment, in the words of the national register.
    #[serde(rename = "type")]
    #[schema(example = "Academy converter")]
    sort: Option<String>,
    /// The school's own postcode.
    postcode: Option<String>,
    lowest_age: Option<u8>,
    highest_age: Option<u8>,
    /// The day on which it opened under its present URN.
    #[schema(value_type = Option<String>, format = Date)]
    opened_on: Option<Date>,
}

/// How a school ended.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosedItem {
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// `closure`, `amalgamation`, `new_provision` or `other`.
    #[schema(value_type = String, example = "amalgamation")]
    reason: ClosureReason,
    /// The school that took its place.
    #[schema(value_type = Option<String>, example = "900501")]
    successor_urn: Option<Urn>,
}

/// A URN, and when it was the school's.
#[derive(Serialize, ToSchema)]
pub(crate) struct DatedUrnItem {
    #[schema(value_type = String, example = "900001")]
    urn: Urn,
    /// Its first day; null when nobody knows.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The first day on which it no longer was; null for the present one.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

impl SchoolItem {
    pub(super) fn of(id: SchoolId, school: &School, desk: &Desk, today: Date) -> Self {
        let School { urn, name, phase, kind, district, pupils, register } = school.clone();
        let History { urns, closed } = desk.histories.get(&id).cloned().unwrap_or_default();
        let open = desk.open_school(id, today).is_ok();
        let closed = closed.map(|Closed { on, reason, successor }| ClosedItem {
            on,
            reason,
            successor_urn: successor,
        });
        let dated = |DatedUrn { urn, from, until }| DatedUrnItem { urn, from, until };
        Self {
            id,
            urn,
            name,
            phase,
            kind,
            district,
            pupils,
            open,
            closed,
            urns: urns.into_iter().map(dated).collect(),
            authority: register.authority,
            establishment_number: register.establishment,
            sort: register.sort,
            postcode: register.postcode,
            lowest_age: register.lowest_age,
            highest_age: register.highest_age,
            opened_on: register.opened_on,
        }
    }
}
