//! Finding a child by name, birth date or pupil number.
//!
//! An index in memory: built by opening what is sealed, under an access that is on record,
//! and never written down. Erasing a child drops it from here.

mod alike;
mod in_draft;

pub use alike::Reason;
pub(crate) use in_draft::Sought;

use crate::engine::{Engine, Opened, SealedBox};
use crate::failure::Failure;
use alike::Likeness;
use domain::event::{ChildEvent, Event};
use domain::ids::ChildId;
use domain::personal::{Identity, Personal};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use tokio::sync::Mutex;

const BATCH: usize = 1_000;

/// Who can be found, as of a position.
#[derive(Default)]
pub(crate) struct SearchIndex {
    found: RwLock<HashMap<ChildId, Entry>>,
    position: Mutex<u64>,
}

struct Entry {
    likeness: Likeness,
    /// Given and family names in lower case, word by word.
    names: Vec<String>,
    date_of_birth: String,
    upn: Option<String>,
}

impl Entry {
    fn of(identity: &Identity) -> Self {
        let names = format!("{} {}", identity.given_name, identity.family_name);
        Self {
            likeness: Likeness::of(identity),
            names: words(&names),
            date_of_birth: identity.date_of_birth.to_string(),
            upn: identity.upn.as_ref().map(|upn| upn.as_str().to_lowercase()),
        }
    }

    /// Every word sought is the beginning of a name, the date of birth, or the UPN.
    fn matches(&self, sought: &[String]) -> bool {
        sought.iter().all(|word| {
            self.names.iter().any(|name| name.starts_with(word.as_str()))
                || self.date_of_birth == *word
                || self.upn.as_ref() == Some(word)
        })
    }
}

/// A name in lower case, cut at everything but letters, digits and the hyphens of dates.
fn words(text: &str) -> Vec<String> {
    let cut = |letter: char| !(letter.is_alphanumeric() || letter == '-' || letter == '\'');
    text.split(cut).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

impl SearchIndex {
    pub(crate) fn forget(&self, child: ChildId) {
        self.found.write().unwrap_or_else(PoisonError::into_inner).remove(&child);
    }

    /// Every other child who may be the same as this one, and why. Nobody when this one cannot
    /// be found any more.
    fn alike(&self, child: ChildId) -> Vec<Alike> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        let Some(sought) = found.get(&child) else { return vec![] };
        let others = found.iter().filter(|(other, _)| **other != child);
        let alike = others.map(|(other, entry)| Alike {
            child: *other,
            reasons: sought.likeness.reasons(&entry.likeness),
        });
        alike.filter(|alike| !alike.reasons.is_empty()).collect()
    }

    fn find(&self, sought: &[String]) -> Vec<ChildId> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        let matching = found.iter().filter(|(_, entry)| entry.matches(sought));
        matching.map(|(child, _)| *child).collect()
    }
}

/// A child who may be the same as another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Which.
    pub child: ChildId,
    /// Why, the strongest reason first.
    pub reasons: Vec<Reason>,
}

impl Engine {
    /// Children who may be the same as this one, and why: those with the strongest reasons
    /// first, the later registered before the earlier. For a person to judge.
    pub async fn children_alike(&self, child: ChildId) -> Result<Vec<Alike>, Failure> {
        self.index().await?;
        let mut alike = self.search().alike(child);
        alike.sort_by(|one, other| {
            one.reasons.cmp(&other.reasons).then(other.child.cmp(&one.child))
        });
        Ok(alike)
    }

    /// Children whose names begin with these words, or whose date of birth or UPN this is.
    /// Nothing sought finds nobody.
    pub async fn find_children(&self, sought: &str) -> Result<Vec<ChildId>, Failure> {
        self.index().await?;
        let sought = words(sought);
        if sought.is_empty() {
            return Ok(vec![]);
        }
        Ok(self.search().find(&sought))
    }

    /// Brings the index to the end of the log: once at start, then before every search.
    pub async fn index(&self) -> Result<(), Failure> {
        let mut position = self.search().position.lock().await;
        loop {
            let events = self.history(*position, BATCH).await?;
            let Some(last) = events.last().map(|event| event.position) else { return Ok(()) };
            let mut boxes = Vec::new();
            let mut erased = Vec::new();
            for recorded in &events {
                match (&recorded.event, &recorded.sealed) {
                    (Some(Event::Child(ChildEvent::Registered(it))), Some(sealed)) => {
                        let event = recorded.id;
                        boxes.push((it.child, SealedBox { event, sealed: sealed.clone() }));
                    }
                    (Some(Event::Child(ChildEvent::Erased(_))), _) => {
                        erased.extend(recorded.child());
                    }
                    _ => {}
                }
            }
            self.remember(boxes).await?;
            for child in erased {
                self.search().forget(child);
            }
            *position = last;
        }
    }

    async fn remember(&self, children: Vec<(ChildId, SealedBox)>) -> Result<(), Failure> {
        let (children, boxes): (Vec<_>, Vec<_>) = children.into_iter().unzip();
        let reader = ("front-door", "system");
        let opened = self.open(reader, ("search.index", "to be found by name"), &boxes).await?;
        let mut found = self.search().found.write().unwrap_or_else(PoisonError::into_inner);
        for (child, opened) in children.into_iter().zip(opened) {
            if let Opened::Personal(Personal::Child(identity)) = opened {
                found.insert(child, Entry::of(&identity));
            }
        }
        Ok(())
    }
}
