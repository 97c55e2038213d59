//! The same child under several pseudonyms: found together, linked and parted by a person.

use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use domain::child::{Child, ChildRefusal, Named};
use domain::event::{Change, Event};
use domain::ids::ChildId;
use log::Position;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Which pseudonyms are one child, as a command left them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameChild {
    /// All of them, the one that was asked about among them.
    pub children: Vec<ChildId>,
    /// The position of the log that knows of it.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

/// The record of one pseudonym.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) child: Child,
    pub(super) version: u32,
}

/// What somebody wants to say of two pseudonyms.
type Saying = fn(Named<'_>, Named<'_>) -> Result<[Vec<Change>; 2], ChildRefusal>;

impl Engine {
    /// A person says that two pseudonyms are one child. Both keep their own keys and streams.
    pub async fn link(
        &self,
        context: &Context,
        one: ChildId,
        other: ChildId,
    ) -> Result<SameChild, Failure> {
        self.writing(self.keep_saying(context, Child::link, one, other)).await
    }

    /// A person takes that back.
    pub async fn unlink(
        &self,
        context: &Context,
        one: ChildId,
        other: ChildId,
    ) -> Result<SameChild, Failure> {
        self.writing(self.keep_saying(context, Child::unlink, one, other)).await
    }

    async fn keep_saying(
        &self,
        context: &Context,
        saying: Saying,
        one: ChildId,
        other: ChildId,
    ) -> Result<SameChild, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.as_left(one, receipt.last, true).await;
            }
            let at = self.moment(context)?;
            let (here, there) = (self.record(one).await?, self.record(other).await?);
            let changes = saying((one, &here.child), (other, &there.child))?;
            let additions: Vec<_> = [(one, here), (other, there)]
                .into_iter()
                .zip(changes)
                .filter(|(_, changes)| !changes.is_empty())
                .map(|((child, record), changes)| addition(child, &record, changes))
                .collect();
            if additions.is_empty() {
                return self.as_left(one, self.inner.log.head(), false).await;
            }
            match self.append(context, at, &additions).await? {
                Appended::Now(written) => {
                    return self.as_left(one, written.receipt.last, false).await;
                }
                Appended::Before(receipt) => return self.as_left(one, receipt.last, true).await,
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    async fn as_left(
        &self,
        child: ChildId,
        last: Position,
        replayed: bool,
    ) -> Result<SameChild, Failure> {
        let children = self.same_child_up_to(child, last).await?.into_keys().collect();
        Ok(SameChild { children, position: last.get(), replayed })
    }

    /// Whether a person said that these are one child, directly or through others.
    pub(super) async fn are_one(&self, one: ChildId, other: ChildId) -> Result<bool, Failure> {
        Ok(one == other || self.same_child(one).await?.contains_key(&other))
    }

    /// Every pseudonym of a child with its record: the one that is asked about, and all that a
    /// person linked to it, directly or through others.
    pub(super) async fn same_child(
        &self,
        child: ChildId,
    ) -> Result<BTreeMap<ChildId, Record>, Failure> {
        self.same_child_up_to(child, Position::new(u64::MAX)).await
    }

    async fn same_child_up_to(
        &self,
        child: ChildId,
        last: Position,
    ) -> Result<BTreeMap<ChildId, Record>, Failure> {
        let mut found = BTreeMap::new();
        let mut left = vec![child];
        while let Some(child) = left.pop() {
            if let Entry::Vacant(entry) = found.entry(child) {
                let record = self.record_up_to(child, last).await?;
                left.extend(record.child.links());
                entry.insert(record);
            }
        }
        Ok(found)
    }

    pub(super) async fn record(&self, child: ChildId) -> Result<Record, Failure> {
        self.record_up_to(child, Position::new(u64::MAX)).await
    }

    async fn record_up_to(&self, child: ChildId, last: Position) -> Result<Record, Failure> {
        let mut record = Record::default();
        for recorded in self.stream(&format!("child-{child}")).await? {
            if recorded.position > last.get() {
                break;
            }
            record.version = recorded.version;
            if let Some(Event::Child(event)) = &recorded.event {
                record.child = record.child.evolve(event);
            }
        }
        Ok(record)
    }
}

/// What is added to a child's stream; nothing of it is personal.
pub(super) fn addition(child: ChildId, record: &Record, changes: Vec<Change>) -> Addition {
    let stream = format!("child-{child}");
    Addition { stream, expected: record.version, changes, subject: None }
}
