//! A POST that is sent again with its key is answered as it was, and says so.

use crate::county::{ADVISER, Answer, County, asking};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

async fn again(county: &County, path: &str, body: &Value) -> Answer {
    let request = asking("POST", "demo-coordinator", path).header("Idempotency-Key", path);
    county.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn what_is_told_to_the_rota_twice_says_that_it_is_a_replay() {
    let county = County::founded().await;
    let times = json!({"adviser": ADVISER, "from": "2026-11-25T09:00:00Z",
        "to": "2026-11-25T12:00:00Z"});
    let other = json!({"adviser": ADVISER, "from": "2026-11-25T09:00:00Z",
        "to": "2026-11-25T13:00:00Z"});
    for path in ["/rotas/front-door/absences", "/rotas/front-door/overrides"] {
        let first = again(&county, path, &times).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        assert!(!first.headers.contains_key("idempotency-replayed"));
        let second = again(&county, path, &times).await;
        assert_eq!(second.headers["idempotency-replayed"], "true");
        assert_eq!((second.status, &second.body), (first.status, &first.body));
        let position = "frontdoor-position";
        assert_eq!(second.headers[position], first.headers[position]);
        let refused = again(&county, path, &other).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    }
}
