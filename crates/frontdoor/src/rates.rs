//! How often somebody may ask: the options, and what is usual.

use anyhow::Context as _;
use clap::Args;
use web::hardening::{Hardening, IpNet, Rate, Rates};

/// The limits. A rate is requests per second or minute, and how many may come at once, such as
/// `50/s:500`.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct RateOptions {
    /// For one key or session, such as 50/s:500, which is usual; `off` for no limits at all. With
    /// --demo there are none unless one is given
    #[arg(long, env = "FRONTDOOR_RATE_PER_KEY", value_name = "RATE")]
    rate_per_key: Option<String>,
    /// For one address; 100/s:1000 is usual
    #[arg(long, env = "FRONTDOOR_RATE_PER_ADDRESS", value_name = "RATE")]
    rate_per_address: Option<Rate>,
    /// For failed sign-ins and unknown keys from one address; 10/min:30 is usual
    #[arg(long, env = "FRONTDOOR_RATE_OF_FAILURES", value_name = "RATE")]
    rate_of_failures: Option<Rate>,
    /// An address or network of our own proxies, whose X-Forwarded-For is believed; may be given
    /// several times
    #[arg(
        long = "trusted-proxy",
        env = "FRONTDOOR_TRUSTED_PROXIES",
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    trusted_proxies: Vec<String>,
}

impl RateOptions {
    /// How the door is guarded, where this is the address that people know it by.
    pub(crate) fn hardening(&self, demo: bool, public_url: &str) -> anyhow::Result<Hardening> {
        let proxies =
            self.trusted_proxies.iter().map(|text| network(text)).collect::<Result<_, _>>()?;
        let key = match self.rate_per_key.as_deref() {
            Some("off") => None,
            Some(rate) => Some(rate.parse().context("--rate-per-key")?),
            None => Some(Rates::default().key),
        };
        let said = self.rate_per_key.is_some()
            || self.rate_per_address.is_some()
            || self.rate_of_failures.is_some();
        let usual = Rates::default();
        let rates = key.filter(|_| said || !demo).map(|key| Rates {
            key,
            address: self.rate_per_address.unwrap_or(usual.address),
            unknown: self.rate_of_failures.unwrap_or(usual.unknown),
            proxies,
        });
        Ok(Hardening { rates, https: public_url.starts_with("https://") })
    }
}

/// `10.0.0.0/8`, or one address.
fn network(text: &str) -> anyhow::Result<IpNet> {
    let one = || text.parse().map(|address: std::net::IpAddr| IpNet::from(address));
    text.parse().or_else(|_| one()).with_context(|| {
        format!("--trusted-proxy: “{text}” is no address and no network such as 10.0.0.0/8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demonstration_is_not_limited_unless_it_is_said() {
        let usual = RateOptions::default();
        let limited = |options: &RateOptions, demo| options.hardening(demo, "").unwrap().rates;
        assert_eq!(limited(&usual, false), Some(Rates::default()));
        assert_eq!(limited(&usual, true), None);
        let said = RateOptions { rate_per_key: Some("1/s:2".to_owned()), ..usual.clone() };
        assert_eq!(limited(&said, true).map(|it| it.key), Some(Rate::per_second(1, 2)));
        let off = RateOptions { rate_per_key: Some("off".to_owned()), ..usual };
        assert_eq!(limited(&off, false), None);
    }

    #[test]
    fn what_is_no_network_is_refused_before_anything_starts() {
        let of = |text: &str| {
            let trusted_proxies = vec![text.to_owned()];
            RateOptions { trusted_proxies, ..Default::default() }.hardening(false, "")
        };
        let proxies = |text| of(text).unwrap().rates.unwrap().proxies;
        assert_eq!(proxies("10.0.0.0/8"), ["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(proxies("::1"), ["::1/128".parse().unwrap()]);
        assert!(of("proxy.example").is_err());
    }

    #[test]
    fn only_a_door_that_is_known_by_https_insists_on_it() {
        let options = RateOptions::default();
        assert!(options.hardening(false, "https://frontdoor.example").unwrap().https);
        assert!(!options.hardening(true, "http://127.0.0.1:8080").unwrap().https);
    }
}
