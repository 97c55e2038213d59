//! What makes another version of a pack worth having: news of the child or of what was said,
//! and not that the panel itself has moved the request about.

use crate::event::RequestEvent as E;

/// Whether members would read of this in a pack.
#[must_use]
pub const fn is_paper(event: &E) -> bool {
    matches!(
        event,
        E::Received(_)
            | E::Triaged(_)
            | E::Routed(_)
            | E::InformationAsked(_)
            | E::InformationSupplied(_)
            | E::DocumentAdded(_)
            | E::Noted(_)
            | E::Advised(_)
            | E::Signposted(_)
            | E::AdviceDeclined(_)
            | E::Declined(_)
            | E::OutcomeRecorded(_)
            | E::OutcomeDisputed(_)
            | E::StatutoryDecided(_)
            | E::PackageReviewed(_)
            | E::Reopened(_)
            | E::Absorbed(_)
    )
}
