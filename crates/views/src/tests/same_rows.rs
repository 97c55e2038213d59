//! Rebuilt equals live: whenever, in whatever batches, and however often interrupted.

use super::{Made, county, open, rebuilt};
use crate::History;
use crate::dump::dump;
use crate::fold::{Check, Fold};
use crate::refold;
use domain::event::{Change, RequestEvent};
use domain::ids::RequestId;
use proptest::prelude::*;
use rusqlite::Connection;
use uuid::Uuid;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_batches_and_restarts_give_the_rows_of_one_go(
        seed: u64,
        batches in proptest::collection::vec((1..60_usize, any::<bool>()), 1..40),
    ) {
        let events = county(seed, 150).events;
        let dir = tempfile::tempdir().unwrap();
        let (once, often) = (dir.path().join("once"), dir.path().join("often"));
        Fold::create(&once).unwrap().apply(&events).unwrap();

        let mut fold = Fold::create(&often).unwrap();
        let mut rest = events.as_slice();
        for (size, restart) in batches.into_iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (batch, after) = rest.split_at(size.min(rest.len()));
            fold.apply(batch).unwrap();
            rest = after;
            if restart {
                drop(fold);
                fold = Fold::open(&often, Check::EveryPage).unwrap().unwrap();
            }
        }
        drop(fold);
        let rows = |file| dump(&Connection::open(file).unwrap()).unwrap();
        prop_assert_eq!(rows(once), rows(often));
    }

    #[test]
    fn a_request_folded_from_its_timeline_is_the_request(seed: u64) {
        let county = county(seed, 150);
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("rows");
        Fold::create(&file).unwrap().apply(&county.events).unwrap();
        let rows = Connection::open(file).unwrap();
        let mut numbers = rows.prepare("SELECT number, id FROM requests").unwrap();
        let numbers: Vec<(i64, [u8; 16])> = numbers
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        prop_assert_eq!(numbers.len(), county.requests.len());
        for (number, id) in numbers {
            let id = RequestId(Uuid::from_bytes(id));
            let (_, state) = county.requests.iter().find(|(each, _)| *each == id).unwrap();
            prop_assert_eq!(&refold::request(&rows, number).unwrap(), state);
        }
    }
}

#[tokio::test]
async fn following_the_log_gives_the_rows_of_a_rebuild() {
    let events = county(1, 400).events;
    let log = Made::of(&events[..40]);
    let dir = tempfile::tempdir().unwrap();
    let mut views = open(dir.path(), &log).await.unwrap();
    for (number, part) in events[40..].chunks(37).enumerate() {
        log.append(part);
        views.at_least(part.last().unwrap().position).await.unwrap();
        if number % 3 == 0 {
            views.close().await;
            drop(views);
            views = open(dir.path(), &log).await.unwrap();
        }
    }
    assert_eq!(views.dump().await.unwrap(), rebuilt(&log).await);
}

#[tokio::test]
async fn an_event_that_nobody_knows_is_kept_and_changes_only_the_version() {
    let mut county = county(2, 60);
    let (id, state) = county.requests[0].clone();
    let noted = Change::of(RequestEvent::Noted(<_>::default()));
    county.record(format!("request-{id}"), noted, None);
    let unknown = county.events.last_mut().unwrap();
    (unknown.event, unknown.name) = (None, "request.teleported".to_owned());
    let log = Made::of(&county.events);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &log).await.unwrap();

    let found = views.request(crate::Scope::All, id).await.unwrap().unwrap();
    let timeline = views.timeline(crate::Scope::All, id).await.unwrap().unwrap();
    let last = timeline.last().unwrap();
    assert_eq!(Some(&found.case), state.case());
    assert_eq!((last.name.as_str(), &last.event), ("request.teleported", &None));
    assert!(!last.visible_to_school);
    assert_eq!(found.item.version, last.version);
    assert_eq!(found.item.position, log.head());
}
