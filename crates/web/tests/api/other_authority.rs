//! A child who lives elsewhere, and what the law asks of the statutory service.

use crate::county::{ADVISER, County, OURS, SERVICE, hearing};
use crate::services::pointers;
use axum::http::StatusCode;
use serde_json::{Value, json};

const STATUTORY: &str = "demo-service-statutory-sen";

fn from_elsewhere() -> Value {
    let mut body = hearing();
    body["child"]["home_authority"] = json!("835");
    body
}

fn ehc() -> Value {
    let mut body = hearing();
    body["support_sought"] = json!(["ehc_assessment"]);
    body
}

#[tokio::test]
async fn a_redirected_request_stays_open_until_the_other_authority_has_it() {
    let county = County::founded().await;
    let id = county.submitted(&from_elsewhere()).await;
    let read = format!("/requests/{id}");
    let record = format!("{read}/hand-over-record");
    assert_eq!(county.get(ADVISER, &record).await.status, StatusCode::CONFLICT);
    let received = json!({"received_on": "2026-11-20"});
    let early = county.act(ADVISER, &id, "record-receipt", &received).await;
    assert_eq!(early.status, StatusCode::CONFLICT);

    let ours = county.act(ADVISER, &id, "redirect", &json!({"authority": "865"})).await;
    assert_eq!(pointers(&ours.body), ["/authority"]);
    let redirected = county.act(ADVISER, &id, "redirect", &json!({"authority": "835"})).await;
    assert_eq!(redirected.status, StatusCode::OK, "{}", redirected.body);
    assert_eq!(redirected.body["status"], "with_duty_adviser");
    let close = json!({"ending": "redirected", "text": "Gone."});
    let closed = county.act(ADVISER, &id, "close", &close).await;
    assert_eq!(closed.status, StatusCode::CONFLICT, "{}", closed.body);

    let to_come = json!({"received_on": "2026-11-21"});
    let refused = county.act(ADVISER, &id, "record-receipt", &to_come).await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
    let receipt = json!({"received_on": "2026-11-20", "their_reference": "SEN/1", "by": "Ann"});
    let ended = county.act(ADVISER, &id, "record-receipt", &receipt).await;
    assert_eq!((ended.status, &ended.body["status"]), (StatusCode::OK, &json!("closed")));
}

#[tokio::test]
async fn a_hand_over_record_opens_the_child_and_that_is_on_record() {
    let county = County::founded().await;
    let id = county.submitted(&from_elsewhere()).await;
    let done = county.act(ADVISER, &id, "redirect", &json!({"authority": "835"})).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let path = format!("/requests/{id}/hand-over-record");
    let looked = |county: &County| county.accesses().matches("read_hand_over_record").count();
    assert_eq!(looked(&county), 0);
    let record = county.get(ADVISER, &path).await;
    assert_eq!((&record.body["from"], &record.body["to"]), (&json!("865"), &json!("835")));
    assert_eq!(record.body["request"]["child"]["family_name"], "Firle");
    assert!(looked(&county) > 0);
    assert_eq!(county.get("demo-coordinator", &path).await.status, StatusCode::OK);
    for key in [OURS, SERVICE, "demo-panel", "demo-commissioner", "demo-auditor", "demo-admin"] {
        assert_eq!(county.get(key, &path).await.status, StatusCode::FORBIDDEN, "{key}");
    }
}

#[tokio::test]
async fn every_fault_of_a_redirect_and_of_a_receipt_is_told_at_once() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let faulty = json!({"authority": "nowhere", "text": 1, "to": "x"});
    let refused = county.act(ADVISER, &id, "redirect", &faulty).await;
    assert_eq!(pointers(&refused.body), ["/authority", "/text", "/to"]);
    let unreasoned = county.act(ADVISER, &id, "redirect", &json!({"authority": "835"})).await;
    assert_eq!(unreasoned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(pointers(&unreasoned.body), ["/reason"]);
    let faulty = json!({"received_on": "yesterday", "their_reference": 1, "by": [], "at": 0});
    let refused = county.act(ADVISER, &id, "record-receipt", &faulty).await;
    assert_eq!(pointers(&refused.body), ["/received_on", "/their_reference", "/by", "/at"]);
}

