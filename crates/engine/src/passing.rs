//! Time that passes by hand: on a clock that somebody moves, what falls due on the way happens
//! at its own instant, one after the other, as it would have happened by itself.

use crate::clock::{Clock as _, ManualClock};
use crate::engine::Engine;
use crate::failure::Failure;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};

/// Moves the engine's clock on, and does whatever is due on the way.
pub async fn pass_time(engine: &Engine, clock: &ManualClock, to: Timestamp) -> Result<(), Failure> {
    loop {
        engine.run_due().await?;
        // What is due now and could not be done waits for the next instant.
        let next = engine.next_due().await?.map(next_whole_millisecond);
        let next = next.filter(|next| clock.now() < *next && *next <= to);
        match next {
            Some(next) => clock.set(next),
            None if clock.now() < to => clock.set(to),
            None => return Ok(()),
        }
    }
}

/// The first instant from this one on that a clock can show: none is finer than a millisecond.
fn next_whole_millisecond(at: Timestamp) -> Timestamp {
    let round = TimestampRound::new().smallest(Unit::Millisecond).mode(RoundMode::Ceil);
    at.round(round).unwrap_or(at)
}
