//! Whoever was erased stays erased, whichever copy of the ledger is left and whatever is restored.

use std::fs;

use super::*;
use crate::{Access, Journal, MasterKey, OpenError, Subjects, Vault};

const CHILD: Uuid = Uuid::from_u128(7);
const DRAFT: Uuid = Uuid::from_u128(8);
const EVENT: Uuid = Uuid::from_u128(9);

fn erased(child: Uuid, at: &str) -> Erased {
    let (children, drafts) = (vec![child], vec![DRAFT]);
    Erased { children, drafts, at: at.to_owned(), reason: None, log_size: 12 }
}

fn master() -> MasterKey {
    MasterKey::from_text(&"ab".repeat(32)).unwrap()
}

#[tokio::test]
async fn what_one_place_knows_all_know_once_it_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let (here, there) = (dir.path().join("a.jsonl"), dir.path().join("elsewhere/b.jsonl"));
    let one = erased(CHILD, "2026-11-20T10:00:00Z");
    let other = erased(DRAFT, "2026-11-21T10:00:00Z");
    Erasures::open(&here, &[]).unwrap().note(one.clone()).await.unwrap();
    Erasures::open(&there, &[]).unwrap().note(other.clone()).await.unwrap();

    let merged = Erasures::open(&here, std::slice::from_ref(&there)).unwrap();
    assert_eq!(merged.all(), [one.clone(), other.clone()]);
    drop(merged);
    assert_eq!(Erasures::read(&here).unwrap(), [one.clone(), other.clone()]);
    assert_eq!(Erasures::read(&there).unwrap(), [other, one]);
}

#[tokio::test]
async fn a_line_that_was_altered_is_found_and_a_torn_one_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("erasures.jsonl");
    let line = erased(CHILD, "2026-11-20T10:00:00Z");
    Erasures::open(&path, &[]).unwrap().note(line.clone()).await.unwrap();
    let text = fs::read_to_string(&path).unwrap();

    fs::write(&path, format!("{text}{{\"chain\":\"torn")).unwrap();
    assert_eq!(Erasures::open(&path, &[]).unwrap().all(), [line]);
    fs::write(&path, text.replace("\"log_size\":12", "\"log_size\":13")).unwrap();
    assert!(matches!(Erasures::open(&path, &[]), Err(Error::Altered { line: 1, .. })));
}

#[tokio::test]
async fn a_key_that_a_restore_brought_back_is_gone_before_anything_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let (keys, backup) = (dir.path().join("keys"), dir.path().join("backup"));
    let journal = Journal::open(&dir.path().join("access.jsonl")).unwrap();
    let vault = Vault::open_dir(&keys, master(), journal.clone()).unwrap();
    let subject = Subject::new(CHILD);
    vault.create_key(subject).await.unwrap();
    let sealed = vault.seal(subject, EVENT, b"Ivy").unwrap();
    drop(vault);
    fs::create_dir(&backup).unwrap();
    fs::copy(keys.join("keys.jsonl"), backup.join("keys.jsonl")).unwrap();

    let ledger = Erasures::open(&dir.path().join("erasures.jsonl"), &[]).unwrap();
    ledger.note(erased(CHILD, "2026-11-20T10:00:00Z")).await.unwrap();
    let wrapped = fs::read_to_string(backup.join("keys.jsonl")).unwrap();
    let vault = Vault::open_dir_but(&backup, master(), journal, &ledger).unwrap();

    assert!(vault.is_shredded(subject) && vault.is_shredded(Subject::new(DRAFT)));
    let access = Access {
        who: "amara".to_owned(),
        role: "dpo".to_owned(),
        subjects: Subjects::All,
        operation: "read".to_owned(),
        why: "test".to_owned(),
        at: "2026-11-20T10:00:00Z".to_owned(),
    };
    let recorded = vault.record(access).await.unwrap();
    let opened = vault.open(&recorded, EVENT, &sealed);
    assert!(matches!(opened, Err(OpenError::Shredded { .. })));
    let left = fs::read_to_string(backup.join("keys.jsonl")).unwrap();
    let key_line = wrapped.lines().find(|line| line.contains(&CHILD.to_string())).unwrap();
    assert!(!left.contains(key_line));
}
