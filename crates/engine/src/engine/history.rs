//! Reading the log as events: for views, audit and whoever waits for news.

use super::Engine;
use crate::failure::Failure;
use crate::stored::{self, Recorded};
use log::{Health, Position, StreamName, Version};
use serde_json::value::RawValue;

impl Engine {
    /// The last acknowledged position.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.inner.log.head().get()
    }

    /// Whether the log takes writes; if not, why not.
    pub fn log_health(&self) -> Result<(), String> {
        match self.inner.log.health() {
            Health::Writable => Ok(()),
            Health::ReadOnly { since, reason } => {
                Err(format!("read-only after position {since}: {reason}"))
            }
        }
    }

    /// Appends acknowledged since the log was opened, and the syncs that they shared.
    #[must_use]
    pub fn log_appends_and_syncs(&self) -> (u64, u64) {
        let stats = self.inner.log.stats();
        (stats.appends, stats.syncs)
    }

    /// Whether keys and accesses can be written; if not, why not.
    pub fn vault_health(&self) -> Result<(), String> {
        let vault = &self.inner.vault;
        vault.health().and_then(|()| vault.journal().health()).map_err(|error| error.to_string())
    }

    /// Events after a position, in order, at most `limit` of them and at most a thousand.
    pub async fn history(&self, after: u64, limit: usize) -> Result<Vec<Recorded>, Failure> {
        let records = self.inner.log.read(Position::new(after), limit).await?;
        Ok(records.iter().map(stored::read).collect::<Result<_, _>>()?)
    }

    /// Events after a position, as they are stored, each with its position.
    pub async fn raw_history(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(u64, Box<RawValue>)>, Failure> {
        let records = self.inner.log.read(Position::new(after), limit).await?;
        let raw = |record: &log::Record| {
            let json = serde_json::from_slice(&record.bytes)?;
            Ok((record.position.get(), json))
        };
        records.iter().map(raw).collect()
    }

    /// Waits until the log has moved beyond a position. Answers whether it ever can again:
    /// `false` when the log has been closed.
    pub async fn moved(&self, after: u64) -> bool {
        self.inner.log.watch().wait_for(|head| head.get() > after).await.is_ok()
    }

    /// Every event of a stream, in order.
    pub async fn stream(&self, stream: &str) -> Result<Vec<Recorded>, Failure> {
        let stream = StreamName::try_new(stream).map_err(log::Error::from)?;
        let records = self.inner.log.read_stream(&stream, Version::NONE).await?;
        Ok(records.iter().map(stored::read).collect::<Result<_, _>>()?)
    }
}
