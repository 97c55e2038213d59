//! What members read before they decide, and who is shown what.

use super::*;

fn pack(request: &str) -> String {
    format!("{MEETING}/items/{request}/pack")
}

#[tokio::test]
async fn a_late_paper_makes_another_version_and_who_decides_without_it_is_on_record() {
    let (panel, requests) = Panelled::called(terms(), &["Tom"]).await;
    let (request, of_item) = (&requests[0], pack(&requests[0]));
    panel.done(CLERK, &format!("{MEETING}/publish"), json!({})).await;
    let read = panel.get("key-mira", &of_item).await;
    assert_eq!((&read["version"], &read["late"]), (&json!(1), &json!(false)));
    assert_eq!(read["read_before"], Value::Null, "she had read none");
    assert_eq!(read["triage"]["outcome"]["kind"], "panel");
    assert_eq!(read["request"]["tried"][0]["provision"], "A quiet corner.");
    let promises = read["promises"].as_array().unwrap();
    assert!(promises.iter().any(|it| it["promise"] == "panel_decision"), "{promises:?}");
    panel.get("key-amal", &of_item).await;

    panel.county.clock.set("2026-12-01T09:00:00Z".parse().unwrap());
    let report = json!({"text": "The therapist's report has come."});
    panel.county.act(CLERK, request, "note", &report).await;
    assert_eq!(panel.item(request).await["newer"], true);
    panel.done(CLERK, &of_item, json!({})).await;
    let item = panel.item(request).await;
    assert_eq!(
        (&item["pack_version"], &item["late"], &item["newer"]),
        (&json!(2), &json!(true), &json!(false))
    );
    let unchanged = panel.done(CLERK, &of_item, json!({})).await;
    assert_eq!(unchanged["items"][0]["pack_version"], 2, "there is nothing newer");

    let first = panel.get("key-mira", &format!("{of_item}?version=1")).await;
    assert_eq!(first["request"], read["request"], "for ever");
    assert!(!first.to_string().contains("therapist"));
    assert_eq!(first["versions"].as_array().unwrap().len(), 2);
    let second = panel.get("key-mira", &of_item).await;
    assert!(second["conversation"].to_string().contains("therapist"));
    assert_eq!(second["read_before"], 1, "what is new to her came after the first");
    assert_eq!(panel.get("key-mira", &of_item).await["read_before"], 2);
    assert_eq!(panel.get(CLERK, &of_item).await["read_before"], Value::Null, "not on record");
    let none = panel.county.get("key-mira", &format!("{of_item}?version=3")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);

    panel.county.clock.set(MEETS.parse().unwrap());
    panel.arrive(&["mira", "amal", "lee", "hana"]).await;
    panel.later(5);
    let decided = panel.decide(request, &advice()).await;
    let outcome = &decided.body["items"][0]["outcome"];
    assert_eq!(outcome["pack_version"], 2, "{}", decided.body);
    assert_eq!(outcome["unopened"], json!(["amal", "hana", "lee"]), "Amal had read the first");
}

#[tokio::test]
async fn that_a_pack_is_opened_is_recorded_of_members_and_the_access_of_everybody() {
    let (panel, requests) = Panelled::called(terms(), &["Tom"]).await;
    let of_item = pack(&requests[0]);
    let early = panel.county.get("key-mira", &of_item).await;
    Panelled::conflict(&early, "no pack of the item has been published");
    panel.done(CLERK, &format!("{MEETING}/publish"), json!({})).await;
    let version = async || panel.get(OFFICER, MEETING).await["version"].as_u64().unwrap();
    let before = version().await;
    let accesses = panel.county.accesses().lines().count();
    for key in [CLERK, OFFICER, "demo-dpo"] {
        let read = panel.get(key, &of_item).await;
        assert_eq!(read["request"]["child"]["given_name"], "Tom", "{key}");
    }
    assert_eq!(version().await, before, "none of them decides");
    assert_eq!(panel.county.accesses().lines().count(), accesses + 3);
    for _ in 0..2 {
        panel.get("key-mira", &of_item).await;
    }
    assert_eq!(version().await, before + 1, "once");
}

#[tokio::test]
async fn a_pack_names_nobody_to_whoever_works_without_names_and_nobody_once_erased() {
    let (panel, requests) = Panelled::called(terms(), &["Tom"]).await;
    panel.done(CLERK, &format!("{MEETING}/publish"), json!({})).await;
    let of_item = pack(&requests[0]);
    for key in ["demo-commissioner", "demo-auditor"] {
        for path in [of_item.clone(), MEETING.to_owned(), format!("{MEETING}/agenda")] {
            let read = panel.get(key, &path).await.to_string();
            assert!(!read.contains("Tom") && !read.contains("under the table"), "{key} {path}");
        }
    }
    for key in [OURS, "demo-service-sensory-support", "demo-admin"] {
        for path in [of_item.clone(), MEETING.to_owned(), format!("{MEETING}/agenda")] {
            assert_eq!(panel.county.get(key, &path).await.status, StatusCode::FORBIDDEN, "{key}");
        }
    }
    let child = panel.get(OURS, &format!("/requests/{}", requests[0])).await["child"]["id"].clone();
    let erase = format!("/children/{}/erase", child.as_str().unwrap());
    panel.done("demo-dpo", &erase, json!({})).await;
    let read = panel.get("key-mira", &of_item).await;
    assert_eq!(read["request"]["child"]["erased"], true);
    assert_eq!(read["request"]["child"]["given_name"], Value::Null);
    assert!(!read.to_string().contains("under the table"), "{read}");
}
