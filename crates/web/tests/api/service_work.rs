//! What a service has before it: inbox, caseload, parts in a request, the gaps between services.

use crate::county::{ADVISER, Answer, County, OURS, SERVICE, hearing};
use crate::services::pointers;
use axum::http::StatusCode;
use serde_json::{Value, json};

const SPECIALIST: &str = "demo-service-specialist-sen";
const COMMISSIONER: &str = "demo-commissioner";
const INBOX: &str = "/services/sensory-support/inbox";
const CASELOAD: &str = "/services/sensory-support/caseload";

fn because(text: &str) -> Value {
    json!({"code": "wrong_service", "criteria": ["sensory-need"], "text": text})
}

fn ids(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

async fn done(county: &County, key: &str, id: &str, action: &str, body: Value) -> Value {
    let answer = county.act(key, id, action, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{action}: {}", answer.body);
    answer.body
}

async fn capacity(county: &County) -> Value {
    county.get(OURS, "/services/sensory-support").await.body["capacity"].clone()
}

#[tokio::test]
async fn what_is_sent_stands_in_the_inbox_until_it_is_accepted_and_then_in_the_caseload() {
    let county = County::founded().await;
    let first = county.submitted(&hearing()).await;
    county.clock.advance(jiff::SignedDuration::from_hours(24 * 3));
    let second = county.submitted(&hearing()).await;
    let inbox = county.get(SERVICE, INBOX).await;
    assert_eq!(ids(&inbox), [&first, &second]);
    let line = &inbox.body["items"][0];
    assert_eq!(line["part"], "lead");
    assert_eq!(line["child"]["given_name"], "Ivy");
    assert!(
        line["first_contact_by"].as_str() < inbox.body["items"][1]["first_contact_by"].as_str()
    );
    let counted = capacity(&county).await;
    assert_eq!((&counted["open"], &counted["waiting"]), (&json!(0), &json!(2)));

    let page = county.get(SERVICE, &format!("{INBOX}?limit=1")).await;
    assert_eq!(ids(&page), [&first]);
    let next = page.body["next"].as_str().unwrap();
    let page = county.get(SERVICE, &format!("{INBOX}?limit=1&cursor={next}")).await;
    assert_eq!((ids(&page), &page.body["next"]), (vec![second.as_str()], &Value::Null));

    done(&county, SERVICE, &second, "accept", json!({})).await;
    assert_eq!(ids(&county.get(SERVICE, INBOX).await), [&first]);
    assert_eq!(ids(&county.get(SERVICE, CASELOAD).await), [&second]);
    let counted = capacity(&county).await;
    assert_eq!((&counted["open"], &counted["waiting"]), (&json!(1), &json!(1)));

    done(&county, SERVICE, &second, "record-outcome", json!({"outcome": "goals_met"})).await;
    assert_eq!(ids(&county.get(SERVICE, CASELOAD).await), Vec::<&str>::new());
}

#[tokio::test]
async fn an_inbox_is_for_its_own_service_and_the_council_and_names_for_whom_they_concern() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    for path in [INBOX, CASELOAD] {
        assert_eq!(county.get(SPECIALIST, path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(county.get(OURS, path).await.status, StatusCode::FORBIDDEN);
    }
    for key in [ADVISER, "demo-coordinator"] {
        let named = county.get(key, INBOX).await;
        assert_eq!(named.body["items"][0]["child"]["given_name"], "Ivy", "{key}");
    }
    for key in [COMMISSIONER, "demo-auditor"] {
        let nameless = county.get(key, INBOX).await;
        assert_eq!(ids(&nameless), [&id]);
        assert_eq!(nameless.body["items"][0]["child"]["given_name"], Value::Null, "{key}");
    }
    let nowhere = county.get(ADVISER, "/services/nowhere/inbox").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let faulty = county.get(ADVISER, &format!("{INBOX}?limit=0&status=x")).await;
    assert_eq!(pointers(&faulty.body), ["limit", "status"]);
}

#[tokio::test]
async fn a_service_that_contributes_sees_the_request_and_one_that_did_does_not() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let pages = ["", "/timeline", "/documents"].map(|page| format!("/requests/{id}{page}"));
    let seen = async |status: StatusCode, listed: usize| {
        for page in &pages {
            assert_eq!(county.get(SPECIALIST, page).await.status, status, "{page}");
        }
        assert_eq!(ids(&county.get(SPECIALIST, "/requests").await).len(), listed);
    };
    seen(StatusCode::NOT_FOUND, 0).await;
    let part = json!({"service": "specialist-sen", "text": "Please see her in class."});
    done(&county, SERVICE, &id, "involve", part.clone()).await;
    seen(StatusCode::OK, 1).await;
    let inbox = county.get(SPECIALIST, "/services/specialist-sen/inbox").await;
    assert_eq!(inbox.body["items"][0]["part"], "contributing");
    done(&county, SPECIALIST, &id, "accept", json!({})).await;
    let caseload = county.get(SPECIALIST, "/services/specialist-sen/caseload").await;
    assert_eq!(ids(&caseload), [&id]);
    let request = county.get(SPECIALIST, &format!("/requests/{id}")).await.body;
    let parts = request["services"].as_array().unwrap().iter();
    let part_of = |it: &Value| [&it["service"], &it["part"], &it["state"]].map(Value::to_string);
    let parts: Vec<_> = parts.map(part_of).collect();
    assert_eq!(
        parts,
        [
            ["\"sensory-support\"", "\"lead\"", "\"waiting\""],
            ["\"specialist-sen\"", "\"contributing\"", "\"accepted\""],
        ]
    );

    done(&county, SERVICE, &id, "release", part).await;
    seen(StatusCode::NOT_FOUND, 0).await;
}

#[tokio::test]
async fn who_may_involve_and_release_and_whom() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let part = |slug: &str| json!({"service": slug, "text": "Please."});
    for action in ["involve", "release"] {
        let faulty = json!({"service": "No Slug", "text": 7, "whom": "x"});
        let refused = county.act(ADVISER, &id, action, &faulty).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(pointers(&refused.body), ["/service", "/text", "/whom"]);
        let outside = county.act(SPECIALIST, &id, action, &part("specialist-sen")).await;
        assert_eq!(outside.status, StatusCode::NOT_FOUND);
        let school = county.act(OURS, &id, action, &part("specialist-sen")).await;
        assert_eq!(school.status, StatusCode::FORBIDDEN);
    }
    let itself = county.act(SERVICE, &id, "involve", &part("sensory-support")).await;
    assert_eq!(itself.status, StatusCode::CONFLICT, "{}", itself.body);
    let nobody = county.act(ADVISER, &id, "involve", &part("nowhere")).await;
    assert_eq!(pointers(&nobody.body), ["/service"]);
    let not_in = county.act(ADVISER, &id, "release", &part("specialist-sen")).await;
    assert_eq!(not_in.status, StatusCode::CONFLICT, "{}", not_in.body);

    done(&county, ADVISER, &id, "involve", part("specialist-sen")).await;
    let twice = county.act(ADVISER, &id, "involve", &part("specialist-sen")).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
    let by_a_part = county.act(SPECIALIST, &id, "involve", &part("educational-psychology")).await;
    assert_eq!(by_a_part.status, StatusCode::CONFLICT, "{}", by_a_part.body);
}

#[tokio::test]
async fn a_request_that_went_round_is_a_gap_in_the_criteria() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let none = county.get(COMMISSIONER, "/insights/gaps").await;
    assert_eq!(none.body["items"], json!([]));
    let over = json!({"service": "specialist-sen", "reason": because("It is her speech.")});
    done(&county, SERVICE, &id, "hand-over", over).await;
    done(&county, SPECIALIST, &id, "decline", json!({"reason": because("It is hearing.")})).await;

    let gap = json!({
        "area": "sensory_physical", "services": ["sensory-support", "specialist-sen"],
        "reasons": {"wrong_service": 2}, "count": 1, "requests": [id],
    });
    for key in [COMMISSIONER, ADVISER, "demo-coordinator", "demo-auditor", "demo-panel"] {
        let shown = county.get(key, "/insights/gaps?from=2026-11-20&to=2026-11-20").await;
        assert_eq!(shown.body["items"], json!([gap]), "{key}");
    }
    let before = county.get(COMMISSIONER, "/insights/gaps?to=2026-11-19").await;
    assert_eq!(before.body["items"], json!([]));
    let table = county.get(COMMISSIONER, "/insights/gaps.csv").await;
    let expected = format!(
        "area,services,reasons,count,requests\r\n\
         \"sensory_physical\",\"sensory-support specialist-sen\",\"wrong_service:2\",1,\"{id}\"\r\n"
    );
    assert_eq!(table.body, Value::String(expected));

    assert_eq!(county.get(OURS, "/insights/gaps").await.status, StatusCode::FORBIDDEN);
    assert_eq!(county.get(SERVICE, "/insights/gaps.csv").await.status, StatusCode::FORBIDDEN);
    let faulty = county.get(ADVISER, "/insights/gaps?from=2026-02-02&to=2026-01-01&by=x").await;
    assert_eq!(pointers(&faulty.body), ["to", "by"]);
}
