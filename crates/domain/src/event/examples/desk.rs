//! What happens to children, drafts, notices, and whatever the desk goes by.

use super::*;
use crate::calendar::SchoolTerm;
use crate::child::hold::{Hold, HoldReason, ReleaseReason, Released};
use crate::ids::HoldId;

pub(super) fn children() -> Vec<ChildEvent> {
    let shredded_at = at("2026-11-20T10:00:00Z");
    let request = SubjectAccessId(Uuid::from_u128(3));
    vec![
        ChildEvent::Registered(child::Registered { child: ChildId(Uuid::from_u128(7)) }),
        ChildEvent::ConsentRecorded(child::ConsentRecorded { consent: county::consent() }),
        ChildEvent::Linked(child::Linked { other: ChildId(Uuid::from_u128(8)) }),
        ChildEvent::Unlinked(child::Unlinked { other: ChildId(Uuid::from_u128(8)) }),
        ChildEvent::Held(Hold {
            hold: HoldId(Uuid::from_u128(9)),
            reason: HoldReason::Tribunal,
            until: Some(date(2027, 6, 30)),
        }),
        ChildEvent::HoldReleased(Released {
            hold: HoldId(Uuid::from_u128(9)),
            reason: ReleaseReason::Ended,
        }),
        ChildEvent::Erased(child::Erased { shredded_at, reason: None }),
        ChildEvent::Erased(child::Erased {
            shredded_at,
            reason: Some(child::ErasureReason::Request),
        }),
        ChildEvent::SubjectAccessAsked(subject_access::Asked {
            request,
            received_on: date(2026, 11, 2),
            by: subject_access::RequestedBy::Solicitor,
            identity_checked: true,
            due_on: Some(date(2026, 12, 2)),
        }),
        ChildEvent::SubjectAccessPaused(subject_access::Paused {
            request,
            awaits: subject_access::Awaited::Clarification,
            on: date(2026, 11, 4),
        }),
        ChildEvent::SubjectAccessResumed(subject_access::Resumed {
            request,
            on: date(2026, 11, 11),
            due_on: date(2026, 12, 9),
        }),
        ChildEvent::SubjectAccessExtended(subject_access::Extended {
            request,
            because: subject_access::ExtendedBecause::Complex,
            due_on: date(2027, 2, 9),
        }),
        ChildEvent::SubjectAccessAnswered(subject_access::AnswerGiven {
            request,
            how: subject_access::AnsweredHow::PartlyProvided,
            on: date(2027, 1, 20),
        }),
    ]
}

pub(super) fn drafts() -> Vec<DraftEvent> {
    let (draft, school) = (DraftId(Uuid::from_u128(5)), county::PRIMARY_SCHOOL);
    vec![
        DraftEvent::Saved(draft::Saved { draft, school }),
        DraftEvent::Submitted(draft::Submitted { request: county::REQUEST }),
        DraftEvent::Discarded(draft::Discarded { expired: true, erased_with: None }),
    ]
}

pub(super) fn calendar() -> Calendar {
    let named = |day, name: &str| [(day, name.to_owned())].into();
    Calendar {
        version: 2,
        opens: time(9, 0, 0, 0),
        closes: time(17, 0, 0, 0),
        bank_holidays: named(date(2026, 12, 25), "Christmas Day"),
        closures: named(date(2026, 12, 24), "Christmas closure"),
        terms: vec![SchoolTerm {
            name: "Autumn 2026, first half".to_owned(),
            from: date(2026, 9, 1),
            to: date(2026, 10, 23),
        }],
    }
}

pub(super) fn policy() -> Policy {
    Policy { escalate_to: Some(county::name("farah")), ..Policy::default() }
}

pub(super) fn published() -> Published {
    let some = |text: &str| Some(text.to_owned());
    Published {
        description: some("Teachers of the deaf and of children with a visual impairment."),
        url: some("https://downland.example/sensory"),
        eligibility: some("Children with a diagnosed loss of hearing or sight."),
        ages: Some(Ages { minimum: 0, maximum: 25 }),
        opening_hours: some("Monday to Friday, 9am to 5pm, in term time"),
        contact: Some(ServiceContact {
            name: some("Sensory support desk"),
            email: some("sensory@downland.example"),
            phone: some("01632 960001"),
        }),
    }
}

pub(super) fn places() -> Vec<DeskEvent> {
    let offer = Offer { tier: Tier::CapacityBuilding, title: "Awareness training".to_owned() };
    let service = Service {
        slug: county::service("sensory-support"),
        name: "Sensory impairment service".to_owned(),
        agency: Agency::Education,
        first_contact_working_days: 2,
        offers: vec![offer],
        status: ServiceStatus::TemporarilyClosed,
        capacity_cases: Some(40),
        public: published(),
    };
    let (authority, name) = ("865".parse().unwrap(), "Downland County Council".to_owned());
    vec![
        DeskEvent::CouncilNamed(CouncilNamed { authority, name }),
        DeskEvent::PolicySet(PolicySet { policy: policy() }),
        DeskEvent::MasterKeyRotated(MasterKeyRotated {}),
        DeskEvent::RetentionSet(RetentionSet { schedule: RetentionSchedule::default() }),
        DeskEvent::CalendarPublished(CalendarPublished { calendar: calendar() }),
        DeskEvent::ServiceListed(ServiceListed { service }),
        DeskEvent::RulesDrafted(RulesDrafted { draft: 1, based_on: 0, rules: rules() }),
        DeskEvent::RulesDraftSaved(RulesDraftSaved { draft: 1, rules: rules() }),
        DeskEvent::RuleSetActivated(activated(None, None)),
        DeskEvent::RuleSetActivated(activated(Some(1), Some("Too many went to panels."))),
        DeskEvent::PanelEstablished(PanelEstablished { panel: terms() }),
    ]
}

