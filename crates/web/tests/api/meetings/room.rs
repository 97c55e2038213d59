//! Who is in the room, who stands aside, and whether those who are left may decide.

use super::*;

#[tokio::test]
async fn a_recusal_that_breaks_the_quorum_leaves_only_deferral_and_of_one_item_alone() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom", "Ada"]).await;
    let recuse = format!("{MEETING}/items/{}/recuse", requests[0]);
    let family = json!({"member": "lee", "interest": "family", "text": "A neighbour of theirs."});
    panel.done(CLERK, &recuse, family).await;
    let item = panel.item(&requests[0]).await;
    assert_eq!(item["aside"], json!([{"member": "lee", "interest": "family"}]));
    assert_eq!(item["quorum"]["met"], false);
    assert_eq!(item["quorum"]["missing"]["roles"], json!({"school_leader": 1}));
    assert_eq!(panel.item(&requests[1]).await["quorum"]["met"], true);

    let words = "there is no quorum for this item: 1 more as a headteacher or school leader. It \
                 can only be deferred";
    Panelled::conflict(&panel.decide(&requests[0], &advice()).await, words);
    assert_eq!(panel.status(&requests[0]).await, "on_agenda", "nothing has changed");
    assert_eq!(panel.decide(&requests[1], &advice()).await.status, StatusCode::OK);
    let defer = format!("{MEETING}/items/{}/defer", requests[0]);
    let deferred = panel.done(OFFICER, &defer, json!({"why": "no_quorum"})).await;
    assert_eq!(deferred["items"][0]["outcome"]["why"], "no_quorum");
    assert_eq!(panel.status(&requests[0]).await, "awaiting_panel");
    let pack = format!("{MEETING}/items/{}/pack", requests[0]);
    let closed = panel.county.get("key-lee", &pack).await;
    Panelled::conflict(&closed, "“lee” stands aside from this item");
    let timeline = panel.get(OURS, &format!("/requests/{}/timeline", requests[0])).await;
    assert!(!timeline.to_string().contains("neighbour"), "this stays in the panel");
}

#[tokio::test]
async fn a_departure_breaks_the_quorum_from_its_instant_on() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    panel.depart("amal").await;
    let refused = panel.decide(&requests[0], &advice()).await;
    let words = "there is no quorum for this item: 1 more as an educational psychologist. It can \
                 only be deferred";
    Panelled::conflict(&refused, words);
    let mut before = advice();
    before["effective_at"] = json!("2026-12-03T09:40:00Z");
    let decided = panel.decide(&requests[0], &before).await;
    assert_eq!(decided.status, StatusCode::OK, "she was there then: {}", decided.body);
    let attendance = panel.get(OFFICER, &format!("{MEETING}/attendance")).await;
    assert_eq!(attendance["in_the_room"], json!(["hana", "lee", "mira", "theo"]));
    assert_eq!(attendance["absent"], json!(["ruth", "joan"]));
    let back = json!({"member": "amal", "event": "arrived", "at": "2026-12-03T09:38:00Z"});
    let refused = panel.post(CLERK, &format!("{MEETING}/attendance"), &back).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
}

#[tokio::test]
async fn an_interest_that_is_suggested_blocks_until_it_is_settled_one_way_or_the_other() {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    panel.arrive(&["ruth"]).await;
    panel.later(1);
    let suggested = json!({"member": "ruth", "interests": ["own_school"], "settled": null});
    assert_eq!(panel.item(&requests[0]).await["interests"], json!([suggested]));
    let refused = panel.decide(&requests[0], &advice()).await;
    let words = "an interest is not settled: “ruth” (it comes from the member's own school). \
                 Record that the member stands aside, or that there is no interest";
    Panelled::conflict(&refused, words);

    let dismiss = format!("{MEETING}/items/{}/dismiss-interest", requests[0]);
    let silent = panel.post(OFFICER, &dismiss, &json!({"member": "ruth"})).await;
    assert_eq!(crate::services::pointers(&silent.body), ["/text"]);
    let said = json!({"member": "ruth", "text": "She left that school in July."});
    panel.done(OFFICER, &dismiss, said).await;
    assert_eq!(panel.item(&requests[0]).await["interests"][0]["settled"], "dismissed");
    let recuse = format!("{MEETING}/items/{}/recuse", requests[0]);
    let aside = json!({"member": "ruth", "interest": "own_school"});
    panel.done("key-ruth", &recuse, aside).await;
    assert_eq!(panel.item(&requests[0]).await["interests"][0]["settled"], "aside");
    let decided = panel.decide(&requests[0], &advice()).await;
    assert_eq!(decided.body["items"][0]["outcome"]["aside"], json!(["ruth"]), "{}", decided.body);
}

#[tokio::test]
async fn a_panel_that_votes_says_how_each_of_those_in_the_room_voted() {
    let (panel, requests) = Panelled::under_way(by_votes(), &["Tom"]).await;
    let (all, mut body) = (["mira", "theo", "amal", "lee", "hana"], advice());
    let refused = async |body: &Value, pointer: &str| {
        let refused = panel.decide(&requests[0], body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert_eq!(crate::services::pointers(&refused.body), [pointer]);
    };
    refused(&body, "/votes").await;
    body["votes"] = json!({"for": all, "against": ["joan"]});
    refused(&body, "/votes").await;
    body["votes"] = json!({"for": all[..4]});
    refused(&body, "/votes").await;
    body["votes"] = json!({"for": all[..2], "against": all[2..]});
    let lost = panel.decide(&requests[0], &body).await;
    Panelled::conflict(&lost, "the votes do not carry it: 2 for, 3 against");
    body["votes"] = json!({"for": all[..3], "against": ["lee"], "abstained": ["hana"]});
    body["dissent"] = json!([{"member": "ruth", "text": "Not so."}]);
    refused(&body, "/dissent/0/member").await;
    body["dissent"] = json!([{"member": "lee", "text": "It will not suffice."}]);
    let decided = panel.decide(&requests[0], &body).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.body);
    let outcome = &decided.body["items"][0]["outcome"];
    assert_eq!(outcome["votes"]["against"], json!(["lee"]));
    assert_eq!(outcome["dissenting"], json!(["lee"]));
    let timeline = panel.get(OURS, &format!("/requests/{}/timeline", requests[0])).await;
    assert!(!timeline.to_string().contains("not suffice"), "dissent is not for the school");
}

#[tokio::test]
async fn several_members_come_at_once_or_none_of_them_does() {
    let (panel, _) = Panelled::under_way(terms(), &["Tom"]).await;
    let attendance = format!("{MEETING}/attendance");
    let mut body = json!({"members": ["joan", "nobody"], "event": "arrived"});
    let refused = panel.post(CLERK, &attendance, &body).await;
    assert_eq!(crate::services::pointers(&refused.body), ["/members/1"]);
    body["members"] = json!(["joan", "hana"]);
    let refused = panel.post(CLERK, &attendance, &body).await;
    Panelled::conflict(&refused, "“hana” is in the room already");
    let there = panel.get(CLERK, &attendance).await["in_the_room"].clone();
    assert_eq!(there, json!(["amal", "hana", "lee", "mira", "theo"]), "not Joan either");
}
