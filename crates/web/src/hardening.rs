//! What stands between the door and strangers, whatever the operation: headers that tell a
//! browser what it may do with an answer, limits on how often somebody may ask, and an answer
//! even when an endpoint panics.
//!
//! Nothing here knows what is asked for. Who may do what is decided in [`crate::access`].

mod address;
mod bucket;
mod crowd;
pub(crate) mod headers;
pub(crate) mod panics;
#[cfg(test)]
mod tests;

pub use bucket::{NotARate, Rate};
pub use crowd::Rates;
pub use ipnet::IpNet;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use crowd::{Crowd, Elapsed, limit};
use std::sync::Arc;
use tokio::time::Instant;

/// Set on an answer by the guard that knew the caller: not every answer 200 says that the key
/// was good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known;

/// How the door is guarded from a crowd.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hardening {
    /// How often somebody may ask; not at all limited when left out.
    pub rates: Option<Rates>,
    /// Whether the door is known by an address that begins with `https`, so that a browser never
    /// needs to come without.
    pub https: bool,
}

impl Hardening {
    /// The router, guarded. To be served with [`crate::serve`], which knows everybody's address.
    pub fn around(self, router: Router) -> Router {
        let started = Instant::now();
        self.around_by(router, Arc::new(move || started.elapsed()))
    }

    fn around_by(self, router: Router, elapsed: Elapsed) -> Router {
        let Self { rates, https } = self;
        let router = match rates {
            Some(rates) => router.layer(from_fn_with_state(Crowd::new(rates, elapsed), limit)),
            None => router,
        };
        if https { router.layer(from_fn(insist_on_https)) } else { router }
    }
}

async fn insist_on_https(request: Request, next: Next) -> axum::response::Response {
    let mut response = next.run(request).await;
    headers::insist_on_https(response.headers_mut());
    response
}
