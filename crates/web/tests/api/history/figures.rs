//! Behind every figure are as many requests as it counts, each with its events.

use super::{AUDITOR, Life, done};
use crate::county::{County, OTHERS, OURS, SERVICE, hearing};
use axum::http::StatusCode;
use serde_json::{Value, json};

async fn behind(county: &County, key: &str, figure: &str) -> Value {
    let answer = county.get(key, &format!("/audit/figures/{figure}")).await;
    done(&answer);
    answer.body
}

#[tokio::test]
async fn as_many_promises_are_behind_each_row_as_it_counts_and_their_events_moved_them() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    county.submitted(&hearing()).await;
    let shown = county.get(AUDITOR, "/insights/response-times").await.body;
    for row in shown["items"].as_array().unwrap() {
        let key = row["key"].as_str().unwrap();
        let found = behind(&county, AUDITOR, &format!("response-times?key={key}")).await;
        assert_eq!(found["count"], row["count"], "{key}");
        assert_eq!(found["items"].as_array().unwrap().len(), row["count"], "{key}");
    }
    let kept = behind(&county, AUDITOR, "response-times?key=first_contact").await;
    let of = kept["items"].as_array().unwrap().iter().find(|it| it["request"] == life.id.as_str());
    let events = of.unwrap()["events"].as_array().unwrap();
    assert!(!events.is_empty());
    for position in events {
        let after = position.as_u64().unwrap() - 1;
        let stored = county.get(AUDITOR, &format!("/audit/events?after={after}&limit=1")).await;
        assert!(stored.body["items"][0]["clocks"].to_string().contains("first_contact"));
    }
}

#[tokio::test]
async fn what_schools_said_is_found_and_others_do_not_find_it() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let said = json!({"quick": "yes", "helped": "partly"});
    let answer = county.act(OURS, &life.id, "give-feedback", &said).await;
    done(&answer);
    let shown = county.get(AUDITOR, "/insights/feedback").await.body;
    assert_eq!(shown["items"][0]["count"], 1);
    let found = behind(&county, AUDITOR, "feedback?key=sensory-support").await;
    assert_eq!((&found["count"], &found["items"][0]["request"]), (&json!(1), &json!(life.id)));
    assert_eq!(behind(&county, AUDITOR, "feedback?key=none").await["count"], 0);
    assert_eq!(behind(&county, OURS, "feedback").await["count"], 1);
    assert_eq!(behind(&county, OTHERS, "feedback").await["count"], 0);
    let service = county.get(SERVICE, "/audit/figures/feedback").await;
    assert_eq!(service.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_figure_that_is_none_is_not_there_and_one_without_rows_counts_none() {
    let county = County::founded().await;
    assert_eq!(county.get(AUDITOR, "/audit/figures/luck").await.status, StatusCode::NOT_FOUND);
    for figure in ["gaps", "spend", "spend?group_by=panel&key=none", "gaps?key=semh"] {
        assert_eq!(behind(&county, AUDITOR, figure).await["count"], 0, "{figure}");
    }
    let faulty = county.get(AUDITOR, "/audit/figures/spend?promise=respond").await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
}
