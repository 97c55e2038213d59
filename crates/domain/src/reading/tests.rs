//! What is found unusual, and that ordinary work is not: a report that cries wolf is not read.

use super::*;
use crate::calendar::BankHolidays;
use proptest::prelude::*;

/// A Friday morning.
const MORNING: &str = "2026-11-20T10:00:00Z";
const NIGHT: &str = "2026-11-20T23:10:00Z";

fn calendar() -> Calendar {
    Calendar::new(1, BankHolidays { division: String::new(), events: vec![] })
}

fn child(number: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap())
}

fn look(entry: u64, who: &str, role: Role, at: &str, whom: Vec<Uuid>) -> Look {
    let (who, operation) = (who.to_owned(), "read_request".to_owned());
    let why = "in the course of work".to_owned();
    Look { entry, at: at.parse().unwrap(), who, role, operation, why, whom }
}

fn found(looks: &[Look], has_task: bool) -> Vec<Finding> {
    ReadingRules::default().findings(looks, &calendar(), |_, _| has_task)
}

#[test]
fn an_ordinary_morning_is_not_unusual() {
    let page: Vec<_> = (0..20).map(child).collect();
    let looks = [
        look(1, "ada", Role::Adviser, MORNING, page.clone()),
        look(2, "ben", Role::Adviser, MORNING, page),
        look(3, "ada", Role::Adviser, MORNING, vec![child(1)]),
    ];
    assert_eq!(found(&looks, true), []);
}

#[test]
fn who_reads_far_more_than_the_others_of_the_role_is_named_with_both_figures() {
    let read = |entry, who, children| {
        look(entry, who, Role::Adviser, MORNING, (0..children).map(child).collect())
    };
    let looks = [read(1, "ada", 90), read(2, "ben", 12), read(3, "cai", 14)];
    let found = found(&looks, true);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule, found[0].count, found[0].from), (Unusual::FarMoreChildren, 90, 36));
    assert_eq!(
        found[0].says,
        "ada read about 90 children; of the others in the role, half read \
                               about 12 or fewer that day"
    );
    assert_eq!(found[0].entries, [1]);
}

#[test]
fn staff_who_read_at_night_are_named_and_schools_are_not() {
    let looks = [
        look(1, "ada", Role::Adviser, NIGHT, vec![child(1)]),
        look(2, "school", Role::School, NIGHT, vec![child(1)]),
    ];
    let found = found(&looks, true);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule, found[0].who.as_deref()), (Unusual::OutsideHours, Some("ada")));
}

#[test]
fn looking_again_and_again_at_a_child_is_unusual_only_without_a_task() {
    let looks: Vec<_> =
        (1..=3).map(|n| look(n, "ada", Role::Adviser, MORNING, vec![child(7)])).collect();
    assert_eq!(found(&looks, true), []);
    let without = found(&looks, false);
    assert_eq!((without[0].rule, without[0].count), (Unusual::NoTask, 3));
    assert_eq!(found(&looks[..2], false), []);
}

#[test]
fn a_child_read_in_many_roles_is_shown_without_naming_one_reader() {
    let roles = [Role::Adviser, Role::Coordinator, Role::Panel, Role::Dpo, Role::Service];
    let looks: Vec<_> = (1..)
        .zip(roles)
        .map(|(n, role)| look(n, role.code(), role, MORNING, vec![child(7)]))
        .collect();
    let found = found(&looks, true);
    assert_eq!(
        (found[0].rule, found[0].who.clone(), found[0].count),
        (Unusual::ManyRoles, None, 5)
    );
}

#[test]
fn searches_and_broken_glass_are_counted_by_day_and_reader() {
    let search = |n| Look {
        why: SEARCH.to_owned(),
        ..look(n, "ada", Role::Adviser, MORNING, vec![child(1), child(2)])
    };
    let mut looks: Vec<_> = (1..=20).map(search).collect();
    looks.push(Look {
        why: "break-glass: safeguarding".to_owned(),
        ..look(21, "pat", Role::Panel, MORNING, vec![child(1)])
    });
    let rules: Vec<_> = found(&looks, true).iter().map(|it| it.rule).collect();
    assert_eq!(rules, [Unusual::ManySearches, Unusual::AfterBrokenGlass]);
}

proptest! {
    #[test]
    fn every_finding_rests_on_entries_that_are_there_and_reaches_its_figure(
        looks in prop::collection::vec((0..4_usize, 0..9_usize, 0..24_i64, 0..40_usize), 0..40),
    ) {
        let looks: Vec<_> = (1..).zip(looks).map(|(entry, (who, role, hour, children))| {
            let at: Timestamp = MORNING.parse().unwrap();
            let at = at + jiff::SignedDuration::from_hours(hour);
            let whom = (0..children).map(child).collect();
            Look { at, ..look(entry, &format!("a{who}"), Role::ALL[role], MORNING, whom) }
        }).collect();
        for finding in found(&looks, false) {
            prop_assert!(finding.count >= finding.from);
            prop_assert!(!finding.entries.is_empty());
            for entry in &finding.entries {
                let entry = looks.iter().find(|look| look.entry == *entry);
                prop_assert!(entry.is_some());
                prop_assert!(finding.roles.contains(&entry.unwrap().role));
            }
        }
    }
}
