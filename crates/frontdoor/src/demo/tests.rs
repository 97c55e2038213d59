//! A made-up year, lived through in memory.

mod meetings;

use super::{Founded, Plan, found};
use crate::county::Council;
use crate::fixture;
use domain::account::Role;
use domain::calendar::london;
use domain::clock::Promise;
use domain::event::{Event, RequestEvent};
use domain::ids::RequestId;
use domain::promises::ClockChange;
use domain::request::{Request, Status};
use domain::triage::Route;
use engine::{Engine, Ids, Recorded, SystemClock};
use jiff::civil::Weekday;
use log::{Log, MemoryLog};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tempfile::TempDir;

struct Lived {
    founded: Founded,
    history: Vec<Recorded>,
    requests: BTreeMap<RequestId, Request>,
    engine: Engine,
    _dir: TempDir,
}

/// A year up to a Monday in term.
async fn lived(requests: usize, seed: u64) -> Lived {
    lived_until("2026-11-23T11:00:00Z", requests, seed).await
}

async fn lived_until(now: &str, requests: usize, seed: u64) -> Lived {
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    let dir = tempfile::tempdir().unwrap();
    let vault = fixture::vault(dir.path());
    let council =
        Council { authority: "865".parse().unwrap(), name: "Downsway County Council".to_owned() };
    let now = now.parse().unwrap();
    let plan = Plan { requests, seed, now, council };
    let founded = found(Arc::clone(&log), vault.clone(), &plan, |_| ()).await.unwrap();

    let engine = Engine::new(log, vault, Arc::new(SystemClock), Ids::default());
    let history = history_of(&engine).await;
    let mut states: BTreeMap<RequestId, Request> = BTreeMap::new();
    for recorded in &history {
        if let (Some(id), Some(happened)) = (recorded.request(), recorded.happened()) {
            let state = states.remove(&id).unwrap_or_default();
            states.insert(id, state.evolve(&happened));
        }
    }
    Lived { founded, history, requests: states, engine, _dir: dir }
}

async fn history_of(engine: &Engine) -> Vec<Recorded> {
    let mut history: Vec<Recorded> = Vec::new();
    loop {
        let after = history.last().map_or(0, |last| last.position);
        let more = engine.history(after, 1_000).await.unwrap();
        if more.is_empty() {
            return history;
        }
        history.extend(more);
    }
}

impl Lived {
    fn statuses(&self) -> BTreeMap<Status, usize> {
        count(self.requests.values().map(|request| request.case().unwrap().status()))
    }

    fn events(&self) -> impl Iterator<Item = &RequestEvent> {
        self.history.iter().filter_map(|it| match &it.event {
            Some(Event::Request(event)) => Some(event),
            _ => None,
        })
    }

    /// Where the rules first sent each request.
    fn first_routes(&self) -> Vec<Route> {
        let mut seen = BTreeSet::new();
        self.history
            .iter()
            .filter_map(|it| match &it.event {
                Some(Event::Request(RequestEvent::Triaged(triaged)))
                    if seen.insert(it.request()) =>
                {
                    Some(triaged.triage.outcome.clone())
                }
                _ => None,
            })
            .collect()
    }
}

fn count<T: Ord>(all: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counted = BTreeMap::new();
    for one in all {
        *counted.entry(one).or_default() += 1;
    }
    counted
}

