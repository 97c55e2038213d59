//! How much longer a peer may keep us waiting: a [`Pace`], running.

use super::Pace;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// Runs out while a peer keeps us waiting, and grows again with what it moves.
pub(super) struct Patience {
    pace: Pace,
    left: Duration,
    /// Made when a peer first keeps us waiting: most never do.
    timer: Option<Pin<Box<Sleep>>>,
    waiting: bool,
}

impl Patience {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, left: pace.silence, timer: None, waiting: false }
    }

    /// To be called while the peer has nothing for us. Ready once that has been too long.
    pub(super) fn poll_lost(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.left;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(left)));
        if !self.waiting {
            timer.as_mut().reset(Instant::now() + left);
            self.waiting = true;
        }
        ready!(timer.as_mut().poll(cx));
        Poll::Ready(())
    }

    /// The peer has moved so many bytes.
    pub(super) fn moved(&mut self, bytes: usize) {
        if let Some(timer) = self.timer.as_ref().filter(|_| self.waiting) {
            self.left = timer.deadline().saturating_duration_since(Instant::now());
            self.waiting = false;
        }
        self.left = self.left.saturating_add(self.pace.worth(bytes)).min(self.pace.silence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;

    const PACE: Pace = Pace { silence: Duration::from_millis(200), bytes_per_second: 1000 };

    async fn waited(patience: &mut Patience) -> Duration {
        let start = Instant::now();
        poll_fn(|cx| patience.poll_lost(cx)).await;
        start.elapsed()
    }

    #[tokio::test]
    async fn silence_is_borne_for_so_long() {
        let waited = waited(&mut Patience::new(PACE)).await;
        assert!(waited >= PACE.silence, "{waited:?}");
    }

    #[tokio::test]
    async fn bytes_earn_patience_back_but_never_more_than_at_first() {
        let mut patience = Patience::new(PACE);
        patience.left = Duration::ZERO;
        patience.moved(50);
        assert_eq!(patience.left, Duration::from_millis(50));
        patience.moved(1_000_000);
        assert_eq!(patience.left, PACE.silence);
    }

    #[tokio::test]
    async fn a_byte_now_and_then_does_not_help() {
        let mut patience = Patience::new(PACE);
        let start = Instant::now();
        loop {
            let drip = sleep(Duration::from_millis(20));
            tokio::select! {
                biased;
                _ = waited(&mut patience) => break,
                () = drip => patience.moved(1),
            }
        }
        assert!(start.elapsed() < PACE.silence * 10, "{:?}", start.elapsed());
    }
}
