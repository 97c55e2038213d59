//! Meetings are called, prepared and called off.

use super::*;
use crate::services::pointers;

#[tokio::test]
async fn the_cycle_gives_each_meeting_its_date_until_somebody_says_another() {
    let panel = Panelled::established().await;
    let mut starts = vec![];
    for _ in 0..2 {
        let called = panel.done(CLERK, "/panels/semh/meetings", json!({})).await;
        starts.push(called["starts_at"].clone());
    }
    assert_eq!(starts, [MEETS, "2026-12-31T09:30:00Z"]);
    let special = json!({"starts_at": "2026-12-03T14:00:00Z", "minutes": 45});
    let special = panel.done(CLERK, "/panels/semh/meetings", special).await;
    assert_eq!((&special["kind"], &special["minutes"]), (&json!("special"), &json!(45)));
    assert_eq!(special["id"], "semh-2026-12-03-2");
    assert_eq!(panel.get(OFFICER, "/meetings/semh-2026-12-03-2").await["phase"], "planned");
    let overlapping = json!({"starts_at": "2026-12-03T10:00:00Z"});
    let refused = panel.post(CLERK, "/panels/semh/meetings", &overlapping).await;
    Panelled::conflict(&refused, "the panel meets at that time already: “semh-2026-12-03”");
}

#[tokio::test]
async fn what_does_not_fit_is_left_out_of_the_proposal_and_shows_as_a_promise_at_risk() {
    let panel = Panelled::established().await;
    for name in ["Tom", "Ada", "Kit"] {
        panel.county.submitted(&anxious(name)).await;
    }
    let called = json!({"starts_at": "2026-12-31T09:30:00Z", "minutes": 35});
    panel.done(CLERK, "/panels/semh/meetings", called).await;
    let agenda = panel.get(CLERK, "/meetings/semh-2026-12-31/agenda").await;
    let (proposed, at_risk) = (agenda["proposal"].as_array().unwrap(), &agenda["promises_at_risk"]);
    let minutes: u64 = proposed.iter().map(|item| item["minutes"].as_u64().unwrap()).sum();
    assert!(!proposed.is_empty() && proposed.len() < 3 && minutes <= 35, "{agenda}");
    // Thirty working days end before the meeting after this one.
    assert_eq!(at_risk.as_array().unwrap().len(), 3 - proposed.len(), "{agenda}");
    assert_eq!(agenda["promises_at_risk_count"], 3 - proposed.len(), "{agenda}");
}

#[tokio::test]
async fn a_meeting_that_is_called_off_hands_its_items_on_or_back() {
    let (panel, requests) = Panelled::called(terms(), &["Tom"]).await;
    let next = panel.done(CLERK, "/panels/semh/meetings", json!({})).await;
    let cancel = json!({"why": "weather", "move_to": next["id"]});
    let cancelled = panel.done(CLERK, &format!("{MEETING}/cancel"), cancel).await;
    assert_eq!((&cancelled["phase"], &cancelled["moved_to"]), (&json!("cancelled"), &next["id"]));
    let next = format!("/meetings/{}", next["id"].as_str().unwrap());
    assert_eq!(panel.get(CLERK, &next).await["items"][0]["request"], requests[0]);
    panel.done(CLERK, &format!("{next}/cancel"), json!({"why": "no_items"})).await;
    assert_eq!(panel.status(&requests[0]).await, "awaiting_panel");
    let refused = panel.post(CLERK, &format!("{next}/publish"), &json!({})).await;
    let words = "the meeting was called off, so publishing its packs is not possible now";
    Panelled::conflict(&refused, words);
}

#[tokio::test]
async fn an_agenda_that_is_proposed_anew_drops_what_was_withdrawn() {
    let (panel, requests) = Panelled::called(terms(), &["Tom", "Ada"]).await;
    let third = panel.county.submitted(&anxious("Kit")).await;
    panel.county.act(OURS, &requests[0], "withdraw", &json!({})).await;
    let proposed = panel.done(CLERK, &format!("{MEETING}/agenda"), json!({})).await;
    let items = proposed["items"].as_array().unwrap();
    let items: Vec<_> = items.iter().map(|item| item["request"].as_str().unwrap()).collect();
    assert_eq!(items, [&requests[1], &third]);
}

#[tokio::test]
async fn an_agenda_is_in_the_order_given_and_within_the_time_there_is() {
    let (panel, requests) = Panelled::called(terms(), &["Tom", "Ada"]).await;
    let agenda = format!("{MEETING}/agenda");
    let item = |place: usize, minutes: u16| json!({"request": requests[place], "depth": "in_depth", "minutes": minutes});
    let set = json!({"items": [item(1, 30), item(0, 20)]}).to_string();
    let put = asking("PUT", CLERK, &agenda).body(Body::from(set)).unwrap();
    let put = panel.county.send(put).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.body);
    assert_eq!(put.body["items"][0]["request"], requests[1]);
    let shown = panel.get(CLERK, &agenda).await;
    assert_eq!((&shown["planned_minutes"], &shown["minutes_left"]), (&json!(50), &json!(10)));
    let elsewhere = panel.county.submitted(&hearing()).await;
    for (items, pointer) in [
        (json!([item(0, 31), item(1, 30)]), "/items"),
        (json!([item(0, 5), item(0, 5)]), "/items/1/request"),
        (json!([item(0, 5), {"request": elsewhere}]), "/items/1/request"),
        (json!([item(0, 5), {"request": Uuid::nil()}]), "/items/1/request"),
    ] {
        let refused = panel.post(CLERK, &agenda, &json!({"items": items})).await;
        assert_eq!(pointers(&refused.body), [pointer], "{items}");
    }
    let faulty = json!({"items": [{"request": "x", "depth": "deep", "minutes": 0, "who": 1}]});
    let refused = panel.post(CLERK, &agenda, &faulty).await;
    let all = ["request", "depth", "minutes", "who"].map(|name| format!("/items/0/{name}"));
    assert_eq!(pointers(&refused.body), all);
}
