//! When the council works, how strictly it watches its promises, and what it then finds.

use crate::county::{ADVISER, Answer, County, OURS, asking, hearing};
use crate::services::pointers;
use axum::body::Body;
use axum::http::StatusCode;
use domain::account::{Account, Role};
use domain::desk::DeskCommand;
use domain::ids::AccountId;
use engine::{Actor, Context};
use serde_json::{Value, json};
use uuid::Uuid;

const ADMIN: &str = "demo-admin";

async fn put(county: &County, key: &str, path: &str, body: &Value) -> Answer {
    county.send(asking("PUT", key, path).body(Body::from(body.to_string())).unwrap()).await
}

fn closing_on(day: &str) -> Value {
    json!({
        "opens": "09:00", "closes": "17:00",
        "bank_holidays": [{"date": "2026-12-25", "title": "Christmas Day"}],
        "closures": [{"date": day, "reason": "Boiler repair"}],
        "terms": [{"name": "Autumn, first half", "from": "2026-09-01", "to": "2026-10-23"}],
    })
}

/// Somebody without a team, who is told of every broken promise.
async fn escalating_to(county: &County, name: &str) {
    let id: AccountId = name.parse().unwrap();
    let account = Account {
        id,
        name: "Mira Lovell".to_owned(),
        role: Role::Adviser,
        school: None,
        service: None,
    };
    let context = Context {
        actor: Actor::front_door("set-up"),
        command: Uuid::from_u128(2),
        fingerprint: [0; 32],
        effective_at: None,
        expected_version: None,
    };
    let open = vec![DeskCommand::OpenAccount(account)];
    county.engine.configure(&context, open).await.unwrap();
    let set = put(county, ADMIN, "/policy", &json!({"escalate_to": name})).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
}

