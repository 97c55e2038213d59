//! `frontdoor rotate-master-key`: every key wrapped by a new master key, while the server is
//! stopped. A server that runs does it by `POST /keys/master/rotate`.

use crate::county::by_set_up;
use crate::master_key::MASTER_KEY;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use clap::Args;
use engine::{Actor, Context};
use std::path::PathBuf;
use std::process::ExitCode;
use vault::MasterKey;

/// Where the new one is kept.
#[derive(Clone, Debug, Args)]
pub(crate) struct RotateMasterKey {
    /// Write the new key to this file, which must not exist, and leave the old one where it is;
    /// without it the new one takes the old one's place
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl RotateMasterKey {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let engine = place.open()?.engine().await?;
        let context = Context { actor: Actor::front_door("command-line"), ..by_set_up(&engine)? };
        let (what, position) = if let Some(file) = self.to {
            // Kept before anything needs it.
            let new = MasterKey::create_file(&file)?;
            engine.vault().rotate_master(new).await?;
            let recorded = engine.record_master_key(&context).await?;
            let file = file.display();
            let what =
                format!("start with --master-key-file {file} and without {MASTER_KEY} from now on");
            (what, recorded.position)
        } else {
            let rotated = engine.rotate_master_key(&context).await?;
            let old = rotated.old_key_file.display();
            let what = format!(
                "the old one is in {old}: take a backup of the keys now, then destroy it with \
                     every backup from before"
            );
            (what, rotated.configured.position)
        };
        if self.json {
            say_json(&serde_json::json!({ "position": position, "then": what }))?;
        } else {
            say(format_args!("A new master key is in force; {what}."))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
