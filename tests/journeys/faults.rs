//! What cannot be right is refused, with every fault named at once by its pointer, and
//! nothing is stored.

use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, with};
use reqwest::Method;
use serde_json::{Value, json};

/// A body in which nearly everything is wrong, and the pointers of what is.
fn everything_wrong() -> (Value, Vec<&'static str>) {
    let body = json!({
        "school_urn": "999999",
        "channel": "pigeon",
        "requested_by": {"name": "R.\u{7}Hughes", "email": "nobody", "fax": "1"},
        "about": "child",
        "child": {"family_name": "", "date_of_birth": "2017-02-30", "upn": "A801200005001",
            "year_group": 14, "home_authority": "86", "sen_provision": "X",
            "looked_after": "no", "shoe/size": 3},
        "needs": {"primary": "XX", "others": ["HI", "YY"], "colour": "blue"},
        "support_sought": ["advice", "money", 7],
        "concerns": "exclusion_risk",
        "tried": [{"started": "yesterday", "outcome": "worse"},
            {"started": "2026-02-02", "reviewed": "2026-01-01"}],
        "provision": [{"hours_per_week": 168.5, "weeks_per_year": 54,
            "cost_per_hour": {"pence": 100_001, "euros": 1}}, {"hours_per_week": -1},
            {"cost_per_hour": 1650}],
        "specialists": ["wizard"],
        "consent": {"given": "yes", "by": "dog", "on": "2999-01-01"},
        "summary": "\u{0}",
        "service": "sensory-support",
    });
    let faults = vec![
        "/channel",
        "/child/date_of_birth",
        "/child/family_name",
        "/child/given_name",
        "/child/home_authority",
        "/child/looked_after",
        "/child/sen_provision",
        "/child/shoe~1size",
        "/child/upn",
        "/child/year_group",
        "/concerns",
        "/consent/by",
        "/consent/given",
        "/consent/on",
        "/needs/colour",
        "/needs/others/1",
        "/needs/primary",
        "/provision/0/cost_per_hour/euros",
        "/provision/0/cost_per_hour/pence",
        "/provision/0/hours_per_week",
        "/provision/0/weeks_per_year",
        "/provision/1/hours_per_week",
        "/provision/2/cost_per_hour",
        "/requested_by/email",
        "/requested_by/fax",
        "/requested_by/name",
        "/requested_by/role",
        "/school_urn",
        "/service",
        "/specialists/0",
        "/summary",
        "/support_sought/1",
        "/support_sought/2",
        "/tried/0/outcome",
        "/tried/0/started",
        "/tried/1/reviewed",
    ];
    (body, faults)
}

#[tokio::test]
async fn every_fault_of_a_body_is_named_at_once_and_nothing_is_stored() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let (body, faults) = everything_wrong();
    let refused = school.post("/requests", &body).await;
    assert_eq!(refused.faults(422), faults);
    assert!(school.every("/requests").await.is_empty());
}

#[tokio::test]
async fn what_is_required_is_asked_for_by_name() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let required = ["/about", "/requested_by", "/support_sought"];
    assert_eq!(school.post("/requests", &json!({})).await.faults(422), required);

    let of_a_child = with(with(plain(), "/child", json!({})), "/needs", Value::Null);
    let required =
        ["/child/date_of_birth", "/child/family_name", "/child/given_name", "/needs/primary"];
    assert_eq!(school.post("/requests", &of_a_child).await.faults(422), required);

    let adviser = server.demo("adviser");
    assert_eq!(adviser.post("/requests", &plain()).await.faults(422), ["/school_urn"]);
    let elsewhere = with(plain(), "/school_urn", json!("126512"));
    assert_eq!(adviser.post("/requests", &elsewhere).await.faults(422), ["/school_urn"]);
}

#[tokio::test]
async fn the_least_that_is_well_formed_is_stored() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let least = json!({
        "about": "school", "support_sought": ["training"],
        "requested_by": {"name": "R. Hughes", "role": "head"},
    });
    let request = school.submit(&least).await.json();
    assert_eq!(request["route"], json!({"kind": "service", "service": "specialist-sen"}));

    let not_consented = with(plain(), "/consent", json!({"given": false}));
    assert_eq!(school.submit(&not_consented).await.json()["missing"], json!(["consent"]));
    let safeguarded = with(plain(), "/consent", json!({"override_reason": "At risk at home."}));
    assert_eq!(school.submit(&safeguarded).await.json()["missing"], json!([]));
}

#[tokio::test]
async fn bounds_are_inside_what_is_allowed() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let most = json!([{"hours_per_week": 168, "weeks_per_year": 53,
        "cost_per_hour": {"pence": 100_000}}]);
    school.submit(&with(plain(), "/provision", most)).await;
    for year in [-2, 13] {
        school.submit(&with(plain(), "/child/year_group", json!(year))).await;
    }
    for year in [-3, 14] {
        let body = with(plain(), "/child/year_group", json!(year));
        assert_eq!(school.post("/requests", &body).await.faults(422), ["/child/year_group"]);
    }
    let (fits, too_long) = ("x".repeat(10_000), "x".repeat(10_001));
    school.submit(&with(plain(), "/summary", json!(fits))).await;
    let refused = school.post("/requests", &with(plain(), "/summary", json!(too_long))).await;
    assert_eq!(refused.faults(422), ["/summary"]);
}

#[tokio::test]
async fn what_cannot_be_read_at_all_is_a_400() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let deep = "[".repeat(20_000);
    let unreadable: [&[u8]; 5] =
        [b"{", b"not json", b"{\"about\": \"child\",}", b"\"\xff\"", deep.as_bytes()];
    for body in unreadable {
        let answer = school.send(Method::POST, "/requests", &[], body.to_vec()).await;
        answer.expect("an answer").expect_problem(400);
    }
}

#[tokio::test]
async fn what_is_too_large_is_a_413_however_large() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    for characters in [70_000, 1_000_000] {
        let body = with(plain(), "/summary", json!("x".repeat(characters)));
        school.post("/requests", &body).await.expect_problem(413);
    }
}

#[tokio::test]
async fn a_path_or_a_method_that_does_not_exist_is_a_problem_too() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    school.get("/nothing").await.expect_problem(404);
    let answer = school.send(Method::DELETE, "/requests", &[], Vec::new()).await;
    answer.expect("an answer").expect_problem(405);
}
