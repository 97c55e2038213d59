//! The made-up county: something to show on every screen, and the same each time.

use frontdoor_tests::server::Server;
use serde_json::Value;
use std::collections::BTreeSet;

/// What is the same for the same seed on another day: everything but ids and instants.
fn outline(requests: &[Value]) -> Vec<String> {
    let outline = |it: &Value| {
        format!("{} {} {} {}", it["school_urn"], it["primary_need"], it["route"], it["status"])
    };
    requests.iter().map(outline).collect()
}

#[tokio::test]
async fn sixty_requests_stand_in_many_places() {
    let server = Server::with(&["--demo", "--demo-requests", "60"]).await;
    let adviser = server.demo("adviser");
    let requests = adviser.every("/requests").await;
    assert_eq!(requests.len(), 60);
    let statuses: BTreeSet<&str> =
        requests.iter().filter_map(|request| request["status"].as_str()).collect();
    assert!(statuses.len() >= 4, "{statuses:?}");
    let schools: BTreeSet<&str> =
        requests.iter().filter_map(|request| request["school_urn"].as_str()).collect();
    assert!(schools.len() > 20, "{schools:?}");
    assert_eq!(adviser.every("/schools").await.len(), 239);
    assert_eq!(adviser.every("/services").await.len(), 12);
}

#[tokio::test]
async fn somebody_is_on_duty_at_ten_on_a_working_day() {
    let server = Server::empty().await;
    let duty = server.demo("adviser").get("/duty?at=2026-11-24T10:00:00Z").await.expect(200);
    assert!(duty["adviser"].is_string() && duty["name"].is_string(), "{duty}");
    assert_eq!(duty["on_duty"], true);
    assert!(duty["rota_version"].is_u64());
}

#[tokio::test]
async fn figures_by_any_group_count_the_same_promises() {
    let server = Server::with(&["--demo", "--demo-requests", "60"]).await;
    let commissioner = server.demo("commissioner");
    let mut totals = BTreeSet::new();
    for group in ["service", "school", "area", "need", "district", "month"] {
        let path = format!("/insights/response-times?group_by={group}&promise=respond");
        let figures = commissioner.get(&path).await.expect(200);
        let items = figures["items"].as_array().expect("groups").iter();
        let sum =
            |name: &str| -> u64 { items.clone().filter_map(|group| group[name].as_u64()).sum() };
        let count = sum("count");
        assert_eq!(count, sum("kept") + sum("breached") + sum("running"), "{group}");
        totals.insert((count, sum("kept"), sum("breached"), sum("running")));
    }
    assert_eq!(totals.len(), 1, "{totals:?}");
    assert!(totals.first().is_some_and(|total| total.0 >= 40), "{totals:?}");
}

#[tokio::test]
async fn the_same_seed_makes_up_the_same_year() {
    let options = ["--demo", "--demo-requests", "25", "--demo-seed", "11"];
    let (one, other) = (Server::with(&options).await, Server::with(&options).await);
    let ones = one.demo("adviser").every("/requests?sort=received_at").await;
    let others = other.demo("adviser").every("/requests?sort=received_at").await;
    assert_eq!(outline(&ones), outline(&others));
}

#[tokio::test]
async fn a_second_start_makes_nothing_up_again() {
    let mut server = Server::with(&["--demo", "--demo-requests", "20"]).await;
    let before = server.demo("adviser").every("/requests").await;
    assert_eq!(server.stop().await, 0);
    server.start().await;
    assert_eq!(server.demo("adviser").every("/requests").await, before);
}

#[tokio::test]
async fn the_documentation_is_served_without_a_network() {
    let server = Server::empty().await;
    let page = server.anonymous().get("/docs/").await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(!page.text.contains("https://"), "{}", page.text);
}
