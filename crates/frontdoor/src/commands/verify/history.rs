//! What the events themselves say, as far as something is kept beside the log that must say the
//! same: who was erased, and which commands have receipts.

use domain::event::{ChildEvent, Event};
use log::{CommandId, Error, Log, MAX_READ_RECORDS, Position, SledLog};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What was read from a log that is sound.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Every pseudonym that was erased, with the position that says so.
    pub(super) erased: BTreeMap<Uuid, u64>,
    /// Every pseudonym that the log has heard of.
    pub(super) children: BTreeSet<Uuid>,
}

impl History {
    /// Reads it all. The error is the first record whose command has no receipt, or one that
    /// leads elsewhere: whoever sent it again would be answered wrongly, or served twice.
    pub(super) async fn read(log: &SledLog) -> Result<Self, Error> {
        let mut history = Self::default();
        let mut known = None;
        let mut after = Position::START;
        loop {
            let records = log.read(after, MAX_READ_RECORDS).await?;
            let Some(last) = records.last() else { return Ok(history) };
            after = last.position;
            // What this program cannot read is as it was written, and says nothing to it.
            for recorded in records.iter().filter_map(|record| engine::read(record).ok()) {
                let command = CommandId::new(recorded.command_id);
                let at = Position::new(recorded.position);
                if known.is_none_or(|(seen, until)| seen != command || until < at) {
                    known = Some((command, receipt_over(log, command, at).await?));
                }
                history.follow(&recorded);
            }
        }
    }

    fn follow(&mut self, recorded: &engine::Recorded) {
        let Some(child) = recorded.child().map(|child| child.0) else { return };
        self.children.insert(child);
        if let Some(Event::Child(ChildEvent::Erased(_))) = &recorded.event {
            self.erased.entry(child).or_insert(recorded.position);
        }
    }
}

/// Up to where the receipt of a command reaches, which covers this position.
async fn receipt_over(log: &SledLog, command: CommandId, at: Position) -> Result<Position, Error> {
    let corrupt = |what: &str| Error::Corrupt { position: at, what: what.to_owned() };
    match log.receipt(command).await {
        Ok(Some(receipt)) if receipt.first <= at && at <= receipt.last => Ok(receipt.last),
        Ok(Some(_)) => Err(corrupt("the receipt of the command it came of leads elsewhere")),
        Ok(None) => Err(corrupt("the receipt of the command it came of is missing")),
        Err(Error::Storage { doing, source }) => {
            Err(corrupt(&format!("could not {doing}: {source}")))
        }
        Err(error) => Err(error),
    }
}
