//! Who should have been told, from the names of what was stored; and who was.

use domain::event::NoticeEvent;
use domain::ids::NoticeId;
use engine::{Engine, Recorded};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How much there was to get wrong.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) requests: usize,
    pub(super) sent: usize,
    pub(super) given_up: usize,
    /// Messages that arrived more than once.
    pub(super) again: usize,
    /// Messages to line managers.
    pub(super) managers: usize,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.sent += other.sent;
        self.given_up += other.given_up;
        self.again += other.again;
        self.managers += other.managers;
    }
}

/// What of a message was stored.
#[derive(Debug, Default)]
struct Stored {
    failures: u32,
    sent: u32,
    given_up: u32,
}

/// Panics unless everybody was told of everything under one name.
pub(super) async fn compare(engine: &Engine, arrived: &HashMap<NoticeId, u32>) -> Tally {
    let mut tally = Tally::default();
    let mut causes: HashSet<Uuid> = HashSet::new();
    let mut answered: HashSet<Uuid> = HashSet::new();
    let mut messages: HashMap<NoticeId, Stored> = HashMap::new();
    let mut after = 0;
    loop {
        let events = engine.history(after, 5_000).await.unwrap();
        let Some(last) = events.last() else { break };
        after = last.position;
        for event in &events {
            tally.requests += usize::from(event.name == "request.received");
            tally.managers += usize::from(event.name == "request.escalated");
            if calls_for_a_message(event) {
                causes.insert(event.id.0);
            }
            if let (Some(notice), Some(happened)) = (event.notice(), event.noticed()) {
                let stored = messages.entry(notice).or_default();
                follow(stored, happened, event, &mut answered);
            }
        }
    }
    assert_eq!(answered, causes, "each cause has its message, and nothing else has one");
    assert_eq!(messages.len(), causes.len());
    for (notice, stored) in &messages {
        let times = arrived.get(notice).copied().unwrap_or(0);
        settle(notice, stored, times, &mut tally);
    }
    assert!(arrived.keys().all(|notice| messages.contains_key(notice)), "nobody made one up");
    tally
}

/// What a school, or a line manager, is to know.
fn calls_for_a_message(event: &Recorded) -> bool {
    matches!(
        event.name.as_str(),
        "request.received"
            | "request.information_asked"
            | "request.reminded"
            | "request.advised"
            | "request.closed"
            | "request.escalated"
    )
}

fn follow(
    stored: &mut Stored,
    happened: &NoticeEvent,
    event: &Recorded,
    answered: &mut HashSet<Uuid>,
) {
    match happened {
        NoticeEvent::Intended(_) => {
            let cause = event.causation_id.unwrap();
            assert!(answered.insert(cause), "two messages because of {cause}");
        }
        NoticeEvent::Sent(_) => stored.sent += 1,
        NoticeEvent::AttemptFailed(_) => stored.failures += 1,
        NoticeEvent::GivenUp(given_up) => {
            assert_eq!(given_up.attempts, super::BACK_OFF.most_attempts);
            stored.given_up += 1;
        }
        NoticeEvent::PutBack(_) => panic!("nobody put it back"),
    }
}

/// It arrived and was recorded as sent once; or it was tried to the last.
fn settle(notice: &NoticeId, stored: &Stored, times: u32, tally: &mut Tally) {
    let told = (stored.sent, stored.given_up);
    match told {
        (1, 0) => assert!(times > 0, "{notice} is said to be sent"),
        (0, 1) => assert_eq!(stored.failures, super::BACK_OFF.most_attempts - 1, "{notice}"),
        // Two processes tried for the last time at once: one failed, then the other got through.
        (1, 1) => assert!(times > 0, "{notice}"),
        _ => panic!("{notice} is {stored:?}"),
    }
    tally.sent += usize::from(stored.sent == 1);
    tally.given_up += usize::from(stored.given_up == 1);
    tally.again += usize::from(times > 1);
}