fn kind(route: &Route) -> &'static str {
    match route {
        Route::Service { .. } => "service",
        Route::Panel { .. } => "panel",
        Route::Duty { .. } => "duty",
        Route::Information { .. } => "information",
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_year() {
    let (one, again) = (lived(60, 7).await, lived(60, 7).await);
    assert_eq!(one.founded, again.founded);
    assert_eq!(one.first_routes(), again.first_routes());
    let ids = |lived: &Lived| lived.history.iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(ids(&one), ids(&again));
    assert_ne!(one.first_routes(), lived(60, 8).await.first_routes());
}

#[tokio::test]
async fn without_requests_there_is_still_a_county() {
    let Lived { founded, engine, requests, .. } = lived(0, 1).await;
    let desk = engine.desk().await.unwrap();
    assert_eq!((founded.schools, desk.schools.len(), requests.len()), (239, 239, 0));
    // Advisers and their line manager, the other roles, panel members, services, schools.
    assert_eq!(desk.accounts.len(), 6 + 1 + 6 + 31 + 12 + 239);
    assert!(desk.urns.contains_key(&"900001".parse().unwrap()));
}

#[tokio::test]
async fn each_panel_has_people_from_every_role_and_a_quorum_among_them() {
    let Lived { engine, .. } = lived(0, 1).await;
    let desk = engine.desk().await.unwrap();
    for panel in desk.panels.values() {
        let roles: BTreeSet<_> = panel.members.iter().map(|member| member.role).collect();
        assert_eq!(roles, panel.membership_roles.iter().copied().collect(), "{}", panel.id);
        assert!((10..=12).contains(&panel.members.len()), "{}", panel.id);
        let present = panel.members.iter().map(|member| member.role);
        assert_eq!(panel.quorum.shortfall(present), None, "{}", panel.id);
        for member in &panel.members {
            let account = desk.accounts.get(&member.account).unwrap();
            assert_eq!(account.role, Role::Panel, "{}", account.id);
        }
    }
    let sits = desk.panels.values().flat_map(|panel| &panel.members);
    assert!(count(sits.map(|member| &member.account)).values().any(|panels| *panels > 1));
}

#[tokio::test]
async fn every_status_has_an_example_whatever_the_seed_and_the_season() {
    for (now, seed) in [("2026-11-23T11:00:00Z", 1), ("2027-08-29T23:30:00Z", 2)] {
        let lived = lived_until(now, 300, seed).await;
        let statuses = lived.statuses();
        for status in Status::ALL {
            assert!(statuses.contains_key(status), "{now}: nothing is {status}");
        }
        assert_eq!(statuses.values().sum::<usize>(), 300);
    }
}

#[tokio::test]
async fn no_rule_is_ever_broken_whenever_the_year_ends() {
    for (now, seed) in [
        ("2026-01-01T00:00:00Z", 3),
        ("2026-03-29T01:30:00Z", 4),
        ("2026-10-25T01:30:00Z", 5),
        ("2028-02-29T12:00:00Z", 6),
        ("2031-05-05T08:59:59Z", 7),
    ] {
        assert_eq!(lived_until(now, 80, seed).await.requests.len(), 80, "{now}");
    }
}

/// What does not happen in a made-up year: nobody reads by exception, and there is no store of
/// documents at a founding, since they lie beside the log.
const NOT_MADE_UP: [&str; 2] = ["request.glass_broken", "request.document_added"];

#[tokio::test]
async fn a_year_looks_like_a_year() {
    let lived = lived(1_200, 865).await;
    let routes = count(lived.first_routes().iter().map(kind));
    let share = |kind| 100 * routes.get(kind).copied().unwrap_or_default() / 1_200;
    assert!((48..=62).contains(&share("service")), "{routes:?}");
    assert!((18..=30).contains(&share("panel")), "{routes:?}");
    assert!((6..=16).contains(&share("duty")) && (5..=13).contains(&share("information")));

    let (kept, met) = respond_promises(&lived);
    assert!((83..=92).contains(&(100 * kept / met)), "kept {kept} of {met}");

    let happened = count(lived.events().map(|event| Event::from(event.clone()).name()));
    let missing: Vec<_> = Event::NAMES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| name.starts_with("request.") && !happened.contains_key(name))
        .collect();
    assert_eq!(missing, NOT_MADE_UP, "{happened:?}");
}

/// How many `respond` promises were kept, of those that were met.
fn respond_promises(lived: &Lived) -> (usize, usize) {
    let stopped =
        lived.history.iter().flat_map(|it| &it.clocks).filter_map(|change| match change {
            ClockChange::Stopped { promise: Promise::Respond, met: true, kept, .. } => Some(*kept),
            ClockChange::Started { .. }
            | ClockChange::Paused { .. }
            | ClockChange::Resumed { .. }
            | ClockChange::Recalculated { .. }
            | ClockChange::Stopped { .. } => None,
        });
    let (kept, broken): (Vec<bool>, Vec<bool>) = stopped.partition(|kept| *kept);
    (kept.len(), kept.len() + broken.len())
}

#[tokio::test]
async fn requests_come_in_in_order_and_mostly_on_working_days() {
    let lived = lived(300, 5).await;
    let recorded: Vec<_> = lived.history.iter().map(|it| it.recorded_at).collect();
    assert!(recorded.is_sorted());
    let weekend = |at| matches!(london::wall(at).weekday(), Weekday::Saturday | Weekday::Sunday);
    let received = |it: &&Recorded| it.name == "request.received";
    let at_weekends =
        lived.history.iter().filter(received).filter(|it| weekend(it.recorded_at)).count();
    assert!((1..=20).contains(&at_weekends), "{at_weekends}");
}
