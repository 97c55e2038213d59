//! What is refused, with the rule that says no and the place it is about.

use super::*;
use crate::services::pointers;

/// Every fault of a body, at its place.
#[track_caller]
fn faulty(answer: &Answer, expected: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let mut found = pointers(&answer.body);
    found.sort_unstable();
    assert_eq!(found, expected, "{}", answer.body);
}

#[tokio::test]
async fn a_decision_without_its_grounds_is_refused_with_all_that_is_missing() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let with = |name: &str, value: Value| {
        let mut body = advice();
        body[name] = value;
        body
    };
    let reason = |name: &str| {
        let mut body = advice();
        body["reason"].as_object_mut().unwrap().remove(name);
        body
    };
    for (body, expected) in [
        (json!({}), &["/decision", "/evidence", "/reason"][..]),
        (
            json!({"decision": "advice", "reason": {}, "evidence": []}),
            &["/evidence", "/reason/code"],
        ),
        (reason("text"), &["/reason/text"]),
        (reason("criteria"), &["/reason/criteria"]),
        (reason("code"), &["/reason/code"]),
        (with("decision", json!("maybe")), &["/decision"]),
        (with("decision", json!("service")), &["/service"]),
        (with("decision", json!("redirect")), &["/authority"]),
        (with("service", json!("sensory-support")), &["/service"]),
        (
            with("evidence", json!(["hearsay", "cycle:x", 7])),
            &["/evidence/0", "/evidence/1", "/evidence/2"],
        ),
        (with("evidence", json!(["request", "cycle:9"])), &["/evidence/1"]),
        (with("evidence", json!(["specialist:camhs"])), &["/evidence/0"]),
        (with("evidence", json!(["provision"])), &["/evidence/0"]),
        (with("evidence", json!([format!("document:{}", Uuid::nil())])), &["/evidence/0"]),
        (with("votes", json!({"for": ["mira"]})), &["/votes"]),
        (with("votes", json!({"yes": []})), &["/votes/yes"]),
        (with("dissent", json!([{"member": "lee"}])), &["/dissent/0/text"]),
        (with("dissent", json!([{"member": "joan", "text": "No."}])), &["/dissent/0/member"]),
        (with("by", json!("mira")), &["/by"]),
        (with("effective_at", json!("2099-01-01T00:00:00Z")), &["/effective_at"]),
    ] {
        faulty(&panel.decide(&requests[0], &body).await, expected);
    }
    let mut service = with("decision", json!("service"));
    service["service"] = json!("nowhere");
    faulty(&panel.decide(&requests[0], &service).await, &["/service"]);
    let mut own = with("decision", json!("redirect"));
    own["authority"] = json!("865");
    faulty(&panel.decide(&requests[0], &own).await, &["/authority"]);
    assert_eq!(panel.item(&requests[0]).await["outcome"], Value::Null, "nothing was recorded");
}

#[tokio::test]
async fn what_is_not_for_this_meeting_or_not_for_now_is_refused() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let elsewhere = panel.county.submitted(&anxious("Kit")).await;
    let not_on = "the request is not on the agenda of this meeting";
    Panelled::conflict(&panel.decide(&elsewhere, &advice()).await, not_on);
    let defer = json!({"why": "no_time"});
    let refused = panel.post(OFFICER, &format!("{MEETING}/items/{elsewhere}/defer"), &defer).await;
    Panelled::conflict(&refused, not_on);
    let pack = panel.county.get(OFFICER, &format!("{MEETING}/items/{elsewhere}/pack")).await;
    assert_eq!(pack.status, StatusCode::NOT_FOUND);
    let delegated = format!("{MEETING}/delegated/{elsewhere}");
    let refused = panel.post(OFFICER, &delegated, &json!({"ratified": true})).await;
    let words = "the chair has decided nothing on this request that awaits the panel's word";
    Panelled::conflict(&refused, words);

    assert_eq!(panel.decide(&requests[0], &advice()).await.status, StatusCode::OK);
    let twice = panel.decide(&requests[0], &advice()).await;
    Panelled::conflict(&twice, "the item has been decided or deferred already");
    let agenda = panel.post(CLERK, &format!("{MEETING}/agenda"), &json!({"items": []})).await;
    let words = "the meeting is under way, so changing its agenda is not possible now";
    Panelled::conflict(&agenda, words);

    panel.later(1);
    panel.done(OFFICER, &format!("{MEETING}/close"), json!({})).await;
    let late = panel.decide(&requests[0], &advice()).await;
    Panelled::conflict(&late, "the meeting is over, so deciding an item is not possible now");
    let arrived = json!({"member": "joan", "event": "arrived"});
    let late = panel.post(CLERK, &format!("{MEETING}/attendance"), &arrived).await;
    Panelled::conflict(&late, "the meeting is over, so arriving is not possible now");
}

