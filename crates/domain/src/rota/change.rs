//! How a month of a rota changes: what each of its events comes to.

use super::{Absence, Layer, Month, Override, Swap, SwapState};
use crate::event::DeskEvent;
use crate::ids::{AbsenceId, SwapId, TeamId};
use jiff::Timestamp;

/// A change to one month of a rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotaChange {
    /// The layers of the month, instead of any before.
    Layers(Vec<Layer>),
    /// An override, before all earlier ones.
    Override(Override),
    /// The overrides of the month, instead of any before.
    Overrides(Vec<Override>),
    /// Somebody is away.
    Absence(Absence),
    /// They are back from this instant on.
    AbsenceEnds(AbsenceId, Timestamp),
    /// A turn is offered.
    SwapOffered(Swap),
    /// The offer is answered, or taken back.
    SwapSettled(SwapId, SwapState),
}

impl RotaChange {
    /// What an event changes, of which team's rota, in which month; `None` for an event of
    /// something else.
    #[must_use]
    pub fn of(event: &DeskEvent) -> Option<(&TeamId, Month, Self)> {
        use DeskEvent as E;
        let changed = if let E::ShiftsSet(it) = event {
            (&it.team, it.month, Self::Layers(it.layers.clone()))
        } else if let E::ShiftOverridden(it) = event {
            (&it.team, it.month, Self::Override(it.instead.clone()))
        } else if let E::OverridesSet(it) = event {
            (&it.team, it.month, Self::Overrides(it.overrides.clone()))
        } else if let E::AbsenceRecorded(it) = event {
            (&it.team, it.month, Self::Absence(it.absence.clone()))
        } else if let E::AbsenceEnded(it) = event {
            (&it.team, it.month, Self::AbsenceEnds(it.absence, it.at))
        } else if let E::SwapOffered(it) = event {
            (&it.team, it.month, Self::SwapOffered(it.swap.clone()))
        } else if let E::SwapSettled(it) = event {
            (&it.team, it.month, Self::SwapSettled(it.swap, it.how))
        } else {
            return None;
        };
        Some(changed)
    }
}
