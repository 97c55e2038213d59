//! Queues, calendars and attendance say what requests and meetings themselves say.

use super::{Made, county, open};
use crate::{
    MeetingFilter, MeetingItem, MeetingState, MemberAttendance, Page, QueueFilter, QueueState,
    Queued, Scope, Views,
};
use domain::clock::Promise;
use domain::ids::{AccountId, PanelId};
use domain::meeting::{ItemOutcome, Phase, Sitting};
use domain::request::Case;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

const PANELS: [&str; 2] = ["semh", "sensory-physical"];
const EVER: (Timestamp, Timestamp) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);

/// What is before this panel, or was decided by it.
fn of(panel: &PanelId) -> Scope {
    Scope::Panels(BTreeSet::from([panel.clone()]))
}

async fn queue(views: &Views, panel: &str, filter: &QueueFilter, limit: usize) -> Vec<Queued> {
    let panel: PanelId = panel.parse().unwrap();
    let mut page = Page { limit, cursor: None };
    let mut found = vec![];
    loop {
        let asked = views.queue(of(&panel), panel.clone(), filter.clone(), page.clone());
        let listing = asked.await.unwrap();
        found.extend(listing.items);
        page.cursor = listing.next;
        if page.cursor.is_none() {
            return found;
        }
    }
}

async fn meetings(views: &Views, filter: MeetingFilter) -> Vec<MeetingItem> {
    let listing = views.meetings(filter, Page { limit: 200, cursor: None }).await.unwrap();
    assert_eq!(listing.next, None);
    listing.items
}

/// When the panel's decision is promised, as long as it is.
fn promised(case: &Case) -> Option<Timestamp> {
    let clock = case.clocks.latest(Promise::PanelDecision)?;
    clock.due_at.filter(|_| clock.stopped_at.is_none())
}

#[tokio::test]
async fn a_queue_is_what_requests_say_in_promise_order_on_pages() {
    let mut states = BTreeSet::new();
    for seed in 31..35 {
        states.extend(queues_agree(seed).await);
    }
    assert_eq!(states.len(), QueueState::ALL.len(), "poor counties: {states:?}");
}

/// Compares every queue of a county with its requests; answers where they stand.
async fn queues_agree(seed: u64) -> BTreeSet<&'static str> {
    let county = county(seed, 900);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let mut found = BTreeSet::new();
    for panel in PANELS {
        let whole = queue(&views, panel, &QueueFilter::default(), 200).await;
        assert_eq!(queue(&views, panel, &QueueFilter::default(), 3).await, whole);
        let due = whole.iter().map(|it| (it.standing.due_at.is_none(), it.standing.due_at));
        assert!(due.is_sorted(), "{panel}");
        for queued in &whole {
            let id = queued.item.id;
            let (_, state) = county.requests.iter().find(|(each, _)| *each == id).unwrap();
            let case = state.case().unwrap();
            assert_eq!(case.awaits().map(PanelId::as_str), Some(panel));
            assert_eq!(Some(queued.standing.since), case.awaits_since);
            assert_eq!(queued.standing.due_at, promised(case));
            assert_eq!(queued.standing.depth, case.depth());
            assert_eq!(queued.standing.meeting.as_ref(), case.agenda());
            assert_eq!(queued.reasons, case.suggested_depth().reasons);
            assert!(found.insert((id, queued.standing.state.as_str())));
        }
        let standing = views.standing_before(panel.parse().unwrap()).await.unwrap();
        let listed: Vec<_> = whole.iter().map(|it| it.standing.clone()).collect();
        assert_eq!(standing, listed);
    }
    let waits = |case: &Case| case.awaits().is_some() && case.pending.is_none();
    let cases = county.requests.iter().filter_map(|(_, state)| state.case());
    assert_eq!(found.len(), cases.filter(|case| waits(case)).count());
    found.into_iter().map(|(_, state)| state).collect()
}

#[tokio::test]
async fn filters_of_a_queue_part_it() {
    let county = county(32, 900);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let whole = queue(&views, "semh", &QueueFilter::default(), 200).await;
    let mut parts = 0;
    for state in QueueState::ALL {
        let filter = QueueFilter { state: Some(*state), ..QueueFilter::default() };
        let part = queue(&views, "semh", &filter, 200).await;
        assert!(part.iter().all(|it| it.standing.state == *state));
        parts += part.len();
    }
    assert_eq!(parts, whole.len());
    let middle = whole.iter().filter_map(|it| it.standing.due_at).nth(whole.len() / 3).unwrap();
    let [overdue, not] = [true, false]
        .map(|overdue| QueueFilter { overdue: Some((overdue, middle)), ..QueueFilter::default() });
    let overdue = queue(&views, "semh", &overdue, 200).await;
    assert!(!overdue.is_empty() && overdue.len() < whole.len());
    assert!(overdue.iter().all(|it| it.standing.due_at.is_some_and(|due| due < middle)));
    assert_eq!(overdue.len() + queue(&views, "semh", &not, 200).await.len(), whole.len());
    let two: Vec<i64> = whole.iter().take(2).map(|it| it.standing.number).collect();
    let among = QueueFilter { among: Some(two), ..QueueFilter::default() };
    assert_eq!(queue(&views, "semh", &among, 200).await, whole[..2]);
    let nothing = views.queue(
        Scope::Nothing,
        "semh".parse().unwrap(),
        QueueFilter::default(),
        Page::default(),
    );
    assert_eq!(nothing.await.unwrap().items, []);
}

