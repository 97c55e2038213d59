//! What a list says to whoever works through it: what is open, what falls due next, what is late,
//! and how many; and who is on until when.

use crate::county::{ADVISER, Answer, County, OURS, SERVICE, hearing, without_consent};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

fn references(answer: &Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

async fn owed(county: &County, id: &str) -> Value {
    let list = county.get(ADVISER, "/requests").await;
    let items = list.body["items"].as_array().unwrap();
    items.iter().find(|item| item["id"] == id).unwrap()["owed"].clone()
}

#[tokio::test]
async fn a_line_says_how_much_working_time_is_left_and_how_much_there_was() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    // Of all that was promised, what is due first.
    let at_first = owed(&county, &id).await;
    assert_eq!(
        (&at_first["promise"], &at_first["state"]),
        (&json!("first_contact"), &json!("running"))
    );
    let due: Timestamp = at_first["due_at"].as_str().unwrap().parse().unwrap();
    let left = &at_first["working_minutes_left"];
    assert_eq!(left, &at_first["working_minutes_allowed"]);
    assert!(left.as_i64().unwrap() > 480, "{at_first}");

    // Due at the close of a day; an hour into the next working day it is an hour late.
    let day_after = due.to_zoned(TimeZone::UTC).date().tomorrow().unwrap();
    county.clock.set(format!("{day_after}T10:00:00Z").parse().unwrap());
    let late = owed(&county, &id).await;
    assert_eq!((&late["state"], &late["working_minutes_left"]), (&json!("breached"), &json!(-60)));
}

#[tokio::test]
async fn a_line_says_that_it_waits_and_that_it_was_answered() {
    let county = County::founded().await;
    let waits = county.submitted(&without_consent()).await;
    let taken = county.submitted(&hearing()).await;
    county.act(SERVICE, &taken, "accept", &json!({})).await;
    county.act(SERVICE, &taken, "record-contact", &json!({})).await;

    let waiting = owed(&county, &waits).await;
    assert_eq!((&waiting["state"], &waiting["due_at"]), (&json!("paused"), &json!(null)));
    let answered = owed(&county, &taken).await;
    assert_eq!((&answered["promise"], &answered["state"]), (&json!("respond"), &json!("kept")));
    assert_eq!(answered["working_minutes_left"], json!(null));
}

#[tokio::test]
async fn what_falls_due_next_comes_first_and_what_is_closed_can_be_left_out() {
    let county = County::founded().await;
    let first = county.submitted(&hearing()).await;
    county.clock.set("2026-11-23T10:00:00Z".parse().unwrap());
    let second = county.submitted(&hearing()).await;
    let waits = county.submitted(&without_consent()).await;
    let over = county.submitted(&hearing()).await;
    county.act(OURS, &over, "withdraw", &json!({"text": "She has moved."})).await;

    let open = county.get(ADVISER, "/requests?open=true&sort=due_at").await;
    assert_eq!(references(&open), [&first, &second, &waits]);
    let page = county.get(ADVISER, "/requests?open=true&sort=due_at&limit=2").await;
    let next = page.body["next"].as_str().unwrap();
    let rest = county.get(ADVISER, &format!("/requests?open=true&sort=due_at&cursor={next}")).await;
    assert_eq!(references(&rest), [&waits]);
    assert_eq!(references(&county.get(ADVISER, "/requests?open=false").await), [&over]);

    county.clock.set("2026-12-01T10:00:00Z".parse().unwrap());
    let late = county.get(ADVISER, "/requests?late=true&sort=due_at").await;
    assert_eq!(references(&late), [&first, &second]);
    assert_eq!(references(&county.get(ADVISER, "/requests?late=false&open=true").await), [&waits]);
}

#[tokio::test]
async fn counts_tell_how_many_stand_where_and_whether_anything_moved() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.submitted(&without_consent()).await;
    let before = county.get(ADVISER, "/requests/counts").await.body;
    for (what, many) in
        [("open", 2), ("awaiting_information", 1), ("late", 0), ("escalated", 0), ("closed", 0)]
    {
        assert_eq!(before[what], many, "{what}: {before}");
    }
    county.act(OURS, &id, "withdraw", &json!({"text": "She has moved."})).await;
    let after = county.get(ADVISER, "/requests/counts").await.body;
    assert_eq!((&after["open"], &after["closed"]), (&json!(1), &json!(1)));
    assert!(after["position"].as_u64() > before["position"].as_u64(), "{before} {after}");

    let school = county.get(OURS, "/requests/counts").await.body;
    assert_eq!((&school["open"], &school["escalated"]), (&json!(1), &json!(null)));
    let other = county.get(crate::county::OTHERS, "/requests/counts").await.body;
    assert_eq!((&other["open"], &other["position"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn to_count_opens_nobody_s_name() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    let before = county.accesses();
    county.get(ADVISER, "/requests/counts").await;
    assert_eq!(county.accesses(), before);
}

#[tokio::test]
async fn who_is_on_is_on_until_somebody_else_comes() {
    let county = County::founded().await;
    let duty = county.get(OURS, "/duty?at=2026-11-20T11:00:00Z").await.body;
    assert_eq!(duty["until"], "2026-11-20T17:00:00Z", "{duty}");
    assert_eq!(duty["next"], json!(null), "nobody else is on the rota: {duty}");
    let night = county.get(OURS, "/duty?at=2026-11-21T12:00:00Z").await.body;
    assert_eq!(night["until"], "2026-11-23T17:00:00Z", "{night}");
}
