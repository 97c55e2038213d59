//! One person's shifts, as they would put them into a calendar of their own.

use super::{Rota, Stretch};
use crate::calendar::london;
use crate::ids::{AccountId, LayerId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// A shift that goes on for longer than this goes on.
const LONGEST_SHIFT: SignedDuration = SignedDuration::from_hours(48);

/// A stretch of time for which somebody is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnShift {
    /// In which layer; `None`: by an override.
    pub layer: Option<LayerId>,
    /// Of which date.
    pub date: Date,
    /// From,
    pub from: Timestamp,
    /// up to, and not including.
    pub to: Timestamp,
}

impl Rota {
    /// Up to when somebody who is on at this instant is on; `None` if they are not.
    #[must_use]
    pub fn on_until(&self, adviser: &AccountId, at: Timestamp) -> Option<Timestamp> {
        let shifts = self.shifts_of(adviser, at, at.saturating_add(LONGEST_SHIFT).ok()?);
        shifts.into_iter().find(|shift| shift.from == at).map(|shift| shift.to)
    }

    /// When somebody is on between two instants, in order; a day's shift that something
    /// interrupts is several.
    #[must_use]
    pub fn shifts_of(&self, adviser: &AccountId, from: Timestamp, to: Timestamp) -> Vec<OwnShift> {
        let mut shifts: Vec<OwnShift> = Vec::new();
        for Stretch { from, to, people } in self.pieces(from, to) {
            let Some(on) = people.into_iter().find(|on| on.adviser == *adviser) else { continue };
            let (layer, date) = (on.layer, london::wall(from).date());
            let same = |it: &&mut OwnShift| (&it.layer, it.date, it.to) == (&layer, date, from);
            match shifts.last_mut().filter(same) {
                Some(shift) => shift.to = to,
                None => shifts.push(OwnShift { layer, date, from, to }),
            }
        }
        shifts
    }
}