fn state(sitting: &Sitting) -> MeetingState {
    match sitting.phase {
        Phase::Planned => MeetingState::Scheduled,
        Phase::Published => MeetingState::Published,
        Phase::Open => MeetingState::Open,
        Phase::Closed => MeetingState::Closed,
        Phase::Signed => MeetingState::Signed,
        Phase::Cancelled => MeetingState::Cancelled,
    }
}

#[tokio::test]
async fn a_calendar_says_of_every_meeting_what_the_meeting_says() {
    let mut states = BTreeSet::new();
    for seed in 41..48 {
        states.extend(calendars_agree(seed).await);
    }
    assert_eq!(states.len(), MeetingState::ALL.len(), "poor counties: {states:?}");
}

/// Compares the calendar of a county with its meetings; answers where they stand.
async fn calendars_agree(seed: u64) -> BTreeSet<MeetingState> {
    let county = county(seed, 1_500);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let listed = meetings(&views, MeetingFilter::default()).await;
    assert_eq!(listed.len(), county.meetings.len());
    assert!(listed.is_sorted_by_key(|it| (it.starts_at, it.id.clone())));
    for item in &listed {
        let (_, meeting) = county.meetings.iter().find(|(id, _)| *id == item.id).unwrap();
        let sitting = meeting.sitting().unwrap();
        assert_eq!(item.state, state(sitting), "{}", item.id);
        assert_eq!((item.starts_at, item.ends_at), (sitting.starts_at, sitting.ends_at()));
        assert_eq!(item.moved_to, sitting.moved_to);
        let minutes: u64 = sitting.items.iter().map(|item| u64::from(item.minutes)).sum();
        assert_eq!(item.minutes_planned, minutes);
        let settled = sitting.items.iter().filter(|item| item.outcome.is_some()).count();
        assert_eq!(item.decided + item.deferred, u64::try_from(settled).unwrap());
    }
    let one = MeetingFilter { state: Some(MeetingState::Signed), ..MeetingFilter::default() };
    assert!(meetings(&views, one).await.iter().all(|it| it.state == MeetingState::Signed));
    let from = listed[listed.len() / 2].starts_at;
    let [later, earlier] = [(Some(from), None), (None, Some(from))]
        .map(|(from, before)| MeetingFilter { from, before, ..MeetingFilter::default() });
    let later = meetings(&views, later).await;
    assert!(later.iter().all(|it| it.starts_at >= from));
    assert_eq!(later.len() + meetings(&views, earlier).await.len(), listed.len());
    listed.iter().map(|it| it.state).collect()
}

/// What one member did at these meetings, as they have it themselves.
fn did(held: &[&Sitting], member: &AccountId) -> MemberAttendance {
    let stays = held.iter().flat_map(|it| it.attendance.stays().map(|stay| (&it.id, stay)));
    let own: Vec<_> = stays.filter(|(_, stay)| stay.member == *member).collect();
    let over =
        own.iter().filter_map(|(_, stay)| Some(stay.departed_at?.duration_since(stay.arrived_at)));
    let present: SignedDuration = over.sum();
    let aside = held.iter().flat_map(|it| it.recused.values());
    let decided = || {
        let outcomes = held.iter().flat_map(|it| &it.items).filter_map(|it| it.outcome.as_ref());
        outcomes.filter_map(|outcome| match outcome {
            ItemOutcome::Decided(decided, _) => Some(decided),
            ItemOutcome::Deferred(..) => None,
        })
    };
    let count = |count: usize| u64::try_from(count).unwrap();
    MemberAttendance {
        member: member.clone(),
        meetings: count(own.iter().map(|(meeting, _)| *meeting).collect::<BTreeSet<_>>().len()),
        minutes_present: u64::try_from(present.as_mins()).unwrap(),
        apologies: count(held.iter().filter(|it| it.apologies.contains(member)).count()),
        recusals: count(aside.filter(|aside| aside.contains_key(member)).count()),
        decisions: count(decided().filter(|it| it.deciding.contains(member)).count()),
        unread: count(decided().filter(|it| it.unopened.contains(member)).count()),
    }
}

#[tokio::test]
async fn attendance_is_the_sum_of_what_meetings_say() {
    let county = county(34, 1_500);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let mut decisions = 0;
    for panel in PANELS {
        let attended = views.attended(panel.parse().unwrap(), EVER).await.unwrap();
        let held: Vec<&Sitting> = county
            .meetings
            .iter()
            .filter_map(|(_, meeting)| meeting.sitting())
            .filter(|it| it.panel.as_str() == panel)
            .filter(|it| matches!(it.phase, Phase::Open | Phase::Closed | Phase::Signed))
            .collect();
        assert_eq!(attended.held, u64::try_from(held.len()).unwrap());
        for member in &attended.members {
            assert_eq!(*member, did(&held, &member.member));
            decisions += member.decisions;
        }
    }
    assert!(decisions > 0, "nothing was decided: a poor county");
}
