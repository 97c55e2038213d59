//! What a school has begun to write and may finish later.
//!
//! A draft is nobody's business but the school's. Its words stand sealed beside each
//! `draft.saved`, under a key of the draft's own; that key is shredded when the draft is
//! submitted, discarded or too old, so that what was never sent is kept by nobody.

use crate::event::{Change, DraftEvent};
use crate::ids::{ChildId, DraftId, RequestId, SchoolId};
use crate::personal::Personal;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The school saved what it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The draft.
    pub draft: DraftId,
    /// Whose it is.
    pub school: SchoolId,
}

/// It became a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// Which.
    pub request: RequestId,
}

/// Nobody wants it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discarded {
    /// Whether it was too old, and nobody threw it away.
    pub expired: bool,
    /// The child whom it named, when it went because that child was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_with: Option<ChildId>,
}

/// A draft as far as decisions need to know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Draft {
    /// Nobody has begun it.
    #[default]
    Unknown,
    /// It can be written on.
    Open {
        /// Whose it is.
        school: SchoolId,
        /// When it was last saved.
        saved_at: Timestamp,
    },
    /// It became a request.
    Submitted {
        /// Whose it was.
        school: SchoolId,
        /// Which.
        request: RequestId,
    },
    /// It is gone.
    Discarded,
}

/// Why a draft cannot change so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefusal {
    /// There is none, or none of this school.
    #[error("there is no such draft")]
    Unknown,
    /// It became a request.
    #[error("the draft was submitted already")]
    Submitted,
}

impl Draft {
    /// A school saves what it has, for the first time or again.
    pub fn save(
        &self,
        draft: DraftId,
        by: SchoolId,
        content: String,
    ) -> Result<Vec<Change>, DraftRefusal> {
        if *self != Self::Unknown {
            self.open_to(by)?;
        }
        let saved = Change::of(DraftEvent::Saved(Saved { draft, school: by }));
        Ok(vec![saved.with(Some(Personal::Draft(content)))])
    }

    /// A school sends it off as a request.
    pub fn submit(&self, by: SchoolId, request: RequestId) -> Result<Vec<Change>, DraftRefusal> {
        self.open_to(by)?;
        Ok(vec![Change::of(DraftEvent::Submitted(Submitted { request }))])
    }

    /// A school throws it away.
    pub fn discard(&self, by: SchoolId) -> Result<Vec<Change>, DraftRefusal> {
        self.open_to(by)?;
        Ok(vec![Change::of(DraftEvent::Discarded(Discarded { expired: false, erased_with: None }))])
    }

    /// It names a child who is erased. `[]`: nothing of it is kept any more.
    #[must_use]
    pub fn erase_with(&self, child: ChildId) -> Vec<Change> {
        match self {
            Self::Open { .. } => {
                let discarded = Discarded { expired: false, erased_with: Some(child) };
                vec![Change::of(DraftEvent::Discarded(discarded))]
            }
            Self::Unknown | Self::Submitted { .. } | Self::Discarded => vec![],
        }
    }

    /// What nobody has saved for so many days is thrown away. `Ok([])`: it is not so old.
    #[must_use]
    pub fn expire(&self, now: Timestamp, after_days: u16) -> Vec<Change> {
        let age = SignedDuration::from_hours(24 * i64::from(after_days));
        match self {
            Self::Open { saved_at, .. } if now.duration_since(*saved_at) >= age => {
                let discarded = Discarded { expired: true, erased_with: None };
                vec![Change::of(DraftEvent::Discarded(discarded))]
            }
            Self::Open { .. } | Self::Unknown | Self::Submitted { .. } | Self::Discarded => vec![],
        }
    }

    /// Whether this school can write on it.
    pub fn open_to(&self, by: SchoolId) -> Result<(), DraftRefusal> {
        match self {
            Self::Open { school, .. } if *school == by => Ok(()),
            Self::Submitted { school, .. } if *school == by => Err(DraftRefusal::Submitted),
            Self::Open { .. } | Self::Submitted { .. } | Self::Unknown | Self::Discarded => {
                Err(DraftRefusal::Unknown)
            }
        }
    }

