//! What somebody may do to a request now, so that no page or client need guess.
//!
//! Nothing here says what is allowed: the table of access says who may, and the domain decides
//! a specimen of each action, of which nothing is kept, to find out whether it would.

use crate::access::Operation as O;
use crate::identity::Caller;
use domain::account::Role;
use domain::clock::Promise;
use domain::codes::{AdviceKind, Ending, OutcomeCode, ReasonCode, Verdict};
use domain::desk::Desk;
use domain::ids::{RequestId, ServiceSlug};
use domain::package::{OutcomeMet, ReviewResult};
use domain::panel::Depth;
use domain::personal::{MeasuredWords, Receipt, ReviewWords, RulingWords, Words};
use domain::request::event::{Evidence, GlassReason, Reason, RuledBy};
use domain::request::{
    Agreement, Case, Command as C, Decision, Feedback, Follows, Glass, Merge, Moment, Request,
    Review, Ruling, Stated,
};
use domain::statutory::{ExcusalGround, StatutoryDecision};
use uuid::Uuid;

/// Who wants to do something, to what, under which directory.
struct Scene<'a> {
    caller: &'a Caller,
    case: &'a Case,
    desk: &'a Desk,
}

/// A well-formed command of one kind, that only the state of the request can refuse; `None`
/// where there is none, such as a route in a county without services.
type Specimen = fn(&Scene<'_>) -> Option<C>;

/// Every action, by the name that its path ends in.
const ACTIONS: &[(&str, O, Specimen)] = &[
    ("supply-information", O::SupplyInformation, |_| {
        Some(C::SupplyInformation(None, vec![], said()))
    }),
    ("withdraw", O::Withdraw, |_| Some(C::Withdraw(said()))),
    ("accept-advice", O::AcceptAdvice, |_| Some(C::AcceptAdvice(said()))),
    ("go-on", O::GoOn, |_| Some(C::GoOn(said()))),
    ("confirm-outcome", O::ConfirmOutcome, |_| Some(C::ConfirmOutcome(Agreement::Agreed, said()))),
    ("give-feedback", O::GiveFeedback, |_| {
        let feedback = Feedback { quick: Verdict::Yes, helped: Verdict::Yes };
        Some(C::GiveFeedback(feedback, said()))
    }),
    ("assign", O::AssignRequest, |scene| {
        let advisers = scene.desk.accounts.values().filter(|it| it.role == Role::Adviser);
        let members = scene.desk.teams.values().flat_map(|team| &team.members);
        let mut anybody = advisers.map(|it| &it.id).chain(members.map(|it| &it.account));
        Some(C::Assign(anybody.next()?.clone(), said()))
    }),
    ("ask-information", O::AskInformation, |_| Some(C::AskInformation(said()))),
    ("advise", O::Advise, |_| Some(C::Advise(AdviceKind::Strategies, said()))),
    ("signpost", O::Signpost, |_| Some(C::Signpost(vec![], said()))),
    ("route", O::RouteRequest, |scene| {
        let mut services = scene.desk.services.keys();
        let elsewhere = services.find(|slug| scene.case.service() != Some(slug))?;
        Some(C::Route(elsewhere.clone(), stated()))
    }),
    ("refer-to-panel", O::ReferToPanel, |_| Some(C::ReferToPanel(None, stated()))),
    ("close", O::CloseRequest, |_| Some(C::Close(Ending::SupportComplete, said()))),
    ("reopen", O::ReopenRequest, |_| Some(C::Reopen(said()))),
    ("break-glass", O::BreakGlass, |scene| {
        let (account, role) = (scene.caller.id().clone(), scene.caller.role());
        // Whoever may read it with names anyway needs no exception.
        let reach = O::ReadRequest.reach(role);
        let reads = reach.names() && reach.covers(scene.caller, scene.case);
        let glass = Glass { account, role, code: GlassReason::Legal, minutes: 1 };
        (!reads).then(|| C::BreakGlass(glass, said()))
    }),
    ("note", O::NoteRequest, |_| Some(C::Note(said()))),
    ("merge", O::MergeRequest, |scene| {
        let another = RequestId(Uuid::from_u128(!scene.case.id.0.as_u128()));
        let into = Case { id: another, ..scene.case.clone() };
        Some(C::Merge(Box::new(Merge { into, same_child: true, words: said() })))
    }),
    ("link-child", O::LinkChild, about_a_child),
    ("unlink-child", O::UnlinkChild, about_a_child),
    ("accept", O::AcceptRequest, |scene| Some(C::Accept(scene.caller.service()?.clone()))),
    ("decline", O::DeclineRequest, |scene| {
        Some(C::Decline(scene.caller.service()?.clone(), stated()))
    }),
    ("hand-over", O::HandOver, |scene| {
        let own = scene.caller.service()?;
        let another = scene.desk.services.keys().find(|slug| *slug != own)?;
        Some(C::HandOver(own.clone(), another.clone(), stated()))
    }),
    ("involve", O::Involve, |scene| {
        let another = another_service(scene)?;
        Some(C::Involve(scene.caller.service().cloned(), another, said()))
    }),
    ("release", O::Release, |scene| {
        let contributing = scene.case.contributing.keys().next()?;
        Some(C::Release(scene.caller.service().cloned(), contributing.clone(), said()))
    }),
    ("redirect", O::Redirect, |scene| {
        let ours = scene.desk.authority.as_ref().map(ToString::to_string);
        let another = if ours.as_deref() == Some("999") { "998" } else { "999" };
        Some(C::Redirect(another.parse().ok()?, stated()))
    }),
    ("record-receipt", O::RecordReceipt, |_| {
        Some(C::RecordReceipt(jiff::civil::Date::MIN, Receipt::default()))
    }),
    ("record-statutory-decision", O::DecideStatutory, |scene| {
        let decisions = StatutoryDecision::ALL.iter().copied();
        let next = decisions.into_iter().find(|it| it.follows(scene.case.statutory))?;
        Some(C::DecideStatutory(scene.caller.service()?.clone(), next, stated()))
    }),
    ("record-excusal", O::RecordExcusal, |scene| {
        let (promise, ground) = (Promise::EhcFinalPlan, ExcusalGround::AbsentFromArea);
        Some(C::RecordExcusal(scene.caller.service()?.clone(), promise, ground, said()))
    }),
    ("set-depth", O::SetDepth, |scene| {
        let other = Depth::ALL.iter().find(|depth| **depth != scene.case.depth())?;
        Some(C::SetDepth(*other, stated()))
    }),
    ("record-contact", O::RecordContact, |scene| {
        Some(C::RecordContact(scene.caller.service()?.clone(), said()))
    }),
    ("record-outcome", O::RecordOutcome, |scene| {
        let service = scene.caller.service()?.clone();
        Some(C::RecordOutcome(service, OutcomeCode::GoalsMet, said()))
    }),
    ("decide-for-panel", O::DecideForPanel, |scene| {
        let Stated { reason, words } = stated();
        let ruling = Ruling {
            panel: scene.case.panel()?.clone(),
            by: RuledBy::Chair(scene.caller.id().clone()),
            decision: Decision::Advice,
            reason,
            evidence: vec![Evidence::Request],
            words: RulingWords { text: words.text, ..RulingWords::default() },
        };
        Some(C::Rule(Box::new(ruling)))
    }),
    ("ratify", O::RatifyDecision, |scene| {
        Some(C::Ratify(scene.caller.id().clone(), true, stated()))
    }),
    ("query", O::QueryPart, |scene| Some(C::QueryPart(scene.caller.service()?.clone(), said()))),
    ("answer-query", O::AnswerQuery, |scene| {
        let asking = scene.case.package_in_force()?.queries.iter().next()?;
        Some(C::AnswerQuery(asking.clone(), said()))
    }),
    ("review-package", O::ReviewPackage, |scene| {
        let running = &scene.case.package_in_force()?.package.contributions;
        let found = |number| ReviewResult { number, outcome: OutcomeMet::Met };
        let results: Vec<_> = running.iter().map(|each| found(each.number)).collect();
        let measured = results.iter().map(|_| MeasuredWords { measure: "…".to_owned() }).collect();
        Some(C::ReviewPackage(Box::new(Review {
            by: scene.caller.id().clone(),
            as_service: scene.caller.service().cloned(),
            results,
            follows: Follows::End,
            words: ReviewWords { text: "…".to_owned(), measured, package: None },
        })))
    }),
];

/// The names of the actions that this caller may take now, in the order in which a page would
/// show them.
pub(crate) fn open_to(caller: &Caller, case: &Case, desk: &Desk, at: Moment) -> Vec<&'static str> {
    let scene = Scene { caller, case, desk };
    let request = Request::Received(Box::new(case.clone()));
    let open = ACTIONS.iter().filter(|(_, operation, specimen)| {
        operation.reach(caller.role()).covers(caller, case)
            && specimen(&scene).is_some_and(|command| request.proceed(command, desk, at).is_ok())
    });
    open.map(|(name, ..)| *name).collect()
}

/// What is said of the child and not of the request, at any time: like a note.
fn about_a_child(scene: &Scene<'_>) -> Option<C> {
    scene.case.child.map(|_| C::Note(said()))
}

/// A service that has no part in the request yet.
fn another_service(scene: &Scene<'_>) -> Option<ServiceSlug> {
    scene.desk.services.keys().find(|slug| !scene.case.is_with(slug)).cloned()
}

fn said() -> Words {
    Words::text("…")
}

fn stated() -> Stated {
    let reason = Reason { code: ReasonCode::Other, criteria: vec!["…".to_owned()] };
    Stated { reason: Some(reason), words: said() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_of_the_description_is_looked_for() {
        let description = crate::openapi();
        let paths = description.paths.paths.keys();
        let mut described: Vec<&str> = paths
            .filter_map(|path| path.split_once("/requests/{id}/actions/"))
            .map(|(_, name)| name)
            .collect();
        let mut listed: Vec<&str> = ACTIONS.iter().map(|(name, ..)| *name).collect();
        described.sort_unstable();
        listed.sort_unstable();
        assert_eq!(described, listed);
    }
}
