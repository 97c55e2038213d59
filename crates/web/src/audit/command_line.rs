//! The same questions about the past for an auditor at the command line, who has a copy of the
//! data directory, and no account. Nobody's name is shown unless the auditor says who asks and
//! why; then that is on record as any other access.

use super::moment::Asked;
use super::reader::Reader;
use super::replays::Shown;
use super::{as_at, difference, replay, replays, seen_by};
use crate::problem::Problem;
use domain::ids::{RequestId, Urn};
use engine::{Engine, ReplaysSought};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use views::Scope;

/// The most triages that are listed one by one because they come out otherwise.
const MOST_DIFFERENT: usize = 10_000;

/// A moment of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Now.
    Now,
    /// What had been recorded by this instant.
    Instant(Timestamp),
    /// What had been recorded up to this position.
    Position(u64),
}

/// Somebody who wants to see names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
}

/// A question of an auditor.
#[derive(Clone, Copy)]
pub struct Auditor<'a> {
    /// Of this log.
    pub engine: &'a Engine,
    /// With names; without when `None`.
    pub named: Option<&'a Named>,
}

impl Moment {
    fn asked(self, pointer: &'static str) -> Asked {
        match self {
            Self::Now => Asked::Now,
            Self::Instant(at) => Asked::Instant(pointer, at),
            Self::Position(position) => Asked::Position(pointer, position),
        }
    }
}

impl<'a> Auditor<'a> {
    fn reader(&self, operation: &'a str) -> Reader<'a> {
        match self.named {
            Some(Named { who, why }) => Reader::Named { engine: self.engine, who, operation, why },
            None => Reader::Nameless,
        }
    }

    /// A request as it stood at a moment.
    pub async fn request(&self, request: RequestId, moment: Moment) -> Result<Value, Problem> {
        let then = moment.asked("--as-at or --position").then(self.engine).await?;
        let reader = self.reader("read_request_as_at");
        value(as_at::request_then(self.engine, &reader, Scope::All, request, then).await?)
    }

    /// What changed about a request between two moments.
    pub async fn difference(
        &self,
        request: RequestId,
        (from, to): (Moment, Moment),
    ) -> Result<Value, Problem> {
        let from = from.asked("--from").then(self.engine).await?;
        let to = to.asked("--to").then(self.engine).await?;
        let reader = self.reader("read_difference");
        value(difference::between(self.engine, &reader, Scope::All, request, (from, to)).await?)
    }

    /// What a school could see of a request at a moment.
    pub async fn seen_by(
        &self,
        request: RequestId,
        school: &Urn,
        moment: Moment,
    ) -> Result<Value, Problem> {
        let desk = self.engine.desk().await?;
        let (school, _) = desk
            .school_by_urn(school)
            .ok_or_else(|| Problem::fault("--school-urn", "there is no school of this URN"))?;
        let then = moment.asked("--at or --position").then(self.engine).await?;
        let reader = self.reader("read_seen_by");
        value(seen_by::seen_then(self.engine, &reader, request, school, then).await?)
    }

    /// Every triage of a period, decided again; tells how far it has come in the log.
    pub async fn replays(
        &self,
        sought: ReplaysSought,
        reached: impl Fn(u64, u64) + Send + Sync,
    ) -> Result<Value, Problem> {
        let shown = Shown { after: 0, limit: MOST_DIFFERENT };
        value(replays::of_period(self.engine, sought, shown, reached).await?)
    }

    /// Every triage of a request, decided again.
    pub async fn replay(&self, request: RequestId) -> Result<Value, Problem> {
        value(replay::of_request(self.engine, request, None, None).await?)
    }
}

fn value(answer: impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(answer).map_err(|error| Problem::broken(&error))
}
