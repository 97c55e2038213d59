//! What somebody wants to do to a request. Imperative, always.

use super::Case;
use super::event::{Answered, GlassReason, InterestDeclared, Reason};
use super::review::Review;
use super::ruling::Ruling;
use crate::account::Role;
use crate::clock::Promise;
use crate::codes::{AdviceKind, Ending, OutcomeCode, Verdict};
use crate::desk::Workload;
use crate::document::DocumentAdded;
use crate::ids::{
    AccountId, Authority, ChildId, MeetingId, PanelId, RequestId, SchoolId, ServiceSlug, TeamId,
};
use crate::intake::{Consent, Submission};
use crate::meeting::event::DeferReason;
use crate::panel::Depth;
use crate::personal::{DocumentName, Receipt, Words};
use crate::statutory::{ExcusalGround, StatutoryDecision};
use jiff::Timestamp;
use jiff::civil::Date;

/// A request for support comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submit {
    /// The id it will have.
    pub request: RequestId,
    /// The pseudonym the child will have, if it is about one.
    pub child: Option<ChildId>,
    /// The school that asks.
    pub school: SchoolId,
    /// The team whose rota makes somebody accountable.
    pub team: TeamId,
    /// What everybody has already: the work is shared out by it.
    pub workload: Workload,
    /// What it says.
    pub submission: Submission,
}

/// A reason, with what was said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The structured part.
    pub reason: Option<Reason>,
    /// The text.
    pub words: Words,
}

/// Two requests are said to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The one that goes on for both, as it stands.
    pub into: Case,
    /// Whether a person linked the two children, or both requests are about the same one.
    pub same_child: bool,
    /// What was said about it.
    pub words: Words,
}

/// Whether a school agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// It does.
    Agreed,
    /// It does not.
    Disputed,
}

/// What a school says of how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Whether the answer was quick.
    pub quick: Verdict,
    /// Whether it helped.
    pub helped: Verdict,
}

/// Somebody wants to read by exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glass {
    /// Who.
    pub account: AccountId,
    /// As what.
    pub role: Role,
    /// Why.
    pub code: GlassReason,
    /// For how long.
    pub minutes: u16,
}

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask for support.
    Submit(Box<Submit>),
    /// Tell what was asked for, question by question or in one text, or anything more.
    SupplyInformation(Option<Consent>, Vec<Answered>, Words),
    /// Take the request back.
    Withdraw(Words),
    /// Ask the school.
    AskInformation(Words),
    /// Advise the school.
    Advise(AdviceKind, Words),
    /// Tell the school where else to ask.
    Signpost(Vec<ServiceSlug>, Words),
    /// Take the advice and ask for nothing more.
    AcceptAdvice(Words),
    /// Ask for more than the advice that was given.
    GoOn(Words),
    /// Make this person accountable.
    Assign(AccountId, Words),
    /// Hand it on if it waits for somebody who is away until an instant.
    Cover(AccountId, Timestamp, Workload),
    /// Send it to a service.
    Route(ServiceSlug, Stated),
    /// Send it to a panel: that of its area unless another is named.
    ReferToPanel(Option<PanelId>, Stated),
    /// Take it on, as this service.
    Accept(ServiceSlug),
    /// Not take it on, as this service.
    Decline(ServiceSlug, Stated),
    /// Hand it straight to another service, as this one.
    HandOver(ServiceSlug, ServiceSlug, Stated),
    /// Ask another service to contribute: as the lead service, or as the adviser.
    Involve(Option<ServiceSlug>, ServiceSlug, Words),
    /// Let a contributing service go: as the lead, as that service, or as the adviser.
    Release(Option<ServiceSlug>, ServiceSlug, Words),
    /// Confirm that it is for another authority.
    Redirect(Authority, Stated),
    /// Say that the other authority has received it, on this day.
    RecordReceipt(Date, Receipt),
    /// Decide about an EHC plan, as the statutory service.
    DecideStatutory(ServiceSlug, StatutoryDecision, Stated),
    /// Say why the law excuses lateness, as the statutory service.
    RecordExcusal(ServiceSlug, Promise, ExcusalGround, Words),
    /// Say that the family was contacted, as this service.
    RecordContact(ServiceSlug, Words),
    /// Say what the support came to, as this service.
    RecordOutcome(ServiceSlug, OutcomeCode, Words),
    /// Agree, or not, that the support came to what the service says.
    ConfirmOutcome(Agreement, Words),
    /// Say whether it was quick and whether it helped.
    GiveFeedback(Feedback, Words),
    /// Read it by exception.
    BreakGlass(Glass, Words),
    /// Put it before a meeting.
    PutOnAgenda(MeetingId),
    /// Take it off the agenda again.
    TakeOffAgenda,
    /// Discuss it this deep, when a panel takes it up.
    SetDepth(Depth, Stated),
    /// Say what interest a member of the panel has in it, or that there is none.
    DeclareInterest(InterestDeclared, Words),
    /// Put it off at this meeting, and back into the panel's queue.
    PutOff(MeetingId, DeferReason, Words),
    /// Decide it, as the panel whose queue it is in.
    Rule(Box<Ruling>),
    /// Say, as this officer, whether what the panel decided is in force.
    Ratify(AccountId, bool, Stated),
    /// Take back into this panel's queue what its chair decided for it.
    SetAside(PanelId, Stated),
    /// Ask about its part in a package before taking it on, as this service.
    QueryPart(ServiceSlug, Words),
    /// Answer what this service asked about its part.
    AnswerQuery(ServiceSlug, Words),
    /// Say what a package of support has come to, and what follows.
    ReviewPackage(Box<Review>),
    /// End it.
    Close(Ending, Words),
    /// Take it up again.
    Reopen(Words),
    /// Make an internal note.
    Note(Words),
    /// Do what time has made due by the instant of recording, if anything.
    Check,
    /// Add a document that was stored.
    AddDocument(DocumentAdded, DocumentName),
    /// End it as a duplicate of another one.
    Merge(Box<Merge>),
    /// Go on for another one too, which was merged into this one.
    Absorb(RequestId),
}

