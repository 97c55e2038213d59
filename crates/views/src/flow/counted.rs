//! What each number of a period counts: where that stands, and which of it there is.

use super::{Flow, periods};
use crate::clause::Clause;
use crate::words::words;
use crate::{Scope, UnknownWord};
use domain::request::Status;
use periods::midnight;
use std::str::FromStr;

words! {
    /// What is counted of a period.
    Counted {
        /// What came in.
        Received = "received";
        /// What was answered.
        Answered = "answered";
        /// What was closed.
        Closed = "closed";
        /// What was opened again.
        Reopened = "reopened";
        /// What was open at its end.
        Open = "open";
    }
}

/// One of the numbers of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowOf {
    /// This.
    All(Counted),
    /// What was here at its end.
    At(Status),
}

impl FromStr for FlowOf {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let place = text.parse().ok().filter(|place| *place != Status::Closed);
        place.map_or_else(|| text.parse().map(Self::All), |place| Ok(Self::At(place)))
    }
}

/// Where something that is counted stands, when it happened, and which of it there are; and what
/// tells its events: the promise that they moved, or the position of the one.
pub(super) struct Source {
    pub(super) from: &'static str,
    told_by: &'static str,
    pub(super) at: &'static str,
    pub(super) is: &'static str,
}

impl Counted {
    /// Of what was open at an end, when it began.
    pub(super) const fn source(self) -> Source {
        let begun = "NULL AS promise, s.position";
        match self {
            Self::Received => Source {
                from: "FROM requests r",
                told_by: "NULL AS promise, r.number AS position",
                at: "r.received_at",
                is: "1",
            },
            Self::Answered => Source {
                from: "FROM promises p LEFT JOIN requests r ON r.number = p.request",
                told_by: "p.promise, NULL AS position",
                at: "p.stopped_at",
                is: "p.promise = 'respond' AND p.met = 1",
            },
            Self::Closed => {
                Source { from: STAYS, told_by: begun, at: "s.since", is: "s.place = 'closed'" }
            }
            Self::Reopened => {
                let told_by = "NULL AS promise, NULL AS position";
                Source { from: STAYS, told_by, at: "s.until", is: "s.place = 'closed'" }
            }
            Self::Open => {
                Source { from: STAYS, told_by: begun, at: "s.since", is: "s.place <> 'closed'" }
            }
        }
    }
}

const STAYS: &str = "FROM stays s LEFT JOIN requests r ON r.number = s.request";

impl Flow {
    /// What a number counts of the period with this key or, without one, of the whole time.
    pub(crate) fn behind(&self, scope: &Scope, of: FlowOf, key: Option<&str>) -> Question {
        let mut periods = periods::periods(self.group_by, (self.from, self.to));
        let whole = (midnight(self.from), midnight(self.to));
        let range = key.map_or(Some(whole), |key| {
            periods.find(|period| period.key == key).map(|period| period.range())
        });
        let what = match of {
            FlowOf::All(what) => what,
            FlowOf::At(_) => Counted::Open,
        };
        let Source { from, told_by, at, is } = what.source();
        let mut clause = Clause::default();
        scope.restrict("r", &mut clause);
        clause.and(is, []);
        if let FlowOf::At(place) = of {
            clause.and("s.place = ?", [place.code().to_owned().into()]);
        }
        match (range, what) {
            (None, _) => clause.and("0", []),
            (Some((_, end)), Counted::Open) => {
                clause.and("s.since < ? AND ifnull(s.until >= ?, 1)", [end.into(), end.into()]);
            }
            (
                Some((start, end)),
                Counted::Received | Counted::Answered | Counted::Closed | Counted::Reopened,
            ) => {
                let range = [start.into(), end.into()];
                clause.and(&format!("{at} >= ? AND {at} < ?"), range);
            }
        }
        let select = format!("SELECT r.id, r.number, {told_by}");
        Question { select, from, clause, order: format!("ORDER BY {at}, r.number") }
    }
}

/// A question for what a number counts.
pub(crate) struct Question {
    pub(crate) select: String,
    pub(crate) from: &'static str,
    pub(crate) clause: Clause,
    pub(crate) order: String,
}
