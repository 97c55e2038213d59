//! Messages about ten thousand requests, several processes, and crashes everywhere: none is
//! missing, none is intended twice, and each arrives unless it was tried to the last.
//!
//! Who should have been told is worked out afterwards from the names of what was stored, by a
//! table that knows nothing of the one that decides.

mod model;

use crate::county::{County, SCHOOL, by_adviser, by_set_up, submission};
use crate::faulty::{FaultyLog, until_dropped};
use domain::account::{Account, Role};
use domain::codes::{AdviceKind, Ending};
use domain::desk::DeskCommand;
use domain::ids::{NoticeId, RequestId};
use domain::notice::{BackOff, FailureCode, NoticeChannel, Recipient};
use domain::personal::{Address, Words};
use domain::policy::Policy;
use domain::request::Command;
use engine::{Courier, Failure, Letter, Post, Postmaster, Reacting};
use futures::future::join_all;
use jiff::SignedDuration;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::task::yield_now;

const COUNTIES: u64 = 10;
const REQUESTS_EACH: usize = 1_000;
const STEPS: usize = 20;
const PROCESSES: usize = 3;
const BACK_OFF: BackOff = BackOff { base_seconds: 60, most_attempts: 4 };

/// Carries letters, and now and then does not, or does and does not say so.
struct FickleCourier {
    dice: Mutex<fastrand::Rng>,
    /// How often each message arrived.
    arrived: Mutex<HashMap<NoticeId, u32>>,
}

impl FickleCourier {
    fn throw(&self) -> u8 {
        self.dice.lock().unwrap().u8(..10)
    }
}

impl Courier for FickleCourier {
    async fn deliver(&self, letter: &Letter) -> Result<(), FailureCode> {
        assert!(letter.address.is_some(), "everybody here chose one");
        let throw = self.throw();
        yield_now().await;
        if throw < 3 {
            return Err(FailureCode::Unreachable);
        }
        *self.arrived.lock().unwrap().entry(letter.message.id.clone()).or_default() += 1;
        yield_now().await;
        if throw == 3 { Err(FailureCode::TimedOut) } else { Ok(()) }
    }
}

/// One process, which may lose all that it has in memory.
struct Process {
    postmaster: Reacting<Postmaster>,
    post: Post<FickleCourier>,
}

struct Chaos {
    county: County,
    log: Arc<FaultyLog>,
    courier: Arc<FickleCourier>,
    dice: fastrand::Rng,
    processes: Vec<Process>,
    commands: u128,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_should_know_is_told_under_one_name() {
    let counties: Vec<_> = (0..COUNTIES).map(|seed| tokio::spawn(some_days(seed))).collect();
    let mut seen = model::Tally::default();
    for county in counties {
        seen.add(&county.await.unwrap());
    }
    assert_eq!(seen.requests, usize::try_from(COUNTIES).unwrap() * REQUESTS_EACH);
    // That all is well says little unless much could have gone wrong.
    let much = seen.sent > 10_000 && seen.again > 300 && seen.given_up > 50 && seen.managers > 100;
    assert!(much, "{seen:?}");
}

async fn some_days(seed: u64) -> model::Tally {
    let mut chaos = Chaos::founded(seed).await;
    for _ in 0..STEPS {
        chaos.step().await;
    }
    let sane = chaos.county.another(seed + 1_000);
    sane.run_due().await.unwrap();
    sane.reacting(Postmaster).await.unwrap().catch_up().await.unwrap();
    let mut post = Post::new(sane.clone(), chaos.courier.clone(), BACK_OFF);
    post.round().await.unwrap();
    while let Some(next) = post.next_due() {
        chaos.county.clock.set(next.max(sane.now()));
        post.round().await.unwrap();
    }
    let arrived = chaos.courier.arrived.lock().unwrap().clone();
    model::compare(&sane, &arrived).await
}

impl Chaos {
    async fn founded(seed: u64) -> Self {
        let county = County::founded().await;
        choose(&county).await;
        let courier = FickleCourier {
            dice: Mutex::new(fastrand::Rng::with_seed(seed)),
            arrived: Mutex::default(),
        };
        let mut chaos = Self {
            log: Arc::new(FaultyLog::over(county.log.clone(), seed)),
            county,
            courier: Arc::new(courier),
            dice: fastrand::Rng::with_seed(seed),
            processes: vec![],
            commands: 1_000,
        };
        for _ in 0..PROCESSES {
            let process = chaos.process().await;
            chaos.processes.push(process);
        }
        chaos
    }

