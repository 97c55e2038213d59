//! An erasure holds: against a backup from before it, and against a process that is killed while
//! it erases; and nothing is left that anybody could read, anywhere.

mod backup;
mod keys;
mod life;
mod nothing_left;
mod walk;

use frontdoor_tests::binary;
use frontdoor_tests::caller::Caller;
use frontdoor_tests::canary::search;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Duration;

const DEMO: [&str; 3] = ["--demo", "--demo-requests", "0"];
/// How often a server is killed while it erases.
const ROUNDS: u64 = 8;

/// Submits a request about a child of this name.
async fn asked_for(server: &Server, name: &str) -> String {
    let mut body = plain();
    body["child"]["given_name"] = json!(name);
    body["summary"] = json!(format!("{name} sits in the front row."));
    let stored = server.demo("school-900001").submit(&body).await.json();
    stored["id"].as_str().expect("an id").to_owned()
}

async fn read(caller: &Caller, request: &str) -> Value {
    caller.get(&format!("/requests/{request}")).await.expect(200)
}

fn child_of(request: &Value) -> String {
    request["child"]["id"].as_str().expect("a pseudonym").to_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of plain text")
}

/// The lines of a file of keys that are about a child, as they are wrapped.
fn wrapped_keys(file: &Path, child: &str) -> Vec<String> {
    let keys = fs::read_to_string(file).expect("a file of keys");
    keys.lines().filter(|line| line.contains(child)).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_backup_from_before_an_erasure_does_not_bring_the_child_back() {
    let mut server = Server::with(&DEMO).await;
    let gone = asked_for(&server, "Zanziquorn").await;
    let stays = asked_for(&server, "Firlebeacon").await;
    let child = child_of(&read(&server.demo("adviser"), &gone).await);
    let other_before = read(&server.demo("adviser"), &stays).await;
    server.stop().await;

    let home = tempfile::tempdir().expect("a directory");
    let (backup, keys) = (home.path().join("backup"), home.path().join("keys"));
    let data = server.data_dir().to_owned();
    let backed_up = binary::run(&[
        "backup",
        "--json",
        "--to",
        text(&backup),
        "--keys-to",
        text(&keys),
        "--data-dir",
        text(&data),
    ])
    .await;
    assert_eq!(backed_up.code, 0, "{backed_up:?}");
    assert!(!wrapped_keys(&keys.join("keys.jsonl"), &child).is_empty());

    server.start().await;
    let erased = server.demo("dpo").post(&format!("/children/{child}/erase"), &json!({})).await;
    erased.expect_status(200);
    server.stop().await;
    let wrapped = wrapped_keys(&keys.join("keys.jsonl"), &child);
    assert_eq!(search(&data, &wrapped), []);

    let restored = home.path().join("restored");
    let arguments = [
        "restore",
        "--json",
        "--from",
        text(&backup),
        "--keys-from",
        text(&keys),
        "--data-dir",
        text(&restored),
    ];
    let refused = binary::run(&arguments).await;
    assert!(refused.code != 0 && refused.stderr.contains("--erasures"), "{refused:?}");
    let ledger = data.join("erasures.jsonl");
    let with_ledger: Vec<_> =
        arguments.iter().copied().chain(["--erasures", text(&ledger)]).collect();
    let ran = binary::run(&with_ledger).await;
    assert_eq!((ran.code, &ran.json()["later_erasures"]), (0, &json!(1)), "{ran:?}");
    assert_eq!(search(&restored, &wrapped), []);
    let again = binary::run(&with_ledger).await;
    assert!(again.stderr.contains("not empty"), "{again:?}");

    let mut server = Server::on(&restored, &DEMO).await;
    let adviser = server.demo("adviser");
    let shown = read(&adviser, &gone).await;
    assert_eq!(shown["child"]["erased"], true);
    let timeline = adviser.get(&format!("/requests/{gone}/timeline")).await.expect(200);
    assert!(!format!("{shown}{timeline}").contains("Zanziquorn"), "{shown}{timeline}");
    assert_eq!(read(&adviser, &stays).await, other_before);
    let certificate = server.demo("dpo").get(&format!("/children/{child}/erasure")).await;
    assert_eq!(certificate.expect(200)["erased_by"]["id"], "erasure-ledger");
    server.stop().await;
    let verified = binary::run(&["verify", "--json", "--data-dir", text(&restored)]).await;
    assert_eq!((verified.code, &verified.json()["verdict"]), (0, &json!("sound")));
}

#[tokio::test]
async fn a_process_that_is_killed_while_it_erases_has_erased_the_child_or_not() {
    let mut server = Server::with(&DEMO).await;
    for round in 0..ROUNDS {
        let name = format!("Zanzi{round}");
        let request = asked_for(&server, &name).await;
        let child = child_of(&read(&server.demo("adviser"), &request).await);
        let (dpo, path) = (server.demo("dpo"), format!("/children/{child}/erase"));
        let asked =
            tokio::spawn(
                async move { dpo.send(reqwest::Method::POST, &path, &[], Vec::new()).await },
            );
        tokio::time::sleep(Duration::from_millis(round * 3)).await;
        server.kill();
        let answered = asked.await.expect("it was asked").is_ok_and(|it| it.status == 200);
        server.start().await;

        let ledger = fs::read_to_string(server.data_dir().join("erasures.jsonl"));
        let decided = ledger.is_ok_and(|lines| lines.contains(&child));
        let shown = read(&server.demo("adviser"), &request).await;
        assert_eq!(shown["child"]["erased"], decided, "round {round}: {shown}");
        assert_eq!(shown.to_string().contains(&name), !decided, "round {round}: {shown}");
        assert!(decided || !answered, "round {round}: it was answered and then forgotten");
        let certificate = server.demo("dpo").get(&format!("/children/{child}/erasure")).await;
        certificate.expect_status(if decided { 200 } else { 404 });
    }
}
