//! Two requests that are one, and documents that come with one.

use super::*;
use crate::codes::Ending;
use crate::document::{DocumentAdded, DocumentKind, MediaType};
use crate::ids::{ChildId, DocumentId, RequestId, SchoolId};
use crate::personal::DocumentName;
use crate::request::{Merge, Stage};

pub(super) const SURVIVOR: RequestId = RequestId(Uuid::from_u128(0xFE));

/// Another request of the same school about the same child, as it stands.
pub(super) fn another(intake: Intake) -> Case {
    Case { id: SURVIVOR, ..received(intake).case().clone() }
}

pub(super) fn merge(into: Case) -> Command {
    Command::Merge(Box::new(Merge { into, same_child: true, words: words() }))
}

pub(super) fn document() -> Command {
    let added = DocumentAdded {
        document: DocumentId(Uuid::from_u128(0xD0C)),
        kind: DocumentKind::Report,
        media_type: MediaType::Pdf,
        size_bytes: 10,
        sealed_sha256: "9f86".to_owned(),
    };
    let name = DocumentName { file_name: "report.pdf".to_owned(), title: None };
    Command::AddDocument(added, name)
}

#[test]
fn a_duplicate_ends_and_points_to_the_request_that_goes_on() {
    let story = received(county::for_a_service()).when(merge(another(county::for_a_service())));
    let story = story.then(&["merged"]).then_is(Status::Closed);
    assert_eq!(story.case().stage, Stage::Closed { ending: Ending::Duplicate });
    assert_eq!(story.case().merged_into, Some(SURVIVOR));
}

#[test]
fn merging_answers_no_school_so_what_was_promised_lapses() {
    received(county::for_a_service())
        .when(merge(another(county::for_a_service())))
        .then_promises(&["respond lapses", "first_contact lapses"]);
}

#[test]
fn the_survivor_knows_for_whom_it_goes_on_and_stands_where_it_stood() {
    let story = received(county::for_a_service()).when(Command::Absorb(SURVIVOR));
    let story = story.then(&["absorbed"]).then_is(Status::WithService);
    assert_eq!(story.case().absorbed, [SURVIVOR]);
}

#[test]
fn a_merge_that_was_wrong_is_undone_by_reopening() {
    let story = received(county::for_a_service())
        .when(merge(another(county::for_a_service())))
        .when(Command::Reopen(words()))
        .then_is(Status::WithDutyAdviser);
    assert_eq!(story.case().merged_into, None);
}

#[test]
fn what_cannot_be_merged_says_why() {
    let from = || received(county::for_a_service());
    let into = || another(county::for_a_service());
    let itself = from().case().clone();
    let elsewhere = Case { school: SchoolId(Uuid::from_u128(9)), ..into() };
    let closed = Case { stage: Stage::Closed { ending: Ending::AdviceGiven }, ..into() };
    from().when(merge(itself)).then_refused(&Refusal::IntoItself);
    from().when(merge(elsewhere)).then_refused(&Refusal::OtherSchool);
    from().when(merge(closed)).then_refused(&Refusal::SurvivorClosed);
    received(county::for_an_ehc_assessment())
        .when(merge(into()))
        .then_refused(&Refusal::LosesStatutoryClock);
}

#[test]
fn requests_about_two_children_are_not_merged_before_somebody_links_them() {
    let child = Some(ChildId(Uuid::from_u128(7)));
    let mut story = received(county::for_a_service());
    let Request::Received(case) = &mut story.request else { panic!("not received") };
    case.child = child;
    let apart = Merge { into: another(county::for_a_service()), same_child: false, words: words() };
    story.when(Command::Merge(Box::new(apart))).then_refused(&Refusal::NotTheSame);
}

#[test]
fn a_document_comes_with_an_open_request_and_moves_nothing() {
    let story = received(county::for_a_service()).when(document());
    let story = story.then(&["document_added"]).then_promises(&[]).then_is(Status::WithService);
    assert_eq!(story.case().documents, [DocumentId(Uuid::from_u128(0xD0C))]);
    let closed = story.when(Command::Close(Ending::AdviceGiven, words()));
    closed.when(document()).then_refused(&Refusal::Closed);
}