impl Command {
    /// The service as which somebody acts, in the commands that only a service gives.
    #[must_use]
    pub const fn by_service(&self) -> Option<&ServiceSlug> {
        if let Self::Accept(by)
        | Self::Decline(by, _)
        | Self::HandOver(by, ..)
        | Self::DecideStatutory(by, ..)
        | Self::RecordExcusal(by, ..)
        | Self::RecordContact(by, _)
        | Self::RecordOutcome(by, ..) = self
        {
            Some(by)
        } else {
            None
        }
    }

    /// What it says of consent, and in which words.
    #[must_use]
    pub const fn consent(&self) -> Option<(&Consent, &Words)> {
        if let Self::SupplyInformation(Some(consent), _, words) = self {
            Some((consent, words))
        } else {
            None
        }
    }

    /// What would be done to the request: to stand in “it cannot be … now”.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::Submit(_) => "submitted",
            Self::SupplyInformation(..) => "added to",
            Self::Withdraw(_) => "withdrawn",
            Self::AskInformation(_) => "asked about",
            Self::Advise(..) => "advised on",
            Self::Signpost(..) => "signposted",
            Self::AcceptAdvice(_) => "ended by taking the advice",
            Self::GoOn(_) => "sent on by the school",
            Self::ConfirmOutcome(..) => "confirmed",
            Self::GiveFeedback(..) => "given feedback",
            Self::Assign(..) | Self::Cover(..) => "assigned",
            Self::Route(..) | Self::ReferToPanel(..) => "sent on",
            Self::Accept(_) => "accepted",
            Self::Decline(..) => "declined",
            Self::HandOver(..) => "handed over",
            Self::Involve(..) => "given a contributing service",
            Self::Release(..) => "rid of a contributing service",
            Self::Redirect(..) => "redirected",
            Self::RecordReceipt(..) => "received elsewhere",
            Self::DecideStatutory(..) => "decided by law",
            Self::RecordExcusal(..) => "excused",
            Self::RecordContact(..) => "given a first contact",
            Self::RecordOutcome(..) => "given an outcome",
            Self::PutOnAgenda(_) => "put on an agenda",
            Self::TakeOffAgenda => "taken off an agenda",
            Self::SetDepth(..) => "given another depth",
            Self::DeclareInterest(..) => "subject to an interest",
            Self::PutOff(..) => "put off by a panel",
            Self::Rule(_) => "decided by a panel",
            Self::Ratify(..) => "ratified",
            Self::SetAside(..) => "taken back by a panel",
            Self::QueryPart(..) | Self::AnswerQuery(..) => "queried",
            Self::ReviewPackage(_) => "reviewed",
            Self::Close(..) => "closed",
            Self::Reopen(_) => "reopened",
            Self::Note(_) => "noted on",
            Self::BreakGlass(..) => "opened by exception",
            Self::Check => "checked",
            Self::AddDocument(..) => "given a document",
            Self::Merge(_) | Self::Absorb(_) => "merged",
        }
    }
}
