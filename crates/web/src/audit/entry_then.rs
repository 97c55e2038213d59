//! An entry of what the desk goes by, or a meeting, as it was known at a moment: one shape.

use super::checkpoint::CheckpointBody;
use super::moment::Then;
use crate::problem::Problem;
use crate::requests::timeline::EventShown;
use engine::{Engine, Recorded};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Something as it was known at a moment, and what proves it.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryThen<T> {
    /// The moment.
    #[schema(value_type = String, format = DateTime)]
    as_at: Timestamp,
    /// The last position of the log that was known of.
    position: u64,
    /// The version that it was in.
    version: u32,
    /// What was signed for the log up to there.
    checkpoint: CheckpointBody,
    /// As it was known.
    state: T,
    /// The events that made it so, in order, in codes.
    events: Vec<EventShown>,
}

/// The events of a stream up to a moment. That there were none yet is a fault of the question;
/// what there never was, is not there.
pub(super) async fn story(
    engine: &Engine,
    stream: &str,
    then: Then,
) -> Result<Vec<Recorded>, Problem> {
    let mut events = engine.stream(stream).await?;
    let Some(first) = events.first().map(|event| event.position) else {
        return Err(Problem::not_found());
    };
    events.retain(|event| event.position <= then.position);
    if events.is_empty() {
        let detail = format!("nothing was known of it yet: it begins at position {first}");
        return Err(Problem::fault(then.pointer, detail));
    }
    Ok(events)
}

impl<T> EntryThen<T> {
    /// This state, which these events made.
    pub(super) async fn of(
        engine: &Engine,
        then: Then,
        events: Vec<Recorded>,
        state: T,
    ) -> Result<Self, Problem> {
        let version = events.last().map_or(0, |event| event.version);
        let checkpoint = CheckpointBody::up_to(engine, then.position).await?;
        let shown = events.into_iter().map(|event| EventShown::of(event, None));
        let events = shown.collect::<Result<_, Problem>>()?;
        let Then { position, at: as_at, .. } = then;
        Ok(Self { as_at, position, version, checkpoint, state, events })
    }
}
