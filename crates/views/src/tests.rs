//! What holds of the read models as a whole, over made-up counties.

mod disposable;
mod feedback;
mod flow;
mod packages;
mod panels;
mod promises;
mod questions;
mod same_rows;
mod school_eye;

use crate::county::County;
use crate::{Error, History, Views};
use domain::ids::AccountId;
use engine::{Failure, Recorded};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// A log of made-up events that can grow, shrink and fail.
#[derive(Clone)]
struct Made {
    events: Arc<Mutex<Vec<Recorded>>>,
    head: watch::Sender<u64>,
}

impl Made {
    fn of(events: &[Recorded]) -> Self {
        let made = Self { events: Arc::default(), head: watch::Sender::new(0) };
        made.append(events);
        made
    }

    fn append(&self, events: &[Recorded]) {
        self.events.lock().unwrap().extend_from_slice(events);
        self.head.send_replace(events.last().map_or(0, |event| event.position));
    }
}

impl History for Made {
    fn head(&self) -> u64 {
        *self.head.borrow()
    }

    async fn after(&self, position: u64, limit: usize) -> Result<Vec<Recorded>, Failure> {
        let events = self.events.lock().unwrap();
        let from = events.partition_point(|event| event.position <= position);
        Ok(events[from..].iter().take(limit).cloned().collect())
    }

    async fn moved(&self, position: u64) -> bool {
        self.head.subscribe().wait_for(|head| *head > position).await.is_ok()
    }
}

/// A county in which so much has happened.
fn county(seed: u64, steps: usize) -> County {
    let mut county = County::new(seed, 30);
    (0..steps).for_each(|_| county.step());
    county
}

/// An adviser who is accountable for nothing.
fn nobody() -> AccountId {
    "nobody".parse().unwrap()
}

async fn open(dir: &Path, log: &Made) -> Result<Views, Error> {
    Views::open(dir, log.clone(), &|_| {}).await
}

/// What a fold of this log from the first event on gives.
async fn rebuilt(log: &Made) -> String {
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), log).await.unwrap();
    views.dump().await.unwrap()
}
