//! What holds for every request, whatever anybody did to it, in whatever order.

use super::*;
use crate::clock::ClockState;
use crate::codes::{Ending, OutcomeCode};
use crate::intake::Consent;
use crate::personal::Receipt;
use crate::request::Follows;
use crate::request::event::Answered;
use crate::statutory::StatutoryDecision;
use crate::triage::{Route, Why};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

const SERVICES: [&str; 4] = ["specialist-sen", "sensory-support", "statutory-sen", "nowhere"];

/// One thing that somebody does, and when: so many minutes after the one before, and
/// recorded so many minutes after it happened.
#[derive(Clone, Debug)]
struct Step {
    command: Command,
    later_minutes: i64,
    recorded_late_minutes: i64,
}

fn intakes() -> impl Strategy<Value = Intake> {
    let intakes = prop::sample::select(vec![
        county::for_a_service(),
        county::for_a_panel(),
        county::for_advice(),
        county::for_a_critical_incident(),
        county::for_another_authority(),
        county::for_an_ehc_assessment(),
    ]);
    (intakes, any::<bool>()).prop_map(|(intake, consented)| {
        if consented { intake } else { county::without_consent(intake) }
    })
}

fn some_words() -> impl Strategy<Value = Words> {
    prop::sample::select(vec![Words::default(), Words::text(" "), words(), words(), words()])
}

/// Answers to some of the first questions, if they were ever asked.
fn answers() -> impl Strategy<Value = Vec<Answered>> {
    let answered = |question| Answered { question, documents: vec![] };
    prop::collection::btree_set(1..5_u16, 0..3)
        .prop_map(move |numbers| numbers.into_iter().map(answered).collect())
}

fn stated() -> impl Strategy<Value = Stated> {
    let without_criteria = Reason { code: ReasonCode::Other, criteria: vec![] };
    prop::sample::select(vec![
        unexplained(),
        because(ReasonCode::NoCapacity),
        because(ReasonCode::CriteriaNotMet),
        Stated { reason: Some(without_criteria), words: words() },
    ])
}

fn commands() -> impl Strategy<Value = Command> {
    let service = || prop::sample::select(&SERVICES[..]).prop_map(county::service);
    let consent =
        prop::option::of(any::<bool>().prop_map(|given| Consent { given, ..county::consent() }));
    let panel = prop::option::of(prop::sample::select(vec!["semh", "nowhere"]));
    let decision = prop_oneof![
        Just(package()),
        Just(Decision::Advice),
        Just(Decision::Decline),
        Just(Decision::Defer),
        Just(Decision::EhcAssessment),
        service().prop_map(Decision::Service),
    ];
    let meeting = prop::sample::select(vec![
        "communication-interaction-2026-12-03",
        "communication-interaction-2026-12-10",
    ]);
    let signposts = prop::collection::vec(service(), 0..2);
    let agreement = prop::sample::select(vec![Agreement::Agreed, Agreement::Disputed]);
    prop_oneof![
        1 => intakes().prop_map(county::submit),
        3 => (consent, answers(), some_words()).prop_map(|(said, answers, mut words)| {
            words.answers = answers.iter().map(|_| Some("From nine to ten.".to_owned())).collect();
            Command::SupplyInformation(said, answers, words)
        }),
        1 => (signposts, some_words()).prop_map(|(to, words)| Command::Signpost(to, words)),
        1 => some_words().prop_map(Command::AcceptAdvice),
        3 => some_words().prop_map(Command::GoOn),
        3 => (agreement, some_words()).prop_map(|(it, words)| Command::ConfirmOutcome(it, words)),
        1 => Just(feedback()),
        3 => Just(Command::Check),
        1 => some_words().prop_map(Command::Withdraw),
        3 => some_words().prop_map(Command::AskInformation),
        2 => Just(ask()),
        2 => some_words().prop_map(|words| Command::Advise(AdviceKind::Strategies, words)),
        4 => (service(), stated()).prop_map(|(to, why)| Command::Route(to, why)),
        3 => (panel, stated())
            .prop_map(|(to, why)| Command::ReferToPanel(to.map(|it| it.parse().unwrap()), why)),
        4 => service().prop_map(Command::Accept),
        4 => (service(), stated()).prop_map(|(by, why)| Command::Decline(by, why)),
        4 => (service(), service(), stated())
            .prop_map(|(by, to, why)| Command::HandOver(by, to, why)),
        3 => (prop::option::of(service()), service(), some_words())
            .prop_map(|(by, who, words)| Command::Involve(by, who, words)),
        1 => (prop::option::of(service()), service(), some_words())
            .prop_map(|(by, who, words)| Command::Release(by, who, words)),
        2 => (prop::sample::select(vec!["835", "865"]), stated())
            .prop_map(|(to, why)| Command::Redirect(to.parse().unwrap(), why)),
        1 => Just(Command::RecordReceipt(date(2026, 11, 20), Receipt::default())),
        3 => (prop::sample::select(StatutoryDecision::ALL), stated()).prop_map(|(what, why)| {
            Command::DecideStatutory(county::service("statutory-sen"), what, why)
        }),
        2 => (service(), some_words()).prop_map(|(by, words)| Command::RecordContact(by, words)),
        2 => (service(), some_words())
            .prop_map(|(by, words)| Command::RecordOutcome(by, OutcomeCode::GoalsMet, words)),
        3 => meeting.prop_map(|it| Command::PutOnAgenda(it.parse().unwrap())),
        1 => Just(Command::TakeOffAgenda),
        4 => (decision, stated()).prop_map(|(what, why)| {
            Command::Rule(Box::new(Ruling { reason: why.reason, ..ruling(what) }))
        }),
        2 => (service(), some_words()).prop_map(|(by, words)| Command::QueryPart(by, words)),
        1 => (service(), some_words()).prop_map(|(to, words)| Command::AnswerQuery(to, words)),
        3 => reviews(),
        1 => some_words().prop_map(|words| Command::Close(Ending::AdviceGiven, words)),
        3 => some_words().prop_map(Command::Reopen),
        1 => some_words().prop_map(Command::Note),
        1 => Just(merging::document()),
        1 => intakes().prop_map(|intake| merging::merge(merging::another(intake))),
        1 => Just(Command::Absorb(merging::SURVIVOR)),
    ]
}

