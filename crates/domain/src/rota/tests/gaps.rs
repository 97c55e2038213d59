//! Working time without anybody, in examples.

use super::*;
use crate::calendar::fixture::england;

fn gaps(rota: &Rota, from: &str, to: &str) -> Vec<(String, String, i64)> {
    let gaps = rota.gaps(&england(), at(from), at(to));
    gaps.iter().map(|gap| (gap.from.to_string(), gap.to.to_string(), gap.working_minutes)).collect()
}

fn gap(from: &str, to: &str, minutes: i64) -> (String, String, i64) {
    (from.to_owned(), to.to_owned(), minutes)
}

#[test]
fn a_night_and_a_weekend_are_no_gaps() {
    assert_eq!(gaps(&amaras(), "2026-11-16T00:00:00Z", "2026-11-24T00:00:00Z"), []);
}

#[test]
fn an_hour_without_anybody_is_a_gap_of_an_hour() {
    let mut rota = amaras();
    let (from, to) = (at("2026-11-23T12:00:00Z"), at("2026-11-23T13:00:00Z"));
    rota.apply(november(), 2, RotaChange::Override(Override { from, to, adviser: None }));
    assert_eq!(
        gaps(&rota, "2026-11-16T00:00:00Z", "2026-11-30T00:00:00Z"),
        [gap("2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z", 60)]
    );
}

#[test]
fn a_week_without_anybody_is_one_gap() {
    let mut rota = amaras();
    let (from, to) = (at("2026-11-20T13:00:00Z"), at("2026-11-27T10:00:00Z"));
    rota.apply(november(), 2, RotaChange::Override(Override { from, to, adviser: None }));
    assert_eq!(
        gaps(&rota, "2026-11-16T00:00:00Z", "2026-11-30T00:00:00Z"),
        [gap("2026-11-20T13:00:00Z", "2026-11-27T10:00:00Z", 4 * 60 + 4 * 480 + 60)]
    );
}

#[test]
fn a_month_that_nobody_planned_is_a_gap_up_to_where_was_looked() {
    assert_eq!(
        gaps(&amaras(), "2026-11-30T16:00:00Z", "2026-12-02T12:00:00Z"),
        [gap("2026-12-01T09:00:00Z", "2026-12-02T12:00:00Z", 480 + 180)]
    );
}

#[test]
fn two_gaps_with_a_shift_between_them_are_two() {
    let mut short = nine_to_five("short", vec![person("amara")]);
    short.to = time(12, 0, 0, 0);
    let found = gaps(&rota_of(vec![short]), "2026-11-23T00:00:00Z", "2026-11-24T23:00:00Z");
    assert_eq!(
        found,
        [
            gap("2026-11-23T12:00:00Z", "2026-11-23T17:00:00Z", 300),
            gap("2026-11-24T12:00:00Z", "2026-11-24T17:00:00Z", 300),
        ]
    );
}