    /// Whether nothing of it may be kept.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Submitted { .. } | Self::Discarded)
    }

    /// Follows one event of the draft's stream, recorded at this instant.
    #[must_use]
    pub fn evolve(self, event: &DraftEvent, recorded_at: Timestamp) -> Self {
        match (self, event) {
            (Self::Unknown | Self::Open { .. }, DraftEvent::Saved(saved)) => {
                Self::Open { school: saved.school, saved_at: recorded_at }
            }
            (Self::Open { school, .. }, DraftEvent::Submitted(submitted)) => {
                Self::Submitted { school, request: submitted.request }
            }
            (Self::Open { .. }, DraftEvent::Discarded(_)) => Self::Discarded,
            (state, _) => state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{PRIMARY_SCHOOL, REQUEST, SECONDARY_SCHOOL};
    use crate::event::Event;
    use uuid::Uuid;

    const DRAFT: DraftId = DraftId(Uuid::from_u128(5));

    fn at(instant: &str) -> Timestamp {
        instant.parse().unwrap()
    }

    fn follow(draft: Draft, changes: &[Change]) -> Draft {
        changes.iter().fold(draft, |draft, change| {
            let Event::Draft(event) = &change.event else { panic!("not about a draft") };
            draft.evolve(event, at("2026-11-20T10:00:00Z"))
        })
    }

    fn begun() -> Draft {
        let saved = Draft::Unknown.save(DRAFT, PRIMARY_SCHOOL, "{}".to_owned()).unwrap();
        assert!(saved.iter().all(|change| change.personal.is_some()));
        follow(Draft::Unknown, &saved)
    }

    #[test]
    fn a_draft_is_saved_again_and_submitted_once() {
        let again = begun().save(DRAFT, PRIMARY_SCHOOL, "{\"about\": 1}".to_owned()).unwrap();
        let draft = follow(begun(), &again);
        let submitted = follow(draft.clone(), &draft.submit(PRIMARY_SCHOOL, REQUEST).unwrap());
        assert!(submitted.is_over());
        let twice = submitted.submit(PRIMARY_SCHOOL, REQUEST);
        assert_eq!(twice, Err(DraftRefusal::Submitted));
    }

    #[test]
    fn to_another_school_a_draft_is_not_there_whatever_became_of_it() {
        let (draft, by) = (begun(), SECONDARY_SCHOOL);
        let submitted = follow(draft.clone(), &draft.submit(PRIMARY_SCHOOL, REQUEST).unwrap());
        for draft in [draft, submitted, Draft::Discarded] {
            assert_eq!(draft.save(DRAFT, by, "{}".to_owned()), Err(DraftRefusal::Unknown));
            assert_eq!(draft.submit(by, REQUEST), Err(DraftRefusal::Unknown));
            assert_eq!(draft.discard(by), Err(DraftRefusal::Unknown));
        }
    }

    #[test]
    fn a_discarded_draft_is_gone_for_its_school_too() {
        let gone = follow(begun(), &begun().discard(PRIMARY_SCHOOL).unwrap());
        assert_eq!(gone, Draft::Discarded);
        assert_eq!(gone.discard(PRIMARY_SCHOOL), Err(DraftRefusal::Unknown));
    }

    #[test]
    fn a_draft_that_is_over_is_not_erased_again_with_the_child_whom_it_named() {
        let child = ChildId(Uuid::from_u128(7));
        let gone = follow(begun(), &begun().erase_with(child));
        assert_eq!(gone, Draft::Discarded);
        let submitted = follow(begun(), &begun().submit(PRIMARY_SCHOOL, REQUEST).unwrap());
        for over in [gone, submitted, Draft::Unknown] {
            assert_eq!(over.erase_with(child), []);
        }
    }

    #[test]
    fn a_draft_expires_when_it_was_not_saved_for_so_long_and_not_before() {
        assert_eq!(begun().expire(at("2026-12-20T09:59:59Z"), 30), []);
        assert_eq!(begun().expire(at("2026-12-20T10:00:00Z"), 30).len(), 1);
        let gone = follow(begun(), &begun().discard(PRIMARY_SCHOOL).unwrap());
        assert_eq!(gone.expire(at("2027-12-20T10:00:00Z"), 30), []);
    }
}
