//! A request's life, told as given, when, then.
//!
//! Unless a story says otherwise it begins on Friday 20 November 2026 at 10:00 in London:
//! `respond` is due on Friday the 27th at 17:00, and Amara is on duty.

mod assigning;
mod choosing;
mod contributing;
mod conversing;
mod decision_table;
mod elsewhere;
mod ending;
mod hand_over;
mod merging;
mod packages;
mod panels;
mod properties;
mod receiving;
mod routing;
mod services;
mod silence;
mod statutory;
mod time;
mod waiting;

use super::event::{Evidence, Reason, RuledBy};
use super::{
    Agreement, Case, Command, Decision, Feedback, Happened, Moment, Refusal, Request, Ruling,
    Stated, Status,
};
use crate::clock::Promise;
use crate::codes::{AdviceKind, ReasonCode, Support, Verdict};
use crate::county;
use crate::desk::Desk;
use crate::event::{Change, Event, RequestEvent};
use crate::ids::{EventId, MeetingId};
use crate::intake::Intake;
use crate::money::{Money, TenThousandths};
use crate::package::{ContributionDraft, Frequency, FundingSource, PackageDraft, Provider, Unit};
use crate::personal::{RulingWords, Words};
use crate::promises::ClockChange;
use jiff::Timestamp;
use jiff::civil::date;
use std::rc::Rc;
use uuid::Uuid;

/// A request as it is being told.
#[derive(Clone)]
struct Story {
    desk: Rc<Desk>,
    at: Moment,
    request: Request,
    events: u128,
    last: Result<Vec<Change>, Refusal>,
}

/// A desk, and a request that nobody has heard of.
fn given(desk: impl Into<Rc<Desk>>) -> Story {
    let (desk, at) = (desk.into(), moment("2026-11-20T10:00:00Z"));
    Story { desk, at, request: Request::NotReceived, events: 0, last: Ok(vec![]) }
}

/// A request that the county received.
#[track_caller]
fn received(intake: Intake) -> Story {
    given(county::desk()).when(county::submit(intake))
}

fn moment(instant: &str) -> Moment {
    let at = at(instant);
    Moment { effective_at: at, recorded_at: at }
}

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

impl std::fmt::Debug for Story {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at {:?}: {:?}", self.at, self.last)
    }
}

impl Story {
    /// From here on it is this late.
    fn at(self, instant: &str) -> Self {
        Self { at: moment(instant), ..self }
    }

    /// Something happened at one instant and is written down at another.
    fn at_but_recorded_at(self, effective_at: &str, recorded_at: &str) -> Self {
        let at = Moment { effective_at: at(effective_at), recorded_at: at(recorded_at) };
        Self { at, ..self }
    }

    /// Somebody wants to do this; what is accepted happens.
    fn when(mut self, command: Command) -> Self {
        self.last = self.request.decide(command, &self.desk, self.at);
        for change in self.last.iter().flatten() {
            let Event::Request(event) = &change.event else { panic!("not about a request") };
            self.events += 1;
            let id = EventId(Uuid::from_u128(self.events));
            let (effective_at, clocks) = (self.at.effective_at, change.clocks.as_slice());
            let happened = Happened { id, effective_at, event, clocks };
            self.request = self.request.evolve(&happened);
        }
        self
    }

    /// These events, and no others.
    #[track_caller]
    fn then(self, expected: &[&str]) -> Self {
        let names: Vec<_> = self.changes().iter().map(|it| short(it.event.name())).collect();
        assert_eq!(names, expected);
        self
    }

    /// Nothing happens, for this reason.
    #[track_caller]
    fn then_refused(self, refusal: &Refusal) -> Self {
        assert_eq!(self.last.as_ref(), Err(refusal));
        self
    }

    /// It stands here now.
    #[track_caller]
    fn then_is(self, status: Status) -> Self {
        assert_eq!(self.case().status(), status);
        self
    }

    /// This became of the promises, in this order.
    #[track_caller]
    fn then_promises(self, expected: &[&str]) -> Self {
        let told: Vec<_> = self.changes().iter().flat_map(|it| &it.clocks).map(told).collect();
        assert_eq!(told, expected);
        self
    }

    /// The school hears from us by then.
    #[track_caller]
    fn then_respond_by(self, instant: Option<&str>) -> Self {
        assert_eq!(self.case().respond_by(), instant.map(at));
        self
    }

    #[track_caller]
    fn changes(&self) -> &[Change] {
        self.last.as_ref().unwrap()
    }

