//! What is done about a package of support, as a table.

use super::moves::Move;
use super::{Case, Command, Refusal};
use crate::event::Change;

/// Every rule of what may be done about a package, wherever its request stands: a package
/// goes on while the school is asked something, or does not agree.
pub(super) fn decide(
    case: &Case,
    step: Move<'_>,
    command: Command,
) -> Result<Vec<Change>, Refusal> {
    use Command as C;
    match (case.package_in_force(), command) {
        (None, _) => Err(Refusal::NoPackage),
        (Some(support), C::QueryPart(service, words)) => {
            if !support.package.services().contains(&service) {
                return Err(Refusal::NotInvolved(service));
            }
            match case.contributing.get(&service) {
                None => Err(Refusal::NotInvolved(service)),
                Some(part) if part.accepted => Err(Refusal::AlreadyAccepted),
                Some(_) => step.query_part(service, words),
            }
        }
        (Some(support), C::AnswerQuery(service, words)) => {
            if support.queries.contains(&service) {
                step.answer_query(service, words)
            } else {
                Err(Refusal::NothingQueried(service))
            }
        }
        (Some(support), C::ReviewPackage(review)) => {
            let key_worker_of = &support.package.key_worker_of;
            match &review.as_service {
                Some(service) if key_worker_of.service() != Some(service) => {
                    Err(Refusal::NotTheKeyWorker)
                }
                _ => step.review(support, *review),
            }
        }
        (Some(_), command) => Err(case.refuse(command.verb())),
    }
}

impl Command {
    /// Whether it is about a package that is in force.
    #[must_use]
    pub const fn by_package(&self) -> bool {
        matches!(self, Self::QueryPart(..) | Self::AnswerQuery(..) | Self::ReviewPackage(_))
    }
}
