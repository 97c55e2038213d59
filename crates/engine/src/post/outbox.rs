//! Which messages wait, followed from the log in memory: what was delivered or given up is
//! forgotten, so that it grows with what is to be done and not with the years.

use crate::engine::Engine;
use crate::failure::Failure;
use crate::stored;
use domain::ids::NoticeId;
use domain::notice::{Delivery, Notice};
use jiff::Timestamp;
use log::Position;
use std::collections::HashMap;

const BATCH: usize = 1_000;

#[derive(Default)]
pub(super) struct Outbox {
    position: Position,
    waiting: HashMap<NoticeId, Notice>,
}

impl Outbox {
    /// How far it has read.
    pub(super) fn position(&self) -> u64 {
        self.position.get()
    }

    /// Reads on to the end of the log. Everything but messages is passed over unread.
    pub(super) async fn follow(&mut self, engine: &Engine) -> Result<(), Failure> {
        loop {
            let records = engine.log().read(self.position, BATCH).await?;
            let Some(last) = records.last() else { return Ok(()) };
            let last = last.position;
            for record in &records {
                if let Some(name) = record.stream.as_str().strip_prefix("notice-")
                    && let Ok(notice) = name.parse()
                {
                    self.take(engine, notice, record).await?;
                }
            }
            self.position = last;
        }
    }

    /// Follows one event of a message. One that was settled and moves again was put back.
    async fn take(
        &mut self,
        engine: &Engine,
        notice: NoticeId,
        record: &log::Record,
    ) -> Result<(), Failure> {
        let recorded = stored::read(record)?;
        let Some(event) = recorded.noticed() else { return Ok(()) };
        let state = match self.waiting.remove(&notice) {
            Some(state) => state.evolve(event),
            None if recorded.version == 1 => Notice::default().evolve(event),
            None => engine.notice(&notice).await?.0,
        };
        if wait(&state).is_some() {
            self.waiting.insert(notice, state);
        }
        Ok(())
    }

    /// At most so many messages that are due, those first that have waited longest.
    pub(super) fn due(&self, now: Timestamp, most: usize) -> Vec<NoticeId> {
        let waits = self.waiting.iter().filter_map(|(notice, state)| Some((wait(state)?, notice)));
        let mut due: Vec<_> = waits.filter(|(next, _)| *next <= now).collect();
        due.sort_unstable();
        due.into_iter().take(most).map(|(_, notice)| notice.clone()).collect()
    }

    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.waiting.values().filter_map(wait).min()
    }
}

/// From when on a message may be tried; `None` when it does not wait.
fn wait(notice: &Notice) -> Option<Timestamp> {
    match notice.message()?.delivery {
        Delivery::Waiting { next_at, .. } => Some(next_at.unwrap_or(Timestamp::MIN)),
        Delivery::Sent | Delivery::GivenUp => None,
    }
}
