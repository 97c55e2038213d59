//! Children known to the front door.
//!
//! A child is a pseudonym: who it is stands sealed beside `child.registered`, under a key of
//! the child's own. Two requests for the same child are two pseudonyms until a person links
//! them; nothing is ever merged silently.

pub mod hold;

use self::hold::{Hold, HoldRefusal, Holds};
use crate::calendar::london;
use crate::event::{Change, ChildEvent};
use crate::ids::{ChildId, HoldId};
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

crate::codes::codes! {
    /// Why a child's personal data is erased.
    ErasureReason {
        Request = "request", "somebody asked for it (UK GDPR article 17)";
        Retention = "retention", "it has been kept for as long as the rules say";
        Error = "error", "it should never have been here";
        Court = "court", "a court ordered it";
    }
}

/// A child's personal data was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// When the key was shredded.
    pub shredded_at: Timestamp,
    /// Why, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ErasureReason>,
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

/// What is said of a child that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    links: Links,
    holds: Holds,
}

/// A child as far as decisions need to know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Child {
    /// Nobody has heard of this child.
    #[default]
    Unknown,
    /// Known, and readable to whoever may read.
    Known(Standing),
    /// Erased: the record stands, nobody can read who it was.
    Erased(Links),
}

/// Why a child's record cannot change so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
    /// What is held may not be erased.
    #[error(
        "the child is held, so nothing about it may be erased; the holds that must be released \
         first: {}", .0.iter().map(HoldId::to_string).collect::<Vec<_>>().join(", ")
    )]
    Held(Vec<HoldId>),
    /// The hold cannot be placed or released so.
    #[error(transparent)]
    Hold(#[from] HoldRefusal),
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

    /// The personal data of a child, under all pseudonyms that it has, becomes unreadable: once,
    /// and for good. A hold on one of them holds all of them.
    pub fn erase(
        one_child: &[Named<'_>],
        shredded_at: Timestamp,
        reason: Option<ErasureReason>,
    ) -> Result<Vec<(ChildId, Vec<Change>)>, ChildRefusal> {
        let today = london::wall(shredded_at).date();
        let held: Vec<_> = one_child.iter().flat_map(|(_, child)| child.held_on(today)).collect();
        if one_child.iter().any(|(_, child)| **child == Child::Unknown) {
            Err(ChildRefusal::Unknown)
        } else if held.is_empty() {
            let erase = |(id, child): &Named<'_>| (*id, child.erased(shredded_at, reason));
            Ok(one_child.iter().map(erase).collect())
        } else {
            Err(ChildRefusal::Held(held))
        }
    }

    /// What is recorded when the key has gone, whatever holds say by now: nothing, where that is
    /// on record or nobody has heard of the child.
    #[must_use]
    pub fn erased(&self, shredded_at: Timestamp, reason: Option<ErasureReason>) -> Vec<Change> {
        match self {
            Child::Unknown | Child::Erased(_) => vec![],
            Child::Known(_) => vec![Change::of(ChildEvent::Erased(Erased { shredded_at, reason }))],
        }
    }

    /// Nothing about this child may be erased until the hold is over.
    pub fn hold(&self, hold: Hold, words: Words, at: Timestamp) -> Result<Change, ChildRefusal> {
        match self {
            Child::Unknown => Err(ChildRefusal::Unknown),
            Child::Erased(_) => Err(HoldRefusal::Erased.into()),
            Child::Known(_) if !hold.holds_on(london::wall(at).date()) => {
                Err(HoldRefusal::Over.into())
            }
            Child::Known(_) => Ok(Change::of(ChildEvent::Held(hold)).with(words.personal())),
        }
    }

    /// The reason for a hold has gone.
    pub fn release(&self, released: hold::Released, words: Words) -> Result<Change, ChildRefusal> {
        match self {
            Child::Known(standing) if standing.holds.contains_key(&released.hold) => {
                Ok(Change::of(ChildEvent::HoldReleased(released)).with(words.personal()))
            }
            Child::Unknown | Child::Known(_) | Child::Erased(_) => Err(HoldRefusal::Unknown.into()),
        }
    }

    /// The holds that keep this child's record from being erased on a day in London.
    pub fn held_on(&self, day: jiff::civil::Date) -> impl Iterator<Item = HoldId> {
        let holds = match self {
            Child::Known(standing) => Some(&standing.holds),
            Child::Unknown | Child::Erased(_) => None,
        };
        let holds = holds.into_iter().flat_map(|holds| holds.values());
        holds.filter(move |hold| hold.holds_on(day)).map(|hold| hold.hold)
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
            (Child::Known(standing), Child::Known(_)) => Ok(standing.links.contains(&other.0)),
        }
    }

    /// Whether nobody can read any more who it was.
    #[must_use]
    pub const fn is_erased(&self) -> bool {
        match self {
            Child::Unknown | Child::Known(_) => false,
            Child::Erased(_) => true,
        }
    }

    /// Which pseudonyms a person said are the same child as this one, directly.
    pub fn links(&self) -> impl Iterator<Item = ChildId> {
        let links = match self {
            Child::Unknown => None,
            Child::Known(Standing { links, .. }) | Child::Erased(links) => Some(links),
        };
        links.into_iter().flatten().copied()
    }

    /// Follows one event of the child's stream.
    #[must_use]
    pub fn evolve(self, event: &ChildEvent) -> Self {
        match (self, event) {
            (Child::Unknown, ChildEvent::Registered(_)) => Child::Known(Standing::default()),
            (Child::Unknown, ChildEvent::Erased(_)) => Child::Erased(Links::new()),
            (Child::Known(standing), ChildEvent::Erased(_)) => Child::Erased(standing.links),
            (Child::Known(standing), event) => Child::Known(standing.evolve(event)),
            (state, _) => state,
        }
    }
}

impl Standing {
    fn evolve(mut self, event: &ChildEvent) -> Self {
        match event {
            ChildEvent::Linked(linked) => {
                self.links.insert(linked.other);
            }
            ChildEvent::Unlinked(unlinked) => {
                self.links.remove(&unlinked.other);
            }
            ChildEvent::Held(hold) => {
                self.holds.insert(hold.hold, hold.clone());
            }
            ChildEvent::HoldReleased(released) => {
                self.holds.remove(&released.hold);
            }
            ChildEvent::Registered(_)
            | ChildEvent::ConsentRecorded(_)
            | ChildEvent::Erased(_)
            | ChildEvent::SubjectAccessAsked(_)
            | ChildEvent::SubjectAccessPaused(_)
            | ChildEvent::SubjectAccessResumed(_)
            | ChildEvent::SubjectAccessExtended(_)
            | ChildEvent::SubjectAccessAnswered(_) => {}
        }
        self
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
        Child::Known(Standing::default())
    }

    fn erase(child: &Child, at: Timestamp) -> Result<Vec<Change>, ChildRefusal> {
        let erased = Child::erase(&[(CHILD, child)], at, Some(ErasureReason::Request))?;
        Ok(erased.into_iter().flat_map(|(_, changes)| changes).collect())
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
        assert_eq!(erase(&Child::Unknown, shredded_at), Err(ChildRefusal::Unknown));
        let erased = follow(known(), &erase(&known(), shredded_at).unwrap());
        assert_eq!(erase(&erased, shredded_at), Ok(vec![]));
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
