//! A meeting from its date in the diary to its signed minutes.

use super::*;

#[tokio::test]
async fn a_meeting_from_its_date_in_the_diary_to_its_signed_minutes() {
    let panel = Panelled::established().await;
    let first = panel.county.submitted(&anxious("Tom")).await;
    let second = panel.county.submitted(&anxious("Ada")).await;

    let called = panel.post(CLERK, "/panels/semh/meetings", &json!({})).await;
    assert_eq!(called.status, StatusCode::CREATED, "{}", called.body);
    assert_eq!(called.headers["location"], format!("/api/v1{MEETING}"));
    let body = &called.body;
    assert_eq!((&body["kind"], &body["phase"]), (&json!("cycle"), &json!("planned")));
    assert_eq!((&body["starts_at"], &body["minutes"]), (&json!(MEETS), &json!(60)));
    assert_eq!(body["papers_due_at"], "2026-11-26T17:00:00Z");

    let agenda = panel.get(CLERK, &format!("{MEETING}/agenda")).await;
    assert_eq!((&agenda["items"], &agenda["minutes_left"]), (&json!([]), &json!(60)));
    assert_eq!(agenda["proposal"].as_array().unwrap().len(), 2);
    assert_eq!(agenda["proposal"][0]["child"]["given_name"], "Tom");
    let set = panel.done(CLERK, &format!("{MEETING}/agenda"), json!({})).await;
    assert_eq!(set["items"][1]["request"], second);
    assert_eq!(panel.status(&first).await, "on_agenda");
    panel.done(CLERK, &format!("{MEETING}/publish"), json!({})).await;
    let apologies = json!({"member": "joan", "event": "apologies"});
    panel.done(CLERK, &format!("{MEETING}/attendance"), apologies).await;

    let pack = panel.get("key-mira", &format!("{MEETING}/items/{first}/pack")).await;
    assert_eq!(pack["request"]["child"]["given_name"], "Tom");

    panel.county.clock.set(MEETS.parse().unwrap());
    panel.arrive(&["mira", "amal", "lee", "hana"]).await;
    panel.later(10);
    let live = panel.get("key-mira", MEETING).await;
    assert_eq!(live["phase"], "open");
    assert_eq!(live["in_the_room"], json!(["mira", "amal", "lee", "hana"]));
    assert_eq!(live["apologies"], json!(["joan"]));
    assert_eq!(live["items"][0]["quorum"]["met"], true);
    assert_eq!(live["items"][0]["opened_by"], json!(["mira"]), "whoever read it, and nobody else");

    let decided = panel.decide(&first, &advice()).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.body);
    let outcome = &decided.body["items"][0]["outcome"];
    assert_eq!((&outcome["kind"], &outcome["decision"]), (&json!("decided"), &json!("advice")));
    assert_eq!(outcome["chaired_by"], "mira");
    assert_eq!(outcome["unopened"], json!(["amal", "hana", "lee"]));
    assert_eq!(panel.status(&first).await, "with_duty_adviser");

    panel.later(10);
    let closed = panel.done(OFFICER, &format!("{MEETING}/close"), json!({})).await;
    assert_eq!(closed["items"][1]["outcome"]["why"], "no_time");
    assert_eq!(closed["in_the_room"], json!([]));
    assert_eq!(panel.status(&second).await, "awaiting_panel");
    let sign = format!("{MEETING}/minutes/sign");
    let by_another = panel.post("key-amal", &sign, &json!({})).await;
    Panelled::conflict(&by_another, "only the panel's chair or vice-chair signs the minutes");
    let signed = panel.done("key-mira", &sign, json!({})).await;
    assert_eq!((&signed["phase"], &signed["signed"]["by"]), (&json!("signed"), &json!("mira")));
    assert_eq!(
        panel.county.get(OFFICER, MEETING).await.headers["etag"],
        format!("\"{}\"", signed["version"])
    );
}

#[tokio::test]
async fn what_the_panel_puts_off_comes_back_to_it_once_the_school_has_answered() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let request = &requests[0];
    let mut body = advice();
    body["decision"] = json!("defer");
    let without = panel.decide(request, &body).await;
    assert_eq!(crate::services::pointers(&without.body), ["/questions"]);
    body["questions"] = json!(["What did the therapist find?"]);
    let deferred = panel.decide(request, &body).await;
    assert_eq!(deferred.status, StatusCode::OK, "{}", deferred.body);
    assert_eq!(panel.status(request).await, "awaiting_information");
    let shown = panel.get(OURS, &format!("/requests/{request}")).await;
    assert_eq!(shown["questions"][0]["text"], "What did the therapist find?");
    let answer = json!({"answers": [{"question": 1, "text": "He does not sleep."}]});
    let answered = panel.county.act(OURS, request, "supply-information", &answer).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.body);
    assert_eq!(panel.status(request).await, "awaiting_panel");

    panel.done(OFFICER, &format!("{MEETING}/close"), json!({})).await;
    let next = panel.done(CLERK, "/panels/semh/meetings", json!({})).await;
    let next = format!("/meetings/{}", next["id"].as_str().unwrap());
    let agenda = panel.done(CLERK, &format!("{next}/agenda"), json!({})).await;
    assert_eq!(agenda["items"][0]["request"], *request);
    panel.done(CLERK, &format!("{next}/publish"), json!({})).await;
    let pack = panel.get("key-mira", &format!("{next}/items/{request}/pack")).await;
    let said = pack["conversation"].to_string();
    assert!(said.contains("He does not sleep.") && said.contains("more than his school"), "{said}");
}

