//! Checkpoints leave the house: to a directory and to a webhook, signed; and a log that was cut
//! back is told from one that grew by a checkpoint that was kept elsewhere.

use frontdoor_tests::binary::run;
use frontdoor_tests::post::{Letterbox, Reply};
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use serde_json::Value;
use standardwebhooks::Webhook;
use std::fs;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

#[tokio::test]
async fn a_checkpoint_is_kept_in_a_directory_and_sent_to_a_webhook_that_can_check_it() {
    let hook = Letterbox::answering(&[]);
    let (elsewhere, url) = (tempfile::tempdir().expect("a directory"), hook.url());
    let to = elsewhere.path().join("kept");
    let to = to.to_str().expect("plain text");
    let demo = ["--demo", "--demo-requests", "0", "--allow-loopback-webhooks"];
    let places = ["--publish-checkpoints-to", to, "--publish-checkpoints-url", &*url];
    let secret = ["--publish-checkpoints-secret", SECRET];
    let mut server = Server::with(&[&demo[..], &places, &secret].concat()).await;
    server.demo("school-900001").submit(&plain()).await;
    assert_eq!(server.stop().await, 0, "{}", server.said());

    let latest = fs::read_to_string(format!("{to}/latest")).expect("the latest");
    let size = latest.lines().nth(1).expect("a size");
    assert_eq!(fs::read_to_string(format!("{to}/{size}")).expect("one of its size"), latest);
    let oracle = Webhook::new(SECRET).expect("a secret of the standard");
    let calls = hook.wait_for(2).await;
    for call in &calls {
        oracle.verify(call.body.as_bytes(), &call.headers).expect("it is signed");
    }
    let last: Value = serde_json::from_str(&calls.last().expect("one").body).expect("JSON");
    assert_eq!(last["type"], "checkpoint.signed");
    assert_eq!(last["data"]["note"], latest.as_str());

    let data = server.data_dir().to_str().expect("plain text");
    let kept = format!("{to}/{size}");
    let against = ["verify", "--against", &kept, "--json", "--data-dir", data];
    assert_eq!(run(&against).await.code, 0);
    let root = latest.lines().nth(2).expect("a root");
    for (head, code) in [(format!("{size}:{root}"), 0), (format!("7:{root}"), 2)] {
        let written_down = ["verify", "--against-root", &head, "--data-dir", data];
        let verified = run(&written_down).await;
        assert_eq!(verified.code, code, "{verified:?}");
    }
}

#[tokio::test]
async fn a_webhook_that_is_inside_or_broken_keeps_nobody_waiting() {
    let broken = Letterbox::answering(&[Reply::Status(500), Reply::Silence]);
    let demo = ["--demo", "--demo-requests", "0"];
    for (url, options) in
        [("https://10.0.0.1/".to_owned(), &[][..]), (broken.url(), &["--allow-loopback-webhooks"])]
    {
        let place = ["--publish-checkpoints-url", &*url];
        let mut server = Server::with(&[&demo[..], &place, options].concat()).await;
        server.demo("school-900001").submit(&plain()).await;
        assert_eq!(server.stop().await, 0, "{}", server.said());
        assert!(server.said().contains("a checkpoint could not be published"), "{}", server.said());
    }
}

#[tokio::test]
async fn one_stream_is_exported_to_a_file_under_the_checkpoint_of_the_whole_log() {
    let mut server = Server::with(&["--demo", "--demo-requests", "0"]).await;
    let id = server.demo("school-900001").submit(&plain()).await.json()["id"].clone();
    server.stop().await;
    let (out, data) = (server.home().join("events.jsonl"), server.data_dir());
    let (out, data) = (out.to_str().expect("plain text"), data.to_str().expect("plain text"));
    let stream = format!("request-{}", id.as_str().expect("an id"));
    let ran = run(&["export", "--stream", &stream, "--out", out, "--data-dir", data]).await;
    assert_eq!((ran.code, &*ran.stdout), (0, ""), "{ran:?}");
    let text = fs::read_to_string(out).expect("it was written");
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(lines[0]["size"].as_u64() > Some(2) && lines[0]["checkpoint"].is_string());
    assert_eq!(lines[1]["event"]["type"], "request.received");
    assert!(lines[1..].iter().all(|line| line["event"]["stream"] == stream.as_str()));
}
