//! What somebody does to the files of a stopped front door, and what an auditor is told of it.

use super::*;
use crate::commands::demo::Demo;
use crate::county::{Council, by_set_up, found};
use log::MAX_READ_RECORDS;
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// The log of a council on its first day.
async fn first_day() -> (Place, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::at(dir.path().join("data"));
    let engine = place.open_or_create().unwrap().engine().await.unwrap();
    let (authority, name) = ("865".parse().unwrap(), "A council".to_owned());
    found(&engine, &Council { authority, name }).await.unwrap();
    published::sign(&engine, &place.published()).await.unwrap();
    (place, dir)
}

fn edit(path: &Path, from: &str, to: &str) {
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.windows(from.len()).position(|it| it == from.as_bytes()).unwrap();
    bytes.splice(at..at + from.len(), to.bytes());
    fs::write(path, bytes).unwrap();
}

fn verify(against: Vec<PathBuf>) -> Verify {
    Verify {
        against,
        against_root: vec![],
        against_accesses: vec![],
        receipt: None,
        witness_key: vec![],
        public_key: vec![],
        json: false,
    }
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_sound() {
    let (place, _dir) = first_day().await;
    let verdict = verify(vec![]).verdict(&place).await.unwrap();
    assert!(matches!(verdict, Verdict::Sound { checkpoints: 2, unsigned_records: 0, .. }));
}

#[tokio::test]
async fn a_record_edited_on_the_disk_is_found_with_its_position() {
    let (place, _dir) = first_day().await;
    edit(&place.data_dir.join("log/db"), "panel.established", "panel.demolished!");
    let verdict = verify(vec![]).verdict(&place).await.unwrap();
    assert!(matches!(verdict, Verdict::Damaged { position: Some(1..), .. }), "{verdict:?}");
}

#[tokio::test]
async fn a_checkpoint_from_elsewhere_that_was_edited_is_not_believed() {
    let (place, dir) = first_day().await;
    let engine = place.open().unwrap().engine().await.unwrap();
    let kept = dir.path().join("kept.txt");
    fs::write(&kept, engine.checkpoint().await.unwrap()).unwrap();
    drop(engine);
    let against = verify(vec![kept.clone()]);
    assert!(matches!(
        against.verdict(&place).await.unwrap(),
        Verdict::Sound { checkpoints: 3, .. }
    ));

    edit(&kept, "\n19\n", "\n18\n");
    let verdict = against.verdict(&place).await.unwrap();
    assert!(verdict.says().starts_with("DAMAGED: a checkpoint"), "{verdict:?}");
}

#[test]
fn a_log_that_cannot_be_opened_is_not_called_damaged() {
    let failed = Error::InUse { dir: "data".into() };
    assert!(Verdict::of(Err(failed), 0, vec![]).is_err());
}

/// A made-up council with a child that was erased, which took two accesses, stopped.
async fn erased() -> (Place, TempDir, Uuid) {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::at(dir.path().join("data"));
    let storage = place.open_or_create().unwrap();
    let demo = Demo { requests: 12, seed: 7, authority: "865".parse().unwrap() };
    demo.found(&storage, "2026-11-02T09:00:00Z".parse().unwrap()).await.unwrap();
    let engine = storage.engine().await.unwrap();
    let records = engine.log().read(Position::START, MAX_READ_RECORDS).await.unwrap();
    let mut children = records.iter().filter_map(|it| engine::read(it).unwrap().child());
    let child = children.next().unwrap();
    engine.erase(&by_set_up(&engine).unwrap(), child, None).await.unwrap();
    published::sign(&engine, &place.published()).await.unwrap();
    (place, dir, child.0)
}

/// What is found once a file was changed, which is put back afterwards.
async fn after(place: &Place, file: &Path, change: impl Fn(&str) -> String) -> Verdict {
    let whole = fs::read_to_string(file).unwrap();
    let changed = change(&whole);
    assert_ne!(changed, whole);
    fs::write(file, &changed).unwrap();
    let verdict = verify(vec![]).verdict(place).await.unwrap();
    assert_eq!(fs::read_to_string(file).unwrap(), changed, "looking changes nothing");
    fs::write(file, whole).unwrap();
    verdict
}

fn lines_of(text: &str, order: &[usize]) -> String {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    order.iter().map(|at| lines[*at]).collect()
}

#[track_caller]
fn assert_damaged(verdict: &Verdict, file: &Path, line: Option<u64>) {
    let Verdict::DamagedBeside { file: named, line: bad, .. } = verdict else {
        panic!("{verdict:?}");
    };
    assert_eq!((Path::new(named), *bad), (file, line), "{verdict:?}");
}

#[tokio::test]
async fn chains_that_nobody_touched_hold_and_are_counted() {
    let (place, _dir, _) = erased().await;
    let verdict = verify(vec![]).verdict(&place).await.unwrap();
    let Verdict::Sound { beside, .. } = &verdict else { panic!("{verdict:?}") };
    assert_eq!((beside.accesses.lines, beside.erasures.lines), (2, 1));
    assert_eq!(beside.outstanding_erasures, Vec::<Uuid>::new());
    let told = serde_json::to_value(&verdict).unwrap();
    assert_eq!((&told["verdict"], &told["accesses"]["lines"]), (&"sound".into(), &2.into()));
}

#[tokio::test]
async fn a_record_of_accesses_that_was_touched_is_found_with_its_first_bad_line() {
    let (place, _dir, _) = erased().await;
    let file = place.accesses();
    let who = after(&place, &file, |it| it.replacen("\"who\":\"", "\"who\":\"x", 1)).await;
    assert_damaged(&who, &file, Some(1));
    for (order, line) in [(&[1][..], 1), (&[1, 0], 1), (&[0, 0, 1], 2), (&[0, 1, 1], 3)] {
        let moved = after(&place, &file, |it| lines_of(it, order)).await;
        assert_damaged(&moved, &file, Some(line));
    }
    let torn = after(&place, &file, |it| it[..it.len() - 9].to_owned()).await;
    assert!(torn.says().contains("Line 2 of the record of accesses is half there"), "{torn:?}");
    fs::remove_file(&file).unwrap();
    assert_damaged(&verify(vec![]).verdict(&place).await.unwrap(), &file, None);
}

#[tokio::test]
async fn accesses_that_were_cut_off_are_found_by_whoever_wrote_down_how_many_there_were() {
    let (place, _dir, _) = erased().await;
    let verdict = verify(vec![]).verdict(&place).await.unwrap();
    let Verdict::Sound { beside, .. } = verdict else { panic!("{verdict:?}") };
    let noted = format!("{}:{}", beside.accesses.lines, beside.accesses.chain);
    let noted = vec![tree_head(&noted).unwrap()];
    let against = Verify { against_accesses: noted, ..verify(vec![]) };
    assert!(matches!(against.clone().verdict(&place).await.unwrap(), Verdict::Sound { .. }));

    let file = place.accesses();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, lines_of(&text, &[0])).unwrap();
    let alone = verify(vec![]).verdict(&place).await.unwrap();
    assert!(matches!(alone, Verdict::Sound { .. }), "the file alone cannot show it");
    assert_damaged(&against.verdict(&place).await.unwrap(), &file, Some(2));
}

