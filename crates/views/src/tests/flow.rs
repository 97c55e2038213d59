//! What comes in and what becomes of it adds up, and behind every number are as many requests.

use super::{Made, county, nobody, open};
use crate::{
    BehindRow, Counted, Figure, Filter, Flow, FlowBy, FlowOf, FlowPeriod, GroupBy, Page, Promised,
    ResponseTimes, Scope, Sort, Views,
};
use domain::calendar::london;
use domain::request::Status;
use jiff::ToSpan;
use std::collections::BTreeMap;

/// All that happened in a county, by its own days.
fn whole(now: jiff::Timestamp, group_by: FlowBy) -> Flow {
    let today = london::wall(now).date();
    Flow { from: today.saturating_sub(3.years()), to: today.saturating_add(1.day()), group_by }
}

async fn behind(views: &Views, figure: &Figure, key: &str) -> usize {
    let row = BehindRow::Of(key.to_owned());
    let found = views.requests_behind(Scope::All, figure.clone(), row.clone(), (0, 3)).await;
    let (count, requests, items) = found.unwrap();
    assert!(requests <= count && items.len() == requests.min(3), "{figure:?} {key}");
    let (events, _) = views.behind(Scope::All, figure.clone(), row, (0, 1)).await.unwrap();
    assert_eq!(events, count);
    count
}

#[tokio::test]
async fn what_is_open_is_what_was_and_what_came_less_what_went() {
    let county = county(31, 900);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    for by in [FlowBy::Week, FlowBy::Month] {
        let periods = views.flow(Scope::All, whole(county.now, by)).await.unwrap();
        let mut open = 0;
        for FlowPeriod { key, received, closed, reopened, open: places, .. } in &periods {
            open = open + received + reopened - closed;
            assert_eq!(places.values().sum::<u64>(), open, "{key}");
        }
        let now = views.counts(Scope::All, nobody(), county.now).await.unwrap();
        let still: BTreeMap<Status, u64> =
            now.by_status.into_iter().filter(|(place, _)| *place != Status::Closed).collect();
        assert_eq!(periods.last().unwrap().open, still);
        assert!(periods.iter().any(|it| it.closed > 0) && periods.iter().any(|it| it.answered > 0));
    }
}

#[tokio::test]
async fn behind_every_number_of_a_period_are_as_many() {
    let county = county(32, 600);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let flow = whole(county.now, FlowBy::Month);
    for period in views.flow(Scope::All, flow.clone()).await.unwrap() {
        let open = period.open.values().sum();
        let numbers = [
            (Counted::Received, period.received),
            (Counted::Answered, period.answered),
            (Counted::Closed, period.closed),
            (Counted::Reopened, period.reopened),
            (Counted::Open, open),
        ];
        let numbers = numbers.map(|(what, number)| (FlowOf::All(what), number)).into_iter();
        let places = period.open.iter().map(|(place, number)| (FlowOf::At(*place), *number));
        for (of, number) in numbers.chain(places) {
            let count = behind(&views, &Figure::Flow(flow.clone(), of), &period.key).await;
            assert_eq!(u64::try_from(count).unwrap(), number, "{} {of:?}", period.key);
        }
    }
}

#[tokio::test]
async fn behind_every_promise_that_went_so_are_as_many() {
    let county = county(33, 600);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let (from, to) = ("2020-01-01".parse().unwrap(), "2200-01-01".parse().unwrap());
    let asked =
        ResponseTimes { from, to, group_by: GroupBy::Promise, promise: None, now: county.now };
    for group in views.response_times(Scope::All, asked.clone()).await.unwrap() {
        let key = group.key.unwrap();
        for (went, number) in [
            (None, group.count),
            (Some(Promised::Kept), group.kept),
            (Some(Promised::Breached), group.breached),
            (Some(Promised::Running), group.running),
        ] {
            let count = behind(&views, &Figure::ResponseTimes(asked.clone(), went), &key).await;
            assert_eq!(u64::try_from(count).unwrap(), number, "{key} {went:?}");
        }
    }
}

#[tokio::test]
async fn a_place_has_as_many_as_a_list_of_it_and_nothing_has_been_there_longer_than_its_longest() {
    let county = county(34, 500);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let places = views.places(Scope::All, county.now).await.unwrap();
    assert!(places.len() > 3, "{places:?}");
    for place in places {
        let filter = Filter {
            status: Some(place.status),
            service: place.service.clone(),
            panel: place.panel.clone(),
            ..Filter::default()
        };
        let page = Page { limit: 200, cursor: None };
        let listed = views.requests(Scope::All, filter, Sort::default(), page).await.unwrap().items;
        assert_eq!(u64::try_from(listed.len()).unwrap(), place.count, "{place:?}");
        assert!(listed.iter().any(|item| item.id == place.longest.request));
        assert!(place.longest.since <= county.now);
    }
}
