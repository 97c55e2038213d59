//! What is secret is not said, however much the log is asked to tell.

use frontdoor_tests::post::{Call, Letterbox};
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use serde_json::json;

/// Of the mail server's password and of GOV.UK Notify's key.
const PASSWORD: &str = "canary-smtp-0aec41";
const NOTIFY: &str =
    "news-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";
/// Of a key that is none: whoever mistypes theirs has not given it to our log.
const GUESS: &str = "canary-guess-77b0de";

#[tokio::test]
async fn no_key_password_or_secret_is_in_the_log_even_at_trace() {
    let letters = Letterbox::<Call>::answering(&[]);
    let mail = format!("smtp://front-door:{PASSWORD}@127.0.0.1:1");
    let server = Server::with(&[
        "--demo",
        "--demo-requests",
        "0",
        "--log-level",
        "trace",
        "--allow-loopback-webhooks",
        "--post-retry-base-seconds",
        "0",
        "--smtp-url",
        &mail,
        "--mail-from",
        "front-door@council.example",
        "--notify-key",
        NOTIFY,
        "--notify-template",
        "1cb1b4d6-6b0a-4e24-8b45-0f6b7a0fb5e0",
    ])
    .await;
    let (school, other) = (server.demo("school-900001"), server.demo("school-900002"));
    let hook = json!({"channel": "webhook", "url": letters.url()});
    let chosen = school.put("/schools/900001/updates", &hook).await.expect(200);
    let hook_secret = chosen["secret"].as_str().expect("a secret is made").to_owned();
    let post = json!({"channel": "email", "email": "senco@school.example"});
    other.put("/schools/900002/updates", &post).await.expect_status(200);
    school.submit(&plain()).await.expect_status(201);
    server.anonymous().with_key(GUESS).get("/requests").await.expect_status(401);
    assert!(!letters.wait_for(1).await.is_empty());

    let master = std::fs::read_to_string(server.data_dir().join("keys/master.key"));
    let master = master.expect("the demonstration keeps it there").trim().to_owned();
    let said = server.said();
    assert!(said.contains("TRACE"), "everything is told");
    let secrets = [PASSWORD, NOTIFY, GUESS, &hook_secret, &master];
    for secret in secrets {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
    for part in [&NOTIFY[NOTIFY.len() - 36..], hook_secret.trim_start_matches("whsec_")] {
        assert!(!said.contains(part), "{part} is in the log");
    }
}