#[tokio::test]
async fn a_retry_gets_the_first_answer_and_another_body_is_refused() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let decide = format!("{MEETING}/items/{}/decide", requests[0]);
    let left = json!({"member": "hana", "event": "departed"});
    for (path, body, other) in [
        (
            decide.as_str(),
            advice(),
            json!({"decision": "decline", "reason": grounds(),
            "evidence": ["heard"]}),
        ),
        ("/panels/semh/meetings", json!({}), json!({"minutes": 30})),
        (&format!("{MEETING}/attendance"), left, json!({"member": "lee", "event": "departed"})),
        (&format!("{MEETING}/close"), json!({}), json!({"effective_at": "2026-12-03T09:46:00Z"})),
    ] {
        panel.later(1);
        let first = panel.again(OFFICER, path, &body).await;
        assert!(first.status.is_success(), "{path}: {}", first.body);
        panel.later(1);
        let second = panel.again(OFFICER, path, &body).await;
        assert_eq!(second.headers["idempotency-replayed"], "true", "{path}");
        assert_eq!((second.status, &second.body), (first.status, &first.body), "{path}");
        assert_eq!(second.headers["etag"], first.headers["etag"]);
        let another = panel.again(OFFICER, path, &other).await;
        assert_eq!(another.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", another.body);
    }
}

#[tokio::test]
async fn of_two_decisions_at_once_one_wins() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let other = json!({"decision": "decline", "reason": grounds(), "evidence": ["heard"]});
    let (advice, first) = (advice(), &requests[0]);
    let (one, two) = tokio::join!(panel.decide(first, &advice), panel.decide(first, &other));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT], "{} {}", one.body, two.body);

    let tag = panel.county.get(OFFICER, MEETING).await.headers["etag"].clone();
    panel.later(1);
    panel.depart("hana").await;
    let stale = asking("POST", OFFICER, &format!("{MEETING}/close")).header("If-Match", tag);
    let stale = panel.county.send(stale.body(Body::empty()).unwrap()).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
}

pub(super) fn package() -> Value {
    let given = |service: &str, support: &str, pence: i64| {
        json!({"service": service, "what": "Someone in class", "outcome": "He stays in the room",
            "lead": "Sam Ashdown", "support": support, "quantity": 2, "unit": "hour",
            "frequency": "weekly", "unit_cost": {"pence": pence}, "starts": "2027-01-04",
            "ends": "2027-03-26", "funding": "high_needs", "review_on": "2027-03-15"})
    };
    json!({
        "key_worker": {"name": "Sam Ashdown", "role": "Specialist teacher"},
        "key_worker_of": {"service": "specialist-sen"},
        "contributions": [given("specialist-sen", "outreach", 4_500),
            given("educational-psychology", "advice", 9_000)],
    })
}

pub(super) fn decided_package(package: Value) -> Value {
    let mut body = advice();
    body["decision"] = json!("package");
    body["package"] = package;
    body
}

#[tokio::test]
async fn a_package_gives_every_service_its_part_and_above_an_amount_awaits_the_officer() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom", "Ada"]).await;
    let decided = panel.decide(&requests[0], &decided_package(package())).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.body);
    assert_eq!(decided.body["items"][0]["outcome"]["awaits"], Value::Null);
    assert_eq!(panel.status(&requests[0]).await, "supported");
    let inbox = panel.get("demo-service-specialist-sen", "/services/specialist-sen/inbox").await;
    assert_eq!(inbox["items"][0]["id"], requests[0], "{inbox}");

    let mut dear = package();
    dear["contributions"][0]["unit_cost"]["pence"] = json!(50_000);
    let decided = panel.decide(&requests[1], &decided_package(dear)).await;
    assert_eq!(decided.body["items"][1]["outcome"]["awaits"], OFFICER, "{}", decided.body);
    assert_eq!(panel.status(&requests[1]).await, "on_agenda");
    panel.done(OFFICER, &format!("{MEETING}/ratify"), json!({})).await;
    assert_eq!(panel.status(&requests[1]).await, "supported");
}

#[tokio::test]
async fn a_package_that_cannot_be_is_refused_with_every_fault_at_its_place() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let with = |name: &str, value: Value| {
        let mut package = package();
        package["contributions"][1][name] = value;
        decided_package(package)
    };
    for (body, at) in [
        (decided_package(Value::Null), "/package"),
        (with("quantity", json!(-1)), "/package/contributions/1/quantity"),
        (with("unit_cost", json!({"pence": -1})), "/package/contributions/1/unit_cost/pence"),
        (with("ends", Value::Null), "/package/contributions/1/ends"),
        (with("ends", json!("2099-01-01")), "/package/contributions/1/ends"),
        (with("ends", json!("2026-12-31")), "/package/contributions/1/ends"),
        (with("service", json!("nowhere")), "/package/contributions/1/service"),
        (with("support", json!("equipment")), "/package/contributions/1/support"),
    ] {
        let refused = panel.decide(&requests[0], &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{at}: {}", refused.body);
        assert!(crate::services::pointers(&refused.body).contains(&at), "{at}: {}", refused.body);
    }
    assert_eq!(panel.status(&requests[0]).await, "on_agenda");
}
