//! What happens next to a made-up request, worked out from where it stands now.
//!
//! Each life takes its own dice. A step is planned from the case that the step before left,
//! so a refusal would be a defect here, never bad luck.

mod duty;
mod package;
mod panel;
mod school;
mod service;
mod silence;
mod statutory;
mod together;

use super::child::Names;
use super::dice::Dice;
use super::packages::Larder;
use super::people::PANEL_MANAGER;
use super::phrases::{Phrases, say};
use domain::clock::{Clock, Promise};
use domain::codes::{AdviceKind, Ending};
use domain::desk::Desk;
use domain::ids::ServiceSlug;
use domain::personal::Words;
use domain::request::{Case, Command, Stage, Status};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Working minutes of a day.
const DAY_MINUTES: i64 = 8 * 60;
/// So many promises in a hundred are broken.
const LATE_PERCENT: u32 = 11;

/// Who takes a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    School,
    Adviser,
    Service(ServiceSlug),
    Panel,
}

/// What somebody will do, and when.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) who: Who,
    pub(super) command: Command,
}

/// What a request's life depends on beside the case itself.
#[derive(Debug)]
pub(super) struct Life {
    dice: Dice,
    /// Where it stays once it has come there: so that every status has its example.
    stays: Option<Status>,
    done: BTreeSet<Once>,
}

/// What happens once in a life, unless it is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Once {
    Advised,
    Noted,
    Reopened,
    WentOn,
    Disputed,
    Involved,
    Queried,
    Feedback,
}

/// One turn of a life.
pub(super) struct Turn<'a> {
    pub(super) life: &'a mut Life,
    pub(super) case: &'a Case,
    pub(super) desk: &'a Desk,
    pub(super) phrases: &'a Phrases,
    pub(super) names: &'a Names,
    pub(super) larder: &'a Larder,
    /// The instant of the step before.
    pub(super) at: Timestamp,
    /// The present, beyond which nothing is known.
    pub(super) now: Timestamp,
}

impl Life {
    pub(super) fn new(dice: Dice, stays: Option<Status>) -> Self {
        Self { dice, stays, done: BTreeSet::new() }
    }

    /// Where it stays once it has come there.
    pub(super) const fn stays(&self) -> Option<Status> {
        self.stays
    }

    fn did(&self, what: Once) -> bool {
        self.done.contains(&what)
    }

    fn note(&mut self, what: Once) {
        self.done.insert(what);
    }

    fn forget(&mut self, what: Once) {
        self.done.remove(&what);
    }
}

