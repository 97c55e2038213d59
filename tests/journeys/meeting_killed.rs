//! The server is killed in the middle of a meeting, again and again: no decision is ever found
//! without its effect on the request, nor an effect without its decision, and a clerk who asks
//! again has decided once.

use frontdoor_tests::caller::Caller;
use frontdoor_tests::dice::Dice;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, with};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

const PANEL: &str = "/panels/communication-interaction";
const ITEMS: usize = 40;
const CLERKS: usize = 4;
const MOST_KILLS: usize = 12;

/// Something to be decided: the request, the key of the question, whether it was answered.
#[derive(Clone)]
struct Item {
    request: String,
    key: String,
    answered: bool,
}

fn autistic() -> Value {
    let body = with(plain(), "/needs", json!({"primary": "ASD"}));
    with(body, "/support_sought", json!(["inreach"]))
}

/// A meeting under way, with everybody there and every interest settled.
async fn under_way(server: &Server) -> (String, Vec<Item>) {
    let (school, panel) = (server.demo("school-900001"), server.demo("panel"));
    let mut items = Vec::new();
    let mut now = Value::Null;
    for number in 0..ITEMS {
        let stored = school.submit(&autistic()).await.json();
        now = stored["received_at"].clone();
        let request = stored["id"].as_str().expect("text").to_owned();
        items.push(Item { request, key: format!("decide-{number}"), answered: false });
    }
    let called = panel.post(&format!("{PANEL}/meetings"), &json!({"starts_at": now})).await;
    let meeting = format!("/meetings/{}", called.expect(201)["id"].as_str().expect("text"));
    let planned: Vec<_> =
        items.iter().map(|it| json!({"request": it.request, "minutes": 3})).collect();
    panel.post(&format!("{meeting}/agenda"), &json!({"items": planned})).await.expect_status(200);
    panel.post(&format!("{meeting}/publish"), &json!({})).await.expect_status(200);
    let terms = panel.get(PANEL).await.expect(200);
    let members: Vec<_> = terms["members"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["account"].clone())
        .collect();
    let arrived = json!({"members": members, "event": "arrived"});
    panel.post(&format!("{meeting}/attendance"), &arrived).await.expect_status(200);
    let live = panel.get(&meeting).await.expect(200);
    for item in live["items"].as_array().expect("a list") {
        assert_eq!(item["interests"], json!([]), "nobody of this school sits on the panel");
        assert_eq!(item["quorum"]["met"], true);
    }
    (meeting, items)
}

/// Decides one item; says whether an answer came.
async fn decide(panel: &Caller, meeting: &str, item: &Item) -> bool {
    let body = json!({
        "decision": "advice", "evidence": ["request"],
        "reason": {"code": "ordinary_support_first", "criteria": ["two cycles"],
            "text": "The school has more to try."},
    });
    let path = format!("{meeting}/items/{}/decide", item.request);
    let headers = [("idempotency-key", item.key.as_str())];
    match panel.try_post(&path, &body, &headers).await {
        Ok(answer) if answer.status == 200 => true,
        // Four clerks at one meeting get into each other's way: they try again.
        Ok(answer) if [409, 503].contains(&answer.status) => false,
        Ok(answer) => panic!("{}: {}", answer.status, answer.text),
        Err(_) => false,
    }
}

/// Several clerks decide what is left until the server is gone.
fn decide_until_gone(server: &Server, meeting: &str, items: &[Item]) -> JoinSet<Vec<Item>> {
    let mut clerks = JoinSet::new();
    let left: Vec<_> = items.iter().filter(|item| !item.answered).cloned().collect();
    for clerk in 0..CLERKS {
        let (panel, meeting) = (server.demo("panel"), meeting.to_owned());
        let mine: Vec<_> = left.iter().skip(clerk).step_by(CLERKS).cloned().collect();
        clerks.spawn(async move {
            let mut tried = Vec::new();
            for mut item in mine {
                item.answered = decide(&panel, &meeting, &item).await;
                tried.push(item);
            }
            tried
        });
    }
    clerks
}

/// Every event, told from the log.
async fn events(server: &Server) -> Vec<Value> {
    let auditor = server.demo("auditor");
    let mut events: Vec<Value> = Vec::new();
    loop {
        let after = events.last().map_or(0, |event| event["position"].as_u64().expect("a number"));
        let page = auditor.get(&format!("/audit/events?after={after}&limit=200")).await.expect(200);
        let page = page["items"].as_array().expect("a list").clone();
        if page.is_empty() {
            return events;
        }
        events.extend(page);
    }
}

/// By command: the requests that a meeting says were decided, and those that were.
fn decisions(events: &[Value]) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let mut decisions: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for event in events {
        let command = event["command_id"].as_str().expect("text").to_owned();
        let stream = event["stream"].as_str().expect("text");
        match event["type"].as_str().expect("text") {
            "meeting.decided" => {
                let request = event["data"]["request"].as_str().expect("text").to_owned();
                decisions.entry(command).or_default().0.push(request);
            }
            "request.panel_decided" => {
                let request =
                    stream.strip_prefix("request-").expect("a request's stream").to_owned();
                decisions.entry(command).or_default().1.push(request);
            }
            _ => {}
        }
    }
    decisions
}

#[tokio::test]
async fn no_decision_is_found_without_its_effect_when_the_server_is_killed() {
    let mut server = Server::empty().await;
    let mut dice = Dice::new(12);
    let (meeting, mut items) = under_way(&server).await;
    let mut kills = 0;
    while kills < MOST_KILLS && items.iter().any(|item| !item.answered) {
        let clerks = decide_until_gone(&server, &meeting, &items);
        sleep(Duration::from_millis(u64::try_from(dice.from_to(1, 40)).unwrap())).await;
        server.kill();
        kills += 1;
        for tried in clerks.join_all().await.into_iter().flatten() {
            let item = items.iter_mut().find(|item| item.request == tried.request).unwrap();
            item.answered = item.answered || tried.answered;
        }
        server.start().await;
        for (command, (said, done)) in decisions(&events(&server).await) {
            assert_eq!(said, done, "command {command}");
        }
    }
    assert!(kills > 1, "it was killed in the middle");

    // Whoever has no answer asks again, and everybody else too: each is decided once.
    let panel = server.demo("panel");
    for item in &items {
        assert!(decide(&panel, &meeting, item).await, "{}", item.key);
    }
    let decisions = decisions(&events(&server).await);
    assert_eq!(decisions.len(), ITEMS);
    assert!(decisions.values().all(|(said, done)| said.len() == 1 && said == done));
}
