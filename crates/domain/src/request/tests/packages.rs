//! A package of support goes on: it is asked about, reviewed, changed, and over.

use super::*;
use crate::package::event::PackageEnd;
use crate::package::{OutcomeMet, Provider, ReviewResult, totals};
use crate::personal::{MeasuredWords, ReviewWords};
use crate::policy::Policy;
use crate::request::{Follows, Review};

const GIVES: &str = "specialist-sen";
const OTHER: &str = "sensory-support";

/// Two hours of outreach a week from 4 January to 26 March 2027, reviewed on 15 March: twelve
/// weeks at £90.
pub(super) fn supported() -> Story {
    on_the_agenda(county::for_a_panel()).when(rule(package()))
}

fn found(number: u16) -> ReviewResult {
    ReviewResult { number, outcome: OutcomeMet::Partly }
}

pub(super) fn review(results: &[u16], follows: Follows) -> Command {
    let measure = "Asked for help in words on three days of five.".to_owned();
    Command::ReviewPackage(Box::new(Review {
        by: county::name("mira"),
        as_service: Some(county::service(GIVES)),
        results: results.iter().map(|number| found(*number)).collect(),
        follows,
        words: ReviewWords {
            text: "She has come far.".to_owned(),
            measured: results.iter().map(|_| MeasuredWords { measure: measure.clone() }).collect(),
            package: None,
        },
    }))
}

/// The same outreach by another service, from a day on until the end of May.
pub(super) fn another(service: &str, starts: &str, hours: i32) -> PackageDraft {
    let Decision::Package(mut draft) = package() else { unreachable!("it is a package") };
    draft.contributions[0].provider = Provider::Service(county::service(service));
    draft.key_worker_of = Provider::Service(county::service(service));
    draft.contributions[0].quantity = TenThousandths::whole(hours);
    draft.contributions[0].starts = starts.parse().unwrap();
    draft.contributions[0].ends = date(2027, 5, 28);
    draft.contributions[0].review_on = date(2027, 5, 3);
    draft
}

fn committed(story: &Story) -> i64 {
    let support = story.case().support.as_ref().unwrap();
    totals::total(support.committed()).pence
}

fn query(service: &str) -> Command {
    Command::QueryPart(county::service(service), Words::text("Which school is it in?"))
}

fn answer(service: &str) -> Command {
    Command::AnswerQuery(county::service(service), Words::text("In the primary school."))
}

#[test]
fn a_service_asks_about_its_part_and_is_answered_before_it_takes_it_on() {
    let story = supported().when(query(GIVES)).then(&["part_queried"]);
    assert_eq!(story.case().support.as_ref().unwrap().queries.len(), 1);
    let story = story.when(answer(GIVES)).then(&["query_answered"]);
    let nothing = Refusal::NothingQueried(county::service(GIVES));
    let story = story.when(answer(GIVES)).then_refused(&nothing);
    story.when(accept(GIVES)).when(query(GIVES)).then_refused(&Refusal::AlreadyAccepted);
}

#[test]
fn who_has_no_part_asks_nothing_and_what_is_no_package_is_not_asked_about() {
    supported().when(query(OTHER)).then_refused(&Refusal::NotInvolved(county::service(OTHER)));
    let silent = Command::QueryPart(county::service(GIVES), Words::default());
    supported().when(silent).then_refused(&Refusal::NothingSaid);
    received(county::for_a_panel()).when(query(GIVES)).then_refused(&Refusal::NoPackage);
}

#[test]
fn a_review_falls_due_when_the_council_opens_on_its_day() {
    let story = supported().at("2027-03-15T08:59:59Z").when(Command::Check).then(&[]);
    let desk = county::desk();
    assert_eq!(story.case().next_check(&desk), Some(at("2027-03-15T09:00:00Z")));
    let story = story.at("2027-03-15T09:00:00Z").when(Command::Check).then(&["review_fell_due"]);
    story.when(Command::Check).then(&[]);
}

#[test]
fn a_review_that_nobody_records_is_chased_and_from_the_second_time_on_escalated() {
    let policy = Policy { escalate_to: Some(county::name("mira")), ..Policy::default() };
    let desk = Desk { policy, ..county::desk() };
    given(desk)
        .when(county::submit(county::for_a_panel()))
        .when(Command::PutOnAgenda(meeting()))
        .when(rule(package()))
        .at("2027-03-15T09:00:00Z")
        .when(Command::Check)
        .then(&["review_fell_due"])
        .at("2027-03-22T16:59:59Z")
        .when(Command::Check)
        .then(&[])
        .at("2027-03-22T17:00:00Z")
        .when(Command::Check)
        .then(&["review_chased"])
        .at("2027-03-26T17:00:00Z")
        .when(Command::Check)
        .then(&["contribution_ended", "package_ended"])
        .at("2027-05-31T17:00:00Z")
        .when(Command::Check)
        .then(&[]);
}

