//! How somebody wants to be told, read from a body with every fault found at once.

use crate::form::{Faults, Form, code, text, via};
use crate::identity::Keys;
use crate::problem::Problem;
use domain::notice::{NoticeChannel, is_on_the_open_internet};
use domain::personal::Address;
use serde_json::Value;
use std::net::IpAddr;
use url::{Host, Url};

/// What was chosen. A webhook's secret that was left out is still to be made.
pub(super) struct Choice {
    pub(super) channel: NoticeChannel,
    pub(super) email: Option<String>,
    pub(super) url: Option<String>,
    pub(super) secret: Option<String>,
}

impl Choice {
    /// The address; `secret` makes the secret of a webhook that came without.
    pub(super) fn address(
        self,
        secret: impl FnOnce() -> Result<String, Problem>,
    ) -> Result<Option<Address>, Problem> {
        Ok(match (self.email, self.url) {
            (Some(email), _) => Some(Address::Email(email)),
            (None, Some(url)) => {
                let secret = self.secret.map_or_else(secret, Ok)?;
                Some(Address::Webhook { url, secret })
            }
            (None, None) => None,
        })
    }
}

/// Reads the body of a choice. `keys` says whether this is a demonstration, whose webhooks may
/// be on the machine itself.
pub(super) fn choice(body: &Value, keys: Keys) -> Result<Choice, Problem> {
    let mut faults = Faults::default();
    let read = Form::of(body, "", &mut faults).and_then(|mut form| {
        let channel = form.required("channel", &mut faults, code::<NoticeChannel>);
        let email = form.optional("email", &mut faults, email);
        let url = form.optional("url", &mut faults, |value, at, faults| {
            via(value, at, faults, |text| webhook(text, keys))
        });
        let secret = form.optional("secret", &mut faults, secret);
        fits(channel?, &form, &mut faults);
        form.done(&mut faults);
        Some(Choice { channel: channel?, email, url, secret })
    });
    faults.or(read)
}

/// Each channel needs its own address and no other.
fn fits(channel: NoticeChannel, form: &Form<'_>, faults: &mut Faults) {
    let (by_email, by_webhook) = match channel {
        NoticeChannel::Email | NoticeChannel::Notify => (true, false),
        NoticeChannel::Webhook => (false, true),
        NoticeChannel::None => (false, false),
    };
    for (name, needed) in [("email", by_email), ("url", by_webhook)] {
        if needed && !form.has(name) {
            faults.say(&form.at(name), format!("the channel “{channel}” needs this"));
        }
    }
    for (name, fitting) in [("email", by_email), ("url", by_webhook), ("secret", by_webhook)] {
        if !fitting && form.has(name) {
            faults.say(&form.at(name), format!("the channel “{channel}” has no use for this"));
        }
    }
}

/// One address, plain: `name@place.example`.
fn email(value: &Value, at: &str, faults: &mut Faults) -> Option<String> {
    let given = text(254)(value, at, faults)?;
    let plain = |part: &str| {
        !part.is_empty()
            && part.chars().all(|letter| {
                !letter.is_whitespace()
                    && !letter.is_control()
                    && !"@,;:<>()[]\\\"".contains(letter)
            })
    };
    let good = given.split_once('@').is_some_and(|(name, place)| {
        plain(name)
            && plain(place)
            && place.split('.').count() > 1
            && !place.contains("..")
            && !place.starts_with('.')
            && !place.ends_with('.')
    });
    if !good {
        faults.say(at, "one e-mail address, written office@school.example");
    }
    good.then_some(given)
}

/// A secret of Standard Webhooks: 24 to 64 bytes in base 64, after `whsec_`.
fn secret(value: &Value, at: &str, faults: &mut Faults) -> Option<String> {
    let given = text(120)(value, at, faults)?;
    let bytes = engine::webhook_key(&given).map(|key| key.len());
    let good = bytes.is_some_and(|bytes| (24..=64).contains(&bytes));
    if !good {
        faults.say(at, "24 to 64 bytes in base 64, after whsec_");
    }
    good.then_some(given)
}

/// Where a webhook may be: at an ordinary address of the open internet, by https. What its
/// name leads to is looked at again whenever a message is sent.
fn webhook(given: &str, keys: Keys) -> Result<String, String> {
    let url = Url::parse(given).map_err(|_| "an address, written https://…".to_owned())?;
    if given.len() > 500 {
        return Err("at most 500 characters".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("an address without a user, a password or a #".to_owned());
    }
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(_)) => None,
        None => return Err("an address with a host".to_owned()),
    };
    let local = literal.is_some_and(|address| address.is_loopback());
    if keys == Keys::AndDemo && local && matches!(url.scheme(), "http" | "https") {
        return Ok(url.into());
    }
    if url.scheme() != "https" {
        return Err("an address that begins with https://".to_owned());
    }
    if url.port().is_some() {
        return Err("an address at the port of https, 443".to_owned());
    }
    if literal.is_some_and(|address| !is_on_the_open_internet(address)) {
        return Err("an address on the open internet".to_owned());
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(body: &Value) -> Vec<String> {
        let refused = choice(body, Keys::Issued).err().map(|problem| problem.errors);
        refused.into_iter().flatten().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn each_channel_needs_its_own_address_and_no_other() {
        assert!(faults(&json!({"channel": "none"})).is_empty());
        assert!(faults(&json!({"channel": "email", "email": "office@a.example"})).is_empty());
        assert!(faults(&json!({"channel": "webhook", "url": "https://a.example/x"})).is_empty());
        assert_eq!(faults(&json!({"channel": "email"})), ["/email"]);
        let both = json!({"channel": "notify", "email": "a@b.example", "url": "https://a.example"});
        assert_eq!(faults(&both), ["/url"]);
        assert_eq!(faults(&json!({"channel": "webhook", "colour": 1})), ["/url", "/colour"]);
        assert_eq!(faults(&json!({"channel": "pigeon"})), ["/channel"]);
    }

    #[test]
    fn a_webhook_is_never_inside_the_house() {
        for url in [
            "http://school.example/x",
            "https://10.0.0.1/x",
            "https://127.0.0.1/x",
            "https://0x7f.1/x",
            "https://2130706433/",
            "https://[::1]/",
            "https://[fd00::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "ftp://a.example/",
            "https://user:pass@a.example/",
            "https://a.example:8443/",
            "file:///etc/passwd",
            "x",
        ] {
            assert!(webhook(url, Keys::Issued).is_err(), "{url}");
        }
        assert!(webhook("https://8.8.8.8/x", Keys::Issued).is_ok());
    }

    #[test]
    fn a_demonstration_may_ring_its_own_machine() {
        assert!(webhook("http://127.0.0.1:9000/x", Keys::AndDemo).is_ok());
        assert!(webhook("http://10.0.0.1/x", Keys::AndDemo).is_err());
    }

    #[test]
    fn an_email_address_is_one_address() {
        for bad in [
            "x",
            "@a.example",
            "a@",
            "a@b",
            "a@b.example, c@d.example",
            "a b@c.example",
            "A <a@b.example>",
            "a@b..example",
            "a@.example",
            "a@b.example\r\nBcc: c@d.example",
        ] {
            assert_eq!(faults(&json!({"channel": "email", "email": bad})), ["/email"], "{bad}");
        }
    }
}