#[tokio::test]
async fn whoever_is_not_appointed_neither_comes_nor_stands_aside() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let attendance = format!("{MEETING}/attendance");
    let of_item = |what: &str| format!("{MEETING}/items/{}/{what}", requests[0]);
    for (path, body, expected) in [
        (&attendance, json!({"member": "nobody", "event": "arrived"}), &["/member"][..]),
        (&attendance, json!({"event": "arrived"}), &["/member"]),
        (
            &attendance,
            json!({"member": "mira", "members": ["theo"], "event": "arrived"}),
            &["/member"],
        ),
        (&attendance, json!({"members": [], "event": "arrived"}), &["/members"]),
        (
            &attendance,
            json!({"member": "joan", "event": "fell asleep", "at": "now"}),
            &["/at", "/event"],
        ),
        (&of_item("recuse"), json!({"member": "nobody", "interest": "family"}), &["/member"]),
        (&of_item("recuse"), json!({"member": "mira", "interest": "envy"}), &["/interest"]),
        (&of_item("recuse"), json!({}), &["/interest", "/member"]),
        (&of_item("dismiss-interest"), json!({"member": "nobody", "text": "None."}), &["/member"]),
        (&of_item("defer"), json!({"why": "bored"}), &["/why"]),
    ] {
        faulty(&panel.post(OFFICER, path, &body).await, expected);
    }
    let there =
        panel.post(CLERK, &attendance, &json!({"member": "mira", "event": "arrived"})).await;
    Panelled::conflict(&there, "“mira” is in the room already");
    let absent =
        panel.post(CLERK, &attendance, &json!({"member": "joan", "event": "departed"})).await;
    Panelled::conflict(&absent, "“joan” is not in the room");
}

#[tokio::test]
async fn a_meeting_that_cannot_be_is_not_called() {
    let panel = Panelled::established().await;
    let call = async |body: Value| panel.post(CLERK, "/panels/semh/meetings", &body).await;
    for (body, expected) in [
        (json!({"starts_at": "2026-11-19T09:30:00Z"}), &["/starts_at"][..]),
        (
            json!({"starts_at": "soon", "minutes": 9999, "kind": "odd", "where": "here"}),
            &["/kind", "/minutes", "/starts_at", "/where"],
        ),
        (json!({"starts_at": MEETS, "minutes": 5}), &["/minutes"]),
        (json!([]), &[""]),
    ] {
        faulty(&call(body).await, expected);
    }
    let nowhere = panel.post(CLERK, "/panels/nowhere/meetings", &json!({})).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    for path in ["", "/agenda", "/attendance"] {
        for meeting in ["semh-2026-12-03", "Ünknown", "x"] {
            let none = panel
                .county
                .get(OFFICER, &format!("/meetings/{}{path}", meeting.replace('Ü', "%C3%9C")))
                .await;
            assert_eq!(none.status, StatusCode::NOT_FOUND, "{meeting}{path}");
        }
    }
    call(json!({})).await;
    for (path, body, expected) in [
        ("cancel", json!({}), &["/why"][..]),
        ("cancel", json!({"why": "other", "move_to": "semh-2027-01-01"}), &["/move_to"]),
        ("cancel", json!({"why": "other", "move_to": "semh-2026-12-03"}), &["/move_to"]),
    ] {
        faulty(&panel.post(CLERK, &format!("{MEETING}/{path}"), &body).await, expected);
    }
    let empty = panel.post(CLERK, &format!("{MEETING}/publish"), &json!({})).await;
    Panelled::conflict(&empty, "there is nothing on the agenda");
}

#[tokio::test]
async fn a_clerk_prepares_and_records_and_never_decides() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let item = format!("{MEETING}/items/{}", requests[0]);
    for path in [
        format!("{item}/decide"),
        format!("{item}/defer"),
        format!("{item}/dismiss-interest"),
        format!("{MEETING}/delegated/{}", requests[0]),
        format!("{MEETING}/close"),
        format!("{MEETING}/minutes/sign"),
        format!("{MEETING}/ratify"),
        format!("/requests/{}/actions/decide-for-panel", requests[0]),
    ] {
        let refused = panel.post(CLERK, &path, &advice()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
}
