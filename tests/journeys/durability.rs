//! Killed at any moment, the server comes back by itself to everything it acknowledged, and
//! a question that is asked again is not answered twice.

use frontdoor_tests::caller::Caller;
use frontdoor_tests::canary::files;
use frontdoor_tests::dice::Dice;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, random};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

const KILLS: u64 = 20;
const CLIENTS: u64 = 8;
/// The most that one client sends between two kills.
const MOST_EACH: u64 = 400;

/// One submission: its key and its body, and the id if it was acknowledged.
struct Sent {
    key: String,
    body: Value,
    id: Option<String>,
}

async fn send(caller: &Caller, key: &str, body: &Value) -> Option<String> {
    let answer = caller.try_post("/requests", body, &[("idempotency-key", key)]).await.ok()?;
    match answer.status {
        201 => answer.json()["id"].as_str().map(str::to_owned),
        503 => None,
        _ => panic!("{}", answer.text),
    }
}

/// Submits until the server is gone.
async fn submit_until_gone(caller: Caller, round: u64, client: u64) -> Vec<Sent> {
    let mut dice = Dice::new(round * 1_000 + client);
    let mut all = Vec::new();
    for number in 0..MOST_EACH {
        let (key, body) = (format!("{round}-{client}-{number}"), random(&mut dice));
        let id = send(&caller, &key, &body).await;
        let gone = id.is_none();
        all.push(Sent { key, body, id });
        if gone {
            break;
        }
    }
    all
}

/// Asks again with the same key: what was acknowledged gives the same id, what was not is
/// stored now, once.
async fn ask_again(caller: &Caller, sent: &Sent) -> String {
    let again = send(caller, &sent.key, &sent.body).await.expect("the server is back");
    if let Some(first) = &sent.id {
        assert_eq!(&again, first, "a second request was made");
    }
    let once_more = send(caller, &sent.key, &sent.body).await;
    assert_eq!(once_more.as_ref(), Some(&again));
    again
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed() {
    let mut server = Server::empty().await;
    let mut dice = Dice::new(865);
    let mut stored: BTreeMap<String, String> = BTreeMap::new();
    let mut acknowledged = 0;
    for round in 0..KILLS {
        let school = server.demo("school-900001");
        let mut clients = JoinSet::new();
        for client in 0..CLIENTS {
            clients.spawn(submit_until_gone(school.clone(), round, client));
        }
        sleep(Duration::from_millis(u64::try_from(dice.from_to(1, 150)).unwrap())).await;
        server.kill();
        let sent: Vec<Sent> = clients.join_all().await.into_iter().flatten().collect();

        server.start().await;
        let school = server.demo("school-900001");
        let there = school.every("/requests").await;
        let there: BTreeSet<&str> = there.iter().filter_map(|it| it["id"].as_str()).collect();
        for sent in &sent {
            if let Some(id) = &sent.id {
                assert!(there.contains(&**id), "lost: {id} of round {round}");
                acknowledged += 1;
            }
            stored.insert(sent.key.clone(), ask_again(&school, sent).await);
        }
    }
    assert!(acknowledged > KILLS, "only {acknowledged} were acknowledged between kills");
    let everything = server.demo("school-900001").every("/requests").await;
    let ids: BTreeSet<&str> = stored.values().map(String::as_str).collect();
    let there: BTreeSet<&str> = everything.iter().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!((ids.len(), everything.len()), (stored.len(), stored.len()));
    assert_eq!(there, ids);
}

#[tokio::test]
async fn a_snapshot_that_a_crash_left_unfinished_does_not_stop_a_start() {
    let mut server = Server::empty().await;
    let stored = server.demo("school-900001").submit(&plain()).await;
    server.kill();
    let log = files(server.data_dir()).into_iter().find(|file| file.ends_with("log/db"));
    let torn = log.expect("the log has a file").with_file_name("snap.00000000000F0000.generating");
    std::fs::write(&torn, b"torn").unwrap();

    server.start().await;
    let school = server.demo("school-900001");
    let there = school.get(stored.header("location")).await.expect(200);
    assert_eq!(there["id"], stored.json()["id"]);
    assert!(!torn.exists());
}

#[tokio::test]
async fn read_models_that_were_lost_or_damaged_are_made_anew() {
    let mut server = Server::with(&["--demo", "--demo-requests", "30"]).await;
    let before = server.demo("adviser").every("/requests").await;
    let views = server.data_dir().join("views");
    for damage in [true, false] {
        server.kill();
        if damage {
            for file in files(&views) {
                std::fs::write(file, b"not a database").unwrap();
            }
        } else {
            std::fs::remove_dir_all(&views).unwrap();
        }
        server.start().await;
        assert_eq!(server.demo("adviser").every("/requests").await, before);
    }
}
