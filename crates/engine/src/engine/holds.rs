//! Holds on a child's record: placed, released, and read with all their history.

use super::children::Record;
use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS, SealedBox};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::calendar::london;
use domain::child::ChildRefusal;
use domain::child::hold::{Hold, HoldReason, HoldRefusal, ReleaseReason, Released};
use domain::event::{Change, ChildEvent, Event};
use domain::ids::{ChildId, HoldId};
use domain::personal::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use log::Receipt;

/// A hold was placed or released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldDone {
    /// Which.
    pub hold: HoldId,
    /// The pseudonym in whose stream it stands.
    pub child: ChildId,
    /// The position of the log that says so.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

/// A hold as it is on record.
#[derive(Clone, Debug)]
pub struct HoldRead {
    /// The pseudonym that it was placed on; it holds whoever is linked to it.
    pub child: ChildId,
    /// Why, and until when.
    pub hold: Hold,
    /// Whether it keeps anything from being erased now.
    pub holds: bool,
    /// Who placed it, when, and in which words.
    pub placed: Said,
    /// Who released it, when, why and in which words; `None`: nobody.
    pub released: Option<(ReleaseReason, Said)>,
}

/// Who said something, when, and in which words.
#[derive(Clone, Debug)]
pub struct Said {
    /// When it was recorded.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// The words, sealed.
    pub words: Option<SealedBox>,
}

impl From<&Recorded> for Said {
    fn from(recorded: &Recorded) -> Self {
        let sealed = recorded.sealed.clone();
        let words = sealed.map(|sealed| SealedBox { event: recorded.id, sealed });
        Self { at: recorded.recorded_at, by: recorded.actor.clone(), words }
    }
}

impl Engine {
    /// Nothing about a child may be erased until this hold is over.
    pub async fn hold(
        &self,
        context: &Context,
        child: ChildId,
        reason: HoldReason,
        until: Option<Date>,
        words: Words,
    ) -> Result<HoldDone, Failure> {
        let hold = Hold { hold: HoldId(self.fresh_id()?), reason, until };
        let decide = |record: &Record, at| record.child.hold(hold.clone(), words.clone(), at);
        self.writing(self.keep_holding(context, child, hold.hold, decide)).await
    }

    /// The reason for a hold has gone. It may have been placed on any pseudonym of the child.
    pub async fn release_hold(
        &self,
        context: &Context,
        child: ChildId,
        hold: HoldId,
        reason: ReleaseReason,
        words: Words,
    ) -> Result<HoldDone, Failure> {
        let placed_on = self.holds(child).await?.into_iter().find(|read| read.hold.hold == hold);
        let child = placed_on.ok_or(HoldRefusal::Unknown).map_err(ChildRefusal::from)?.child;
        let released = Released { hold, reason };
        let decide = |record: &Record, _| record.child.release(released.clone(), words.clone());
        self.writing(self.keep_holding(context, child, hold, decide)).await
    }

    async fn keep_holding(
        &self,
        context: &Context,
        child: ChildId,
        hold: HoldId,
        decide: impl Fn(&Record, Timestamp) -> Result<Change, ChildRefusal>,
    ) -> Result<HoldDone, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.first_hold(child, &receipt).await;
            }
            let at = self.moment(context)?;
            let record = self.record(child).await?;
            let addition = Addition {
                stream: format!("child-{child}"),
                expected: record.version,
                changes: vec![decide(&record, at.recorded_at)?],
                subject: Some(child.0),
            };
            match self.append(context, at, &[addition]).await? {
                Appended::Now(written) => {
                    let position = written.receipt.last.get();
                    return Ok(HoldDone { hold, child, position, replayed: false });
                }
                Appended::Before(receipt) => return self.first_hold(child, &receipt).await,
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    /// What a hold's command answered the first time.
    async fn first_hold(&self, child: ChildId, receipt: &Receipt) -> Result<HoldDone, Failure> {
        let position = receipt.last.get();
        let written = self.history(position.saturating_sub(1), 1).await?;
        let hold = written.iter().find_map(|recorded| match &recorded.event {
            Some(Event::Child(ChildEvent::Held(hold))) => Some(hold.hold),
            Some(Event::Child(ChildEvent::HoldReleased(released))) => Some(released.hold),
            _ => None,
        });
        let hold = hold.ok_or(Failure::KeyReused)?;
        Ok(HoldDone { hold, child, position, replayed: true })
    }

    /// Every hold that was ever placed on a child, under any of its pseudonyms, in the order of
    /// their names. `Unknown` when nobody has heard of the child.
    pub async fn holds(&self, child: ChildId) -> Result<Vec<HoldRead>, Failure> {
        let today = london::wall(self.now()).date();
        let mut holds: Vec<HoldRead> = Vec::new();
        for (child, record) in self.same_child(child).await? {
            if record.version == 0 {
                return Err(ChildRefusal::Unknown.into());
            }
            for recorded in self.stream(&format!("child-{child}")).await? {
                note(&mut holds, child, today, &recorded);
            }
        }
        Ok(holds)
    }
}

/// Follows one event of a child's stream.
fn note(holds: &mut Vec<HoldRead>, child: ChildId, today: Date, recorded: &Recorded) {
    match &recorded.event {
        Some(Event::Child(ChildEvent::Held(hold))) => {
            let (hold, placed) = (hold.clone(), recorded.into());
            let holds_now = hold.holds_on(today);
            holds.push(HoldRead { child, hold, holds: holds_now, placed, released: None });
        }
        Some(Event::Child(ChildEvent::HoldReleased(released))) => {
            let it = holds.iter_mut().find(|read| read.hold.hold == released.hold);
            if let Some(read) = it {
                read.holds = false;
                read.released = Some((released.reason, recorded.into()));
            }
        }
        Some(Event::Child(ChildEvent::Erased(_))) => {
            let here = holds.iter_mut().filter(|read| read.child == child);
            here.for_each(|read| read.holds = false);
        }
        _ => {}
    }
}
