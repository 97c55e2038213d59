//! How often somebody may ask: by key, by address, and more strictly for those whom nobody
//! knows.
//!
//! An address behind which many sit (a council, a school) is not locked out because one of them
//! guesses keys: a key that was good from there lately stays good.

use super::address::{address, household};
use super::bucket::{Buckets, Rate};
use super::{Known, headers};
use crate::problem::Problem;
use crate::security::{Happening, record};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use metrics::counter;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The limits, and whom to believe about addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// For one key or session.
    pub key: Rate,
    /// For one address, whatever the keys.
    pub address: Rate,
    /// For answers 401 to one address.
    pub unknown: Rate,
    /// Proxies of ours, whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpNet>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            key: Rate::per_second(50, 500),
            address: Rate::per_second(100, 1_000),
            unknown: Rate::per_minute(10, 30),
            proxies: Vec::new(),
        }
    }
}

/// How many callers are remembered, of each kind: a few mebibytes at most.
const REMEMBERED: usize = 32_768;

/// A key that was good is believed to be so for as long, where somebody else guesses.
const GOOD_FOR: Rate = Rate::one_in(Duration::from_hours(1));

/// The time since some start.
pub(super) type Elapsed = Arc<dyn Fn() -> Duration + Send + Sync>;

/// Everybody who has asked lately.
#[derive(Clone)]
pub(super) struct Crowd {
    proxies: Arc<[IpNet]>,
    elapsed: Elapsed,
    hasher: RandomState,
    used: Arc<Mutex<Used>>,
}

struct Used {
    keys: Buckets<u64>,
    addresses: Buckets<IpAddr>,
    unknown: Buckets<IpAddr>,
    /// An empty bucket here: the key was good from this address, lately.
    good: Buckets<(IpAddr, u64)>,
}

/// Who asks: an address, and what is shown there, as a number that says nothing about it.
#[derive(Clone, Copy)]
struct Who {
    address: IpAddr,
    key: Option<u64>,
}

impl Crowd {
    pub(super) fn new(rates: Rates, elapsed: Elapsed) -> Self {
        let used = Used {
            keys: Buckets::new(rates.key, REMEMBERED),
            addresses: Buckets::new(rates.address, REMEMBERED),
            unknown: Buckets::new(rates.unknown, REMEMBERED),
            good: Buckets::new(GOOD_FOR, REMEMBERED),
        };
        let used = Arc::new(Mutex::new(used));
        Self { proxies: rates.proxies.into(), elapsed, hasher: RandomState::new(), used }
    }

    fn who(&self, request: &Request) -> Who {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let headers = request.headers();
        let key = shown(headers).map(|key| self.hasher.hash_one(key.as_bytes()));
        Who { address: household(address(peer, headers, &self.proxies)), key }
    }

    /// Nobody panics while holding it, and half a count would do no harm.
    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a request in, or says how long it has to wait, and for what reason.
    fn admit(&self, who: Who) -> Result<(), (Duration, &'static str)> {
        let now = (self.elapsed)();
        let mut used = self.used();
        let known = who.key.is_some_and(|key| !used.good.wait(&(who.address, key), now).is_zero());
        let wait = used.unknown.wait(&who.address, now);
        if !known && !wait.is_zero() {
            return Err((wait, "unknown"));
        }
        used.addresses.take(who.address, now).map_err(|wait| (wait, "address"))?;
        who.key.map_or(Ok(()), |key| used.keys.take(key, now).map_err(|wait| (wait, "key")))
    }

    /// Learns how it went.
    fn learn(&self, who: Who, response: &Response) {
        let now = (self.elapsed)();
        let mut used = self.used();
        if response.status() == StatusCode::UNAUTHORIZED {
            // Who had nothing left was not let in; requests at the same time may be.
            let _used_up = used.unknown.take(who.address, now);
        } else if let Some(key) = who.key
            && response.extensions().get::<Known>().is_some()
        {
            // It may be known already.
            let _known = used.good.take((who.address, key), now);
        }
    }
}

/// What somebody shows to be known: a key, or else a cookie.
fn shown(headers: &HeaderMap) -> Option<&HeaderValue> {
    headers.get(header::AUTHORIZATION).or_else(|| headers.get(header::COOKIE))
}

/// Answers 429 to whoever asks too often.
pub(super) async fn limit(State(crowd): State<Crowd>, request: Request, next: Next) -> Response {
    let who = crowd.who(&request);
    match crowd.admit(who) {
        Ok(()) => {
            let response = next.run(request).await;
            crowd.learn(who, &response);
            response
        }
        Err((wait, by)) => {
            counter!("frontdoor_http_refused_total", "by" => by).increment(1);
            record(Happening::TooMany { by, address: who.address });
            refused(wait)
        }
    }
}

fn refused(wait: Duration) -> Response {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let mut response = Problem::too_many(seconds);
    headers::put(response.headers_mut());
    response
}
