//! The latest checkpoint as a file, `checkpoint.txt` in the data directory: to be copied
//! elsewhere, and what the log must at least hold when it is opened again.
//!
//! The storage below the log takes a damaged end for a write that was cut off, and drops it
//! without a word. Without this file acknowledged records would go missing unnoticed.

use crate::post::Publisher;
use anyhow::Context as _;
use engine::Engine;
use log::{CheckpointVerifier, Log};
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::Duration;

/// How often a growing log is signed. A checkpoint covers everything before it, so more
/// would prove no more.
const EVERY: Duration = Duration::from_mins(1);

/// Signs a checkpoint of the log as it is now, and leaves it in the file.
pub(crate) async fn sign(engine: &Engine, file: &Path) -> anyhow::Result<String> {
    let note = String::from_utf8(engine.checkpoint().await?)?;
    write(file, &note).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(note)
}

/// Signs whenever the log has grown and a minute has passed, and hands it on, for ever. Who could
/// not be handed it is tried again a minute later.
pub(crate) async fn sign_as_it_grows(engine: Engine, file: &Path, publisher: &Publisher) {
    let mut handed_on = 0;
    while engine.moved(handed_on).await {
        match sign(&engine, file).await {
            Ok(note) => {
                if hand_on(&engine, publisher, &note).await {
                    handed_on = log::size_of(note.as_bytes()).unwrap_or(handed_on);
                }
            }
            Err(error) => tracing::warn!("a checkpoint could not be signed: {error:#}"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Whether everybody who is to keep the checkpoint has it.
pub(crate) async fn hand_on(engine: &Engine, publisher: &Publisher, note: &str) -> bool {
    let handed = publisher.publish(engine, note).await;
    if let Err(error) = &handed {
        tracing::warn!("a checkpoint could not be published: {error:#}");
    }
    handed.is_ok()
}

/// The checkpoint in the file, if there is one.
pub(crate) fn read(file: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        note => note.map(Some).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// Refuses a log that ends before the checkpoint in the file.
pub(crate) fn must_be_held(
    log: &impl Log,
    file: &Path,
    verifier: &CheckpointVerifier,
) -> anyhow::Result<()> {
    let Some(note) = read(file)? else { return Ok(()) };
    let said = verifier.verify_note(&note).with_context(|| {
        let file = file.display();
        format!("{file} is no checkpoint of this log; if key or name were changed, move it away")
    })?;
    let head = log.head().get();
    anyhow::ensure!(
        said.size <= head,
        "records were lost: the log ends at {head}, but {} records were signed for; restore \
         the data directory from a backup, or, to go on without them, move {} away",
        said.size,
        file.display()
    );
    Ok(())
}

/// All or nothing: a crash leaves the old file or the new one.
pub(crate) fn write(file: &Path, note: &str) -> std::io::Result<()> {
    if fs::read(file).is_ok_and(|there| there == note.as_bytes()) {
        return Ok(());
    }
    let beside = file.with_extension("new");
    let mut new = File::create(&beside)?;
    new.write_all(note.as_bytes())?;
    new.sync_all()?;
    fs::rename(beside, file)
}

#[cfg(test)]
mod tests {
    use crate::county::{Council, found};
    use crate::storage::Place;
    use std::fs;

    #[tokio::test]
    async fn a_log_that_ends_before_its_checkpoint_is_not_opened() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().join("data"));
        let engine = place.open_or_create().unwrap().engine().await.unwrap();
        let (authority, name) = ("865".parse().unwrap(), "A council".to_owned());
        found(&engine, &Council { authority, name }).await.unwrap();
        super::sign(&engine, &place.published()).await.unwrap();
        drop(engine);
        assert!(place.open().is_ok());

        fs::remove_dir_all(place.data_dir.join("log")).unwrap();
        let refused = place.open_or_create().err().unwrap().to_string();
        assert!(refused.contains("the log ends at 0, but 19 records"), "{refused}");
    }
}
