//! The directory, the rules, the rota or the calendar changes.

use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::desk::DeskCommand;
use domain::event::{Change, DeskEvent};
use log::Receipt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What became of changes to what the desk goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Configured {
    /// The position that knows of them.
    pub position: u64,
    /// They were made by an earlier try of the same command.
    pub replayed: bool,
}

impl Configured {
    const fn now(position: u64) -> Self {
        Self { position, replayed: false }
    }

    const fn before(receipt: &Receipt) -> Self {
        Self { position: receipt.last.get(), replayed: true }
    }
}

impl Engine {
    /// Carries out changes to what the desk goes by, all or none, each decided in the state
    /// that the one before left.
    pub async fn configure(
        &self,
        context: &Context,
        commands: Vec<DeskCommand>,
    ) -> Result<Configured, Failure> {
        self.writing(self.keep_configuring(context, commands)).await
    }

    /// What a command did when it was carried out before; `None` when it was not.
    pub async fn carried_out(&self, context: &Context) -> Result<Option<Vec<Recorded>>, Failure> {
        let Some(receipt) = self.receipt(context).await? else { return Ok(None) };
        let before = receipt.first.get().saturating_sub(1);
        let written = receipt.last.get().saturating_sub(before);
        Ok(Some(self.history(before, usize::try_from(written).unwrap_or(usize::MAX)).await?))
    }

    async fn keep_configuring(
        &self,
        context: &Context,
        commands: Vec<DeskCommand>,
    ) -> Result<Configured, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return Ok(Configured::before(&receipt));
            }
            if let Some(configured) = self.try_configure(context, commands.clone()).await? {
                return Ok(configured);
            }
        }
        Err(Failure::Contended)
    }

    /// The version of a stream of the desk: that of the entry which it holds.
    pub async fn desk_version(&self, stream: &str) -> Result<u32, Failure> {
        let known = self.writing(self.known()).await?;
        Ok(known.versions.get(stream).copied().unwrap_or(0))
    }

    async fn try_configure(
        &self,
        context: &Context,
        commands: Vec<DeskCommand>,
    ) -> Result<Option<Configured>, Failure> {
        let at = self.moment(context)?;
        let known = self.known().await?;
        let mut desk = Arc::unwrap_or_clone(known.desk);
        let mut streams: BTreeMap<String, Vec<DeskEvent>> = BTreeMap::new();
        for command in commands {
            if let Some(event) = desk.decide(command)? {
                let events = streams.entry(event.stream()).or_default();
                let before = known.versions.get(&event.stream()).copied().unwrap_or(0);
                let version = before + u32::try_from(events.len() + 1).unwrap_or(u32::MAX);
                desk.apply(&event, version);
                events.push(event);
            }
        }
        if streams.is_empty() {
            return Ok(Some(Configured::now(self.head())));
        }
        let version = |stream: &String| known.versions.get(stream).copied().unwrap_or(0);
        expect(context, streams.keys().map(version))?;
        let additions: Vec<_> = streams
            .into_iter()
            .map(|(stream, events)| Addition {
                expected: version(&stream),
                stream,
                changes: events.into_iter().map(Change::of).collect(),
                subject: None,
            })
            .collect();
        match self.append(context, at, &additions).await? {
            Appended::Now(written) => Ok(Some(Configured::now(written.receipt.last.get()))),
            Appended::Before(receipt) => Ok(Some(Configured::before(&receipt))),
            Appended::Conflict => Ok(None),
        }
    }
}

/// Whether the entry that changes is still what the caller had seen. Who says what is so
/// already changes nothing, and is not asked; nor is who changes several entries at once.
fn expect(
    context: &Context,
    mut versions: impl ExactSizeIterator<Item = u32>,
) -> Result<(), Failure> {
    match (context.expected_version, versions.len(), versions.next()) {
        (Some(expected), 1, Some(actual)) if expected != actual => {
            Err(Failure::Stale { expected, actual })
        }
        _ => Ok(()),
    }
}
