//! Schools of the desk: entered, converted, closed, and found by any URN they ever had.

use super::school;
use crate::county::{self, PRIMARY_SCHOOL as ID};
use crate::desk::{Desk, DeskCommand, DeskRefusal};
use crate::ids::Urn;
use crate::school::{Closed, ClosureReason, School};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const SEPTEMBER: Date = date(2026, 9, 1);

fn urn(text: &str) -> Urn {
    text.parse().unwrap()
}

fn closed(on: Date) -> Closed {
    Closed { on, reason: ClosureReason::Closure, successor: None }
}

fn convert(to: &str, on: Date) -> DeskCommand {
    DeskCommand::ConvertSchool(ID, urn(to), on)
}

fn given(commands: impl IntoIterator<Item = DeskCommand>) -> Desk {
    let mut desk = county::desk();
    for command in commands {
        let event = desk.decide(command).unwrap().unwrap();
        desk.apply(&event, 2);
    }
    desk
}

#[test]
fn a_school_that_becomes_an_academy_is_found_by_either_urn() {
    let desk = given([convert("148000", SEPTEMBER)]);
    let academy = School { register: desk.schools[&ID].register.clone(), ..school("148000") };
    for either in ["126512", "148000"] {
        assert_eq!(desk.school_by_urn(&urn(either)), Some((ID, &academy)), "{either}");
    }
    assert_eq!(desk.school_by_urn(&urn("999999")), None);
    assert_eq!(desk.decide(convert("148000", SEPTEMBER)), Ok(None));
}

#[test]
fn an_academy_that_opens_in_a_closed_school_is_that_school_open_again() {
    let desk = given([
        DeskCommand::CloseSchool(ID, closed(date(2026, 8, 31))),
        convert("148000", SEPTEMBER),
    ]);
    assert_eq!(desk.open_school(ID, date(2026, 9, 2)), Ok(urn("148000")));
}

#[test]
fn an_entry_never_changes_a_urn_and_a_conversion_never_takes_one() {
    let desk = given([convert("148000", SEPTEMBER)]);
    let back = desk.decide(DeskCommand::RegisterSchool(ID, school("126512")));
    assert_eq!(back, Err(DeskRefusal::UrnChanges(urn("148000"))));
    let others = desk.schools[&county::SECONDARY_SCHOOL].urn.clone();
    for taken in [others.as_str(), "126512"] {
        let refused = Err(DeskRefusal::UrnTaken(urn(taken)));
        assert_eq!(desk.decide(convert(taken, date(2027, 9, 1))), refused);
    }
}

#[test]
fn nothing_ends_before_it_began() {
    let desk = given([convert("148000", SEPTEMBER)]);
    let early = Err(DeskRefusal::BeforeItOpened(SEPTEMBER));
    assert_eq!(desk.decide(convert("148001", date(2026, 8, 31))), early);
    let end = DeskCommand::CloseSchool(ID, closed(date(2026, 8, 31)));
    assert_eq!(desk.decide(end), early);
}

#[test]
fn a_school_that_closed_by_mistake_is_open_after_all() {
    let close = || DeskCommand::CloseSchool(ID, closed(SEPTEMBER));
    let desk = given([close(), DeskCommand::ReopenSchool(ID)]);
    assert!(desk.open_school(ID, date(2026, 12, 1)).is_ok());
    assert_eq!(desk.decide(DeskCommand::ReopenSchool(ID)), Ok(None));
    assert_eq!(given([close()]).decide(close()), Ok(None));
}

proptest! {
    /// However often a school is converted: every day has one URN, and it changes on the days
    /// of the conversions and on no other.
    #[test]
    fn the_urns_of_a_school_are_an_unbroken_row_of_days(gaps in prop::collection::vec(1..900_i32, 1..6)) {
        let mut on = date(2000, 1, 1);
        let conversions: Vec<_> = (0..).zip(&gaps).map(|(nth, days)| {
            on = on.saturating_add(jiff::Span::new().days(*days));
            (on, (700_000 + nth).to_string())
        }).collect();
        let desk = given(conversions.iter().map(|(on, urn)| convert(urn, *on)));

        let mut day = date(1999, 12, 30);
        while day <= on {
            let latest = conversions.iter().rev().find(|(on, _)| *on <= day);
            let expected = latest.map_or("126512", |(_, urn)| urn.as_str());
            let found = desk.open_school(ID, day).unwrap();
            prop_assert_eq!(found.as_str(), expected);
            day = day.tomorrow().unwrap();
        }
    }
}
