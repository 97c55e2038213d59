//! The statutory month, day by day: a date that is a day late is a breach of the law.

use super::*;
use crate::calendar::{BankHolidays, DayKind};
use crate::event::Event;
use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const REQUEST: SubjectAccessId = SubjectAccessId(Uuid::from_u128(1));

/// With the bank holidays that the examples meet.
fn calendar() -> Calendar {
    let none = BankHolidays { division: String::new(), events: vec![] };
    let mut calendar = Calendar::new(1, none);
    for day in [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)] {
        calendar.bank_holidays.insert(day, "a holiday".to_owned());
    }
    calendar
}

fn asked(received_on: Date, identity_checked: bool) -> Command {
    Command::Ask { received_on, by: RequestedBy::Parent, identity_checked, scope: None }
}

fn follow(changes: &[Change]) -> SubjectAccess {
    let events = changes.iter().filter_map(|change| {
        let Event::Child(event) = &change.event else { return None };
        Some(event)
    });
    events.fold(vec![], SubjectAccess::follow).pop().unwrap()
}

/// As it stands after all of this, each said on its day.
fn given(said: Vec<(Date, Command)>) -> Result<SubjectAccess, Refusal> {
    let calendar = calendar();
    let mut said = said.into_iter();
    let (today, first) = said.next().unwrap();
    let mut changes = SubjectAccess::ask(REQUEST, first, (today, &calendar))?;
    for (today, command) in said {
        changes.extend(follow(&changes).decide(command, (today, &calendar))?);
    }
    Ok(follow(&changes))
}

#[test]
fn it_is_due_on_the_corresponding_day_or_the_next_that_is_no_holiday() {
    for (received, due) in [
        // The two examples of the guidance, and the short month.
        (date(2026, 9, 3), date(2026, 10, 5)),
        (date(2026, 10, 15), date(2026, 11, 16)),
        (date(2027, 1, 31), date(2027, 3, 1)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 11, 25), date(2026, 12, 29)),
        (date(2026, 12, 1), date(2027, 1, 4)),
    ] {
        assert_eq!(due_on(received, false, 0, &calendar()), due, "{received}");
    }
}

#[test]
fn the_month_begins_when_it_is_known_who_asks() {
    let day = |day| date(2026, 11, day);
    let waiting = given(vec![(day(2), asked(day(2), false))]).unwrap();
    assert_eq!((waiting.due_on, waiting.awaits), (None, Some((Awaited::Identity, day(2)))));
    let known =
        given(vec![(day(2), asked(day(2), false)), (day(9), Command::Resume(REQUEST, day(9)))]);
    assert_eq!(known.unwrap().due_on, Some(date(2026, 12, 9)));
}

#[test]
fn waiting_to_be_told_what_is_meant_moves_the_day_by_the_days_waited() {
    let day = |day| date(2026, 11, day);
    let told = given(vec![
        (day(2), asked(day(2), true)),
        (day(4), Command::AskBack(REQUEST, Awaited::Clarification, day(4), None)),
        (day(11), Command::Resume(REQUEST, day(11))),
    ]);
    // 2 December and seven days.
    assert_eq!(told.unwrap().due_on, Some(date(2026, 12, 9)));
}

#[test]
fn it_is_made_longer_once_and_within_the_first_month() {
    let day = date(2026, 9, 1);
    let longer = |on| (on, Command::Extend(REQUEST, ExtendedBecause::Complex, None));
    let in_time = given(vec![(day, asked(day, true)), longer(date(2026, 10, 1))]);
    assert_eq!(in_time.unwrap().due_on, Some(date(2026, 12, 1)));
    let late = given(vec![(day, asked(day, true)), longer(date(2026, 10, 2))]);
    assert_eq!(late, Err(Refusal::TooLateToExtend(date(2026, 10, 1))));
    let twice = given(vec![(day, asked(day, true)), longer(day), longer(day)]);
    assert_eq!(twice, Err(Refusal::Extended));
}

#[test]
fn what_is_answered_is_over_and_nothing_happens_in_time_to_come() {
    let day = date(2026, 9, 1);
    let answer = |on| Command::Answer(REQUEST, AnsweredHow::Provided, on);
    let over = given(vec![(day, asked(day, true)), (day, answer(day)), (day, answer(day))]);
    assert_eq!(over, Err(Refusal::Answered));
    let early = given(vec![(day, asked(day.tomorrow().unwrap(), true))]);
    assert_eq!(early, Err(Refusal::DayToCome));
    let before = given(vec![(day, asked(day, true)), (day, answer(day.yesterday().unwrap()))]);
    assert_eq!(before, Err(Refusal::TooEarly(day)));
}

proptest! {
    #[test]
    fn the_last_day_is_open_to_everybody_and_a_month_or_little_more_away(
        days in 0..20_000_i32, extended: bool, paused in 0..90_i32,
    ) {
        let calendar = calendar();
        let received = date(2000, 1, 1).saturating_add(days.days());
        let due = due_on(received, extended, paused, &calendar);
        let kind = calendar.day_kind(due);
        prop_assert!(!matches!(kind, DayKind::Weekend | DayKind::BankHoliday));
        let waited = (due - received).get_days() - paused;
        let (least, most) = if extended { (89, 92 + 4) } else { (28, 31 + 4) };
        prop_assert!((least..=most).contains(&waited), "{received} to {due}");
        // Whoever asks later is answered no earlier.
        prop_assert!(due_on(received.tomorrow().unwrap(), extended, paused, &calendar) >= due);
        // Without a pause, and away from weekends, it is the same day of the month, or its last.
        let corresponding = received.saturating_add(if extended { 3 } else { 1 }.months());
        prop_assert!(due >= corresponding.saturating_add(paused.days()));
        let same = corresponding.day() == received.day();
        prop_assert!(same || corresponding == corresponding.last_of_month());
    }
}
