//! Why the rules say no. A refusal is an answer, not an error: nothing is broken.

use super::Status;
use crate::clock::Promise;
use crate::codes::Support;
use crate::ids::{AccountId, Authority, DocumentId, MeetingId, PanelId, ServiceSlug};
use crate::money::Money;
use crate::package::PackageFault;
use crate::panel::Depth;
use crate::school::Closed;
use crate::statutory::{ExcusalGround, StatutoryDecision};

/// What is wrong with one of several answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// No question has this number.
    #[error("no question of this request has the number {number}")]
    UnknownQuestion {
        /// Which of the answers, from 0.
        place: usize,
        /// The number.
        number: u16,
    },
    /// It was answered before in the same breath.
    #[error("question {number} is answered twice here")]
    AnsweredTwice {
        /// Which of the answers, from 0.
        place: usize,
        /// The number.
        number: u16,
    },
    /// It has neither words nor a document.
    #[error("an answer has a text, or documents")]
    Empty {
        /// Which of the answers, from 0.
        place: usize,
    },
    /// The request has no such document.
    #[error("the request has no document {document}")]
    UnknownDocument {
        /// Which of the answers, from 0.
        place: usize,
        /// Which of its documents, from 0.
        document_place: usize,
        /// The document.
        document: DocumentId,
    },
}

