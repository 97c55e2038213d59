//! Sessions: how long somebody who signed in stays in, and what another site cannot do for them.

use crate::county::{Answer, County, by_set_up_as};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::account::{Account, AccountCommand, Role};
use domain::desk::DeskCommand;
use domain::ids::SessionId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;
use web::session::{Session, Sessions, csrf_token};

const HERE: &str = "https://localhost";

impl County {
    /// Somebody who signed in just now, and the cookie that they were given.
    async fn signed_in(&self) -> (Session, String) {
        let account = Account {
            id: "asha-rao".parse().unwrap(),
            name: "Asha Rao".to_owned(),
            role: Role::Adviser,
            school: None,
            service: None,
        };
        let open = vec![DeskCommand::OpenAccount(account.clone())];
        self.engine.configure(&by_set_up_as(77), open).await.unwrap();
        let now = self.engine.now();
        let id = SessionId(Uuid::from_u128(5));
        let session = Session { id, account: account.id, started_at: now, seen_at: now };
        let cookie = Sessions::default().cookie(&session, &self.engine).unwrap();
        let cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        (session, cookie)
    }

    async fn by_cookie(&self, method: &str, path: &str, cookie: &str) -> Answer {
        self.by_browser(method, path, cookie, &[("origin", HERE)]).await
    }

