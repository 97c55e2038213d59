//! Events for other programs: a line for each, with a proof that leads to one checkpoint, so that
//! every line can be checked alone.
//!
//! The first line is the checkpoint. What is sealed in an event stays sealed.

use crate::engine::{Engine, Proven};
use crate::failure::Failure;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::str::FromStr;

/// How many events are read at once.
const PAGE: usize = 200;

/// How a line is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportFormat {
    /// The event, its bytes in base 64, its index and its proof.
    #[default]
    Lines,
    /// CloudEvents 1.0 in JSON (<https://cloudevents.io>), the proof in extension attributes.
    CloudEvents,
}

impl FromStr for ExportFormat {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "jsonl" => Ok(Self::Lines),
            "cloudevents" => Ok(Self::CloudEvents),
            _ => Err("jsonl or cloudevents"),
        }
    }
}

/// An export under way.
pub struct Export {
    engine: Engine,
    format: ExportFormat,
    stream: Option<String>,
    head: Head,
    begun: bool,
    after: u64,
    until: u64,
}

/// What every proof leads to.
#[derive(Serialize)]
struct Head {
    origin: String,
    size: u64,
    root: String,
    checkpoint: String,
    public_key: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    leaf_index: u64,
    leaf: String,
    hashes: Vec<String>,
    event: &'a RawValue,
}

#[derive(Serialize)]
struct CloudEvent<'a, T: Serialize> {
    specversion: &'static str,
    id: String,
    source: String,
    #[serde(rename = "type")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    datacontenttype: &'static str,
    /// Numbers of attributes have 32 bits only, so it is text.
    #[serde(skip_serializing_if = "Option::is_none")]
    leafindex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    leaf: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<String>,
    data: T,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(rename = "type")]
    name: String,
    recorded_at: String,
}

impl Export {
    /// Of the events after `after` and up to `until`, of one stream or of all, under a checkpoint
    /// of now.
    pub async fn begin(
        engine: Engine,
        format: ExportFormat,
        after: u64,
        until: Option<u64>,
        stream: Option<String>,
    ) -> Result<Self, Failure> {
        let checkpoint = String::from_utf8_lossy(&engine.checkpoint().await?).into_owned();
        let mut lines = checkpoint.lines();
        let origin = lines.next().unwrap_or_default().to_owned();
        let size = lines.next().and_then(|size| size.parse().ok()).unwrap_or_default();
        let root = lines.next().unwrap_or_default().to_owned();
        let head = Head { origin, size, root, public_key: engine.public_key(), checkpoint };
        let until = until.unwrap_or(size).min(size);
        Ok(Self { engine, format, stream, head, begun: false, after, until })
    }

    /// Up to which position it has come, and up to which it goes.
    #[must_use]
    pub const fn reached(&self) -> (u64, u64) {
        (self.after, self.until)
    }

    /// The next lines; `None` after the last.
    pub async fn next_page(&mut self) -> Result<Option<String>, Failure> {
        if !self.begun {
            self.begun = true;
            return Ok(Some(self.first_line()?));
        }
        let left = self.until.saturating_sub(self.after);
        if left == 0 {
            return Ok(None);
        }
        let limit = usize::try_from(left).unwrap_or(PAGE).min(PAGE);
        let page = self.engine.proven(self.after, limit, self.head.size).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = last.index.saturating_add(1);
        let wanted = |it: &&Proven| self.stream.as_ref().is_none_or(|name| *name == it.stream);
        let lines = page.iter().filter(wanted).map(|proven| self.line(proven));
        Ok(Some(lines.collect::<Result<String, _>>()?))
    }

    fn first_line(&self) -> Result<String, Failure> {
        let line = match self.format {
            ExportFormat::Lines => serde_json::to_string(&self.head)?,
            ExportFormat::CloudEvents => serde_json::to_string(&CloudEvent {
                specversion: "1.0",
                id: format!("checkpoint-{}", self.head.size),
                source: self.source(),
                name: "frontdoor.checkpoint".to_owned(),
                subject: None,
                time: None,
                datacontenttype: "application/json",
                leafindex: None,
                leaf: None,
                proof: None,
                data: &self.head,
            })?,
        };
        Ok(line + "\n")
    }

    fn line(&self, proven: &Proven) -> Result<String, Failure> {
        let event: &RawValue = serde_json::from_slice(&proven.leaf)?;
        let hashes: Vec<String> = proven.hashes.iter().map(ToString::to_string).collect();
        let (leaf_index, leaf) = (proven.index, BASE64_STANDARD.encode(&proven.leaf));
        let line = match self.format {
            ExportFormat::Lines => {
                serde_json::to_string(&Line { leaf_index, leaf, hashes, event })?
            }
            ExportFormat::CloudEvents => {
                let Named { id, name, recorded_at } = serde_json::from_str(event.get())?;
                serde_json::to_string(&CloudEvent {
                    specversion: "1.0",
                    id,
                    source: self.source(),
                    name: format!("frontdoor.{name}"),
                    subject: Some(&proven.stream),
                    time: Some(recorded_at),
                    datacontenttype: "application/json",
                    leafindex: Some(leaf_index.to_string()),
                    leaf: Some(leaf),
                    proof: Some(hashes.join(" ")),
                    data: event,
                })?
            }
        };
        Ok(line + "\n")
    }

    /// A URI reference, as the standard wants: the log's name without a scheme.
    fn source(&self) -> String {
        format!("//{}", self.head.origin)
    }
}