#[tokio::test]
async fn a_ledger_of_erasures_that_was_touched_is_found() {
    let (place, _dir, child) = erased().await;
    let file = place.erasures();
    let other = Uuid::from_u128(9).to_string();
    let edited = after(&place, &file, |it| it.replace(&child.to_string(), &other)).await;
    assert_damaged(&edited, &file, Some(1));
    for cut in [0, 20] {
        let cut = after(&place, &file, |it| it[..cut].to_owned()).await;
        assert_damaged(&cut, &file, None);
        assert!(cut.says().contains(&child.to_string()), "{cut:?}");
    }
    let twice = after(&place, &file, |it| lines_of(it, &[0, 0])).await;
    assert_damaged(&twice, &file, Some(2));
}

#[tokio::test]
async fn a_key_that_was_brought_back_is_found_by_the_line_that_says_it_is_gone() {
    let (place, _dir, child) = erased().await;
    let keys = place.keys().join("keys.jsonl");
    // A tombstone with any wrapped key in it, as in a backup from before.
    let back = after(&place, &keys, |it| {
        let key = it.split("\"wrapped\":\"").nth(1).unwrap().split('"').next().unwrap();
        let tombstone = it.lines().find(|line| line.contains(&child.to_string())).unwrap();
        let live = tombstone.replace("\"wrapped\":null", &format!("\"wrapped\":\"{key}\""));
        it.replace(tombstone, &live)
    });
    assert_damaged(&back.await, &place.erasures(), Some(1));
}

#[tokio::test]
async fn an_erasure_that_only_the_ledger_knows_of_is_outstanding_until_a_command_opens_the_data() {
    let (place, _dir, _) = erased().await;
    let engine = place.open().unwrap().engine().await.unwrap();
    let records = engine.log().read(Position::START, MAX_READ_RECORDS).await.unwrap();
    let mut children = records.iter().filter_map(|it| engine::read(it).unwrap().child());
    let other = children.next_back().unwrap();
    drop(engine);
    let ledger = vault::Erasures::open(&place.erasures(), &[]).unwrap();
    let at = "2026-11-02T10:00:00Z".to_owned();
    let (children, drafts) = (vec![other.0], vec![]);
    let erased = vault::Erased { children, drafts, at, reason: None, log_size: 9 };
    ledger.note(erased).await.unwrap();
    drop(ledger);

    let verdict = verify(vec![]).verdict(&place).await.unwrap();
    let Verdict::Sound { beside, .. } = verdict else { panic!("{verdict:?}") };
    assert_eq!(beside.outstanding_erasures, [other.0]);
    drop(place.open().unwrap().engine().await.unwrap());
    let verdict = verify(vec![]).verdict(&place).await.unwrap();
    let Verdict::Sound { beside, .. } = verdict else { panic!("{verdict:?}") };
    assert_eq!((beside.outstanding_erasures, beside.erasures.lines), (vec![], 2));
}
