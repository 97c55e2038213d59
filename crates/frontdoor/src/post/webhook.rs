//! A webhook, signed as Standard Webhooks says: <https://www.standardwebhooks.com>.

use super::open_internet::OpenInternet;
use super::{News, seconds, taken};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use domain::notice::FailureCode;
use engine::{Letter, webhook_key};
use hmac::{Hmac, Mac as _};
use reqwest::{Client, Url};
use serde_json::json;
use sha2::Sha256;
use std::net::IpAddr;

/// Delivers a message.
pub(super) async fn deliver(
    http: &Client,
    open_internet: OpenInternet,
    letter: &Letter,
    news: &News,
    url: &str,
    secret: &str,
) -> Result<(), FailureCode> {
    let key = webhook_key(secret).ok_or(FailureCode::NoAddress)?;
    let body = json!({
        "type": format!("request.{}", letter.message.kind),
        "timestamp": letter.at.to_string(),
        "data": {"request": letter.message.request.to_string(), "reference": news.reference,
            "says": news.says, "link": news.link},
    })
    .to_string();
    let (id, at) = (letter.message.id.as_str(), seconds(letter.at));
    ring(http, open_internet, Ring { url, key: Some(&key), id, at, body }).await
}

/// One call of a webhook.
pub(super) struct Ring<'a> {
    pub(super) url: &'a str,
    /// What it is signed with; nothing, when the other side has no secret.
    pub(super) key: Option<&'a [u8]>,
    pub(super) id: &'a str,
    /// Seconds since 1970.
    pub(super) at: String,
    pub(super) body: String,
}

/// Calls it, if it is where anybody may be called. A URL that names an address is looked at here,
/// since nobody resolves it.
pub(super) async fn ring(
    http: &Client,
    open_internet: OpenInternet,
    Ring { url, key, id, at, body }: Ring<'_>,
) -> Result<(), FailureCode> {
    let url = Url::parse(url).map_err(|_| FailureCode::NoAddress)?;
    if is_forbidden(&url, open_internet) {
        return Err(FailureCode::ForbiddenAddress);
    }
    let mut request = http
        .post(url)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", &at);
    if let Some(key) = key {
        let signature = sign(key, id, &at, &body).ok_or(FailureCode::NoAddress)?;
        request = request.header("webhook-signature", signature);
    }
    taken(request.body(body).send().await)
}

/// Whether this is not called at all: without TLS, on a port of its own, or inside.
fn is_forbidden(url: &Url, open_internet: OpenInternet) -> bool {
    let host = url.host_str().unwrap_or_default();
    let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
    let local = literal.is_some_and(|address| open_internet.or_loopback && address.is_loopback());
    let ordinary = url.scheme() == "https" && url.port().is_none();
    literal.is_some_and(|address| !open_internet.allows(address)) || !(ordinary || local)
}

/// `v1,` and HMAC-SHA256 over id, timestamp and body, in base 64.
fn sign(key: &[u8], id: &str, timestamp: &str, body: &str) -> Option<String> {
    let signed = Hmac::<Sha256>::new_from_slice(key).ok()?;
    let signed = signed.chain_update(format!("{id}.{timestamp}.{body}"));
    Some(format!("v1,{}", BASE64_STANDARD.encode(signed.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_without_tls_or_on_another_port_is_not_called() {
        let forbidden = |url: &str, or_loopback| {
            is_forbidden(&Url::parse(url).unwrap(), OpenInternet { or_loopback })
        };
        for url in [
            "http://school.example/",
            "https://school.example:8443/",
            "ftp://school.example/",
            "file:///etc/passwd",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.1/",
        ] {
            assert!(forbidden(url, false), "{url}");
        }
        assert!(!forbidden("https://school.example/", false));
        assert!(!forbidden("http://127.0.0.1:9000/", true), "a demonstration rings itself");
        assert!(forbidden("http://10.0.0.1/", true), "and nobody else inside");
    }

    /// The example that the standard's own libraries are tested with.
    #[test]
    fn a_signature_is_what_standard_webhooks_say() {
        let key = webhook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature =
            sign(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", r#"{"test": 2432232314}"#);
        let known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signature.as_deref(), Some(known));
    }
}
