//! How fast the front door takes requests in, and where the time goes.
//!
//! Everything is measured in one run, on the disk that the baseline is measured on: these
//! machines are noisy, so only the ratios can be quoted. `docs/performance.md` says how to
//! run it and what it said last.
#![expect(clippy::print_stdout, reason = "a benchmark speaks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use frontdoor_tests::caller::Caller;
use frontdoor_tests::dice::Dice;
use frontdoor_tests::server::Server;
use frontdoor_tests::{binary, submission};
use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

const SUBMISSIONS: usize = 3_000;
const ALONE: usize = 300;
const CLIENTS: usize = 64;
/// What one submission writes to the log, roughly: its events with their indexes.
const BARE_BYTES: usize = 8 * 1024;

#[tokio::main]
async fn main() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");

    let bare = bare_syncs(server.home(), 500);
    println!("baseline: append {BARE_BYTES} bytes and fdatasync, one after another: {bare:.0}/s");

    let before = log_counts(&server.anonymous()).await;
    let alone = submit(&school, 1, ALONE).await;
    let between = log_counts(&server.anonymous()).await;
    report("1 client", &alone, bare, before, between);

    let crowd = submit(&school, CLIENTS, SUBMISSIONS).await;
    let after = log_counts(&server.anonymous()).await;
    report(&format!("{CLIENTS} clients"), &crowd, bare, between, after);

    let bare = bare_syncs(server.home(), 500);
    println!("baseline again: {bare:.0}/s");
    replay(server).await;
}

/// Appends to a file of its own and syncs it, as often a second as this disk lets it.
fn bare_syncs(beside: &std::path::Path, times: u32) -> f64 {
    let path = beside.join("baseline");
    let mut file = File::create(&path).expect("a file beside the data");
    let bytes = vec![7; BARE_BYTES];
    let started = Instant::now();
    for _ in 0..times {
        file.write_all(&bytes).and_then(|()| file.sync_data()).expect("the disk takes it");
    }
    let took = started.elapsed();
    std::fs::remove_file(path).expect("the file can be removed");
    f64::from(times) / took.as_secs_f64()
}

struct Measured {
    took: Duration,
    latencies: Vec<Duration>,
}

/// Submits so many requests from so many clients at once.
async fn submit(school: &Caller, clients: usize, submissions: usize) -> Measured {
    let started = Instant::now();
    let tasks = (0..clients).map(|client| {
        let school = school.clone();
        let mine = submissions / clients;
        tokio::spawn(async move {
            let mut dice = Dice::new(u64::try_from(client).unwrap_or_default());
            let mut latencies = Vec::with_capacity(mine);
            for _ in 0..mine {
                let body = submission::random(&mut dice);
                let asked = Instant::now();
                let answer = school.submit(&body).await;
                latencies.push(asked.elapsed());
                assert_eq!(answer.status, 201, "{answer:?}");
            }
            latencies
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut latencies = Vec::with_capacity(submissions);
    for task in tasks {
        latencies.extend(task.await.expect("a client finishes"));
    }
    latencies.sort_unstable();
    Measured { took: started.elapsed(), latencies }
}

/// Appends and syncs since the server started.
async fn log_counts(caller: &Caller) -> (f64, f64) {
    let asked = caller.send(reqwest::Method::GET, "/metrics", &[], Vec::new()).await;
    let text = asked.expect("the server answers").text;
    let value = |name: &str| -> f64 {
        let line = text.lines().find(|line| line.starts_with(name)).expect("it is measured");
        line.rsplit(' ').next().and_then(|value| value.parse().ok()).expect("a number")
    };
    (value("frontdoor_log_appends_total"), value("frontdoor_log_syncs_total"))
}

fn report(who: &str, measured: &Measured, bare: f64, before: (f64, f64), after: (f64, f64)) {
    let count = f64::from(u32::try_from(measured.latencies.len()).unwrap_or(u32::MAX));
    let rate = count / measured.took.as_secs_f64();
    let (appends, syncs) = (after.0 - before.0, after.1 - before.1);
    let percentile = |hundredths: usize| {
        let place = measured.latencies.len() * hundredths / 100;
        measured.latencies.get(place).copied().unwrap_or_default().as_secs_f64() * 1_000.0
    };
    println!(
        "{who}: {rate:.0} submissions/s = {:.2} × baseline; {:.3} log syncs per append; \
         latency median {:.1} ms, 90 % {:.1} ms, 99 % {:.1} ms",
        rate / bare,
        syncs / appends,
        percentile(50),
        percentile(90),
        percentile(99),
    );
}

/// Makes every read model anew from the log that was just written.
async fn replay(mut server: Server) {
    server.stop().await;
    let dir = server.data_dir();
    let dir = dir.to_str().expect("a path of plain text");
    let ran = binary::run(&["replay", "--json", "--data-dir", dir]).await;
    println!("replay: {}", ran.stdout.trim());
    let ran = binary::run(&["verify", "--json", "--data-dir", dir]).await;
    println!("verify: {}", ran.stdout.trim());
}
