//! Ten thousand requests from October to April, several processes, and crashes everywhere:
//! every broken promise is found and escalated once, and no other.
//!
//! The processes share a log whose appends get lost, or are stored but reported as lost; their
//! work is dropped half-way, they lose their memory and start again. What should have happened
//! is worked out afterwards by a model that knows nothing of alarms, from what was stored about
//! clocks alone.

mod model;

use crate::county::{County, SCHOOL, by_adviser, by_set_up, submission};
use crate::faulty::{FaultyLog, until_dropped};
use domain::account::{Account, Role};
use domain::calendar::{BankHolidays, Calendar};
use domain::codes::{AdviceKind, Ending, OutcomeCode, Support};
use domain::desk::DeskCommand;
use domain::ids::{RequestId, ServiceSlug};
use domain::intake::Submission;
use domain::personal::Words;
use domain::policy::Policy;
use domain::request::{Command, Stated};
use engine::{Context, Done, Engine, Failure};
use futures::future::{BoxFuture, join_all};
use jiff::SignedDuration;
use jiff::civil::date;
use std::collections::HashMap;
use std::sync::Arc;

/// What one process does, until it is done or crashes.
type Work<'a> = BoxFuture<'a, Option<Result<Option<Done>, Failure>>>;

const COUNTIES: u64 = 10;
const REQUESTS_EACH: usize = 1_000;
/// Half a year in steps of a day on average.
const STEPS: usize = 200;
const PROCESSES: usize = 3;

/// Something that somebody wants to do, until it is known to be done.
#[derive(Clone)]
enum Wish {
    Submit(Context, Box<Submission>),
    Act(Context, RequestId, Box<Command>),
}

/// A county in which everything goes wrong that can.
struct Chaos {
    county: County,
    log: Arc<FaultyLog>,
    processes: Vec<Engine>,
    dice: fastrand::Rng,
    requests: Vec<RequestId>,
    submitted: usize,
    commands: u128,
    wishes: Vec<Wish>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_broken_promise_is_escalated_once_and_no_other() {
    let counties: Vec<_> = (0..COUNTIES).map(|seed| tokio::spawn(half_a_year(seed))).collect();
    let mut seen = model::Tally::default();
    for county in counties {
        seen.add(&county.await.unwrap());
    }
    // That nothing is missing says little unless much could have been.
    assert_eq!(seen.requests, usize::try_from(COUNTIES).unwrap() * REQUESTS_EACH);
    assert!(seen.broken > 1_000 && seen.kept > 1_000 && seen.recalculated > 100, "{seen:?}");
}

async fn half_a_year(seed: u64) -> model::Tally {
    let mut chaos = Chaos::founded(seed).await;
    for step in 0..STEPS {
        chaos.step(step).await;
    }
    let sane = chaos.county.another(seed + 1_000);
    while let Some(wish) = chaos.wishes.pop() {
        chaos.take(&wish, carry_out(&sane, &wish).await);
    }
    sane.run_due().await.unwrap();
    assert_eq!(sane.run_due().await.unwrap(), 0);
    model::compare(&sane).await
}

impl Chaos {
    async fn founded(seed: u64) -> Self {
        let county = County::founded().await;
        county.clock.set("2026-10-19T07:00:00Z".parse().unwrap());
        let mira = Account {
            id: "mira".parse().unwrap(),
            name: "Mira Lovell".to_owned(),
            role: Role::Adviser,
            school: None,
            service: None,
        };
        let policy = Policy { escalate_to: Some(mira.id.clone()), ..Policy::default() };
        let commands = vec![
            DeskCommand::OpenAccount(mira),
            DeskCommand::SetPolicy(policy),
            DeskCommand::PublishCalendar(calendar(&[])),
        ];
        county.engine.configure(&by_set_up(50), commands).await.unwrap();
        let log = Arc::new(FaultyLog::over(county.log.clone(), seed));
        let mut chaos = Self {
            county,
            log,
            processes: vec![],
            dice: fastrand::Rng::with_seed(seed),
            requests: vec![],
            submitted: 0,
            commands: 1_000,
            wishes: vec![],
        };
        chaos.processes = (0..PROCESSES).map(|_| chaos.process()).collect();
        chaos
    }

    fn process(&mut self) -> Engine {
        self.county.over(self.log.clone(), self.dice.u64(..))
    }

