//! Connections to the open internet only, whatever a name leads to today.
//!
//! The address that is looked at is the one that is connected to: a name that leads elsewhere
//! a moment later changes nothing, since nobody asks it again.

use domain::notice::is_on_the_open_internet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::net::{IpAddr, SocketAddr};

/// Which addresses may be connected to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenInternet {
    /// This machine too: for demonstrations.
    pub(crate) or_loopback: bool,
}

/// A name leads to no address that may be connected to.
#[derive(Debug, thiserror::Error)]
#[error("this name leads to no address on the open internet")]
struct Inside;

impl OpenInternet {
    /// Whether this address may be connected to.
    pub(crate) fn allows(self, address: IpAddr) -> bool {
        is_on_the_open_internet(address) || (self.or_loopback && address.is_loopback())
    }

    /// Whether a request failed because of where its name led.
    pub(crate) fn refused(error: &reqwest::Error) -> bool {
        let first = error.source();
        let mut causes = std::iter::successors(first, |cause| (*cause).source());
        causes.any(<dyn Error>::is::<Inside>)
    }
}

impl Resolve for OpenInternet {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> =
                found.filter(|address| allowed.allows(address.ip())).collect();
            if found.is_empty() {
                return Err(Inside.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_inside_leads_nowhere() {
        let asked =
            |or_loopback| OpenInternet { or_loopback }.resolve("localhost".parse().unwrap());
        let refused = asked(false).await.err().unwrap();
        assert!(refused.is::<Inside>(), "{refused}");
        let found = asked(true).await.ok().unwrap();
        assert!(found.into_iter().all(|address| address.ip().is_loopback()));
    }
}
