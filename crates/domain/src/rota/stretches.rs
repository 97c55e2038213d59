//! The rota as it comes out, after overrides, absences and swaps: who is on, from when to when.

use super::{OnDuty, Rota};
use jiff::Timestamp;

/// A stretch of time in which the same people are on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From,
    pub from: Timestamp,
    /// up to, and not including.
    pub to: Timestamp,
    /// Who is on, in the order of the layers: the first answers for what arrives.
    pub people: Vec<OnDuty>,
}

impl Rota {
    /// When somebody is on between two instants, in order; what follows with the same people in
    /// the same shifts is one stretch.
    #[must_use]
    pub fn stretches(&self, from: Timestamp, to: Timestamp) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for piece in self.pieces(from, to).filter(|piece| !piece.people.is_empty()) {
            let goes_on = |it: &&mut Stretch| it.to == piece.from && it.people == piece.people;
            match stretches.last_mut().filter(goes_on) {
                Some(stretch) => stretch.to = piece.to,
                None => stretches.push(piece),
            }
        }
        stretches
    }

    /// The time between two instants, cut wherever it may change who is on.
    pub(super) fn pieces(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Stretch> {
        let mut cuts = self.boundaries(from, to);
        cuts.insert(0, from);
        let ends: Vec<Timestamp> = cuts.iter().copied().skip(1).chain([to]).collect();
        let pieces = cuts.into_iter().zip(ends).filter(|(start, end)| start < end);
        pieces.map(|(from, to)| Stretch { from, to, people: self.people(from) })
    }
}
