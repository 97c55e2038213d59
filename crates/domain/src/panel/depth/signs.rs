//! The signs of a request by which it is discussed, and at which depth each wants it to be.

use super::{Depth, DepthReason as R};
use crate::codes::{About, Concern, SenProvision, Support};
use crate::ids::ServiceSlug;
use crate::intake::{ChildCodes, Intake, Provision};
use crate::money::Money;
use crate::need::{Area, Need};
use crate::request::Case;
use crate::triage::Route;
use std::collections::BTreeSet;

/// Something that speaks for discussing a request.
pub(super) struct Sign {
    /// What it is.
    pub(super) reason: R,
    /// How deep it wants the request to be discussed.
    pub(super) depth: Depth,
    /// Whether a request shows it.
    pub(super) shows: fn(&Case) -> bool,
}

const fn in_depth(reason: R, shows: fn(&Case) -> bool) -> Sign {
    Sign { reason, depth: Depth::InDepth, shows }
}

const fn standard(reason: R, shows: fn(&Case) -> bool) -> Sign {
    Sign { reason, depth: Depth::Standard, shows }
}

/// Every sign, the weightiest first.
pub(super) const SIGNS: &[Sign] = &[
    in_depth(R::CriticalIncident, |case| has(case, &[Concern::CriticalIncident])),
    in_depth(R::ChildProtection, |case| child(case, |it| it.child_protection == Some(true))),
    in_depth(R::Exclusion, |case| {
        has(case, &[Concern::ExclusionRisk, Concern::PermanentlyExcluded])
    }),
    in_depth(R::PlacementBreakdown, |case| has(case, &[Concern::PlacementBreakdown])),
    in_depth(R::OutOfEducation, |case| {
        has(case, &[Concern::MissingEducation, Concern::PartTimeTimetable])
    }),
    in_depth(R::LookedAfter, |case| child(case, |it| it.looked_after == Some(true))),
    in_depth(R::EhcPlan, |case| {
        child(case, |it| it.sen_provision == Some(SenProvision::Plan)) || case.is_statutory()
    }),
    in_depth(R::EarlierPackage, |case| case.support.is_some()),
    in_depth(R::Deferred, |case| case.deferrals > 0),
    in_depth(R::Bounced, |case| case.bounces.len() > 1),
    in_depth(R::SeveralServices, |case| services(case).len() > 1),
    in_depth(R::ComplexNeed, |case| needs(&case.intake).any(|need| COMPLEX.contains(&need.code()))),
    in_depth(R::SeveralAreas, |case| areas(case).len() > 2),
    in_depth(R::HighCost, |case| case.intake.provision_cost_per_year() >= HIGH_COST),
    standard(R::ChildInNeed, |case| child(case, |it| it.child_in_need == Some(true))),
    standard(R::OtherConcern, |case| has(case, TO_TALK_ABOUT)),
    standard(R::LetGo, |case| !case.bounces.is_empty()),
    standard(R::TwoAreas, |case| areas(case).len() > 1),
    standard(R::LargeSupport, |case| {
        !case.intake.support_sought.iter().all(|sought| LITTLE.contains(sought))
    }),
    standard(R::NotOneChild, |case| case.intake.about != About::Child),
    standard(R::EvidenceIncomplete, |case| !is_evidenced(&case.intake)),
];

/// Concerns that are no risk by themselves, and about which a panel wants to hear.
const TO_TALK_ABOUT: &[Concern] = &[
    Concern::PoorAttendance,
    Concern::Medical,
    Concern::NewArrivalEal,
    Concern::TravellerFamily,
    Concern::RecentDiagnosis,
];

/// Profound and multiple learning difficulty, and multi-sensory impairment: needs that are
/// several needs in themselves.
const COMPLEX: [&str; 2] = ["PMLD", "MSI"];

/// What a panel agrees to without discussion, if nothing else speaks for one.
const LITTLE: &[Support] =
    &[Support::Advice, Support::Training, Support::Equipment, Support::IctAssessment];

/// Twice what a school is expected to find for a pupil out of its own budget in a year:
/// £6,000 (DfE, *The notional SEN budget for mainstream schools*).
const HIGH_COST: Money = Money { pence: 1_200_000 };

/// So many cycles of assess, plan, do and review are expected before a panel is asked.
const CYCLES: usize = 2;

fn has(case: &Case, concerns: &[Concern]) -> bool {
    case.intake.concerns.iter().any(|concern| concerns.contains(concern))
}

fn child(case: &Case, is: impl FnOnce(&ChildCodes) -> bool) -> bool {
    case.intake.child.as_ref().is_some_and(is)
}

fn needs(intake: &Intake) -> impl Iterator<Item = Need> {
    intake.primary_need.into_iter().chain(intake.other_needs.iter().copied())
}

fn areas(case: &Case) -> BTreeSet<Area> {
    needs(&case.intake).map(Need::area).collect()
}

/// The services that have a part in it, and those whose criteria it meets.
fn services(case: &Case) -> BTreeSet<&ServiceSlug> {
    let fitting = match &case.route {
        Some(Route::Panel { candidates, .. }) => candidates.as_slice(),
        Some(Route::Service { .. } | Route::Duty { .. } | Route::Information { .. }) | None => &[],
    };
    fitting.iter().chain(case.contributing.keys()).collect()
}

fn is_evidenced(intake: &Intake) -> bool {
    let is_costed = |it: &Provision| {
        it.hours_per_week.is_some() && it.weeks_per_year.is_some() && it.cost_per_hour.is_some()
    };
    intake.cycles_completed() >= CYCLES
        && !intake.provision.is_empty()
        && intake.provision.iter().all(is_costed)
}
