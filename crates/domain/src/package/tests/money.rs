//! Money, to the penny.

use super::*;
use crate::package::totals::{by_agency, by_funding, total};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn years(contribution: &Contribution) -> Vec<(i16, u32, i64)> {
    let cost = |it: &YearCost| (it.from_year, it.times, it.amount.pence);
    contribution.costs.iter().map(cost).collect()
}

#[test]
fn term_time_support_skips_the_holidays_and_each_week_belongs_to_its_year() {
    // Six weeks to half term, five to Easter, all in the old year; three after it.
    assert_eq!(years(&priced(outreach())), [(2026, 11, 99_000), (2027, 3, 27_000)]);
    let weekly = ContributionDraft { frequency: Frequency::Weekly, ..outreach() };
    assert_eq!(years(&priced(weekly)), [(2026, 13, 117_000), (2027, 4, 36_000)]);
}

#[test]
fn what_is_given_once_is_given_on_its_first_day() {
    let once = ContributionDraft { frequency: Frequency::Once, ..outreach() };
    assert_eq!(years(&priced(once)), [(2026, 1, 9_000)]);
}

#[test]
fn a_month_without_its_day_has_its_last_one() {
    let monthly = ContributionDraft {
        frequency: Frequency::Monthly,
        starts: date(2027, 10, 31),
        ends: date(2028, 4, 30),
        review_on: date(2028, 1, 1),
        ..outreach()
    };
    // 31 October, 30 November, 31 December, 31 January, 29 February, 31 March; 30 April.
    assert_eq!(years(&priced(monthly)), [(2027, 6, 54_000), (2028, 1, 9_000)]);
}

#[test]
fn one_time_is_rounded_to_a_whole_penny_halves_up_and_then_added() {
    let half = ContributionDraft {
        quantity: TenThousandths::parse("0.5").unwrap(),
        unit_cost: Money { pence: 1 },
        frequency: Frequency::Weekly,
        ends: date(2027, 1, 11),
        review_on: date(2027, 1, 11),
        ..outreach()
    };
    assert_eq!(years(&priced(half)), [(2026, 2, 2)]);
}

#[test]
fn what_ends_early_costs_what_was_given() {
    let given = priced(outreach()).until(date(2027, 1, 18), &desk().calendar).unwrap();
    assert_eq!((given.ends, years(&given)), (date(2027, 1, 18), vec![(2026, 3, 27_000)]));
    assert_eq!(priced(outreach()).until(date(2027, 1, 3), &desk().calendar), None);
}

fn days() -> impl Strategy<Value = Date> {
    let month_ends = vec![date(2028, 2, 29), date(2027, 3, 31), date(2028, 1, 31)];
    prop_oneof![
        4 => (0..1_200_i64).prop_map(|days| date(2025, 1, 1).saturating_add(days.days())),
        1 => prop::sample::select(month_ends),
    ]
}

prop_compose! {
    fn contributions()(
        agency in prop::sample::select(Agency::ALL),
        funding in prop::sample::select(FundingSource::ALL),
        frequency in prop::sample::select(Frequency::ALL),
        quantity in prop_oneof![3 => (1..80_i64).prop_map(|it| it * 2_500), 1 => 1..200_000_i64],
        pence in 0..20_000_i64,
        starts in days(),
        lasts in prop_oneof![0..400_i64, 0..7_i64],
    ) -> ContributionDraft {
        ContributionDraft {
            provider: Provider::Agency(agency),
            support: Support::Outreach,
            quantity: TenThousandths(quantity),
            unit: Unit::Hour,
            frequency,
            unit_cost: Money { pence },
            starts,
            ends: starts.saturating_add(lasts.days()),
            funding,
            review_on: starts,
        }
    }
}

