//! What other rules change, in plain English: one line for each thing.

use domain::triage::{Difference, RuleSetDraft};
use serde::Serialize;
use utoipa::ToSchema;

/// One thing that other rules change.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleChangeBody {
    /// The service whose ways in it is about; null for what holds for all.
    service: Option<String>,
    /// The way in.
    way_in: Option<String>,
    /// Until now; null when nothing was said of it.
    #[schema(example = "The number of cycles tried and reviewed is at least 2")]
    before: Option<String>,
    /// From then on; null when nothing is said of it any more.
    #[schema(example = "The number of cycles tried and reviewed is at least 1")]
    after: Option<String>,
}

/// What these rules change of those before them.
pub(super) fn since(after: &RuleSetDraft, before: &RuleSetDraft) -> Vec<RuleChangeBody> {
    let body = |it: Difference| {
        let Difference { service, way_in, before, after } = it;
        RuleChangeBody { service, way_in, before, after }
    };
    after.since(before).into_iter().map(body).collect()
}
