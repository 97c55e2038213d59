//! The same child over time: found, linked by a person, merged, erased together.

use crate::county::{ADVISER, County, OTHERS, OURS, hearing};
use axum::http::StatusCode;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The same child, as another school wrote it down.
fn misspelt() -> Value {
    let mut body = hearing();
    body["child"]["given_name"] = json!("Ivi");
    body
}

/// Our school's request and the other school's, about one child.
async fn two_schools(county: &County) -> (String, String) {
    let ours = county.submitted(&hearing()).await;
    let theirs = county.post(OTHERS, "/requests", &misspelt()).await;
    (ours, theirs.body["id"].as_str().unwrap().to_owned())
}

async fn child_of(county: &County, id: &str) -> String {
    let shown = county.get(ADVISER, &format!("/requests/{id}")).await.body;
    shown["child"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_earlier_request_for_the_same_child_is_found_with_the_reason() {
    let county = County::founded().await;
    let (ours, theirs) = two_schools(&county).await;
    let found = county.get(ADVISER, &format!("/requests/{ours}/same-child")).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.body);
    assert_eq!(found.body["linked"], json!([]));
    let candidate = &found.body["candidates"][0];
    assert_eq!(candidate["child"]["given_name"], "Ivi");
    assert_eq!(candidate["reasons"][0]["says"], "same birth date, names alike");
    assert_eq!(candidate["requests"][0]["id"], json!(theirs));
    assert_eq!(candidate["requests"][0]["status"], "with_service");
    let school = county.get(OURS, &format!("/requests/{ours}/same-child")).await;
    assert_eq!(school.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_person_links_two_requests_children_and_takes_it_back() {
    let county = County::founded().await;
    let (ours, theirs) = two_schools(&county).await;
    let linked = county.act(ADVISER, &ours, "link-child", &json!({"request": theirs})).await;
    assert_eq!(linked.status, StatusCode::OK, "{}", linked.body);
    assert_eq!(linked.body["children"].as_array().unwrap().len(), 2);
    assert!(linked.headers.contains_key("frontdoor-position"));

    let found = county.get(ADVISER, &format!("/requests/{theirs}/same-child")).await.body;
    assert_eq!(found["candidates"], json!([]));
    assert_eq!(found["linked"][0]["requests"][0]["id"], json!(ours));
    let child = child_of(&county, &theirs).await;
    let history = county.get("demo-dpo", &format!("/children/{child}")).await.body;
    assert_eq!(history["children"][0]["id"], json!(child));
    let requests: Vec<_> =
        history["requests"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(requests, [&json!(ours), &json!(theirs)]);

    let other = json!({"child": child});
    let parted = county.act(ADVISER, &ours, "unlink-child", &other).await;
    assert_eq!(parted.body["children"].as_array().unwrap().len(), 1, "{}", parted.body);
}

#[tokio::test]
async fn a_link_says_whom_it_means_and_means_somebody() {
    let county = County::founded().await;
    let (ours, theirs) = two_schools(&county).await;
    let nobody = uuid::Uuid::from_u128(7);
    for body in [
        json!({}),
        json!({"request": theirs, "child": nobody}),
        json!({"request": nobody}),
        json!({"request": "Ivy"}),
    ] {
        let refused = county.act(ADVISER, &ours, "link-child", &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let itself = county.act(ADVISER, &ours, "link-child", &json!({"request": ours})).await;
    assert_eq!(itself.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn erasing_a_child_erases_it_under_every_pseudonym_that_was_linked() {
    let county = County::founded().await;
    let (ours, theirs) = two_schools(&county).await;
    let apart = county.submitted(&hearing()).await;
    county.act(ADVISER, &ours, "link-child", &json!({"request": theirs})).await;
    let (mine, other) = (child_of(&county, &ours).await, child_of(&county, &theirs).await);

    let erased = county.post("demo-dpo", &format!("/children/{mine}/erase"), &json!({})).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);
    let mut children = vec![json!(mine), json!(other)];
    children.sort_by_key(Value::to_string);
    assert_eq!(erased.body["children"], json!(children));
    for (id, gone) in [(&ours, true), (&theirs, true), (&apart, false)] {
        let shown = county.get(ADVISER, &format!("/requests/{id}")).await.body;
        assert_eq!(shown["child"]["erased"], json!(gone));
        assert_eq!(shown["child"]["given_name"].is_null(), gone);
    }
    let link = county.act(ADVISER, &apart, "link-child", &json!({"child": mine})).await;
    assert_eq!(link.status, StatusCode::CONFLICT);
    let found = county.get(ADVISER, &format!("/requests/{apart}/same-child")).await.body;
    assert_eq!(found["candidates"], json!([]));
}

#[tokio::test]
async fn a_duplicate_is_merged_and_the_survivor_points_to_it() {
    let county = County::founded().await;
    let (first, second) = (county.submitted(&hearing()).await, county.submitted(&hearing()).await);
    let into = json!({"into": second, "text": "You sent this twice."});
    let early = county.act(ADVISER, &first, "merge", &into).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
    assert!(early.body["detail"].as_str().unwrap().contains("link the children first"));
    county.act(ADVISER, &first, "link-child", &json!({"request": second})).await;
    let merged = county.act(ADVISER, &first, "merge", &into).await;
    assert_eq!(merged.body["status"], "closed", "{}", merged.body);

    let shown = county.get(OURS, &format!("/requests/{first}")).await.body;
    assert_eq!((&shown["ending"], &shown["merged_into"]), (&json!("duplicate"), &json!(second)));
    let shown = county.get(ADVISER, &format!("/requests/{second}")).await.body;
    assert_eq!((&shown["status"], &shown["absorbed"]), (&json!("with_service"), &json!([first])));
    let timeline = county.get(ADVISER, &format!("/requests/{second}/timeline")).await.body;
    let last = timeline["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["type"], &last["data"]["from"]), (&json!("request.absorbed"), &json!(first)));
}

#[tokio::test]
async fn requests_of_two_schools_are_linked_and_never_merged() {
    let county = County::founded().await;
    let (ours, theirs) = two_schools(&county).await;
    county.act(ADVISER, &ours, "link-child", &json!({"request": theirs})).await;
    let refused = county.act(ADVISER, &ours, "merge", &json!({"into": theirs})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body["detail"].as_str().unwrap().contains("link the children instead"));
    let unknown = json!({"into": uuid::Uuid::from_u128(7)});
    let unknown = county.act(ADVISER, &ours, "merge", &unknown).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Whatever is noted, linked and merged, in whatever order: no school reads a note, and
    /// none reads of another school's request.
    #[test]
    fn no_school_ever_reads_a_note_or_of_another_school(
        steps in prop::collection::vec((0..4_usize, 0..4_usize, 0..3_u8), 1..14),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let county = County::founded().await;
            let (ours, theirs) = two_schools(&county).await;
            let again = county.submitted(&hearing()).await;
            let third = county.post(OTHERS, "/requests", &hearing()).await;
            let ids = [ours, theirs, again, third.body["id"].as_str().unwrap().to_owned()];
            for (one, other, what) in steps {
                let (one, other) = (&ids[one], &ids[other]);
                let note = json!({"text": "Ring the social worker."});
                match what {
                    0 => county.act(ADVISER, one, "note", &note).await,
                    1 => county.act(ADVISER, one, "link-child", &json!({"request": other})).await,
                    _ => county.act(ADVISER, one, "merge", &json!({"into": other})).await,
                };
            }
            for (school, own, others) in [(OURS, [0, 2], [1, 3]), (OTHERS, [1, 3], [0, 2])] {
                for id in own {
                    let shown = county.get(school, &format!("/requests/{}", ids[id])).await;
                    assert_eq!(shown.status, StatusCode::OK);
                    let told = county.get(school, &format!("/requests/{}/timeline", ids[id])).await;
                    let read = format!("{}{}", shown.body, told.body);
                    assert!(!read.contains("social worker") && !read.contains("noted"), "{read}");
                    assert!(others.iter().all(|other| !read.contains(&ids[*other])), "{read}");
                }
            }
        });
    }
}
