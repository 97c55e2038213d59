//! Keeps the desk at the end of the log: the directory, rules, rota and calendar in memory.

use crate::failure::Failure;
use crate::stored;
use domain::desk::Desk;
use domain::event::Event;
use log::{Log, Position, Record};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;

const BATCH: usize = 1_000;

/// The desk as known at a position, with the versions of the streams it is folded from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) desk: Arc<Desk>,
    pub(crate) versions: Arc<HashMap<String, u32>>,
    position: Position,
}

pub(crate) struct DeskKeeper {
    log: Arc<dyn Log>,
    known: RwLock<Known>,
    following: Mutex<()>,
}

impl DeskKeeper {
    pub(crate) fn new(log: Arc<dyn Log>) -> Self {
        Self { log, known: RwLock::default(), following: Mutex::new(()) }
    }

    /// The desk as of the last acknowledged position at the time of the call.
    pub(crate) async fn current(&self) -> Result<Known, Failure> {
        let head = self.log.head();
        let known = self.peek();
        if known.position >= head {
            return Ok(known);
        }
        let _one_at_a_time = self.following.lock().await;
        let mut known = self.peek();
        while known.position < head {
            known = self.follow(known).await?;
        }
        self.known.write().unwrap_or_else(PoisonError::into_inner).clone_from(&known);
        Ok(known)
    }

    /// The desk as last looked up: good enough to know a key or a school's name.
    pub(crate) fn peek(&self) -> Known {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn follow(&self, mut known: Known) -> Result<Known, Failure> {
        let records = self.log.read(known.position, BATCH).await?;
        known.follow(&records)?;
        Ok(known)
    }
}

impl Known {
    /// The position that it knows of.
    pub(crate) const fn position(&self) -> u64 {
        self.position.get()
    }

    /// Follows the records after its position, in order.
    pub(crate) fn follow(&mut self, records: &[Record]) -> Result<(), Failure> {
        for record in records {
            self.position = record.position;
            if !follows(record.stream.as_str()) {
                continue;
            }
            let recorded = stored::read(record)?;
            if let Some(Event::Desk(event)) = &recorded.event {
                Arc::make_mut(&mut self.desk).apply(event, recorded.version);
            }
            Arc::make_mut(&mut self.versions).insert(recorded.stream, recorded.version);
        }
        Ok(())
    }
}

/// Requests, children, drafts, meetings and messages are not the desk's to know; they are most
/// of the log, and are passed over without being read.
pub(crate) fn follows(stream: &str) -> bool {
    let others = ["request-", "child-", "draft-", "meeting-", "notice-"];
    !others.iter().any(|kind| stream.starts_with(kind))
}