/// Names of what a timeline shows.
async fn timeline(county: &County, key: &str, id: &str) -> Vec<String> {
    let shown = county.get(key, &format!("/requests/{id}/timeline")).await;
    let items = shown.body["items"].as_array().unwrap().clone();
    items.iter().map(|it| it["type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_calendar_is_published_and_read() {
    let county = County::founded().await;
    let mut expected = closing_on("2026-11-25");
    let published = put(&county, ADMIN, "/calendar", &expected).await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.body);
    assert!(published.headers.contains_key("frontdoor-position"));
    expected["version"] = json!(2);
    assert_eq!(county.get(OURS, "/calendar").await.body, expected);

    let again = put(&county, ADMIN, "/calendar", &closing_on("2026-11-25")).await;
    assert_eq!(again.body["version"], 2, "the same calendar is not another version");
    assert_eq!(put(&county, ADVISER, "/calendar", &json!({})).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_fault_of_a_calendar_is_named_at_once() {
    let county = County::founded().await;
    let body = json!({
        "opens": "17:00", "closes": "9am",
        "bank_holidays": [{"date": "2026-02-30", "title": "No day"}, {"date": "2026-12-25"}],
        "closures": [{"date": "2026-12-29", "reason": "Closed"},
                     {"date": "2026-12-29", "reason": "Closed"}],
        "terms": [{"name": "", "from": "2026-09-01", "to": "Christmas"}],
        "lunch": true,
    });
    let refused = put(&county, ADMIN, "/calendar", &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for pointer in [
        "/closes",
        "/bank_holidays/0/date",
        "/bank_holidays/1/title",
        "/closures/1/date",
        "/terms/0/name",
        "/terms/0/to",
        "/lunch",
    ] {
        assert!(pointers(&refused.body).contains(&pointer), "{pointer}: {}", refused.body);
    }
    let reversed = json!({
        "opens": "17:00", "closes": "09:00",
        "terms": [{"name": "Autumn", "from": "2026-12-18", "to": "2026-09-01"}],
    });
    let refused = put(&county, ADMIN, "/calendar", &reversed).await;
    assert_eq!(pointers(&refused.body), ["/closes", "/terms"]);
}

#[tokio::test]
async fn a_closure_published_later_moves_the_due_instant_and_shows_in_the_ledger() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let clocks = format!("/requests/{id}/clocks");
    let before = county.get(ADVISER, &clocks).await.body;
    put(&county, ADMIN, "/calendar", &closing_on("2026-11-25")).await;
    county.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    county.engine.run_due().await.unwrap();

    county.clock.set("2026-11-26T12:00:00Z".parse().unwrap());
    let after = county.get(ADVISER, &clocks).await.body;
    let respond = |shown: &Value| {
        let all = shown["clocks"].as_array().unwrap().clone();
        all.into_iter().find(|clock| clock["promise"] == "respond").unwrap()
    };
    let (before, after) = (respond(&before), respond(&after));
    assert_eq!(before["due_at"], "2026-11-27T17:00:00Z");
    assert_eq!(after["due_at"], "2026-11-30T17:00:00Z");
    assert_eq!(after["original_due_at"], "2026-11-27T17:00:00Z");
    let event = &after["recalculations"][0]["event_id"];
    let ledger = after["ledger"].as_array().unwrap();
    assert!(ledger.iter().any(|entry| entry["event_id"] == *event), "{after}");
}

#[tokio::test]
async fn a_policy_is_set_whole_and_what_is_left_out_has_its_default() {
    let county = County::founded().await;
    let set = put(&county, ADMIN, "/policy", &json!({"warn_at_percent": 50})).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    let read = county.get(ADVISER, "/policy").await.body;
    assert_eq!(
        (&read["warn_at_percent"], &read["remind_after_working_days"]),
        (&json!(50), &json!(3))
    );

    let nonsense = json!({"warn_at_percent": 100, "remind_after_working_days": 0,
        "chase_review_after_working_days": 0, "shout": 1});
    let refused = put(&county, ADMIN, "/policy", &nonsense).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        pointers(&refused.body),
        [
            "/warn_at_percent",
            "/remind_after_working_days",
            "/chase_review_after_working_days",
            "/shout",
        ]
    );
    let nobody = put(&county, ADMIN, "/policy", &json!({"escalate_to": "nobody"})).await;
    assert_eq!(pointers(&nobody.body), ["/escalate_to"]);
    let late = json!({"remind_after_working_days": 9, "question_lapses_after_working_days": 9});
    let refused = put(&county, ADMIN, "/policy", &late).await;
    assert_eq!(pointers(&refused.body), ["/question_lapses_after_working_days"]);
}

#[tokio::test]
async fn a_broken_promise_is_listed_for_staff_and_internal_to_them() {
    let county = County::founded().await;
    escalating_to(&county, "mira").await;
    let id = county.submitted(&hearing()).await;
    county.clock.set("2026-11-30T09:00:00Z".parse().unwrap());
    county.engine.run_due().await.unwrap();

    let listed = county.get(ADVISER, "/escalations?from=2026-11-30&to=2026-11-30").await;
    let items = listed.body["items"].as_array().unwrap();
    assert!(!items.is_empty(), "{}", listed.body);
    assert!(items.iter().all(|it| it["to"] == "mira" && it["about"] == "breached"));
    assert!(items.iter().any(|it| it["promise"] == "respond" && it["request"] == id.as_str()));
    for (path, count) in [
        ("/escalations?escalated_to=ben", 0),
        ("/escalations?from=2026-12-01", 0),
        ("/escalations?limit=1", 1),
        ("/requests?escalated=true", 1),
        ("/requests?warned=false", 0),
    ] {
        let found = county.get(ADVISER, path).await;
        assert_eq!(found.body["items"].as_array().map(Vec::len), Some(count), "{path}");
    }
    assert_eq!(county.get(OURS, "/escalations").await.status, StatusCode::FORBIDDEN);
    let pried = county.get(OURS, "/requests?escalated=true").await;
    assert_eq!(pried.status, StatusCode::UNPROCESSABLE_ENTITY);

    let (staff, school) =
        (timeline(&county, ADVISER, &id).await, timeline(&county, OURS, &id).await);
    let internal = ["request.promise_warned", "request.escalated"];
    for name in internal {
        assert!(staff.iter().any(|it| it == name), "{name}: {staff:?}");
        assert!(!school.iter().any(|it| it == name), "{name}: {school:?}");
    }
    assert!(school.iter().any(|it| it == "request.promise_breached"), "{school:?}");
}
