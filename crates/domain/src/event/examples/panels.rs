//! What happens at panels, to what they decide, and in their diaries.

use super::*;
use crate::meeting::event::{
    CancelReason, DecisionKind, DeferReason, MeetingKind, Pack, Planned, Votes,
};
use crate::meeting::interest::InterestKind;
use crate::package::event::{PackageEnd, ReviewThen};
use crate::package::{
    Contribution, Frequency, FundingSource, OutcomeMet, Package, Provider, ReviewResult, Unit,
    YearCost,
};
use crate::panel::{Cycle, DecidesBy, Depth, MemberRole, MinutesFor, Quorum, Standing};
use crate::request::event::{Evidence, RuledBy};

fn meeting_id() -> crate::ids::MeetingId {
    "semh-2026-12-03".parse().unwrap()
}

fn chair() -> AccountId {
    county::name("mira")
}

pub(super) fn terms() -> Panel {
    Panel {
        id: panel(),
        name: "SEMH panel".to_owned(),
        area: Area::Semh,
        cycle: Cycle { first_on: date(2026, 11, 5), every_weeks: 4, starts: time(9, 30, 0, 0) },
        chair_role: MemberRole::EducationAdviser,
        chair: Some(chair()),
        vice_chair: Some(county::name("noor")),
        manager: None,
        membership_roles: vec![MemberRole::EducationAdviser, MemberRole::Senco],
        members: vec![
            crate::panel::Member {
                account: chair(),
                role: MemberRole::EducationAdviser,
                school: None,
                service: Some(county::service("behaviour-support")),
            },
            crate::panel::Member {
                account: county::name("noor"),
                role: MemberRole::Senco,
                school: Some(county::PRIMARY_SCHOOL),
                service: None,
            },
        ],
        quorum: Quorum { total: 2, roles: [(MemberRole::EducationAdviser, 1)].into() },
        papers_due_working_days_before: 5,
        minutes_available: 180,
        minutes_for: MinutesFor::default(),
        can_grant: vec![crate::codes::Support::Funding, crate::codes::Support::Outreach],
        standing: Standing::Decides,
        decides_by: DecidesBy::Majority,
        ratify_above: Some(Money { pence: 1_000_000 }),
        ratified_by: Some(county::name("head-of-send")),
    }
}

fn package() -> Package {
    let contribution = |number, provider, agency| Contribution {
        number,
        provider,
        agency,
        support: crate::codes::Support::Outreach,
        quantity: TenThousandths::parse("2.5").unwrap(),
        unit: Unit::Hour,
        frequency: Frequency::TermWeekly,
        unit_cost: Money { pence: 4_500 },
        starts: date(2027, 1, 4),
        ends: date(2027, 7, 23),
        funding: FundingSource::HighNeeds,
        review_on: date(2027, 3, 26),
        costs: vec![
            YearCost { from_year: 2026, times: 11, amount: Money { pence: 123_750 } },
            YearCost { from_year: 2027, times: 13, amount: Money { pence: 146_250 } },
        ],
    };
    let service = Provider::Service(county::service("behaviour-support"));
    Package {
        contributions: vec![
            contribution(1, service.clone(), Agency::Education),
            contribution(2, Provider::Agency(Agency::Voluntary), Agency::Voluntary),
        ],
        key_worker_of: service,
        review_on: date(2027, 3, 26),
    }
}

pub(super) fn before_panels() -> Vec<RequestEvent> {
    use RequestEvent as E;
    let decided = |by, decision, awaits| {
        E::PanelDecided(request::PanelDecided {
            panel: panel(),
            by,
            terms_version: 3,
            decision,
            reason: reason(),
            evidence: vec![
                Evidence::Request,
                Evidence::Cycle(1),
                Evidence::Provision,
                Evidence::Specialist(Specialist::Camhs),
                Evidence::Document(DocumentId(Uuid::from_u128(0xD0C))),
                Evidence::Heard,
            ],
            awaits,
        })
    };
    let at_meeting = || RuledBy::Meeting(meeting_id());
    let service = || county::service("sensory-support");
    vec![
        E::DepthSet(request::DepthSet {
            depth: Depth::InDepth,
            suggested: Depth::Standard,
            reason: reason(),
        }),
        E::PutOnAgenda(request::PutOnAgenda { meeting: meeting_id() }),
        E::TakenOffAgenda(request::TakenOffAgenda { meeting: meeting_id() }),
        E::InterestDeclared(request::InterestDeclared {
            meeting: meeting_id(),
            member: chair(),
            kind: Some(InterestKind::OwnService),
        }),
        E::Deferred(request::Deferred { meeting: meeting_id(), why: DeferReason::NoQuorum }),
        decided(at_meeting(), PanelDecision::Package { package: package() }, Some(chair())),
        decided(RuledBy::Chair(chair()), PanelDecision::Service { service: service() }, None),
        decided(at_meeting(), PanelDecision::Advice, None),
        decided(at_meeting(), PanelDecision::Defer, None),
        decided(at_meeting(), PanelDecision::Decline, None),
        decided(at_meeting(), PanelDecision::EhcAssessment { service: service() }, None),
        decided(at_meeting(), PanelDecision::Redirect { authority: "846".parse().unwrap() }, None),
        E::DecisionRatified(request::DecisionRatified { by: county::name("head-of-send") }),
        E::DecisionSetAside(request::DecisionSetAside { by: None, reason: reason() }),
    ]
}