/// Why something cannot be done to a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such request.
    #[error("there is no such request")]
    NotReceived,
    /// The id is taken.
    #[error("a request with this id was already received")]
    AlreadyReceived,
    /// The school is not in the directory.
    #[error("the school is not in the directory")]
    UnknownSchool,
    /// The school had ended by then.
    #[error("the school {0}")]
    SchoolClosed(Closed),
    /// It has ended.
    #[error("the request is closed; reopen it first")]
    Closed,
    /// It has not ended.
    #[error("the request is not closed")]
    NotClosed,
    /// Not where it stands now.
    #[error("it cannot be {verb} while its status is `{status}`")]
    NotNow {
        /// What would have been done to it.
        verb: &'static str,
        /// Where it stands.
        status: Status,
    },
    /// The directory has no such service.
    #[error("the directory has no service “{0}”")]
    UnknownService(ServiceSlug),
    /// There is no such panel.
    #[error("there is no panel “{0}”")]
    UnknownPanel(PanelId),
    /// Nobody of that name can be accountable.
    #[error("“{0}” is neither an adviser nor of a team")]
    UnknownAdviser(AccountId),
    /// It is with another service.
    #[error("the request is with the service “{service}”")]
    AnotherService {
        /// Which.
        service: ServiceSlug,
    },
    /// It is already with this service.
    #[error("the request is already with the service “{0}”")]
    AlreadyWithService(ServiceSlug),
    /// The service is not there any more.
    #[error("the service “{0}” takes no requests any more")]
    ServiceGone(ServiceSlug),
    /// It contributes already.
    #[error("the service “{0}” contributes already")]
    AlreadyInvolved(ServiceSlug),
    /// It does not contribute.
    #[error("the service “{0}” does not contribute to the request")]
    NotInvolved(ServiceSlug),
    /// What only the lead service may do.
    #[error("only the service that leads can do this; this one contributes")]
    OnlyTheLead,
    /// To ourselves.
    #[error("{0} is our own authority; a request is redirected to another one")]
    OwnAuthority(Authority),
    /// It was redirected there before.
    #[error("the request was already redirected to the authority {0}")]
    AlreadyRedirected(Authority),
    /// It was not redirected.
    #[error("the request was not redirected; confirm the redirect first")]
    NotRedirected,
    /// Closed as redirected before the other authority has it.
    #[error("a redirected request stays open until its receipt is recorded (record-receipt)")]
    NotReceipted,
    /// A day that is still to come.
    #[error("this day is still to come")]
    DayToCome,
    /// What only the statutory service decides.
    #[error("this is for the statutory service, “{0}”")]
    NotTheStatutoryService(ServiceSlug),
    /// No EHC needs assessment was asked for.
    #[error("no EHC needs assessment was asked for")]
    NotStatutory,
    /// A decision before, or after, its turn.
    #[error("{} cannot be decided {}", .decision.says(), after(*.last))]
    OutOfOrder {
        /// What would have been decided.
        decision: StatutoryDecision,
        /// What was decided last.
        last: Option<StatutoryDecision>,
    },
    /// A ground that the law does not know for this promise.
    #[error("that {} does not excuse a late “{promise}”", .ground.says())]
    NoGround {
        /// The ground.
        ground: ExcusalGround,
        /// The promise.
        promise: Promise,
    },
    /// It is already in a panel's queue.
    #[error("the request is already with a panel")]
    AlreadyWithPanel,
    /// The service took it on.
    #[error("the service has already accepted the request")]
    AlreadyAccepted,
    /// The service has not taken it on.
    #[error("the service has not accepted the request yet")]
    NotAccepted,
    /// Asking nothing, advising nothing.
    #[error("there is nothing in it: say something")]
    NothingSaid,
    /// Answers to something that was not asked, or with something that is not there.
    #[error("{} of the answers cannot be kept", .0.len())]
    Answers(Vec<AnswerFault>),
    /// A signpost to something that is not in the directory.
    #[error("the directory has no service “{service}”")]
    UnknownSignpost {
        /// Which of the signposts, from 0.
        place: usize,
        /// To where.
        service: ServiceSlug,
    },
    /// The school's choice before it was given any advice.
    #[error("no advice was given that the school could take or leave")]
    NoAdvice,
    /// Feedback before there was anything to say.
    #[error("the request has not been answered yet")]
    NotAnswered,
    /// A disagreement without a word about it.
    #[error("say why the school does not agree")]
    TextRequired,
    /// A decline, an overrule, a hand-over or a panel's decision without its reason.
    #[error("{0} needs a reason: a code and a text")]
    ReasonRequired(&'static str),
    /// The survivor of a merge must be another request.
    #[error("a request cannot be merged into itself")]
    IntoItself,
    /// The survivor of a merge has ended.
    #[error("the request to merge into is closed; reopen it first")]
    SurvivorClosed,
    /// No school may see what another one asked.
    #[error(
        "the requests are of different schools, and neither may see the other's: \
         link the children instead, and let both requests go on"
    )]
    OtherSchool,
    /// Not about the same child, as far as anybody said.
    #[error("the requests are not about the same child; link the children first")]
    NotTheSame,
    /// The law's clock runs for the one that would end.
    #[error("a statutory clock runs for this request only: merge the other one into it")]
    LosesStatutoryClock,
    /// It is another panel's.
    #[error("the request is with the panel “{panel}”")]
    AnotherPanel {
        /// Which.
        panel: PanelId,
    },
    /// A decision on something that the meeting does not take up.
    #[error("the request is not on the agenda of the meeting “{0}”")]
    NotOnAgenda(MeetingId),
    /// The chair alone cannot decide what a meeting will.
    #[error("the request is on the agenda of the meeting “{0}”, which decides it")]
    OnAgenda(MeetingId),
    /// Somebody decides for a panel that they do not chair.
    #[error("only the panel's chair or vice-chair can decide outside a meeting")]
    NotTheChair,
    /// The chair has an interest in it.
    #[error("the chair has an interest in the request: a meeting decides it")]
    Interested,
    /// Not so clear that the chair could decide alone.
    #[error(
        "only a clear case can be decided outside a meeting, one of the depth consent; this one \
         is {0}"
    )]
    NotClear(Depth),
    /// A decision that says not what it relies on.
    #[error("a panel's decision names the evidence that it relies on")]
    EvidenceRequired,
    /// Evidence that the request does not have.
    #[error("the request has no such evidence")]
    UnknownEvidence {
        /// Which, from 0.
        place: usize,
    },
    /// A package that cannot be.
    #[error("the package has {} faults", .0.len())]
    FaultyPackage(Vec<PackageFault>),
    /// Something that the terms of reference do not let it grant.
    #[error("the panel's terms of reference do not let it grant {}", .support.says())]
    CannotGrant {
        /// In which contribution, from 0.
        place: usize,
        /// What.
        support: Support,
    },
    /// The terms ask for an officer's word and name nobody.
    #[error("somebody must ratify this, and the panel's terms of reference name no officer")]
    NoOfficer,
    /// Nothing awaits anybody's word.
    #[error("no decision on the request awaits ratification")]
    NothingToRatify,
    /// The word of somebody else is awaited.
    #[error("the decision awaits the word of another officer")]
    NotTheOfficer,
    /// No package, or one that is over.
    #[error("no package of support is in force for the request")]
    NoPackage,
    /// An answer to a service that asked nothing.
    #[error("the service “{0}” has asked nothing about its part that is not answered")]
    NothingQueried(ServiceSlug),
    /// The review of somebody for whom the key worker does not work.
    #[error("the package is reviewed by its panel, or by the service of its key worker")]
    NotTheKeyWorker,
    /// A review that leaves something out, or says something of nothing.
    #[error("the review has {} faults", .0.len())]
    FaultyReview(Vec<PackageFault>),
    /// A change that costs more than a review may add.
    #[error(
        "this would add {} pence to what was agreed, which the panel's terms of reference do \
         not let pass without its officer: put it before the panel (refer)",
        .0.pence
    )]
    BeyondTerms(Money),
    /// A decline without the criteria.
    #[error("a decline names the criteria that are not met")]
    CriteriaRequired,
}

fn after(last: Option<StatutoryDecision>) -> String {
    last.map_or_else(
        || "before it is decided whether to assess".to_owned(),
        |last| format!("once it was decided: {}", last.says()),
    )
}
