//! The access record: complete, in order, and telling when it was touched.

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("access.jsonl")
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.path()).unwrap()
    }

    /// A closed record of four accesses, by turns to child 0 and child 1.
    fn of_four() -> Self {
        let place = Self::new();
        let journal = place.journal();
        for n in 0..4 {
            wait(journal.record(access("ada", Subjects::These(vec![child(n % 2)])))).unwrap();
        }
        place
    }

    fn text(&self) -> Vec<u8> {
        fs::read(self.path()).unwrap()
    }

    fn altered_line(&self) -> u64 {
        match Journal::open(&self.path()) {
            Err(Error::Altered { line, .. }) => line,
            Err(error) => panic!("{error}"),
            Ok(_) => panic!("nobody noticed"),
        }
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn child(number: u128) -> Subject {
    Subject::new(Uuid::from_u128(number))
}

fn access(who: &str, subjects: Subjects) -> Access {
    let text = str::to_owned;
    Access {
        who: text(who),
        role: text("adviser"),
        subjects,
        operation: text("request.read"),
        why: text("on \"duty\"\nand asked"),
        at: text("2026-05-01T09:00:00Z"),
    }
}

fn numbers(journal: &Journal, filter: &Filter) -> Vec<u64> {
    journal.read(filter).unwrap().iter().map(|entry| entry.number).collect()
}

#[test]
fn an_access_is_on_disk_when_its_proof_is_given_out() {
    let place = Place::new();
    let journal = place.journal();
    let asked = access("ada", Subjects::These(vec![child(1)]));
    let recorded = wait(journal.record(asked.clone())).unwrap();
    assert_eq!(place.text().split_inclusive(|byte| *byte == b'\n').count(), 1);
    assert_eq!((recorded.entry(), recorded.covers(child(1))), (1, true));
    assert!(!recorded.covers(child(2)));
    let entries = journal.read(&Filter::default()).unwrap();
    assert_eq!(entries, [Entry { number: 1, access: asked }]);
}

#[test]
fn entries_are_found_by_child_and_by_account_in_pages() {
    let place = Place::of_four();
    let journal = place.journal();
    wait(journal.record(access("ben", Subjects::All))).unwrap();
    let every = Filter::default();
    let seen = Filter { subject: Some(child(1)), ..every.clone() };
    assert_eq!(numbers(&journal, &every), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(&journal, &seen), [2, 4, 5]);
    assert_eq!(numbers(&journal, &Filter { who: Some("ben".to_owned()), ..every.clone() }), [5]);
    assert_eq!(numbers(&journal, &Filter { after: 2, limit: 1, ..seen }), [4]);
    assert!(numbers(&journal, &Filter { limit: 0, ..every }).is_empty());
}

#[test]
fn a_record_goes_on_where_it_was_closed() {
    let place = Place::of_four();
    let before = place.journal().head();
    assert_eq!(before.entries, 4);
    let journal = place.journal();
    assert_eq!(journal.head(), before);
    assert_eq!(wait(journal.record(access("ada", Subjects::All))).unwrap().entry(), 5);
    drop(journal);
    assert_eq!(place.journal().head().entries, 5);
}

#[test]
fn accesses_recorded_together_keep_their_order_and_their_proofs() {
    let place = Place::new();
    let journal = place.journal();
    let proofs: Vec<_> = wait(async {
        let mut waiting = tokio::task::JoinSet::new();
        for n in 0..64 {
            let journal = journal.clone();
            let only = access("ada", Subjects::These(vec![child(n)]));
            waiting.spawn(async move { (child(n), journal.record(only).await.unwrap()) });
        }
        waiting.join_all().await
    });
    let entries = journal.read(&Filter::default()).unwrap();
    for (subject, proof) in proofs {
        let at = usize::try_from(proof.entry()).unwrap() - 1;
        assert!(proof.covers(subject) && entries[at].access.subjects.cover(subject));
    }
    assert_eq!(journal.stats().changes, 64);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_altered_line_is_named(at: prop::sample::Index, mask in 1..=255_u8) {
        let place = Place::of_four();
        let mut text = place.text();
        let at = at.index(text.len());
        // Without its last newline the last line is torn: that is the next property.
        prop_assume!(text[at] != b'\n');
        let line = text[..at].split(|byte| *byte == b'\n').count();
        text[at] ^= mask;
        fs::write(place.path(), text).unwrap();
        prop_assert_eq!(place.altered_line(), u64::try_from(line).unwrap());
    }

    #[test]
    fn a_torn_last_line_is_cut_off_and_the_chain_goes_on(cut: prop::sample::Index) {
        let place = Place::of_four();
        let mut text = place.text();
        let last = text.trim_ascii_end().iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        text.truncate(last + cut.index(text.len() - last));
        fs::write(place.path(), text).unwrap();

        let journal = place.journal();
        prop_assert_eq!(journal.head().entries, 3);
        let next = wait(journal.record(access("ada", Subjects::All))).unwrap();
        prop_assert_eq!(next.entry(), 4);
        drop(journal);
        prop_assert_eq!(numbers(&place.journal(), &Filter::default()), [1, 2, 3, 4]);
    }
}

#[test]
fn a_line_taken_out_or_moved_is_noticed() {
    let rearranged: [&[usize]; 3] = [&[1, 2, 3], &[0, 2, 3], &[0, 2, 1, 3]];
    for (order, line) in rearranged.into_iter().zip([1, 2, 2]) {
        let place = Place::of_four();
        let text = String::from_utf8(place.text()).unwrap();
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        fs::write(place.path(), order.iter().map(|at| lines[*at]).collect::<String>()).unwrap();
        assert_eq!(place.altered_line(), line);
    }
}

#[test]
fn tampering_while_it_is_open_shows_on_reading() {
    let place = Place::of_four();
    let journal = place.journal();
    let text = String::from_utf8(place.text()).unwrap().replace("ada", "ben");
    fs::write(place.path(), text).unwrap();
    let read = journal.read(&Filter::default());
    assert!(matches!(read, Err(Error::Altered { line: 1, .. })));
}

#[test]
fn an_access_too_long_for_a_line_is_refused() {
    let place = Place::new();
    let journal = place.journal();
    let everybody = Subjects::These((0..10_000).map(child).collect());
    let refused = wait(journal.record(access("ada", everybody)));
    assert!(matches!(refused, Err(Error::AccessTooLong { .. })));
    assert!(journal.health().is_ok());
    assert!(place.text().is_empty());
}

#[test]
fn one_record_is_open_once() {
    let place = Place::new();
    let journal = place.journal();
    assert!(matches!(Journal::open(&place.path()), Err(Error::InUse { .. })));
    drop(journal);
    assert!(Journal::open(&place.path()).is_ok());
}

fn latest(journal: &Journal, sought: &Sought, limit: usize) -> Vec<u64> {
    let found = journal.latest(sought, limit, |_| Choice::Take).unwrap();
    found.iter().map(|entry| entry.number).collect()
}

#[test]
fn the_newest_accesses_come_first_and_in_pages_before_and_after_a_restart() {
    let place = Place::of_four();
    let journal = place.journal();
    wait(journal.record(access("ben", Subjects::All))).unwrap();
    let seen = Sought { subjects: vec![child(1)], ..Sought::default() };
    let by_ben = Sought { who: Some("ben".to_owned()), ..Sought::default() };
    let ask = |journal: &Journal| {
        assert_eq!(latest(journal, &Sought::default(), 3), [5, 4, 3]);
        assert_eq!(latest(journal, &seen, 9), [5, 4, 2]);
        assert_eq!(latest(journal, &Sought { before: Some(4), ..seen.clone() }, 9), [2]);
        assert_eq!(latest(journal, &by_ben, 9), [5]);
        let both = Sought { who: Some("ada".to_owned()), ..seen.clone() };
        assert_eq!(latest(journal, &both, 9), [4, 2]);
    };
    ask(&journal);
    drop(journal);
    ask(&place.journal());
}

#[test]
fn looking_back_ends_where_whoever_asks_says_so() {
    let journal = Place::of_four();
    let journal = journal.journal();
    let odd = |entry: &Entry| match entry.number {
        1 => Choice::Stop,
        number if number % 2 == 1 => Choice::Take,
        _ => Choice::Skip,
    };
    let found = journal.latest(&Sought::default(), 9, odd).unwrap();
    assert_eq!(found.iter().map(|entry| entry.number).collect::<Vec<_>>(), [3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_the_index_finds_is_what_a_walk_through_the_file_finds(
        accesses in prop::collection::vec((0..3_usize, prop::option::of(prop::collection::vec(0..4_u128, 0..4))), 0..24),
        who in prop::option::of(0..3_usize), whom in prop::option::of(0..4_u128),
    ) {
        let people = ["ada", "ben", "cai"];
        let place = Place::new();
        let journal = place.journal();
        for (by, to) in accesses {
            let to = to.map_or(Subjects::All, |to| {
                Subjects::These(to.into_iter().map(child).collect())
            });
            wait(journal.record(access(people[by], to))).unwrap();
        }
        let (subject, who) = (whom.map(child), who.map(|who| people[who].to_owned()));
        let filter = Filter { subject, who: who.clone(), ..Filter::default() };
        let mut walked = numbers(&journal, &filter);
        walked.reverse();
        let sought = Sought { subjects: subject.into_iter().collect(), who, before: None };
        prop_assert_eq!(latest(&journal, &sought, usize::MAX), walked);
    }
}

#[test]
fn a_line_that_was_altered_while_it_was_open_is_not_shown() {
    let place = Place::of_four();
    let journal = place.journal();
    let text = String::from_utf8(place.text()).unwrap();
    let last = text.rfind("ada").unwrap();
    fs::write(place.path(), format!("{}ben{}", &text[..last], &text[last + 3..])).unwrap();
    let read = journal.latest(&Sought::default(), 1, |_| Choice::Take);
    assert!(matches!(read, Err(Error::Altered { line: 4, .. })));
}
