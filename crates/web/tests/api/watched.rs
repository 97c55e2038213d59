//! What whoever watches over the door reads in our log: who was refused and why, by codes and
//! account ids, and nothing about any child.

use crate::county::{Answer, County, OURS, hearing};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::subscriber::{DefaultGuard, set_default};

/// A service that has no part in the request.
const OUTSIDE: &str = "demo-service-education-welfare";

/// Our log, as a machine reads it.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<u8>>>);

impl Write for Told {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Told {
    /// From here on, what happens in this thread.
    fn listening() -> (Self, DefaultGuard) {
        let told = Self::default();
        let writer = told.clone();
        let log = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        (told, set_default(log))
    }

    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        String::from_utf8(bytes).unwrap()
    }

    fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// What was told to whoever watches.
    fn happenings(&self) -> Vec<Value> {
        let lines = self.lines().into_iter().filter(|line| line["target"] == "security");
        lines.map(|line| line["fields"].clone()).collect()
    }
}

async fn showing(county: &County, shown: Option<(header::HeaderName, &str)>) -> Answer {
    let mut request = Request::get("/api/v1/requests?q=Firle");
    if let Some((name, value)) = shown {
        request = request.header(name, value);
    }
    county.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn who_shows_nothing_that_opens_the_door_is_told_by_kind_and_the_key_is_not() {
    let county = County::founded().await;
    let (told, _listening) = Told::listening();
    for shown in [
        None,
        Some((header::AUTHORIZATION, "Bearer canary-key")),
        Some((header::COOKIE, "__Host-frontdoor=canary-cookie")),
    ] {
        assert_eq!(showing(&county, shown).await.status, StatusCode::UNAUTHORIZED);
    }
    let unknown = |why| json!({"event": "unknown", "why": why});
    let expected = [unknown("nothing_shown"), unknown("key"), unknown("session")];
    assert_eq!(told.happenings(), expected);
    assert!(!told.text().contains("canary"), "{}", told.text());
}

#[tokio::test]
async fn who_is_refused_is_told_with_account_operation_and_reason() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let (told, _listening) = Told::listening();
    let refused = county.act(OURS, &id, "route", &json!({})).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    let expected = json!({
        "event": "refused", "account": OURS, "operation": "route", "why": "role",
    });
    assert_eq!(told.happenings(), [expected]);
}

#[tokio::test]
async fn who_breaks_the_glass_is_told_with_the_code_and_without_the_words() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let (told, _listening) = Told::listening();
    let words = "Ivy was found alone at the station";
    let body = json!({"reason": {"code": "safeguarding", "text": words}});
    let broken = county.act(OUTSIDE, &id, "break-glass", &body).await;
    assert_eq!(broken.status, StatusCode::OK, "{}", broken.body);
    let happened = told.happenings();
    assert_eq!(happened.len(), 1, "{happened:?}");
    let expected = json!({"event": "glass_broken", "account": OUTSIDE, "why": "safeguarding"});
    assert_eq!(happened.first(), Some(&expected));
    for personal in ["Ivy", "Firle", "station", id.as_str()] {
        assert!(!told.text().contains(personal), "{personal}: {}", told.text());
    }
}

#[tokio::test]
async fn every_line_says_which_account_asked_for_what_also_where_nothing_was_found() {
    let county = County::founded().await;
    let (told, _listening) = Told::listening();
    let absent = "/requests/00000000-0000-7000-8000-000000000000";
    assert_eq!(county.get(OURS, absent).await.status, StatusCode::NOT_FOUND);
    let lines = told.lines();
    let answered = lines.iter().find(|line| line["fields"]["status"] == 404).unwrap();
    let span = &answered["span"];
    assert_eq!((&span["account"], &span["operation"]), (&json!(OURS), &json!("read_request")));
    assert_eq!(span["path"], "/api/v1/requests/{id}", "and never which");
}
