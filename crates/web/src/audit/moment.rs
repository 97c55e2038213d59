//! A moment of the past, as somebody asks for it: an instant, a position of the log, or now.

use crate::problem::Problem;
use crate::query::Query;
use engine::Engine;
use jiff::Timestamp;
use utoipa::IntoParams;

/// As of when.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AsAtQuery {
    /// As it was known at this instant, or when this day began in London; as it is known now when
    /// neither this nor `position` is given.
    as_at: Option<String>,
    /// As it was known when the log had come to this position.
    #[param(minimum = 1)]
    position: Option<u64>,
}

/// A moment as it was asked for, with the parameter that asked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    /// Now.
    Now,
    /// What had been recorded by this instant.
    Instant(&'static str, Timestamp),
    /// What had been recorded up to this position.
    Position(&'static str, u64),
}

/// A moment of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Then {
    /// The last position that was known of,
    pub(crate) position: u64,
    /// at this instant.
    pub(crate) at: Timestamp,
    /// The parameter that asked for it.
    pub(crate) pointer: &'static str,
}

impl Asked {
    /// `as_at` or `position`, not both.
    pub(crate) fn read(query: &mut Query) -> Self {
        Self::named(query, "as_at")
    }

    /// An instant of this name, or `position`, not both.
    pub(crate) fn named(query: &mut Query, name: &'static str) -> Self {
        let both = query.has(name) && query.has("position");
        let instant = query.instant(name);
        let position = query.read::<u64>("position");
        if both {
            query.say("position", "give an instant or a position, not both");
        }
        match (instant, position) {
            (Some(instant), _) => Self::Instant(name, instant),
            (None, Some(position)) => Self::Position("position", position),
            (None, None) => Self::Now,
        }
    }

    /// A parameter that is an instant, or a position when it is nothing but digits.
    pub(crate) fn either(query: &mut Query, name: &'static str) -> Self {
        let digits = query.digits(name);
        if digits {
            query.read::<u64>(name).map_or(Self::Now, |position| Self::Position(name, position))
        } else {
            query.instant(name).map_or(Self::Now, |instant| Self::Instant(name, instant))
        }
    }

    /// Finds it in the log. What is still to come, and what was before the first event, is a
    /// fault of the question.
    pub(crate) async fn then(self, engine: &Engine) -> Result<Then, Problem> {
        let head = engine.head();
        match self {
            Self::Now => Ok(Then { position: head, at: engine.now(), pointer: "as_at" }),
            Self::Instant(pointer, at) if at > engine.now() => {
                Err(Problem::fault(pointer, "this is still to come"))
            }
            Self::Instant(pointer, at) => match engine.position_at(at).await? {
                0 => Err(Problem::fault(pointer, "nothing had been recorded by then")),
                position => Ok(Then { position, at, pointer }),
            },
            Self::Position(pointer, position) => {
                let event = engine.event_at(position).await?;
                let beyond = || format!("a position from 1 to {head}, how far the log has come");
                let event = event.ok_or_else(|| Problem::fault(pointer, beyond()))?;
                Ok(Then { position, at: event.recorded_at, pointer })
            }
        }
    }
}
