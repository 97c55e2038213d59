//! The panels' meetings of a made-up year.

use super::{Lived, lived, lived_until};
use domain::event::{Event, MeetingEvent};
use domain::ids::MeetingId;
use domain::meeting::event::{DecisionKind, DeferReason};
use domain::meeting::{ItemOutcome, Meeting, Phase, Sitting};
use domain::request::{Stage, Status};
use std::collections::BTreeMap;

/// Every meeting as the year left it.
fn sittings(lived: &Lived) -> Vec<Sitting> {
    let mut meetings: BTreeMap<MeetingId, Meeting> = BTreeMap::new();
    for recorded in &lived.history {
        let Some(Event::Meeting(event)) = &recorded.event else { continue };
        let id = recorded.stream.strip_prefix("meeting-").unwrap().parse().unwrap();
        let before = meetings.remove(&id).unwrap_or_default();
        meetings.insert(id, before.evolve(event, recorded.effective_at));
    }
    meetings.values().filter_map(Meeting::sitting).cloned().collect()
}

fn outcomes(sittings: &[Sitting]) -> impl Iterator<Item = &ItemOutcome> {
    sittings.iter().flat_map(|sitting| &sitting.items).filter_map(|item| item.outcome.as_ref())
}

#[tokio::test]
async fn panels_meet_decide_defer_and_sign_their_minutes() {
    let lived = lived(600, 865).await;
    let sittings = sittings(&lived);
    let in_phase = |phase: Phase| sittings.iter().filter(|it| it.phase == phase).count();
    assert!(in_phase(Phase::Signed) > 25, "{}", in_phase(Phase::Signed));
    assert!(in_phase(Phase::Cancelled) > 0 && in_phase(Phase::Planned) > 0);
    assert_eq!(in_phase(Phase::Open), 0);

    let mut decided = BTreeMap::new();
    let mut unopened = 0;
    let mut put_off = 0;
    for outcome in outcomes(&sittings) {
        match outcome {
            ItemOutcome::Decided(it, _) => {
                *decided.entry(it.decision).or_insert(0) += 1;
                unopened += it.unopened.len();
            }
            ItemOutcome::Deferred(why, _) => put_off += usize::from(*why == DeferReason::NoQuorum),
        }
    }
    for kind in DecisionKind::ALL.iter().filter(|kind| **kind != DecisionKind::Redirect) {
        assert!(decided.contains_key(kind), "nothing was decided as {kind}: {decided:?}");
    }
    assert!(unopened > 0 && put_off > 0, "{unopened} unopened, {put_off} without a quorum");
    assert!(sittings.iter().any(|sitting| sitting.recused.values().any(|it| !it.is_empty())));
    assert!(sittings.iter().any(|sitting| !sitting.delegations.is_empty()));
}

#[tokio::test]
async fn whoever_decided_was_a_quorum_by_the_terms() {
    let lived = lived(400, 3).await;
    let desk = lived.engine.desk().await.unwrap();
    let sittings = sittings(&lived);
    let mut checked = 0;
    for sitting in &sittings {
        let terms = &desk.panels[&sitting.panel];
        for item in &sitting.items {
            let Some(ItemOutcome::Decided(decided, _)) = &item.outcome else { continue };
            let roles = decided.deciding.iter().map(|it| terms.member(it).unwrap().role);
            if decided.decision != DecisionKind::Defer {
                assert_eq!(terms.quorum.shortfall(roles), None, "{}", sitting.id);
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "{checked}");
}

#[tokio::test]
async fn what_is_on_an_agenda_today_is_for_a_meeting_to_come() {
    let now = "2026-08-14T15:00:00Z";
    let lived = lived_until(now, 200, 9).await;
    let cases = lived.requests.values().map(|request| request.case().unwrap());
    let mut on_agenda = 0;
    for case in cases.filter(|case| case.status() == Status::OnAgenda) {
        // What awaits its officer has been before its meeting.
        if let Stage::OnAgenda { meeting, .. } = &case.stage {
            let (meeting, _) = lived.engine.meeting(meeting).await.unwrap();
            assert!(meeting.sitting().unwrap().starts_at > now.parse().unwrap());
            on_agenda += 1;
        }
    }
    assert!(on_agenda > 0);
    let without = lived_until(now, 0, 9).await;
    let meets =
        |event: &Option<Event>| matches!(event, Some(Event::Meeting(MeetingEvent::Scheduled(_))));
    assert!(
        !without.history.iter().any(|it| meets(&it.event)),
        "nobody calls a meeting for nothing"
    );
}
