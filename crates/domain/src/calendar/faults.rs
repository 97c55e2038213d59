//! What makes a calendar one that nobody can have meant.

use super::{Calendar, SchoolTerm};

/// The most days of one kind: ten years of bank holidays are eighty. With titles as long as
/// they may be, a calendar still fits into one record of the log.
pub const MOST_DAYS: usize = 365;
/// The most halves of school terms: ten years of them are sixty.
pub const MOST_TERMS: usize = 90;
/// The longest title, reason or name, in characters.
pub const MOST_TITLE_CHARS: usize = 100;

/// Something about a calendar that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {says}")]
pub struct CalendarFault {
    /// Which part, by its name.
    pub field: &'static str,
    /// What it should be.
    pub says: String,
}

impl Calendar {
    /// Everything about it that makes no sense.
    #[must_use]
    pub fn faults(&self) -> Vec<CalendarFault> {
        let mut faults = Vec::new();
        if self.opens >= self.closes {
            let says = "later than it opens".to_owned();
            faults.push(CalendarFault { field: "closes", says });
        }
        for (field, days) in [("bank_holidays", &self.bank_holidays), ("closures", &self.closures)]
        {
            if days.len() > MOST_DAYS {
                let says = format!("at most {MOST_DAYS} days; there are {}", days.len());
                faults.push(CalendarFault { field, says });
            }
            if days.values().any(|title| title.chars().count() > MOST_TITLE_CHARS) {
                let says = format!("titles and reasons of at most {MOST_TITLE_CHARS} characters");
                faults.push(CalendarFault { field, says });
            }
        }
        faults.extend(term_faults(&self.terms).map(|says| CalendarFault { field: "terms", says }));
        faults
    }
}

fn term_faults(terms: &[SchoolTerm]) -> impl Iterator<Item = String> {
    let too_many = terms.len() > MOST_TERMS;
    let too_many = too_many.then(|| format!("at most {MOST_TERMS}; there are {}", terms.len()));
    let long = terms.iter().any(|term| term.name.chars().count() > MOST_TITLE_CHARS);
    let long = long.then(|| format!("names of at most {MOST_TITLE_CHARS} characters"));
    let reversed = terms.iter().filter(|term| term.from > term.to);
    let reversed = reversed.map(|term| format!("{} ends before it begins", term.name));

    let mut in_order: Vec<_> = terms.iter().filter(|term| term.from <= term.to).collect();
    in_order.sort_by_key(|term| term.from);
    let pairs: Vec<_> = in_order.windows(2).filter(|pair| pair[1].from <= pair[0].to).collect();
    let overlapping = pairs
        .into_iter()
        .map(|pair| format!("{} begins before {} has ended", pair[1].name, pair[0].name));
    let overlapping: Vec<_> = overlapping.collect();
    too_many.into_iter().chain(long).chain(reversed).chain(overlapping)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{england_with_closures, without_hours};
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn the_calendar_of_england_makes_sense() {
        assert_eq!(england_with_closures().faults(), []);
    }

    #[test]
    fn what_nobody_can_have_meant_is_named() {
        let mut calendar = without_hours();
        let days = date(2026, 1, 1).series(1.day()).take(MOST_DAYS + 1);
        calendar.closures = days.map(|day| (day, "x".repeat(MOST_TITLE_CHARS + 1))).collect();
        let fields: Vec<_> = calendar.faults().iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["closes", "closures", "closures"]);
    }

    #[test]
    fn terms_that_overlap_or_end_before_they_begin_are_named() {
        let term = |name: &str, from, to| SchoolTerm { name: name.to_owned(), from, to };
        let mut calendar = england_with_closures();
        calendar.terms = vec![
            term("Spring", date(2027, 1, 4), date(2027, 3, 25)),
            term("Summer", date(2027, 3, 25), date(2027, 7, 23)),
            term("Autumn", date(2026, 12, 18), date(2026, 9, 1)),
        ];
        let says: Vec<_> = calendar.faults().iter().map(ToString::to_string).collect();
        assert_eq!(
            says,
            ["terms: Autumn ends before it begins", "terms: Summer begins before Spring has ended"]
        );
    }
}