#[test]
fn the_line_manager_hears_of_the_second_chase() {
    let policy = Policy {
        escalate_to: Some(county::name("mira")),
        chase_review_after_working_days: 2,
        ..Policy::default()
    };
    let story = given(Desk { policy, ..county::desk() })
        .when(county::submit(county::for_a_panel()))
        .when(Command::PutOnAgenda(meeting()))
        .when(rule(package()))
        .at("2027-03-19T17:00:00Z")
        .when(Command::Check)
        .then(&["review_fell_due"]);
    // It was found on Friday: two working days later is Tuesday, four are Thursday.
    let story = story.at("2027-03-25T17:00:00Z").when(Command::Check);
    story.then(&["review_chased", "review_chased", "escalated"]);
}

#[test]
fn funding_ends_by_itself_and_the_request_with_it() {
    let story = supported().at("2027-03-26T16:59:59Z").when(Command::Check);
    let story = story.then(&["review_fell_due"]).then_is(Status::Supported);
    let story = story.at("2027-03-26T17:00:00Z").when(Command::Check);
    let story = story.then(&["contribution_ended", "package_ended"]).then_is(Status::Closed);
    assert_eq!(story.case().support.as_ref().unwrap().over, Some(PackageEnd::RanOut));
    assert_eq!(committed(&story), 12 * 9_000);
    assert_eq!(story.case().next_check(&county::desk()), None);
}

