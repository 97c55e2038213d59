//! The record of accesses, for those who must be able to say who looked at whom.

use super::Engine;
use crate::failure::Failure;
use domain::ids::ChildId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use vault::{Access, Choice, Entry, Sought, Subject, Subjects};

/// Entries of one moment may stand in another order than their instants, by no more than this.
const OUT_OF_ORDER: SignedDuration = SignedDuration::from_mins(5);

/// A line of the record holds some more than these; who finds more found everybody.
const MOST_NAMED: usize = 5_000;

/// An access as it is on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRead {
    /// Its place in the record, from 1.
    pub entry: u64,
    /// When.
    pub at: Timestamp,
    /// The account of whoever looked; of the front door itself, its name.
    pub who: String,
    /// In which role.
    pub role: String,
    /// What they did, as the table of permissions calls it.
    pub operation: String,
    /// Why.
    pub why: String,
    /// Whose data it was: children by pseudonym, requests about no child by their id; `None`
    /// when it was everybody's.
    pub subjects: Option<Vec<Uuid>>,
}

/// Which accesses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessesSought {
    /// To the data of any of these; empty: of anybody.
    pub subjects: Vec<Uuid>,
    /// By this account.
    pub who: Option<String>,
    /// From this instant on,
    pub from: Option<Timestamp>,
    /// and before this one.
    pub to: Option<Timestamp>,
    /// Of this operation.
    pub operation: Option<String>,
    /// Before this entry: where the last page ended.
    pub before: Option<u64>,
}

impl Engine {
    /// The accesses that are sought, the newest first, at most so many.
    pub async fn accesses(
        &self,
        sought: AccessesSought,
        limit: usize,
    ) -> Result<Vec<AccessRead>, Failure> {
        let journal = self.inner.vault.journal().clone();
        let read = tokio::task::spawn_blocking(move || {
            let lines = Sought {
                subjects: sought.subjects.iter().copied().map(Subject::new).collect(),
                who: sought.who.clone(),
                before: sought.before,
            };
            journal.latest(&lines, limit, |entry| sought.choose(entry))
        });
        let entries = read.await.map_err(|_| Failure::Contended)??;
        Ok(entries.into_iter().filter_map(AccessRead::of).collect())
    }
}

impl Engine {
    /// Writes down that somebody found these children, before any of them is shown.
    ///
    /// `who` in `role` does `operation` because of `why`; none of these may name a child.
    pub async fn record_access(
        &self,
        (who, role): (&str, &str),
        (operation, why): (&str, &str),
        children: &[ChildId],
    ) -> Result<(), Failure> {
        let these = || children.iter().map(|child| Subject::new(child.0)).collect();
        let few = children.len() <= MOST_NAMED;
        let access = Access {
            who: who.to_owned(),
            role: role.to_owned(),
            subjects: if few { Subjects::These(these()) } else { Subjects::All },
            operation: operation.to_owned(),
            why: why.to_owned(),
            at: self.now().to_string(),
        };
        let _on_record = self.inner.vault.record(access).await?;
        Ok(())
    }
}

impl AccessesSought {
    fn choose(&self, entry: &Entry) -> Choice {
        let Ok(at) = entry.access.at.parse::<Timestamp>() else { return Choice::Skip };
        if self.from.is_some_and(|from| from.duration_since(at) > OUT_OF_ORDER) {
            return Choice::Stop;
        }
        let within = self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to);
        let such = self.operation.as_ref().is_none_or(|name| *name == entry.access.operation);
        if within && such { Choice::Take } else { Choice::Skip }
    }
}

impl AccessRead {
    /// An entry without an instant is none that this program wrote.
    fn of(Entry { number, access }: Entry) -> Option<Self> {
        let subjects = match access.subjects {
            Subjects::All => None,
            Subjects::These(subjects) => Some(subjects.iter().map(|it| *it.as_uuid()).collect()),
        };
        Some(Self {
            entry: number,
            at: access.at.parse().ok()?,
            who: access.who,
            role: access.role,
            operation: access.operation,
            why: access.why,
            subjects,
        })
    }
}
