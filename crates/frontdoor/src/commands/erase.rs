//! `frontdoor erase`: makes a child's personal data unreadable, for good.

use crate::county::by_set_up;
use crate::published;
use crate::storage::Place;
use crate::terminal::say_json;
use clap::Args;
use domain::ids::ChildId;
use engine::{Actor, Context, Engine, Erasure};
use jiff::Timestamp;
use serde::Serialize;
use std::process::ExitCode;
use uuid::Uuid;

/// Whom to erase.
#[derive(Clone, Debug, Args)]
pub(crate) struct Erase {
    /// The child's pseudonym, as it stands in requests
    #[arg(long, value_name = "ID")]
    child: Uuid,
}

/// What proves it: that the key was destroyed is on record, and the record is signed for.
#[derive(Debug, Serialize)]
struct Certificate {
    child: ChildId,
    /// Every pseudonym that the child had.
    children: Vec<ChildId>,
    erased_at: Timestamp,
    /// The position of the log that records it.
    position: u64,
    /// A signed note over the log up to that record at least.
    checkpoint: String,
    /// What the note is checked with.
    public_key: Option<String>,
}

impl Erase {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let engine = place.open()?.engine().await?;
        let certificate = erase(&engine, ChildId(self.child), place).await?;
        say_json(&certificate)?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn erase(engine: &Engine, child: ChildId, place: &Place) -> anyhow::Result<Certificate> {
    let actor = Actor::front_door("command-line");
    let context = Context { actor, ..by_set_up(engine)? };
    let Erasure { children, erased_at, position, .. } = engine.erase(&context, child, None).await?;
    let checkpoint = published::sign(engine, &place.published()).await?;
    let public_key = engine.public_key();
    Ok(Certificate { child, children, erased_at, position, checkpoint, public_key })
}
