//! What holds for working time between any two instants.

use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::Calendar;
use super::fixture::{
    always_closed, england, england_with_closures, instants, second_opinion, without_hours,
    working_hours,
};

const A_NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);

fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![Just(england()), Just(england_with_closures())]
}

fn any_instant() -> impl Strategy<Value = Timestamp> {
    (Timestamp::MIN.as_second()..=Timestamp::MAX.as_second())
        .prop_map(|second| Timestamp::from_second(second).unwrap())
}

proptest! {
    #[test]
    fn working_time_agrees_with_a_count_by_days(
        calendar in calendars(), from in instants(), to in instants(),
    ) {
        let expected = second_opinion(&calendar, from, to);
        prop_assert_eq!(calendar.working_time(from, to), expected);
        prop_assert_eq!(calendar.working_minutes(from, to), expected.as_mins());
    }

    #[test]
    fn working_time_adds_up(calendar in calendars(), mut at in [instants(), instants(), instants()]) {
        at.sort();
        let [a, b, c] = at;
        prop_assert_eq!(
            calendar.working_time(a, b) + calendar.working_time(b, c),
            calendar.working_time(a, c)
        );
    }

    #[test]
    fn adding_ends_at_the_earliest_instant_with_that_much_working_time(
        calendar in calendars(), from in instants(), seconds in 1..3_000_000_i64, nanos in 0..9_i32,
    ) {
        let asked = SignedDuration::new(seconds, nanos);
        let end = calendar.add_working_time(from, asked);
        prop_assert_eq!(calendar.working_time(from, end), asked);
        prop_assert!(calendar.working_time(from, end - A_NANOSECOND) < asked);
    }

    #[test]
    fn adding_the_minutes_between_two_instants_leads_back_to_the_last_worked_minute(
        calendar in calendars(), from in instants(), to in instants(),
    ) {
        let minutes = calendar.working_minutes(from, to);
        let back = calendar.add_working_minutes(from, minutes);
        prop_assert!(minutes == 0 || back <= to);
        prop_assert_eq!(calendar.working_minutes(from, back), minutes);
        prop_assert_eq!(calendar.working_minutes(back, to), 0);
    }

    #[test]
    fn a_promise_is_due_at_the_nth_closing_after_the_first_not_yet_past(
        calendar in calendars(), received in instants(), days in 0..40_u32,
    ) {
        let closings = working_hours(&calendar, received, received + (24 * 90).hours());
        let expected = closings
            .map(|(_, closes)| closes)
            .filter(|closes| received <= *closes)
            .nth(usize::try_from(days).unwrap());
        prop_assert_eq!(Some(calendar.close_of_working_day_after(received, days)), expected);
    }

    #[test]
    fn no_instant_is_too_far_away(
        calendar in prop_oneof![Just(england()), Just(always_closed()), Just(without_hours())],
        from in any_instant(), to in any_instant(), minutes: i64, days: u32,
    ) {
        let elapsed = to.duration_since(from).max(SignedDuration::ZERO);
        prop_assert!(calendar.working_time(from, to) <= elapsed);
        prop_assert!(calendar.add_working_minutes(from, minutes) >= from);
        prop_assert!(calendar.close_of_working_day_after(from, days) >= from);
    }
}
