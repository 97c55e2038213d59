//! A panel's meeting: what it takes up, who is in the room, what is decided and by whom.
//!
//! The record must stand up to a tribunal: a decision is recorded only with a quorum, worked
//! out at its moment from who is there and who stands aside, and every interest that anybody
//! could suspect is settled before. [`Meeting::decide`] is every rule as a table. What it does
//! to requests it leaves to [`Request`](crate::request::Request), and all of it is one append.

mod attendance;
mod case_at_hand;
mod command;
mod deciders;
pub mod event;
pub mod interest;
mod item;
mod moves;
mod papers;
mod refusal;
#[cfg(test)]
mod tests;
mod together;

pub use attendance::{Attendance, Stay};
pub use case_at_hand::{Around, AtHand};
pub use command::{Deciding, MeetingCommand, Schedule};
pub use deciders::{Deciders, Interests};
pub use item::{Item, ItemOutcome, Ratification};
pub use papers::is_paper;
pub use refusal::MeetingRefusal;

use crate::event::{Change, DeskEvent, MeetingEvent};
use crate::ids::{AccountId, MeetingId, PanelId, RequestId};
use crate::request::Moment;
use event::{DelegationReviewed, MeetingKind};
use interest::InterestKind;
use jiff::{SignedDuration, Timestamp};
use moves::Step;
use std::collections::{BTreeMap, BTreeSet};

/// A meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Meeting {
    /// Nobody has called it.
    #[default]
    NotScheduled,
    /// It was called, and stands somewhere.
    Scheduled(Box<Sitting>),
}

/// Where a meeting stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is being prepared.
    Planned,
    /// Members can read their packs.
    Published,
    /// Somebody has come: it is under way.
    Open,
    /// It is over, and its minutes await the chair.
    Closed,
    /// The chair signed its minutes.
    Signed,
    /// It does not take place.
    Cancelled,
}

/// A meeting that was called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The meeting.
    pub id: MeetingId,
    /// Of which panel.
    pub panel: PanelId,
    /// Why.
    pub kind: MeetingKind,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How long it may take.
    pub minutes: u16,
    /// Until when papers are in time.
    pub papers_due_at: Timestamp,
    /// The version of the terms of reference under which it was called.
    pub terms_version: u32,
    /// Where it stands.
    pub phase: Phase,
    /// What it takes up, in order.
    pub items: Vec<Item>,
    /// Who was in the room when.
    pub attendance: Attendance,
    /// Who said that they would not come.
    pub apologies: BTreeSet<AccountId>,
    /// Who stands aside from what, and why.
    pub recused: BTreeMap<RequestId, BTreeMap<AccountId, InterestKind>>,
    /// Who was thought to have an interest in what, and has none.
    pub dismissed: BTreeMap<RequestId, BTreeSet<AccountId>>,
    /// What it said of decisions that its chair had made for it.
    pub delegations: Vec<DelegationReviewed>,
    /// When something was last decided.
    pub last_decided_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Who signed the minutes, and when.
    pub signed: Option<(AccountId, Timestamp)>,
    /// The meeting to which its items went when it was cancelled.
    pub moved_to: Option<MeetingId>,
}

/// Everything that a command does: to meetings, to the panel's diary, to requests. Appended at
/// once or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upshot {
    /// What happens at this meeting, and at another to which items go.
    pub meetings: BTreeMap<MeetingId, Vec<MeetingEvent>>,
    /// What stands in the diary.
    pub diary: Vec<DeskEvent>,
    /// What happens to requests.
    pub requests: BTreeMap<RequestId, Vec<Change>>,
}

impl Upshot {
    /// Whether nothing happens.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.meetings.is_empty() && self.diary.is_empty() && self.requests.is_empty()
    }
}

