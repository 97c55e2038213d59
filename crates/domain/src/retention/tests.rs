//! How long a child is kept: never shorter because something else was asked, and never by a guess.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn ended(class: RecordClass, closed_on: Date) -> Ended {
    Ended { class, closed_on, last_activity_on: closed_on }
}

fn usual() -> RetentionSchedule {
    RetentionSchedule::default()
}

#[test]
fn what_led_to_support_is_kept_until_the_child_is_twenty_five() {
    let born = date(2016, 2, 29);
    let kept = usual().kept_until(&[ended(RecordClass::Supported, date(2026, 7, 1))], Some(born));
    let kept = kept.unwrap();
    assert_eq!((kept.since, kept.due_on), (born, date(2041, 2, 28)));
}

#[test]
fn a_child_is_kept_for_as_long_as_the_request_that_is_kept_longest() {
    let requests = [
        ended(RecordClass::ClosedWithoutSupport, date(2026, 7, 1)),
        ended(RecordClass::LookedAfter, date(2024, 7, 1)),
    ];
    let kept = usual().kept_until(&requests, Some(date(2016, 5, 1))).unwrap();
    assert_eq!((kept.class, kept.due_on), (RecordClass::LookedAfter, date(2091, 5, 1)));
}

#[test]
fn who_asked_shortly_before_is_not_forgotten_at_once() {
    let closed = date(2026, 7, 1);
    let kept = usual().kept_until(&[ended(RecordClass::Supported, closed)], Some(date(2001, 8, 1)));
    assert_eq!(kept.unwrap().due_on, date(2027, 7, 1));
}

#[test]
fn without_a_date_of_birth_that_matters_a_person_must_decide() {
    let closed = date(2026, 7, 1);
    assert_eq!(usual().kept_until(&[ended(RecordClass::Supported, closed)], None), None);
    assert_eq!(usual().kept_until(&[], Some(closed)), None);
    let redirected = usual().kept_until(&[ended(RecordClass::Redirected, closed)], None);
    assert_eq!(redirected.unwrap().due_on, date(2032, 7, 1));
}

#[test]
fn the_usual_schedule_has_no_fault_and_every_fault_is_found_at_once() {
    assert_eq!(usual().faults(), []);
    let mut schedule = usual();
    schedule.rules.remove(&RecordClass::Redirected);
    let rule = |from, keep| RetentionRule { from, keep, source: " ".to_owned() };
    let draft = rule(RunsFrom::DateOfBirth, Period::Years(1));
    schedule.rules.insert(RecordClass::Draft, draft);
    let supported = rule(RunsFrom::Closed, Period::Years(0));
    schedule.rules.insert(RecordClass::Supported, supported);
    let faults: Vec<_> = schedule.faults().iter().map(|it| (it.class, it.field)).collect();
    assert_eq!(
        faults,
        [
            (RecordClass::Supported, "keep"),
            (RecordClass::Supported, "source"),
            (RecordClass::Redirected, ""),
            (RecordClass::Draft, "from"),
            (RecordClass::Draft, "keep"),
            (RecordClass::Draft, "source"),
        ]
    );
}

proptest! {
    #[test]
    fn another_request_never_shortens_how_long_a_child_is_kept(
        requests in prop::collection::vec((0..5_usize, 0..9_000_i32), 1..6),
    ) {
        let born = date(2010, 3, 4);
        let requests: Vec<_> = requests.into_iter().map(|(class, days)| {
            ended(RecordClass::ALL[class], date(2015, 1, 1).saturating_add(days.days()))
        }).collect();
        let all = usual().kept_until(&requests, Some(born)).unwrap();
        for one in &requests {
            let alone = usual().kept_until(std::slice::from_ref(one), Some(born)).unwrap();
            prop_assert!(all.due_on >= alone.due_on);
            prop_assert!(alone.due_on > one.closed_on);
        }
    }
}
