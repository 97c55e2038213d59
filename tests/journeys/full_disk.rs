//! When the log cannot be written, nothing is pretended: writes are refused, reads go on,
//! readiness says so, and what was acknowledged is there after the next start.

use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use std::collections::BTreeSet;
use std::path::Path;

const DEMO: [&str; 3] = ["--demo", "--demo-requests", "0"];
/// Far more submissions than fit.
const MOST: usize = 2_000;

/// Run so that no file may grow beyond 1,600 KiB: a little more than the new county's log.
fn little_room(_: &Path) -> Vec<String> {
    let limits = "trap '' XFSZ; ulimit -f 1600; exec \"$0\" \"$@\"";
    ["bash", "-c", limits].map(str::to_owned).to_vec()
}

#[tokio::test]
async fn a_log_that_cannot_be_written_refuses_writes_and_goes_on_reading() {
    let mut server = Server::wrapped(little_room, &DEMO).await;
    let school = server.demo("school-900001");
    let mut acknowledged = BTreeSet::new();
    let refused = loop {
        let answer = school.post("/requests", &plain()).await;
        if answer.status != 201 {
            break answer;
        }
        acknowledged.insert(answer.json()["id"].to_string());
        assert!(acknowledged.len() < MOST, "the log never fills");
    };
    assert!(!acknowledged.is_empty());
    refused.expect_problem(503);
    assert!(!refused.header("retry-after").is_empty());
    school.post("/requests", &plain()).await.expect_problem(503);
    assert_ne!(school.get("/health/ready").await.expect(503)["log"], "ok");
    assert_eq!(school.get("/health/live").await.status, 200);
    let read = school.every("/requests").await.len();
    assert!(read >= acknowledged.len(), "{read} of {}", acknowledged.len());

    server.kill();
    let server_again = Server::on(server.data_dir(), &DEMO).await;
    let there = server_again.demo("school-900001").every("/requests").await;
    let there: BTreeSet<String> = there.iter().map(|request| request["id"].to_string()).collect();
    assert!(there.is_superset(&acknowledged), "{} lost", acknowledged.difference(&there).count());
    server_again.demo("school-900001").submit(&plain()).await;
}