/// Reviews of a package, if there is one: of its first contribution, or of what came after.
fn reviews() -> impl Strategy<Value = Command> {
    let follows = prop_oneof![
        Just(Follows::Continue(date(2027, 3, 24))),
        (prop::sample::select(&SERVICES[..]), 1..400)
            .prop_map(|(to, hours)| Follows::Change(packages::another(to, "2027-03-15", hours))),
        Just(Follows::End),
        Just(Follows::Refer),
    ];
    let results = prop::sample::select(vec![vec![], vec![1], vec![2], vec![1, 2]]);
    (results, follows).prop_map(|(results, follows)| packages::review(&results, follows))
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let late = prop_oneof![3 => Just(0), 1 => 0..3_000_i64];
    let later = prop_oneof![6 => 0..3_000_i64, 1 => 10_000..40_000_i64];
    let step =
        (commands(), later, late).prop_map(|(command, later_minutes, recorded_late_minutes)| {
            Step { command, later_minutes, recorded_late_minutes }
        });
    prop::collection::vec(step, 0..20)
}

/// A request as it stands after each step of a random life, the first being its receipt.
fn lives() -> impl Strategy<Value = Vec<Story>> {
    let desks = [county::desk(), county::desk_in_mode("assisted"), county::desk_without_a_rota()];
    let desk = prop::sample::select(desks.map(Rc::new).to_vec());
    (desk, intakes(), steps()).prop_map(|(desk, intake, steps)| {
        let mut story = given(desk).when(county::submit(intake));
        let mut life = vec![story.clone()];
        for Step { command, later_minutes, recorded_late_minutes } in steps {
            let recorded_at = story.at.recorded_at + later_minutes.minutes();
            let effective_at = recorded_at - recorded_late_minutes.minutes();
            let before = story.request.clone();
            story = Story { at: Moment { effective_at, recorded_at }, ..story };
            let decided = before.decide(command.clone(), &story.desk, story.at);
            story = story.when(command);
            assert_eq!(decided, story.last, "decided differently the second time");
            assert!(story.last.is_ok() || before == story.request, "a refusal changed something");
            life.push(story.clone());
        }
        life
    })
}

/// Everything that happened in a life, with when.
fn history(life: &[Story]) -> Vec<(Timestamp, RequestEvent, Vec<ClockChange>)> {
    let accepted = life.iter().filter(|story| story.last.is_ok());
    accepted
        .flat_map(|story| {
            let at = story.at.effective_at;
            let clocks = story.changes().iter().map(|change| change.clocks.clone());
            story.happened().cloned().zip(clocks).map(move |(event, clocks)| (at, event, clocks))
        })
        .collect()
}

fn replay<'a>(
    history: impl IntoIterator<Item = &'a (Timestamp, RequestEvent, Vec<ClockChange>)>,
) -> Request {
    let numbered = (1..).map(|number| EventId(Uuid::from_u128(number))).zip(history);
    numbered.fold(Request::default(), |request, (id, (effective_at, event, clocks))| {
        let effective_at = *effective_at;
        request.evolve(&Happened { id, effective_at, event, clocks })
    })
}

fn has_no_holes(clock: &crate::clock::Clock, now: Timestamp, desk: &Desk) -> bool {
    let ledger = clock.ledger(now, &desk.calendar);
    let until = clock.stopped_at.unwrap_or(now).max(clock.started_at);
    let edges: Vec<_> = ledger.iter().map(|line| line.from).chain([until]).collect();
    edges[0] == clock.started_at && ledger.iter().map(|line| line.to).eq(edges[1..].iter().copied())
}

