//! Schools: found by name and by URN.

use crate::county::{ADVISER, County};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_school_is_listed_with_what_became_of_it() {
    let county = County::founded().await;
    let list = county.get(ADVISER, "/schools?limit=1").await.body;
    assert_eq!(list["items"][0]["urn"], "900001");
    assert_eq!(list["items"][0]["open"], true);
    assert_eq!(list["items"][0]["closed"], json!(null));
    let dated = json!([{"urn": "900001", "from": null, "until": null}]);
    assert_eq!(list["items"][0]["urns"], dated);
    let next = list["next"].as_str().unwrap();
    let rest = county.get(ADVISER, &format!("/schools?cursor={next}")).await.body;
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!(rest["next"], json!(null));

    let one = county.get(ADVISER, "/schools/900001").await;
    assert_eq!(one.body, list["items"][0]);
    for nobody in ["/schools/900999", "/schools/x"] {
        assert_eq!(county.get(ADVISER, nobody).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_school_is_found_by_part_of_its_name_or_the_beginning_of_its_urn() {
    let county = County::founded().await;
    for (q, found) in [("sCHOOL", 2), ("900002", 1), ("9000", 2), ("00002", 1), ("zebra", 0)] {
        let list = county.get(ADVISER, &format!("/schools?q={q}")).await.body;
        assert_eq!(list["items"].as_array().unwrap().len(), found, "{q}");
    }
    let closed = county.get(ADVISER, "/schools?open=false").await.body;
    assert_eq!(closed["items"], json!([]));
}
