//! Proofs that stand on their own: what somebody else is given, and checks without the log.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::{CheckpointError, CheckpointVerifier, Hash, TreeHead};

/// The first line of a C2SP tlog-proof (<https://c2sp.org/tlog-proof>).
const FORMAT: &str = "c2sp.org/tlog-proof@v1";

/// Whether `leaf` is the record number `index`, from 0, of the tree that `head` speaks of.
#[must_use]
pub fn includes(head: TreeHead, index: u64, leaf: &[u8], hashes: &[Hash]) -> bool {
    let leaf = tlog_tiles::record_hash(leaf);
    index < head.size
        && tlog_tiles::check_record(&hashes.to_vec(), head.size, head.root, index, leaf).is_ok()
}

/// Whether the tree of `to` begins with the tree of `from`.
#[must_use]
pub fn grew(from: TreeHead, to: TreeHead, hashes: &[Hash]) -> bool {
    match from.size {
        0 => from.root == tlog_tiles::EMPTY_HASH && hashes.is_empty(),
        size if size > to.size => false,
        size => tlog_tiles::check_tree(&hashes.to_vec(), to.size, to.root, size, from.root).is_ok(),
    }
}

/// That one record is in the log: what a receipt says.
#[derive(Clone, Debug, PartialEq)]
pub struct Inclusion {
    /// The record's bytes as they are stored.
    pub leaf: Vec<u8>,
    /// Its number in the tree, from 0: the position less one.
    pub index: u64,
    /// The RFC 6962 audit path, from the leaf's sibling up.
    pub hashes: Vec<Hash>,
    /// The signed note of the tree, cosignatures included.
    pub note: Vec<u8>,
}

/// Why a receipt proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// It is no C2SP tlog-proof with the record in its `extra` line.
    #[error("this is no receipt: {what}")]
    Malformed {
        /// What is wrong with it.
        what: &'static str,
    },
    /// Its checkpoint is not one of the log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The record is not in the tree that was signed.
    #[error("the record is not number {index} of the {size} that were signed")]
    NotIncluded {
        /// The number that it claims.
        index: u64,
        /// How many were signed.
        size: u64,
    },
}

impl Inclusion {
    /// Checks it against nothing but the log's public keys. Says what tree it is in.
    pub fn check(&self, keys: &CheckpointVerifier) -> Result<TreeHead, ProofError> {
        let head = keys.verify_note(&self.note)?;
        if includes(head, self.index, &self.leaf, &self.hashes) {
            Ok(head)
        } else {
            Err(ProofError::NotIncluded { index: self.index, size: head.size })
        }
    }

    /// As a C2SP tlog-proof, with the record in the `extra` line.
    #[must_use]
    pub fn to_text(&self) -> String {
        let extra = BASE64_STANDARD.encode(&self.leaf);
        let hashes: String =
            self.hashes.iter().flat_map(|hash| [hash.to_string(), "\n".to_owned()]).collect();
        let note = String::from_utf8_lossy(&self.note);
        format!("{FORMAT}\nextra {extra}\nindex {}\n{hashes}\n{note}", self.index)
    }

    /// Reads a C2SP tlog-proof whose `extra` line is the record.
    pub fn from_text(text: &str) -> Result<Self, ProofError> {
        let malformed = |what| ProofError::Malformed { what };
        let (proof, note) = text.split_once("\n\n").ok_or(malformed("no checkpoint"))?;
        let mut lines = proof.split('\n');
        if lines.next() != Some(FORMAT) {
            return Err(malformed("the first line is another"));
        }
        let extra = lines.next().and_then(|line| line.strip_prefix("extra "));
        let leaf = extra.and_then(|extra| BASE64_STANDARD.decode(extra).ok());
        let leaf = leaf.ok_or(malformed("no record in base 64 on the second line"))?;
        let number = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = number.and_then(|text| text.parse::<u64>().ok());
        let index = index.filter(|it| number == Some(it.to_string().as_str()));
        let index = index.ok_or(malformed("no index on the third line"))?;
        let hashes = lines.map(Hash::parse_hash).collect::<Result<_, _>>();
        let hashes = hashes.map_err(|_| malformed("a hash is none"))?;
        Ok(Self { leaf, index, hashes, note: note.as_bytes().to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CheckpointSigner;

    /// Two records, and the proof of the second.
    fn proof() -> (Inclusion, CheckpointVerifier) {
        let signer = CheckpointSigner::new("frontdoor.example/log", &[1; 32]).unwrap();
        let [first, second] = [b"one", b"two"].map(|it| tlog_tiles::record_hash(it));
        let note = signer.sign(2, tlog_tiles::node_hash(first, second)).unwrap();
        let proof = Inclusion { leaf: b"two".to_vec(), index: 1, hashes: vec![first], note };
        let keys = CheckpointVerifier::new("frontdoor.example/log", &[signer.public_key()]);
        (proof, keys.unwrap())
    }

    #[test]
    fn a_proof_survives_being_written_and_is_checked_alone() {
        let (proof, keys) = proof();
        let read = Inclusion::from_text(&proof.to_text()).unwrap();
        assert_eq!(read, proof);
        assert_eq!(read.check(&keys).unwrap().size, 2);
    }

    #[test]
    fn a_proof_that_was_changed_in_any_line_proves_nothing() {
        let (proof, keys) = proof();
        let text = proof.to_text();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let checked = Inclusion::from_text(&changed).and_then(|it| it.check(&keys));
            assert!(checked.is_err(), "byte {at} of {text}");
        }
    }

    #[test]
    fn a_proof_of_growth_holds_for_its_two_trees_alone() {
        let [one, two] = [b"one", b"two"].map(|it| tlog_tiles::record_hash(it));
        let (first, both) = (
            TreeHead { size: 1, root: one },
            TreeHead { size: 2, root: tlog_tiles::node_hash(one, two) },
        );
        assert!(grew(first, both, &[two]));
        assert!(!grew(TreeHead { size: 1, root: two }, both, &[two]));
        assert!(!grew(both, first, &[two]));
        let empty = TreeHead { size: 0, root: tlog_tiles::EMPTY_HASH };
        assert!(grew(empty, both, &[]) && !grew(TreeHead { size: 0, root: one }, both, &[]));
    }
}
