//! Where a request stands, folded from its events.

use super::event::{
    Declined, EscalatedAbout, ExcusalRecorded, GlassBroken, GlassReason, InformationSupplied,
    PanelDecided, Reason, Received, Routed, RoutedBy,
};
use super::{Contribution, Conversation, Happened, Refusal};
use crate::clock::{Alarm, Promise};
use crate::codes::{Ending, ReasonCode, codes};
use crate::event::RequestEvent;
use crate::ids::{
    AccountId, Authority, ChildId, DocumentId, EventId, MeetingId, PanelId, RequestId, SchoolId,
    ServiceSlug, TeamId, Urn,
};
use crate::intake::Intake;
use crate::package::Supported;
use crate::panel::Depth;
use crate::promises::Clocks;
use crate::statutory::{Excusal, StatutoryDecision};
use crate::triage::{Route, Triage, Why};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// Where a request stands, as a school is told.
    Status {
        AwaitingInformation = "awaiting_information", "waiting for information from the school";
        WithDutyAdviser = "with_duty_adviser", "with the duty adviser";
        WithService = "with_service", "with a service";
        AwaitingPanel = "awaiting_panel", "waiting for a panel";
        OnAgenda = "on_agenda", "on the agenda of a panel";
        Supported = "supported", "supported";
        Closed = "closed", "closed";
    }
}

/// Where a request stands, with what matters there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The school must say something first.
    AwaitingInformation {
        /// Where it goes on then; `None`: the rules decide.
        back_to: Option<Box<Stage>>,
    },
    /// A person looks at it.
    WithDutyAdviser,
    /// A service has it.
    WithService {
        /// Which.
        service: ServiceSlug,
        /// Whether it took it on.
        accepted: bool,
    },
    /// A panel will take it up.
    AwaitingPanel {
        /// Which.
        panel: PanelId,
    },
    /// A panel will take it up at this meeting.
    OnAgenda {
        /// Which panel.
        panel: PanelId,
        /// Which meeting.
        meeting: MeetingId,
    },
    /// A panel has decided, and its decision awaits an officer's word.
    AwaitingRatification {
        /// Which panel.
        panel: PanelId,
    },
    /// Support is in place.
    Supported,
    /// It has ended.
    Closed {
        /// How.
        ending: Ending,
    },
}

/// A request that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Which.
    pub id: RequestId,
    /// The school that asked,
    pub school: SchoolId,
    /// and its URN on that day.
    pub urn: Urn,
    /// The child, by pseudonym.
    pub child: Option<ChildId>,
    /// What was asked, with what was supplied since.
    pub intake: Intake,
    /// When it was received.
    pub received_at: Timestamp,
    /// What the rules last said.
    pub triage: Option<Triage>,
    /// Where it was last sent.
    pub route: Option<Route>,
    /// Where it stands.
    pub stage: Stage,
    /// The team that is accountable.
    pub team: TeamId,
    /// Who in it.
    pub adviser: Option<AccountId>,
    /// The version of the rota that made them so.
    pub rota_version: Option<u32>,
    /// What was promised.
    pub clocks: Clocks,
    /// The documents that came with it, in order.
    pub documents: Vec<DocumentId>,
    /// The request that goes on for it, where it was a duplicate.
    pub merged_into: Option<RequestId>,
    /// The requests that it goes on for.
    pub absorbed: Vec<RequestId>,
    /// What the school was asked and advised, and what it answered.
    pub conversation: Conversation,
    /// Whether the rules have yet to say where it goes, for want of what is missing, and
    /// nobody else has said so.
    pub undecided: bool,
    /// The services that declined it.
    pub declined_by: BTreeSet<ServiceSlug>,
    /// The service that had it last and did not decline it.
    pub last_service: Option<ServiceSlug>,
    /// Every time a service let it go, in order: declined, or sent from there elsewhere.
    pub bounces: Vec<Bounce>,
    /// The services that contribute, beside the one that leads.
    pub contributing: BTreeMap<ServiceSlug, Contribution>,
    /// The authority that it was redirected to, and that has yet to say that it has it.
    pub redirected: Option<Authority>,
    /// What was last decided about an EHC plan.
    pub statutory: Option<StatutoryDecision>,
    /// Since when the panel that it awaits has it before it.
    pub awaits_since: Option<Timestamp>,
    /// How deep a person says that it is discussed.
    pub depth_set: Option<Depth>,
    /// How often a panel has put it off.
    pub deferrals: u16,
    /// The panel's decision that awaits an officer's word,
    pub pending: Option<PanelDecided>,
    /// and the event that holds its words.
    pub pending_in: Option<EventId>,
    /// The panel whose decision is in force.
    pub decided_by: Option<PanelId>,
    /// The package that a panel agreed, in force or over.
    pub support: Option<Box<Supported>>,
    /// What the law excuses, in the order in which it was recorded.
    pub excusals: Vec<Excusal>,
    /// Who may read it by exception, and until when.
    pub glass: Vec<GlassBroken>,
}

