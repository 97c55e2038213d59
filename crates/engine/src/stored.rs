//! An event as it is stored: one JSON object, its bytes kept for ever.
//!
//! The log stamps `position`, `stream` and `version` in front; the rest is written here:
//! `id`, `type`, `schema`, the two clocks, who did it, the command, what caused it, `data`
//! (codes only), `clocks` (what it did to promises) and `sealed` (everything personal).
//! Reading never argues: a type this program does not know is passed over by whoever folds,
//! and kept.

use crate::actor::Actor;
use domain::event::{Change, Event};
use domain::ids::{ChildId, DraftId, EventId, RequestId};
use domain::promises::ClockChange;
use domain::request::Happened;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use uuid::Uuid;
use vault::Sealed;

/// An event read back from the log.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its place in the log, from 1.
    pub position: u64,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream, from 1.
    pub version: u32,
    /// Its id.
    pub id: EventId,
    /// The name of its type.
    pub name: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it happened.
    pub effective_at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// The command it came of.
    pub command_id: Uuid,
    /// The event that caused it, if it was a reaction.
    pub causation_id: Option<Uuid>,
    /// What ties a conversation together.
    pub correlation_id: Uuid,
    /// What happened; `None` when its type is not known to this program.
    pub event: Option<Event>,
    /// What that did to promises.
    pub clocks: Vec<ClockChange>,
    /// Everything personal about it, sealed.
    pub sealed: Option<Sealed>,
}

impl Recorded {
    /// The draft whose stream it is in.
    #[must_use]
    pub fn draft(&self) -> Option<DraftId> {
        self.stream.strip_prefix("draft-")?.parse().ok().map(DraftId)
    }

    /// The event as a request's history follows it, if it is one of a request's.
    #[must_use]
    pub fn happened(&self) -> Option<Happened<'_>> {
        let Some(Event::Request(event)) = &self.event else { return None };
        let (id, effective_at, clocks) = (self.id, self.effective_at, &self.clocks);
        Some(Happened { id, effective_at, event, clocks })
    }

    /// The request whose stream it is in.
    #[must_use]
    pub fn request(&self) -> Option<RequestId> {
        self.stream.strip_prefix("request-")?.parse().ok().map(RequestId)
    }

    /// The child whose stream it is in.
    #[must_use]
    pub fn child(&self) -> Option<ChildId> {
        self.stream.strip_prefix("child-")?.parse().ok().map(ChildId)
    }
}

/// A record that is no event.
#[derive(Debug, thiserror::Error)]
#[error("the record at position {position} cannot be read as an event")]
pub struct Unreadable {
    /// Where.
    pub position: u64,
    source: serde_json::Error,
}

/// What every event of one command shares.
#[derive(Clone, Debug)]
pub(crate) struct Circumstances {
    pub(crate) recorded_at: Timestamp,
    pub(crate) effective_at: Timestamp,
    pub(crate) actor: Actor,
    pub(crate) command_id: Uuid,
    pub(crate) causation_id: Option<Uuid>,
    pub(crate) correlation_id: Uuid,
}

#[derive(Serialize)]
struct Written<'a> {
    id: EventId,
    #[serde(rename = "type")]
    name: &'a str,
    schema: u16,
    recorded_at: Timestamp,
    effective_at: Timestamp,
    actor: &'a Actor,
    command_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    causation_id: Option<Uuid>,
    correlation_id: Uuid,
    data: &'a Event,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    clocks: &'a [ClockChange],
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<Sealed>,
}

#[derive(Deserialize)]
struct Read<'a> {
    position: u64,
    stream: String,
    version: u32,
    id: EventId,
    #[serde(rename = "type", borrow)]
    name: Cow<'a, str>,
    recorded_at: Timestamp,
    effective_at: Timestamp,
    actor: Actor,
    command_id: Uuid,
    causation_id: Option<Uuid>,
    correlation_id: Uuid,
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(default)]
    clocks: Vec<ClockChange>,
    sealed: Option<Sealed>,
}

/// The bytes of an event before the log stamps them. `change.personal` is not read here:
/// its sealed form is handed in, so nothing personal can be written in the clear.
pub(crate) fn write(
    id: EventId,
    change: &Change,
    sealed: Option<Sealed>,
    circumstances: &Circumstances,
) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Written {
        id,
        name: change.event.name(),
        schema: change.event.schema(),
        recorded_at: circumstances.recorded_at,
        effective_at: circumstances.effective_at,
        actor: &circumstances.actor,
        command_id: circumstances.command_id,
        causation_id: circumstances.causation_id,
        correlation_id: circumstances.correlation_id,
        data: &change.event,
        clocks: &change.clocks,
        sealed,
    })
}

/// Reads a stored record.
pub fn read(record: &log::Record) -> Result<Recorded, Unreadable> {
    let position = record.position.get();
    let read = || -> Result<Recorded, serde_json::Error> {
        let stored: Read<'_> = serde_json::from_slice(&record.bytes)?;
        let mut data = serde_json::Deserializer::from_str(stored.data.get());
        Ok(Recorded {
            event: Event::read(&stored.name, &mut data)?,
            position: stored.position,
            stream: stored.stream,
            version: stored.version,
            id: stored.id,
            name: stored.name.into_owned(),
            recorded_at: stored.recorded_at,
            effective_at: stored.effective_at,
            actor: stored.actor,
            command_id: stored.command_id,
            causation_id: stored.causation_id,
            correlation_id: stored.correlation_id,
            clocks: stored.clocks,
            sealed: stored.sealed,
        })
    };
    read().map_err(|source| Unreadable { position, source })
}
