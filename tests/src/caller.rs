//! Somebody with a key, and what they are answered.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::Value;
use std::time::Duration;

/// The longest anybody waits for an answer.
const LONGEST: Duration = Duration::from_secs(30);
/// Where the API lives.
pub const BASE: &str = "/api/v1";

/// Somebody with a key, or without.
#[derive(Clone, Debug)]
pub struct Caller {
    http: Client,
    origin: String,
    key: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub text: String,
}

impl Answer {
    /// The body, as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {self:?}"))
    }

    /// Makes sure of the status.
    #[track_caller]
    pub fn expect_status(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.text);
    }

    /// The body, as JSON, of an answer that must have this status.
    #[must_use]
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        self.expect_status(status);
        self.json()
    }

    /// A header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The position up to which a write reached.
    #[must_use]
    #[track_caller]
    pub fn position(&self) -> u64 {
        self.header("frontdoor-position").parse().expect("a write says its position")
    }

    /// Makes sure that it is a problem of this status, with everything that a problem has.
    #[track_caller]
    pub fn expect_problem(&self, status: u16) {
        self.expect_status(status);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], status);
        for member in ["type", "title", "detail"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
    }

    /// The pointers of the faults that a problem names, sorted.
    #[must_use]
    #[track_caller]
    pub fn faults(&self, status: u16) -> Vec<String> {
        self.expect_problem(status);
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        let mut pointers: Vec<String> = errors
            .iter()
            .map(|error| error["pointer"].as_str().unwrap_or_default().to_owned())
            .collect();
        pointers.sort();
        pointers
    }
}

impl Caller {
    /// A caller of the server at this origin.
    #[must_use]
    pub fn new(origin: &str, key: Option<&str>) -> Self {
        let http = Client::builder().timeout(LONGEST).no_proxy().build().expect("a client");
        Self { http, origin: origin.to_owned(), key: key.map(str::to_owned) }
    }

    /// The same connections with another key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self.clone() }
    }

    /// Asks; a path without the API's base, such as `/health/ready`, is asked as it stands.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Vec::new()).await.expect("an answer")
    }

    /// Does.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with(path, body, &[]).await
    }

    /// Does, with these headers.
    pub async fn post_with(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
        self.try_post(path, body, headers).await.expect("an answer")
    }

    /// Does, or fails to: the server may be gone.
    pub async fn try_post(
        &self,
        path: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> reqwest::Result<Answer> {
        let json = [("content-type", "application/json")];
        let headers = [headers, &json].concat();
        self.send(Method::POST, path, &headers, body.to_string().into_bytes()).await
    }

    /// Puts something in place of what was there.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        let json = [("content-type", "application/json")];
        let body = body.to_string().into_bytes();
        self.send(Method::PUT, path, &json, body).await.expect("an answer")
    }

    /// Submits a request that must be stored.
    pub async fn submit(&self, submission: &Value) -> Answer {
        let answer = self.post("/requests", submission).await;
        assert_eq!(answer.status, 201, "{}\n{submission}", answer.text);
        answer
    }

    /// Carries out an action that must be possible; says where the request stands then.
    pub async fn act(&self, request: &Value, action: &str, body: &Value) -> Value {
        self.try_act(request, action, body).await.expect(200)
    }

    /// Carries out an action.
    pub async fn try_act(&self, request: &Value, action: &str, body: &Value) -> Answer {
        let id = request["id"].as_str().expect("a request has an id");
        self.post(&format!("/requests/{id}/actions/{action}"), body).await
    }

    /// Every item of a list, page after page; at most a thousand pages.
    pub async fn every(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut cursor = String::new();
        for _ in 0..1_000 {
            let sign = if path.contains('?') { '&' } else { '?' };
            let page = self.get(&format!("{path}{sign}limit=200{cursor}")).await.expect(200);
            items.extend(page["items"].as_array().expect("a page has items").iter().cloned());
            let Some(next) = page["next"].as_str() else { return items };
            cursor = format!("&cursor={next}");
        }
        panic!("{path} has no end");
    }

    /// Sends whatever bytes.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> reqwest::Result<Answer> {
        let outside = ["/health", "/metrics", "/docs", "/api", "/demo"];
        let base = if outside.iter().any(|place| path.starts_with(place)) { "" } else { BASE };
        let mut request = self.http.request(method, format!("{}{base}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let answer = request.body(body).send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Ok(Answer { status, headers, text: answer.text().await? })
    }
}