/// A service had the request and let it go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Which.
    pub service: ServiceSlug,
    /// Why, if anybody had to say.
    pub code: Option<ReasonCode>,
}

impl Case {
    pub(super) fn opened(received: &Received, at: Timestamp) -> Self {
        Self {
            id: received.request,
            school: received.school,
            urn: received.urn.clone(),
            child: received.child,
            intake: received.intake.clone(),
            received_at: at,
            triage: None,
            route: None,
            stage: Stage::WithDutyAdviser,
            team: TeamId::front_door(),
            adviser: None,
            rota_version: None,
            clocks: Clocks::default(),
            bounces: vec![],
            contributing: BTreeMap::new(),
            redirected: None,
            statutory: None,
            excusals: vec![],
            glass: vec![],
            awaits_since: None,
            depth_set: None,
            deferrals: 0,
            pending: None,
            pending_in: None,
            decided_by: None,
            support: None,
            documents: vec![],
            merged_into: None,
            absorbed: vec![],
            conversation: Conversation::default(),
            undecided: false,
            declined_by: BTreeSet::new(),
            last_service: None,
        }
    }

    /// Where it stands, in one word.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self.stage {
            Stage::AwaitingInformation { .. } => Status::AwaitingInformation,
            Stage::WithDutyAdviser => Status::WithDutyAdviser,
            Stage::WithService { .. } => Status::WithService,
            Stage::AwaitingPanel { .. } => Status::AwaitingPanel,
            // To the school it is still before the panel.
            Stage::OnAgenda { .. } | Stage::AwaitingRatification { .. } => Status::OnAgenda,
            Stage::Supported => Status::Supported,
            Stage::Closed { .. } => Status::Closed,
        }
    }

    /// The service that has it.
    #[must_use]
    pub const fn service(&self) -> Option<&ServiceSlug> {
        if let Stage::WithService { service, .. } = &self.stage { Some(service) } else { None }
    }

    /// The service that has it, or waits for the school with it, and whether it took it on.
    #[must_use]
    pub fn lead(&self) -> Option<(&ServiceSlug, bool)> {
        let place = if let Stage::AwaitingInformation { back_to: Some(there) } = &self.stage {
            there
        } else {
            &self.stage
        };
        if let Stage::WithService { service, accepted } = place {
            Some((service, *accepted))
        } else {
            None
        }
    }

    /// Whether the law's clocks have begun: an EHC needs assessment was asked for.
    #[must_use]
    pub fn is_statutory(&self) -> bool {
        self.clocks.latest(Promise::EhcDecideToAssess).is_some()
    }

    /// Why this account may read it by exception at this moment, if it may.
    #[must_use]
    pub fn glass_of(&self, account: &AccountId, at: Timestamp) -> Option<GlassReason> {
        let open = |it: &&GlassBroken| it.account == *account && at < it.until;
        self.glass.iter().rev().find(open).map(|it| it.code)
    }

    /// The panel whose queue or agenda it is in.
    #[must_use]
    pub const fn panel(&self) -> Option<&PanelId> {
        if let Stage::AwaitingPanel { panel }
        | Stage::OnAgenda { panel, .. }
        | Stage::AwaitingRatification { panel } = &self.stage
        {
            Some(panel)
        } else {
            None
        }
    }

    /// When the school hears from us at the latest. Not known while we wait for the school.
    #[must_use]
    pub fn respond_by(&self) -> Option<Timestamp> {
        let waiting = matches!(self.stage, Stage::AwaitingInformation { .. });
        let respond = self.clocks.latest(Promise::Respond).filter(|_| !waiting)?;
        respond.due_at
    }

    /// Whether it is the school's turn: to say what it was asked, whether advice is enough, or
    /// whether a service has done what it says.
    #[must_use]
    pub const fn waits_for_school(&self) -> bool {
        match self.stage {
            Stage::AwaitingInformation { .. } => true,
            // A package is reviewed when its time comes; nobody asks the school before.
            Stage::Supported => self.support.is_none(),
            Stage::WithService { accepted: true, .. } | Stage::Closed { .. } => false,
            Stage::WithDutyAdviser
            | Stage::WithService { accepted: false, .. }
            | Stage::AwaitingPanel { .. }
            | Stage::OnAgenda { .. }
            | Stage::AwaitingRatification { .. } => self.conversation.offered.is_some(),
        }
    }

    pub(super) fn refuse(&self, verb: &'static str) -> Refusal {
        Refusal::NotNow { verb, status: self.status() }
    }

    /// Follows one event.
    pub(super) fn follow(mut self, happened: &Happened<'_>) -> Self {
        for change in happened.clocks {
            self.clocks.apply(change, happened.effective_at, happened.id);
        }
        self.conversation.follow(happened);
        self.follow_contributions(happened);
        if let Some(support) = &mut self.support {
            support.follow(happened);
        }
        let awaited = self.awaits().cloned();
        self.move_by(happened);
        if self.awaits() != awaited.as_ref() {
            self.awaits_since = self.awaits().map(|_| happened.effective_at);
        }
        if !matches!(self.stage, Stage::AwaitingInformation { .. }) {
            self.conversation.wait_is_over();
        }
        self
    }

    /// Where one event leaves it.
    fn move_by(&mut self, happened: &Happened<'_>) {
        match happened.event {
            RequestEvent::Triaged(triaged) => {
                self.send(triaged.triage.outcome.clone());
                self.undecided = matches!(self.route, Some(Route::Information { .. }));
                self.triage = Some(triaged.triage.clone());
            }
            RequestEvent::Assigned(assigned) => {
                self.team.clone_from(&assigned.team);
                self.adviser.clone_from(&assigned.adviser);
                self.rota_version = assigned.rota_version;
            }
            RequestEvent::InformationAsked(asked) if asked.missing.is_empty() => self.wait(),
            RequestEvent::InformationSupplied(supplied) => self.supplied(supplied),
            RequestEvent::Routed(routed) => self.routed(routed),
            RequestEvent::Accepted(accepted) => self.accepted(accepted.service.clone()),
            RequestEvent::Declined(declined) => self.declined(declined),
            RequestEvent::OutcomeRecorded(_) => self.stage = Stage::Supported,
            RequestEvent::OutcomeDisputed(_) => {
                self.send(Route::Duty { why: Why::OutcomeDisputed });
            }
            RequestEvent::QuestionLapsed(_) => self.send(Route::Duty { why: Why::Unanswered }),
            RequestEvent::PutOnAgenda(_)
            | RequestEvent::TakenOffAgenda(_)
            | RequestEvent::DepthSet(_)
            | RequestEvent::Deferred(_)
            | RequestEvent::PanelDecided(_)
            | RequestEvent::DecisionRatified(_)
            | RequestEvent::DecisionSetAside(_)
            | RequestEvent::PackageReviewed(_)
            | RequestEvent::PackageEnded(_) => self.before_panel(happened),
            RequestEvent::Withdrawn(_) => self.stage = Stage::Closed { ending: Ending::Withdrawn },
            RequestEvent::Closed(closed) => self.stage = Stage::Closed { ending: closed.ending },
            RequestEvent::Reopened(_) => self.reopened(),
            RequestEvent::DocumentAdded(added) => self.documents.push(added.document),
            RequestEvent::Merged(merged) => self.merged(merged.into),
            RequestEvent::Redirected(redirected) => self.redirect(&redirected.authority),
            RequestEvent::StatutoryDecided(decided) => self.statutory = Some(decided.decision),
            RequestEvent::ExcusalRecorded(recorded) => self.excused(recorded, happened),
            RequestEvent::Absorbed(absorbed) => self.absorbed.push(absorbed.from),
            RequestEvent::GlassBroken(broken) => self.glass.push(broken.clone()),
            RequestEvent::PromiseWarned(_)
            | RequestEvent::PromiseBreached(_)
            | RequestEvent::Escalated(_) => self.alarmed(happened.event),
            // These leave it where it is.
            RequestEvent::Received(_)
            | RequestEvent::InformationAsked(_)
            | RequestEvent::RotaGapFound(_)
            | RequestEvent::CriteriaGapFound(_)
            | RequestEvent::PromisesRecalculated(_)
            | RequestEvent::Reminded(_)
            | RequestEvent::Advised(_)
            | RequestEvent::Signposted(_)
            | RequestEvent::AdviceAccepted(_)
            | RequestEvent::AdviceDeclined(_)
            | RequestEvent::Involved(_)
            | RequestEvent::ContributionAccepted(_)
            | RequestEvent::ContributionDeclined(_)
            | RequestEvent::Released(_)
            | RequestEvent::FirstContactMade(_)
            | RequestEvent::ReceiptRecorded(_)
            | RequestEvent::OutcomeConfirmed(_)
            | RequestEvent::FeedbackGiven(_)
            | RequestEvent::InterestDeclared(_)
            | RequestEvent::PartQueried(_)
            | RequestEvent::QueryAnswered(_)
            | RequestEvent::ContributionEnded(_)
            | RequestEvent::ReviewFellDue(_)
            | RequestEvent::ReviewChased(_)
            | RequestEvent::Noted(_) => {}
        }
    }

    fn alarmed(&mut self, event: &RequestEvent) {
        if let RequestEvent::PromiseWarned(it) = event {
            self.clocks.raise(it.promise, Alarm::Warned);
        } else if let RequestEvent::PromiseBreached(it) = event {
            self.clocks.raise(it.promise, Alarm::Breached { due_at: it.due_at });
        } else if let RequestEvent::Escalated(it) = event
            && let EscalatedAbout::Breached { promise } = it.about
        {
            self.clocks.raise(promise, Alarm::Escalated);
        }
    }

    fn supplied(&mut self, supplied: &InformationSupplied) {
        if supplied.consent.is_some() {
            self.intake.consent.clone_from(&supplied.consent);
        }
        if supplied.complete {
            self.go_on();
        }
    }

    fn routed(&mut self, routed: &Routed) {
        if routed.by != RoutedBy::Bounce
            && let Some(service) = self.leaves_a_service_by(&routed.route)
        {
            self.let_go(service, routed.reason.as_ref());
        }
        self.send(routed.route.clone());
        self.undecided = false;
    }

    fn accepted(&mut self, service: ServiceSlug) {
        self.stage = Stage::WithService { service, accepted: true };
    }

    fn declined(&mut self, declined: &Declined) {
        self.let_go(declined.service.clone(), Some(&declined.reason));
        self.declined_by.insert(declined.service.clone());
        self.last_service = None;
        self.send(Route::Duty { why: Why::Declined });
    }

    fn reopened(&mut self) {
        self.merged_into = None;
        self.send(Route::Duty { why: Why::Reopened });
    }

    fn merged(&mut self, into: RequestId) {
        self.merged_into = Some(into);
        self.stage = Stage::Closed { ending: Ending::Duplicate };
    }

    pub(super) fn send(&mut self, route: Route) {
        self.stage = match &route {
            Route::Service { service } => {
                self.last_service = Some(service.clone());
                self.contributing.remove(service);
                Stage::WithService { service: service.clone(), accepted: false }
            }
            Route::Panel { panel, .. } => Stage::AwaitingPanel { panel: panel.clone() },
            Route::Duty { .. } => Stage::WithDutyAdviser,
            Route::Information { .. } => Stage::AwaitingInformation { back_to: None },
        };
        self.route = Some(route);
        self.redirected = None;
    }

    fn excused(&mut self, recorded: &ExcusalRecorded, happened: &Happened<'_>) {
        let ExcusalRecorded { promise, ground, .. } = *recorded;
        let (at, event) = (happened.effective_at, happened.id);
        self.excusals.push(Excusal { promise, ground, at, event });
    }

    /// It waits with the adviser until the other authority says that it has it.
    fn redirect(&mut self, authority: &Authority) {
        self.undecided = false;
        self.send(Route::Duty { why: Why::Redirect { authority: authority.clone() } });
        self.redirected = Some(authority.clone());
    }

    /// The service that has it, or waits for the school with it, if it would lose it so.
    fn leaves_a_service_by(&self, route: &Route) -> Option<ServiceSlug> {
        let (had, _) = self.lead()?;
        let stays = matches!(route, Route::Service { service } if service == had);
        (!stays).then(|| had.clone())
    }

    fn let_go(&mut self, service: ServiceSlug, reason: Option<&Reason>) {
        self.bounces.push(Bounce { service, code: reason.map(|reason| reason.code) });
    }

    /// A person asked: the request comes back to where it is now.
    fn wait(&mut self) {
        if !matches!(self.stage, Stage::AwaitingInformation { .. }) {
            let here = std::mem::replace(&mut self.stage, Stage::WithDutyAdviser);
            self.stage = Stage::AwaitingInformation { back_to: Some(Box::new(here)) };
        }
    }

    fn go_on(&mut self) {
        if let Stage::AwaitingInformation { back_to: Some(there) } = &mut self.stage {
            self.stage = std::mem::replace(there, Stage::WithDutyAdviser);
        }
    }
}
