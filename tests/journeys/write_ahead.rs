//! Acknowledged means on disk: between the last write of a record's bytes to the log and the
//! answer to whoever sent it lies a sync of that file. Watched from outside, by `strace`.

use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use frontdoor_tests::syscalls::{Call, read};
use std::path::Path;

const TRACED: &str = "trace=write,pwrite64,writev,pwritev,sendto,sendmsg,fsync,fdatasync";
const LOG: &str = "/data/log/db";
const SUBMISSIONS: usize = 5;

/// Run by `strace`, which detaches (`-D`), so that the process that we kill is the server.
fn strace(home: &Path) -> Vec<String> {
    let trace = home.join("trace").to_string_lossy().into_owned();
    let line = ["strace", "-D", "-f", "-tt", "-yy", "-s", "1000000", "-e", TRACED, "-o", &trace];
    line.map(str::to_owned).to_vec()
}

fn is_answer(call: &Call, id: &str) -> bool {
    call.is_write() && call.arguments.contains("201 Created") && call.arguments.contains(id)
}

#[tokio::test]
async fn a_sync_of_the_log_lies_between_the_last_write_of_a_record_and_its_answer() {
    let mut server = Server::wrapped(strace, &["--demo", "--demo-requests", "0"]).await;
    let school = server.demo("school-900001");
    let mut ids = Vec::new();
    for _ in 0..SUBMISSIONS {
        let request = school.submit(&plain()).await.json();
        ids.push(request["id"].as_str().unwrap().to_owned());
    }
    server.stop().await;
    let trace = std::fs::read_to_string(server.home().join("trace")).unwrap();
    let calls = read(&trace);
    for id in ids {
        let answer = calls.iter().find(|call| is_answer(call, &id)).expect("it was answered");
        let holds_it =
            |call: &&Call| call.is_write() && call.is_on(LOG) && call.arguments.contains(&id);
        let written = calls.iter().filter(holds_it).map(|call| call.returned).min();
        let written = written.expect("it was written to the log");
        // Whoever follows the log writes to it too, but not between a record and its sync: one
        // thread does both.
        let syncs = calls.iter().filter(|call| call.is_sync() && call.is_on(LOG));
        let synced = syncs.filter(|call| call.made > written).min_by_key(|call| call.made);
        let synced = synced.expect("it was synced").returned;
        let made = answer.made;
        assert!(synced < made, "written at {written}, synced at {synced}, answered at {made}");
    }
}
