//! What a panel manager would say of a request, told as a table; and what always holds.

use super::*;
use crate::codes::{About, Concern, ReasonCode, SenProvision, Support};
use crate::county;
use crate::intake::{ChildCodes, Cycle, Intake, Provision};
use crate::money::{Money, TenThousandths};
use crate::panel::DepthReason as R;
use crate::request::{Bounce, Moment, Request};
use jiff::civil::date;
use proptest::prelude::*;

/// A child who needs a writing aid, for whom everything was tried and written down.
fn clear() -> Intake {
    let cycle = Cycle { reviewed: Some(date(2026, 3, 10)), ..Cycle::default() };
    let provision = Provision {
        hours_per_week: Some(TenThousandths::whole(5)),
        weeks_per_year: Some(TenThousandths::whole(38)),
        cost_per_hour: Some(Money { pence: 1_650 }),
    };
    Intake {
        support_sought: vec![Support::Equipment, Support::IctAssessment],
        tried: vec![cycle.clone(), cycle],
        provision: vec![provision],
        ..county::child_with("SPLD")
    }
}

/// The request as it stands in the panel's queue.
fn queued(intake: Intake) -> Case {
    let at = "2026-11-20T10:00:00Z".parse().unwrap();
    let at = Moment { effective_at: at, recorded_at: at };
    let (sent, desk) = (county::submit(intake.clone()), county::desk());
    let changes = Request::NotReceived.decide(sent, &desk, at).unwrap();
    let request = Request::NotReceived.after(&changes, at);
    Case { intake, route: None, ..request.case().unwrap().clone() }
}

#[track_caller]
fn suggests(case: &Case, depth: Depth, reasons: &[R]) {
    let suggested = Suggestion::of(case);
    assert_eq!((suggested.depth, suggested.reasons.as_slice()), (depth, reasons));
}

#[test]
fn a_clear_case_is_agreed_without_discussion() {
    suggests(&queued(clear()), Depth::Consent, &[R::Clear]);
}

#[test]
fn what_is_not_clear_is_discussed_and_says_what_is_not_clear() {
    let funding = Intake { support_sought: vec![Support::Funding], ..clear() };
    suggests(&queued(funding), Depth::Standard, &[R::LargeSupport]);
    let untried = Intake { tried: vec![], ..clear() };
    suggests(&queued(untried), Depth::Standard, &[R::EvidenceIncomplete]);
    let uncosted = Intake { provision: vec![Provision::default()], ..clear() };
    suggests(&queued(uncosted), Depth::Standard, &[R::EvidenceIncomplete]);
    let other_needs = vec![county::need("SEMH")];
    let another_area = Intake { other_needs, concerns: vec![Concern::Medical], ..clear() };
    suggests(&queued(another_area), Depth::Standard, &[R::OtherConcern, R::TwoAreas]);
    let group = Intake { about: About::Group, child: None, ..clear() };
    suggests(&queued(group), Depth::Standard, &[R::NotOneChild]);
    let mut declined = queued(clear());
    declined.bounces.push(bounce());
    suggests(&declined, Depth::Standard, &[R::LetGo]);
}

#[test]
fn a_child_at_risk_is_discussed_in_depth_and_the_weightiest_reason_comes_first() {
    for (concern, reason) in [
        (Concern::ExclusionRisk, R::Exclusion),
        (Concern::PermanentlyExcluded, R::Exclusion),
        (Concern::PlacementBreakdown, R::PlacementBreakdown),
        (Concern::MissingEducation, R::OutOfEducation),
        (Concern::PartTimeTimetable, R::OutOfEducation),
        (Concern::CriticalIncident, R::CriticalIncident),
    ] {
        let at_risk = Intake { concerns: vec![concern], ..clear() };
        suggests(&queued(at_risk), Depth::InDepth, &[reason]);
    }
    let yes = Some(true);
    let child = ChildCodes { looked_after: yes, child_protection: yes, ..ChildCodes::default() };
    let concerns = vec![Concern::ExclusionRisk];
    let support_sought = vec![Support::Funding];
    let several = Intake { concerns, support_sought, child: Some(child), ..clear() };
    let reasons = [R::ChildProtection, R::Exclusion, R::LookedAfter];
    suggests(&queued(several), Depth::InDepth, &reasons);
}