pub(super) fn packages() -> Vec<RequestEvent> {
    use crate::package::event as package_event;
    use RequestEvent as E;
    let service = || county::service("behaviour-support");
    let reviewed = |then| {
        E::PackageReviewed(package_event::PackageReviewed {
            number: 1,
            by: chair(),
            results: vec![ReviewResult { number: 1, outcome: OutcomeMet::Partly }],
            then,
        })
    };
    vec![
        E::PartQueried(package_event::PartQueried { service: service() }),
        E::QueryAnswered(package_event::QueryAnswered { service: service() }),
        E::ContributionEnded(package_event::ContributionEnded { number: 1 }),
        E::ReviewFellDue(package_event::ReviewFellDue {}),
        E::ReviewChased(package_event::ReviewChased { times: 1 }),
        reviewed(ReviewThen::Continue { review_on: date(2027, 5, 3) }),
        reviewed(ReviewThen::Change { package: package(), given: package().contributions }),
        reviewed(ReviewThen::End),
        reviewed(ReviewThen::Refer),
        E::PackageEnded(package_event::PackageEnded {
            why: PackageEnd::RanOut,
            given: package().contributions,
        }),
    ]
}

pub(super) fn meetings() -> Vec<MeetingEvent> {
    use MeetingEvent as E;
    let (request, member) = (county::REQUEST, chair);
    vec![
        E::Scheduled(meeting::Scheduled {
            meeting: meeting_id(),
            panel: panel(),
            kind: MeetingKind::Cycle,
            starts_at: at("2026-12-03T09:30:00Z"),
            minutes: 180,
            papers_due_at: at("2026-11-26T17:00:00Z"),
            terms_version: 3,
        }),
        E::Cancelled(meeting::Cancelled {
            why: CancelReason::NoQuorum,
            moved_to: "semh-2026-12-10".parse().ok(),
        }),
        E::AgendaSet(meeting::AgendaSet {
            items: vec![Planned { request, depth: Depth::Standard, minutes: 15 }],
        }),
        E::PacksPublished(meeting::PacksPublished {
            packs: vec![Pack {
                request,
                version: 2,
                request_version: 9,
                documents: vec![DocumentId(Uuid::from_u128(0xD0C))],
                late: true,
            }],
        }),
        E::PackOpened(meeting::PackOpened { request, version: 2, member: member() }),
        E::ApologiesGiven(meeting::ApologiesGiven { member: county::name("noor") }),
        E::Arrived(meeting::Arrived { member: member() }),
        E::Departed(meeting::Departed { member: member() }),
        E::Recused(meeting::Recused { member: member(), request, kind: InterestKind::OwnSchool }),
        E::InterestDismissed(meeting::InterestDismissed { member: member(), request }),
        E::Decided(meeting::Decided {
            request,
            decision: DecisionKind::Package,
            deciding: vec![member()],
            aside: vec![county::name("noor")],
            chaired_by: Some(member()),
            votes: Some(Votes { for_it: vec![member()], ..Votes::default() }),
            dissenting: vec![county::name("tom")],
            pack_version: 2,
            unopened: vec![county::name("tom")],
            awaits: Some(county::name("head-of-send")),
        }),
        E::Deferred(meeting::Deferred { request, why: DeferReason::NoTime }),
        E::DelegationReviewed(meeting::DelegationReviewed {
            request,
            ratified: true,
            deciding: vec![member()],
        }),
        E::Closed(meeting::Closed {}),
        E::MinutesSigned(meeting::MinutesSigned { by: member() }),
        E::DecisionRatified(meeting::DecisionRatified {
            request,
            by: county::name("head-of-send"),
            agreed: true,
        }),
    ]
}

pub(super) fn diaries() -> Vec<DeskEvent> {
    let request = county::REQUEST;
    vec![
        DeskEvent::MeetingEntered(MeetingEntered {
            panel: panel(),
            meeting: meeting_id(),
            starts_at: at("2026-12-03T09:30:00Z"),
            ends_at: at("2026-12-03T12:30:00Z"),
        }),
        DeskEvent::MeetingStruck(MeetingStruck { panel: panel(), meeting: meeting_id() }),
        DeskEvent::MeetingHeld(MeetingHeld { panel: panel(), meeting: meeting_id() }),
        DeskEvent::DecisionDelegated(DecisionDelegated { panel: panel(), request }),
        DeskEvent::DelegationSettled(DelegationSettled { panel: panel(), request }),
    ]
}
