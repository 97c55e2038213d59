//! Lists: pages that visit everything once, filters, orders, and search.

use frontdoor_tests::caller::Caller;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, upn, with};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A demo county in which things have happened.
async fn county() -> (Server, Caller) {
    let server = Server::with(&["--demo", "--demo-requests", "120", "--demo-seed", "7"]).await;
    let adviser = server.demo("adviser");
    (server, adviser)
}

async fn pages(caller: &Caller, query: &str, limit: usize) -> Vec<Value> {
    let mut items = Vec::new();
    let mut cursor = String::new();
    for _ in 0..1_000 {
        let path = format!("/requests?limit={limit}{query}{cursor}");
        let page = caller.get(&path).await.expect(200);
        let page_items = page["items"].as_array().expect("items");
        assert!(page_items.len() <= limit);
        items.extend(page_items.iter().cloned());
        let Some(next) = page["next"].as_str() else { return items };
        assert_eq!(page_items.len(), limit, "only the last page may be short");
        cursor = format!("&cursor={next}");
    }
    panic!("the list has no end");
}

#[tokio::test]
async fn pages_of_any_size_and_order_visit_everything_exactly_once() {
    let (_server, adviser) = county().await;
    for sort in
        ["", "&sort=respond_by", "&sort=-respond_by", "&sort=received_at", "&sort=reference"]
    {
        for limit in [7, 50, 120] {
            let items = pages(&adviser, sort, limit).await;
            let ids: BTreeSet<String> = items.iter().map(|item| item["id"].to_string()).collect();
            assert_eq!((items.len(), ids.len()), (120, 120), "{sort}, {limit} a page");
        }
    }
}

#[tokio::test]
async fn a_list_is_in_the_order_asked_for_with_the_unknown_last() {
    let (_server, adviser) = county().await;
    for (column, sort) in
        [("respond_by", "respond_by"), ("received_at", "received_at"), ("reference", "reference")]
    {
        for (sign, descending) in [("", false), ("-", true)] {
            let items = pages(&adviser, &format!("&sort={sign}{sort}"), 50).await;
            let values: Vec<&Value> = items.iter().map(|item| &item[column]).collect();
            let known: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
            assert!(values[known.len()..].iter().all(|value| value.is_null()), "{sign}{sort}");
            // Instants of one length sort as text; fractions of a second do not.
            let cut = |text: &&str| text.get(..19).unwrap_or(text).to_owned();
            let mut sorted: Vec<String> = known.iter().map(cut).collect();
            sorted.sort();
            if descending {
                sorted.reverse();
            }
            assert_eq!(known.iter().map(cut).collect::<Vec<_>>(), sorted, "{sign}{sort}");
        }
    }
}

#[tokio::test]
async fn a_filter_keeps_what_a_person_would_keep() {
    let (_server, adviser) = county().await;
    let all = pages(&adviser, "", 200).await;
    let filters: [(&str, &str); 10] = [
        ("status", "/status"),
        ("school_urn", "/school_urn"),
        ("need", "/primary_need"),
        ("area", "/area"),
        ("route", "/route/kind"),
        ("service", "/route/service"),
        ("panel", "/route/panel"),
        ("child", "/child/id"),
        ("adviser", "/duty/adviser"),
        ("reference", "/reference"),
    ];
    for (filter, pointer) in filters {
        let value = |item: &Value| item.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let values: BTreeSet<String> = all.iter().filter_map(value).collect();
        assert!(!values.is_empty(), "{filter}");
        for wanted in values.iter().take(5) {
            let kept = pages(&adviser, &format!("&{filter}={wanted}"), 200).await;
            let would = all.iter().filter(|item| value(item).as_ref() == Some(wanted));
            assert_eq!(kept, would.cloned().collect::<Vec<_>>(), "{filter}={wanted}");
        }
    }
}

#[tokio::test]
async fn what_is_overdue_and_what_is_not_make_up_the_whole() {
    let (_server, adviser) = county().await;
    let (late, well) =
        (pages(&adviser, "&overdue=true", 50).await, pages(&adviser, "&overdue=false", 50).await);
    assert_eq!(late.len() + well.len(), 120);
}

#[tokio::test]
async fn a_parameter_that_does_not_exist_or_cannot_be_is_named() {
    let server = Server::empty().await;
    let adviser = server.demo("adviser");
    for (query, faults) in [
        ("colour=blue", vec!["colour"]),
        ("limit=0", vec!["limit"]),
        ("limit=201", vec!["limit"]),
        ("limit=many&status=lost&sort=name&need=XX", vec!["limit", "need", "sort", "status"]),
        ("status=closed&status=supported", vec!["status"]),
    ] {
        let answer = adviser.get(&format!("/requests?{query}")).await;
        assert_eq!(answer.faults(422), faults, "{query}");
    }
    let stale = adviser.get("/requests?cursor=nonsense").await;
    stale.expect_problem(422);
}

#[tokio::test]
async fn a_child_is_found_by_name_upn_or_birth_date_and_not_by_others() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let number = upn(987_654_321);
    let mut body = with(plain(), "/child/given_name", json!("Tamsin"));
    body = with(body, "/child/upn", json!(number));
    school.submit(&plain()).await;
    let stored = school.submit(&body).await;
    let position = stored.position();
    for sought in ["tamsin", "Tams", "Tamsin%20Firle", &number, &number.to_lowercase()] {
        let path = format!("/requests?q={sought}&at_least={position}");
        let found = school.get(&path).await.expect(200);
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{sought}");
        assert_eq!(found["items"][0]["id"], stored.json()["id"], "{sought}");
        let other = server.demo("school-900002").get(&path).await.expect(200);
        assert_eq!(other["items"], json!([]), "{sought}");
    }
    let born = school.get(&format!("/requests?q=2017-04-09&at_least={position}")).await.expect(200);
    assert_eq!(born["items"].as_array().map(Vec::len), Some(2));
}
