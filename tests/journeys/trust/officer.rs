//! The data protection officer: what a child is owed, without breaking the record.

use super::{Told, path};
use reqwest::Method;
use serde_json::{Value, json};

pub(super) async fn sees_who_looked(told: &Told) {
    let looked = told.officer(&format!("/audit/access?child={}", told.child)).await;
    let looks = looked["items"].as_array().expect("looks");
    let by = |who: &str| looks.iter().find(|look| look["who"] == who).expect("they looked");
    let stranger = by("demo-service-specialist-sen");
    assert!(stranger["why"].as_str().is_some_and(|why| why.contains("break-glass")), "{stranger}");
    assert_eq!(by("demo-adviser")["role"], "adviser");
    let theirs = told.officer("/audit/access?actor=demo-service-specialist-sen").await;
    assert!(!theirs["items"].as_array().expect("looks").is_empty());
    let unusual = told.officer("/audit/access/unusual?from=2026-09-01&to=2026-09-30").await;
    let found = unusual["findings"].as_array().expect("findings");
    assert!(found.iter().any(|it| it["rule"] == "after_broken_glass"), "{unusual}");
}

/// Ivy's mother asks what is held; she is answered within the month, and of others nothing.
pub(super) async fn gives_access(told: &mut Told) {
    let asked = json!({"received_on": "2026-09-07", "by": "parent", "identity_checked": true});
    let dpo = told.story.caller("dpo");
    let asked = dpo.post(&told.of_child("/subject-access"), &asked).await.expect(201);
    let held = told.officer(&told.of_child("/subject-access")).await;
    assert_eq!(held["children"][0]["family_name"], "Quendelina");
    assert!(!held["third_parties"].as_array().expect("others").is_empty());
    let paper = [("accept", "text/plain")];
    let paper = dpo.send(Method::GET, &told.of_child("/subject-access"), &paper, vec![]).await;
    assert!(paper.expect("an answer").text.contains("We spoke with her mother."));
    let id = asked["id"].as_str().expect("an id");
    let due = told.officer("/subject-access-requests").await;
    assert_eq!(due["items"][0]["due_on"], "2026-10-07", "{due}");
    let answer = format!("/subject-access-requests/{id}/answer");
    let given = json!({"how": "provided", "on": "2026-09-07"});
    dpo.post(&answer, &given).await.expect_status(200);
}

/// A complaint is open, so nothing is erased; when it ends, everything is.
pub(super) async fn is_held_back_and_then_erases(told: &mut Told) {
    let dpo = told.story.caller("dpo");
    let figures = "/insights/response-times?group_by=need";
    let before = told.story.caller("commissioner").get(figures).await.expect(200);
    let complaint = json!({"reason": {"code": "complaint", "text": "Her mother complains."}});
    let hold = dpo.post(&told.of_child("/hold"), &complaint).await.expect(201);
    dpo.post(&told.of_child("/erase"), &json!({})).await.expect_problem(409);
    let hold = hold["id"].as_str().expect("an id");
    let ended = json!({"reason": {"code": "ended", "text": "It was upheld."}});
    let release = told.of_child(&format!("/holds/{hold}/release"));
    dpo.post(&release, &ended).await.expect_status(200);

    dpo.post(&told.of_child("/erase"), &json!({})).await.expect_status(200);
    let certificate = dpo.get(&told.of_child("/erasure")).await;
    certificate.expect_status(200);
    told.keep("certificate.json", &certificate.text);
    let after = told.story.caller("commissioner").get(figures).await.expect(200);
    assert_eq!(before, after, "figures stay as they were");
    unreadable(told).await;
}

/// Nobody reads of her again, while the other child is as it was.
async fn unreadable(told: &Told) {
    for who in ["school-900001", "adviser", "service-sensory-support", "dpo"] {
        let shown = told.story.caller(who).get(&path(&told.ivy, "")).await.expect(200);
        assert!(!shown.to_string().contains("Quendelina"), "{who}: {shown}");
    }
    let noah: Value = told.story.caller("adviser").get(&path(&told.noah, "")).await.expect(200);
    assert_eq!(noah["child"]["family_name"], "Ottermole");
}