proptest! {
    #[test]
    fn the_due_answer_is_unknown_exactly_while_the_school_is_asked(life in lives()) {
        for story in life {
            let waiting = story.case().status() == Status::AwaitingInformation;
            prop_assert_eq!(story.case().respond_by().is_none(), waiting);
        }
    }

    #[test]
    fn somebody_is_accountable_whenever_the_rota_names_anybody(life in lives()) {
        for story in life {
            let anybody = !story.desk.rotas.is_empty();
            prop_assert_eq!(story.case().adviser.is_some(), anybody);
        }
    }

    #[test]
    fn a_promise_is_open_once_at_most_and_none_once_the_request_is_closed(life in lives()) {
        for story in life {
            let case = story.case();
            let mut open: Vec<_> = case.clocks.open().map(|clock| clock.promise).collect();
            let all = open.len();
            open.sort();
            open.dedup();
            prop_assert_eq!(open.len(), all);
            prop_assert!(open.is_empty() || case.status() != Status::Closed);
        }
    }

    #[test]
    fn a_request_that_waits_waits_for_something(life in lives()) {
        for story in life {
            let case = story.case();
            let open = case.conversation.open().count();
            let missing = case.undecided && !case.intake.missing().is_empty();
            let waiting = case.status() == Status::AwaitingInformation;
            prop_assert!(!waiting || open > 0 || missing);
            prop_assert!(waiting || open == 0, "a question that nobody waits for is open");
        }
    }

    #[test]
    fn questions_are_numbered_as_they_were_asked(life in lives()) {
        let questions = &life.last().unwrap().case().conversation.questions;
        let numbers: Vec<_> = questions.iter().map(|question| usize::from(question.number)).collect();
        prop_assert_eq!(numbers, (1..=questions.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_request_that_the_rules_could_decide_is_decided(life in lives()) {
        for story in life {
            let case = story.case();
            let decidable = case.undecided && case.intake.missing().is_empty();
            let held_up = matches!(case.status(), Status::AwaitingInformation | Status::Closed);
            // Whoever asked what was never answered decides without it.
            let unanswered = Some(Route::Duty { why: Why::Unanswered });
            prop_assert!(!decidable || held_up || case.route == unanswered, "{:?}", case);
        }
    }

    #[test]
    fn a_clock_waits_exactly_while_the_school_is_asked(life in lives()) {
        for story in life {
            let waiting = story.case().status() == Status::AwaitingInformation;
            let open = story.case().clocks.open();
            for clock in open.filter(|clock| !clock.promise.is_statutory()) {
                prop_assert_eq!(clock.due_at.is_none(), waiting, "{}", clock.promise);
            }
        }
    }

    #[test]
    fn no_ledger_has_a_hole(life in lives()) {
        let story = life.last().unwrap();
        for clock in story.case().clocks.iter() {
            prop_assert!(has_no_holes(clock, story.at.recorded_at, &story.desk), "{:?}", clock);
        }
    }

    #[test]
    fn what_an_event_says_of_a_promise_is_what_its_clock_shows(life in lives()) {
        for story in life.iter().filter(|story| story.last.is_ok()) {
            let calendar = &story.desk.calendar;
            for change in story.changes().iter().flat_map(|change| &change.clocks) {
                let ClockChange::Stopped { promise, at, met, kept, working_minutes } = change else {
                    continue;
                };
                let says_so = |clock: &crate::clock::Clock| {
                    let in_time = clock.state(*at) == ClockState::Kept;
                    clock.promise == *promise
                        && clock.stopped_at == Some(*at)
                        && *kept == (*met && in_time)
                        && *working_minutes == clock.working_minutes(*at, calendar)
                };
                let shown = story.case().clocks.iter().any(says_so);
                prop_assert!(shown, "{:?}", change);
            }
        }
    }

    #[test]
    fn replay_leads_to_where_it_stands(life in lives()) {
        prop_assert_eq!(&replay(&history(&life)), &life.last().unwrap().request);
    }

    #[test]
    fn history_is_never_argued_with_however_it_comes(
        (order, life) in lives().prop_flat_map(|life| {
            let events: Vec<_> = (0..history(&life).len()).cycle().take(60).collect();
            (Just(events).prop_shuffle(), Just(life))
        }),
    ) {
        let (history, last) = (history(&life), life.last().unwrap());
        let request = replay(order.into_iter().map(|place| &history[place]));
        let case = request.case().unwrap();
        prop_assert_eq!(case.id, county::REQUEST);
        for clock in case.clocks.iter() {
            prop_assert!(has_no_holes(clock, last.at.recorded_at, &last.desk), "{:?}", clock);
        }
    }
}
