//! Bodies that nobody would send on purpose: never a 5xx, never a dropped connection, always
//! a problem that says what is wrong, and nothing half-stored.

use frontdoor_tests::caller::Caller;
use frontdoor_tests::dice::Dice;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, random};
use reqwest::Method;
use serde_json::{Value, json};

const BODIES: u64 = 3_000;
const ACTIONS: [(&str, &str); 6] = [
    ("school-900001", "supply-information"),
    ("adviser", "advise"),
    ("adviser", "route"),
    ("adviser", "close"),
    ("service-sensory-support", "decline"),
    ("service-sensory-support", "record-outcome"),
];

/// A value where it does not belong.
fn misfit(dice: &mut Dice) -> Value {
    let long = "x".repeat(20_000);
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(1e308),
        json!(-0.000_000_1),
        json!(""),
        json!("\u{0}\u{1b}[2J"),
        json!("\u{202e}\u{feff}’"),
        json!(long),
        json!([]),
        json!([[[[[[[[]]]]]]]]),
        json!({}),
        json!({"given": {"given": {"given": []}}}),
        json!("0000-00-00"),
        json!("9999-12-31"),
    ];
    dice.one(&values).clone()
}

/// Every pointer of a value, itself first.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{place}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The same with a few of its values, somewhere, replaced, doubled or removed.
fn disturbed(dice: &mut Dice, mut body: Value) -> Value {
    for _ in 0..=dice.below(3) {
        let mut places = Vec::new();
        pointers(&body, "", &mut places);
        let misfit = misfit(dice);
        let place = body.pointer_mut(dice.one(&places).as_str()).expect("it was found there");
        match (dice.below(4), place) {
            (0, Value::Object(members)) => {
                members.insert("unknown/~field".to_owned(), misfit);
            }
            (1, Value::Array(items)) => *items = vec![misfit; 60],
            (_, place) => *place = misfit,
        }
    }
    body
}

/// Text that is broken as text.
fn broken(dice: &mut Dice, text: String) -> Vec<u8> {
    let mut bytes = text.into_bytes();
    let place = dice.below(bytes.len());
    match dice.below(7) {
        0 => bytes.truncate(place),
        1 => bytes[place] = 0xff,
        2 => bytes.insert(place, b'"'),
        3 => bytes = [b"[".repeat(30_000), bytes].concat(),
        4 => bytes = [&br#"{"about":"school","about":"child","#[..], &bytes[1..]].concat(),
        5 => bytes = [&br#"{"x":1e999999,"#[..], &bytes[1..]].concat(),
        _ => bytes = [&[0xef, 0xbb, 0xbf], &bytes[..]].concat(),
    }
    bytes
}

fn body(dice: &mut Dice, valid: Value) -> Vec<u8> {
    let body = if dice.percent(80) { disturbed(dice, valid) } else { valid };
    if dice.percent(30) { broken(dice, body.to_string()) } else { body.to_string().into_bytes() }
}

/// Whether it was taken; if not, it must have been refused as it should.
async fn taken(caller: &Caller, path: &str, body: Vec<u8>, seed: u64) -> bool {
    let shown = String::from_utf8_lossy(&body[..body.len().min(2_000)]).into_owned();
    let answer = caller.send(Method::POST, path, &[], body).await;
    let answer = answer.unwrap_or_else(|error| panic!("{error} (seed {seed}): {shown}"));
    let place = format!("{} (seed {seed}): {shown}", answer.text);
    match answer.status {
        200 | 201 => true,
        400 | 409 | 413 | 422 => {
            answer.expect_problem(answer.status);
            let errors = answer.json()["errors"].as_array().map_or(0, Vec::len);
            assert!(answer.status != 422 || errors > 0, "{place}");
            false
        }
        status => panic!("{status}: {place}"),
    }
}

#[tokio::test]
async fn no_body_whatever_breaks_a_submission() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let mut stored = 0;
    for seed in 0..BODIES {
        let mut dice = Dice::new(seed);
        let valid = random(&mut dice);
        let body = body(&mut dice, valid);
        stored += usize::from(taken(&school, "/requests", body, seed).await);
    }
    // Some are still good after all that; those are stored, and nothing else is.
    let position = school.submit(&plain()).await.position();
    school.get(&format!("/requests?at_least={position}")).await.expect_status(200);
    assert_eq!(school.every("/requests").await.len(), stored + 1);
    assert!((100..2_900).contains(&stored), "{stored}");
}

#[tokio::test]
async fn no_body_whatever_breaks_an_action() {
    let server = Server::empty().await;
    let valid = json!({
        "text": "Words.", "service": "sensory-support", "ending": "signposted",
        "outcome": "goals_met", "questions": ["Why?"], "consent": {"given": true},
        "reason": {"code": "other", "criteria": ["autism"], "text": "Because."},
        "effective_at": "2026-11-01T10:00:00Z",
    });
    for seed in 0..BODIES / 3 {
        let mut dice = Dice::new(seed);
        let request = server.demo("school-900001").submit(&plain()).await.json();
        let (who, action) = *dice.one(&ACTIONS);
        let id = request["id"].as_str().expect("an id");
        let path = format!("/requests/{id}/actions/{action}");
        let members: Vec<&str> = valid.as_object().unwrap().keys().map(String::as_str).collect();
        let kept = dice.some(3, &members);
        let fewer: Value =
            kept.iter().map(|name| ((*name).to_owned(), valid[*name].clone())).collect();
        let body = body(&mut dice, fewer);
        taken(&server.demo(who), &path, body, seed).await;
    }
}

#[tokio::test]
async fn no_path_or_query_whatever_breaks_a_question() {
    let server = Server::empty().await;
    let adviser = server.demo("adviser");
    let pieces = ["requests", "%00", "..", "%ff", "a%2fb", "schools", "7", "timeline", "triage"];
    let values = ["", "x", "%00", "%ff", "-1", "1e9", "%F0%9F%98%80", "99999999999999999999"];
    let names = ["limit", "cursor", "q", "sort", "at_least", "after", "at", "urn", "from", "%ff"];
    for seed in 0..BODIES / 3 {
        let mut dice = Dice::new(seed);
        let path = dice.some(3, &pieces).join("/");
        let pairs = dice.some(3, &names).into_iter();
        let pairs: Vec<String> =
            pairs.map(|name| format!("{name}={}", dice.one(&values))).collect();
        let path = format!("/{path}?{}", pairs.join("&"));
        let answer = adviser.get(&path).await;
        let behind = answer.status == 503 && path.contains("at_least");
        assert!(answer.status < 500 || behind, "{path}: {}", answer.text);
        if answer.status >= 400 {
            answer.expect_problem(answer.status);
        }
    }
}
