//! Response times equal a second opinion: the clocks of the requests themselves, counted
//! without SQL.

use super::{Made, county, open};
use crate::county::County;
use crate::{Group, GroupBy, ResponseTimes, Scope};
use domain::calendar::london;
use domain::clock::{Clock, Promise};
use domain::need::Need;
use domain::promises::ClockChange;
use domain::request::Case;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One promise, and what its last event says of it.
struct Seen<'a> {
    case: &'a Case,
    clock: &'a Clock,
    answer: Option<(bool, bool, i64)>,
}

fn promises(county: &County) -> Vec<Seen<'_>> {
    let answer = |clock: &Clock| {
        let stopped = county.events.iter().find(|event| Some(event.id.0) == clock.stopped_event)?;
        stopped.clocks.iter().find_map(|change| match *change {
            ClockChange::Stopped { promise, met, kept, working_minutes, .. } => {
                (promise == clock.promise).then_some((met, kept, working_minutes))
            }
            _ => None,
        })
    };
    let cases = county.requests.iter().filter_map(|(_, state)| state.case());
    cases
        .flat_map(|case| case.clocks.iter().map(move |clock| (case, clock)))
        .map(|(case, clock)| Seen { case, clock, answer: answer(clock) })
        .collect()
}

fn key(asked: &ResponseTimes, seen: &Seen<'_>) -> Option<String> {
    match asked.group_by {
        GroupBy::Promise => Some(seen.clock.promise.to_string()),
        GroupBy::Need => seen.case.intake.primary_need.map(|need| need.code().to_owned()),
        GroupBy::Area => seen.case.intake.primary_need.map(Need::area).map(|it| it.to_string()),
        GroupBy::Month => Some(london::wall(seen.clock.started_at).strftime("%Y-%m").to_string()),
        _ => panic!("the county knows no second opinion on {:?}", asked.group_by),
    }
}

fn counted(county: &County, asked: &ResponseTimes) -> BTreeMap<Option<String>, (u64, u64, u64)> {
    let only = match asked.group_by {
        GroupBy::Promise => asked.promise,
        _ => asked.promise.or(Some(Promise::Respond)),
    };
    let mut groups: BTreeMap<_, (u64, u64, u64, Vec<i64>)> = BTreeMap::new();
    for seen in promises(county) {
        let day = london::wall(seen.clock.started_at).date();
        let asked_for = only.is_none_or(|promise| promise == seen.clock.promise);
        if !asked_for || day < asked.from || day >= asked.to {
            continue;
        }
        let group = groups.entry(key(asked, &seen)).or_default();
        match seen.answer {
            Some((true, true, _)) => group.0 += 1,
            Some((true, false, _)) => group.1 += 1,
            Some((false, ..)) => {}
            None if seen.clock.due_at.is_some_and(|due| due < asked.now) => group.1 += 1,
            None => group.2 += 1,
        }
    }
    groups.into_iter().map(|(key, (kept, late, open, _))| (key, (kept, late, open))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn figures_are_those_of_the_clocks(
        seed: u64,
        group_by in prop::sample::select(
            vec![GroupBy::Promise, GroupBy::Need, GroupBy::Area, GroupBy::Month],
        ),
        promise in prop::option::of(prop::sample::select(Promise::ALL.to_vec())),
        first in 1..28_i8,
    ) {
        let county = county(seed, 400);
        let (from, to) = (date(2026, 1, first), date(2026, 1, 29));
        let asked = ResponseTimes { from, to, group_by, promise, now: county.now };
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let groups: Vec<Group> = runtime.block_on(async {
            let dir = tempfile::tempdir().unwrap();
            let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
            views.response_times(Scope::All, asked.clone()).await.unwrap()
        });
        let found: BTreeMap<_, _> = groups
            .iter()
            .map(|it| (it.key.clone(), (it.kept, it.breached, it.running)))
            .collect();
        let mut expected = counted(&county, &asked);
        expected.retain(|_, (kept, late, open)| *kept + *late + *open > 0);
        prop_assert_eq!(found, expected);
    }
}
