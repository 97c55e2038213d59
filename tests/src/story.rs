//! What a long story is told with: a county without a single request, a clock that is moved by
//! hand, and what everybody can see.

use crate::caller::Caller;
use crate::server::Server;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

/// A story on its way.
#[derive(Debug)]
pub struct Story {
    server: Server,
    now: Timestamp,
}

impl Story {
    /// A county whose clock stands at this instant.
    pub async fn begin(at: &str) -> Self {
        let options = ["--demo", "--demo-requests", "0", "--demo-clock", at];
        Self { server: Server::with(&options).await, now: at.parse().expect("an instant") }
    }

    /// Time passes, up to this instant; what falls due on the way happens.
    pub async fn pass(&mut self, to: &str) {
        self.now = to.parse().expect("an instant");
        let body = json!({"now": to}).to_string().into_bytes();
        let moved = self.server.anonymous().send(Method::PUT, "/demo/clock", &[], body).await;
        moved.expect("an answer").expect_status(200);
    }

    /// The telling is over; what was stored is looked at without a server.
    pub async fn end(mut self) -> Server {
        assert_eq!(self.server.stop().await, 0, "{}", self.server.said());
        self.server
    }

    /// The instant that the story has reached.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Somebody with a key of the demonstration.
    #[must_use]
    pub fn caller(&self, who: &str) -> Caller {
        self.server.demo(who)
    }

    /// At an instant, somebody does something to a request. Says where it stands then.
    pub async fn then(
        &mut self,
        at: &str,
        who: &str,
        request: &Value,
        action: &str,
        body: Value,
    ) -> Value {
        self.pass(at).await;
        self.caller(who).act(request, action, &body).await
    }

    /// At an instant, a school asks for support.
    pub async fn submitted(&mut self, at: &str, who: &str, body: &Value) -> Value {
        self.pass(at).await;
        self.caller(who).submit(body).await.json()
    }

    /// The types of a request's events, as somebody sees them.
    pub async fn events(&self, who: &str, request: &Value) -> Vec<String> {
        let id = request["id"].as_str().expect("an id");
        let timeline = self.caller(who).get(&format!("/requests/{id}/timeline")).await.expect(200);
        let events = timeline["items"].as_array().expect("events").iter();
        events.map(|it| it["type"].as_str().expect("a type").to_owned()).collect()
    }

    /// The latest clock of a promise.
    pub async fn clock(&self, request: &Value, promise: &str) -> Value {
        let id = request["id"].as_str().expect("an id");
        let shown = self.caller("adviser").get(&format!("/requests/{id}/clocks")).await.expect(200);
        let clocks = shown["clocks"].as_array().expect("clocks");
        clocks.iter().rfind(|it| it["promise"] == promise).cloned().expect("it was promised")
    }
}
