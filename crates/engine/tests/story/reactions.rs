//! What a reaction adds, it adds once for each event, whoever else reacts and whoever dies.

use crate::county::{County, SCHOOL, by_adviser, submission};
use domain::codes::AdviceKind;
use domain::event::{Change, Event, RequestEvent};
use domain::personal::Words;
use domain::request::Command;
use domain::request::event::Noted;
use engine::{Consequence, Engine, Failure, Reacting, Reaction, Recorded};
use futures::FutureExt as _;
use log::{CursorName, Log as _, Position};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Notes on a stream of its own that a request came in.
struct Echo;

impl Reaction for Echo {
    const NAME: &'static str = "echo";

    fn follows(&self, stream: &str) -> bool {
        stream.starts_with("request-")
    }

    async fn answer(&self, _: &Engine, cause: &Recorded) -> Result<Vec<Consequence>, Failure> {
        let Some(Event::Request(RequestEvent::Received(_))) = cause.event else {
            return Ok(vec![]);
        };
        let changes = vec![Change::of(RequestEvent::Noted(Noted {}))];
        let stream = format!("echo-{}", cause.id);
        Ok(vec![Consequence { stream, expected: 0, changes, subject: None }])
    }
}

/// Notes on the request itself that it was advised on; while it thinks for the first time,
/// somebody else writes there.
#[derive(Default)]
struct Tally(AtomicBool);

impl Reaction for Tally {
    const NAME: &'static str = "tally";

    fn follows(&self, stream: &str) -> bool {
        stream.starts_with("request-")
    }

    async fn answer(&self, engine: &Engine, cause: &Recorded) -> Result<Vec<Consequence>, Failure> {
        let advised = matches!(cause.event, Some(Event::Request(RequestEvent::Advised(_))));
        let Some(request) = cause.request().filter(|_| advised) else { return Ok(vec![]) };
        let (_, expected) = engine.request(request).await?;
        if !self.0.swap(true, Ordering::Relaxed) {
            let note = Command::Note(Words::text("Ring the school."));
            engine.act(&by_adviser(104), request, note).await?;
        }
        let changes = vec![Change::of(RequestEvent::Noted(Noted {}))];
        let stream = cause.stream.clone();
        Ok(vec![Consequence { stream, expected, changes, subject: None }])
    }
}

async fn submitted(county: &County, command: u128) -> domain::ids::RequestId {
    let context = by_adviser(command);
    county.engine.submit(&context, SCHOOL, submission()).await.unwrap().case.id
}

/// How often each event was answered.
async fn answers(county: &County) -> BTreeMap<uuid::Uuid, u32> {
    let mut answers = BTreeMap::new();
    let mut after = 0;
    loop {
        let events = county.engine.history(after, 1_000).await.unwrap();
        let Some(last) = events.last() else { return answers };
        after = last.position;
        for event in events.iter().filter(|event| event.actor.id == "echo") {
            *answers.entry(event.causation_id.unwrap()).or_default() += 1;
        }
    }
}

#[tokio::test]
async fn each_event_is_answered_once_by_any_number_of_processes() {
    let county = County::founded().await;
    let mut reacting: Vec<Reacting<Echo>> = Vec::new();
    for seed in 1..4 {
        reacting.push(county.another(seed).reacting(Echo).await.unwrap());
    }
    for round in 0..20 {
        submitted(&county, 100 + 2 * round).await;
        submitted(&county, 101 + 2 * round).await;
        let steps = reacting.iter_mut().map(Reacting::step);
        futures::future::try_join_all(steps).await.unwrap();
    }
    for each in &mut reacting {
        each.catch_up().await.unwrap();
    }
    let answers = answers(&county).await;
    assert_eq!((answers.len(), answers.values().max()), (40, Some(&1)));
}

#[tokio::test]
async fn an_answer_knows_its_cause_and_the_conversation_it_belongs_to() {
    let county = County::founded().await;
    submitted(&county, 100).await;
    county.engine.reacting(Echo).await.unwrap().catch_up().await.unwrap();
    let events = county.engine.history(0, 1_000).await.unwrap();
    let cause = events.iter().find(|event| event.name == "request.received").unwrap();
    let answer = events.iter().find(|event| event.stream.starts_with("echo-")).unwrap();
    assert_eq!(answer.causation_id, Some(cause.id.0));
    assert_eq!(answer.correlation_id, cause.correlation_id);
    assert_ne!(answer.command_id, cause.command_id);
}

#[tokio::test]
async fn a_process_that_died_is_taken_over_from_where_it_was() {
    let county = County::founded().await;
    for command in 100..105 {
        submitted(&county, command).await;
    }
    // Whether it died before or after its append was stored, nobody knows who comes next.
    let mut died = county.another(1).reacting(Echo).await.unwrap();
    let _left_half_way = died.step().now_or_never();
    drop(died);
    submitted(&county, 105).await;
    county.another(2).reacting(Echo).await.unwrap().catch_up().await.unwrap();
    let answers = answers(&county).await;
    assert_eq!((answers.len(), answers.values().max()), (6, Some(&1)));
}

#[tokio::test]
async fn an_answer_to_a_request_that_moved_meanwhile_is_thought_over() {
    let county = County::founded().await;
    let request = submitted(&county, 100).await;
    for command in 101..104 {
        let advice = Command::Advise(AdviceKind::Strategies, Words::text("Sit in front."));
        county.engine.act(&by_adviser(command), request, advice).await.unwrap();
    }
    county.another(1).reacting(Tally::default()).await.unwrap().catch_up().await.unwrap();
    let stream = county.engine.stream(&format!("request-{request}")).await.unwrap();
    let tallied = stream.iter().filter(|event| event.actor.id == "tally");
    assert_eq!(tallied.count(), 3);
    assert!(stream.iter().any(|event| event.command_id == uuid::Uuid::from_u128(104)));
}

#[tokio::test]
async fn what_a_reaction_does_not_follow_is_not_written_down_as_read() {
    let county = County::founded().await;
    let cursor = CursorName::try_new("echo").unwrap();
    let mut echo = county.engine.reacting(Echo).await.unwrap();
    echo.catch_up().await.unwrap();
    assert_eq!(county.log.cursor(&cursor).await.unwrap(), Position::START);
    submitted(&county, 100).await;
    echo.catch_up().await.unwrap();
    assert!(county.log.cursor(&cursor).await.unwrap() > Position::START);
}
