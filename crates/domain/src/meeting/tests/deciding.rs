//! Items are decided by who is there, for stated reasons, or put off.

use super::*;
use crate::meeting::event::Votes;
use crate::panel::{DecidesBy, Shortfall};
use crate::personal::Dissent;
use crate::request::Refusal;

fn majority() -> Story {
    let terms = Panel { decides_by: DecidesBy::Majority, ..terms() };
    let story = given(terms).when(schedule(MEETS)).when(agenda(&[1, 2]));
    let story = story.when(MeetingCommand::Publish).at(MEETS);
    ["mira", "amal", "lee", "hana"].into_iter().fold(story, |story, name| story.when(arrive(name)))
}

fn voted(for_it: &[&str], against: &[&str], abstained: &[&str]) -> MeetingCommand {
    let accounts = |names: &[&str]| names.iter().map(|name| who(name)).collect();
    let (for_it, against, abstained) = (accounts(for_it), accounts(against), accounts(abstained));
    let votes = Some(Votes { for_it, against, abstained });
    MeetingCommand::Decide(Box::new(Deciding { votes, ..deciding(1, to_a_service()) }))
}

#[test]
fn a_decision_and_its_effect_on_the_request_come_together() {
    let story = under_way()
        .when(decide(1, to_a_service()))
        .then(&["meeting.decided", "request.panel_decided"])
        .then_request_is(1, Status::WithService)
        .when(decide(1, to_a_service()))
        .then_refused(&MeetingRefusal::Settled)
        .when(decide(3, to_a_service()))
        .then_refused(&MeetingRefusal::NotOnAgenda);
    let decided = story.decided(1);
    assert_eq!(decided.chaired_by, Some(who("mira")));
    assert_eq!(decided.deciding.len(), 5);
    assert_eq!(decided.unopened.len(), 5, "nobody had read it, and that is on record");
}

#[test]
fn who_decides_without_having_read_the_latest_pack_is_on_record() {
    let open = |name: &str| MeetingCommand::OpenPack(who(name), request(1));
    let story = under_way()
        .when(open("mira"))
        .when(open("amal"))
        .meanwhile(1, Command::Note(Words::text("A report has come.")))
        .when(MeetingCommand::RenewPack(request(1)))
        .when(open("mira"))
        .when(decide(1, to_a_service()));
    let unread: Vec<_> = story.decided(1).unopened.iter().map(AccountId::as_str).collect();
    assert_eq!(unread, ["amal", "hana", "lee", "theo"]);
    assert_eq!(story.decided(1).pack_version, 2);
}

#[test]
fn a_recusal_that_breaks_the_quorum_leaves_only_deferral() {
    let short = Shortfall { total: 0, roles: [(MemberRole::SchoolLeader, 1)].into() };
    let story = under_way()
        .when(recuse("lee", 1))
        .when(decide(1, to_a_service()))
        .then_refused(&MeetingRefusal::NoQuorum(short))
        .when(decide(2, to_a_service()))
        .then(&["meeting.decided", "request.panel_decided"])
        .when(MeetingCommand::PutOff(request(1), DeferReason::NoQuorum, Words::default()))
        .then(&["meeting.deferred", "request.deferred"])
        .then_request_is(1, Status::AwaitingPanel);
    assert_eq!(story.decided(2).aside, []);
}

#[test]
fn a_departure_breaks_it_for_everything_that_follows() {
    under_way()
        .when(decide(1, to_a_service()))
        .at("2026-12-03T10:00:00Z")
        .when(depart("amal"))
        .when(decide(2, to_a_service()))
        .then_refused_as(
            "there is no quorum for this item: 1 more as an educational psychologist. It can \
             only be deferred",
        );
}

#[test]
fn whoever_may_have_an_interest_says_so_before_it_is_decided() {
    under_way()
        .when(arrive("ruth"))
        .at("2026-12-03T09:50:00Z")
        .when(decide(1, to_a_service()))
        .then_refused_as(
            "an interest is not settled: “ruth” (it comes from the member's own school). Record \
             that the member stands aside, or that there is no interest",
        )
        .when(recuse("ruth", 1))
        .when(decide(1, to_a_service()))
        .then(&["meeting.decided", "request.panel_decided"]);
}

