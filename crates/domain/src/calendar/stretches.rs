//! A stretch of time cut where the council opens and closes, for showing it to a person.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::{Calendar, DayKind, days_from, london};

/// A half-open piece of time of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) kind: StretchKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StretchKind {
    /// Working time.
    Open,
    /// Nights, weekends and the authority's closures.
    Closed,
    /// The whole London day.
    BankHoliday,
}

impl Calendar {
    /// The time between two instants, cut so that each piece is of one kind: in order, without
    /// holes or overlaps. A night is two pieces, since a day is cut at midnight.
    pub(crate) fn stretches(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> impl Iterator<Item = Stretch> {
        days_from(london::wall(from).date())
            .map(|date| self.stretches_of(date))
            .take_while(move |[first, ..]| first.from < to)
            .flatten()
            .map(move |it| Stretch { from: it.from.max(from), to: it.to.min(to), ..it })
            .filter(|it| it.from < it.to)
    }

    /// A London day from midnight to midnight: before, during and after working time. A day
    /// without working time is all in the first, and the other two are empty.
    fn stretches_of(&self, date: Date) -> [Stretch; 3] {
        let start = london::instant(date.to_datetime(Time::midnight()));
        let end = date
            .tomorrow()
            .map_or(Timestamp::MAX, |next| london::instant(next.to_datetime(Time::midnight())));
        let (kind, opens, closes) = match self.day_kind(date) {
            DayKind::Working => (
                StretchKind::Closed,
                london::instant(date.to_datetime(self.opens)),
                london::instant(date.to_datetime(self.close())),
            ),
            DayKind::Weekend | DayKind::Closure => (StretchKind::Closed, end, end),
            DayKind::BankHoliday => (StretchKind::BankHoliday, end, end),
        };
        [
            Stretch { from: start, to: opens, kind },
            Stretch { from: opens, to: closes, kind: StretchKind::Open },
            Stretch { from: closes, to: end, kind },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, england, without_hours};
    use super::*;

    fn kinds(calendar: &Calendar, from: &str, to: &str) -> Vec<(StretchKind, i64)> {
        calendar
            .stretches(at(from), at(to))
            .map(|it| (it.kind, it.to.duration_since(it.from).as_mins()))
            .collect()
    }

    #[test]
    fn a_working_day_is_cut_at_opening_and_closing() {
        let kinds = kinds(&england(), "2026-11-20T08:30:00Z", "2026-11-21T00:30:00Z");
        assert_eq!(
            kinds,
            [
                (StretchKind::Closed, 30),
                (StretchKind::Open, 480),
                (StretchKind::Closed, 420),
                (StretchKind::Closed, 30),
            ]
        );
    }

    #[test]
    fn a_bank_holiday_is_a_whole_london_day() {
        let kinds = kinds(&england(), "2027-03-28T20:00:00Z", "2027-03-30T00:00:00Z");
        let day = 24 * 60;
        assert_eq!(
            kinds,
            [
                (StretchKind::Closed, 180),
                (StretchKind::BankHoliday, day),
                (StretchKind::Closed, 60)
            ]
        );
    }

    #[test]
    fn a_day_without_hours_is_closed_from_midnight_to_midnight() {
        let kinds = kinds(&without_hours(), "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");
        assert_eq!(kinds, [(StretchKind::Closed, 17 * 60), (StretchKind::Closed, 7 * 60)]);
    }
}
