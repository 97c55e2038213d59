//! What every answer says to a browser, whatever it answers, and which methods are answered.

use crate::county::{ADVISER, Answer, County, asking};
use axum::body::Body;
use axum::http::{Request, StatusCode};

async fn asked(county: &County, method: &str, path: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    county.send(request).await
}

#[tokio::test]
async fn every_answer_tells_a_browser_to_keep_guess_and_embed_nothing() {
    let county = County::founded().await;
    let mut answers = Vec::new();
    for (method, path, status) in [
        ("GET", "/health/live", 200),
        ("GET", "/metrics", 200),
        ("GET", "/docs/", 200),
        ("GET", "/docs/swagger-initializer.js", 200),
        ("GET", "/api/v1/openapi.json", 200),
        ("GET", "/api/v1/services.openreferral.json", 200),
        ("GET", "/api/v1/requests", 401),
        ("GET", "/nothing/of/the/kind", 404),
        ("DELETE", "/api/v1/requests", 405),
    ] {
        let answer = asked(&county, method, path).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        answers.push((path, answer));
    }
    answers.push(("as an adviser", county.get(ADVISER, "/requests").await));
    for (path, answer) in answers {
        let says = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        assert_eq!(says("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(says("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(says("cache-control"), "no-store", "{path}");
        assert_eq!(says("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(says("permissions-policy").contains("geolocation=()"), "{path}");
        let policy = says("content-security-policy");
        for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        let script = policy.split(';').find(|part| part.trim().starts_with("script-src"));
        assert!(script.is_none_or(|it| it.trim() == "script-src 'self'"), "{path}: {policy}");
        assert_eq!(policy.ends_with("sandbox"), !path.starts_with("/docs"), "{path}: {policy}");
        let published = path.ends_with("openreferral.json");
        let whose = if published { "cross-origin" } else { "same-origin" };
        assert_eq!(says("cross-origin-resource-policy"), whose, "{path}");
    }
}

#[tokio::test]
async fn the_page_of_the_documentation_has_no_script_within_it() {
    let page = asked(&County::founded().await, "GET", "/docs/").await.body;
    let page = page.as_str().unwrap();
    assert!(page.contains("<script src="), "{page}");
    let inside = page.split("<script").skip(1).map(|it| it.split_once('>').unwrap().1);
    for script in inside {
        assert!(script.split("</script>").next().unwrap().trim().is_empty(), "{script}");
    }
    assert!(!page.contains("<style") && !page.contains(" on"), "{page}");
}

#[tokio::test]
async fn a_method_that_nobody_needs_is_refused_and_the_others_are_named() {
    let county = County::founded().await;
    for method in ["TRACE", "OPTIONS", "CONNECT", "PATCH"] {
        let request = asking(method, ADVISER, "/requests").body(Body::empty()).unwrap();
        let answer = county.send(request).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        let mut allowed: Vec<_> = answer.headers["allow"].to_str().unwrap().split(',').collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["GET", "HEAD", "POST"], "{method}");
    }
    let head = asking("HEAD", ADVISER, "/requests").body(Body::empty()).unwrap();
    let head = county.send(head).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, Some("")));
}
