//! `frontdoor verify --receipt`: checks what a school was given, without the log.

use super::Verdict;
use crate::signing;
use crate::storage::Place;
use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use log::{CheckpointVerifier, Hash, Inclusion, TreeHead, Witnesses};
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A receipt as `GET /requests/{id}/receipt` gives it, as far as anything depends on it.
#[derive(Deserialize)]
struct Written {
    event: String,
    #[serde(rename = "type")]
    name: String,
    position: u64,
    leaf_index: u64,
    leaf: String,
    size: u64,
    hashes: Vec<String>,
    root: String,
    checkpoint: String,
}

/// What the receipt in this file proves. It is an error when it cannot be read at all, or when
/// nobody says by which key.
pub(super) fn verdict(
    file: &Path,
    place: &Place,
    public_keys: &[String],
    witnesses: &Witnesses,
) -> anyhow::Result<Verdict> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let keys = keys(place, public_keys)?;
    Ok(match checked(&text, &keys, witnesses) {
        Ok(verdict) => verdict,
        Err(error) => Verdict::Damaged { position: None, what: format!("{error:#}") },
    })
}

/// Keys that were given, or else this machine's own.
fn keys(place: &Place, given: &[String]) -> anyhow::Result<CheckpointVerifier> {
    if let Some((origin, _)) = given.first().and_then(|key| key.split_once('+')) {
        return Ok(CheckpointVerifier::new(origin, given)?);
    }
    let own = signing::known_signer(&place.checkpoint_key(), &place.log_name)?.with_context(|| {
        "a receipt is checked with the key that the council publishes; give it with --public-key"
    })?;
    Ok(CheckpointVerifier::new(&place.log_name, &[own.public_key()])?)
}

fn checked(
    text: &str,
    keys: &CheckpointVerifier,
    witnesses: &Witnesses,
) -> anyhow::Result<Verdict> {
    let written: Option<Written> = if text.trim_start().starts_with('{') {
        Some(serde_json::from_str(text).context("this is no receipt")?)
    } else {
        None
    };
    let proof = match &written {
        Some(written) => written.proof()?,
        None => Inclusion::from_text(text)?,
    };
    let head = proof.check(keys)?;
    let event: Value = serde_json::from_slice(&proof.leaf).context("the record is no event")?;
    if let Some(written) = &written {
        written.says_the_same(&proof, head, &event)?;
    }
    let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
    Ok(Verdict::Included {
        position: proof.index.saturating_add(1),
        name: text("type"),
        stream: text("stream"),
        recorded_at: text("recorded_at"),
        records: head.size,
        root: head.root.to_string(),
        origin: keys.origin().to_owned(),
        cosigned_by: witnesses.on(&proof.note)?.into_iter().map(|it| it.witness).collect(),
    })
}

impl Written {
    fn proof(&self) -> anyhow::Result<Inclusion> {
        let leaf = BASE64_STANDARD.decode(&self.leaf).context("the leaf is not base 64")?;
        let hashes = self.hashes.iter().map(|hash| Hash::parse_hash(hash));
        let hashes = hashes.collect::<Result<_, _>>().context("a hash is none")?;
        let note = self.checkpoint.clone().into_bytes();
        Ok(Inclusion { leaf, index: self.leaf_index, hashes, note })
    }

    /// What stands around the proof must not tell another story than what is proven.
    fn says_the_same(
        &self,
        proof: &Inclusion,
        head: TreeHead,
        event: &Value,
    ) -> anyhow::Result<()> {
        let same = self.position.checked_sub(1) == Some(proof.index)
            && (self.size, &*self.root) == (head.size, &*head.root.to_string())
            && (event["id"].as_str(), event["type"].as_str())
                == (Some(&*self.event), Some(&*self.name));
        anyhow::ensure!(same, "the receipt's words are not those of the record that it proves");
        Ok(())
    }
}
