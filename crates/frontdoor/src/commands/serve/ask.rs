//! Asking an identity provider, and nobody else.
//!
//! The hosts that the configuration names are asked wherever they are, which may be inside. What a
//! provider itself names besides (a token endpoint on another host) is asked on the open internet
//! only. No redirect is followed, and no answer is read that is longer than any real one.

use crate::post::OpenInternet;
use anyhow::Context as _;
use reqwest::redirect::Policy;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;
use web::sign_in::{Fetch, HttpRequest, HttpResponse, Unreachable};

/// How long the provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read, in bytes.
const LONGEST_ANSWER: usize = 512 * 1024;

/// What asks.
#[derive(Clone)]
pub(super) struct Asking {
    named: BTreeSet<String>,
    anywhere: reqwest::Client,
    outside: reqwest::Client,
}

/// Scheme, host and port: another port is somebody else.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl Asking {
    /// Asks these, wherever they are.
    pub(super) fn of(urls: &[&str]) -> anyhow::Result<Self> {
        let named = urls.iter().map(|url| Ok(origin(&Url::parse(url)?)));
        let named = named.collect::<anyhow::Result<_>>().context("no address")?;
        let client = || {
            let client = reqwest::Client::builder().timeout(PATIENCE);
            client.redirect(Policy::none()).no_proxy()
        };
        let confined = client().dns_resolver(Arc::new(OpenInternet { or_loopback: false }));
        Ok(Self { named, anywhere: client().build()?, outside: confined.build()? })
    }

    pub(super) fn fetch(self) -> Fetch {
        Arc::new(move |request| {
            let asking = self.clone();
            Box::pin(async move { asking.ask(request).await })
        })
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        let request = reqwest::Request::try_from(request).map_err(|_| no("no such address"))?;
        let client = self.client_for(request.url())?;
        let mut answer = client.execute(request).await.map_err(|_| no("it cannot be reached"))?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| no("it broke off"))? {
            if body.len() + chunk.len() > LONGEST_ANSWER {
                return Err(no("its answer does not end"));
            }
            body.extend_from_slice(&chunk);
        }
        let mut read = HttpResponse::new(body);
        *read.status_mut() = answer.status();
        *read.headers_mut() = answer.headers().clone();
        Ok(read)
    }

    fn client_for(&self, url: &Url) -> Result<&reqwest::Client, Unreachable> {
        if self.named.contains(&origin(url)) {
            return Ok(&self.anywhere);
        }
        let host = url.host_str().unwrap_or_default();
        // An address is resolved by nobody, so it is looked at here.
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let inside = literal.is_some_and(|it| !OpenInternet { or_loopback: false }.allows(it));
        if url.scheme() != "https" || inside {
            return Err(no("it names an address inside, or one without encryption"));
        }
        Ok(&self.outside)
    }
}

/// Why, in words that repeat nothing of what was asked.
fn no(why: &str) -> Unreachable {
    Unreachable(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_configured_is_asked_inside() {
        let asking = Asking::of(&["http://127.0.0.1:3000/oidc"]).unwrap();
        let asks = |url: &str| asking.client_for(&url.parse().unwrap()).is_ok();
        assert!(asks("http://127.0.0.1:3000/oidc/token"));
        assert!(asks("https://tokens.example/token"));
        for inside in [
            "http://127.0.0.1:3001/",
            "https://127.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "http://tokens.example/",
        ] {
            assert!(!asks(inside), "{inside}");
        }
    }
}
