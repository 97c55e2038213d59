//! Cosignatures: the word of somebody else that a checkpoint was seen, and only grew from those
//! seen before.
//!
//! C2SP tlog-cosignature, `cosignature/v1` (<https://c2sp.org/tlog-cosignature>): Ed25519 over a
//! header, the time, and the whole text of the checkpoint.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signature as Ed25519, Verifier as _, VerifyingKey};
use signed_note::{Note, Signature};

use crate::{Invalid, MAX_NOTE_BYTES};

/// The C2SP number of Ed25519 cosignatures.
const COSIGNATURE: u8 = 4;

/// Whose word it is and when it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// The witness.
    pub witness: String,
    /// Seconds since 1970, by the witness's clock.
    pub at_seconds: i64,
}

/// A cosignature or a witness's key that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CosignatureError {
    /// A key that is not in C2SP form, or not for cosignatures.
    #[error("witness key {key:?} is not of the form <name>+<id>+<base64>, with a key of type 4")]
    Key {
        /// The key.
        key: String,
    },
    /// Not a signature line.
    #[error("this is no signature line of a C2SP signed note: — <name> <base64>")]
    Line,
    /// No known witness has this name and id.
    #[error("no witness with this name and key is known here")]
    UnknownWitness,
    /// The witness is known, and did not sign this checkpoint.
    #[error("the cosignature does not hold for this checkpoint")]
    False,
    /// The note has no room for it.
    #[error(transparent)]
    NoRoom(#[from] Invalid),
}

struct Witness {
    name: String,
    id: u32,
    key: VerifyingKey,
}

/// Those whose word counts.
#[derive(Default)]
pub struct Witnesses(Vec<Witness>);

impl Witnesses {
    /// Takes keys in C2SP form, `<name>+<id>+<base64>`, of type 0x04.
    pub fn new<K: AsRef<str>>(keys: &[K]) -> Result<Self, CosignatureError> {
        let read = |key: &K| {
            let key = key.as_ref();
            witness(key).ok_or_else(|| CosignatureError::Key { key: key.to_owned() })
        };
        Ok(Self(keys.iter().map(read).collect::<Result<_, _>>()?))
    }

    /// Adds a signature line to a checkpoint's note, if a known witness signed that checkpoint.
    /// A newer line of the same witness replaces the older.
    pub fn add(&self, note: &[u8], line: &str) -> Result<(Vec<u8>, Cosigned), CosignatureError> {
        let parsed = Note::from_bytes(note).map_err(|_| CosignatureError::False)?;
        let signature = Signature::from_bytes(line.trim_end_matches('\n').as_bytes())
            .map_err(|_| CosignatureError::Line)?;
        let cosigned = self.check(parsed.text(), &signature)?;
        let others =
            lines(note).filter(|it| (it.name(), it.id()) != (signature.name(), signature.id()));
        let kept: Vec<Signature> = others.chain([signature.clone()]).collect();
        let note = Note::new(parsed.text(), &kept).map_err(|_| CosignatureError::False)?.to_bytes();
        if note.len() > MAX_NOTE_BYTES {
            return Err(Invalid::NoteTooLong { bytes: note.len() }.into());
        }
        Ok((note, cosigned))
    }