impl Turn<'_> {
    /// The next step, if there is one before the present.
    pub(super) fn next(mut self) -> Option<Step> {
        if self.life.stays == Some(self.case.status()) {
            return None;
        }
        let step = self.by_stage()?;
        (step.at < self.now).then_some(step)
    }

    fn by_stage(&mut self) -> Option<Step> {
        let case = self.case;
        let restless = self.life.stays.is_none() && self.life.dice.chance(1);
        match &case.stage {
            Stage::Closed { .. } => self.ended(),
            // What was handed to another authority is not ours to take back.
            _ if restless && case.redirected.is_none() => Some(self.withdrawal()),
            Stage::AwaitingInformation { back_to } => Some(self.awaited(back_to.is_none())),
            Stage::WithDutyAdviser => Some(self.with_adviser()),
            Stage::WithService { service, accepted: false } => Some(self.offered(service)),
            Stage::WithService { service, accepted: true } => Some(self.supporting(service)),
            Stage::AwaitingPanel { .. } => self.queued(),
            Stage::OnAgenda { .. } => None,
            Stage::AwaitingRatification { .. } => self.awaiting_the_officer(),
            Stage::Supported => match case.package_in_force() {
                Some(support) => self.packaged(support),
                None => Some(self.supported()),
            },
        }
    }

    fn supported(&mut self) -> Step {
        if let Some(note) = self.note() {
            return note;
        }
        if let Some(judgement) = self.judgement() {
            return judgement;
        }
        let words = say(&self.phrases.closing, &mut self.life.dice);
        let at = self.in_days(12, 50);
        step(at, Who::Adviser, Command::Close(Ending::SupportComplete, words))
    }

    /// Few come back, and none twice.
    fn ended(&mut self) -> Option<Step> {
        if let Some(feedback) = self.feedback() {
            return Some(feedback);
        }
        if self.life.did(Once::Reopened) || !self.life.dice.chance(3) {
            return None;
        }
        self.life.note(Once::Reopened);
        self.life.forget(Once::Advised);
        let words = say(&self.phrases.reopened, &mut self.life.dice);
        Some(step(self.in_days(8, 30), Who::Adviser, Command::Reopen(words)))
    }

    fn withdrawal(&mut self) -> Step {
        let words = say(&self.phrases.withdrawals, &mut self.life.dice);
        step(self.in_days(1, 6), Who::School, Command::Withdraw(words))
    }

    /// An internal note, now and then, once in a life.
    fn note(&mut self) -> Option<Step> {
        if self.life.did(Once::Noted) || !self.life.dice.chance(12) {
            return None;
        }
        self.life.note(Once::Noted);
        let words = say(&self.phrases.notes, &mut self.life.dice);
        Some(step(self.in_days(1, 5), Who::Adviser, Command::Note(words)))
    }

    /// A considered question answers the school in time as well as advice does.
    fn question(&mut self) -> Step {
        let at = self.by_due(Promise::Respond);
        let questions = vec![self.life.dice.line(&self.phrases.questions)];
        let words = Words { questions, ..Words::default() };
        step(at, Who::Adviser, Command::AskInformation(words))
    }

    fn advice(&mut self, lines: &[String]) -> Step {
        let words = say(lines, &mut self.life.dice);
        step(
            self.by_due(Promise::Respond),
            Who::Adviser,
            Command::Advise(AdviceKind::Strategies, words),
        )
    }

    /// Whether nobody has kept or broken this promise yet.
    fn is_open(&self, promise: Promise) -> bool {
        self.open(promise).is_some()
    }

    fn open(&self, promise: Promise) -> Option<&Clock> {
        self.case.clocks.latest(promise).filter(|clock| clock.stopped_at.is_none())
    }

    /// An instant within so many working days from the last step.
    fn in_days(&mut self, from: i64, to: i64) -> Timestamp {
        let minutes = self.life.dice.between(from * DAY_MINUTES / 2..=to * DAY_MINUTES);
        self.in_minutes(minutes)
    }

    fn in_minutes(&mut self, minutes: i64) -> Timestamp {
        let seconds = minutes * 60 + self.life.dice.between(1..=59);
        self.desk.calendar.add_working_time(self.at, SignedDuration::from_secs(seconds))
    }

    /// An instant at which a promise is mostly kept. Not open any longer: within a few days.
    fn by_due(&mut self, promise: Promise) -> Timestamp {
        let due = self.open(promise).and_then(|clock| clock.due_at);
        let left = due.map(|due| self.desk.calendar.working_minutes(self.at, due));
        match left {
            Some(left) if left > 0 && !(self.life.stays.is_none() && self.is_late()) => {
                let minutes = self.life.dice.between(left / 20..=left * 9 / 10);
                self.in_minutes(minutes)
            }
            Some(left) => {
                let minutes = left.max(0) + self.life.dice.between(60..=4 * DAY_MINUTES);
                self.in_minutes(minutes)
            }
            None => self.in_days(1, 4),
        }
    }

    /// Whether an answer at this instant breaks its promise.
    fn would_be_late(&self, at: Timestamp) -> bool {
        self.open(Promise::Respond).and_then(|clock| clock.due_at).is_some_and(|due| at > due)
    }

    fn is_late(&mut self) -> bool {
        self.life.dice.chance(LATE_PERCENT)
    }
}

fn step(at: Timestamp, who: Who, command: Command) -> Step {
    Step { at, who, command }
}
