//! Questions over HTTP.

use crate::county::{ADVISER, County, OURS, SERVICE, hearing, without_consent};
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_list_has_pages_that_lead_from_one_to_the_next() {
    let county = County::founded().await;
    for _ in 0..5 {
        county.submitted(&hearing()).await;
    }
    let mut seen = Vec::new();
    let mut path = "/requests?limit=2&sort=reference".to_owned();
    loop {
        let page = county.get(ADVISER, &path).await.body;
        for item in page["items"].as_array().unwrap() {
            seen.push(item["reference"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/requests?limit=2&sort=reference&cursor={next}");
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (5, &sorted));
}

#[tokio::test]
async fn a_question_with_faults_is_told_all_of_them() {
    let county = County::founded().await;
    let path = "/requests?status=lost&limit=0&need=ADHD&colour=red&at_least=x";
    let answer = county.get(ADVISER, path).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let faults: Vec<&str> = answer.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(faults, ["status", "need", "limit", "at_least", "colour"]);
}

#[tokio::test]
async fn filters_and_search_find_what_they_should() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.submitted(&without_consent()).await;
    let of = |body: &Value| body["items"].as_array().unwrap().len();
    for (filter, count) in [
        ("status=with_service", 1),
        ("status=awaiting_information", 1),
        ("need=HI", 2),
        ("area=semh", 0),
        ("route=service&service=sensory-support", 1),
        ("school_urn=900001", 2),
        ("school_urn=900002", 0),
        ("overdue=true", 0),
        ("q=firle", 2),
        ("q=Iv%20fir", 2),
        ("q=2017-04-09", 2),
        ("q=Smith", 0),
    ] {
        let answer = county.get(ADVISER, &format!("/requests?{filter}")).await;
        assert_eq!(of(&answer.body), count, "{filter}: {}", answer.body);
    }
    let reference = county.get(ADVISER, &format!("/requests/{id}")).await.body["reference"].clone();
    let found = county.get(ADVISER, &format!("/requests?q={}", reference.as_str().unwrap())).await;
    assert_eq!(found.body["items"][0]["id"], id.as_str());
}

#[tokio::test]
async fn triage_explains_every_service_criterion_by_criterion() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let triage = county.get(OURS, &format!("/requests/{id}/triage")).await.body;

    assert_eq!(triage["outcome"]["kind"], "service");
    assert_eq!(triage["ruleset_version"], 1);
    assert_eq!(triage["facts"]["needs.primary"], "HI");
    let services = triage["services"].as_array().unwrap();
    let fitting: Vec<_> = services.iter().filter(|each| each["fits"] == json!(true)).collect();
    assert_eq!(fitting.len(), 1);
    assert_eq!(
        fitting[0]["ways_in"][0]["criteria"][0],
        json!({"fact": "needs.primary", "test": "any_of", "values": ["HI", "VI", "MSI"],
            "says": "The primary need is hearing impairment, vision impairment or multi-sensory impairment",
            "actual": "HI", "met": true})
    );
}

#[tokio::test]
async fn clocks_show_their_promises_and_a_wait() {
    let county = County::founded().await;
    let id = county.submitted(&without_consent()).await;
    let clocks = county.get(OURS, &format!("/requests/{id}/clocks")).await.body;
    let of = |promise: &str| {
        let all = clocks["clocks"].as_array().unwrap();
        all.iter().find(|clock| clock["promise"] == promise).unwrap().clone()
    };
    assert_eq!(of("acknowledge")["state"], "kept");
    let respond = of("respond");
    assert_eq!(respond["state"], "paused");
    assert_eq!(respond["due_at"], json!(null));
    assert_eq!(respond["original_due_at"], "2026-11-27T17:00:00Z");
}

#[tokio::test]
async fn an_acceptance_in_time_keeps_the_promise_and_shows_in_the_figures() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.act(SERVICE, &id, "accept", &json!({})).await;
    let clocks = county.get(OURS, &format!("/requests/{id}/clocks")).await.body;
    let respond = &clocks["clocks"][1];
    assert_eq!((&respond["promise"], &respond["state"]), (&json!("respond"), &json!("kept")));

    let path = "/insights/response-times?group_by=service&from=2026-11-01&to=2026-11-30";
    let figures = county.get("demo-commissioner", path).await.body;
    assert_eq!(figures["items"][0]["key"], "sensory-support");
    assert_eq!(figures["items"][0]["kept"], 1);
    let table = county.get("demo-commissioner", &path.replace("times?", "times.csv?")).await;
    assert!(table.body.as_str().unwrap().contains("\"sensory-support\""));
}

