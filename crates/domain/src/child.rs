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
use std::collections::BTreeSet;

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

/// A person said that this pseudonym and another are one child. It stands in both streams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// The other pseudonym.
    pub other: ChildId,
}

/// A person took that back. It stands in both streams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlinked {
    /// The other pseudonym.
    pub other: ChildId,
}

/// The pseudonyms that a person said are the same child as this one. Whoever they are linked
/// to in turn is the same child too.
pub type Links = BTreeSet<ChildId>;

/// A child as far as decisions need to know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Child {
    /// Nobody has heard of this child.
    #[default]
    Unknown,
    /// Known, and readable to whoever may read.
    Known(Links),
    /// Erased: the record stands, nobody can read who it was.
    Erased(Links),
}

/// Why a child's record cannot change so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChildRefusal {
    /// There is no such child.
    #[error("there is no such child")]
    Unknown,
    /// Nobody can say any more who an erased child was.
    #[error("one of the two children was erased, so nobody can say whether they are one")]
    Erased,
    /// A child is not linked to itself.
    #[error("this is already the record of the same child")]
    Itself,
    /// The request names no child.
    #[error("the request is not about a child")]
    AboutNobody,
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
    pub fn erase(&self, shredded_at: Timestamp) -> Result<Vec<Change>, ChildRefusal> {
        match self {
            Child::Unknown => Err(ChildRefusal::Unknown),
            Child::Erased(_) => Ok(vec![]),
            Child::Known(_) => Ok(vec![Change::of(ChildEvent::Erased(Erased { shredded_at }))]),
        }
    }

    /// A person says that two pseudonyms are one child: what is added to the stream of each.
    pub fn link(one: Named<'_>, other: Named<'_>) -> Result<[Vec<Change>; 2], ChildRefusal> {
        let linked = Self::both_known(one, other)?;
        let to = |other| vec![Change::of(ChildEvent::Linked(Linked { other }))];
        Ok(if linked { [vec![], vec![]] } else { [to(other.0), to(one.0)] })
    }

    /// A person takes a link back: what is added to the stream of each.
    pub fn unlink(one: Named<'_>, other: Named<'_>) -> Result<[Vec<Change>; 2], ChildRefusal> {
        let linked = Self::both_known(one, other)?;
        let from = |other| vec![Change::of(ChildEvent::Unlinked(Unlinked { other }))];
        Ok(if linked { [from(other.0), from(one.0)] } else { [vec![], vec![]] })
    }

    /// Whether they are linked already, where both can still be told apart.
    fn both_known(one: Named<'_>, other: Named<'_>) -> Result<bool, ChildRefusal> {
        if one.0 == other.0 {
            return Err(ChildRefusal::Itself);
        }
        match (one.1, other.1) {
            (Child::Unknown, _) | (_, Child::Unknown) => Err(ChildRefusal::Unknown),
            (Child::Erased(_), _) | (_, Child::Erased(_)) => Err(ChildRefusal::Erased),
            (Child::Known(links), Child::Known(_)) => Ok(links.contains(&other.0)),
        }
    }

    /// Which pseudonyms a person said are the same child as this one, directly.
    pub fn links(&self) -> impl Iterator<Item = ChildId> {
        let links = match self {
            Child::Unknown => None,
            Child::Known(links) | Child::Erased(links) => Some(links),
        };
        links.into_iter().flatten().copied()
    }

    /// Follows one event of the child's stream.
    #[must_use]
    pub fn evolve(self, event: &ChildEvent) -> Self {
        match (self, event) {
            (Child::Unknown, ChildEvent::Registered(_)) => Child::Known(Links::new()),
            (Child::Unknown, ChildEvent::Erased(_)) => Child::Erased(Links::new()),
            (Child::Known(links), ChildEvent::Erased(_)) => Child::Erased(links),
            (Child::Known(mut links), ChildEvent::Linked(linked)) => {
                links.insert(linked.other);
                Child::Known(links)
            }
            (Child::Known(mut links), ChildEvent::Unlinked(unlinked)) => {
                links.remove(&unlinked.other);
                Child::Known(links)
            }
            (state, _) => state,
        }
    }
}

/// A child's record, and whose it is.
pub type Named<'a> = (ChildId, &'a Child);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county;
    use crate::event::Event;
    use jiff::civil::date;
    use uuid::Uuid;

    const CHILD: ChildId = ChildId(Uuid::from_u128(7));
    const OTHER: ChildId = ChildId(Uuid::from_u128(8));

    fn known() -> Child {
        Child::Known(Links::new())
    }

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
            Event::Request(_)
            | Event::Draft(_)
            | Event::Meeting(_)
            | Event::Notice(_)
            | Event::Desk(_) => {
                panic!("not about a child")
            }
        })
    }

    #[test]
    fn a_child_enters_with_what_was_said_of_consent() {
        let consent = Some((county::consent(), Words::text("by telephone")));
        let changes = Child::register(CHILD, identity(), consent);
        let names: Vec<_> = changes.iter().map(|change| change.event.name()).collect();
        assert_eq!(names, ["child.registered", "child.consent_recorded"]);
        assert!(changes.iter().all(|change| change.personal.is_some()));
        assert_eq!(follow(Child::Unknown, &changes), known());
    }

    #[test]
    fn a_child_is_erased_once_and_for_good() {
        let shredded_at = "2026-11-20T10:00:00Z".parse().unwrap();
        assert_eq!(Child::Unknown.erase(shredded_at), Err(ChildRefusal::Unknown));
        let erased = follow(known(), &known().erase(shredded_at).unwrap());
        assert_eq!(erased.erase(shredded_at), Ok(vec![]));
        assert_eq!(follow(erased.clone(), &Child::register(CHILD, identity(), None)), erased);
    }

    #[test]
    fn a_link_stands_with_both_and_is_made_once() {
        let [mine, theirs] = Child::link((CHILD, &known()), (OTHER, &known())).unwrap();
        let (one, other) = (follow(known(), &mine), follow(known(), &theirs));
        assert_eq!(one.links().collect::<Vec<_>>(), [OTHER]);
        assert_eq!(other.links().collect::<Vec<_>>(), [CHILD]);
        assert_eq!(Child::link((CHILD, &one), (OTHER, &other)), Ok([vec![], vec![]]));
    }

    #[test]
    fn a_link_that_is_taken_back_leaves_both_as_they_were() {
        let [mine, theirs] = Child::link((CHILD, &known()), (OTHER, &known())).unwrap();
        let (one, other) = (follow(known(), &mine), follow(known(), &theirs));
        let [mine, theirs] = Child::unlink((CHILD, &one), (OTHER, &other)).unwrap();
        assert_eq!((follow(one, &mine), follow(other, &theirs)), (known(), known()));
        let apart = Child::unlink((CHILD, &known()), (OTHER, &known()));
        assert_eq!(apart, Ok([vec![], vec![]]));
    }

    #[test]
    fn nobody_is_linked_to_itself_to_a_stranger_or_to_an_erased_child() {
        let erased = Child::Erased(Links::new());
        let link = |to, other: &Child| Child::link((CHILD, &known()), (to, other));
        assert_eq!(link(CHILD, &known()), Err(ChildRefusal::Itself));
        assert_eq!(link(OTHER, &Child::Unknown), Err(ChildRefusal::Unknown));
        assert_eq!(link(OTHER, &erased), Err(ChildRefusal::Erased));
    }
}
