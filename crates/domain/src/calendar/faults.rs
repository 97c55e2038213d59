//! What makes a calendar one that nobody can have meant.

use super::Calendar;

/// The most days of one kind: ten years of bank holidays are eighty. With titles as long as
/// they may be, a calendar still fits into one record of the log.
pub const MOST_DAYS: usize = 365;
/// The longest title or reason, in characters.
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
        faults
    }
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
}
