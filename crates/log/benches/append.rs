//! What the log costs beside the bare disk: `cargo bench -p frontdoor-log`, about ten seconds.
//!
//! A disk's speed differs a hundredfold between machines and, on a shared one, from second to
//! second. So the log and the bare disk take turns, and the ratio is the median over the turns.
//! Set `TMPDIR` to choose the disk.
#![expect(clippy::print_stdout, reason = "a benchmark reports to whoever runs it")]
#![expect(clippy::disallowed_methods, reason = "a benchmark is about elapsed time")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use frontdoor_log::{
    Append, Body, CommandId, Log, Position, SledLog, StreamAppend, StreamName, Version,
};
use tempfile::TempDir;
use uuid::Uuid;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const TURNS: u32 = 9;
const TURN: Duration = Duration::from_millis(250);
/// The records of the replay come in appends of this many, near the largest there can be.
const REPLAY_RECORDS_EACH: u32 = 900;
const REPLAY_APPENDS: u32 = 60;

#[tokio::main]
async fn main() -> Result<()> {
    let dir = TempDir::new()?;
    let mut bare = File::create(dir.path().join("bare"))?;
    let one = Arc::new(SledLog::open(&dir.path().join("one"))?);
    let many = Arc::new(SledLog::open(&dir.path().join("many"))?);

    let (mut by_one, mut by_many, mut by_bare) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..TURNS {
        by_bare.push(bare_appends(&mut bare)?);
        by_one.push(appends(&one, turn, 1).await?);
        by_many.push(appends(&many, turn, 64).await?);
    }
    println!("append and fdatasync, bare {:>8.0} /s", median(by_bare.clone()));
    for (callers, log, rates) in [(1, one, by_one), (64, many, by_many)] {
        let ratios = rates.iter().zip(&by_bare).map(|(rate, bare)| rate / bare).collect();
        let syncs = f64::from(u32::try_from(log.stats().syncs)?);
        let per_append = syncs / f64::from(u32::try_from(log.stats().appends)?);
        let (rate, ratio) = (median(rates), median(ratios));
        print!("append, {callers:>2} at once         {rate:>8.0} /s, {ratio:>6.2} x bare");
        println!(", {per_append:.3} syncs per append");
    }
    replay(dir.path()).await
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

/// Appends a second to a plain file, one after the other.
fn bare_appends(file: &mut File) -> Result<f64> {
    let (started, record, mut count) = (Instant::now(), record(), 0_u32);
    while started.elapsed() < TURN {
        file.write_all(record.as_bytes())?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

/// Appends a second to the log, by callers that each wait for their own.
async fn appends(log: &Arc<SledLog>, turn: u32, callers: u32) -> Result<f64> {
    let started = Instant::now();
    let callers = (0..callers).map(|caller| {
        let log = Arc::clone(log);
        tokio::spawn(async move {
            let (stream, mut count) = (format!("request-{turn}-{caller}"), 0);
            while started.elapsed() < TURN {
                log.append(append(&stream, count, 1)?).await?;
                count += 1;
            }
            Ok::<_, Box<dyn Error + Send + Sync>>(count)
        })
    });
    let mut count = 0;
    for caller in callers.collect::<Vec<_>>() {
        count += caller.await??;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

/// Opens and reads a whole log, and reads a plain file of the same bytes.
async fn replay(dir: &Path) -> Result<()> {
    let path = dir.join("replay");
    let log = SledLog::open(&path)?;
    for nth in 0..REPLAY_APPENDS {
        log.append(append(&format!("request-{nth}"), 0, REPLAY_RECORDS_EACH)?).await?;
    }
    drop(log);

    let started = Instant::now();
    let log = SledLog::open(&path)?;
    println!("open                       {:>8.0} ms", started.elapsed().as_secs_f64() * 1e3);

    let (started, mut records) = (Instant::now(), Vec::new());
    loop {
        let after = records.last().map_or(Position::START, |(position, _)| *position);
        let more = log.read(after, usize::MAX).await?;
        if more.is_empty() {
            break;
        }
        records.extend(more.into_iter().map(|record| (record.position, record.bytes)));
    }
    let count = f64::from(u32::try_from(records.len())?);
    let rate = count / started.elapsed().as_secs_f64();

    let flat = dir.join("flat");
    let bytes: Vec<u8> = records.into_iter().flat_map(|(_, bytes)| bytes.to_vec()).collect();
    fs::write(&flat, &bytes)?;
    let (started, mut bytes) = (Instant::now(), Vec::new());
    File::open(flat)?.read_to_end(&mut bytes)?;
    let ratio = rate / (count / started.elapsed().as_secs_f64());
    println!("replay                     {rate:>8.0} records/s, {ratio:.2} x a plain read");
    let stored = fs::metadata(path.join("db"))?.len();
    println!("on disk                    {:>8} KiB for {} KiB", stored / 1024, bytes.len() / 1024);
    Ok(())
}

fn append(stream: &str, version: u32, records: u32) -> Result<Append> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let bodies = (0..records).map(|_| Body::try_new(record()));
    let part = StreamAppend {
        stream: StreamName::try_new(stream)?,
        expected: Version::new(version),
        bodies: bodies.collect::<std::result::Result<_, _>>()?,
    };
    Ok(Append {
        command: CommandId::new(Uuid::from_u64_pair(id, id)),
        fingerprint: [0; 32],
        streams: vec![part],
        cursor: None,
    })
}

/// An event's usual kilobyte.
fn record() -> String {
    format!(r#"{{"type":"request.received","data":"{}"}}"#, "x".repeat(980))
}
