//! Checkpoints: signed statements of how far the log has come and what it contains.

use super::Engine;
use crate::failure::Failure;
use log::CheckpointSigner;

impl Engine {
    /// Gives the engine the key that it signs checkpoints with. The first one stays.
    pub fn sign_with(&self, signer: CheckpointSigner) {
        // A second signer would be a second opinion about one log; it is not taken.
        let _first = self.inner.signer.set(signer);
    }

    /// A checkpoint of the log as it is now, signed and kept: a C2SP signed note.
    pub async fn checkpoint(&self) -> Result<Vec<u8>, Failure> {
        let _held = self.inner.notes.lock().await;
        let size = self.head();
        if let Some(latest) = self.inner.log.latest_checkpoint().await?
            && latest.size >= size
        {
            return Ok(latest.note);
        }
        let signer = self.inner.signer.get().ok_or(Failure::NoSigner)?;
        let note = signer.sign(size, self.inner.log.root(size).await?)?;
        self.inner.log.save_checkpoint(size, note.clone()).await?;
        Ok(note)
    }

    /// The public key that checkpoints are checked with, in the form of a C2SP verifier key.
    #[must_use]
    pub fn public_key(&self) -> Option<String> {
        self.inner.signer.get().map(CheckpointSigner::public_key)
    }
}
