//! How fast the log becomes rows, beside what SQLite does with rows of the same size in the
//! same run; and how long questions take at 100,000 requests.
//!
//! `cargo bench -p frontdoor-views`. Absolute figures depend on the machine; the ratio less.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on may as well panic")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

#[path = "../src/county.rs"]
mod county;

use county::{County, school};
use domain::clock::Promise;
use domain::request::Status;
use engine::{Failure, Recorded};
use frontdoor_views::{
    Filter, GroupBy, History, Overdue, Page, ResponseTimes, Scope, Sort, SortBy, Views,
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;

const REQUESTS: usize = 100_000;
const BOX_BYTES: u64 = 600;

#[derive(Clone)]
struct Made {
    events: Arc<Mutex<Vec<Recorded>>>,
    head: watch::Sender<u64>,
}

impl History for Made {
    fn head(&self) -> u64 {
        *self.head.borrow()
    }

    async fn after(&self, position: u64, limit: usize) -> Result<Vec<Recorded>, Failure> {
        let from = usize::try_from(position).unwrap();
        Ok(self.events.lock().unwrap().iter().skip(from).take(limit).cloned().collect())
    }

    async fn moved(&self, position: u64) -> bool {
        self.head.subscribe().wait_for(|head| *head > position).await.is_ok()
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

/// How many a second.
fn rate(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / took.as_secs_f64()
}

/// Rows as wide as those of the timeline, into one table with one index, in batches as large.
fn raw_inserts(dir: &Path, events: &[Recorded]) -> Duration {
    let mut connection = Connection::open(dir.join("raw")).unwrap();
    let schema = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE TABLE raw (position INTEGER PRIMARY KEY, stream TEXT, body TEXT);
         CREATE INDEX by_stream ON raw (stream);";
    connection.execute_batch(schema).unwrap();
    let body = "x".repeat(usize::try_from(BOX_BYTES).unwrap());
    let began = now();
    for batch in events.chunks(1_000) {
        let transaction = connection.transaction().unwrap();
        for event in batch {
            let position = i64::try_from(event.position).unwrap();
            transaction
                .prepare_cached("INSERT INTO raw VALUES (?, ?, ?)")
                .unwrap()
                .execute(params![position, event.stream, body])
                .unwrap();
        }
        transaction.commit().unwrap();
    }
    began.elapsed()
}

/// The median and the longest of some tries.
async fn time<F: Future>(what: &str, tries: usize, question: impl Fn() -> F) {
    let mut took = Vec::new();
    for _ in 0..tries {
        let began = now();
        question().await;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    println!("{what:<48} median {:>9.2?}  longest {:>9.2?}", took[tries / 2], took[tries - 1]);
}

async fn list(views: &Views, scope: Scope, filter: Filter, sort: SortBy) {
    let sort = Sort { by: sort, descending: false };
    views.requests(scope, filter, sort, Page::default()).await.unwrap();
}

async fn questions(views: &Views, at: Timestamp, some: &[domain::ids::RequestId]) {
    let none = Filter::default;
    let (all, own) = (|| Scope::All, || Scope::School(school(3)));
    let status = Some(Status::AwaitingPanel);
    let overdue = Some(Overdue { is: true, at });
    let reference = Some(some[7].reference());
    let (due, received) = (SortBy::RespondBy, SortBy::ReceivedAt);
    time("first 50, by due instant", 50, || list(views, all(), none(), due)).await;
    time("first 50, by receipt", 50, || list(views, all(), none(), received)).await;
    time("first 50 of a school", 50, || list(views, own(), none(), received)).await;
    time("first 50 of a school, by due instant", 50, || list(views, own(), none(), due)).await;
    let of = || Filter { status, ..none() };
    time("first 50 of a status", 50, || list(views, all(), of(), received)).await;
    time("first 50 of a status, by due instant", 50, || list(views, all(), of(), due)).await;
    let of = || Filter { overdue, ..none() };
    time("first 50 overdue", 50, || list(views, all(), of(), due)).await;
    let of = || Filter { reference: reference.clone(), ..none() };
    time("one by its reference", 50, || list(views, all(), of(), received)).await;
    time("one in detail", 50, || views.request(Scope::All, some[9])).await;
    time("its timeline", 50, || views.timeline(Scope::All, some[9])).await;
    time("counts by status, and overdue", 10, || {
        views.counts(Scope::All, "nobody".parse().unwrap(), at)
    })
    .await;
    let (from, to) = ("2026-01-01".parse().unwrap(), "2200-01-01".parse().unwrap());
    for group_by in [GroupBy::Month, GroupBy::School] {
        let asked = ResponseTimes { from, to, group_by, promise: Some(Promise::Respond), now: at };
        let what = format!("response times of all, by {}", group_by.as_str());
        time(&what, 5, || views.response_times(Scope::All, asked.clone())).await;
    }
}

#[tokio::main]
async fn main() {
    let mut county = County::new(1, BOX_BYTES);
    while county.requests.len() < REQUESTS {
        county.step();
    }
    let dir = tempfile::tempdir().unwrap();
    let raw = raw_inserts(dir.path(), &county.events);
    let count = county.events.len();
    let log = Made {
        head: watch::Sender::new(u64::try_from(count).unwrap()),
        events: Arc::new(Mutex::new(std::mem::take(&mut county.events))),
    };
    let began = now();
    Views::replay(dir.path(), log.clone(), &|_| {}).await.unwrap();
    let folded = began.elapsed();
    println!("{count} events of {REQUESTS} requests");
    println!("raw inserts {:>10.0} a second", rate(count, raw));
    println!("fold        {:>10.0} events a second", rate(count, folded));
    println!("ratio       {:>10.2}", raw.as_secs_f64() / folded.as_secs_f64());

    let began = now();
    let views = Views::open(dir.path(), log.clone(), &|_| {}).await.unwrap();
    println!("opened in {:.2?}, every page checked", began.elapsed());
    let some: Vec<_> = county.requests.iter().take(10).map(|(id, _)| *id).collect();
    questions(&views, county.now, &some).await;

    time("from an append until it can be read", 50, || async {
        let position = log.head() + 1;
        let mut next = log.events.lock().unwrap().last().unwrap().clone();
        (next.position, next.id) = (position, domain::ids::EventId(uuid::Uuid::nil()));
        log.events.lock().unwrap().push(next);
        log.head.send_replace(position);
        views.at_least(position).await.unwrap();
    })
    .await;
}
