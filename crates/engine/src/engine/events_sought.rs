//! Events of one kind, by somebody or of some days, found without reading the whole log.
//!
//! Days are found by halving the log. Within them records are gone through in order, and for one
//! question no further than [`MOST_GONE_THROUGH`]: whoever asks goes on from there.

use super::Engine;
use crate::failure::Failure;
use domain::event::Event;
use jiff::{SignedDuration, Timestamp};
use log::{MAX_READ_RECORDS, Position, Record};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::str::FromStr;

/// The most records that one question goes through.
const MOST_GONE_THROUGH: usize = 10_000;

/// Which events somebody wants; all of them, where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct EventsSought {
    /// Of this kind.
    pub kind: Option<EventKind>,
    /// By this account, or this part of the front door.
    pub actor: Option<String>,
    /// Recorded at this instant or later,
    pub from: Option<Timestamp>,
    /// and before this one.
    pub until: Option<Timestamp>,
}

/// A kind of event: `request.routed`, or whatever happens to a `request`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventKind(String);

/// Events that were found.
#[derive(Debug, Default)]
pub struct EventsFound {
    /// As they are stored, each with its position.
    pub events: Vec<(u64, Box<RawValue>)>,
    /// After which position there is more to go through.
    pub next: Option<u64>,
}

impl EventKind {
    fn covers(&self, name: &str) -> bool {
        name.strip_prefix(self.0.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl FromStr for EventKind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let kind = Self(text.to_owned());
        let known = Event::NAMES.iter().any(|(name, _)| kind.covers(name));
        known
            .then_some(kind)
            .ok_or("a kind of event, such as request.routed, or request for all of its kinds")
    }
}

/// What of a record says whether it is sought.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(rename = "type", borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    actor: Doer<'a>,
}

#[derive(Deserialize)]
struct Doer<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

impl EventsSought {
    /// Whether only the days are said: then every record of them is one.
    const fn anything(&self) -> bool {
        self.kind.is_none() && self.actor.is_none()
    }

    fn wants(&self, record: &Record) -> Result<bool, Failure> {
        if self.anything() {
            return Ok(true);
        }
        let line: Line<'_> = serde_json::from_slice(&record.bytes)?;
        let of_kind = self.kind.as_ref().is_none_or(|kind| kind.covers(&line.name));
        Ok(of_kind && self.actor.as_ref().is_none_or(|actor| *actor == line.actor.id))
    }
}

impl Engine {
    /// Events that are sought, after a position and in order, at most `limit` of them.
    pub async fn events_sought(
        &self,
        sought: &EventsSought,
        after: u64,
        limit: usize,
    ) -> Result<EventsFound, Failure> {
        let first = self.before(sought.from).await?.unwrap_or_default();
        let last = self.before(sought.until).await?.unwrap_or_else(|| self.head());
        let mut reached = after.max(first);
        let mut left = MOST_GONE_THROUGH;
        let mut found = EventsFound::default();
        while reached < last && left > 0 && found.events.len() < limit {
            let to_go = usize::try_from(last - reached).unwrap_or(usize::MAX);
            let at_once = if sought.anything() { limit } else { MAX_READ_RECORDS };
            let at_once = at_once.min(left).min(to_go);
            let records = self.inner.log.read(Position::new(reached), at_once).await?;
            for record in &records {
                reached = record.position.get();
                left = left.saturating_sub(1);
                if sought.wants(record)? {
                    found.events.push((reached, serde_json::from_slice(&record.bytes)?));
                }
                if found.events.len() == limit {
                    break;
                }
            }
            if records.is_empty() {
                break;
            }
        }
        found.next = (reached < last).then_some(reached);
        Ok(found)
    }

    /// The position of the last event that was recorded before an instant.
    async fn before(&self, at: Option<Timestamp>) -> Result<Option<u64>, Failure> {
        let Some(at) = at else { return Ok(None) };
        let just = at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(at);
        self.position_at(just).await.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_one_event_or_all_that_happens_to_something() {
        let all: EventKind = "request".parse().unwrap();
        assert!(all.covers("request.routed") && !all.covers("requests.routed"));
        let one: EventKind = "request.routed".parse().unwrap();
        assert!(one.covers("request.routed") && !one.covers("request.routed_again"));
        for unknown in ["", "request.sent_to_the_moon", "req"] {
            assert!(unknown.parse::<EventKind>().is_err(), "{unknown}");
        }
    }
}
