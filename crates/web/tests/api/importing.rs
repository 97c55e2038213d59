//! An administrator imports schools while the server runs.

use crate::county::{ADVISER, Answer, County, OURS, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use log::Log as _;
use serde_json::json;

const ADMIN: &str = "demo-admin";
const HEADER: &str = "URN,LA (code),EstablishmentNumber,EstablishmentName,\
    TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate,\
    ReasonEstablishmentClosed (name),CloseDate,PhaseOfEducation (name),NumberOfPupils,\
    DistrictAdministrative (name)";
const OLD: &str = "900001,865,2034,School 900001,Community school,Closed,01-09-1998,\
    Academy Converter,31-08-2026,Primary,,Downs";
const ACADEMY: &str = "900501,865,2034,Vale Academy,Academy converter,Open,01-09-2026,,,\
    Primary,215,Downs";
const SHUT: &str = "900002,865,2035,School 900002,Community school,Closed,,Closure,31-10-2026,\
    Secondary,,Downs";

async fn import(county: &County, rows: &[&str], query: &str, key: Option<&str>) -> Answer {
    let request = asking("POST", ADMIN, &format!("/imports/schools{query}"));
    let request = match key {
        Some(key) => request.header("Idempotency-Key", key),
        None => request,
    };
    let file = format!("{HEADER}\n{}\n", rows.join("\n"));
    county.send(request.body(Body::from(file)).unwrap()).await
}

#[tokio::test]
async fn a_school_that_becomes_an_academy_keeps_its_requests_and_its_key() {
    let county = County::founded().await;
    let before = county.submitted(&hearing()).await;

    let dry = import(&county, &[OLD, ACADEMY], "?dry_run=true", None).await;
    assert_eq!(dry.status, StatusCode::OK, "{}", dry.body);
    assert_eq!(dry.body["changes"][0]["what"][0]["what"], "converted");
    assert_eq!(county.get(ADVISER, "/schools/900501").await.status, StatusCode::NOT_FOUND);

    let done = import(&county, &[OLD, ACADEMY], "", None).await;
    assert_eq!(done.body["schools"]["converted"], 1, "{}", done.body);
    let after = county.submitted(&hearing()).await;
    let shown = [&before, &after].map(|id| format!("/requests/{id}"));
    let old = county.get(OURS, &shown[0]).await.body;
    let new = county.get(OURS, &shown[1]).await.body;
    let urn = |body: &serde_json::Value| body["school_urn"].as_str().unwrap().to_owned();
    assert_eq!((urn(&old), urn(&new)), ("900001".to_owned(), "900501".to_owned()));

    for either in ["900001", "900501"] {
        let school = county.get(ADVISER, &format!("/schools/{either}")).await.body;
        assert_eq!(school["name"], "Vale Academy");
        let dated = json!([
            {"urn": "900001", "from": null, "until": "2026-09-01"},
            {"urn": "900501", "from": "2026-09-01", "until": null},
        ]);
        assert_eq!(school["urns"], dated);
        let path = format!("/requests?school_urn={either}");
        let list = county.get(ADVISER, &path).await.body;
        assert_eq!(list["items"].as_array().unwrap().len(), 2, "{either}");
    }
    let path = "/insights/response-times?from=2026-11-01&to=2026-12-01&group_by=school";
    let figures = county.get(ADVISER, path).await.body;
    let groups = figures["items"].as_array().unwrap();
    assert_eq!((groups.len(), &groups[0]["key"]), (1, &json!("900501")), "{figures}");
    let listed = county.get(ADVISER, "/schools").await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2, "each school once");
}

#[tokio::test]
async fn a_closed_school_asks_for_nothing_more_and_sees_what_it_asked_for() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let shut = OLD.replace("Academy Converter", "Closure").replace("31-08-2026", "31-10-2026");
    import(&county, &[&shut], "", None).await;
    let refused = county.post(OURS, "/requests", &hearing()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.body["errors"][0]["pointer"], "/school_urn");
    let detail = refused.body["errors"][0]["detail"].as_str().unwrap();
    assert_eq!(detail, "the school closed on 2026-10-31");
    assert_eq!(county.get(OURS, &format!("/requests/{id}")).await.status, StatusCode::OK);
    let closed = county.get(ADVISER, "/schools?open=false").await.body;
    assert_eq!(closed["items"][0]["closed"]["on"], "2026-10-31");
}

#[tokio::test]
async fn every_fault_is_named_and_nothing_is_imported_unless_the_rest_is_asked_for() {
    let county = County::founded().await;
    let broken = ACADEMY.replace("215", "many").replace("Open,", "Ajar,");
    let refused = import(&county, &[SHUT, &broken], "", None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pointers: Vec<_> = refused.body["errors"].as_array().unwrap().iter().collect();
    assert_eq!(pointers[0]["pointer"], "/3/EstablishmentStatus (name)");
    assert_eq!(pointers[1]["pointer"], "/3/NumberOfPupils");
    assert_eq!(county.get(ADVISER, "/schools/900002").await.body["open"], true);

    let rest = import(&county, &[SHUT, &broken], "?skip_faulty=true", None).await;
    assert_eq!(rest.body["schools"]["closed"], 1, "{}", rest.body);
    assert_eq!(rest.body["left"].as_array().unwrap().len(), 2);
    assert_eq!(county.get(ADVISER, "/schools/900002").await.body["open"], false);
    for nothing in ["%PDF-1.7", "", "a,b\n1,2\n"] {
        let request = asking("POST", ADMIN, "/imports/schools?skip_faulty=true");
        let answer = county.send(request.body(Body::from(nothing)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{nothing}");
    }
}

#[tokio::test]
async fn a_retry_gets_the_first_answer_and_another_file_under_its_key_is_refused() {
    let county = County::founded().await;
    let first = import(&county, &[OLD, ACADEMY], "", Some("one")).await;
    let stored = county.log.head();
    let again = import(&county, &[OLD, ACADEMY], "", Some("one")).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.headers["frontdoor-position"], first.headers["frontdoor-position"]);
    let other = import(&county, &[SHUT], "", Some("one")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let same = import(&county, &[OLD, ACADEMY], "", None).await;
    assert_eq!(same.body["schools"]["unchanged"], 1);
    assert_eq!(county.log.head(), stored, "nothing more was stored");
}
