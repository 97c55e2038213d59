//! What is due is done, once, by whoever comes first.

use crate::county::{County, SCHOOL, by_adviser, by_set_up, submission};
use domain::codes::AdviceKind;
use domain::desk::DeskCommand;
use domain::event::{Event, RequestEvent};
use domain::ids::RequestId;
use domain::personal::Words;
use domain::policy::Policy;
use domain::request::Command;
use engine::Engine;

const LATE: &str = "2026-11-27T17:00:00.001Z";

/// A request whose answer is due on the 27th at five, in a county with somebody to tell.
async fn unanswered(county: &County) -> RequestId {
    let account = domain::account::Account {
        id: "mira".parse().unwrap(),
        name: "Mira Lovell".to_owned(),
        role: domain::account::Role::Adviser,
        school: None,
        service: None,
    };
    let policy = Policy { escalate_to: Some(account.id.clone()), ..Policy::default() };
    let commands = vec![DeskCommand::OpenAccount(account), DeskCommand::SetPolicy(policy)];
    county.engine.configure(&by_set_up(50), commands).await.unwrap();
    let done = county.engine.submit(&by_adviser(51), SCHOOL, submission()).await.unwrap();
    done.case.id
}

async fn alarms(engine: &Engine, request: RequestId) -> Vec<String> {
    let history = engine.stream(&format!("request-{request}")).await.unwrap();
    let alarm = |event: &Option<Event>| {
        matches!(
            event,
            Some(Event::Request(
                RequestEvent::PromiseWarned(_)
                    | RequestEvent::PromiseBreached(_)
                    | RequestEvent::Escalated(_)
            ))
        )
    };
    history.into_iter().filter(|it| alarm(&it.event)).map(|it| it.name).collect()
}

#[tokio::test]
async fn nothing_is_done_before_it_is_due() {
    let county = County::founded().await;
    unanswered(&county).await;
    assert_eq!(county.engine.run_due().await.unwrap(), 0);
}

#[tokio::test]
async fn two_processes_escalate_once_between_them() {
    let county = County::founded().await;
    let request = unanswered(&county).await;
    county.clock.set(LATE.parse().unwrap());
    let other = county.another(8);

    let (one, two) = tokio::join!(county.engine.run_due(), other.run_due());

    assert_eq!(one.unwrap() + two.unwrap(), 1);
    // First contact and the answer are due at different instants; both are late by now.
    let told = alarms(&county.engine, request).await;
    let escalated = told.iter().filter(|name| *name == "request.escalated").count();
    assert_eq!(escalated, 2, "{told:?}");
    assert_eq!(county.engine.run_due().await.unwrap() + other.run_due().await.unwrap(), 0);
}

#[tokio::test]
async fn an_answer_that_comes_late_records_what_the_timers_missed() {
    let county = County::founded().await;
    let request = unanswered(&county).await;
    county.clock.set(LATE.parse().unwrap());
    let advise = Command::Advise(AdviceKind::Strategies, Words::text("Try this."));
    county.engine.act(&by_adviser(52), request, advise).await.unwrap();
    let told = alarms(&county.engine, request).await;
    assert!(told.contains(&"request.promise_breached".to_owned()), "{told:?}");
    assert_eq!(county.engine.run_due().await.unwrap(), 0);
}
