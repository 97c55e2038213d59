//! The auditor: sees everything as it stood, and nobody's name.

use super::{Told, path};
use reqwest::Method;
use serde_json::{Value, json};

/// The checkpoint that an auditor keeps is about the log as it was then.
pub(super) async fn takes_a_checkpoint_away(told: &Told) {
    let checkpoint = [("accept", "text/plain")];
    let auditor = told.story.caller("auditor");
    let note = auditor.send(Method::GET, "/audit/checkpoint", &checkpoint, vec![]).await;
    let note = note.expect("an answer");
    note.expect_status(200);
    told.keep("checkpoint.txt", &note.text);
}

pub(super) async fn sees_it_as_it_stood(told: &Told) {
    let audited = format!("/audit{}", path(&told.ivy, ""));
    let then = told.auditor(&format!("{audited}?as_at=2026-09-01T12:00:00Z")).await;
    let now = told.auditor(&audited).await;
    let names = |shown: &Value| {
        let events = shown["events"].as_array().expect("events").iter();
        events.map(|it| it["type"].as_str().expect("a type").to_owned()).collect::<Vec<_>>()
    };
    assert!(names(&now).contains(&"request.accepted".to_owned()), "{now}");
    assert!(!names(&then).contains(&"request.accepted".to_owned()), "{then}");
    assert_eq!(then["checkpoint"]["size"], then["position"], "the checkpoint is of that moment");
    for shown in [&then, &now] {
        assert!(!shown.to_string().contains("Quendelina"), "an auditor sees no name: {shown}");
    }

    let between = "/difference?from=2026-09-01T12:00:00Z&to=2026-09-02T12:00:00Z";
    let changed = told.auditor(&format!("{audited}{between}")).await;
    assert!(names(&changed).contains(&"request.accepted".to_owned()), "{changed}");
    assert!(!changed["changes"].as_array().expect("changes").is_empty());
}

pub(super) async fn replays_the_decision(told: &Told) {
    let replayed = told.auditor(&format!("/audit{}", path(&told.ivy, "/triage/replay"))).await;
    assert_eq!(replayed["same"], true, "{replayed}");
    let all = told.auditor("/audit/triage/replay?from=2026-09-01&to=2026-09-30").await;
    assert_eq!((&all["same"], &all["different"]), (&json!(2), &json!(0)), "{all}");
}

/// The note that advisers wrote between themselves was never the school's to see.
pub(super) async fn sees_what_the_school_could_see(told: &Told) {
    let seen = |urn: &str, at: &str| {
        let place = path(&told.ivy, "/seen-by");
        format!("/audit{place}?school_urn={urn}&at={at}")
    };
    let early = told.auditor(&seen("900001", "2026-09-01T14:00:00Z")).await;
    assert_eq!(early["visible"], true);
    let lines = early["timeline"].as_array().expect("lines");
    assert!(lines.iter().all(|line| line["type"] != "request.noted"), "{early}");
    assert!(!early["withheld"].as_array().expect("what was withheld").is_empty());
    let other = told.auditor(&seen("900002", "2026-09-07T08:00:00Z")).await;
    assert_eq!((&other["visible"], &other["request"]), (&json!(false), &Value::Null));
}

/// Somebody opened the record by exception, and that is on record too.
pub(super) async fn looks_behind_the_glass(told: &mut Told) {
    let stranger = told.story.caller("service-specialist-sen");
    stranger.get(&path(&told.ivy, "")).await.expect_problem(404);
    let exception = json!({"reason": {"code": "safeguarding", "text": "A worried call."},
        "minutes": 30});
    stranger.act(&told.ivy, "break-glass", &exception).await;
    let read = stranger.get(&path(&told.ivy, "")).await.expect(200);
    assert_eq!(read["child"]["family_name"], "Quendelina");
    let broken = told.auditor("/audit/break-glass?from=2026-09-01&to=2026-09-30").await;
    let broken = &broken["items"][0];
    assert_eq!(broken["code"], "safeguarding", "{broken}");
    told.story.pass("2026-09-07T09:31:00Z").await;
    let stranger = told.story.caller("service-specialist-sen");
    stranger.get(&path(&told.ivy, "")).await.expect_problem(404);
}

/// After the erasure: history, replay and proofs are as they were.
pub(super) async fn still_proves_everything(told: &Told) {
    let audited = format!("/audit{}", path(&told.ivy, ""));
    let then = told.auditor(&format!("{audited}?as_at=2026-09-01T12:00:00Z")).await;
    assert_eq!(then["needs"]["primary"], "HI");
    let replayed = told.auditor(&format!("{audited}/triage/replay")).await;
    assert_eq!((&replayed["same"], &replayed["facts_from"]), (&json!(true), &json!("codes")));
    let kept = std::fs::read_to_string(told.kept("checkpoint.txt")).expect("it was kept");
    let size = kept.lines().nth(1).expect("a size");
    let grown = told.auditor(&format!("/audit/proofs/consistency?from={size}")).await;
    assert!(!grown["hashes"].as_array().expect("hashes").is_empty(), "{grown}");
}
