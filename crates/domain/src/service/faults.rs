//! What makes no sense in a directory entry, whoever wrote it: a form, a file, another system.

use super::Service;

/// What is wrong with an entry, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {detail}")]
pub struct ServiceFault {
    /// A JSON pointer into the entry (RFC 6901).
    pub pointer: String,
    /// What to put right.
    pub detail: &'static str,
}

/// No service promises its first contact for later than this: three months or so.
const MOST_WORKING_DAYS: u32 = 60;
/// An EHC plan ends with the academic year in which somebody turns 25 at the latest.
///
/// Source: Children and Families Act 2014, section 46.
const OLDEST_YEARS: u8 = 25;

impl Service {
    /// Every fault of the entry at once.
    #[must_use]
    pub fn faults(&self) -> Vec<ServiceFault> {
        let mut faults = Vec::new();
        let mut expect = |holds: bool, pointer: &str, detail| {
            if !holds {
                faults.push(ServiceFault { pointer: pointer.to_owned(), detail });
            }
        };
        expect(!self.name.trim().is_empty(), "/name", "a service has a name");
        let days = self.first_contact_working_days;
        let some_days = (1..=MOST_WORKING_DAYS).contains(&days);
        expect(some_days, "/first_contact_working_days", "from 1 to 60 working days");
        for (place, offer) in self.offers.iter().enumerate() {
            let named = !offer.title.trim().is_empty();
            expect(named, &format!("/offers/{place}/title"), "an offer has a title");
        }
        if let Some(ages) = self.public.ages {
            expect(ages.minimum <= ages.maximum, "/ages/maximum", "this is below the minimum");
            expect(ages.maximum <= OLDEST_YEARS, "/ages/maximum", "at most 25 years");
        }
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        expect(
            self.public.url.as_ref().is_none_or(web),
            "/url",
            "an address of the web, https://…",
        );
        let email = self.public.contact.as_ref().and_then(|contact| contact.email.as_ref());
        let mail = |email: &String| {
            email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'))
        };
        expect(email.is_none_or(mail), "/contact/email", "an e-mail address");
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ages, ServiceContact};
    use super::*;
    use crate::county;

    fn sensory() -> Service {
        county::desk().services[&county::service("sensory-support")].clone()
    }

    #[test]
    fn the_countys_entries_have_no_faults() {
        for service in county::desk().services.values() {
            assert_eq!(service.faults(), [], "{}", service.slug);
        }
    }

    #[test]
    fn every_fault_of_an_entry_is_found_at_once() {
        let mut service = sensory();
        service.name = " ".to_owned();
        service.first_contact_working_days = 0;
        service.offers[0].title = String::new();
        service.public.ages = Some(Ages { minimum: 30, maximum: 26 });
        service.public.url = Some("javascript:alert(1)".to_owned());
        let email = Some("nobody".to_owned());
        service.public.contact = Some(ServiceContact { email, ..<_>::default() });
        let pointers: Vec<_> = service.faults().into_iter().map(|fault| fault.pointer).collect();
        let expected = [
            "/name",
            "/first_contact_working_days",
            "/offers/0/title",
            "/ages/maximum",
            "/ages/maximum",
            "/url",
            "/contact/email",
        ];
        assert_eq!(pointers, expected);
    }
}
