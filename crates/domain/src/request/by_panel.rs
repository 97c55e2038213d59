//! What a panel does to an open request, as a table.

use super::moves::Move;
use super::{Case, Command, Refusal, Stage};
use crate::event::Change;

/// Every rule of what a panel may do.
pub(super) fn decide(
    case: &Case,
    step: Move<'_>,
    command: Command,
) -> Result<Vec<Change>, Refusal> {
    use Command as C;
    use Stage as S;
    match (&case.stage, command) {
        (S::AwaitingPanel { .. } | S::OnAgenda { .. }, C::SetDepth(depth, stated)) => {
            step.set_depth(depth, stated)
        }

        // On an agenda, off it, put off.
        (S::AwaitingPanel { .. }, C::PutOnAgenda(meeting)) => Ok(step.put_on_agenda(meeting)),
        (_, C::TakeOffAgenda) if case.agenda().is_some() => Ok(step.take_off_agenda()),
        (_, C::PutOff(meeting, why, words)) if case.agenda() == Some(&meeting) => {
            Ok(step.put_off(meeting, why, words))
        }
        (_, C::PutOff(meeting, ..)) => Err(Refusal::NotOnAgenda(meeting)),
        (_, C::DeclareInterest(declared, words)) => Ok(step.declare(declared, words)),

        // Decided by the panel in whose queue it is, and no other.
        (S::AwaitingPanel { panel, .. } | S::OnAgenda { panel, .. }, C::Rule(ruling)) => {
            if *panel == ruling.panel {
                step.ruled(*ruling)
            } else {
                Err(Refusal::AnotherPanel { panel: panel.clone() })
            }
        }
        (S::AwaitingRatification { .. }, C::Ratify(officer, agreed, stated)) => {
            step.ratified(officer, agreed, stated)
        }
        (_, C::SetAside(panel, stated)) => step.set_aside(panel, stated),

        // Nothing else of a panel's is for here.
        (_, command) => Err(case.refuse(command.verb())),
    }
}

impl Command {
    /// Whether only a panel gives it.
    #[must_use]
    pub const fn by_panel(&self) -> bool {
        matches!(
            self,
            Self::PutOnAgenda(_)
                | Self::TakeOffAgenda
                | Self::SetDepth(..)
                | Self::DeclareInterest(..)
                | Self::PutOff(..)
                | Self::Rule(_)
                | Self::Ratify(..)
                | Self::SetAside(..)
        )
    }
}
