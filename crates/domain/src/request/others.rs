//! Who else comes in, as a table: services that contribute, and the authority to which a
//! request belongs when it is not ours.

use super::moves::Move;
use super::{Case, Command, Refusal, Stage};
use crate::event::Change;

/// Every rule of who else may come in.
pub(super) fn decide(
    case: &Case,
    step: Move<'_>,
    command: Command,
) -> Result<Vec<Change>, Refusal> {
    use Command as C;
    use Stage as S;
    match (&case.stage, command) {
        // Beside the service that leads, and only there.
        (
            S::WithService { .. } | S::AwaitingInformation { .. } | S::Supported,
            C::Involve(by, service, words),
        ) if case.leading().is_some() => step.involve(by.as_ref(), service, words),
        (_, C::Release(by, service, words)) => step.release(by.as_ref(), service, words),

        // What a meeting is about to decide, or has decided, is ours.
        (S::OnAgenda { .. } | S::AwaitingRatification { .. } | S::Supported, C::Redirect(..)) => {
            Err(case.refuse("redirected"))
        }
        (_, C::Redirect(authority, stated)) => step.redirect(authority, stated),
        (_, C::RecordReceipt(received_on, receipt)) => step.receipt(received_on, receipt),

        (_, command) => Err(case.refuse(command.verb())),
    }
}
