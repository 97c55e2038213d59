//! One access: who, to whom, doing what, why and when.

use serde::{Deserialize, Serialize};

use crate::subject::Subject;

/// What is recorded before anything is opened. It is stored in the clear, so it names
/// children by pseudonym and staff by account only, and its reason names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The account id of whoever looks.
    pub who: String,
    /// The role they look in.
    pub role: String,
    /// Whose data they look at.
    pub subjects: Subjects,
    /// What they do, as the table of permissions calls it.
    pub operation: String,
    /// Why: a code or a reason that names nobody.
    pub why: String,
    /// When: RFC 3339, in UTC.
    pub at: String,
}

/// Whose data an access is to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subjects {
    /// Each of these.
    These(Vec<Subject>),
    /// Everybody: building the search index, a full export.
    All,
}

impl Subjects {
    /// Whether this subject is among them.
    #[must_use]
    pub fn cover(&self, subject: Subject) -> bool {
        match self {
            Self::These(subjects) => subjects.contains(&subject),
            Self::All => true,
        }
    }
}

/// An access as it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its place in the record, from 1 and without gaps.
    pub number: u64,
    /// What was recorded.
    #[serde(flatten)]
    pub access: Access,
}

/// Which entries to read. The default lets every one through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Only accesses to this subject, among them those to everybody.
    pub subject: Option<Subject>,
    /// Only accesses by this account.
    pub who: Option<String>,
    /// Only entries after this number: where the last page ended.
    pub after: u64,
    /// At most so many entries.
    pub limit: usize,
}

impl Default for Filter {
    fn default() -> Self {
        Self { subject: None, who: None, after: 0, limit: usize::MAX }
    }
}

impl Filter {
    pub(super) fn lets_through(&self, Entry { number, access }: &Entry) -> bool {
        *number > self.after
            && self.subject.is_none_or(|subject| access.subjects.cover(subject))
            && self.who.as_ref().is_none_or(|who| *who == access.who)
    }
}
