//! What a service has to do with a request: it leads or contributes, and should be in touch with
//! the family by when.

use domain::ids::ServiceSlug;
use domain::request::{Case, Part, PartState};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A service's part in a request.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartShown {
    #[schema(value_type = String, example = "sensory-support")]
    service: ServiceSlug,
    /// `lead` or `contributing`.
    #[schema(value_type = String, example = "lead")]
    part: &'static str,
    /// `waiting` for its answer, `accepted`, or `over`.
    #[schema(value_type = String, example = "accepted")]
    state: &'static str,
    /// By when it is in touch with the family; null while we wait for the school.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_contact_by: Option<Timestamp>,
    /// When it was.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_contact_at: Option<Timestamp>,
}

/// Every service's part, that of the one that leads first.
pub(super) fn parts(case: &Case) -> Vec<PartShown> {
    let shown = |part: Part<'_>| PartShown {
        service: part.service.clone(),
        part: if part.leads { "lead" } else { "contributing" },
        state: match part.state {
            PartState::Waiting => "waiting",
            PartState::Accepted => "accepted",
            PartState::Over => "over",
        },
        first_contact_by: part.contact_by,
        first_contact_at: part.contacted_at,
    };
    case.parts().map(shown).collect()
}