#[test]
fn a_complex_case_is_discussed_in_depth() {
    let plan = ChildCodes { sen_provision: Some(SenProvision::Plan), ..ChildCodes::default() };
    let other_needs = vec![county::need("SEMH"), county::need("HI")];
    let mut dear = clear();
    dear.provision[0].hours_per_week = Some(TenThousandths::whole(20));
    for (intake, reason) in [
        (Intake { child: Some(plan), ..clear() }, R::EhcPlan),
        (Intake { other_needs, ..clear() }, R::SeveralAreas),
        (Intake { primary_need: Some(county::need("PMLD")), ..clear() }, R::ComplexNeed),
        (dear, R::HighCost),
    ] {
        suggests(&queued(intake), Depth::InDepth, &[reason]);
    }
}

#[test]
fn what_went_to_and_fro_or_came_back_is_discussed_in_depth() {
    let mut deferred = queued(clear());
    deferred.deferrals = 1;
    suggests(&deferred, Depth::InDepth, &[R::Deferred]);
    let mut bounced = queued(clear());
    bounced.bounces = vec![bounce(), bounce()];
    suggests(&bounced, Depth::InDepth, &[R::Bounced]);
    let mut fits_two = queued(clear());
    let candidates = vec![county::service("specialist-sen"), county::service("sensory-support")];
    let panel = "cognition-learning".parse().unwrap();
    fits_two.route = Some(crate::triage::Route::Panel { panel, candidates });
    suggests(&fits_two, Depth::InDepth, &[R::SeveralServices]);
}

#[test]
fn the_minutes_are_those_of_the_panels_terms() {
    let desk = county::desk();
    let (terms, _) = desk.terms(&"semh".parse().unwrap()).unwrap();
    assert_eq!(Suggestion::of(&queued(clear())).minutes(terms), terms.minutes_for.consent);
}

fn bounce() -> Bounce {
    Bounce { service: county::service("specialist-sen"), code: Some(ReasonCode::NoCapacity) }
}

/// One more thing that is known of a request and does not speak for it being simple.
#[derive(Clone, Copy, Debug)]
enum Risk {
    Concern(Concern),
    Need(&'static str),
    Sought(Support),
    Bounce,
    Deferral,
    LookedAfter,
    ChildProtection,
    ChildInNeed,
    Plan,
    DearProvision,
    UncostedProvision,
    NoCycle,
}

fn risks() -> impl Strategy<Value = Risk> {
    use prop::sample::select;
    prop_oneof![
        select(Concern::ALL).prop_map(Risk::Concern),
        select(vec!["SPLD", "ASD", "SEMH", "HI", "PMLD"]).prop_map(Risk::Need),
        select(Support::ALL).prop_map(Risk::Sought),
        select(vec![
            Risk::Bounce,
            Risk::Deferral,
            Risk::LookedAfter,
            Risk::ChildProtection,
            Risk::ChildInNeed,
            Risk::Plan,
            Risk::DearProvision,
            Risk::UncostedProvision,
            Risk::NoCycle,
        ]),
    ]
}

fn with(mut case: Case, risk: Risk) -> Case {
    let child = case.intake.child.get_or_insert_default();
    match risk {
        Risk::Concern(concern) => case.intake.concerns.push(concern),
        Risk::Need(code) => case.intake.other_needs.push(county::need(code)),
        Risk::Sought(support) => case.intake.support_sought.push(support),
        Risk::Bounce => case.bounces.push(bounce()),
        Risk::Deferral => case.deferrals += 1,
        Risk::LookedAfter => child.looked_after = Some(true),
        Risk::ChildProtection => child.child_protection = Some(true),
        Risk::ChildInNeed => child.child_in_need = Some(true),
        Risk::Plan => child.sen_provision = Some(SenProvision::Plan),
        Risk::DearProvision => {
            let hours_per_week = Some(TenThousandths::whole(20));
            let dear = Provision { hours_per_week, ..clear().provision[0].clone() };
            case.intake.provision.push(dear);
        }
        Risk::UncostedProvision => case.intake.provision.push(Provision::default()),
        Risk::NoCycle => case.intake.tried.clear(),
    }
    case
}

proptest! {
    #[test]
    fn one_more_risk_never_makes_it_shallower_and_there_is_always_a_reason(
        before in prop::collection::vec(risks(), 0..6),
        more in risks(),
    ) {
        let case = before.into_iter().fold(queued(clear()), with);
        let (less, riskier) = (Suggestion::of(&case), Suggestion::of(&with(case, more)));
        prop_assert!(less.depth <= riskier.depth, "{less:?} {riskier:?}");
        for suggestion in [&less, &riskier] {
            prop_assert!(!suggestion.reasons.is_empty());
            let clear = suggestion.reasons.contains(&R::Clear);
            prop_assert_eq!(clear, suggestion.depth == Depth::Consent);
        }
    }
}
