//! The promises of the vault, kept on a real disk.

mod erasure;
mod faults;
mod keys;
mod sealing;

use std::path::PathBuf;

use tempfile::TempDir;
use uuid::Uuid;

use super::Vault;
use crate::{Access, Error, Journal, MasterKey, OpenError, Recorded, Sealed, Subject, Subjects};

/// A place on disk where a vault can be opened, closed and opened again.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn keys_dir(&self) -> PathBuf {
        self.0.path().join("keys")
    }

    fn keys_file(&self) -> PathBuf {
        self.keys_dir().join("keys.jsonl")
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.0.path().join("access.jsonl")).unwrap()
    }

    fn vault(&self) -> Vault {
        self.vault_with(master(1)).unwrap()
    }

    fn vault_with(&self, master: MasterKey) -> Result<Vault, Error> {
        Vault::open_dir(&self.keys_dir(), master, self.journal())
    }

    fn key_lines(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.keys_file()).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}

/// The tests' own way to wait: nothing in the vault needs a particular runtime.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn master(seed: u8) -> MasterKey {
    MasterKey::from_text(&format!("{seed:02x}").repeat(32)).unwrap()
}

fn child(number: u128) -> Subject {
    Subject::new(Uuid::from_u128(number))
}

fn event(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn access(subjects: Subjects) -> Access {
    Access {
        who: "account-7".to_owned(),
        role: "duty_adviser".to_owned(),
        subjects,
        operation: "request.read".to_owned(),
        why: "duty".to_owned(),
        at: "2026-05-01T09:00:00Z".to_owned(),
    }
}

impl Vault {
    fn recorded(&self, subjects: Subjects) -> Recorded {
        wait(self.record(access(subjects))).unwrap()
    }

    /// A child with a key and one sealed box, in event 1.
    fn with_box(&self, subject: Subject, plaintext: &[u8]) -> Sealed {
        wait(self.create_key(subject)).unwrap();
        self.seal(subject, event(1), plaintext).unwrap()
    }

    fn reads(&self, sealed: &Sealed) -> Result<Vec<u8>, OpenError> {
        let access = self.recorded(Subjects::These(vec![sealed.subject]));
        self.open(&access, event(1), sealed).map(|plaintext| plaintext.to_vec())
    }
}
