//! Whatever is wrong with the rows, they are made anew; whoever waits is told.

use super::{Made, county, nobody, open, rebuilt};
use crate::{Condition, Error, History, Progress, Replayed, Scope, Views};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

/// Opens, closes, lets something happen to the directory, and opens again.
async fn reopened(log: &Made, meanwhile: impl FnOnce(&Path)) -> (Vec<Progress>, String) {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path(), log).await.unwrap().close().await;
    meanwhile(&dir.path().join("views.sqlite"));
    let seen = Mutex::new(vec![]);
    let progress = |progress| seen.lock().unwrap().push(progress);
    let views = Views::open(dir.path(), log.clone(), &progress).await.unwrap();
    let dump = views.dump().await.unwrap();
    (seen.into_inner().unwrap(), dump)
}

fn change(file: &Path, sql: &str) {
    Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

#[tokio::test]
async fn what_can_be_gone_on_with_is_not_rebuilt() {
    let log = Made::of(&county(3, 80).events);
    let (progress, dump) = reopened(&log, |_| {}).await;
    assert_eq!(progress, []);
    assert_eq!(dump, rebuilt(&log).await);
}

#[tokio::test]
async fn rows_of_another_schema_are_rebuilt() {
    let log = Made::of(&county(4, 80).events);
    let other = "UPDATE fold SET made_by = 'another'; DELETE FROM requests;";
    let (progress, dump) = reopened(&log, |file| change(file, other)).await;
    let position = log.head();
    assert_eq!(progress.last(), Some(&Progress { position, head: position }));
    assert_eq!(dump, rebuilt(&log).await);
}

#[tokio::test]
async fn a_damaged_file_is_rebuilt_wherever_the_damage_is() {
    let log = Made::of(&county(5, 80).events);
    let whole = rebuilt(&log).await;
    for damaged in [0_usize, 40_000] {
        let (_, dump) = reopened(&log, |file| {
            let mut bytes = fs::read(file).unwrap();
            bytes[damaged..damaged + 5_000].fill(0x5a);
            fs::write(file, bytes).unwrap();
        })
        .await;
        assert_eq!(dump, whole, "damaged at {damaged}");
    }
    let (_, dump) = reopened(&log, |file| fs::write(file, "").unwrap()).await;
    assert_eq!(dump, whole, "cut to nothing");
}

#[tokio::test]
async fn a_log_that_is_shorter_or_another_one_is_folded_from_its_first_event() {
    let mut events = county(6, 80).events;
    let log = Made::of(&events);
    events.truncate(60);
    for restored in [events, county(7, 300).events] {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path(), &log).await.unwrap().close().await;
        let restored = Made::of(&restored);
        let views = open(dir.path(), &restored).await.unwrap();
        assert_eq!(views.dump().await.unwrap(), rebuilt(&restored).await);
    }
}

#[tokio::test]
async fn damage_that_a_question_meets_is_repaired() {
    let log = Made::of(&county(8, 80).events);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &log).await.unwrap();
    let file = dir.path().join("views.sqlite");
    let mut bytes = fs::read(&file).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(file, bytes).unwrap();

    let now = jiff::Timestamp::UNIX_EPOCH;
    let met = views.counts(Scope::All, nobody(), now).await;
    assert!(matches!(met, Err(Error::Rows(_))), "{met:?}");
    let repaired = async {
        while views.counts(Scope::All, nobody(), now).await.is_err()
            || views.health().condition != Condition::Following
        {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), repaired).await.unwrap();
    assert_eq!(views.dump().await.unwrap(), rebuilt(&log).await);
}

#[tokio::test]
async fn a_replay_makes_the_rows_anew_and_counts_the_events() {
    let log = Made::of(&county(9, 80).events);
    let dir = tempfile::tempdir().unwrap();
    let events = log.head();
    let replayed = Views::replay(dir.path(), log.clone(), &|_| {}).await.unwrap();
    assert_eq!(replayed, Replayed { events });
    let views = open(dir.path(), &log).await.unwrap();
    assert_eq!(views.dump().await.unwrap(), rebuilt(&log).await);
}

#[tokio::test]
async fn a_directory_in_use_is_not_opened_twice() {
    let log = Made::of(&[]);
    let dir = tempfile::tempdir().unwrap();
    let _views = open(dir.path(), &log).await.unwrap();
    assert!(matches!(open(dir.path(), &log).await, Err(Error::InUse { .. })));
}

#[tokio::test]
async fn whoever_asks_for_a_position_waits_until_it_is_there() {
    let events = county(10, 80).events;
    let (before, after) = events.split_at(50);
    let log = Made::of(before);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &log).await.unwrap();
    let last = after.last().unwrap().position;
    let waiting = tokio::spawn({
        let views = views.clone();
        async move { views.at_least(last).await.map(|()| views.position()) }
    });
    log.append(after);
    assert_eq!(waiting.await.unwrap().unwrap(), last);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_ever_for_a_position_that_does_not_come() {
    let log = Made::of(&county(11, 10).events);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &log).await.unwrap();
    let asked = views.position() + 1;
    let waited = views.at_least(asked).await;
    let Err(Error::Behind { reached, .. }) = waited else { panic!("{waited:?}") };
    assert_eq!(reached + 1, asked);
}
