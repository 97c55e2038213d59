//! Working time ahead in which nobody is on duty.
//!
//! A gap is told by the working time that it lasts, not by an empty cell of a table: a night
//! without anybody is none, and a week without anybody is one gap and not five.

use super::Rota;
use crate::calendar::{Calendar, StretchKind};
use jiff::Timestamp;

/// Working time in which nobody is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// From,
    pub from: Timestamp,
    /// up to, and not including.
    pub to: Timestamp,
    /// The working minutes of it.
    pub working_minutes: i64,
}

impl Rota {
    /// The gaps between two instants, in order. Stretches with nothing but closed time between
    /// them are one gap.
    #[must_use]
    pub fn gaps(&self, calendar: &Calendar, from: Timestamp, to: Timestamp) -> Vec<Gap> {
        let cuts = self.boundaries(from, to);
        let mut gaps: Vec<Gap> = Vec::new();
        // Whether nobody has been on since the last gap began.
        let mut lasts = false;
        for open in calendar.stretches(from, to).filter(|it| it.kind == StretchKind::Open) {
            let inside = cuts.iter().copied().filter(|cut| open.from < *cut && *cut < open.to);
            let starts: Vec<Timestamp> = std::iter::once(open.from).chain(inside).collect();
            let ends = starts.iter().copied().skip(1).chain([open.to]);
            for (start, end) in starts.iter().copied().zip(ends) {
                let nobody = self.people(start).is_empty();
                match gaps.last_mut().filter(|_| nobody && lasts) {
                    Some(gap) => gap.to = end,
                    None if nobody => gaps.push(Gap { from: start, to: end, working_minutes: 0 }),
                    None => {}
                }
                lasts = nobody;
            }
        }
        for gap in &mut gaps {
            gap.working_minutes = calendar.working_minutes(gap.from, gap.to);
        }
        gaps
    }
}
