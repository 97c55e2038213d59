//! What is decided outside a meeting or awaits somebody's word after it.

use super::*;

#[tokio::test]
async fn what_awaits_the_officers_word_is_in_force_once_it_is_given() {
    let (panel, requests) = Panelled::under_way(advising(), &["Tom", "Ada"]).await;
    for request in &requests {
        let decided = panel.decide(request, &advice()).await;
        assert_eq!(decided.body["items"][0]["outcome"]["awaits"], OFFICER, "{}", decided.body);
        assert_eq!(panel.status(request).await, "on_agenda", "nothing is in force yet");
    }
    let ratify = format!("{MEETING}/ratify");
    let by_another = panel.post("key-mira", &ratify, &json!({})).await;
    Panelled::conflict(&by_another, "nothing of this meeting awaits your word");
    let not_agreed = json!({"items": [{"request": requests[0], "agreed": false}]});
    let silent = panel.post(OFFICER, &ratify, &not_agreed).await;
    assert_eq!(crate::services::pointers(&silent.body), ["/items/0/reason"]);
    let word = json!({"items": [{"request": requests[0], "agreed": false, "reason": grounds()}]});
    let set_aside = panel.done(OFFICER, &ratify, word).await;
    assert_eq!(set_aside["items"][0]["ratification"]["agreed"], false);
    assert_eq!(panel.status(&requests[0]).await, "awaiting_panel");

    let ratified = panel.again(OFFICER, &ratify, &json!({})).await;
    assert_eq!(ratified.body["items"][1]["ratification"]["agreed"], true, "{}", ratified.body);
    assert_eq!(panel.status(&requests[1]).await, "with_duty_adviser");
    let again = panel.again(OFFICER, &ratify, &json!({})).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &ratified.body));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let nothing = panel.post(OFFICER, &ratify, &json!({})).await;
    Panelled::conflict(&nothing, "nothing of this meeting awaits your word");
}

#[tokio::test]
async fn the_officer_may_give_their_word_on_the_request_itself() {
    let (panel, requests) = Panelled::under_way(advising(), &["Tom"]).await;
    panel.decide(&requests[0], &advice()).await;
    let actions = async |key: &str| {
        panel.get(key, &format!("/requests/{}", requests[0])).await["actions"].to_string()
    };
    assert!(actions(OFFICER).await.contains("ratify"));
    assert!(!actions("key-mira").await.contains("ratify"), "she is not the officer");
    let ratified =
        panel.county.act(OFFICER, &requests[0], "ratify", &json!({"agreed": true})).await;
    assert_eq!(ratified.status, StatusCode::OK, "{}", ratified.body);
    assert_eq!(panel.item(&requests[0]).await["ratification"]["by"], OFFICER);
}

#[tokio::test]
async fn the_school_reads_a_decision_once_it_is_in_force_and_never_the_dissent() {
    let (panel, requests) = Panelled::under_way(advising(), &["Tom"]).await;
    let mut decision = advice();
    decision["dissent"] = json!([{"member": "hana", "text": "Too little."}]);
    panel.decide(&requests[0], &decision).await;
    let read = async || {
        let timeline = panel.get(OURS, &format!("/requests/{}/timeline", requests[0])).await;
        let items = timeline["items"].as_array().unwrap().clone();
        items.into_iter().find(|item| item["type"] == "request.panel_decided")
    };
    assert_eq!(read().await, None, "it awaits the officer's word");
    panel.again(OFFICER, &format!("{MEETING}/ratify"), &json!({})).await;
    let decided = read().await.expect("it is in force");
    assert_eq!(decided["words"]["text"], decision["reason"]["text"]);
    assert!(!decided.to_string().contains("Too little."), "{decided}");
}

/// The chair decides this request for the panel.
async fn delegated(panel: &Panelled, request: &str) {
    let path = format!("/requests/{request}/actions/decide-for-panel");
    let done = panel.again("key-mira", &path, &advice()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let again = panel.again("key-mira", &path, &advice()).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &done.body));
    assert_eq!(again.headers["idempotency-replayed"], "true");
}

async fn clear(panel: &Panelled, request: &str) {
    use domain::request::{Command, Stated, event::Reason};
    let id = domain::ids::RequestId(request.parse().unwrap());
    let code = domain::codes::ReasonCode::ProfessionalJudgement;
    let stated = Stated {
        reason: Some(Reason { code, criteria: vec![] }),
        words: domain::personal::Words::text("Clear."),
    };
    let command = Command::SetDepth(domain::panel::Depth::Consent, stated);
    panel.county.engine.act(&by_set_up_as(id.0.as_u128()), id, command).await.unwrap();
}

#[tokio::test]
async fn what_the_chair_decides_alone_is_for_the_next_meeting_to_ratify() {
    let panel = Panelled::established().await;
    let requests = [
        panel.county.submitted(&anxious("Tom")).await,
        panel.county.submitted(&anxious("Ada")).await,
    ];
    let path = format!("/requests/{}/actions/decide-for-panel", requests[0]);
    let mut too_deep = advice();
    too_deep["reason"]["criteria"] = json!([]);
    let faulty = panel.post("key-mira", &path, &too_deep).await;
    assert_eq!(crate::services::pointers(&faulty.body), ["/reason/criteria"]);
    let refused = panel.post("key-mira", &path, &advice()).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "not a clear case: {}", refused.body);
    for request in &requests {
        clear(&panel, request).await;
    }
    let by_another = panel.post("key-hana", &path, &advice()).await;
    assert_eq!(by_another.status, StatusCode::CONFLICT, "{}", by_another.body);
    let shown = panel.get("key-mira", &format!("/requests/{}", requests[0])).await;
    assert!(shown["actions"].to_string().contains("decide-for-panel"), "{}", shown["actions"]);
    for request in &requests {
        delegated(&panel, request).await;
        assert_eq!(panel.status(request).await, "with_duty_adviser");
    }

    panel.done(CLERK, "/panels/semh/meetings", json!({})).await;
    panel.done(CLERK, &format!("{MEETING}/publish"), json!({})).await;
    panel.county.clock.set(MEETS.parse().unwrap());
    panel.arrive(&["mira", "amal", "lee"]).await;
    panel.later(5);
    let live = panel.get(OFFICER, MEETING).await;
    assert_eq!(live["delegated"].as_array().unwrap().len(), 2);
    assert_eq!(live["delegated"][0]["quorum"]["met"], false);
    assert_eq!(live["delegated"][0]["decision"], "advice");
    let review = |request: &str| format!("{MEETING}/delegated/{request}");
    let stands = json!({"ratified": true});
    let few = panel.post(OFFICER, &review(&requests[0]), &stands).await;
    assert_eq!(few.status, StatusCode::CONFLICT, "{}", few.body);
    panel.arrive(&["hana"]).await;
    panel.later(5);
    panel.done(OFFICER, &review(&requests[0]), stands).await;
    let falls = json!({"ratified": false, "reason": grounds()});
    let done = panel.done(OFFICER, &review(&requests[1]), falls).await;
    assert_eq!(done["delegations"][1]["ratified"], false);
    assert_eq!(panel.status(&requests[1]).await, "awaiting_panel");
    assert_eq!(panel.get(OFFICER, MEETING).await["delegated"], json!([]));
}
