//! When schools are open: what a panel does not meet outside of, and what support in term
//! time goes by.
//!
//! Terms say nothing about working time: a promise runs on through the school holidays.

use super::{Calendar, DayKind};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// One half of a school term: from the end of one holiday to the beginning of the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolTerm {
    /// Its name, such as "Autumn 2026, first half".
    pub name: String,
    /// The first school day.
    pub from: Date,
    /// The last school day.
    pub to: Date,
}

impl SchoolTerm {
    /// Whether this day lies in it.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
}

impl Calendar {
    /// Whether this day lies in a school term. `None`: the terms that are published do not
    /// reach that day, before the first of them or after the last.
    #[must_use]
    pub fn in_term(&self, date: Date) -> Option<bool> {
        let first = self.terms.iter().map(|term| term.from).min()?;
        let last = self.terms_end()?;
        let reached = first <= date && date <= last;
        reached.then(|| self.terms.iter().any(|term| term.contains(date)))
    }

    /// The last day of the last term that is published.
    #[must_use]
    pub fn terms_end(&self) -> Option<Date> {
        self.terms.iter().map(|term| term.to).max()
    }

    /// Whether the week of this day has a school day, from its Monday to its Friday. `None`:
    /// it has none in the terms that are published, and they do not reach all of it.
    #[must_use]
    pub fn is_school_week(&self, date: Date) -> Option<bool> {
        let since_monday = date.weekday().since(Weekday::Monday);
        let monday = date.saturating_sub(i64::from(since_monday).days());
        let days: Vec<_> = monday.series(1.day()).take(5).collect();
        let school = |day: &Date| {
            let off = self.day_kind(*day) == DayKind::BankHoliday;
            self.in_term(*day).map(|in_term| in_term && !off)
        };
        let said: Vec<_> = days.iter().map(school).collect();
        let open = said.contains(&Some(true));
        (open || !said.contains(&None)).then_some(open)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::england;
    use super::*;
    use jiff::civil::date;

    fn autumn() -> Calendar {
        let term = |name: &str, from, to| SchoolTerm { name: name.to_owned(), from, to };
        let terms = vec![
            term("Autumn 2026, second half", date(2026, 11, 2), date(2026, 12, 18)),
            term("Autumn 2026, first half", date(2026, 9, 2), date(2026, 10, 23)),
        ];
        Calendar { terms, ..england() }
    }

    #[test]
    fn half_term_is_no_term_and_what_is_not_published_is_not_known() {
        let calendar = autumn();
        assert_eq!(calendar.in_term(date(2026, 9, 2)), Some(true));
        assert_eq!(calendar.in_term(date(2026, 10, 28)), Some(false));
        assert_eq!(calendar.in_term(date(2026, 12, 18)), Some(true));
        assert_eq!(calendar.in_term(date(2026, 9, 1)), None);
        assert_eq!(calendar.in_term(date(2026, 12, 19)), None);
        assert_eq!(england().in_term(date(2026, 9, 2)), None);
    }

    #[test]
    fn a_week_is_a_school_week_when_any_of_its_days_is() {
        let calendar = autumn();
        // A Monday and a Sunday of the week in which the Wednesday is the first day.
        assert_eq!(calendar.is_school_week(date(2026, 8, 31)), Some(true));
        assert_eq!(calendar.is_school_week(date(2026, 9, 6)), Some(true));
        assert_eq!(calendar.is_school_week(date(2026, 10, 26)), Some(false));
        assert_eq!(calendar.is_school_week(date(2026, 8, 30)), None);
        assert_eq!(calendar.is_school_week(date(2026, 12, 21)), None);
    }

    #[test]
    fn a_week_of_bank_holidays_is_no_school_week() {
        let mut calendar = autumn();
        for day in 2..=6 {
            calendar.bank_holidays.insert(date(2026, 11, day), "A jubilee".to_owned());
        }
        assert_eq!(calendar.is_school_week(date(2026, 11, 4)), Some(false));
    }

    #[test]
    fn school_terms_change_no_working_time() {
        let (with, without) = (autumn(), england());
        assert!(!with.differs_from(&without, Date::MIN, None));
    }
}
