//! A rota as it was known at an instant: folded from what had been recorded by then.
//!
//! The rota as known now answers who should have been on duty; this answers who could have
//! known of it.

use super::Engine;
use crate::failure::Failure;
use domain::desk::Desk;
use domain::event::Event;
use domain::ids::TeamId;
use domain::rota::{Month, Rota};
use jiff::{SignedDuration, Timestamp};

/// What may matter to who is on duty at an instant: the months up to the furthest next shift.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 63);

impl Engine {
    /// A team's rota around an instant, as it was known at another; `None` when nobody had
    /// said anything about it yet.
    pub async fn rota_as_known(
        &self,
        team: &TeamId,
        around: Timestamp,
        known_at: Timestamp,
    ) -> Result<Option<Rota>, Failure> {
        let until = around.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
        let months = Month::touched(around, until).map(|month| format!("rota-{team}-{month}"));
        let mut then = Desk::default();
        for stream in std::iter::once(format!("team-{team}")).chain(months) {
            for recorded in self.stream(&stream).await? {
                if let Some(Event::Desk(event)) = &recorded.event
                    && recorded.recorded_at <= known_at
                {
                    then.apply(event, recorded.version);
                }
            }
        }
        Ok(then.rotas.remove(team))
    }
}
