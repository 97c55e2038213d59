//! How deep an item had better be discussed, suggested from what the request says.
//!
//! Too many cases in a meeting starve the complex ones: the depth decides how long each is
//! discussed, never whether it is. The suggestion is a table of signs. The deepest sign that
//! shows decides; where none shows, the case is clear and needs no discussion. So another sign
//! never makes an item shallower, and no suggestion is without its reason.
//!
//! A person can say otherwise, with a reason: `Command::SetDepth`.

mod signs;
#[cfg(test)]
mod tests;

use super::{Depth, Panel};
use crate::codes::codes;
use crate::request::Case;
use signs::SIGNS;

codes! {
    /// Why an item is suggested to be discussed as deep as it is: the weightiest come first.
    DepthReason {
        CriticalIncident = "critical_incident", "there was a critical incident";
        ChildProtection = "child_protection", "the child is on a child protection plan";
        Exclusion = "exclusion", "the child is excluded, or may be";
        PlacementBreakdown = "placement_breakdown", "the placement is breaking down";
        OutOfEducation = "out_of_education", "the child is missing education";
        LookedAfter = "looked_after", "the child is looked after";
        EhcPlan = "ehc_plan", "the child has an EHC plan, or one was asked for";
        EarlierPackage = "earlier_package", "there was a package for it before";
        Deferred = "deferred", "the panel has put it off before";
        Bounced = "bounced", "it went from service to service";
        SeveralServices = "several_services", "several services have a part in it, or could have";
        ComplexNeed = "complex_need", "the need is complex";
        SeveralAreas = "several_areas", "there are needs in three areas or more";
        HighCost = "high_cost", "the school already provides a great deal";
        ChildInNeed = "child_in_need", "the child is a child in need";
        OtherConcern = "other_concern", "there is a concern to talk about";
        LetGo = "let_go", "a service did not keep it";
        TwoAreas = "two_areas", "there are needs in two areas";
        LargeSupport = "large_support", "more is sought than advice, training or equipment";
        NotOneChild = "not_one_child", "it is not about one child";
        EvidenceIncomplete = "evidence_incomplete",
            "two reviewed cycles and costed provision are not all there";
        Clear = "clear",
            "little is sought, for a need in one area, with all the evidence and no risk";
    }
}

/// How deep, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// How deep.
    pub depth: Depth,
    /// Why, the weightiest first: every sign of that depth. Never empty.
    pub reasons: Vec<DepthReason>,
}

impl Suggestion {
    /// What is suggested for a request.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let shown = || SIGNS.iter().filter(|sign| (sign.shows)(case));
        let Some(depth) = shown().map(|sign| sign.depth).max() else {
            return Self { depth: Depth::Consent, reasons: vec![DepthReason::Clear] };
        };
        let reasons = shown().filter(|sign| sign.depth == depth).map(|sign| sign.reason);
        Self { depth, reasons: reasons.collect() }
    }

    /// How long it may then take, by the terms of this panel, in minutes.
    #[must_use]
    pub const fn minutes(&self, terms: &Panel) -> u16 {
        terms.minutes_for.depth(self.depth)
    }
}
