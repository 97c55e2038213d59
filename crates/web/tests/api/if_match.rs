//! What somebody else has changed since is not overwritten unseen.

use crate::county::{ADVISER, Answer, County, asking};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const ADMIN: &str = "demo-admin";

fn entries() -> [(&'static str, Value, Value); 4] {
    let service = |days| {
        json!({"name": "Outreach", "agency": "voluntary", "first_contact_working_days": days,
            "offers": []})
    };
    let calendar = |closes| json!({"opens": "09:00", "closes": closes});
    let team = |name| json!({"name": name, "manager": "demo-coordinator"});
    let policy = |percent| json!({"warn_at_percent": percent});
    [
        ("/services/outreach", service(3), service(4)),
        ("/calendar", calendar("16:00"), calendar("16:30")),
        ("/teams/outreach", team("One"), team("Another")),
        ("/policy", policy(50), policy(60)),
    ]
}

async fn put(county: &County, path: &str, tag: Option<&str>, body: &Value) -> Answer {
    let mut request = asking("PUT", ADMIN, path);
    if let Some(tag) = tag {
        request = request.header("if-match", tag);
    }
    county.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn tag(county: &County, path: &str) -> String {
    let answer = county.get(ADVISER, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.headers["etag"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_entry_is_changed_by_whoever_saw_its_latest_version() {
    let county = County::founded().await;
    for (path, one, another) in entries() {
        let made = put(&county, path, None, &one).await;
        assert!(made.status.is_success(), "{path}: {}", made.body);
        let seen = tag(&county, path).await;

        let changed = put(&county, path, Some(&seen), &another).await;
        assert_eq!(changed.status, StatusCode::OK, "{path}: {}", changed.body);
        let stale = put(&county, path, Some(&seen), &one).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{path}: {}", stale.body);
        assert_ne!(tag(&county, path).await, seen, "{path}");
    }
}

#[tokio::test]
async fn who_says_again_what_is_so_is_not_told_that_it_has_changed() {
    let county = County::founded().await;
    for (path, one, another) in entries() {
        put(&county, path, None, &one).await;
        let seen = tag(&county, path).await;
        put(&county, path, Some(&seen), &another).await;
        let again = put(&county, path, Some(&seen), &another).await;
        assert_eq!(again.status, StatusCode::OK, "{path}: {}", again.body);
    }
}
