//! Children known to the front door.
//!
//! A child is a pseudonym: who it is stands sealed beside `child.registered`, under a key of
//! the child's own. Two requests for the same child are two pseudonyms until a person links
//! them; nothing is ever merged silently.

use crate::event::{Change, ChildEvent};
use crate::ids::ChildId;
use crate::intake::Consent;
use crate::personal::{Identity, Personal, Words};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happens to a child's record. Its versions are those of the stream `child-{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The pseudonym.
    pub child: ChildId,
}

/// Consent was given, refused or dispensed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecorded {
    /// What was said; how it was given is sealed beside it.
    pub consent: Consent,
}

/// Why a child's personal data was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// When the key was shredded.
    pub shredded_at: Timestamp,
}

/// A child as far as decisions need to know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Child {
    /// Nobody has heard of this child.
    #[default]
    Unknown,
    /// Known, and readable to whoever may read.
    Known,
    /// Erased: the record stands, nobody can read who it was.
    Erased,
}

/// Why a child's record cannot change so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChildRefusal {
    /// There is no such child.
    #[error("there is no such child")]
    Unknown,
}

impl Child {
    /// A child enters the front door, with what was said of consent.
    #[must_use]
    pub fn register(
        child: ChildId,
        identity: Identity,
        consent: Option<(Consent, Words)>,
    ) -> Vec<Change> {
        let registered = Change::of(ChildEvent::Registered(Registered { child }))
            .with(Some(Personal::Child(identity)));
        std::iter::once(registered)
            .chain(consent.map(|(consent, words)| Self::consent(consent, words)))
            .collect()
    }

    /// Consent is recorded.
    #[must_use]
    pub fn consent(consent: Consent, words: Words) -> Change {
        Change::of(ChildEvent::ConsentRecorded(ConsentRecorded { consent })).with(words.personal())
    }

    /// The child's personal data has become unreadable: once, and for good.
    pub fn erase(self, shredded_at: Timestamp) -> Result<Vec<Change>, ChildRefusal> {
        match self {
            Child::Unknown => Err(ChildRefusal::Unknown),
            Child::Erased => Ok(vec![]),
            Child::Known => Ok(vec![Change::of(ChildEvent::Erased(Erased { shredded_at }))]),
        }
    }

    /// Follows one event of the child's stream.
    #[must_use]
    pub fn evolve(self, event: &ChildEvent) -> Self {
        match (self, event) {
            (_, ChildEvent::Erased(_)) | (Child::Erased, _) => Child::Erased,
            (_, ChildEvent::Registered(_)) => Child::Known,
            (state, ChildEvent::ConsentRecorded(_)) => state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county;
    use crate::event::Event;
    use jiff::civil::date;
    use uuid::Uuid;

    const CHILD: ChildId = ChildId(Uuid::from_u128(7));

    fn identity() -> Identity {
        Identity {
            given_name: "Ivy".to_owned(),
            family_name: "Jevington".to_owned(),
            date_of_birth: date(2017, 4, 9),
            upn: None,
            home_postcode: None,
        }
    }

    fn follow(child: Child, changes: &[Change]) -> Child {
        changes.iter().fold(child, |child, change| match &change.event {
            Event::Child(event) => child.evolve(event),
            Event::Request(_) | Event::Desk(_) => panic!("not about a child"),
        })
    }

    #[test]
    fn a_child_enters_with_what_was_said_of_consent() {
        let consent = Some((county::consent(), Words::text("by telephone")));
        let changes = Child::register(CHILD, identity(), consent);
        let names: Vec<_> = changes.iter().map(|change| change.event.name()).collect();
        assert_eq!(names, ["child.registered", "child.consent_recorded"]);
        assert!(changes.iter().all(|change| change.personal.is_some()));
        assert_eq!(follow(Child::Unknown, &changes), Child::Known);
    }

    #[test]
    fn a_child_is_erased_once_and_for_good() {
        let shredded_at = "2026-11-20T10:00:00Z".parse().unwrap();
        assert_eq!(Child::Unknown.erase(shredded_at), Err(ChildRefusal::Unknown));
        let erased = follow(Child::Known, &Child::Known.erase(shredded_at).unwrap());
        assert_eq!(erased.erase(shredded_at), Ok(vec![]));
        assert_eq!(follow(erased, &Child::register(CHILD, identity(), None)), Child::Erased);
    }
}
