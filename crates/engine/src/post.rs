//! The post: delivers what the postmaster intended, and writes down what came of it.
//!
//! A message is delivered at least once and always under the same name: between its delivery
//! and the word about it in the log a process may die, and the next one delivers it again.
//! Whoever gets it twice can tell by the name.

mod outbox;

use crate::actor::Actor;
use crate::engine::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use domain::ids::NoticeId;
use domain::notice::{BackOff, Delivery, FailureCode, Message, NoticeCommand, NoticeRefusal};
use domain::personal::Address;
use jiff::Timestamp;
use outbox::Outbox;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How many messages are on their way at once.
const AT_ONCE: usize = 32;
/// How long the post waits after something here failed.
const REST: Duration = Duration::from_secs(5);
/// How long it waits at most when nothing is due.
const LONGEST: Duration = Duration::from_mins(1);

/// A message with its address, ready to go.
#[derive(Debug)]
pub struct Letter {
    /// What is to be said, by which channel.
    pub message: Message,
    /// Where it goes; `None` when it cannot be read any more.
    pub address: Option<Address>,
    /// When it goes.
    pub at: Timestamp,
}

/// Carries messages out of the house.
pub trait Courier: Send + Sync + 'static {
    /// Delivers a letter. The message's name goes with it, so that the other side can tell a
    /// second delivery from a second message. It takes a bounded time.
    fn deliver(&self, letter: &Letter) -> impl Future<Output = Result<(), FailureCode>> + Send;
}

/// The post at work.
pub struct Post<C> {
    engine: Engine,
    courier: Arc<C>,
    back_off: BackOff,
    outbox: Outbox,
}

impl<C: Courier> Post<C> {
    /// A post that delivers by this courier.
    #[must_use]
    pub fn new(engine: Engine, courier: Arc<C>, back_off: BackOff) -> Self {
        Self { engine, courier, back_off, outbox: Outbox::default() }
    }

    /// Delivers for ever, or until the log is closed. What fails is tried again.
    pub async fn run(mut self) {
        loop {
            if let Err(error) = self.round().await {
                tracing::warn!(error = %error, "the post failed and goes on");
                tokio::time::sleep(REST).await;
            }
            tokio::select! {
                moved = self.engine.moved(self.outbox.position()) => if !moved { return },
                () = tokio::time::sleep(self.rest()) => {}
            }
        }
    }

    /// Delivers everything that is due, a bounded number at once.
    pub async fn round(&mut self) -> Result<(), Failure> {
        loop {
            self.outbox.follow(&self.engine).await?;
            let due = self.outbox.due(self.engine.now(), AT_ONCE);
            if due.is_empty() {
                return Ok(());
            }
            let mut under_way = JoinSet::new();
            for notice in due {
                let (engine, courier) = (self.engine.clone(), Arc::clone(&self.courier));
                let back_off = self.back_off;
                under_way.spawn(async move { deliver(&engine, &*courier, back_off, notice).await });
            }
            // What is on its way is seen to its end, whatever becomes of the others: it would
            // go a second time if it were forgotten. A courier that panics is a fault of ours;
            // its message waits for the next round.
            let mut came = Ok(());
            while let Some(done) = under_way.join_next().await {
                came = came.and(done.map_err(|_| Failure::Contended).flatten());
            }
            came?;
        }
    }

    /// When the next message is due, if any waits.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.outbox.next_due()
    }

    fn rest(&self) -> Duration {
        let Some(next) = self.outbox.next_due() else { return LONGEST };
        let wait = next.duration_since(self.engine.now());
        Duration::try_from(wait).unwrap_or_default().min(LONGEST)
    }
}

/// Delivers one message, unless somebody did, and writes down what came of it.
async fn deliver(
    engine: &Engine,
    courier: &impl Courier,
    back_off: BackOff,
    notice: NoticeId,
) -> Result<(), Failure> {
    let (state, _) = engine.notice(&notice).await?;
    let Some(message) = state.message() else { return Ok(()) };
    let at = engine.now();
    if !matches!(message.delivery, Delivery::Waiting { .. }) {
        return Ok(());
    }
    let reader = ("front-door", "system");
    let doing = ("notices.deliver", "to deliver a message");
    let address = engine.address_of(reader, doing, &message.to).await?;
    let letter = Letter { message: message.clone(), address, at };
    let command = match courier.deliver(&letter).await {
        Ok(()) => NoticeCommand::RecordSent,
        Err(why) => {
            tracing::info!(notice = %notice, why = %why, "a message was not delivered");
            NoticeCommand::RecordFailure(why, back_off)
        }
    };
    let command_id = engine.fresh_id()?;
    let context = Context {
        actor: Actor::front_door("post"),
        command: command_id,
        fingerprint: engine.fingerprint(command_id.as_bytes()),
        effective_at: None,
        expected_version: None,
    };
    engine.carry_on(&context, &notice, command).await.map(drop)
}

/// That something was done about a message.
#[derive(Clone, Debug)]
pub struct CarriedOn {
    /// The message as it is now.
    pub message: Message,
    /// The position that knows of it.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

impl Engine {
    /// Has a message that was given up tried again, from the start.
    pub async fn put_back(
        &self,
        context: &Context,
        notice: &NoticeId,
    ) -> Result<CarriedOn, Failure> {
        self.writing(self.carry_on(context, notice, NoticeCommand::PutBack)).await
    }

    async fn carry_on(
        &self,
        context: &Context,
        notice: &NoticeId,
        command: NoticeCommand,
    ) -> Result<CarriedOn, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            let (state, version) = self.notice(notice).await?;
            let Some(message) = state.message().cloned() else {
                return Err(NoticeRefusal::Unknown.into());
            };
            if let Some(receipt) = self.receipt(context).await? {
                let position = receipt.last.get();
                return Ok(CarriedOn { message, position, replayed: true });
            }
            let at = self.moment(context)?;
            let changes = state.decide(command.clone(), at.recorded_at)?;
            if changes.is_empty() {
                return Ok(CarriedOn { message, position: self.head(), replayed: false });
            }
            let stream = format!("notice-{notice}");
            let addition = Addition { stream, expected: version, changes, subject: None };
            let appended = self.append(context, at, &[addition]).await?;
            let (position, replayed) = match appended {
                Appended::Now(written) => (written.receipt.last.get(), false),
                Appended::Before(receipt) => (receipt.last.get(), true),
                Appended::Conflict => continue,
            };
            let (state, _) = self.notice(notice).await?;
            let message = state.message().cloned().unwrap_or(message);
            return Ok(CarriedOn { message, position, replayed });
        }
        Err(Failure::Contended)
    }
}
