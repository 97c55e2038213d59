//! The binary's other commands: what they find, and with which exit code they say it.

use frontdoor_tests::binary::{Ran, run};
use frontdoor_tests::dice::Dice;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A directory in which a made-up county with a few requests lies, and nobody serves it.
async fn county() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a directory");
    let data = home.path().join("data");
    let made = on(&data, &["demo", "--demo-requests", "40"]).await;
    assert_eq!(made.code, 0, "{made:?}");
    (home, data)
}

fn copy(data: &Path, to: &Path) -> PathBuf {
    let copied = Command::new("cp").arg("-a").args([data, to]).status();
    assert!(copied.expect("there is a program called cp").success());
    to.to_owned()
}

async fn on(data: &Path, arguments: &[&str]) -> Ran {
    let data = data.to_str().expect("a path of plain text");
    run(&[arguments, &["--data-dir", data]].concat()).await
}

#[tokio::test]
async fn the_description_in_the_repository_is_that_of_this_binary() {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../api-spec/openapi.json");
    let checked = run(&["openapi", "--check", kept]).await;
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    let description = run(&["openapi"]).await.json();
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));

    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/access.md");
    let checked = run(&["openapi", "--access", "--check", page]).await;
    assert_eq!(checked.code, 0, "{}", checked.stderr);

    let home = tempfile::tempdir().unwrap();
    let other = home.path().join("other.json");
    std::fs::write(&other, "{}").unwrap();
    let checked = run(&["openapi", "--check", other.to_str().unwrap()]).await;
    assert_eq!(checked.code, 1, "{checked:?}");
}

#[tokio::test]
async fn a_log_verifies_and_replays_to_all_of_its_events() {
    let (_home, data) = county().await;
    let verified = on(&data, &["verify", "--json"]).await;
    assert_eq!(verified.code, 0, "{verified:?}");
    let verified = verified.json();
    assert_eq!(verified["verdict"], "sound");
    assert!(verified["checkpoints"].as_u64() >= Some(1), "{verified}");

    let replayed = on(&data, &["replay", "--json"]).await;
    assert_eq!(replayed.code, 0, "{replayed:?}");
    assert_eq!(replayed.json()["events"], verified["records"]);
    assert_eq!(on(&data, &["replay"]).await.code, 0);
}

#[tokio::test]
async fn an_old_checkpoint_proves_that_the_log_only_grew() {
    let mut server = Server::with(&["--demo", "--demo-requests", "10"]).await;
    let checkpoint = server.demo("auditor").get("/audit/checkpoint").await.expect(200);
    let note = server.home().join("checkpoint");
    std::fs::write(&note, checkpoint["note"].as_str().unwrap()).unwrap();
    server.demo("school-900001").submit(&plain()).await;
    server.stop().await;
    let note = note.to_str().unwrap();
    let grown = on(server.data_dir(), &["verify", "--json", "--against", note]).await;
    assert_eq!(grown.code, 0, "{grown:?}");

    let (_home, another) = county().await;
    let other = on(&another, &["verify", "--json", "--against", note]).await;
    assert_eq!(other.code, 2, "{other:?}");
    assert_ne!(other.json()["verdict"], "sound");
}

/// The store keeps old versions of its pages, so a bit may be nobody's. What must never be is
/// a verdict of “sound” about anything but the whole log as it was.
#[tokio::test]
async fn no_flipped_bit_is_passed_over_or_brings_it_down() {
    let (home, data) = county().await;
    let whole = on(&data, &["verify", "--json"]).await.json()["root"].to_string();
    let sound = std::fs::read(data.join("log/db")).unwrap();
    let word = b"request.received";
    let record = sound.windows(word.len()).rposition(|it| it == word);
    let mut dice = Dice::new(5);
    let mut places = vec![record.expect("records are stored as they are hashed")];
    places.extend((0..20).map(|_| dice.below(sound.len())));
    for (number, place) in places.into_iter().enumerate() {
        let copied = copy(&data, &home.path().join(number.to_string()));
        let mut altered = sound.clone();
        altered[place] ^= 1 << dice.below(8);
        std::fs::write(copied.join("log/db"), &altered).unwrap();
        let found = on(&copied, &["verify", "--json"]).await;
        match found.code {
            0 => assert_eq!(found.json()["root"].to_string(), whole, "byte {place}"),
            2 => assert_eq!(found.json()["verdict"], "damaged", "byte {place}"),
            code => panic!("{code} at byte {place}: {found:?}"),
        }
    }
}

