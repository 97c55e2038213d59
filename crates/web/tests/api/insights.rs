//! Figures, and the requests behind their numbers.

use crate::county::{ADVISER, County, OTHERS, OURS, SERVICE, hearing, without_consent};
use axum::http::StatusCode;
use serde_json::{Value, json};

const COMMISSIONER: &str = "demo-commissioner";

async fn told(county: &County, key: &str, path: &str) -> Value {
    let answer = county.get(key, &format!("/insights/{path}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// Three came; one waits for the school, one was closed.
async fn lived_in() -> (County, String) {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    county.submitted(&without_consent()).await;
    let id = county.submitted(&hearing()).await;
    county.clock.set("2026-11-24T10:00:00Z".parse().unwrap());
    let advice = json!({"text": "Seat her at the front."});
    let advised = county.act(ADVISER, &id, "advise", &advice).await;
    assert!(advised.status.is_success(), "{}", advised.body);
    let ending = json!({"ending": "advice_given", "text": "Nothing more to do."});
    let closed = county.act(ADVISER, &id, "close", &ending).await;
    assert!(closed.status.is_success(), "{}", closed.body);
    (county, id)
}

#[tokio::test]
async fn what_came_in_what_was_closed_and_where_the_rest_is_adds_up() {
    let (county, _) = lived_in().await;
    let flow = told(&county, COMMISSIONER, "flow?from=2026-11-01").await;
    assert_eq!(flow["group_by"], "month");
    let month = &flow["items"][0];
    assert_eq!(month["key"], "2026-11");
    assert_eq!(
        (&month["received"], &month["closed"], &month["open"]),
        (&json!(3), &json!(1), &json!(2))
    );
    assert_eq!(month["places"], json!({"with_service": 1, "awaiting_information": 1}));
    assert_eq!(flow["total"]["open"], 2);

    let weeks = told(&county, COMMISSIONER, "flow?from=2026-11-02&group_by=week").await;
    let open: Vec<_> = weeks["items"].as_array().unwrap().iter().map(|it| &it["open"]).collect();
    assert_eq!(open.last().unwrap(), &&json!(2));
    assert_eq!(open[0], &json!(0), "nothing had come by then");
}

#[tokio::test]
async fn behind_each_number_of_the_flow_are_as_many_requests_and_nobodys_name() {
    let (county, closed) = lived_in().await;
    for (of, number) in
        [("received", 3), ("closed", 1), ("open", 2), ("with_service", 1), ("reopened", 0)]
    {
        let path = format!("flow/requests?from=2026-11-01&key=2026-11&of={of}");
        let behind = told(&county, COMMISSIONER, &path).await;
        assert_eq!(
            (&behind["count"], &behind["requests"]),
            (&json!(number), &json!(number)),
            "{of}"
        );
        assert_eq!(behind["items"].as_array().unwrap().len(), number, "{of}");
        assert!(!behind.to_string().contains("Firle"), "a commissioner sees no name");
    }
    let path = "flow/requests?from=2026-11-01&of=closed";
    assert_eq!(told(&county, COMMISSIONER, path).await["items"][0]["id"], closed.as_str());
    let named = told(&county, ADVISER, path).await;
    assert_eq!(named["items"][0]["child"]["family_name"], "Firle");
    assert_eq!(told(&county, COMMISSIONER, "flow/requests?key=2031-01").await["count"], 0);
}

#[tokio::test]
async fn a_long_list_behind_a_number_has_pages() {
    let (county, _) = lived_in().await;
    let first = told(&county, COMMISSIONER, "flow/requests?limit=2").await;
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    let next = first["next"].as_str().unwrap();
    let rest = told(&county, COMMISSIONER, &format!("flow/requests?limit=2&cursor={next}")).await;
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!((&rest["next"], &rest["count"]), (&Value::Null, &json!(3)));
}

#[tokio::test]
async fn behind_a_figure_everybody_finds_what_the_figure_counts_for_them() {
    let (county, _) = lived_in().await;
    for key in [OURS, OTHERS, SERVICE, ADVISER, COMMISSIONER] {
        let times = told(&county, key, "response-times").await;
        for row in times["items"].as_array().unwrap() {
            let promise = row["key"].as_str().unwrap();
            for (of, number) in [("kept", "kept"), ("breached", "breached"), ("running", "running")]
            {
                let path = format!("response-times/requests?key={promise}&of={of}");
                assert_eq!(told(&county, key, &path).await["count"], row[number], "{key} {path}");
            }
        }
    }
    let other = told(&county, OTHERS, "response-times/requests").await;
    assert_eq!(other["count"], 0);
    for hidden in ["flow", "spend", "gaps", "luck"] {
        let answer = county.get(OURS, &format!("/insights/{hidden}/requests")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{hidden}");
    }
}

#[tokio::test]
async fn a_place_has_as_many_as_the_list_of_it_and_names_what_has_been_there_longest() {
    let (county, _) = lived_in().await;
    let queues = told(&county, COMMISSIONER, "queues").await;
    assert_eq!((&queues["count"], &queues["late"]), (&json!(2), &json!(0)));
    let [asked, with_service] = queues["items"].as_array().unwrap().as_slice() else {
        panic!("{queues}")
    };
    assert_eq!(asked["status"], "awaiting_information");
    assert_eq!(
        (&with_service["service"], &with_service["count"]),
        (&json!("sensory-support"), &json!(1))
    );
    let list = "/requests?status=with_service&service=sensory-support";
    let list = county.get(COMMISSIONER, list).await.body;
    assert_eq!(list["items"][0]["id"], with_service["longest"]["id"]);
    assert_eq!(with_service["longest"]["since"], list["items"][0]["received_at"]);
}

#[tokio::test]
async fn both_come_as_tables_and_a_question_with_faults_is_told_them() {
    let (county, _) = lived_in().await;
    let table = told(&county, COMMISSIONER, "flow.csv?from=2026-11-01").await;
    let lines: Vec<&str> = table.as_str().unwrap().lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("key,from,to,received,answered,closed,reopened,open,awaiting_"));
    assert!(lines[1].starts_with("\"2026-11\",2026-11-01,2026-11-24,3,"), "{}", lines[1]);
    let table = told(&county, COMMISSIONER, "queues.csv").await;
    assert!(table.as_str().unwrap().contains("\"with_service\",\"sensory-support\""), "{table}");
    for faulty in [
        "flow?from=1990-01-01&group_by=week",
        "flow?to=2020-01-01&from=2021-01-01",
        "flow?group_by=day",
    ] {
        let answer = county.get(COMMISSIONER, &format!("/insights/{faulty}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{faulty}");
    }
}
