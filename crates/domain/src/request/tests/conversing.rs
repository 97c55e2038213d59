//! Questions one by one: what is answered, what is still open, and what goes on meanwhile.

use super::*;
use crate::event::RequestEvent as E;
use crate::ids::DocumentId;
use crate::request::event::Answered;
use crate::request::{AnswerFault, QuestionState};
use crate::triage::Route;

fn answering(numbers: &[u16]) -> Command {
    let answered = |question: &u16| Answered { question: *question, documents: vec![] };
    let answers = numbers.iter().map(|_| Some("From nine to ten.".to_owned())).collect();
    let words = Words { answers, ..Words::default() };
    Command::SupplyInformation(None, numbers.iter().map(answered).collect(), words)
}

fn faults(faults: Vec<AnswerFault>) -> Refusal {
    Refusal::Answers(faults)
}

#[track_caller]
fn then_open(story: Story, numbers: &[u16]) -> Story {
    let open: Vec<_> = story.case().conversation.open().map(|each| each.number).collect();
    assert_eq!(open, numbers);
    story
}

fn completes(story: &Story) -> bool {
    story.happened().any(|event| matches!(event, E::InformationSupplied(it) if it.complete))
}

#[test]
fn questions_are_numbered_through_the_request() {
    let story = received(county::for_a_service()).when(ask());
    let story = then_open(story, &[1, 2]).when(answering(&[1, 2])).when(ask());
    then_open(story, &[3, 4]);
}

#[test]
fn a_text_that_lists_no_questions_is_one() {
    let story = received(county::for_a_service()).when(Command::AskInformation(words()));
    then_open(story, &[1]);
}

#[test]
fn a_partial_answer_is_kept_and_the_rest_stays_open() {
    let story = received(county::for_a_service())
        .when(ask())
        .at("2026-11-23T10:00:00Z")
        .when(answering(&[2]))
        .then(&["information_supplied"])
        .then_promises(&[])
        .then_is(Status::AwaitingInformation);
    assert!(!completes(&story));
    let story = then_open(story, &[1]).at("2026-11-24T10:00:00Z").when(answering(&[1]));
    assert!(completes(&story));
    then_open(story, &[])
        .then_promises(&["first_contact runs on, due 2026-12-01T17:00:00Z"])
        .then_is(Status::WithService);
}

#[test]
fn a_text_alone_answers_everything_that_is_open() {
    let story = received(county::for_a_service()).when(ask()).when(answering(&[2])).when(supply());
    let answered = story.happened().find_map(|event| {
        if let E::InformationSupplied(it) = event { Some(it.answers.clone()) } else { None }
    });
    assert_eq!(answered, Some(vec![Answered { question: 1, documents: vec![] }]));
    then_open(story, &[]).then_is(Status::WithService);
}

#[test]
fn every_fault_of_the_answers_is_found_at_once() {
    let document = DocumentId(Uuid::from_u128(5));
    let answered = |question, documents| Answered { question, documents };
    let answers = vec![
        answered(7, vec![document]),
        answered(1, vec![]),
        answered(2, vec![]),
        answered(2, vec![]),
    ];
    let said = |text: &str| Some(text.to_owned());
    let answers_said = vec![None, said(" "), said("At ten."), said("At eleven.")];
    let words = Words { answers: answers_said, ..Words::default() };
    received(county::for_a_service())
        .when(ask())
        .when(Command::SupplyInformation(None, answers, words))
        .then_refused(&faults(vec![
            AnswerFault::UnknownQuestion { place: 0, number: 7 },
            AnswerFault::UnknownDocument { place: 0, document_place: 0, document },
            AnswerFault::Empty { place: 1 },
            AnswerFault::AnsweredTwice { place: 3, number: 2 },
        ]));
}

#[test]
fn a_request_without_consent_that_was_asked_too_waits_for_both() {
    let both = received(county::without_consent(county::for_a_service()))
        .when(ask())
        .then_is(Status::AwaitingInformation);
    let consent_first = both.clone().when(supply_consent()).then_is(Status::AwaitingInformation);
    then_open(consent_first, &[1, 2])
        .when(answering(&[1, 2]))
        .then(&["information_supplied", "triaged"])
        .then_is(Status::WithService);
    let answers_first = both.when(answering(&[1, 2])).then_is(Status::AwaitingInformation);
    then_open(answers_first, &[]).when(supply_consent()).then_is(Status::WithService);
}

#[test]
fn what_nobody_waits_for_any_longer_is_dropped_and_can_still_be_answered() {
    let story = received(county::for_a_service())
        .when(ask())
        .when(route("sensory-support", because(ReasonCode::NewInformation)))
        .then_is(Status::WithService);
    let states = |story: &Story| {
        let questions = story.case().conversation.questions.iter();
        questions.map(|question| question.state).collect::<Vec<_>>()
    };
    assert_eq!(states(&story), [QuestionState::Dropped; 2]);
    let late = story.when(answering(&[1])).then_promises(&[]).then_is(Status::WithService);
    assert_eq!(states(&late), [QuestionState::Answered, QuestionState::Dropped]);
}

#[test]
fn a_service_records_its_contact_while_the_school_is_asked() {
    let contact = |by| Command::RecordContact(county::service(by), words());
    let asked = received(county::for_a_service())
        .when(accept("specialist-sen"))
        .at("2026-11-23T09:00:00Z")
        .when(ask());
    asked
        .clone()
        .at("2026-11-23T11:00:00Z")
        .when(contact("specialist-sen"))
        .then(&["first_contact_made"])
        .then_promises(&[
            "first_contact runs on, due 2026-11-30T11:00:00Z",
            "first_contact kept after 420 min",
        ])
        .then_is(Status::AwaitingInformation)
        .when(supply())
        .then_is(Status::WithService);
    let status = Status::AwaitingInformation;
    let verb = "given a first contact";
    asked.when(contact("sensory-support")).then_refused(&Refusal::NotNow { verb, status });
}

#[test]
fn consent_that_comes_after_a_close_and_a_reopening_lets_the_rules_decide() {
    let close = Command::Close(crate::codes::Ending::NoAnswer, Words::default());
    let reopened = received(county::without_consent(county::for_a_service()))
        .when(close)
        .when(Command::Reopen(Words::default()))
        .then_is(Status::WithDutyAdviser);
    reopened
        .clone()
        .when(supply_consent())
        .then(&["information_supplied", "triaged"])
        .then_is(Status::WithService);
    reopened
        .when(ask())
        .when(supply_consent())
        .then_is(Status::AwaitingInformation)
        .when(supply())
        .then(&["information_supplied", "triaged"])
        .then_is(Status::WithService);
}

#[test]
fn consent_does_not_undo_what_a_person_decided_without_it() {
    let story = received(county::without_consent(county::for_a_service()))
        .when(route("sensory-support", because(ReasonCode::Safeguarding)))
        .when(supply_consent())
        .then(&["information_supplied"]);
    let service = county::service("sensory-support");
    assert_eq!(story.case().route, Some(Route::Service { service }));
}