/// What a contribution costs on one day: asked of every day by itself, and of the day's own
/// week, without any series of days.
fn on(day: Date, it: &ContributionDraft, calendar: &Calendar) -> i64 {
    if day < it.starts || day > it.ends {
        return 0;
    }
    let same_weekday = day.weekday() == it.starts.weekday();
    let given = match it.frequency {
        Frequency::Once => day == it.starts,
        Frequency::Weekly => same_weekday,
        Frequency::TermWeekly => same_weekday && in_a_school_week(day, calendar),
        Frequency::Monthly => day.day() == it.starts.day().min(day.days_in_month()),
    };
    let tenths_of_a_thousandth = it.quantity.0 * it.unit_cost.pence;
    let (pence, rest) = (tenths_of_a_thousandth / 10_000, tenths_of_a_thousandth % 10_000);
    if given { pence + i64::from(rest >= 5_000) } else { 0 }
}

fn in_a_school_week(day: Date, calendar: &Calendar) -> bool {
    let week = day.iso_week_date();
    calendar.terms.iter().any(|term| {
        let mut school_days = term.from.series(1.day()).take_while(|it| *it <= term.to);
        school_days.any(|it| {
            let at_weekend = matches!(it.weekday(), Weekday::Saturday | Weekday::Sunday);
            let off = at_weekend || calendar.bank_holidays.contains_key(&it);
            let this = it.iso_week_date();
            !off && (this.year(), this.week()) == (week.year(), week.week())
        })
    })
}

/// 1 April comes after the 90th day of a year, or the 91st of a leap year.
fn tax_year(day: Date) -> i16 {
    let first_days = if day.in_leap_year() { 91 } else { 90 };
    day.year() - i16::from(day.day_of_year() <= first_days)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn totals_by_agency_source_and_year_are_what_every_day_adds_up_to(
        drafts in prop::collection::vec(contributions(), 1..6),
    ) {
        let desk = desk();
        let Ok(package) = draft(drafts.clone()).price(&desk) else {
            // Two alike, or only holidays: nothing was agreed.
            return Ok(());
        };
        let (mut agencies, mut sources) = (BTreeMap::new(), BTreeMap::new());
        let mut whole = 0;
        for it in &drafts {
            let agency = package.contributions.iter().find(|each| each.provider == it.provider);
            let agency = agency.unwrap().agency;
            for day in it.starts.series(1.day()).take_while(|day| *day <= it.ends) {
                let pence = on(day, it, &desk.calendar);
                if pence > 0 {
                    *agencies.entry((agency, tax_year(day))).or_insert(0) += pence;
                    *sources.entry((it.funding, tax_year(day))).or_insert(0) += pence;
                    whole += pence;
                }
            }
        }
        let paid = |it: (_, Money)| (it.1.pence > 0).then_some((it.0, it.1.pence));
        let shown: BTreeMap<_, _> =
            by_agency(&package.contributions).into_iter().filter_map(paid).collect();
        prop_assert_eq!(shown, agencies);
        let paid = |it: (_, Money)| (it.1.pence > 0).then_some((it.0, it.1.pence));
        let shown: BTreeMap<_, _> =
            by_funding(&package.contributions).into_iter().filter_map(paid).collect();
        prop_assert_eq!(shown, sources);
        prop_assert_eq!(total(&package.contributions).pence, whole);
    }

    #[test]
    fn rows_and_columns_sum_to_the_same_penny(
        drafts in prop::collection::vec(contributions(), 1..12),
    ) {
        let Ok(package) = draft(drafts).price(&desk()) else { return Ok(()) };
        let rows: i64 = by_agency(&package.contributions).values().map(|it| it.pence).sum();
        let columns: i64 = by_funding(&package.contributions).values().map(|it| it.pence).sum();
        prop_assert_eq!(rows, columns);
        prop_assert_eq!(rows, package.total().pence);
    }

    #[test]
    fn what_was_given_and_what_is_left_are_the_whole(
        it in contributions(), days in 0..400_i64,
    ) {
        let desk = desk();
        let Ok(package) = draft(vec![it.clone()]).price(&desk) else { return Ok(()) };
        let last = it.starts.saturating_add(days.days());
        let given = package.given_until(last, &desk.calendar);
        let until_then = it.starts.series(1.day()).take_while(|day| *day <= last);
        let expected: i64 = until_then.map(|day| on(day, &it, &desk.calendar)).sum();
        prop_assert_eq!(total(&given).pence, expected);
    }
}
