//! The whole of it, around a door that knows one key.

use super::*;
use axum::Extension;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use tower::ServiceExt;

struct Door {
    router: Router,
    seconds: Arc<AtomicU64>,
}

impl Door {
    fn new(rates: Rates) -> Self {
        let seconds = Arc::new(AtomicU64::new(1_000));
        let clock = Arc::clone(&seconds);
        let elapsed: Elapsed = Arc::new(move || Duration::from_secs(clock.load(Relaxed)));
        let hardening = Hardening { rates: Some(rates), https: true };
        let open = |headers: HeaderMap| async move {
            let good = headers.get(header::AUTHORIZATION).is_some_and(|key| key == "Bearer good");
            let status = if good { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
            if good { (Extension(Known), status).into_response() } else { status.into_response() }
        };
        let door = Router::new().route("/", get(open)).route("/public", get(|| async {}));
        let router = hardening.around_by(door, elapsed);
        Self { router, seconds }
    }

    /// The status of a request from the address that shows the key, and when to try again.
    async fn ask(&self, address: &str, key: &str) -> (u16, Option<u64>) {
        self.ask_for("/", address, key).await
    }

    async fn ask_for(&self, path: &str, address: &str, key: &str) -> (u16, Option<u64>) {
        let peer: SocketAddr = format!("{address}:4000").parse().unwrap();
        let key = format!("Bearer {key}");
        let request = Request::builder().uri(path).header("authorization", key);
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let after = response.headers().get(header::RETRY_AFTER);
        let after = after.and_then(|after| after.to_str().ok()?.parse().ok());
        assert!(response.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
        (response.status().as_u16(), after)
    }
}

fn rates() -> Rates {
    Rates {
        key: Rate::per_minute(60, 2),
        address: Rate::per_minute(60, 5),
        unknown: Rate::per_minute(6, 3),
        proxies: vec![],
    }
}

#[tokio::test]
async fn one_key_gets_its_burst_and_then_its_rate() {
    let door = Door::new(rates());
    assert_eq!(door.ask("192.0.2.1", "good").await, (200, None));
    assert_eq!(door.ask("192.0.2.2", "good").await, (200, None));
    assert_eq!(door.ask("192.0.2.3", "good").await, (429, Some(1)), "the key, wherever it is");
    door.seconds.fetch_add(1, Relaxed);
    assert_eq!(door.ask("192.0.2.3", "good").await, (200, None));
}

#[tokio::test]
async fn one_address_gets_its_burst_whatever_it_shows() {
    let generous = Rates { unknown: Rate::per_second(1_000, 1_000), ..rates() };
    let door = Door::new(generous);
    for key in 0..5 {
        assert_eq!(door.ask("192.0.2.1", &key.to_string()).await, (401, None));
    }
    assert_eq!(door.ask("192.0.2.1", "another").await, (429, Some(1)));
    assert_eq!(door.ask("192.0.2.2", "another").await, (401, None));
}

#[tokio::test]
async fn who_guesses_keys_is_soon_not_heard_even_with_a_good_one() {
    let door = Door::new(Rates { address: Rate::per_second(1_000, 1_000), ..rates() });
    for guess in 0..3 {
        assert_eq!(door.ask("192.0.2.1", &guess.to_string()).await, (401, None));
    }
    assert_eq!(door.ask("192.0.2.1", "good").await, (429, Some(10)));
    assert_eq!(door.ask("192.0.2.2", "good").await, (200, None));
    door.seconds.fetch_add(10, Relaxed);
    assert_eq!(door.ask("192.0.2.1", "good").await, (200, None));
}

#[tokio::test]
async fn nobody_is_locked_out_by_a_neighbour_who_guesses() {
    let generous = Rate::per_second(1_000, 1_000);
    let door = Door::new(Rates { address: generous, key: generous, ..rates() });
    assert_eq!(door.ask("192.0.2.1", "good").await, (200, None));
    for guess in 0..3 {
        assert_eq!(door.ask("192.0.2.1", &guess.to_string()).await, (401, None));
    }
    assert_eq!(door.ask("192.0.2.1", "guess").await, (429, Some(10)));
    assert_eq!(door.ask("192.0.2.1", "good").await, (200, None));
}

#[tokio::test]
async fn a_key_is_not_good_because_everybody_is_answered() {
    let generous = Rate::per_second(1_000, 1_000);
    let door = Door::new(Rates { address: generous, key: generous, ..rates() });
    assert_eq!(door.ask_for("/public", "192.0.2.1", "guess").await, (200, None));
    for _ in 0..3 {
        assert_eq!(door.ask("192.0.2.1", "guess").await, (401, None));
    }
    assert_eq!(door.ask("192.0.2.1", "guess").await, (429, Some(10)));
}

#[tokio::test]
async fn without_limits_nobody_is_refused() {
    let hardening = Hardening { rates: None, https: false };
    let router = hardening.around(Router::new().route("/", get(|| async {})));
    for _ in 0..2_000 {
        let request = Request::builder().uri("/").body(Body::empty()).unwrap();
        assert_eq!(router.clone().oneshot(request).await.unwrap().status(), 200);
    }
}
