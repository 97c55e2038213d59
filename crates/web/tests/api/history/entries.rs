//! Meetings, rotas, rules and panels as they were known.

use super::{AUDITOR, done};
use crate::county::{County, by_set_up_as};
use axum::http::StatusCode;
use domain::desk::DeskCommand;
use domain::ids::TeamId;
use serde_json::Value;

#[tokio::test]
async fn a_rota_is_shown_as_it_was_known_with_who_was_on_by_it() {
    let county = County::founded().await;
    let before = county.engine.head();
    let month = "2026-11".parse().unwrap();
    let nobody = DeskCommand::SetShifts(TeamId::front_door(), month, vec![]);
    county.engine.configure(&by_set_up_as(70), vec![nobody]).await.unwrap();
    let path = "/audit/rotas/front-door/2026-11";
    let then = county.get(AUDITOR, &format!("{path}?position={before}")).await;
    done(&then);
    assert_eq!(then.body["state"]["on_duty"], "amara");
    assert_eq!(
        (&then.body["version"], &then.body["checkpoint"]["size"]),
        (&1.into(), &before.into())
    );
    assert_eq!(then.body["events"].as_array().unwrap().len(), 1);
    let now = county.get(AUDITOR, path).await.body;
    assert_eq!((&now["state"]["on_duty"], &now["version"]), (&Value::Null, &2.into()));
    let early = county.get(AUDITOR, &format!("{path}?position=1")).await;
    assert_eq!(early.body["errors"][0]["pointer"], "position");
    let unknown = county.get(AUDITOR, "/audit/rotas/front-door/2031-01").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn rules_are_shown_as_they_were_in_force() {
    let county = County::founded().await;
    let before = county.engine.head();
    super::replay::other_rules(&county).await;
    let path = "/audit/rulesets/triage";
    let then = county.get(AUDITOR, &format!("{path}?position={before}")).await;
    done(&then);
    assert_eq!((&then.body["version"], &then.body["state"]["version"]), (&1.into(), &1.into()));
    let fits = |body: &Value| {
        let services = body["state"]["services"].as_array().unwrap();
        services.iter().any(|it| it["service"] == "sensory-support")
    };
    assert!(fits(&then.body));
    let now = county.get(AUDITOR, path).await.body;
    assert_eq!(now["version"], 2);
    assert!(!fits(&now));
}
