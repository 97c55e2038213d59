//! What the read models need of the log: its events in order, and word of new ones.

use engine::{Engine, Failure, Recorded};

/// Where events come from: the [`Engine`], or a history that a test or benchmark made up.
pub trait History: Send + Sync + 'static {
    /// The last position there is.
    fn head(&self) -> u64;

    /// Events after a position, in order, at most `limit` of them. Empty at the end only.
    fn after(
        &self,
        position: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Recorded>, Failure>> + Send;

    /// Waits until there is an event after a position; `false` when there never will be.
    fn moved(&self, position: u64) -> impl Future<Output = bool> + Send;
}

impl History for Engine {
    fn head(&self) -> u64 {
        Self::head(self)
    }

    async fn after(&self, position: u64, limit: usize) -> Result<Vec<Recorded>, Failure> {
        self.history(position, limit).await
    }

    async fn moved(&self, position: u64) -> bool {
        Self::moved(self, position).await
    }
}
