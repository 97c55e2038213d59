//! The directory of services as it is published, in the fields of Open Referral UK.

use crate::county::{County, hearing};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;
use std::collections::BTreeSet;

const PATH: &str = "/api/v1/services.openreferral.json";

async fn asked(county: &County, method: &str, path: &str) -> crate::county::Answer {
    let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    county.send(request).await
}

#[tokio::test]
async fn anybody_reads_the_directory_from_anywhere_and_nobody_writes_it() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    let read = asked(&county, "GET", PATH).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    assert_eq!(read.headers["access-control-allow-origin"], "*");
    assert!(!read.body.to_string().contains("waiting"), "how busy a service is, is not published");
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let refused = asked(&county, method, PATH).await;
        assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let faulty = asked(&county, "GET", &format!("{PATH}?near=me")).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_service_keeps_its_id_and_has_the_fields_that_others_read() {
    let one = asked(&County::founded().await, "GET", PATH).await.body;
    let other = asked(&County::founded().await, "GET", PATH).await.body;
    assert_eq!(one, other);
    let services = one["contents"].as_array().unwrap();
    assert_eq!(one["total_items"], services.len());
    let ids: BTreeSet<_> = services.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), services.len());
    for service in services {
        let status = service["status"].as_str().unwrap();
        assert!(["active", "inactive", "defunct", "temporarily closed"].contains(&status));
        for list in ["cost_options", "schedules", "contacts"] {
            for part in service[list].as_array().unwrap() {
                assert_eq!(part["service_id"], service["id"], "{list}");
            }
        }
        let fields = ["name", "description", "eligibility", "minimum_age", "maximum_age"];
        assert!(fields.iter().all(|field| service.get(field).is_some()), "{service}");
        assert_ne!(service["name"], Value::Null);
    }
}
