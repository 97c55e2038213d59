//! What happens next to a made-up request, worked out from where it stands now.
//!
//! Each life takes its own dice. A step is planned from the case that the step before left,
//! so a refusal would be a defect here, never bad luck.

mod duty;
mod panel;
mod service;

use super::dice::Dice;
use super::phrases::{Phrases, say};
use domain::calendar::london;
use domain::clock::{Clock, Promise};
use domain::codes::{AdviceKind, ConsentBy, Ending};
use domain::desk::Desk;
use domain::ids::ServiceSlug;
use domain::intake::Consent;
use domain::personal::Words;
use domain::request::{Case, Command, Stage, Status};
use jiff::{SignedDuration, Timestamp};

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
    advised: bool,
    noted: bool,
    reopened: bool,
}

/// One turn of a life.
pub(super) struct Turn<'a> {
    pub(super) life: &'a mut Life,
    pub(super) case: &'a Case,
    pub(super) desk: &'a Desk,
    pub(super) phrases: &'a Phrases,
    /// The instant of the step before.
    pub(super) at: Timestamp,
    /// The present, beyond which nothing is known.
    pub(super) now: Timestamp,
}

impl Life {
    pub(super) fn new(dice: Dice, stays: Option<Status>) -> Self {
        Self { dice, stays, advised: false, noted: false, reopened: false }
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
            _ if restless => Some(self.withdrawal()),
            Stage::AwaitingInformation { back_to } => Some(self.awaited(back_to.is_none())),
            Stage::WithDutyAdviser => Some(self.with_adviser()),
            Stage::WithService { service, accepted: false } => Some(self.offered(service)),
            Stage::WithService { service, accepted: true } => Some(self.supporting(service)),
            Stage::AwaitingPanel { panel } => self.queued(panel),
            Stage::OnAgenda { meeting, .. } => self.on_agenda(meeting),
            Stage::Supported => Some(self.supported()),
        }
    }

    /// The school owes an answer: consent, or what a person asked.
    fn awaited(&mut self, consent_missing: bool) -> Step {
        if !consent_missing {
            let answer = say(&self.phrases.answers, &mut self.life.dice);
            let at = self.in_days(1, 7);
            return step(at, Who::School, Command::SupplyInformation(None, vec![], answer));
        }
        if self.life.dice.chance(14) {
            let words = say(&self.phrases.no_answer, &mut self.life.dice);
            let at = self.in_days(25, 32);
            return step(at, Who::Adviser, Command::Close(Ending::NoAnswer, words));
        }
        let at = self.in_days(1, 9);
        let on = Some(london::wall(at).date());
        let by = Some(ConsentBy::Parent);
        let consent = Consent { given: true, by, on, overridden: false };
        let method = self.life.dice.line(&self.phrases.consent_methods);
        let text = say(&self.phrases.consented, &mut self.life.dice);
        let words = Words { consent: Some(method), ..text };
        step(at, Who::School, Command::SupplyInformation(Some(consent), vec![], words))
    }

    fn supported(&mut self) -> Step {
        if let Some(note) = self.note() {
            return note;
        }
        let words = say(&self.phrases.closing, &mut self.life.dice);
        let at = self.in_days(12, 50);
        step(at, Who::Adviser, Command::Close(Ending::SupportComplete, words))
    }

    /// Few come back, and none twice.
    fn ended(&mut self) -> Option<Step> {
        if self.life.reopened || !self.life.dice.chance(3) {
            return None;
        }
        self.life.reopened = true;
        self.life.advised = false;
        let words = say(&self.phrases.reopened, &mut self.life.dice);
        Some(step(self.in_days(8, 30), Who::Adviser, Command::Reopen(words)))
    }

    fn withdrawal(&mut self) -> Step {
        let words = say(&self.phrases.withdrawals, &mut self.life.dice);
        step(self.in_days(1, 6), Who::School, Command::Withdraw(words))
    }

    /// An internal note, now and then, once in a life.
    fn note(&mut self) -> Option<Step> {
        if self.life.noted || !self.life.dice.chance(12) {
            return None;
        }
        self.life.noted = true;
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
