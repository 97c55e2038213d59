//! The rota as it comes out, day by day; and the offers that wait for an answer.

use crate::county::{ADVISER, County};
use crate::rota::county;
use axum::http::StatusCode;
use serde_json::{Value, json};

const COORDINATOR: &str = "demo-coordinator";

async fn days(county: &County, asked: &str) -> Value {
    let answer = county.get(ADVISER, &format!("/rotas/front-door/days?{asked}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn a_week_says_who_is_on_each_day_and_when_nobody_is() {
    let county = county().await;
    let instead = json!({"from": "2026-11-23T13:00:00Z", "to": "2026-11-23T17:00:00Z"});
    county.post(COORDINATOR, "/rotas/front-door/overrides", &instead).await;
    let week = days(&county, "week=2026-11-25").await;
    assert_eq!((&week["before"], &week["after"]), (&json!("2026-11-16"), &json!("2026-11-30")));
    assert_eq!(week["month"], "2026-11");
    assert_eq!(week["weeks"].as_array().unwrap().len(), 1);
    let monday = &week["weeks"][0]["days"][0];
    assert_eq!((&monday["date"], &monday["kind"]), (&json!("2026-11-23"), &json!("working")));
    let on = &monday["on"][0];
    assert_eq!(
        (&on["from"], &on["to"]),
        (&json!("2026-11-23T09:00:00Z"), &json!("2026-11-23T13:00:00Z"))
    );
    assert_eq!(
        (&on["people"][0]["adviser"], &on["people"][0]["shift"]),
        (&json!("demo-adviser"), &json!("monday-1"))
    );
    let nobody = json!([{"from": "2026-11-23T13:00:00Z", "to": "2026-11-23T17:00:00Z"}]);
    assert_eq!(monday["nobody"], nobody);
    let sunday = &week["weeks"][0]["days"][6];
    assert_eq!((&sunday["kind"], &sunday["nobody"]), (&json!("weekend"), &json!([])));
}

#[tokio::test]
async fn a_month_is_told_in_whole_weeks_with_its_bank_holidays_and_on_either_side_of_the_clocks() {
    let county = county().await;
    let calendar = json!({"opens": "09:00", "closes": "17:00",
        "bank_holidays": [{"date": "2026-12-25", "title": "Christmas Day"}],
        "closures": [], "terms": []});
    assert_eq!(county.put("demo-admin", "/calendar", &calendar).await.status, StatusCode::OK);
    let december = days(&county, "month=2026-12").await;
    assert_eq!((&december["before"], &december["after"]), (&json!("2026-11"), &json!("2027-01")));
    let weeks = december["weeks"].as_array().unwrap();
    assert_eq!((&weeks[0]["monday"], weeks.len()), (&json!("2026-11-30"), 5));
    let christmas = &weeks[3]["days"][4];
    assert_eq!(
        (&christmas["date"], &christmas["kind"]),
        (&json!("2026-12-25"), &json!("bank_holiday"))
    );
    assert_eq!(christmas["title"], "Christmas Day");

    let october = days(&county, "month=2026-10").await;
    let nobody =
        |week: usize, day: usize| october["weeks"][week]["days"][day]["nobody"][0]["from"].clone();
    assert_eq!(nobody(3, 4), "2026-10-23T08:00:00Z", "nine o’clock in summer");
    assert_eq!(nobody(4, 0), "2026-10-26T09:00:00Z", "nine o’clock in winter");
}

#[tokio::test]
async fn a_week_and_a_month_at_once_or_neither_of_a_kind_are_faults() {
    let county = county().await;
    for asked in ["week=2026-11-25&month=2026-11", "week=soon", "month=2026-13"] {
        let answer = county.get(ADVISER, &format!("/rotas/front-door/days?{asked}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}: {}", answer.body);
    }
    let present = days(&county, "").await;
    assert_eq!(
        (&present["today"], &present["weeks"][0]["monday"]),
        (&json!("2026-11-20"), &json!("2026-11-16"))
    );
}

#[tokio::test]
async fn an_offer_over_a_months_end_waits_once_until_it_is_answered() {
    let county = county().await;
    let swaps = "/rotas/front-door/swaps";
    let offer = json!({"shift": {"shift": "monday-1", "date": "2026-11-30"},
        "colleague": "demo-coordinator",
        "in_return": {"shift": "thursday-1", "date": "2026-12-03"}});
    let offered = county.post(ADVISER, swaps, &offer).await;
    assert_eq!(offered.status, StatusCode::CREATED, "{}", offered.body);
    let waiting = format!("{swaps}?waiting=true");
    let items = county.get(COORDINATOR, &waiting).await.body["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1, "{items}");
    assert_eq!(items[0]["shift"]["from"], "2026-11-30T09:00:00Z");
    assert_eq!(items[0]["in_return"]["to"], "2026-12-03T17:00:00Z");

    let refuse = format!("{swaps}/{}/refuse", offered.body["id"].as_str().unwrap());
    county.post(COORDINATOR, &refuse, &json!({})).await;
    assert_eq!(county.get(COORDINATOR, &waiting).await.body["items"], json!([]));
}
