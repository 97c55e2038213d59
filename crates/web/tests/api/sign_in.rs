//! The way to a provider and back, with a provider that is made up here; a real one is a journey.

mod forged;

use crate::county::{Answer, County};
use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode, header};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;
use web::sign_in::{Fetch, Fetched, HttpRequest, HttpResponse, Provider, Unreachable, routes};

const ISSUER: &str = "https://id.example";

/// What a provider says of itself.
fn described() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://id.example/authorize",
        "token_endpoint": "https://id.example/token",
        "jwks_uri": "https://id.example/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    })
}

fn json_answer(body: &Value) -> Fetched {
    let mut answer = HttpResponse::new(body.to_string().into_bytes());
    let kind = HeaderValue::from_static("application/json");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Box::pin(async move { Ok(answer) })
}

/// A provider that says where it is, and vouches for nobody.
fn describes_itself() -> Fetch {
    Arc::new(|request: HttpRequest| {
        let asked = request.uri().path().ends_with("openid-configuration");
        json_answer(&if asked { described() } else { json!({"keys": []}) })
    })
}

fn is_away() -> Fetch {
    Arc::new(|_| Box::pin(async { Err(Unreachable("it is away".to_owned())) }))
}

async fn county(fetch: Fetch) -> County {
    let provider = Provider {
        issuer: ISSUER.to_owned(),
        client_id: "front-door".to_owned(),
        client_secret: None,
        public_url: "https://localhost".to_owned(),
        require_mfa: false,
        mfa_acr: Vec::new(),
        email_claim: "email".to_owned(),
        dfe: None,
        fetch,
    };
    County::founded().await.with(routes(provider))
}

async fn ask(county: &County, path: &str, cookie: Option<&str>) -> Answer {
    let mut request = Request::get(path);
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    county.send(request.body(Body::empty()).unwrap()).await
}

/// Where the browser is sent, by its parameters, and the cookie that it takes along.
async fn begun(county: &County) -> (String, String) {
    let away = ask(county, "/sign-in?return_to=/requests", None).await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
    let text = |name| away.headers[name].to_str().unwrap().to_owned();
    let cookie = text(header::SET_COOKIE);
    (text(header::LOCATION), cookie.split(';').next().unwrap().to_owned())
}

fn parameter<'a>(address: &'a str, name: &str) -> &'a str {
    let (_, asked) = address.split_once('?').unwrap();
    let found = asked.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    found.unwrap()
}

#[tokio::test]
async fn a_browser_is_sent_away_with_pkce_state_and_nonce_and_keeps_no_verifier() {
    let county = county(describes_itself()).await;
    let (address, cookie) = begun(&county).await;
    assert!(address.starts_with("https://id.example/authorize?"), "{address}");
    assert_eq!(parameter(&address, "response_type"), "code");
    assert_eq!(parameter(&address, "code_challenge_method"), "S256");
    assert_eq!(parameter(&address, "code_challenge").len(), 43);
    let nonce = parameter(&address, "nonce");
    assert!(nonce.len() == 64 && !cookie.contains(nonce), "{cookie}");
    assert!(cookie.starts_with("__Host-frontdoor-signing-in="), "{cookie}");
    let (another, _) = begun(&county).await;
    assert_ne!(parameter(&address, "state"), parameter(&another, "state"));
}

#[tokio::test]
async fn who_takes_longer_than_ten_minutes_begins_again() {
    let county = county(describes_itself()).await;
    let (address, cookie) = begun(&county).await;
    let back = format!("/sign-in/callback?code=x&state={}", parameter(&address, "state"));
    let in_time = ask(&county, &back, Some(&cookie)).await;
    assert!(in_time.body["detail"].as_str().unwrap().contains("vouches for nobody"));
    county.clock.set(county.engine.now() + SignedDuration::from_mins(10));
    let late = ask(&county, &back, Some(&cookie)).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    assert!(late.body["detail"].as_str().unwrap().contains("took too long"));
}

#[tokio::test]
async fn a_session_is_no_way_back_from_a_provider() {
    let county = county(describes_itself()).await;
    let (address, cookie) = begun(&county).await;
    let (_, value) = cookie.split_once('=').unwrap();
    let as_session = format!("__Host-frontdoor={value}");
    let answer = ask(&county, "/api/v1/me", Some(&as_session)).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let altered = cookie.replace(parameter(&address, "state"), &"0".repeat(64));
    let back = format!("/sign-in/callback?code=x&state={}", "0".repeat(64));
    let forged = ask(&county, &back, Some(&altered)).await;
    assert!(forged.body["detail"].as_str().unwrap().contains("took too long"));
}

#[tokio::test]
async fn nobody_is_signed_in_unawares_because_another_site_sent_their_browser_here() {
    let county = county(describes_itself()).await;
    for (site, asked_anew) in [
        (Some("cross-site"), true),
        (Some("same-site"), true),
        (None, true),
        (Some("same-origin"), false),
        (Some("none"), false),
    ] {
        let mut request = Request::get("/sign-in");
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        let away = county.send(request.body(Body::empty()).unwrap()).await;
        let address = away.headers[header::LOCATION].to_str().unwrap();
        assert_eq!(address.contains("prompt=login"), asked_anew, "{site:?}: {address}");
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_at_the_end() {
    let county = county(describes_itself()).await;
    for elsewhere in ["https://evil.example", "//evil.example", "/%5Cevil.example"] {
        let answer = ask(&county, &format!("/sign-in?return_to={elsewhere}"), None).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{elsewhere}");
    }
}

#[tokio::test]
async fn while_the_provider_is_away_nobody_signs_in_and_keys_open_the_door() {
    let county = county(is_away()).await;
    let answer = ask(&county, "/sign-in", None).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(county.get("demo-adviser", "/me").await.status, StatusCode::OK);
}
