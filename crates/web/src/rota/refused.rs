//! Why a rota says no, as a client reads it: with the place of each fault.

use crate::problem::{Fault, Problem};
use domain::rota::{LayerPart, RotaFault, RotaRefusal};

impl From<RotaRefusal> for Problem {
    fn from(refusal: RotaRefusal) -> Self {
        let says = refusal.to_string();
        match refusal {
            RotaRefusal::FaultyLayers(faults) => {
                Self::invalid(faults.into_iter().map(|fault| located(fault, None)).collect())
            }
            RotaRefusal::Unbounded => Self::fault("/to", says),
            RotaRefusal::AnotherMonth(_) => Self::fault("/from", says),
            RotaRefusal::UnknownPerson(_) => Self::fault("/adviser", says),
            RotaRefusal::WithThemselves => Self::fault("/colleague", says),
            RotaRefusal::UnknownTurn(_) | RotaRefusal::NotTheirTurn(_) => {
                Self::fault("/shift", says)
            }
            RotaRefusal::UnknownAbsence | RotaRefusal::UnknownSwap => Self::not_found(),
            RotaRefusal::NotTheirSwap => Self::forbidden(says),
            RotaRefusal::TurnHasBegun(_)
            | RotaRefusal::SwapsOverlap(_)
            | RotaRefusal::SwapIsSettled(_) => Self::conflict(says),
        }
    }
}

/// A fault of a list of shifts. `simply` is the member by which a shift named its one person
/// or skill.
pub(super) fn located(fault: RotaFault, simply: Option<&str>) -> Fault {
    let RotaFault { place, part, detail } = fault;
    let part = match (part, simply) {
        (LayerPart::Id, _) => "id".to_owned(),
        (LayerPart::Days, _) => "days".to_owned(),
        (LayerPart::Dates, _) => "dates".to_owned(),
        (LayerPart::To, _) => "to".to_owned(),
        (LayerPart::RotatesEveryWeeks, _) => "rotates_every_weeks".to_owned(),
        (LayerPart::Slot(_) | LayerPart::Rotation, Some(member)) => member.to_owned(),
        (LayerPart::Slot(turn), None) => format!("rotation/{turn}"),
        (LayerPart::Rotation, None) => "rotation".to_owned(),
    };
    Fault { pointer: format!("/shifts/{place}/{part}"), detail }
}
