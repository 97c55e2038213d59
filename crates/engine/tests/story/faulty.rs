//! A log and processes that fail at the worst moments.

use futures::future::{Either, select};
use log::{
    Append, BoxFuture, Checkpoint, CommandId, CursorName, Error, Hash, Health, Log, MemoryLog,
    Outcome, Position, Receipt, Record, StreamName, Version,
};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;
use tokio::task::yield_now;

/// A log whose appends get lost on the way, or are stored while the answer gets lost; and
/// which lets others go first wherever it can.
pub(crate) struct FaultyLog {
    log: Arc<MemoryLog>,
    dice: Mutex<fastrand::Rng>,
}

impl FaultyLog {
    pub(crate) fn over(log: Arc<MemoryLog>, seed: u64) -> Self {
        Self { log, dice: Mutex::new(fastrand::Rng::with_seed(seed)) }
    }

    fn throw(&self) -> u8 {
        self.dice.lock().unwrap().u8(..20)
    }
}

impl Log for FaultyLog {
    fn append(&self, append: Append) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            yield_now().await;
            let lost = || Error::Unknown { reason: "the process was cut off".to_owned() };
            match self.throw() {
                0 => Err(lost()),
                1 => {
                    self.log.append(append).await?;
                    yield_now().await;
                    Err(lost())
                }
                _ => {
                    let outcome = self.log.append(append).await;
                    yield_now().await;
                    outcome
                }
            }
        })
    }

    fn read(&self, after: Position, limit: usize) -> BoxFuture<'_, Result<Vec<Record>, Error>> {
        Box::pin(async move {
            yield_now().await;
            self.log.read(after, limit).await
        })
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a StreamName,
        after: Version,
    ) -> BoxFuture<'a, Result<Vec<Record>, Error>> {
        Box::pin(async move {
            let records = self.log.read_stream(stream, after).await;
            yield_now().await;
            records
        })
    }

    fn receipt(&self, command: CommandId) -> BoxFuture<'_, Result<Option<Receipt>, Error>> {
        self.log.receipt(command)
    }

    fn cursor<'a>(&'a self, name: &'a CursorName) -> BoxFuture<'a, Result<Position, Error>> {
        self.log.cursor(name)
    }

    fn head(&self) -> Position {
        self.log.head()
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.log.watch()
    }

    fn health(&self) -> Health {
        self.log.health()
    }

    fn hashes(&self, indexes: Vec<u64>) -> BoxFuture<'_, Result<Vec<Hash>, Error>> {
        self.log.hashes(indexes)
    }

    fn save_checkpoint(&self, size: u64, note: Vec<u8>) -> BoxFuture<'_, Result<(), Error>> {
        self.log.save_checkpoint(size, note)
    }

    fn checkpoints(&self) -> BoxFuture<'_, Result<Vec<Checkpoint>, Error>> {
        self.log.checkpoints()
    }

    fn latest_checkpoint(&self) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>> {
        self.log.latest_checkpoint()
    }
}

/// Some work, dropped where it is after it has let others go first so often.
pub(crate) async fn until_dropped<T>(work: impl Future<Output = T>, turns: usize) -> Option<T> {
    let dropped = async {
        for _ in 0..turns {
            yield_now().await;
        }
    };
    match select(std::pin::pin!(work), std::pin::pin!(dropped)).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(((), _)) => None,
    }
}
