//! A backup from before an erasure, and what is restored from it after.

use super::text;
use frontdoor_tests::binary;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(super) struct Backup(TempDir);

impl Backup {
    /// Of a data directory that nobody serves.
    pub(super) async fn of(data: &Path) -> Self {
        let backup = Self(tempfile::tempdir().expect("a directory"));
        let (to, keys) = (backup.place("backup"), backup.place("keys"));
        let places = ["--to", text(&to), "--keys-to", text(&keys), "--data-dir", text(data)];
        let ran = binary::run(&[&["backup", "--json"][..], &places].concat()).await;
        assert_eq!(ran.code, 0, "{ran:?}");
        backup
    }

    /// Restored by the ledger of erasures that another data directory has.
    pub(super) async fn restored(&self, data: &Path) -> PathBuf {
        let (from, keys, to) = (self.place("backup"), self.place("keys"), self.place("restored"));
        let ledger = data.join("erasures.jsonl");
        let places = ["--from", text(&from), "--keys-from", text(&keys), "--data-dir", text(&to)];
        let by = ["--erasures", text(&ledger)];
        let ran = binary::run(&[&["restore", "--json"][..], &places, &by].concat()).await;
        assert_eq!(ran.code, 0, "{ran:?}");
        to
    }

    fn place(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}
