//! People sign in, with a real `OpenID` provider and its login form.

use frontdoor_tests::provider::{
    API_SECRET, Browser, CLIENT_SECRET, PUBLIC_URL, Provider, location,
};
use frontdoor_tests::server::Server;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const DEMO: [&str; 3] = ["--demo", "--demo-requests", "0"];

/// A front door that people sign in to.
async fn server(options: &[String], more: &[&str]) -> Server {
    let options = options.iter().map(String::as_str);
    let options: Vec<&str> = DEMO.into_iter().chain(options).chain(more.iter().copied()).collect();
    Server::with(&options).await
}

fn browser_at(server: &Server) -> Browser {
    Browser::of(&format!("http://{}", server.address()))
}

/// Lets whoever shows this address in.
async fn invite(server: &Server, name: &str, login: &str) {
    let admin = server.demo("admin");
    let account = json!({"id": name, "name": "Asha Rao", "role": "adviser"});
    admin.post("/accounts", &account).await.expect_status(201);
    let email = json!({"email": format!("{login}@council.example")});
    admin.put(&format!("/accounts/{name}/sign-in"), &email).await.expect_status(200);
}

async fn me(browser: &mut Browser) -> (u16, Value) {
    let answer = browser.get(&format!("{PUBLIC_URL}/api/v1/me")).await;
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap_or_default()).unwrap_or_default())
}

/// The address that the provider sends back to, taken to the front door.
async fn arrive(browser: &mut Browser, address: &str) -> u16 {
    browser.get(address).await.status().as_u16()
}

#[tokio::test]
async fn whoever_was_invited_signs_in_stays_in_and_signs_out() {
    let provider = Provider::started();
    let server = server(&provider.options(), &[]).await;
    invite(&server, "asha-rao", "asha").await;
    let mut browser = browser_at(&server);

    let back = browser.sign_in_as("asha").await;
    let arrived = browser.get(&back).await;
    assert_eq!((arrived.status().as_u16(), location(&arrived).as_str()), (303, "/"));
    let (_, seen) = me(&mut browser).await;
    assert_eq!((&seen["account"], &seen["via"]), (&json!("asha-rao"), &json!("session")));
    let account = server.demo("admin").get("/accounts/asha-rao").await.json();
    assert_eq!(account["sign_in"], "bound");

    assert_ne!(arrive(&mut browser, &back).await, 303, "a code is good once");
    let out = browser.post(&format!("{PUBLIC_URL}/api/v1/sign-out"), "").await;
    assert_eq!(out.status().as_u16(), 403, "a form without its token");
    let ended = server.demo("admin").post("/accounts/asha-rao/end-sessions", &json!({})).await;
    ended.expect_status(200);
    assert_eq!(me(&mut browser).await.0, 401);

    let mut again = browser_at(&server);
    let back = again.sign_in_as("asha").await;
    assert_eq!(arrive(&mut again, &back).await, 303, "bound, whoever is invited by now");
    let promoted = json!({"name": "Asha Rao", "role": "coordinator"});
    server.demo("admin").put("/accounts/asha-rao", &promoted).await.expect_status(200);
    assert_eq!(me(&mut again).await.0, 401, "another role ends sessions");
}

#[tokio::test]
async fn whoever_was_not_invited_or_shows_no_checked_address_does_not_come_in() {
    let provider = Provider::started();
    let server = server(&provider.options(), &[]).await;
    invite(&server, "asha-rao", "unverified-asha").await;
    for login in ["mallory", "unverified-asha"] {
        let mut browser = browser_at(&server);
        let back = browser.sign_in_as(login).await;
        let refused = browser.get(&back).await;
        assert_eq!(refused.status().as_u16(), 403, "{login}");
        assert!(refused.text().await.unwrap_or_default().contains("no-entry"));
        assert_eq!(me(&mut browser).await.0, 401, "{login}");
    }
    let accounts = server.demo("admin").get("/accounts?limit=200").await.json().to_string();
    assert!(!accounts.contains("mallory"), "nobody is made by signing in");
}

