//! Response times equal a second opinion: the clocks of the requests themselves, counted
//! without SQL.

use super::{Made, county, open};
use crate::county::{County, SCHOOLS, school};
use crate::{Group, GroupBy, ResponseTimes, Scope};
use domain::calendar::london;
use domain::clock::{Clock, Promise};
use domain::event::{Event, RequestEvent};
use domain::ids::ServiceSlug;
use domain::need::Need;
use domain::promises::ClockChange;
use domain::request::Case;
use domain::request::event::PanelDecision;
use domain::triage::Route;
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
            ClockChange::Started { .. }
            | ClockChange::Paused { .. }
            | ClockChange::Resumed { .. }
            | ClockChange::Recalculated { .. } => None,
        })
    };
    let cases = county.requests.iter().filter_map(|(_, state)| state.case());
    cases
        .flat_map(|case| case.clocks.iter().map(move |clock| (case, clock)))
        .map(|(case, clock)| Seen { case, clock, answer: answer(clock) })
        .collect()
}

fn key(county: &County, asked: &ResponseTimes, seen: &Seen<'_>) -> Option<String> {
    match asked.group_by {
        GroupBy::Promise => Some(seen.clock.promise.to_string()),
        GroupBy::Need => seen.case.intake.primary_need.map(|need| need.code().to_owned()),
        GroupBy::Area => seen.case.intake.primary_need.map(Need::area).map(|it| it.to_string()),
        GroupBy::Month => Some(london::wall(seen.clock.started_at).strftime("%Y-%m").to_string()),
        GroupBy::Service => answers(county, seen),
        GroupBy::School | GroupBy::District => {
            panic!("there is no second opinion on {:?}", asked.group_by)
        }
    }
}

const fn service(route: &Route) -> Option<&ServiceSlug> {
    match route {
        Route::Service { service } => Some(service),
        Route::Panel { .. } | Route::Duty { .. } | Route::Information { .. } => None,
    }
}

/// Who has a request after an event.
enum Has<'a> {
    /// Whoever had it before.
    TheSame,
    /// No service.
    Nobody,
    /// This one.
    Service(&'a ServiceSlug),
}

impl<'a> Has<'a> {
    fn along(route: &'a Route) -> Self {
        service(route).map_or(Self::Nobody, Self::Service)
    }

    fn after(event: &'a RequestEvent) -> Self {
        if let RequestEvent::Triaged(triaged) = event {
            return Self::along(&triaged.triage.outcome);
        }
        if let RequestEvent::Routed(routed) = event {
            return Self::along(&routed.route);
        }
        if let RequestEvent::PanelDecided(decided) = event {
            return match &decided.decision {
                PanelDecision::Service { service } | PanelDecision::EhcAssessment { service } => {
                    Self::Service(service)
                }
                PanelDecision::Advice | PanelDecision::Decline | PanelDecision::Redirect { .. } => {
                    Self::Nobody
                }
                PanelDecision::Package { .. } | PanelDecision::Defer => Self::TheSame,
            };
        }
        if lets_go(event) { Self::Nobody } else { Self::TheSame }
    }
}

/// Whether no service has a request any more after this event.
const fn lets_go(event: &RequestEvent) -> bool {
    matches!(
        event,
        RequestEvent::Declined(_)
            | RequestEvent::Reopened(_)
            | RequestEvent::Redirected(_)
            | RequestEvent::OutcomeDisputed(_)
            | RequestEvent::QuestionLapsed(_)
    )
}

/// The service that answered, or has it until somebody does: told from the events alone. What
/// is promised for a service counts for the first that had it.
fn answers(county: &County, seen: &Seen<'_>) -> Option<String> {
    let respond = seen.clock.promise == Promise::Respond;
    let stream = format!("request-{}", seen.case.id);
    let mut now = None;
    let mut begun = false;
    for event in county.events.iter().filter(|event| event.stream == stream) {
        if let Some(Event::Request(event)) = &event.event {
            now = match Has::after(event) {
                Has::TheSame => now,
                Has::Nobody => None,
                Has::Service(service) => Some(service),
            };
        }
        begun = begun || event.id.0 == seen.clock.started_event;
        let over = seen.clock.stopped_event == Some(event.id.0);
        if over || (begun && !respond && now.is_some()) {
            break;
        }
    }
    now.map(ToString::to_string)
}

/// Kept, late, open, and the working minutes of every answer.
type Counted = (u64, u64, u64, Vec<i64>);

fn counted(county: &County, asked: &ResponseTimes) -> BTreeMap<Option<String>, Counted> {
    let by_promise = asked.group_by == GroupBy::Promise;
    let only = asked.promise.or((!by_promise).then_some(Promise::Respond));
    let mut groups: BTreeMap<_, Counted> = BTreeMap::new();
    for seen in promises(county) {
        let day = london::wall(seen.clock.started_at).date();
        let asked_for = only.is_none_or(|promise| promise == seen.clock.promise);
        if !asked_for || day < asked.from || day >= asked.to {
            continue;
        }
        if seen.answer.is_some_and(|(met, ..)| !met) {
            continue;
        }
        let group = groups.entry(key(county, asked, &seen)).or_default();
        group.3.extend(seen.answer.map(|(.., minutes)| minutes));
        match seen.answer {
            Some((_, true, _)) => group.0 += 1,
            Some((_, false, _)) => group.1 += 1,
            None if seen.clock.due_at.is_some_and(|due| due < asked.now) => group.1 += 1,
            None => group.2 += 1,
        }
    }
    groups
}

/// The smallest of the values that so many of a hundred do not exceed.
fn percentile(values: &[i64], percent: usize) -> Option<i64> {
    let enough = |value: &i64| {
        values.iter().filter(|each| *each <= value).count() * 100 >= values.len() * percent
    };
    values.iter().copied().filter(enough).min()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn figures_are_those_of_the_clocks(
        seed: u64,
        group_by in prop::sample::select(
            vec![
                GroupBy::Promise, GroupBy::Need, GroupBy::Area, GroupBy::Month, GroupBy::Service,
            ],
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
        let expected = counted(&county, &asked);
        prop_assert_eq!(groups.len(), expected.len());
        for group in groups {
            let (kept, late, open, minutes) = &expected[&group.key];
            prop_assert_eq!((group.kept, group.breached, group.running), (*kept, *late, *open));
            prop_assert_eq!(group.count, kept + late + open);
            prop_assert_eq!(group.median_working_minutes, percentile(minutes, 50));
            prop_assert_eq!(group.p90_working_minutes, percentile(minutes, 90));
            prop_assert_eq!(group.longest_working_minutes, minutes.iter().copied().max());
        }
    }
}

#[tokio::test]
async fn the_figures_of_the_schools_add_up_to_those_of_everybody_and_nobody_has_none() {
    let county = county(30, 400);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let (from, to) = (date(2026, 1, 1), date(2027, 1, 1));
    let asked =
        ResponseTimes { from, to, group_by: GroupBy::School, promise: None, now: county.now };
    let everybody = views.response_times(Scope::All, asked.clone()).await.unwrap();
    let mut schools = Vec::new();
    for n in 0..SCHOOLS {
        let own = views.response_times(Scope::School(school(n)), asked.clone()).await.unwrap();
        assert!(own.len() <= 1, "school {n} sees {own:?}");
        schools.extend(own);
    }
    schools.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!(schools, everybody);
    assert_eq!(views.response_times(Scope::Nothing, asked).await.unwrap(), []);
}
