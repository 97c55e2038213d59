//! Of what somebody should know.

use super::Recipient;
use crate::codes::codes;
use crate::event::RequestEvent as E;
use crate::ids::AccountId;
use crate::request::Case;
use crate::request::event::EscalatedAbout;
use crate::triage::Route;

codes! {
    /// What there is to know of a request.
    NoticeKind {
        Received = "received", "the request was received";
        InformationAsked = "information_asked", "information is needed from you";
        Reminded = "reminded", "information is still needed from you";
        Advised = "advised", "there is advice";
        Signposted = "signposted", "there is advice on where else to ask";
        SentOn = "sent_on", "the request was sent on";
        Accepted = "accepted", "a service has taken the request on";
        WithAdviser = "with_adviser", "the request is with a duty adviser again";
        ContactMade = "contact_made", "the service has been in touch with the family";
        OnAgenda = "on_agenda", "a panel will discuss the request";
        OffAgenda = "off_agenda", "the panel will discuss the request at a later meeting";
        PanelDecided = "panel_decided", "the panel has decided";
        ReviewDue = "review_due", "a review of the support is due";
        Reviewed = "reviewed", "the support was reviewed";
        PackageEnded = "package_ended", "the support has come to its end";
        Redirected = "redirected", "another authority takes the request on";
        StatutoryDecided = "statutory_decided", "there is a decision under the law";
        OutcomeRecorded = "outcome_recorded", "the service has recorded what came of its support";
        Closed = "closed", "the request was closed";
        Reopened = "reopened", "the request was opened again";
        RotaGap = "rota_gap", "nobody was on duty when the request came in";
        PromiseAtRisk = "promise_at_risk", "a promised time is running out";
        PromiseBroken = "promise_broken", "a promised time has passed";
        ReviewOverdue = "review_overdue", "nobody has reviewed the support";
        GlassBroken = "glass_broken", "somebody who has no part in the request opened it by exception";
    }
}

/// A message that should be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// To whom.
    pub to: Recipient,
    /// About what.
    pub kind: NoticeKind,
}

/// Who should know of an event, and as what. Of a reading by exception several people know.
#[must_use]
pub fn news(event: &E, case: &Case, at_receipt: bool) -> Vec<Addressed> {
    if let E::GlassBroken(broken) = event {
        let account = |to: &AccountId| Recipient::Account(to.clone());
        let kind = NoticeKind::GlassBroken;
        return broken.told.iter().map(|to| Addressed { to: account(to), kind }).collect();
    }
    addressed(event, case, at_receipt).into_iter().collect()
}

/// Who should know of any other event, and as what: given the request as the event left it, and
/// whether the event came with the request itself. A school is not told what it did itself,
/// nor of what is internal; a line manager is told what is escalated to them.
fn addressed(event: &E, case: &Case, at_receipt: bool) -> Option<Addressed> {
    use NoticeKind as K;
    let kind = match event {
        E::Received(_) => K::Received,
        E::InformationAsked(_) => K::InformationAsked,
        E::Reminded(_) => K::Reminded,
        E::Advised(_) => K::Advised,
        E::Signposted(_) => K::Signposted,
        E::Routed(routed) => route(&routed.route)?,
        // At receipt one message is enough; it links to where the request went.
        E::Triaged(_) if at_receipt => return None,
        E::Triaged(triaged) => route(&triaged.triage.outcome)?,
        E::Accepted(_) => K::Accepted,
        E::Declined(_) | E::QuestionLapsed(_) => K::WithAdviser,
        E::FirstContactMade(_) => K::ContactMade,
        E::PutOnAgenda(_) => K::OnAgenda,
        E::TakenOffAgenda(_) | E::Deferred(_) => K::OffAgenda,
        // What awaits an officer's word is not news yet.
        E::PanelDecided(decided) if decided.awaits.is_some() => return None,
        E::PanelDecided(_) | E::DecisionRatified(_) => K::PanelDecided,
        E::DecisionSetAside(aside) if aside.by.is_some() => return None,
        E::DecisionSetAside(_) => K::SentOn,
        E::ReviewFellDue(_) | E::ReviewChased(_) => K::ReviewDue,
        E::PackageReviewed(_) => K::Reviewed,
        // Whatever else ended it is news of its own.
        E::PackageEnded(it) if !it.why.by_itself() => return None,
        E::PackageEnded(_) => K::PackageEnded,
        E::Redirected(_) => K::Redirected,
        E::StatutoryDecided(_) => K::StatutoryDecided,
        E::OutcomeRecorded(_) => K::OutcomeRecorded,
        E::Closed(_) => K::Closed,
        E::Reopened(_) => K::Reopened,
        E::Escalated(escalated) => {
            let to = Recipient::Account(escalated.to.clone());
            return Some(Addressed { to, kind: escalation(escalated.about) });
        }
        E::Assigned(_)
        | E::RotaGapFound(_)
        | E::PromiseWarned(_)
        | E::PromiseBreached(_)
        | E::PromisesRecalculated(_)
        | E::InformationSupplied(_)
        | E::AdviceAccepted(_)
        | E::AdviceDeclined(_)
        | E::OutcomeConfirmed(_)
        | E::OutcomeDisputed(_)
        | E::FeedbackGiven(_)
        | E::Withdrawn(_)
        | E::DocumentAdded(_)
        | E::Merged(_)
        | E::Absorbed(_)
        | E::CriteriaGapFound(_)
        | E::Involved(_)
        | E::ContributionAccepted(_)
        | E::ContributionDeclined(_)
        | E::Released(_)
        | E::ReceiptRecorded(_)
        | E::ExcusalRecorded(_)
        | E::DepthSet(_)
        | E::InterestDeclared(_)
        | E::PartQueried(_)
        | E::QueryAnswered(_)
        | E::ContributionEnded(_)
        | E::GlassBroken(_)
        | E::Noted(_) => return None,
    };
    Some(Addressed { to: Recipient::School(case.school), kind })
}

/// Where a request that is sent on goes. What is missing is asked for by an event of its own.
fn route(route: &Route) -> Option<NoticeKind> {
    match route {
        Route::Service { .. } | Route::Panel { .. } => Some(NoticeKind::SentOn),
        Route::Duty { .. } => Some(NoticeKind::WithAdviser),
        Route::Information { .. } => None,
    }
}

fn escalation(about: EscalatedAbout) -> NoticeKind {
    match about {
        EscalatedAbout::RotaGap => NoticeKind::RotaGap,
        EscalatedAbout::Warned { .. } => NoticeKind::PromiseAtRisk,
        EscalatedAbout::Breached { .. } => NoticeKind::PromiseBroken,
        EscalatedAbout::ReviewOverdue => NoticeKind::ReviewOverdue,
    }
}
