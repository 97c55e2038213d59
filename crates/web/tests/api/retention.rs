//! How long records are kept, what falls due, and that nobody else is disposed of.

use crate::county::{ADVISER, Answer, County, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const DPO: &str = "demo-dpo";

async fn child_of(county: &County, id: &str) -> String {
    let read = county.get(ADVISER, &format!("/requests/{id}")).await;
    read.body["child"]["id"].as_str().unwrap().to_owned()
}

/// A request of a child, closed without support on 20 November 2026; with the child.
async fn closed(county: &County) -> String {
    let id = county.submitted(&hearing()).await;
    let child = child_of(county, &id).await;
    let done = county.act(ADVISER, &id, "advise", &json!({"text": "Seat her at the front."})).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let ending = json!({"ending": "advice_given", "text": "Nothing more to do."});
    let done = county.act(ADVISER, &id, "close", &ending).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    child
}

async fn due(county: &County, by: &str) -> Value {
    let answer = county.get(DPO, &format!("/retention/due?by={by}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

async fn put(county: &County, body: &Value) -> Answer {
    let request = asking("PUT", DPO, "/retention").body(Body::from(body.to_string()));
    county.send(request.unwrap()).await
}

#[tokio::test]
async fn the_usual_rules_are_shown_with_their_sources_and_are_set_anew() {
    let county = County::founded().await;
    let rules = county.get("demo-admin", "/retention").await.body["rules"].take();
    assert_eq!(rules["looked_after"]["keep"], json!({"years": 75}));
    assert_eq!(rules["supported"]["from"], "date_of_birth");
    assert_ne!(rules["closed_without_support"]["source"], "");
    let own = json!({"from": "date_of_birth", "keep": {"years": 31}, "source": "Our schedule"});
    let set = put(&county, &json!({"rules": {"supported": own}})).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    let rules = county.get("demo-auditor", "/retention").await.body["rules"].take();
    assert_eq!(
        (&rules["supported"], &rules["looked_after"]["keep"]),
        (&own, &json!({"years": 75}))
    );
}

#[tokio::test]
async fn rules_that_make_no_sense_are_refused_with_every_fault() {
    let county = County::founded().await;
    let body = json!({"rules": {
        "supported": {"from": "last_week", "keep": {}, "source": "x"},
        "draft": {"from": "last_activity", "keep": {"days": 0}},
        "rumours": {},
    }});
    let refused = put(&county, &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = refused.body["errors"].as_array().unwrap();
    let mut found: Vec<_> = errors.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "/rules/draft/keep/days",
            "/rules/draft/source",
            "/rules/rumours",
            "/rules/supported/from",
            "/rules/supported/keep",
        ]
    );
    let draft = json!({"from": "closed", "keep": {"years": 2}, "source": "x"});
    let refused = put(&county, &json!({"rules": {"draft": draft}})).await;
    assert_eq!(refused.body["errors"][0]["pointer"], "/rules/draft/from");
}

#[tokio::test]
async fn what_falls_due_is_shown_with_its_class_and_reason_and_without_a_name() {
    let county = County::founded().await;
    let child = closed(&county).await;
    county.submitted(&hearing()).await;
    assert_eq!(due(&county, "2032-11-19").await["items"], json!([]));
    let shown = due(&county, "2032-11-20").await;
    let items = shown["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{shown}");
    assert_eq!(items[0]["child"], json!(child));
    assert_eq!(items[0]["class"], "closed_without_support");
    let days = (&items[0]["since"], &items[0]["due_on"]);
    assert_eq!(days, (&json!("2026-11-20"), &json!("2032-11-20")));
    assert_eq!(items[0]["held"], false);
    assert!(!shown.to_string().contains("Firle"));
}

#[tokio::test]
async fn a_date_of_birth_that_decides_is_read_under_a_recorded_access() {
    let county = County::founded().await;
    let child = closed(&county).await;
    let born = json!({"from": "date_of_birth", "keep": {"years": 25}, "source": "Toolkit"});
    put(&county, &json!({"rules": {"closed_without_support": born}})).await;
    let before = county.accesses();
    // Born on 9 April 2017.
    assert_eq!(due(&county, "2042-04-08").await["items"], json!([]));
    assert_eq!(due(&county, "2042-04-09").await["items"][0]["child"], json!(child));
    let added = county.accesses()[before.len()..].to_owned();
    assert!(added.contains(&child) && added.contains("read_retention_due"), "{added}");
}

#[tokio::test]
async fn those_who_are_due_are_erased_and_the_others_are_refused_by_name() {
    let county = County::founded().await;
    let ended = closed(&county).await;
    let open = county.submitted(&hearing()).await;
    let open = child_of(&county, &open).await;
    let nobody = uuid::Uuid::from_u128(9).to_string();
    let body = json!({"children": [ended, open, nobody], "by": "2026-11-20"});
    let early = county.post(DPO, "/retention/dispose", &body).await;
    assert_eq!(early.body["disposed"], json!([]), "{}", early.body);
    assert_eq!(early.body["refused"].as_array().unwrap().len(), 3);

    county.clock.set("2032-11-22T10:00:00Z".parse().unwrap());
    let body = json!({"children": [ended, open, nobody], "by": "2032-11-22"});
    let done = county.post(DPO, "/retention/dispose", &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(done.body["disposed"][0]["child"], json!(ended), "{}", done.body);
    assert!(done.body["disposed"][0]["position"].as_u64().unwrap() > 0);
    let refused: Vec<_> =
        done.body["refused"].as_array().unwrap().iter().map(|it| &it["child"]).collect();
    assert_eq!(refused, [&json!(open), &json!(nobody)]);
    let read = county.get(ADVISER, &format!("/children/{ended}")).await.body;
    assert_eq!(read["children"][0]["erased"], true);
    let read = county.get(ADVISER, &format!("/children/{open}")).await.body;
    assert_eq!(read["children"][0]["family_name"], "Firle");

    // A second try does no more, and says the same of whoever is gone.
    let again = county.post(DPO, "/retention/dispose", &body).await;
    assert_eq!(again.body["disposed"][0]["position"], done.body["disposed"][0]["position"]);
    assert_eq!(due(&county, "2032-11-22").await["items"], json!([]));
}

#[tokio::test]
async fn who_is_held_is_shown_as_held_and_stays_whole() {
    let county = County::founded().await;
    let child = closed(&county).await;
    let held = json!({"reason": {"code": "tribunal"}});
    let held = county.post(DPO, &format!("/children/{child}/hold"), &held).await;
    assert!(held.status.is_success(), "{}", held.body);
    county.clock.set("2032-11-22T10:00:00Z".parse().unwrap());
    assert_eq!(due(&county, "2032-11-22").await["items"][0]["held"], true);
    let body = json!({"children": [child], "by": "2032-11-22"});
    let refused = county.post(DPO, "/retention/dispose", &body).await;
    assert_eq!(refused.body["disposed"], json!([]), "{}", refused.body);
    assert_eq!(refused.body["refused"][0]["child"], json!(child));
    let read = county.get(ADVISER, &format!("/children/{child}")).await.body;
    assert_eq!(read["children"][0]["family_name"], "Firle");
}

#[tokio::test]
async fn nobody_is_disposed_of_before_the_day_has_come() {
    let county = County::founded().await;
    let body = json!({"children": [], "by": "2026-11-21", "all": true});
    let refused = county.post(DPO, "/retention/dispose", &body).await;
    let errors = refused.body["errors"].as_array().unwrap();
    let found: Vec<_> = errors.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert_eq!(found, ["/all", "/by"]);
}