#[tokio::test]
async fn a_log_that_was_put_back_is_found_by_a_checkpoint_kept_elsewhere() {
    let mut server = Server::empty().await;
    server.stop().await;
    let data = server.data_dir().to_owned();
    let older = copy(&data, &server.home().join("older"));
    server.start().await;
    server.demo("school-900001").submit(&plain()).await;
    let checkpoint = server.demo("auditor").get("/audit/checkpoint").await.expect(200);
    server.stop().await;

    let note = server.home().join("checkpoint");
    std::fs::write(&note, checkpoint["note"].as_str().unwrap()).unwrap();
    let against = ["verify", "--json", "--against", note.to_str().unwrap()];
    assert_eq!(on(&data, &against).await.code, 0);
    assert_eq!(on(&older, &["verify"]).await.code, 0, "by itself the older log is sound");
    let found = on(&older, &against).await;
    assert_eq!(found.code, 2, "{found:?}");
    assert_ne!(found.json()["verdict"], "sound");
}

#[tokio::test]
async fn the_doctor_finds_nothing_broken_in_a_new_county() {
    let (_home, data) = county().await;
    let seen = on(&data, &["doctor", "--json"]).await;
    assert!([0, 1].contains(&seen.code), "{seen:?}");
    let findings = seen.json();
    let findings = findings.as_array().unwrap();
    assert!(findings.len() >= 5 && findings.iter().all(|it| it["verdict"] != "fail"));
    let warned = findings.iter().any(|finding| finding["verdict"] == "warn");
    assert_eq!(seen.code == 1, warned);

    let nowhere = on(&data.join("nowhere"), &["doctor", "--json"]).await;
    assert_eq!(nowhere.code, 2, "{nowhere:?}");
}

#[tokio::test]
async fn what_cannot_be_is_said_in_one_line_with_exit_code_1() {
    let server = Server::empty().await;
    let data = server.data_dir();
    let listen = ["serve", "--keys-only", "--listen", "127.0.0.1:0"];
    for arguments in [&["verify"][..], &["replay"], &listen] {
        let refused = on(data, arguments).await;
        assert_eq!(refused.code, 1, "{arguments:?}: {refused:?}");
        let last = refused.stderr.trim_end().lines().last().unwrap_or_default();
        assert!(last.starts_with("frontdoor: ") && !refused.stderr.contains("panicked"), "{last}");
    }
    let nowhere = on(&data.join("nowhere"), &["verify"]).await;
    assert_eq!(nowhere.code, 1, "{nowhere:?}");
    let everywhere = ["serve", "--demo", "--listen", "0.0.0.0:0"];
    let refused = on(&data.join("other"), &everywhere).await;
    assert!(refused.code == 1 && refused.stderr.contains("--demo"), "{refused:?}");
}

#[tokio::test]
async fn demo_keys_open_nothing_without_demo_and_an_issued_key_does_until_revoked() {
    let (_home, data) = county().await;
    let issue = ["key", "issue", "--role", "auditor", "--name", "Asha Rao"];
    let issued = on(&data, &issue).await;
    assert_eq!(issued.code, 0, "{issued:?}");
    let key = issued.stdout.trim().to_owned();

    let mut server = Server::on(&data, &[]).await;
    server.demo("auditor").get("/audit/checkpoint").await.expect_problem(401);
    server.anonymous().with_key(&key).get("/audit/checkpoint").await.expect_status(200);
    server.stop().await;
    let revoked = on(&data, &["key", "revoke", "--account", "asha-rao"]).await;
    assert_eq!(revoked.code, 0, "{revoked:?}");
    server.start().await;
    server.anonymous().with_key(&key).get("/audit/checkpoint").await.expect_problem(401);
}

#[tokio::test]
async fn a_front_door_that_nobody_can_sign_in_to_is_refused_with_what_to_set() {
    let home = tempfile::tempdir().expect("a directory");
    let refused = on(&home.path().join("data"), &["serve", "--listen", "127.0.0.1:0"]).await;
    assert_eq!(refused.code, 1, "{refused:?}");
    for word in ["FRONTDOOR_OIDC_ISSUER", "FRONTDOOR_OIDC_CLIENT_ID", "--keys-only"] {
        assert!(refused.stderr.contains(word), "{word}: {}", refused.stderr);
    }
    assert!(!home.path().join("data").exists(), "nothing was made");

    let issuer = ["serve", "--listen", "127.0.0.1:0", "--oidc-issuer", "http://id.example"];
    let bare = on(&home.path().join("data"), &issuer).await;
    assert!(bare.code == 1 && bare.stderr.contains("--oidc-client-id"), "{bare:?}");
    let clear = [&issuer[..], &["--oidc-client-id", "x"]].concat();
    let clear = on(&home.path().join("data"), &clear).await;
    assert!(clear.code == 1 && clear.stderr.contains("https://"), "{clear:?}");
}