#[tokio::test]
async fn decisions_by_law_come_in_their_order_and_stand_with_the_clocks() {
    let county = County::founded().await;
    let id = county.submitted(&ehc()).await;
    let decide = async |decision: Value| {
        county.act(STATUTORY, &id, "record-statutory-decision", &decision).await
    };
    let path = format!("/requests/{id}/clocks");
    let clocks = county.get(ADVISER, &path).await.body;
    let due = |name: &str| {
        let all = clocks["clocks"].as_array().unwrap().iter();
        all.clone().find(|clock| clock["promise"] == name).unwrap()["due_at"].clone()
    };
    // 6, 16 and 20 weeks after Friday 20 November end with 1 January, 12 March and 9 April.
    assert_eq!(due("ehc_decide_to_assess"), "2027-01-02T00:00:00Z");
    assert_eq!(due("ehc_decide_not_to_issue"), "2027-03-13T00:00:00Z");
    assert_eq!(due("ehc_final_plan"), "2027-04-09T23:00:00Z");

    let early = decide(json!({"decision": "issue"})).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
    let unreasoned = decide(json!({"decision": "not_assess"})).await;
    assert_eq!(pointers(&unreasoned.body), ["/reason"]);
    for decision in ["assess", "issue", "plan_finalised"] {
        let decided = decide(json!({"decision": decision})).await;
        assert_eq!(decided.status, StatusCode::OK, "{decision}: {}", decided.body);
    }
    let clocks = county.get(ADVISER, &path).await.body;
    let by_law = clocks["clocks"].as_array().unwrap().iter();
    let by_law = by_law.filter(|clock| clock["promise"].as_str().unwrap().starts_with("ehc_"));
    assert_eq!(by_law.map(|clock| clock["state"].clone()).collect::<Vec<_>>(), ["kept"; 3]);
}

#[tokio::test]
async fn an_excusal_stands_with_the_clock_and_moves_nothing() {
    let county = County::founded().await;
    let id = county.submitted(&ehc()).await;
    let path = format!("/requests/{id}/clocks");
    let of = async |name: &str| {
        let clocks = county.get(ADVISER, &path).await.body;
        let all = clocks["clocks"].as_array().unwrap().clone();
        all.into_iter().find(|clock| clock["promise"] == name).unwrap()
    };
    let before = of("ehc_final_plan").await;
    let body = json!({"promise": "ehc_final_plan", "ground": "missed_appointment", "text": "Ill."});
    let recorded = county.act(STATUTORY, &id, "record-excusal", &body).await;
    assert_eq!(recorded.status, StatusCode::OK, "{}", recorded.body);
    let after = of("ehc_final_plan").await;
    assert_eq!((&before["excused"], &after["excused"]), (&json!(false), &json!(true)));
    assert_eq!(after["excusals"][0]["ground"], "missed_appointment");
    assert_eq!((&after["due_at"], &after["state"]), (&before["due_at"], &before["state"]));
    let none = json!({"promise": "ehc_decide_to_assess", "ground": "missed_appointment"});
    let refused = county.act(STATUTORY, &id, "record-excusal", &none).await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
}

#[tokio::test]
async fn the_law_is_the_statutory_services_and_every_fault_is_told_at_once() {
    let county = County::founded().await;
    let id = county.submitted(&ehc()).await;
    let decision = "record-statutory-decision";
    let faulty = county.act(STATUTORY, &id, decision, &json!({"decision": "yes", "on": 1})).await;
    assert_eq!(pointers(&faulty.body), ["/decision", "/on"]);
    let body = json!({"promise": "ehc", "ground": "rain", "text": 1, "why": ""});
    let faulty = county.act(STATUTORY, &id, "record-excusal", &body).await;
    assert_eq!(pointers(&faulty.body), ["/promise", "/ground", "/text", "/why"]);
    for action in [decision, "record-excusal"] {
        let body = json!({"decision": "assess"});
        assert_eq!(county.act(ADVISER, &id, action, &body).await.status, StatusCode::FORBIDDEN);
    }
    let another = county.submitted(&hearing()).await;
    let wrong = county.act(SERVICE, &another, decision, &json!({"decision": "assess"})).await;
    assert_eq!(wrong.status, StatusCode::CONFLICT, "{}", wrong.body);
}