impl Meeting {
    /// Every rule of a meeting, as a table. An [`Upshot`] of nothing means that there is
    /// nothing to add.
    pub fn decide(
        &self,
        command: MeetingCommand,
        around: &Around<'_>,
        at: Moment,
    ) -> Result<Upshot, MeetingRefusal> {
        use MeetingCommand as C;
        use Phase as P;
        let (sitting, command) = match (self, command) {
            (Self::NotScheduled, C::Schedule(schedule)) => {
                return moves::schedule(schedule, around, at);
            }
            (Self::NotScheduled, _) => return Err(MeetingRefusal::NotScheduled),
            (Self::Scheduled(_), C::Schedule(_)) => return Err(MeetingRefusal::AlreadyScheduled),
            (Self::Scheduled(sitting), command) => (sitting, command),
        };
        let step = Step::new(sitting, around, at);
        match (&sitting.phase, command) {
            // Before it begins.
            (P::Planned | P::Published, C::SetAgenda(items)) => step.set_agenda(items),
            (P::Planned | P::Published, C::Publish) => step.publish(),
            (P::Planned | P::Published, C::Cancel(why, move_to)) => step.cancel(why, move_to),
            (P::Planned | P::Published, C::Apologise(member)) => step.apologise(member),

            // Papers, until their item is decided.
            (P::Published | P::Open, C::RenewPack(request)) => step.renew_pack(request),
            (P::Published | P::Open | P::Closed, C::OpenPack(member, request)) => {
                step.open_pack(member, request)
            }

            // In the meeting. The first to arrive opens it.
            (P::Published | P::Open, C::Arrive(member)) => step.arrive(member),
            (P::Open, C::Depart(member)) => step.depart(member),
            (P::Published | P::Open, C::Recuse(member, request, kind, words)) => {
                step.recuse(member, request, kind, words)
            }
            (P::Published | P::Open, C::DismissInterest(member, request, words)) => {
                step.dismiss(member, request, words)
            }
            (P::Open, C::Decide(deciding)) => step.decide(*deciding),
            (P::Open, C::PutOff(request, why, words)) => step.put_off(request, why, words),
            (P::Open, C::ReviewDelegation(request, ratified, stated)) => {
                step.review_delegation(request, ratified, stated)
            }
            (P::Open, C::Close) => step.close(),

            // After it.
            (P::Closed, C::Sign(by)) => step.sign(by),
            (P::Open | P::Closed | P::Signed, C::Ratify(request, by, agreed, stated)) => {
                step.ratify(request, by, agreed, stated)
            }

            // Whatever is left is not for now.
            (_, command) => {
                let (verb, phase) = (command.verb(), sitting.phase.clone());
                Err(MeetingRefusal::NotNow { verb, phase })
            }
        }
    }

    /// Follows one event. Total: history is never argued with.
    #[must_use]
    pub fn evolve(self, event: &MeetingEvent, effective_at: Timestamp) -> Self {
        match (self, event) {
            (Self::NotScheduled, MeetingEvent::Scheduled(scheduled)) => {
                Self::Scheduled(Box::new(Sitting::called(scheduled)))
            }
            (Self::NotScheduled, _) => Self::NotScheduled,
            (Self::Scheduled(mut sitting), event) => {
                sitting.follow(event, effective_at);
                Self::Scheduled(sitting)
            }
        }
    }

    /// The meeting, once it was called.
    #[must_use]
    pub fn sitting(&self) -> Option<&Sitting> {
        match self {
            Self::NotScheduled => None,
            Self::Scheduled(sitting) => Some(sitting),
        }
    }
}

impl Sitting {
    fn called(scheduled: &event::Scheduled) -> Self {
        Self {
            id: scheduled.meeting.clone(),
            panel: scheduled.panel.clone(),
            kind: scheduled.kind,
            starts_at: scheduled.starts_at,
            minutes: scheduled.minutes,
            papers_due_at: scheduled.papers_due_at,
            terms_version: scheduled.terms_version,
            phase: Phase::Planned,
            items: vec![],
            attendance: Attendance::default(),
            apologies: BTreeSet::new(),
            recused: BTreeMap::new(),
            dismissed: BTreeMap::new(),
            delegations: vec![],
            last_decided_at: None,
            closed_at: None,
            signed: None,
            moved_to: None,
        }
    }