    async fn process(&mut self) -> Process {
        let engine = self.county.over(self.log.clone(), self.dice.u64(..));
        let postmaster = engine.reacting(Postmaster).await.unwrap();
        let post = Post::new(engine, self.courier.clone(), BACK_OFF);
        Process { postmaster, post }
    }

    /// Things happen; then everybody tells of them at once, and some of it goes wrong.
    async fn step(&mut self) {
        self.county.clock.advance(SignedDuration::from_mins(self.dice.i64(1..20 * 60)));
        self.happen().await;
        // What is cut off half-way is gone; the process itself goes on. Some have the day off.
        let turns = (0..PROCESSES).map(|_| self.dice.usize(1..4_000) * self.dice.usize(..2));
        let turns: Vec<_> = turns.collect();
        let work = self.processes.iter_mut().zip(turns).map(|(process, turns)| async move {
            let told = until_dropped(process.postmaster.catch_up(), turns);
            let delivered = until_dropped(process.post.round(), turns);
            let (told, delivered) = futures::future::join(told, delivered).await;
            for result in told.into_iter().chain(delivered) {
                let cut_off =
                    matches!(result, Ok(()) | Err(Failure::Unavailable(_) | Failure::Contended));
                assert!(cut_off, "{result:?}");
            }
        });
        join_all(work).await;
        if self.dice.usize(..4) == 0 {
            let dies = self.dice.usize(..PROCESSES);
            self.processes[dies] = self.process().await;
        }
    }

    /// Requests come in, each is dealt with somehow, and what is due is done.
    async fn happen(&mut self) {
        let engine = self.county.engine.clone();
        let contexts: Vec<_> = (0..REQUESTS_EACH / STEPS).map(|_| self.context()).collect();
        let submitted = contexts.iter().map(|it| engine.submit(it, SCHOOL, submission()));
        let requests: Vec<RequestId> =
            join_all(submitted).await.into_iter().map(|done| done.unwrap().case.id).collect();
        for request in requests {
            let (context, command) = (self.context(), any_command(&mut self.dice));
            if let Some(command) = command {
                engine.act(&context, request, command).await.unwrap();
            }
        }
        engine.run_due().await.unwrap();
    }

    fn context(&mut self) -> engine::Context {
        self.commands += 1;
        by_adviser(self.commands)
    }
}

/// The school chose a webhook, the line manager mail.
async fn choose(county: &County) {
    let mira = Account {
        id: "mira".parse().unwrap(),
        name: "Mira Lovell".to_owned(),
        role: Role::Adviser,
        school: None,
        service: None,
    };
    let manager = Recipient::Account(mira.id.clone());
    let policy = Policy { escalate_to: Some(mira.id.clone()), ..Policy::default() };
    let commands = vec![DeskCommand::OpenAccount(mira), DeskCommand::SetPolicy(policy)];
    county.engine.configure(&by_set_up(50), commands).await.unwrap();
    let secret = county.engine.webhook_secret().unwrap();
    let hook = Address::Webhook { url: "https://school.example/news".to_owned(), secret };
    let mail = Address::Email("mira@council.example".to_owned());
    for (command, to, channel, address) in [
        (51, Recipient::School(SCHOOL), NoticeChannel::Webhook, hook),
        (52, manager, NoticeChannel::Email, mail),
    ] {
        let context = by_set_up(command);
        county.engine.choose_updates(&context, to, channel, Some(address)).await.unwrap();
    }
}

fn any_command(dice: &mut fastrand::Rng) -> Option<Command> {
    let words = || Words::text("We spoke.");
    match dice.u8(..8) {
        0..=2 => Some(Command::Advise(AdviceKind::Strategies, words())),
        3 => Some(Command::AskInformation(words())),
        4 => Some(Command::Close(Ending::AdviceGiven, words())),
        5 => Some(Command::Note(words())),
        _ => None,
    }
}
