//! ID tokens that a provider did not give, or did not give for this sign-in: none of them opens
//! the door, whatever is wrong with it (OpenID Connect Core 1.0, section 3.1.3.7).

use super::{ISSUER, ask, begun, county, described, json_answer, parameter};
use crate::county::{Answer, County};
use axum::http::{StatusCode, header};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use jiff::SignedDuration;
use openidconnect::PrivateSigningKey as _;
use openidconnect::core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::{Arc, Mutex, PoisonError};
use web::sign_in::{Fetch, HttpRequest};

/// Made for this test, and known to everybody who reads it.
const KEY: &str = include_str!("provider.pem");
/// Long after any test, and long before: a verifier reads the machine's clock.
const LATER: i64 = 4_102_444_800;
const LONG_AGO: i64 = 1_000_000_000;
/// What an answer must not repeat.
const PERSONAL: [&str; 3] = ["asha@council.example", "subject-of-asha", "eyJ"];

/// A provider with a key, which answers a code with whatever token it was told to give.
#[derive(Clone, Default)]
struct Forger(Arc<Mutex<String>>);

impl Forger {
    fn gives(&self, token: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }

    fn fetch(&self) -> Fetch {
        let given = self.0.clone();
        Arc::new(move |request: HttpRequest| {
            let path = request.uri().path();
            let body = if path.ends_with("openid-configuration") {
                described()
            } else if path.ends_with("token") {
                let token = given.lock().unwrap_or_else(PoisonError::into_inner).clone();
                json!({"access_token": "x", "token_type": "Bearer", "id_token": token})
            } else {
                json!({"keys": [public_key()]})
            };
            json_answer(&body)
        })
    }
}

fn key() -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(KEY, None).unwrap()
}

fn public_key() -> Value {
    serde_json::to_value(key().as_verification_key()).unwrap()
}

/// What a token says that is in order.
fn claims(nonce: &str) -> Value {
    json!({
        "iss": ISSUER, "aud": "front-door", "sub": "subject-of-asha", "nonce": nonce,
        "exp": LATER, "iat": LONG_AGO,
        "email": "asha@council.example", "email_verified": true,
    })
}

fn with(nonce: &str, name: &str, value: Value) -> Value {
    let mut claims = claims(nonce);
    claims[name] = value;
    claims
}

fn unsigned(algorithm: &str, claims: &Value) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(&json!({"alg": algorithm, "typ": "JWT"})), part(claims))
}

/// As the provider would sign it.
fn signed(claims: &Value) -> String {
    let text = unsigned("RS256", claims);
    let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    let signature = key().sign(&algorithm, text.as_bytes()).unwrap();
    format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// Signed with what everybody knows, as if the public key were a secret that is shared.
fn signed_with_the_public_key(claims: &Value) -> String {
    let text = unsigned("HS256", claims);
    let known = public_key()["n"].as_str().unwrap().to_owned();
    let known = BASE64_URL_SAFE_NO_PAD.decode(known).unwrap();
    let signature = Hmac::<Sha256>::new_from_slice(&known).unwrap();
    let signature = signature.chain_update(&text).finalize().into_bytes();
    format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// A county to which Asha Rao was invited.
async fn invited() -> (County, Forger) {
    let forger = Forger::default();
    let county = county(forger.fetch()).await;
    let account = json!({"id": "asha-rao", "name": "Asha Rao", "role": "adviser"});
    let opened = county.post("demo-admin", "/accounts", &account).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.body);
    let email = json!({"email": "asha@council.example"});
    let invited = county.put("demo-admin", "/accounts/asha-rao/sign-in", &email).await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.body);
    // Another way in ends every session that began by then.
    county.clock.set(county.engine.now() + SignedDuration::from_mins(1));
    (county, forger)
}

/// What becomes of a token that is made for the nonce of this sign-in.
async fn comes_back(
    county: &County,
    forger: &Forger,
    more: &str,
    token: impl FnOnce(&str) -> String,
) -> Answer {
    let (address, cookie) = begun(county).await;
    forger.gives(token(parameter(&address, "nonce")));
    let back = format!("/sign-in/callback?code=x&state={}", parameter(&address, "state"));
    ask(county, &back, Some(&format!("{cookie}{more}"))).await
}