#[tokio::test]
async fn where_a_second_factor_is_required_one_is_not_enough() {
    let provider = Provider::started();
    let server = server(&provider.options(), &["--oidc-require-mfa"]).await;
    invite(&server, "asha-rao", "asha").await;
    invite(&server, "asha-with-mfa", "mfa-asha").await;
    for (login, status) in [("asha", 403), ("mfa-asha", 303)] {
        let mut browser = browser_at(&server);
        let back = browser.sign_in_as(login).await;
        assert_eq!(arrive(&mut browser, &back).await, status, "{login}");
    }
}

#[tokio::test]
async fn what_belongs_to_another_sign_in_lets_nobody_in() {
    let provider = Provider::started();
    let server = server(&provider.options(), &[]).await;
    invite(&server, "asha-rao", "asha").await;
    let code_of = |back: &str| {
        let url = reqwest::Url::parse(back).expect("an address");
        let asked: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        (asked["code"].clone(), asked["state"].clone())
    };
    let callback = |code: &str, state: &str| {
        format!("{PUBLIC_URL}/sign-in/callback?code={code}&state={state}")
    };

    let mut victim = browser_at(&server);
    let (code, state) = code_of(&victim.sign_in_as("asha").await);
    let mut other = browser_at(&server);
    let (_, others_state) = code_of(&other.sign_in_as("asha").await);
    let stolen = callback(&code, &others_state);
    assert_eq!(arrive(&mut other, &stolen).await, 403, "a code of another's: its verifier differs");
    let forged = callback(&code, &others_state);
    assert_eq!(arrive(&mut victim, &forged).await, 403, "a state of another's");
    let mut nobody = browser_at(&server);
    assert_eq!(arrive(&mut nobody, &callback(&code, &state)).await, 403, "no cookie");

    let mut replayed = browser_at(&server);
    let away = replayed.get(&format!("{PUBLIC_URL}/sign-in")).await;
    let mut address = reqwest::Url::parse(&location(&away)).expect("an address");
    let asked: Vec<(String, String)> = address.query_pairs().into_owned().collect();
    let nonce = |(name, value): (String, String)| {
        let value = if name == "nonce" { "a nonce of another's".to_owned() } else { value };
        (name, value)
    };
    address.query_pairs_mut().clear().extend_pairs(asked.into_iter().map(nonce));
    let back = replayed.sign_in_at(address.as_str(), "asha").await;
    assert_eq!(arrive(&mut replayed, &back).await, 403, "a nonce of another's");
}

#[tokio::test]
async fn a_school_comes_in_by_what_dfe_sign_in_says_of_its_people() {
    let provider = Provider::started();
    let server = server(&provider.options_of_dfe(), &[]).await;
    for (login, status) in [
        ("senco", 303),
        ("cleaner", 403),
        ("stranger", 403),
        // Of the council, and neither bound nor invited.
        ("senco-authority", 403),
    ] {
        let mut browser = browser_at(&server);
        let back = browser.sign_in_as(login).await;
        assert_eq!(arrive(&mut browser, &back).await, status, "{login}");
        if status == 303 {
            let (_, seen) = me(&mut browser).await;
            assert_eq!((&seen["role"], &seen["school_urn"]), (&json!("school"), &json!("900001")));
        }
    }
}

#[tokio::test]
async fn no_secret_token_or_address_is_in_what_the_server_says() {
    let provider = Provider::started();
    let server = server(&provider.options_of_dfe(), &["--log-level", "trace"]).await;
    let mut browser = browser_at(&server);
    let back = browser.sign_in_as("senco").await;
    assert_eq!(arrive(&mut browser, &back).await, 303);
    let issued = server
        .demo("admin")
        .post("/accounts/demo-school-900001/keys", &json!({"label": "MIS"}))
        .await
        .json();
    let key = issued["key"].as_str().expect("a key").to_owned();
    server.anonymous().with_key(&key).get("/me").await.expect_status(200);
    let url = reqwest::Url::parse(&back).expect("an address");
    let code = url.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.to_string());
    let mut canaries = browser.cookies();
    canaries.extend([CLIENT_SECRET.to_owned(), API_SECRET.to_owned(), key]);
    canaries.extend(code);
    canaries.extend(["senco@council.example", "Bearer fd_", "eyJ"].map(str::to_owned));
    let said = server.said();
    assert!(said.contains("/sign-in/callback"), "it said what it did");
    for canary in canaries {
        assert!(!said.contains(&canary), "the server said {canary}");
    }
}
