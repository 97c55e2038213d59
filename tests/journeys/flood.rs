//! Many at once: submissions that come together share a sync, and all are answered.

use frontdoor_tests::caller::Caller;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use tokio::task::JoinSet;

const CLIENTS: u64 = 64;
const EACH: u64 = 20;

/// A figure of `/metrics` without labels.
async fn figure(caller: &Caller, name: &str) -> u64 {
    let metrics = caller.get("/metrics").await.text;
    let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.and_then(|figure| figure.parse().ok()).unwrap_or_else(|| panic!("{name}:\n{metrics}"))
}

#[tokio::test]
async fn sixty_four_clients_share_their_syncs() {
    let server = Server::empty().await;
    let caller = server.demo("school-900001");
    let (appends, syncs) = ("frontdoor_log_appends_total", "frontdoor_log_syncs_total");
    let before = (figure(&caller, appends).await, figure(&caller, syncs).await);

    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let caller = caller.clone();
        clients.spawn(async move {
            for _ in 0..EACH {
                caller.submit(&plain()).await;
            }
        });
    }
    clients.join_all().await;

    let appended = figure(&caller, appends).await - before.0;
    let synced = figure(&caller, syncs).await - before.1;
    // What follows the log, such as the post, appends of its own accord beside them.
    assert!(appended >= CLIENTS * EACH, "{appended} appends");
    assert!(synced * 4 < appended, "{synced} syncs for {appended} appends");
}