    async fn by_browser(
        &self,
        method: &str,
        path: &str,
        cookie: &str,
        says: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::COOKIE, cookie);
        for (name, value) in says {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    fn pass(&self, time: SignedDuration) {
        self.clock.set(self.engine.now() + time);
    }

    async fn carry_out(&self, number: u128, command: AccountCommand) {
        let commands = vec![DeskCommand::Account(command)];
        self.engine.configure(&by_set_up_as(number), commands).await.unwrap();
    }
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn cookie_of(answer: &Answer) -> Option<String> {
    let set = answer.headers.get(header::SET_COOKIE)?.to_str().unwrap();
    Some(set.split(';').next().unwrap().to_owned())
}

#[tokio::test]
async fn who_signed_in_comes_in_as_their_account() {
    let county = County::founded().await;
    let (session, cookie) = county.signed_in().await;
    let me = county.by_cookie("GET", "/me", &cookie).await.body;
    assert_eq!((&me["account"], &me["via"]), (&json!("asha-rao"), &json!("session")));
    let shown = county.by_cookie("GET", "/me/session", &cookie).await.body;
    assert_eq!(shown["idle_at"], "2026-11-20T10:30:00Z");
    assert_eq!(shown["ends_at"], "2026-11-20T20:00:00Z");
    assert_eq!(shown["csrf_token"], csrf_token(&county.engine, &session));
}

#[tokio::test]
async fn a_cookie_is_for_this_host_over_https_and_for_no_script() {
    let county = County::founded().await;
    let (session, _) = county.signed_in().await;
    let cookie = Sessions::default().cookie(&session, &county.engine).unwrap();
    let cookie = cookie.to_str().unwrap();
    assert!(cookie.starts_with("__Host-frontdoor="), "{cookie}");
    for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let public_origin = "http://127.0.0.1:8080".to_owned();
    let local = Sessions { public_origin, ..Sessions::default() };
    let cookie = local.cookie(&session, &county.engine).unwrap();
    let cookie = cookie.to_str().unwrap();
    assert!(cookie.starts_with("frontdoor=") && !cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn a_cookie_that_was_altered_anywhere_is_none() {
    let county = County::founded().await;
    let (_, cookie) = county.signed_in().await;
    let (name, value) = cookie.split_once('=').unwrap();
    for place in 0..value.len() {
        let mut altered = value.as_bytes().to_vec();
        altered[place] = if altered[place] == b'1' { b'2' } else { b'1' };
        let altered = format!("{name}={}", String::from_utf8(altered).unwrap());
        let answer = county.by_cookie("GET", "/me", &altered).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "byte {place}");
    }
}

#[tokio::test]
async fn a_csrf_token_is_no_cookie() {
    let county = County::founded().await;
    let (session, cookie) = county.signed_in().await;
    let (text, _) = cookie.rsplit_once('.').unwrap();
    let forged = format!("{text}.{}", csrf_token(&county.engine, &session));
    let answer = county.by_cookie("GET", "/me", &forged).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn whoever_is_not_heard_of_for_half_an_hour_is_out() {
    let county = County::founded().await;
    let (_, cookie) = county.signed_in().await;
    county.pass(minutes(29));
    let answer = county.by_cookie("GET", "/me", &cookie).await;
    let renewed = cookie_of(&answer).expect("a cookie older than a minute is renewed");
    county.pass(minutes(29));
    assert_eq!(county.by_cookie("GET", "/me", &renewed).await.status, StatusCode::OK);
    let old = county.by_cookie("GET", "/me", &cookie).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_new_cookie_is_not_renewed() {
    let county = County::founded().await;
    let (_, cookie) = county.signed_in().await;
    county.pass(minutes(1));
    assert_eq!(cookie_of(&county.by_cookie("GET", "/me", &cookie).await), None);
}

#[tokio::test]
async fn a_session_ends_after_ten_hours_however_busy_its_holder_is() {
    let county = County::founded().await;
    let (_, mut cookie) = county.signed_in().await;
    for _ in 0..30 {
        county.pass(minutes(20));
        let answer = county.by_cookie("GET", "/me", &cookie).await;
        let Some(renewed) = cookie_of(&answer) else {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            let ten_hours: Timestamp = "2026-11-20T20:00:00Z".parse().unwrap();
            assert_eq!(county.engine.now(), ten_hours);
            return;
        };
        cookie = renewed;
    }
    panic!("the session never ends");
}

#[tokio::test]
async fn who_signs_out_is_out_whatever_cookie_they_kept() {
    let county = County::founded().await;
    let (_, cookie) = county.signed_in().await;
    let out = county.by_cookie("POST", "/sign-out", &cookie).await;
    assert_eq!(out.status, StatusCode::OK, "{}", out.body);
    assert_eq!(cookie_of(&out).as_deref(), Some("__Host-frontdoor="));
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"");
    assert_eq!(county.by_cookie("GET", "/me", &cookie).await.status, StatusCode::UNAUTHORIZED);
    let by_key = county.post("demo-adviser", "/sign-out", &json!({})).await;
    assert_eq!(by_key.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn an_administrator_ends_every_session_of_an_account() {
    let county = County::founded().await;
    let (_, cookie) = county.signed_in().await;
    let ended = county.post("demo-admin", "/accounts/asha-rao/end-sessions", &json!({})).await;
    assert_eq!(ended.status, StatusCode::OK);
    assert_eq!(county.by_cookie("GET", "/me", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_role_or_a_closed_account_ends_its_sessions() {
    for entry in [
        json!({"name": "Asha Rao", "role": "admin"}),
        json!({"name": "Asha Rao", "role": "adviser", "closed": true}),
    ] {
        let county = County::founded().await;
        let (_, cookie) = county.signed_in().await;
        let changed = county.put("demo-admin", "/accounts/asha-rao", &entry).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
        let answer = county.by_cookie("GET", "/me", &cookie).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{entry}");
    }
}

#[tokio::test]
async fn what_ends_a_session_is_known_to_every_node() {
    let county = County::founded().await;
    let (session, cookie) = county.signed_in().await;
    let node = county.another_node().await;
    assert_eq!(node.by_cookie("GET", "/me", &cookie).await.status, StatusCode::OK);
    let Session { id: session, account, started_at: at, .. } = session;
    let until = at + minutes(600);
    county.carry_out(78, AccountCommand::EndSession { account, session, at, until }).await;
    assert_eq!(node.by_cookie("GET", "/me", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_site_changes_nothing_by_a_cookie() {
    let county = County::founded().await;
    let (_, cookie) = county.signed_in().await;
    for says in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
        &[("sec-fetch-site", "cross-site"), ("origin", HERE)],
        &[("origin", "https://localhost.evil.example")],
        &[],
    ] {
        let answer = county.by_browser("POST", "/sign-out", &cookie, says).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{says:?}");
    }
    assert_eq!(county.by_cookie("GET", "/me", &cookie).await.status, StatusCode::OK);
    let ours = [("sec-fetch-site", "same-origin")];
    let answer = county.by_browser("POST", "/sign-out", &cookie, &ours).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_carries_the_token_of_its_session() {
    let county = County::founded().await;
    let (session, cookie) = county.signed_in().await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let here = ("origin", HERE);
    for says in [&[here, form][..], &[here, form, ("x-csrf-token", "0000")]] {
        let answer = county.by_browser("POST", "/sign-out", &cookie, says).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{says:?}");
    }
    let token = csrf_token(&county.engine, &session);
    let says = [here, form, ("x-csrf-token", token.as_str())];
    let answer = county.by_browser("POST", "/sign-out", &cookie, &says).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test]
async fn who_shows_a_key_is_whose_key_it_is_whatever_the_cookie_says() {
    let county = County::founded().await;
    let (_, cookie) = county.signed_in().await;
    let with_key = |key: &str| [("authorization", format!("Bearer {key}"))];
    let [(name, key)] = with_key("demo-dpo");
    let me = county.by_browser("GET", "/me", &cookie, &[(name, &key)]).await;
    assert_eq!(me.body["role"], "dpo");
    let [(name, key)] = with_key("nonsense");
    let answer = county.by_browser("GET", "/me", &cookie, &[(name, &key)]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}
