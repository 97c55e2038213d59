//! `frontdoor replay`: makes the read models anew from the first event on.

use crate::progress::Progress;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use clap::Args;
use std::process::ExitCode;
use views::{Replayed, Views};

/// How to tell about it.
#[derive(Clone, Debug, Args)]
pub(crate) struct Replay {
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Replay {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let engine = place.open()?.engine().await?;
        let progress = Progress::of("events");
        let reached = |it: views::Progress| progress.reach(it.position, it.head);
        let began_at = engine.now();
        let Replayed { events } = Views::replay(&place.views(), engine.clone(), &reached).await?;
        let milliseconds = engine.now().duration_since(began_at).as_millis().max(1);
        drop(progress);

        let events_per_second = i128::from(events) * 1_000 / milliseconds;
        if self.json {
            let told = serde_json::json!({
                "events": events,
                "milliseconds": milliseconds,
                "events_per_second": events_per_second,
            });
            say_json(&told)?;
        } else {
            say(format_args!(
                "{events} events in {milliseconds} ms, {events_per_second} a second."
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