#[test]
fn a_deferral_for_information_asks_the_school_and_the_clock_waits() {
    let story = under_way()
        .when(decide(1, Decision::Defer))
        .then(&["meeting.decided", "request.panel_decided", "request.information_asked"])
        .then_request_is(1, Status::AwaitingInformation);
    assert_eq!(story.case(1).respond_by(), None);
    let story = story.meanwhile(
        1,
        Command::SupplyInformation(None, vec![], Words::text("She found a severe delay.")),
    );
    story.clone().then_request_is(1, Status::AwaitingPanel);
    assert_eq!(story.case(1).deferrals, 1);
}

#[test]
fn a_decision_without_its_grounds_is_refused() {
    let when = |change: fn(&mut Deciding)| {
        let mut deciding = deciding(1, to_a_service());
        change(&mut deciding);
        under_way().when(MeetingCommand::Decide(Box::new(deciding))).last.unwrap_err()
    };
    let refused = |refusal| MeetingRefusal::Request(refusal);
    let reason = Refusal::ReasonRequired("a panel's decision");
    assert_eq!(when(|it| it.reason = None), refused(reason.clone()));
    assert_eq!(when(|it| it.words.text = None), refused(reason));
    let criteria = when(|it| it.reason.as_mut().unwrap().criteria.clear());
    assert_eq!(criteria, refused(Refusal::CriteriaRequired));
    assert_eq!(when(|it| it.evidence.clear()), refused(Refusal::EvidenceRequired));
    let unknown = when(|it| it.evidence = vec![Evidence::Request, Evidence::Cycle(7)]);
    assert_eq!(unknown, refused(Refusal::UnknownEvidence { place: 1 }));
}

#[test]
fn a_panel_that_votes_decides_by_those_in_the_room() {
    let all: &[&str] = &["mira", "amal", "lee", "hana"];
    majority().when(decide(1, to_a_service())).then_refused(&MeetingRefusal::VotesRequired);
    majority()
        .when(voted(&all[..3], &[], &[]))
        .then_refused(&MeetingRefusal::HasNotVoted(who("hana")));
    majority()
        .when(voted(all, &["mira"], &[]))
        .then_refused(&MeetingRefusal::NotDeciding(who("mira")));
    majority()
        .when(voted(all, &["theo"], &[]))
        .then_refused(&MeetingRefusal::NotDeciding(who("theo")));
    majority()
        .when(voted(&["mira"], &["amal", "lee"], &["hana"]))
        .then_refused(&MeetingRefusal::NotCarried { in_favour: 1, against: 2 });
    majority()
        .when(voted(&["amal", "lee"], &["mira", "hana"], &[]))
        .then_refused(&MeetingRefusal::NotCarried { in_favour: 2, against: 2 });
    let by_the_chair = majority().when(voted(&["mira", "lee"], &["amal", "hana"], &[]));
    by_the_chair.then(&["meeting.decided", "request.panel_decided"]);
}

#[test]
fn dissent_is_recorded_of_those_who_decide() {
    let dissent = |name: &str| {
        let dissent = vec![Dissent { member: who(name), text: "Too little.".to_owned() }];
        MeetingCommand::Decide(Box::new(Deciding { dissent, ..deciding(1, to_a_service()) }))
    };
    let story = under_way().when(dissent("joan"));
    let story = story.then_refused(&MeetingRefusal::NotDeciding(who("joan")));
    let story = story.when(dissent("hana"));
    assert_eq!(story.decided(1).dissenting, [who("hana")]);
}

#[test]
fn the_vice_chair_is_in_the_chair_when_the_chair_stands_aside() {
    let story = under_way().when(recuse("mira", 1)).when(decide(1, to_a_service()));
    assert_eq!(story.decided(1).chaired_by, Some(who("theo")));
    assert_eq!(story.decided(1).aside, [who("mira")]);
}

#[test]
fn a_request_that_waits_for_its_school_is_not_decided_but_put_off() {
    under_way()
        .meanwhile(1, Command::AskInformation(Words::text("Which classes?")))
        .when(decide(1, to_a_service()))
        .then_refused_as(
            "it cannot be decided by a panel while its status is `awaiting_information`",
        )
        .when(MeetingCommand::PutOff(request(1), DeferReason::Information, Words::default()))
        .then(&["meeting.deferred", "request.deferred"])
        .then_request_is(1, Status::AwaitingInformation);
}
