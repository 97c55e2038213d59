//! A panel's decisions through crashes: appends lost, or stored while nobody hears of it,
//! clerks who try again, colleagues who write to the same requests. No decision is ever found
//! without its effect on the request, and no effect without its decision.

use crate::county::{County, SCHOOL, by_adviser, by_set_up, submission};
use crate::faulty::{FaultyLog, until_dropped};
use domain::account::Role;
use domain::codes::{AdviceKind, ReasonCode, Support};
use domain::desk::DeskCommand;
use domain::event::{DeskEvent, Event, MeetingEvent, RequestEvent};
use domain::ids::{AccountId, MeetingId, PanelId, RequestId};
use domain::intake::Submission;
use domain::meeting::event::{DeferReason, MeetingKind, Planned};
use domain::meeting::{Deciding, MeetingCommand};
use domain::panel::{Depth, Member, MemberRole, Panel, Quorum};
use domain::personal::{RulingWords, Words};
use domain::request::event::{Evidence, Reason, RuledBy};
use domain::request::{Command, Decision, Ruling, Stated};
use engine::{Actor, Context, Engine, NewMeeting, Recorded};
use futures::future::join_all;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

const COUNTIES: u64 = 8;
const ITEMS: usize = 12;
const DELEGATED: usize = 4;
const TRIES: usize = 30;

fn panel() -> PanelId {
    "sensory-physical".parse().unwrap()
}

fn name(account: &str) -> AccountId {
    account.parse().unwrap()
}

fn terms() -> Panel {
    let file = include_str!("../../../frontdoor/county/panels.json");
    let mut file: serde_json::Value = serde_json::from_str(file).unwrap();
    let panels: Vec<Panel> = serde_json::from_value(file["panels"].take()).unwrap();
    let member = |account| Member {
        account: name(account),
        role: MemberRole::EducationAdviser,
        school: None,
        service: None,
    };
    Panel {
        chair: Some(name("mira")),
        members: vec![member("mira"), member("theo")],
        quorum: Quorum { total: 2, roles: BTreeMap::new() },
        ratified_by: Some(name("head-of-send")),
        ..panels.into_iter().find(|it| it.id == panel()).unwrap()
    }
}

fn by_clerk(command: u128) -> Context {
    Context { actor: Actor::account(&name("clerk"), Role::Panel), ..by_set_up(command) }
}

fn reason() -> Reason {
    let criteria = vec!["a criterion".to_owned()];
    Reason { code: ReasonCode::NeedBeyondOrdinary, criteria }
}

fn words() -> RulingWords {
    RulingWords { text: Some("He needs more.".to_owned()), ..RulingWords::default() }
}

fn decide(request: RequestId) -> MeetingCommand {
    MeetingCommand::Decide(Box::new(Deciding {
        request,
        decision: Decision::Advice,
        reason: Some(reason()),
        evidence: vec![Evidence::Request],
        words: words(),
        votes: None,
        dissent: vec![],
    }))
}

fn delegate() -> Ruling {
    Ruling {
        panel: panel(),
        by: RuledBy::Chair(name("mira")),
        decision: Decision::Advice,
        reason: Some(reason()),
        evidence: vec![Evidence::Request],
        words: words(),
    }
}

/// A county with a meeting under way.
struct Told {
    county: County,
    meeting: MeetingId,
    items: Vec<RequestId>,
    delegated: Vec<RequestId>,
}