    /// The events of the last decision.
    #[track_caller]
    fn happened(&self) -> impl Iterator<Item = &RequestEvent> {
        self.changes().iter().map(|change| match &change.event {
            Event::Request(event) => event,
            Event::Child(_)
            | Event::Draft(_)
            | Event::Meeting(_)
            | Event::Notice(_)
            | Event::Desk(_) => {
                panic!("not about a request")
            }
        })
    }

    #[track_caller]
    fn case(&self) -> &Case {
        self.request.case().unwrap()
    }
}

fn short(name: &str) -> &str {
    name.strip_prefix("request.").unwrap_or(name)
}

fn told(change: &ClockChange) -> String {
    match change {
        ClockChange::Started { promise, due_at, .. } => format!("{promise} begins, due {due_at}"),
        ClockChange::Paused { promise } => format!("{promise} waits"),
        ClockChange::Resumed { promise, due_at } => format!("{promise} runs on, due {due_at}"),
        ClockChange::Recalculated { promise, due_at, .. } => {
            format!("{promise} goes by another calendar, due {due_at}")
        }
        ClockChange::Stopped { promise, met: false, .. } => format!("{promise} lapses"),
        ClockChange::Stopped { promise, kept, working_minutes, .. } => {
            let kept = if *kept { "kept" } else { "broken" };
            format!("{promise} {kept} after {working_minutes} min")
        }
    }
}

fn words() -> Words {
    Words::text("We spoke with the SENCO.")
}

/// A full reason, as declines, overrules and panels need it.
fn because(code: ReasonCode) -> Stated {
    let criteria = vec!["specialist-sen/autism".to_owned()];
    Stated { reason: Some(Reason { code, criteria }), words: words() }
}

fn meeting() -> MeetingId {
    "communication-interaction-2026-12-03".parse().unwrap()
}

/// A request on the agenda of its panel's meeting.
fn on_the_agenda(intake: Intake) -> Story {
    received(intake).when(Command::PutOnAgenda(meeting()))
}

/// The word of the panel, at that meeting.
fn rule(decision: Decision) -> Command {
    Command::Rule(Box::new(ruling(decision)))
}

fn ruling(decision: Decision) -> Ruling {
    let Stated { reason, words } = because(ReasonCode::CriteriaMet);
    Ruling {
        panel: "communication-interaction".parse().unwrap(),
        by: RuledBy::Meeting(meeting()),
        decision,
        reason,
        evidence: vec![Evidence::Request],
        words: RulingWords {
            text: words.text,
            questions: vec!["What has the speech therapist found?".to_owned()],
            ..RulingWords::default()
        },
    }
}

/// Ten hours of outreach a week, for the spring.
fn package() -> Decision {
    let outreach = ContributionDraft {
        provider: Provider::Service(county::service("specialist-sen")),
        support: Support::Outreach,
        quantity: TenThousandths::whole(2),
        unit: Unit::Hour,
        frequency: Frequency::Weekly,
        unit_cost: Money { pence: 4_500 },
        starts: date(2027, 1, 4),
        ends: date(2027, 3, 26),
        funding: FundingSource::HighNeeds,
        review_on: date(2027, 3, 15),
    };
    let key_worker_of = Provider::Service(county::service("specialist-sen"));
    Decision::Package(PackageDraft { key_worker_of, contributions: vec![outreach] })
}

fn unexplained() -> Stated {
    Stated::default()
}

fn accept(service: &str) -> Command {
    Command::Accept(county::service(service))
}

fn decline(service: &str) -> Command {
    Command::Decline(county::service(service), because(ReasonCode::CriteriaNotMet))
}

fn hand_over(from: &str, to: &str) -> Command {
    let (from, to) = (county::service(from), county::service(to));
    Command::HandOver(from, to, because(ReasonCode::WrongService))
}

fn route(service: &str, stated: Stated) -> Command {
    Command::Route(county::service(service), stated)
}

fn ask() -> Command {
    let questions = vec!["Which hours?".to_owned(), "Who works with Ivy?".to_owned()];
    Command::AskInformation(Words { questions, ..Words::default() })
}

fn advise() -> Command {
    Command::Advise(AdviceKind::Strategies, words())
}

fn feedback() -> Command {
    let feedback = Feedback { quick: Verdict::Yes, helped: Verdict::Partly };
    Command::GiveFeedback(feedback, Words::default())
}

fn supply() -> Command {
    Command::SupplyInformation(None, vec![], words())
}

fn supply_consent() -> Command {
    Command::SupplyInformation(Some(county::consent()), vec![], Words::default())
}

/// The latest clock of a promise.
#[track_caller]
fn clock(story: &Story, promise: Promise) -> &crate::clock::Clock {
    story.case().clocks.latest(promise).unwrap()
}