    /// When it should be over.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        ends_at(self.starts_at, self.minutes)
    }

    /// The item of this request.
    #[must_use]
    pub fn item(&self, request: RequestId) -> Option<&Item> {
        self.items.iter().find(|item| item.request == request)
    }

    /// Whether a member stands aside from a request.
    #[must_use]
    pub fn is_aside(&self, member: &AccountId, request: RequestId) -> bool {
        self.recused.get(&request).is_some_and(|aside| aside.contains_key(member))
    }

    fn follow(&mut self, event: &MeetingEvent, at: Timestamp) {
        use MeetingEvent as E;
        match event {
            E::Scheduled(_) => {}
            E::Cancelled(cancelled) => {
                self.phase = Phase::Cancelled;
                self.moved_to.clone_from(&cancelled.moved_to);
            }
            E::AgendaSet(set) => self.plan(&set.items),
            E::PacksPublished(published) => self.publish(&published.packs),
            E::PackOpened(opened) => {
                self.at_item(opened.request, |item| item.opened(&opened.member, opened.version));
            }
            E::ApologiesGiven(given) => {
                self.apologies.insert(given.member.clone());
            }
            E::Arrived(arrived) => {
                self.phase = Phase::Open;
                self.apologies.remove(&arrived.member);
                self.attendance.arrive(arrived.member.clone(), at);
            }
            E::Departed(departed) => self.attendance.depart(&departed.member, at),
            E::Recused(recused) => {
                let aside = self.recused.entry(recused.request).or_default();
                aside.insert(recused.member.clone(), recused.kind);
                self.dismissed.entry(recused.request).or_default().remove(&recused.member);
            }
            E::InterestDismissed(it) => {
                self.recused.entry(it.request).or_default().remove(&it.member);
                self.dismissed.entry(it.request).or_default().insert(it.member.clone());
            }
            E::Decided(decided) => {
                self.last_decided_at = self.last_decided_at.max(Some(at));
                self.at_item(decided.request, |item| {
                    item.outcome = Some(ItemOutcome::Decided(Box::new(decided.clone()), at));
                });
            }
            E::Deferred(deferred) => self.at_item(deferred.request, |item| {
                item.outcome = Some(ItemOutcome::Deferred(deferred.why, at));
            }),
            E::DelegationReviewed(reviewed) => {
                self.last_decided_at = self.last_decided_at.max(Some(at));
                self.delegations.push(reviewed.clone());
            }
            E::Closed(_) => {
                self.phase = Phase::Closed;
                self.closed_at = Some(at);
                self.attendance.all_depart(at);
            }
            E::MinutesSigned(signed) => {
                self.phase = Phase::Signed;
                self.signed = Some((signed.by.clone(), at));
            }
            E::DecisionRatified(it) => self.at_item(it.request, |item| {
                let (by, agreed) = (it.by.clone(), it.agreed);
                item.ratification = Some(Ratification { by, agreed, at });
            }),
        }
    }

    fn plan(&mut self, planned: &[event::Planned]) {
        let mut before = std::mem::take(&mut self.items);
        self.items = planned
            .iter()
            .map(|planned| {
                let place = before.iter().position(|item| item.request == planned.request);
                let packs = place.map(|place| before.swap_remove(place));
                Item::planned(planned, packs)
            })
            .collect();
    }

    fn publish(&mut self, packs: &[event::Pack]) {
        if self.phase == Phase::Planned {
            self.phase = Phase::Published;
        }
        for pack in packs {
            self.at_item(pack.request, |item| item.packs.push(pack.clone()));
        }
    }

    fn at_item(&mut self, request: RequestId, change: impl FnOnce(&mut Item)) {
        self.items.iter_mut().find(|item| item.request == request).map(change);
    }
}

/// When a meeting that starts then and takes so long is over.
pub(crate) fn ends_at(starts_at: Timestamp, minutes: u16) -> Timestamp {
    starts_at.saturating_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(starts_at)
}
