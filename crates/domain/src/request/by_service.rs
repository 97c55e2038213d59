//! What a service does to an open request, as a table: it takes it, or says why not.

use super::moves::Move;
use super::{Case, Command, Contribution, Refusal, Stage};
use crate::event::Change;

/// Every rule of what a service may do.
pub(super) fn decide(
    case: &Case,
    step: Move<'_>,
    command: Command,
) -> Result<Vec<Change>, Refusal> {
    use Command as C;
    use Stage as S;
    match (&case.stage, command) {
        // What the law asks of its service, wherever the request stands.
        (_, C::DecideStatutory(by, decision, stated)) => step.statutory(by, decision, stated),
        (_, C::RecordExcusal(by, promise, ground, words)) => {
            step.excuse(by, promise, ground, words)
        }

        // A service that contributes answers for its own part.
        (_, command) if contribution(case, &command).is_some() => part(case, step, command),

        // The lead service, and no other.
        (S::WithService { service, .. }, ref command)
            if command.by_service().is_some_and(|by| by != service) =>
        {
            Err(Refusal::AnotherService { service: service.clone() })
        }
        (S::WithService { accepted: true, .. }, C::Accept(_) | C::Decline(..)) => {
            Err(Refusal::AlreadyAccepted)
        }
        (S::WithService { accepted: false, .. }, C::RecordOutcome(..)) => Err(Refusal::NotAccepted),
        (S::WithService { .. }, C::Accept(by)) => Ok(step.accept(by)),
        (S::WithService { .. }, C::Decline(by, stated)) => step.decline(by, stated),
        (S::WithService { .. }, C::HandOver(_, to, stated)) => step.hand_over(to, stated),
        (S::WithService { .. }, C::RecordContact(by, words)) => Ok(step.contacted(by, words)),
        (S::WithService { .. }, C::RecordOutcome(by, outcome, words)) => {
            Ok(step.outcome(by, outcome, words))
        }

        // A family does not wait for a school that was asked something.
        (S::AwaitingInformation { .. }, C::RecordContact(by, words))
            if case.lead().is_some_and(|(lead, _)| *lead == by) =>
        {
            Ok(step.contacted(by, words))
        }

        // Where no service has it, none has a say.
        (_, command) => Err(case.refuse(command.verb())),
    }
}

/// The part of the service that acts, if it contributes.
fn contribution<'a>(case: &'a Case, command: &Command) -> Option<&'a Contribution> {
    case.contributing.get(command.by_service()?)
}

/// Every rule of what a contributing service may do.
fn part(case: &Case, step: Move<'_>, command: Command) -> Result<Vec<Change>, Refusal> {
    use Command as C;
    let accepted = contribution(case, &command).is_some_and(|part| part.accepted);
    match (accepted, command) {
        (true, C::Accept(_) | C::Decline(..)) => Err(Refusal::AlreadyAccepted),
        (false, C::Accept(by)) => Ok(step.accept_part(by)),
        (false, C::Decline(by, stated)) => step.decline_part(by, stated),
        (_, C::RecordContact(by, words)) => Ok(step.contact_of_part(by, words)),
        (_, _) => Err(Refusal::OnlyTheLead),
    }
}