#[tokio::test]
async fn the_directory_can_be_read() {
    let county = County::founded().await;
    let schools = county.get(OURS, "/schools?phase=primary").await.body;
    assert_eq!(schools["items"][0]["urn"], "900001");
    assert_eq!(schools["items"].as_array().unwrap().len(), 1);
    let services = county.get(OURS, "/services?limit=5").await.body;
    assert_eq!(services["next"], services["items"][4]["slug"]);
    let rules = county.get(OURS, "/rulesets/triage/versions/1").await.body;
    assert_eq!(rules["active"], true);
    assert_eq!(county.get(OURS, "/rulesets/triage/versions/2").await.status, 404);
    let duty = county.get(OURS, "/duty?at=2026-11-21T12:00:00Z").await.body;
    assert_eq!(duty["from_next_shift_at"], "2026-11-23T09:00:00Z");
    assert_eq!(duty["on_duty"], false);
}

#[tokio::test]
async fn an_auditor_reads_the_log_and_takes_a_checkpoint_away() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    let first = county.get("demo-auditor", "/audit/events?limit=2").await.body;
    assert_eq!(first["items"][1]["position"], 2);
    assert_eq!(first["next"], "2");
    let rest = county.get("demo-auditor", "/audit/events?after=2&limit=200").await.body;
    assert_eq!(rest["items"][0]["position"], 3);
    assert_eq!(rest["next"], json!(null));

    let checkpoint = county.get("demo-auditor", "/audit/checkpoint").await.body;
    assert_eq!(checkpoint["origin"], "test.example/log");
    let last = rest["items"].as_array().unwrap().last().unwrap();
    assert_eq!(checkpoint["size"], last["position"]);
}

#[tokio::test]
async fn an_auditor_finds_events_by_kind_by_actor_and_by_the_days_on_which_they_were_recorded() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    county.clock.set("2026-11-24T10:00:00Z".parse().unwrap());
    let second = county.submitted(&hearing()).await;
    let found = async |query: &str| {
        let answer = county.get("demo-auditor", &format!("/audit/events?{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {:?}", answer.body);
        answer.body
    };
    let kinds = |body: &Value| -> Vec<String> {
        let items = body["items"].as_array().unwrap().iter();
        items.map(|it| it["type"].as_str().unwrap().to_owned()).collect()
    };

    let received = found("type=request.received").await;
    assert_eq!(kinds(&received), ["request.received", "request.received"]);
    assert_eq!(received["next"], json!(null));
    let first = found("type=request.received&limit=1").await;
    let after = first["next"].as_str().unwrap();
    let rest = found(&format!("type=request.received&limit=1&after={after}")).await;
    assert_eq!(rest["items"][0], received["items"][1]);

    let of_requests = kinds(&found("type=request").await);
    assert!(of_requests.len() > 2 && of_requests.iter().all(|it| it.starts_with("request.")));
    let by_school = found("type=request&actor=demo-school-900001").await;
    let by: Vec<_> = by_school["items"].as_array().unwrap().iter().collect();
    assert!(!by.is_empty() && by.iter().all(|it| it["actor"]["id"] == "demo-school-900001"));

    let later = found("type=request.received&from=2026-11-24").await;
    assert_eq!(later["items"][0]["stream"], format!("request-{second}"));
    assert_eq!(kinds(&later).len(), 1);
    let earlier = found("type=request.received&to=2026-11-23").await;
    assert_eq!(earlier["items"], json!([received["items"][0]]));
    assert_eq!(
        found("from=2026-11-24&to=2026-11-24").await["items"][0]["recorded_at"],
        later["items"][0]["recorded_at"]
    );
    assert_eq!(found("from=2026-11-21&to=2026-11-23").await, json!({"items": [], "next": null}));
}

#[tokio::test]
async fn an_auditor_who_asks_for_no_kind_of_event_that_there_is_is_told_so() {
    let county = County::founded().await;
    for (query, pointer) in [
        ("type=request.sent_to_the_moon", "type"),
        ("from=yesterday", "from"),
        ("from=2026-11-24&to=2026-11-20", "from"),
    ] {
        let answer = county.get("demo-auditor", &format!("/audit/events?{query}")).await;
        assert_eq!(answer.status, 422, "{query}");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{query}");
    }
}
