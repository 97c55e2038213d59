//! Which URN was a school's on which day, and how it ended.

use super::School;
use crate::codes::codes;
use crate::ids::Urn;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a school closed.
    ClosureReason {
        Closure = "closure", "it closed for good";
        Amalgamation = "amalgamation", "it was joined with another school";
        NewProvision = "new_provision", "another school was founded in its place";
        Other = "other", "another reason";
    }
}

/// A URN and the days on which it was the school's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedUrn {
    /// The number.
    pub urn: Urn,
    /// The first day; `None`: nobody knows.
    pub from: Option<Date>,
    /// The first day on which it no longer was; `None`: it is the present one.
    pub until: Option<Date>,
}

/// How a school ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The last day on which it was a school. It may be still to come.
    pub on: Date,
    /// Why.
    pub reason: ClosureReason,
    /// The school that took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<Urn>,
}

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "closed on {}", self.on)?;
        match &self.successor {
            Some(successor) => write!(f, ", succeeded by {successor}"),
            None => Ok(()),
        }
    }
}

/// A school's URNs, the present one last, and its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// In their order; never empty once the school is in the directory.
    pub urns: Vec<DatedUrn>,
    /// Its end, if it has one.
    pub closed: Option<Closed>,
}

impl History {
    /// Follows an entry: the first one begins the history, a later one may correct its first
    /// day. An entry under another URN, which no decision makes, gives it that URN.
    pub(crate) fn enter(&mut self, school: &School) {
        let (urn, from) = (school.urn.clone(), school.register.opened_on);
        match self.urns.as_mut_slice() {
            [only] if only.urn == urn => only.from = from,
            [.., present] if present.urn == urn => {}
            _ => self.urns.push(DatedUrn { urn, from, until: None }),
        }
    }

    /// Follows a conversion: from this day on it has another URN, and it is open.
    pub(crate) fn convert(&mut self, to: Urn, on: Date) {
        if let Some(present) = self.urns.last_mut() {
            present.until = Some(on);
        }
        self.urns.push(DatedUrn { urn: to, from: Some(on), until: None });
        self.closed = None;
    }

    /// Whether the school was, or will be, open on this day.
    #[must_use]
    pub fn is_open_on(&self, day: Date) -> bool {
        self.closed.as_ref().is_none_or(|closed| day <= closed.on)
    }

    /// The URN that was its on this day; before its first known day, its first one.
    #[must_use]
    pub fn urn_on(&self, day: Date) -> Option<&Urn> {
        let began = |dated: &&DatedUrn| dated.from.is_none_or(|from| from <= day);
        let then = self.urns.iter().rev().find(began).or_else(|| self.urns.first());
        then.map(|dated| &dated.urn)
    }

    /// The first day under its present URN, if that is known.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        self.urns.last()?.from
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn urn(text: &str) -> Urn {
        text.parse().unwrap()
    }

    fn converted() -> History {
        let first = DatedUrn { urn: urn("900001"), from: None, until: None };
        let mut history = History { urns: vec![first], closed: None };
        history.convert(urn("900501"), date(2026, 9, 1));
        history
    }

    #[test]
    fn each_day_has_the_urn_of_that_day() {
        let history = converted();
        assert_eq!(history.urn_on(date(2026, 8, 31)), Some(&urn("900001")));
        assert_eq!(history.urn_on(date(2026, 9, 1)), Some(&urn("900501")));
        assert_eq!(history.urns[0].until, Some(date(2026, 9, 1)));
    }

    #[test]
    fn the_last_day_of_a_school_is_a_day_of_the_school() {
        let closed = Closed {
            on: date(2026, 8, 31),
            reason: ClosureReason::Amalgamation,
            successor: Some(urn("900002")),
        };
        assert_eq!(closed.to_string(), "closed on 2026-08-31, succeeded by 900002");
        let history = History { closed: Some(closed), ..converted() };
        assert!(history.is_open_on(date(2026, 8, 31)));
        assert!(!history.is_open_on(date(2026, 9, 1)));
    }
}
