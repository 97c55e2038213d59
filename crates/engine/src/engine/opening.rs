//! Opening what is sealed: only for an access that is already on record.

use super::Engine;
use crate::failure::Failure;
use domain::ids::EventId;
use domain::personal::Personal;
use std::collections::BTreeSet;
use vault::{Access, OpenError, Sealed, Subjects};

/// A sealed box with the event it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedBox {
    /// The event.
    pub event: EventId,
    /// The box.
    pub sealed: Sealed,
}

/// What came out of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// What was sealed.
    Personal(Personal),
    /// The child was erased: nobody can read it any more.
    Erased,
}

impl Engine {
    /// Records one access to everybody whose boxes these are, then opens them, in order.
    ///
    /// `who` in `role` does `operation` because of `why`; none of these may name a child. If
    /// the access cannot be recorded, nothing is opened. Without boxes nothing is recorded.
    pub async fn open(
        &self,
        (who, role): (&str, &str),
        (operation, why): (&str, &str),
        boxes: &[SealedBox],
    ) -> Result<Vec<Opened>, Failure> {
        if boxes.is_empty() {
            return Ok(vec![]);
        }
        let subjects: BTreeSet<_> = boxes.iter().map(|each| each.sealed.subject).collect();
        let access = Access {
            who: who.to_owned(),
            role: role.to_owned(),
            subjects: Subjects::These(subjects.into_iter().collect()),
            operation: operation.to_owned(),
            why: why.to_owned(),
            at: self.now().to_string(),
        };
        let recorded = self.inner.vault.record(access).await?;
        boxes
            .iter()
            .map(|each| match self.inner.vault.open(&recorded, each.event.0, &each.sealed) {
                Ok(plain) => Ok(Opened::Personal(serde_json::from_slice(&plain)?)),
                Err(OpenError::Shredded { .. }) => Ok(Opened::Erased),
                Err(error) => Err(error.into()),
            })
            .collect()
    }
}