fn session_of(answer: &Answer) -> String {
    let all = answer.headers.get_all(header::SET_COOKIE).iter();
    let mut pairs = all.filter_map(|line| line.to_str().ok()?.split(';').next());
    pairs.find(|pair| pair.starts_with("__Host-frontdoor=")).unwrap().to_owned()
}

async fn assert_refused(
    county: &County,
    forger: &Forger,
    wrong: &str,
    token: impl FnOnce(&str) -> String,
) {
    let answer = comes_back(county, forger, "", token).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{wrong}: {}", answer.body);
    assert_eq!(answer.body["type"], "urn:frontdoor:problem:no-entry", "{wrong}");
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().count();
    assert_eq!(cookies, 0, "{wrong}: no session");
    for personal in PERSONAL {
        assert!(!answer.body.to_string().contains(personal), "{wrong}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_token_that_is_in_order_opens_the_door() {
    let (county, forger) = invited().await;
    let answer = comes_back(&county, &forger, "", |nonce| signed(&claims(nonce))).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let me = ask(&county, "/api/v1/me", Some(&session_of(&answer))).await;
    assert_eq!(me.body["account"], "asha-rao");
}

#[tokio::test]
async fn a_token_that_the_provider_did_not_sign_is_refused() {
    let (county, forger) = invited().await;
    assert_refused(&county, &forger, "altered after it was signed", |nonce| {
        let token = signed(&with(nonce, "sub", json!("somebody-else")));
        let (_, signature) = token.rsplit_once('.').unwrap();
        format!("{}.{signature}", unsigned("RS256", &claims(nonce)))
    })
    .await;
    assert_refused(&county, &forger, "no signature", |nonce| {
        format!("{}.", unsigned("RS256", &claims(nonce)))
    })
    .await;
    for algorithm in ["none", "None", "NONE"] {
        assert_refused(&county, &forger, algorithm, |nonce| {
            format!("{}.", unsigned(algorithm, &claims(nonce)))
        })
        .await;
    }
    assert_refused(&county, &forger, "HS256 with the public key", |nonce| {
        signed_with_the_public_key(&claims(nonce))
    })
    .await;
    assert_refused(&county, &forger, "no token at all", |_| String::new()).await;
}

#[tokio::test]
async fn a_token_for_another_service_provider_time_or_sign_in_is_refused() {
    let (county, forger) = invited().await;
    for (name, value) in [
        ("aud", json!("another-service")),
        ("aud", json!([])),
        ("aud", json!(["front-door", "another-service"])),
        ("iss", json!("https://id.example.evil.example")),
        ("exp", json!(LONG_AGO)),
        ("nonce", json!("0".repeat(64))),
        ("nonce", json!("")),
    ] {
        let wrong = format!("{name}: {value}");
        let token = |nonce: &str| signed(&with(nonce, name, value.clone()));
        assert_refused(&county, &forger, &wrong, token).await;
    }
}

#[tokio::test]
async fn a_token_without_a_claim_that_there_must_be_is_refused() {
    let (county, forger) = invited().await;
    for name in ["iss", "aud", "sub", "exp", "iat", "nonce"] {
        let token = |nonce: &str| {
            let mut claims = claims(nonce);
            claims.as_object_mut().unwrap().remove(name);
            signed(&claims)
        };
        assert_refused(&county, &forger, &format!("without {name}"), token).await;
    }
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_that_the_browser_had() {
    let (county, forger) = invited().await;
    let token = |nonce: &str| signed(&claims(nonce));
    let first = session_of(&comes_back(&county, &forger, "", token).await);
    let elsewhere = session_of(&comes_back(&county, &forger, "", token).await);
    let along = format!("; {first}");
    let second = session_of(&comes_back(&county, &forger, &along, token).await);
    let opens = async |cookie: &str| ask(&county, "/api/v1/me", Some(cookie)).await.status;
    assert_eq!(opens(&first).await, StatusCode::UNAUTHORIZED, "over");
    assert_eq!(opens(&second).await, StatusCode::OK, "the new one");
    assert_eq!(opens(&elsewhere).await, StatusCode::OK, "that of another browser");
}