    /// The cosignatures of known witnesses on a note. A false one is an error, one of a
    /// stranger says nothing.
    pub fn on(&self, note: &[u8]) -> Result<Vec<Cosigned>, CosignatureError> {
        let parsed = Note::from_bytes(note).map_err(|_| CosignatureError::False)?;
        let mut found = Vec::new();
        for signature in lines(note) {
            match self.check(parsed.text(), &signature) {
                Ok(cosigned) => found.push(cosigned),
                Err(CosignatureError::UnknownWitness) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    fn check(&self, text: &[u8], signature: &Signature) -> Result<Cosigned, CosignatureError> {
        let known = |it: &&Witness| (&*it.name, it.id) == (signature.name(), signature.id());
        let witness = self.0.iter().find(known).ok_or(CosignatureError::UnknownWitness)?;
        let (at, signed) =
            signature.signature().split_first_chunk::<8>().ok_or(CosignatureError::Line)?;
        let at_seconds =
            i64::try_from(u64::from_be_bytes(*at)).map_err(|_| CosignatureError::Line)?;
        let signed = Ed25519::from_slice(signed).map_err(|_| CosignatureError::Line)?;
        let message = [format!("cosignature/v1\ntime {at_seconds}\n").as_bytes(), text].concat();
        match witness.key.verify(&message, &signed) {
            Ok(()) => Ok(Cosigned { witness: witness.name.clone(), at_seconds }),
            Err(_) => Err(CosignatureError::False),
        }
    }
}

/// The signature lines of a note that can be read as one.
fn lines(note: &[u8]) -> impl Iterator<Item = Signature> {
    let text = std::str::from_utf8(note).unwrap_or_default();
    let signatures = text.rsplit_once("\n\n").map_or("", |(_, signatures)| signatures);
    signatures.lines().filter_map(|line| Signature::from_bytes(line.as_bytes()).ok())
}

fn witness(key: &str) -> Option<Witness> {
    let (name, rest) = key.split_once('+')?;
    let (id, public) = rest.split_once('+')?;
    let public = BASE64_STANDARD.decode(public).ok()?;
    let id = u32::from_str_radix(id, 16).ok().filter(|_| id.len() == 8)?;
    let (kind, bytes) = public.split_first()?;
    let good = *kind == COSIGNATURE
        && signed_note::is_key_name_valid(name)
        && id == signed_note::key_id(name, &public);
    let key = VerifyingKey::from_bytes(bytes.try_into().ok()?).ok().filter(|it| !it.is_weak())?;
    good.then(|| Witness { name: name.to_owned(), id, key })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CheckpointSigner, CheckpointVerifier, Hash};
    use ed25519_dalek::{Signer as _, SigningKey};

    const NAME: &str = "witness.example/w1";

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[9; 32])
    }

    fn vkey() -> String {
        let public = [&[COSIGNATURE][..], key().verifying_key().as_bytes()].concat();
        let id = signed_note::key_id(NAME, &public);
        format!("{NAME}+{id:08x}+{}", BASE64_STANDARD.encode(public))
    }

    fn note(size: u64) -> Vec<u8> {
        let signer = CheckpointSigner::new("frontdoor.example/log", &[1; 32]).unwrap();
        signer.sign(size, Hash([7; 32])).unwrap()
    }

    /// The witness's line under a note.
    fn cosign(note: &[u8], at: u64) -> String {
        let text = Note::from_bytes(note).unwrap().text().to_vec();
        let message = [format!("cosignature/v1\ntime {at}\n").as_bytes(), &text].concat();
        let signed = [&at.to_be_bytes()[..], &key().sign(&message).to_bytes()].concat();
        let public = [&[COSIGNATURE][..], key().verifying_key().as_bytes()].concat();
        let id = signed_note::key_id(NAME, &public);
        let line = Signature::new(NAME.to_owned(), id, signed).unwrap().to_bytes();
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn a_known_witness_is_added_once_and_the_log_s_own_signature_stays() {
        let witnesses = Witnesses::new(&[vkey()]).unwrap();
        let (once, said) = witnesses.add(&note(5), &cosign(&note(5), 100)).unwrap();
        assert_eq!(said, Cosigned { witness: NAME.to_owned(), at_seconds: 100 });
        let (twice, _) = witnesses.add(&once, &cosign(&once, 200)).unwrap();
        let times: Vec<i64> =
            witnesses.on(&twice).unwrap().iter().map(|it| it.at_seconds).collect();
        assert_eq!(times, [200]);
        let own = CheckpointSigner::new("frontdoor.example/log", &[1; 32]).unwrap().public_key();
        let keys = CheckpointVerifier::new("frontdoor.example/log", &[own]).unwrap();
        assert_eq!(keys.verify_note(&twice).unwrap().size, 5);
    }

    #[test]
    fn a_stranger_a_false_word_and_nonsense_are_refused() {
        let witnesses = Witnesses::new(&[vkey()]).unwrap();
        let of_another = witnesses.add(&note(5), &cosign(&note(6), 100));
        assert!(matches!(of_another, Err(CosignatureError::False)));
        let stranger = Witnesses::default().add(&note(5), &cosign(&note(5), 100));
        assert!(matches!(stranger, Err(CosignatureError::UnknownWitness)));
        assert!(matches!(witnesses.add(&note(5), "- a b"), Err(CosignatureError::Line)));
        assert_eq!(Witnesses::default().on(&note(5)).unwrap(), []);
    }

    #[test]
    fn a_key_for_notes_is_no_key_for_cosignatures() {
        let own = CheckpointSigner::new("frontdoor.example/log", &[1; 32]).unwrap().public_key();
        for bad in [own.as_str(), "", "a+b", &vkey().replace("w1", "w2")] {
            assert!(matches!(Witnesses::new(&[bad]), Err(CosignatureError::Key { .. })), "{bad}");
        }
    }
}
