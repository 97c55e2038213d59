//! What sealing, opening, making keys and shredding cost, beside the bare sync they wait for.
//!
//! `cargo bench -p frontdoor-vault`; takes some ten seconds and needs 100 MB of disk.

#![expect(clippy::unwrap_used, reason = "a benchmark that fails should stop at once")]
#![expect(clippy::print_stdout, reason = "a benchmark speaks to a terminal")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use std::{
    fs::File,
    hint::black_box,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use frontdoor_vault::{Access, Journal, MasterKey, Subject, Subjects, Vault};
use tokio::task::JoinSet;
use uuid::Uuid;

const CALLERS: u128 = 64;
const KEYS_EACH: u128 = 50;
const MANY_KEYS: u128 = 100_000;
const BOXES: u32 = 20_000;

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let vault = open(dir.path(), &"1".repeat(64));

    let sync = bare_sync(&dir.path().join("bare"));
    println!("bare append and fdatasync of a key's size: {sync:.1?}");

    let (took, ()) = timed(make_keys(&vault, 0..1, KEYS_EACH)).await;
    let each = took / u32::try_from(KEYS_EACH).unwrap();
    println!("one caller: {each:.1?} a key ({:.2} bare syncs)", ratio(each, sync));

    let before = vault.stats();
    let (took, ()) = timed(make_keys(&vault, 1..=CALLERS, KEYS_EACH)).await;
    let each = took / u32::try_from(CALLERS * KEYS_EACH).unwrap();
    let (changes, syncs) =
        (vault.stats().changes - before.changes, vault.stats().syncs - before.syncs);
    println!(
        "{CALLERS} callers: {each:.1?} a key ({:.2} bare syncs), {changes} keys in {syncs} syncs",
        ratio(each, sync)
    );

    boxes(&vault).await;

    make_keys(&vault, 1000..1000 + MANY_KEYS / 100, 100).await;
    let (took, shredded) = timed(vault.shred(Subject::new(Uuid::from_u128(1)))).await;
    println!("shredding one of {MANY_KEYS} keys: {took:.1?}");
    shredded.unwrap();
    let new = "2".repeat(64);
    let (took, rotated) = timed(vault.rotate_master(MasterKey::from_text(&new).unwrap())).await;
    println!("rotating the master key over them: {took:.1?}");
    rotated.unwrap();
    drop(vault);
    let (took, _vault) = timed(async { open(dir.path(), &new) }).await;
    println!("opening the store again: {took:.1?}");
}

fn open(dir: &Path, master: &str) -> Vault {
    let journal = Journal::open(&dir.join("access.jsonl")).unwrap();
    Vault::open_dir(&dir.join("keys"), MasterKey::from_text(master).unwrap(), journal).unwrap()
}

/// Subjects are numbered by caller and turn.
async fn make_keys(vault: &Vault, callers: impl Iterator<Item = u128>, each: u128) {
    let mut running = JoinSet::new();
    for caller in callers {
        let vault = vault.clone();
        running.spawn(async move {
            for turn in 0..each {
                let subject = Subject::new(Uuid::from_u128(caller * 1000 + turn));
                vault.create_key(subject).await.unwrap();
            }
        });
    }
    running.join_all().await;
}

/// One kilobyte: a child's particulars and a few paragraphs.
async fn boxes(vault: &Vault) {
    let (subject, event, text) = (Subject::new(Uuid::nil()), Uuid::nil(), [b'a'; 1024]);
    let (took, sealed) = timed(async {
        (1..BOXES).for_each(|_| drop(black_box(vault.seal(subject, event, &text))));
        vault.seal(subject, event, &text).unwrap()
    })
    .await;
    println!("sealing 1 KiB: {:.2?}", took / BOXES);

    let word = || "bench".to_owned();
    let access = Access {
        who: word(),
        role: word(),
        subjects: Subjects::All,
        operation: word(),
        why: word(),
        at: word(),
    };
    let (took, access) = timed(vault.record(access)).await;
    println!("recording an access: {took:.1?}");
    let access = access.unwrap();
    let (took, ()) = timed(async {
        (0..BOXES).for_each(|_| drop(black_box(vault.open(&access, event, &sealed)).unwrap()));
    })
    .await;
    println!("opening 1 KiB: {:.2?}", took / BOXES);
}

fn bare_sync(path: &Path) -> Duration {
    const TIMES: u32 = 50;
    let mut file = File::create(path).unwrap();
    let started = Instant::now();
    for _ in 0..TIMES {
        file.write_all(&[b'a'; 200]).unwrap();
        file.sync_data().unwrap();
    }
    started.elapsed() / TIMES
}

async fn timed<T>(work: impl Future<Output = T>) -> (Duration, T) {
    let started = Instant::now();
    let outcome = work.await;
    (started.elapsed(), outcome)
}

fn ratio(took: Duration, bare: Duration) -> f64 {
    took.as_secs_f64() / bare.as_secs_f64()
}
