//! Reactions: a part of the front door that follows the log and answers events with events.
//!
//! What a reaction adds and how far it has come are one append, by compare-and-swap of its
//! cursor. So each event is answered exactly once, however many processes react and wherever
//! one of them dies: who loses the race throws its answer away and goes on from where the
//! winner is.

use super::{Addition, Engine};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::stored::{Circumstances, Recorded};
use domain::event::Change;
use log::{Append, CommandId, CursorMove, CursorName, Outcome, Position, StreamAppend};
use std::collections::BTreeSet;
use std::time::Duration;
use uuid::Uuid;

/// How many events are answered in one append, at most.
const BATCH: usize = 100;
/// How long a reaction that failed waits before it tries again.
const REST: Duration = Duration::from_secs(5);

/// What follows from events.
pub trait Reaction: Send + Sync {
    /// Its name: that of its cursor, and of the actor in what it adds.
    const NAME: &'static str;

    /// Whether events of this stream may have consequences. What a reaction adds itself, it
    /// had better not follow.
    fn follows(&self, stream: &str) -> bool;

    /// What follows from an event. Asked again when the answer could not be stored.
    fn answer(
        &self,
        engine: &Engine,
        cause: &Recorded,
    ) -> impl Future<Output = Result<Vec<Consequence>, Failure>> + Send;
}

/// What is added to one stream because of an event.
#[derive(Clone, Debug)]
pub struct Consequence {
    /// The stream.
    pub stream: String,
    /// The version that was decided upon; 0 for a stream that begins with this.
    pub expected: u32,
    /// What is added.
    pub changes: Vec<Change>,
    /// Under whose key personal parts are sealed.
    pub subject: Option<Uuid>,
}

/// A reaction at work, with how far it has come.
pub struct Reacting<R> {
    engine: Engine,
    reaction: R,
    cursor: CursorName,
    /// Where the log knows it to be.
    stored: Position,
    /// How far it has read; what lies in between has no consequences.
    seen: Position,
}

/// The answer to a stretch of events.
struct Answered {
    streams: Vec<StreamAppend>,
    last: Position,
    /// Whether any event was one that the reaction follows.
    followed: bool,
}

impl Engine {
    /// Takes a reaction up where it, or another process with the same one, left off.
    pub async fn reacting<R: Reaction>(&self, reaction: R) -> Result<Reacting<R>, Failure> {
        let cursor = CursorName::try_new(R::NAME).map_err(log::Error::from)?;
        let stored = self.inner.log.cursor(&cursor).await?;
        Ok(Reacting { engine: self.clone(), reaction, cursor, stored, seen: stored })
    }

    /// Reacts for ever, or until the log is closed. What fails is tried again: a reaction
    /// that stopped would be noticed by nobody.
    pub async fn react<R: Reaction>(&self, reaction: R) {
        let mut reacting = loop {
            match self.reacting(&reaction).await {
                Ok(reacting) => break reacting,
                Err(error) => rest::<R>(&error).await,
            }
        };
        loop {
            match reacting.catch_up().await {
                Ok(()) if !self.moved(reacting.seen.get()).await => return,
                Ok(()) => {}
                Err(error) => rest::<R>(&error).await,
            }
        }
    }
}

async fn rest<R: Reaction>(error: &Failure) {
    tracing::warn!(reaction = R::NAME, error = %error, "a reaction failed and is tried again");
    tokio::time::sleep(REST).await;
}

impl<R: Reaction> Reaction for &R {
    const NAME: &'static str = R::NAME;

    fn follows(&self, stream: &str) -> bool {
        R::follows(self, stream)
    }

    fn answer(
        &self,
        engine: &Engine,
        cause: &Recorded,
    ) -> impl Future<Output = Result<Vec<Consequence>, Failure>> + Send {
        R::answer(self, engine, cause)
    }
}

impl<R: Reaction> Reacting<R> {
    /// Answers every event that there is.
    pub async fn catch_up(&mut self) -> Result<(), Failure> {
        while self.step().await? {}
        Ok(())
    }

    /// Answers a stretch of events, or finds that somebody else did. Whether there was one.
    pub async fn step(&mut self) -> Result<bool, Failure> {
        let events = self.engine.history(self.seen.get(), BATCH).await?;
        if events.is_empty() {
            return Ok(false);
        }
        let command = self.engine.fresh_id()?;
        let Answered { streams, last, followed } = self.answer(command, &events).await?;
        if !followed {
            // Nothing here could have had consequences, today or after a restart.
            self.seen = last;
            return Ok(true);
        }
        let step = CursorMove { name: self.cursor.clone(), from: self.stored, to: last };
        let append = Append {
            command: CommandId::new(command),
            fingerprint: self.engine.fingerprint(command.as_bytes()),
            streams,
            cursor: Some(step),
        };
        match self.engine.inner.log.append(append).await? {
            Outcome::Appended(_) => (self.stored, self.seen) = (last, last),
            // Somebody was faster: the same reaction elsewhere, which shows in a stream of the
            // answer before it shows in the cursor, or a command. What is left is answered again.
            Outcome::CursorMoved { .. }
            | Outcome::VersionConflict { .. }
            | Outcome::Duplicate(_) => {
                self.stored = self.engine.inner.log.cursor(&self.cursor).await?;
                self.seen = self.seen.max(self.stored);
            }
        }
        Ok(true)
    }

    /// What follows from these events; from fewer of them where two would add to one stream,
    /// since the second has to know what the first added.
    async fn answer(&self, command: Uuid, events: &[Recorded]) -> Result<Answered, Failure> {
        let mut answered = Answered { streams: vec![], last: self.seen, followed: false };
        let mut touched = BTreeSet::new();
        for cause in events {
            if self.reaction.follows(&cause.stream) {
                let consequences = self.reaction.answer(&self.engine, cause).await?;
                if consequences.iter().any(|each| touched.contains(&each.stream)) {
                    break;
                }
                touched.extend(consequences.iter().map(|each| each.stream.clone()));
                for consequence in consequences {
                    answered.streams.push(self.write(command, cause, consequence)?);
                }
                answered.followed = true;
            }
            answered.last = Position::new(cause.position);
        }
        Ok(answered)
    }

    fn write(
        &self,
        command: Uuid,
        cause: &Recorded,
        consequence: Consequence,
    ) -> Result<StreamAppend, Failure> {
        let now = self.engine.now();
        let circumstances = Circumstances {
            recorded_at: now,
            effective_at: now,
            actor: Actor::front_door(R::NAME),
            command_id: command,
            causation_id: Some(cause.id.0),
            correlation_id: cause.correlation_id,
        };
        let Consequence { stream, expected, changes, subject } = consequence;
        let addition = Addition { stream, expected, changes, subject };
        Ok(self.engine.write(&addition, &circumstances)?.0)
    }
}
