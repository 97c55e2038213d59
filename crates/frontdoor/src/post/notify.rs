//! GOV.UK Notify: e-mail that the government sends for councils.
//!
//! <https://docs.notifications.service.gov.uk/rest-api.html>: a POST with a token (RFC 7519, HS256)
//! whose issuer is the service's id, and which is signed with the key's secret.

use super::{News, taken};
use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::notice::FailureCode;
use engine::Letter;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use reqwest::{Client, Url};
use serde_json::json;
use sha2::Sha256;

/// A UUID as text.
const UUID_LENGTH: usize = 36;

pub(super) struct Notify {
    http: Client,
    url: Url,
    service: String,
    secret: String,
    template: String,
}

impl Notify {
    /// A key is a name, the service's id and a secret, with hyphens between.
    pub(super) fn new(
        http: Client,
        url: &str,
        key: &str,
        template: String,
    ) -> anyhow::Result<Self> {
        let parts = || {
            let secret = key.len().checked_sub(UUID_LENGTH)?;
            let service = secret.checked_sub(UUID_LENGTH + 1)?;
            let service = key.get(service..secret.checked_sub(1)?)?;
            Some((service.to_owned(), key.get(secret..)?.to_owned()))
        };
        let (service, secret) =
            parts().context("an API key of GOV.UK Notify is a name, an id and a secret")?;
        let url = Url::parse(url)
            .and_then(|base| base.join("/v2/notifications/email"))
            .context("--notify-url is no address")?;
        Ok(Self { http, url, service, secret, template })
    }

    pub(super) async fn deliver(
        &self,
        letter: &Letter,
        news: &News,
        to: &str,
    ) -> Result<(), FailureCode> {
        let body = json!({
            "email_address": to,
            "template_id": self.template,
            "reference": letter.message.id.as_str(),
            "personalisation": {"reference": news.reference, "news": news.says,
                "link": news.link},
        });
        let token = self.token(letter.at).ok_or(FailureCode::NotConfigured)?;
        let request = self.http.post(self.url.clone()).bearer_auth(token).json(&body);
        taken(request.send().await)
    }

    fn token(&self, at: Timestamp) -> Option<String> {
        let part = |value: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(json!({"alg": "HS256", "typ": "JWT"}));
        let claims = part(json!({"iss": self.service, "iat": at.as_second()}));
        let signed = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).ok()?;
        let signed = signed.chain_update(format!("{header}.{claims}")).finalize().into_bytes();
        Some(format!("{header}.{claims}.{}", BASE64_URL_SAFE_NO_PAD.encode(signed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_apart_from_its_end() {
        let (service, secret) =
            ("26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0");
        let key = format!("my-test-key-{service}-{secret}");
        let url = "https://notify.example";
        let notify = Notify::new(Client::new(), url, &key, "t".to_owned()).unwrap();
        assert_eq!((notify.service.as_str(), notify.secret.as_str()), (service, secret));
        assert_eq!(notify.url.as_str(), "https://notify.example/v2/notifications/email");
        for key in ["", "short", secret] {
            assert!(Notify::new(Client::new(), url, key, "t".to_owned()).is_err());
        }
    }
}