#[test]
fn a_review_says_something_of_everything_that_runs_and_how_it_was_measured() {
    let faults = |story: Story| match story.last {
        Err(Refusal::FaultyReview(faults)) => {
            faults.iter().map(|fault| fault.at.clone()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let in_february = || supported().at("2027-02-01T10:00:00Z");
    let on = date(2027, 3, 1);
    assert_eq!(faults(in_february().when(review(&[], Follows::Continue(on)))), ["results"]);
    let twice = in_february().when(review(&[1, 1, 2], Follows::End));
    assert_eq!(faults(twice), ["results/1/number", "results/2/number"]);
    for day in [date(2027, 2, 1), date(2027, 3, 27)] {
        let continued = in_february().when(review(&[1], Follows::Continue(day)));
        assert_eq!(faults(continued), ["review_on"]);
    }
    let Command::ReviewPackage(mut unmeasured) = review(&[1], Follows::End) else { panic!() };
    unmeasured.words.measured.clear();
    let unmeasured = in_february().when(Command::ReviewPackage(unmeasured));
    assert_eq!(faults(unmeasured), ["results/0/measure"]);
}

#[test]
fn what_goes_on_is_reviewed_again() {
    let story = supported()
        .at("2027-03-15T10:00:00Z")
        .when(Command::Check)
        .when(review(&[1], Follows::Continue(date(2027, 3, 24))))
        .then(&["package_reviewed"])
        .then_is(Status::Supported);
    assert_eq!(story.case().next_check(&county::desk()), Some(at("2027-03-24T09:00:00Z")));
}

#[test]
fn a_review_changes_a_package_from_its_day_on_and_what_was_given_stays() {
    let story = supported()
        .when(accept(GIVES))
        .at("2027-03-15T10:00:00Z")
        .when(review(&[1], Follows::Change(another(OTHER, "2027-03-15", 1))))
        .then(&["package_reviewed", "involved", "released"])
        .then_is(Status::Supported);
    let parts: Vec<_> = story.case().contributing.keys().cloned().collect();
    assert_eq!(parts, [county::service(OTHER)]);
    // Ten weeks of two hours up to 8 March; eleven of one hour from 15 March on.
    assert_eq!(committed(&story), 10 * 9_000 + 11 * 4_500);
    let support = story.case().support.as_ref().unwrap();
    assert_eq!(support.package.contributions[0].number, 2);
    assert_eq!(support.past[0].ends, date(2027, 3, 14));
}

#[test]
fn a_change_begins_no_earlier_than_its_review() {
    let story = supported().at("2027-03-15T10:00:00Z");
    let story = story.when(review(&[1], Follows::Change(another(OTHER, "2027-03-14", 1))));
    let Err(Refusal::FaultyPackage(faults)) = &story.last else { panic!("{:?}", story.last) };
    assert_eq!(faults[0].at, "contributions/0/starts");
}

#[test]
fn what_only_the_officer_or_nobody_may_grant_is_put_before_the_panel() {
    let story = || supported().at("2027-03-15T10:00:00Z");
    let costly = another(GIVES, "2027-03-15", 200);
    let story_of_cost = story().when(review(&[1], Follows::Change(costly)));
    // Eleven weeks at £9,000, less the two weeks at £90 that fall away.
    let more = Money { pence: 11 * 900_000 - 2 * 9_000 };
    story_of_cost.then_refused(&Refusal::BeyondTerms(more));

    let mut training = another(GIVES, "2027-03-15", 1);
    training.contributions[0].support = Support::Training;
    let refused = Refusal::CannotGrant { place: 0, support: Support::Training };
    story().when(review(&[1], Follows::Change(training))).then_refused(&refused);
}

#[test]
fn a_review_ends_a_package_and_what_was_not_given_is_not_spent() {
    let story = supported()
        .at("2027-02-01T10:00:00Z")
        .when(review(&[1], Follows::End))
        .then(&["package_reviewed", "package_ended"])
        .then_is(Status::Closed);
    assert_eq!(committed(&story), 5 * 9_000);
}

#[test]
fn a_review_refers_it_to_the_panel_and_the_package_goes_on_until_the_panel_replaces_it() {
    let story = supported()
        .at("2027-02-01T10:00:00Z")
        .when(review(&[1], Follows::Refer))
        .then(&["package_reviewed"])
        .then_promises(&["panel_decision begins, due 2027-03-15T17:00:00Z"])
        .then_is(Status::AwaitingPanel);
    assert_eq!(story.case().package_in_force().unwrap().review_on, None);
    let agreed = Decision::Package(another(OTHER, "2027-02-08", 1));
    let story = story
        .when(Command::PutOnAgenda(meeting()))
        .at("2027-02-08T10:00:00Z")
        .when(rule(agreed))
        .then(&["package_ended", "panel_decided", "involved", "released"])
        .then_is(Status::Supported);
    assert_eq!(committed(&story), 5 * 9_000 + 16 * 4_500);
}

#[test]
fn an_officer_who_does_not_agree_leaves_the_package_before_as_it_is() {
    let story = supported().at("2027-02-01T10:00:00Z").when(review(&[1], Follows::Refer));
    let costly = Decision::Package(another(OTHER, "2027-02-08", 400));
    let mut desk = county::desk();
    let panel = "communication-interaction".parse().unwrap();
    desk.panels.get_mut(&panel).unwrap().ratified_by = Some(county::name("head-of-send"));
    let story = Story { desk: Rc::new(desk), ..story }
        .when(Command::PutOnAgenda(meeting()))
        .when(rule(costly))
        .then(&["panel_decided"])
        .when(Command::Ratify(county::name("head-of-send"), false, because(ReasonCode::Other)))
        .then(&["decision_set_aside"])
        .then_is(Status::AwaitingPanel);
    assert_eq!(story.case().package_in_force().unwrap().over, None);
    assert_eq!(committed(&story), 12 * 9_000);
}

#[test]
fn a_request_that_is_over_takes_its_package_with_it() {
    let story = supported()
        .at("2027-01-13T10:00:00Z")
        .when(Command::Withdraw(words()))
        .then(&["package_ended", "withdrawn"])
        .then_is(Status::Closed);
    assert_eq!(committed(&story), 2 * 9_000);
    story.at("2027-06-01T10:00:00Z").when(Command::Check).then(&[]);
}

#[test]
fn the_service_of_the_key_worker_reviews_or_the_panel_does() {
    let reviewed_by = |service: Option<&str>| {
        let Command::ReviewPackage(mut given) = review(&[], Follows::Refer) else { panic!() };
        given.as_service = service.map(county::service);
        supported().when(Command::ReviewPackage(given))
    };
    reviewed_by(Some(OTHER)).then_refused(&Refusal::NotTheKeyWorker);
    reviewed_by(None).then(&["package_reviewed"]);
}

#[test]
fn a_service_that_leads_gets_no_part_beside_the_whole() {
    let story = supported()
        .when(Command::ConfirmOutcome(Agreement::Disputed, words()))
        .when(route(OTHER, because(ReasonCode::ProfessionalJudgement)))
        .then_is(Status::WithService)
        .at("2027-03-15T10:00:00Z")
        .when(review(&[1], Follows::Change(another(OTHER, "2027-03-15", 1))))
        .then(&["package_reviewed", "released"]);
    assert_eq!(story.case().parts().count(), 1);
}