fn activated(of_draft: Option<u32>, reason: Option<&str>) -> RuleSetActivated {
    RuleSetActivated { draft: rules(), of_draft, reason: reason.map(str::to_owned) }
}

pub(super) fn people() -> Vec<DeskEvent> {
    let hash = || KeyHash("5e88".to_owned());
    let account = Account {
        id: county::name("amara"),
        name: "Amara Osei".to_owned(),
        role: Role::Service,
        school: Some(county::PRIMARY_SCHOOL),
        service: Some(county::service("sensory-support")),
    };
    let team_formed = TeamFormed {
        team: Team {
            id: team(),
            name: "Front door".to_owned(),
            manager: county::name("mira"),
            members: vec![Member { account: county::name("amara"), skills: vec![Skill::Sensory] }],
        },
    };
    vec![
        DeskEvent::TeamFormed(team_formed),
        DeskEvent::AccountOpened(AccountOpened { account }),
        DeskEvent::FeedIssued(FeedIssued {
            account: county::name("amara"),
            feed: Feed::Shifts(team()),
            hash: hash(),
        }),
        DeskEvent::FeedRevoked(FeedRevoked {
            account: county::name("amara"),
            feed: Feed::Meetings(panel()),
        }),
    ]
}

pub(super) fn layers() -> Vec<Layer> {
    vec![
        Layer {
            id: "monday-1".parse().unwrap(),
            days: vec![Day::Monday],
            dates: vec![],
            from: time(9, 0, 0, 0),
            to: time(17, 0, 0, 0),
            slots: vec![Slot::Adviser(county::name("amara"))],
            rotates_every_weeks: 1,
            since: date(2026, 11, 1),
        },
        Layer {
            id: "late".parse().unwrap(),
            days: vec![],
            dates: vec![date(2026, 11, 24)],
            from: time(17, 0, 0, 0),
            to: time(0, 0, 0, 0),
            slots: vec![Slot::Skill(Skill::Sensory), Slot::Adviser(county::name("ben"))],
            rotates_every_weeks: 2,
            since: date(2026, 9, 1),
        },
    ]
}

pub(super) fn rotas() -> Vec<DeskEvent> {
    let month: Month = "2026-11".parse().unwrap();
    let (from, to) = (at("2026-11-23T09:00:00Z"), at("2026-11-23T12:00:00Z"));
    let instead = |adviser| Override { from, to, adviser };
    let overrides = vec![instead(None), instead(Some(county::name("ben")))];
    let absence = AbsenceId(Uuid::from_u128(0xAB));
    let id = SwapId(Uuid::from_u128(0x5A));
    let turn = |layer: &str| Turn { layer: layer.parse().unwrap(), date: date(2026, 11, 23) };
    let swap = |in_return| Swap {
        id,
        turn: turn("monday-1"),
        holder: county::name("amara"),
        colleague: county::name("ben"),
        in_return,
    };
    let offered = |in_return| {
        DeskEvent::SwapOffered(SwapOffered { team: team(), month, swap: swap(in_return) })
    };
    let settled = |how| DeskEvent::SwapSettled(SwapSettled { team: team(), month, swap: id, how });
    vec![
        DeskEvent::ShiftsSet(ShiftsSet { team: team(), month, layers: layers() }),
        DeskEvent::ShiftOverridden(ShiftOverridden {
            team: team(),
            month,
            instead: instead(Some(county::name("ben"))),
        }),
        DeskEvent::OverridesSet(OverridesSet { team: team(), month, overrides }),
        DeskEvent::AbsenceRecorded(AbsenceRecorded {
            team: team(),
            month,
            absence: Absence { id: absence, adviser: county::name("amara"), from, to },
        }),
        DeskEvent::AbsenceEnded(AbsenceEnded { team: team(), month, absence, at: to }),
        offered(None),
        offered(Some(turn("late"))),
        settled(SwapState::Accepted),
        settled(SwapState::Refused),
        settled(SwapState::Withdrawn),
    ]
}

pub(super) fn updates_chosen() -> DeskEvent {
    let to = Recipient::School(county::PRIMARY_SCHOOL);
    let subject = county::PRIMARY_SCHOOL.0;
    DeskEvent::UpdatesChosen(UpdatesChosen { to, channel: NoticeChannel::Webhook, subject })
}

pub(super) fn notices() -> Vec<NoticeEvent> {
    let intended = |to: Recipient, kind| {
        NoticeEvent::Intended(notice::Intended {
            notice: crate::ids::NoticeId::of(EventId(Uuid::from_u128(77)), &to).unwrap(),
            to,
            request: county::REQUEST,
            kind,
            channel: NoticeChannel::Email,
        })
    };
    let (why, next_at) = (FailureCode::Unreachable, at("2026-11-20T10:00:30Z"));
    vec![
        intended(Recipient::School(county::PRIMARY_SCHOOL), NoticeKind::Accepted),
        intended(Recipient::Account(county::name("mira")), NoticeKind::PromiseBroken),
        NoticeEvent::Sent(notice::Sent {}),
        NoticeEvent::AttemptFailed(notice::AttemptFailed { attempt: 1, why, next_at }),
        NoticeEvent::GivenUp(notice::GivenUp { attempts: 16, why }),
        NoticeEvent::PutBack(notice::PutBack {}),
    ]
}