    /// Time passes; then everybody does something at once, and some of it goes wrong.
    async fn step(&mut self, step: usize) {
        let hours = SignedDuration::from_mins(self.dice.i64(1..2 * 60 * 22));
        self.county.clock.advance(hours);
        if step == STEPS / 3 {
            let closed = calendar(&[date(2027, 1, 6), date(2027, 2, 15)]);
            let publish = vec![DeskCommand::PublishCalendar(closed)];
            self.county.engine.configure(&by_set_up(51), publish).await.unwrap();
        }
        self.wish(step);
        let wishes = std::mem::take(&mut self.wishes);
        let mut work: Vec<Work<'_>> = vec![];
        for engine in &self.processes {
            let polls = self.dice.usize(1..400);
            let timers = async { engine.run_due().await.map(|_| None) };
            work.push(Box::pin(until_dropped(timers, polls)));
        }
        for wish in &wishes {
            let engine = &self.processes[self.dice.usize(..PROCESSES)];
            let polls = self.dice.usize(1..60);
            let act = async { carry_out(engine, wish).await.map(Some) };
            work.push(Box::pin(until_dropped(act, polls)));
        }
        let mut results = join_all(work).await.into_iter().skip(PROCESSES);
        for wish in &wishes {
            match results.next().flatten() {
                Some(result) => self.take(wish, result.map(|done| done.unwrap())),
                None => self.wishes.push(wish.clone()),
            }
        }
        if self.dice.usize(..25) == 0 {
            let dies = self.dice.usize(..PROCESSES);
            self.processes[dies] = self.process();
        }
    }

    /// What came of a wish. Who does not know asks again.
    fn take(&mut self, wish: &Wish, result: Result<Done, Failure>) {
        match (wish, result) {
            (Wish::Submit(..), Ok(done)) => self.requests.push(done.case.id),
            (Wish::Act(..), Ok(_) | Err(Failure::Refused(_))) => {}
            (_, Err(Failure::Unavailable(_) | Failure::Contended)) => {
                self.wishes.push(wish.clone());
            }
            (_, Err(failure)) => panic!("{failure:?}"),
        }
    }

    /// New requests, and something for some of the old ones.
    fn wish(&mut self, step: usize) {
        let due_by_now = REQUESTS_EACH * (step + 1) / STEPS;
        while self.submitted < due_by_now {
            self.submitted += 1;
            let context = self.context();
            let submission = Box::new(any_submission(&mut self.dice));
            self.wishes.push(Wish::Submit(context, submission));
        }
        for _ in 0..self.dice.usize(..=10).min(self.requests.len()) {
            // Rather a young one than one that has long been closed.
            let youngest = self.requests.len().saturating_sub(60);
            let request = self.requests[self.dice.usize(youngest..self.requests.len())];
            let (context, command) = (self.context(), any_command(&mut self.dice));
            self.wishes.push(Wish::Act(context, request, Box::new(command)));
        }
    }

    fn context(&mut self) -> Context {
        self.commands += 1;
        by_adviser(self.commands)
    }
}

async fn carry_out(engine: &Engine, wish: &Wish) -> Result<Done, Failure> {
    match wish {
        Wish::Submit(context, submission) => {
            engine.submit(context, SCHOOL, (**submission).clone()).await
        }
        Wish::Act(context, request, command) => {
            engine.act(context, *request, (**command).clone()).await
        }
    }
}

/// England's bank holidays, and closures.
fn calendar(closed: &[jiff::civil::Date]) -> Calendar {
    let file = include_str!("../../../frontdoor/county/bank-holidays.json");
    let mut divisions: HashMap<String, BankHolidays> = serde_json::from_str(file).unwrap();
    let calendar = Calendar::new(0, divisions.remove("england-and-wales").unwrap());
    let closures = closed.iter().map(|day| (*day, "Closed".to_owned())).collect();
    Calendar { closures, ..calendar }
}

fn any_submission(dice: &mut fastrand::Rng) -> Submission {
    let mut submission = submission();
    match dice.u8(..6) {
        0 => submission.intake.consent = None,
        1 => submission.intake.support_sought = vec![Support::Funding],
        2 => submission.intake.support_sought = vec![Support::EhcAssessment],
        _ => {}
    }
    submission
}

fn any_command(dice: &mut fastrand::Rng) -> Command {
    let words = || Words::text("We spoke.");
    let service = || -> ServiceSlug { "sensory-support".parse().unwrap() };
    match dice.u8(..17) {
        0..=2 => Command::Accept(service()),
        3..=4 => Command::Advise(AdviceKind::Strategies, words()),
        5..=6 => Command::AskInformation(words()),
        7 => Command::RecordContact(service(), words()),
        8 => Command::RecordOutcome(service(), OutcomeCode::GoalsMet, words()),
        9 => Command::Close(Ending::AdviceGiven, words()),
        10 => Command::Reopen(words()),
        11 => Command::Withdraw(words()),
        12 => Command::ReferToPanel(None, Stated::default()),
        13..=15 => {
            let consent = dice.bool().then(|| submission().intake.consent).flatten();
            Command::SupplyInformation(consent, vec![], words())
        }
        _ => Command::Note(words()),
    }
}
