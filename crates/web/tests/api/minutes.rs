//! The minutes of a meeting in which everything happens that can, as text, HTML and JSON.

mod held;
mod terms;

use crate::county::{ADVISER, Answer, OURS, SERVICE, asking};
use axum::body::Body;
use axum::http::{StatusCode, header};
use held::Held;
use serde_json::{Value, json};

const PANEL: &str = "demo-panel";

/// The minutes as somebody asks for them.
async fn minutes(held: &Held, key: &str, accept: &str) -> Answer {
    let path = format!("/meetings/{}/minutes", held.meeting);
    let asked = asking("GET", key, &path).header(header::ACCEPT, accept);
    held.county.send(asked.body(Body::empty()).unwrap()).await
}

async fn text(held: &Held, key: &str) -> String {
    let answer = minutes(held, key, "text/plain").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_clerk_could_have_typed_them() {
    let held = Held::closed().await;
    insta::assert_snapshot!("draft", text(&held, PANEL).await);
}

#[tokio::test]
async fn once_signed_they_say_by_whom_and_whether_the_officer_agreed() {
    let held = Held::signed_and_ratified().await;
    held.erase_last().await;
    let text = text(&held, PANEL).await;
    insta::assert_snapshot!("signed", text);
    assert!(!text.contains("Draft"));
}

#[tokio::test]
async fn without_names_they_still_say_who_decided_what_and_why() {
    let held = Held::signed_and_ratified().await;
    let nameless = text(&held, "demo-auditor").await;
    insta::assert_snapshot!("nameless", nameless);
    assert_eq!(nameless, text(&held, "demo-commissioner").await);
    let flowing = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let facts_named = minutes(&held, PANEL, "application/json").await.body.to_string();
    for personal in held::WORDS {
        assert!(facts_named.contains(personal), "{personal}");
        assert!(!flowing(&nameless).contains(personal), "{personal}");
    }
    let facts = minutes(&held, "demo-auditor", "application/json").await;
    let facts = facts.body.to_string();
    for personal in held::WORDS {
        assert!(!facts.contains(personal), "{personal}");
    }
}

#[tokio::test]
async fn a_page_brings_its_style_and_nothing_else() {
    let held = Held::signed_and_ratified().await;
    let answer = minutes(&held, PANEL, "text/html,*/*;q=0.8").await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(answer.headers[header::VARY], "Accept");
    let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    let html = answer.body.as_str().unwrap();
    let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert_eq!(title, "Minutes: Sensory and physical panel, 9 December 2026");
    assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("href="));
    insta::assert_snapshot!("page", html);
}

#[tokio::test]
async fn as_facts_they_hold_codes_instants_and_pence() {
    let held = Held::signed_and_ratified().await;
    let answer = minutes(&held, PANEL, "*/*").await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    assert!(answer.headers.contains_key(header::ETAG));
    assert_eq!(answer.body["items"][0]["outcome"]["package"]["total"]["pence"], json!(1_221_874));
    insta::assert_json_snapshot!("facts", answer.body);
}

#[tokio::test]
async fn before_the_end_they_are_what_is_known_so_far() {
    let held = Held::called().await;
    let before = text(&held, PANEL).await;
    assert!(before.contains("Draft so far: the meeting has not begun."), "{before}");
    held.until_the_first_decision().await;
    let during = text(&held, PANEL).await;
    assert!(during.contains("Draft so far: the meeting is under way"), "{during}");
    assert!(during.contains("Not taken yet."), "{during}");
    assert!(!during.contains("SIGNATURE"), "{during}");
}

#[tokio::test]
async fn everybody_else_may_not_read_them_and_what_is_not_there_is_not_found() {
    let held = Held::called().await;
    for key in [OURS, ADVISER, SERVICE, "demo-admin"] {
        assert_eq!(minutes(&held, key, "*/*").await.status, StatusCode::FORBIDDEN, "{key}");
    }
    for key in ["demo-coordinator", "demo-dpo"] {
        assert_eq!(minutes(&held, key, "*/*").await.status, StatusCode::OK, "{key}");
    }
    for name in ["sensory-physical-2026-12-10", "Nobody%20met", "%FF"] {
        let answer = held.county.get(PANEL, &format!("/meetings/{name}/minutes")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
}

#[tokio::test]
async fn reading_them_is_one_access_to_every_child_of_the_meeting() {
    let held = Held::closed().await;
    let lines = |held: &Held| held.county.accesses().lines().count();
    let before = lines(&held);
    text(&held, "demo-auditor").await;
    assert_eq!(lines(&held), before);
    text(&held, PANEL).await;
    assert_eq!(lines(&held), before + 1);
    let accesses = held.county.accesses();
    let last: Value = serde_json::from_str(accesses.lines().last().unwrap()).unwrap();
    assert_eq!(last["operation"], json!("read_minutes"), "{last}");
    assert_eq!(last["subjects"]["these"].as_array().map(Vec::len), Some(6), "{last}");
}

#[tokio::test]
async fn a_meeting_that_was_called_off_says_so() {
    let held = Held::called().await;
    held.cancel().await;
    let text = text(&held, PANEL).await;
    assert!(text.contains("This meeting did not take place: there would be no quorum."), "{text}");
    assert!(!text.contains("ATTENDANCE"), "{text}");
}
async fn papers(held: &Held, key: &str, accept: &str) -> Answer {
    let path = format!("/meetings/{}/papers", held.meeting);
    let asked = asking("GET", key, &path).header(header::ACCEPT, accept);
    held.county.send(asked.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_cover_of_the_papers_names_no_child_and_opens_nothing() {
    let held = Held::called().await;
    let before = held.county.accesses();
    let text = papers(&held, PANEL, "text/plain").await.body;
    let text = text.as_str().unwrap();
    insta::assert_snapshot!("papers", text);
    let page = papers(&held, PANEL, "text/html").await.body;
    let facts = papers(&held, PANEL, "application/json").await.body;
    for written in [text, page.as_str().unwrap(), &facts.to_string()] {
        for name in ["Ivy", "Firle", "Noah", "Zara", "Finn", "Ella", "Kofi", "report.pdf"] {
            assert!(!written.contains(name), "{name}");
        }
    }
    assert_eq!(facts["items"][0]["pack"]["documents"][0]["kind"], json!("report"));
    assert_eq!(held.county.accesses(), before);
    assert_eq!(papers(&held, OURS, "text/html").await.status, StatusCode::FORBIDDEN);
    let nowhere = held.county.get(PANEL, "/meetings/sensory-physical-2020-01-01/papers").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