impl Told {
    async fn under_way() -> Self {
        let county = County::founded().await;
        let engine = &county.engine;
        let establish = DeskCommand::EstablishPanel(terms());
        engine.configure(&by_set_up(2), vec![establish]).await.unwrap();
        let mut requests = vec![];
        for command in (100..).take(ITEMS + DELEGATED) {
            requests.push(received(engine, command).await);
        }
        let delegated = requests.split_off(ITEMS);
        for (command, request) in (300..).zip(&delegated) {
            let stated = Stated { reason: Some(reason()), words: Words::text("Clear.") };
            let clear = Command::SetDepth(Depth::Consent, stated);
            engine.act(&by_clerk(command), *request, clear).await.unwrap();
        }
        let new = NewMeeting {
            panel: panel(),
            kind: MeetingKind::Special,
            starts_at: engine.now(),
            minutes: None,
        };
        let meeting = engine.call_meeting(&by_clerk(500), &new).await.unwrap().sitting.id;
        let item = |request: &RequestId| Planned {
            request: *request,
            depth: Depth::Standard,
            minutes: 15,
        };
        let agenda = MeetingCommand::SetAgenda(requests.iter().map(item).collect());
        let steps = [
            agenda,
            MeetingCommand::Publish,
            MeetingCommand::Arrive(name("mira")),
            MeetingCommand::Arrive(name("theo")),
        ];
        for (command, step) in (600..).zip(steps) {
            engine.convene(&by_clerk(command), &meeting, step).await.unwrap();
        }
        county.clock.advance(SignedDuration::from_mins(5));
        Self { county, meeting, items: requests, delegated }
    }

    /// Everything that has to happen, by somebody who is cut off again and again and tries
    /// again under the same name until the answer comes.
    async fn insist(&self, engine: &Engine, dice: &mut fastrand::Rng) {
        for (number, request) in (1_000..).zip(&self.items) {
            let context = by_clerk(number);
            let command = if number % 4 == 3 {
                MeetingCommand::PutOff(*request, DeferReason::NoTime, Words::default())
            } else {
                decide(*request)
            };
            for _ in 0..TRIES {
                let work = engine.convene(&context, &self.meeting, command.clone());
                if let Some(Ok(_)) = until_dropped(work, dice.usize(1..400)).await {
                    break;
                }
            }
        }
        for (number, request) in (2_000..).zip(&self.delegated) {
            let context = by_clerk(number);
            for _ in 0..TRIES {
                let work = engine.delegate(&context, *request, delegate());
                if let Some(Ok(_)) = until_dropped(work, dice.usize(1..400)).await {
                    break;
                }
            }
        }
    }

    /// Others note on the same requests meanwhile.
    async fn disturb(&self, engine: &Engine, seed: u64) {
        let first = u128::from(seed) * 10_000 + 5_000;
        for (command, request) in (first..).zip(self.items.iter().chain(&self.delegated)) {
            let note = Command::Note(Words::text("Telephoned."));
            let _lost_or_not = engine.act(&by_adviser(command), *request, note).await;
        }
    }
}

/// A request in the panel's queue whose school has heard from somebody.
async fn received(engine: &Engine, command: u128) -> RequestId {
    let mut asked: Submission = submission();
    asked.intake.support_sought = vec![Support::Inreach];
    let request = engine.submit(&by_adviser(command), SCHOOL, asked).await.unwrap().case.id;
    let advice = Command::Advise(AdviceKind::Strategies, Words::text("Until then: …"));
    engine.act(&by_adviser(command + 10_000), request, advice).await.unwrap();
    request
}

/// What each command left, told from the log alone: of every append, which requests a meeting
/// or a diary speaks of, and which requests were changed so.
#[derive(Debug, Default, PartialEq, Eq)]
struct Left {
    said: Vec<RequestId>,
    done: Vec<RequestId>,
}

fn left(recorded: &[Recorded]) -> BTreeMap<Uuid, Left> {
    let mut left: BTreeMap<Uuid, Left> = BTreeMap::new();
    for it in recorded {
        let entry = left.entry(it.command_id).or_default();
        if let Some(Event::Meeting(MeetingEvent::Decided(decided))) = &it.event {
            entry.said.push(decided.request);
        } else if let Some(Event::Meeting(MeetingEvent::Deferred(deferred))) = &it.event {
            entry.said.push(deferred.request);
        } else if let Some(Event::Desk(DeskEvent::DecisionDelegated(delegated))) = &it.event {
            entry.said.push(delegated.request);
        } else if let Some(Event::Request(
            RequestEvent::PanelDecided(_) | RequestEvent::Deferred(_),
        )) = &it.event
        {
            entry.done.extend(it.request());
        }
    }
    left
}

async fn one_county(seed: u64) -> usize {
    let told = Told::under_way().await;
    let log = Arc::new(FaultyLog::over(told.county.log.clone(), seed));
    let one = told.county.over(log.clone(), seed + 1);
    let other = told.county.over(log.clone(), seed + 2);
    let (mut first, mut second) =
        (fastrand::Rng::with_seed(seed), fastrand::Rng::with_seed(seed + 100));
    let work: Vec<std::pin::Pin<Box<dyn Future<Output = ()> + '_>>> = vec![
        Box::pin(told.insist(&one, &mut first)),
        // The same commands from another process: of two that mean the same one is heard.
        Box::pin(told.insist(&other, &mut second)),
        Box::pin(told.disturb(&other, seed)),
    ];
    join_all(work).await;

    let recorded = told.county.engine.history(0, 1_000).await.unwrap();
    assert!(recorded.len() < 1_000, "all of it was read");
    let left = left(&recorded);
    for (command, left) in &left {
        assert_eq!(left.said, left.done, "county {seed}, command {command}");
    }
    let all: Vec<_> = left.values().flat_map(|left| &left.done).collect();
    for request in told.items.iter().chain(&told.delegated) {
        let times = all.iter().filter(|done| **done == request).count();
        assert!(times <= 1, "county {seed}: decided once at most");
    }
    let desk = told.county.engine.desk().await.unwrap();
    let done = |request: &RequestId| all.contains(&request);
    let expected = told.delegated.iter().filter(|request| done(request)).count();
    assert_eq!(desk.diary(&panel()).delegated.len(), expected);
    all.len()
}

#[tokio::test]
async fn no_decision_is_found_without_its_effect_nor_an_effect_without_its_decision() {
    let mut decided = 0;
    for seed in 0..COUNTIES {
        decided += one_county(seed).await;
    }
    // That all is well says little unless most of it was done, in spite of everything.
    let all = usize::try_from(COUNTIES).unwrap() * (ITEMS + DELEGATED);
    assert!(decided > all * 9 / 10, "{decided} of {all}");
}

#[tokio::test]
async fn a_command_tried_again_gets_its_first_answer_and_another_body_none() {
    let told = Told::under_way().await;
    let engine = &told.county.engine;
    let (context, request) = (by_clerk(7_000), told.items[0]);
    let first = engine.convene(&context, &told.meeting, decide(request)).await.unwrap();
    let next = decide(told.items[1]);
    engine.convene(&by_clerk(7_001), &told.meeting, next).await.unwrap();
    let again = engine.convene(&context, &told.meeting, decide(request)).await.unwrap();
    assert!(again.replayed && !first.replayed);
    assert_eq!(again.sitting, first.sitting, "as the first try left it");
    let other = Context { fingerprint: [9; 32], ..context };
    let refused = engine.convene(&other, &told.meeting, decide(request)).await.unwrap_err();
    assert!(matches!(refused, engine::Failure::KeyReused), "{refused}");
}

#[tokio::test]
async fn of_two_meetings_called_at_once_for_one_time_one_is_called() {
    let told = Told::under_way().await;
    let engines = [told.county.another(1), told.county.another(2)];
    let new = NewMeeting {
        panel: panel(),
        kind: MeetingKind::Cycle,
        starts_at: "2026-12-09T09:30:00Z".parse().unwrap(),
        minutes: None,
    };
    let calls = (8_000..).zip(&engines).map(|(command, engine)| {
        let (context, new) = (by_clerk(command), new.clone());
        async move { engine.call_meeting(&context, &new).await }
    });
    let called = join_all(calls).await;
    assert_eq!(called.iter().filter(|it| it.is_ok()).count(), 1, "{called:?}");
    let refused = called.into_iter().find_map(Result::err).unwrap();
    assert!(refused.to_string().contains("meets at that time already"), "{refused}");
}
