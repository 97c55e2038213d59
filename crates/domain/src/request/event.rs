//! What happens to a request for support.

use crate::clock::Promise;
use crate::codes::{AdviceKind, Ending, Missing, OutcomeCode, ReasonCode, Verdict, codes};
use crate::ids::{
    AccountId, Authority, ChildId, DocumentId, RequestId, SchoolId, ServiceSlug, TeamId, Urn,
};
use crate::intake::{Consent, Intake};
use crate::statutory::{ExcusalGround, StatutoryDecision};
use crate::triage::{Route, Triage};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

mod glass;
mod merging;
mod panel;

pub use glass::{GlassBroken, GlassReason};
pub use merging::{Absorbed, Merged};
pub use panel::{
    DecisionRatified, DecisionSetAside, Deferred, DepthSet, Evidence, InterestDeclared,
    PanelDecided, PanelDecision, PutOnAgenda, RuledBy, TakenOffAgenda,
};

/// A school asked for help. Its words, and who asked, are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The request.
    pub request: RequestId,
    /// The school,
    pub school: SchoolId,
    /// and its URN on that day.
    pub urn: Urn,
    /// The child, by pseudonym, when the request is about one.
    pub child: Option<ChildId>,
    /// What was asked, in codes.
    pub intake: Intake,
}

/// The rules were applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triaged {
    /// With which outcome, and why.
    pub triage: Triage,
}

codes! {
    /// Why somebody became accountable.
    AssignedBecause {
        Received = "received", "they were on duty when it came in";
        NextShift = "next_shift", "theirs is the next shift";
        EmptyRota = "empty_rota", "the rota names nobody, and they manage the team";
        Absence = "absence", "whoever had it is absent";
        ByHand = "by_hand", "a person said so";
    }
}

/// A person became accountable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Of which team.
    pub team: TeamId,
    /// Who; `None` only where there is no team and no shift is known for two months.
    pub adviser: Option<AccountId>,
    /// The version of the rota that says so.
    pub rota_version: Option<u32>,
    /// When the adviser's shift begins, if nobody was on at that instant.
    pub from_next_shift_at: Option<Timestamp>,
    /// Why them.
    pub because: AssignedBecause,
}

/// What a line manager is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum EscalatedAbout {
    /// Working time passes before anybody is on duty.
    RotaGap,
    /// A promise will soon be broken.
    Warned {
        /// Which.
        promise: Promise,
    },
    /// A promise is broken.
    Breached {
        /// Which.
        promise: Promise,
    },
    /// Nobody has reviewed a package of support, though it was asked for again.
    ReviewOverdue,
}

/// The line manager was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    /// Who manages the team.
    pub to: AccountId,
    /// Of what.
    #[serde(flatten)]
    pub about: EscalatedAbout,
}

/// The configured part of a promise's time has been used up, and nobody has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseWarned {
    /// Which.
    pub promise: Promise,
    /// When it is due.
    pub due_at: Timestamp,
}

/// A promise was not kept. The event's own instants say when that was found, which may be
/// later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseBreached {
    /// Which.
    pub promise: Promise,
    /// When it was due.
    pub due_at: Timestamp,
}

/// The council published another calendar, and promises went over to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromisesRecalculated {
    /// The version of the calendar.
    pub calendar_version: u32,
}

/// Nobody was on duty although it was working time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotaGapFound {
    /// Of which team.
    pub team: TeamId,
    /// Who takes it instead, when the shift begins.
    pub until: Option<Timestamp>,
}

/// The school was asked for something. The questions are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationAsked {
    /// What the form lacks; asked by the rules, not by a person.
    pub missing: Vec<Missing>,
    /// The numbers that the questions of a person have within the request, in the order of
    /// their words. A text that lists no questions is one.
    pub questions: Vec<u16>,
}

/// A question was answered; the words are sealed beside the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Which, by its number.
    pub question: u16,
    /// Documents that are part of the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentId>,
}

/// The school supplied something. Its words are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationSupplied {
    /// What it said of consent.
    pub consent: Option<Consent>,
    /// Which questions it answers. Where the words list no answers, their text answers all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answered>,
    /// Whether it is what was waited for, so that the request goes on.
    pub complete: bool,
}

/// The school was reminded of what it has not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// What is missing.
    pub missing: Vec<Missing>,
    /// The questions that are open, by their numbers.
    pub questions: Vec<u16>,
}

/// The school did not answer in time: the duty adviser has the request again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionLapsed {
    /// What was still missing.
    pub missing: Vec<Missing>,
    /// The questions that were not answered, by their numbers.
    pub questions: Vec<u16>,
}

/// The school was advised. The advice is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advised {
    /// What kind of advice it is.
    pub kind: AdviceKind,
}

/// The school was told where else to ask. The words are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signposted {
    /// Entries of the directory; none when the words point elsewhere.
    pub services: Vec<ServiceSlug>,
}

/// The school takes the advice, and asks for nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceAccepted {}

/// The school was advised and asks for more than advice. Its reasons are sealed beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceDeclined {}

/// A structured reason; its text, and criteria in anybody's own words, are sealed beside the
/// event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Why, in a code that can be counted.
    pub code: ReasonCode,
    /// The criteria it is about, as `service/way-in` or by another name in the rule set.
    pub criteria: Vec<String>,
}

impl Reason {
    /// Whether this names a criterion as rule sets do, so that it can be counted: anything else
    /// is somebody's own words, and could be about a child.
    #[must_use]
    pub fn names_a_criterion(text: &str) -> bool {
        let of_a_name = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_./:".contains(letter)
        };
        text.starts_with(|first: char| first.is_ascii_lowercase()) && text.chars().all(of_a_name)
    }
}

/// Who or what moved a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutedBy {
    /// A person, as the rules recommend.
    Person,
    /// A person, against the rules, with a reason.
    Overrule,
    /// The school, which asks for more than the advice it was given.
    School,
    /// It was declined or moved twice: the panel takes it, and the criteria have a gap.
    Bounce,
    /// A service that had it, straight to another.
    HandOver,
}

/// The request was sent on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routed {
    /// To where.
    pub route: Route,
    /// By whom.
    pub by: RoutedBy,
    /// Why, where the rules said otherwise, or a service handed it over.
    pub reason: Option<Reason>,
}

/// It was declined or moved from one service to another twice: no service's criteria are
/// plainly met, so the criteria have a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriteriaGapFound {
    /// The services that had it and let it go, in order.
    pub services: Vec<ServiceSlug>,
    /// Why they did, as far as they had to say.
    pub codes: Vec<ReasonCode>,
}

/// The service took it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which.
    pub service: ServiceSlug,
}

/// The service did not take it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// Which.
    pub service: ServiceSlug,
    /// Why.
    pub reason: Reason,
}

/// The service was in touch with the family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstContactMade {
    /// Which.
    pub service: ServiceSlug,
}

/// Another service was asked to contribute. What was said to it is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Involved {
    /// Which.
    pub service: ServiceSlug,
    /// When it should have been in touch with the family, as it promises.
    pub contact_by: Timestamp,
}

/// A contributing service took its part on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionAccepted {
    /// Which.
    pub service: ServiceSlug,
}

/// A service that was asked to contribute did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionDeclined {
    /// Which.
    pub service: ServiceSlug,
    /// Why.
    pub reason: Reason,
}

/// A contributing service's part is over. Why is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Which.
    pub service: ServiceSlug,
}

/// The request is for the authority in which the child lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirected {
    /// Which.
    pub authority: Authority,
    /// Why, where the record says otherwise.
    pub reason: Option<Reason>,
}

/// The other authority has received it. What it says is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRecorded {
    /// Which.
    pub authority: Authority,
    /// On which day.
    pub received_on: Date,
}

/// Something was decided about an EHC plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatutoryDecided {
    /// By which service.
    pub service: ServiceSlug,
    /// What.
    pub decision: StatutoryDecision,
    /// Why, if it denies what was asked for.
    pub reason: Option<Reason>,
}

/// Lateness is excused. What was said about it is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcusalRecorded {
    /// By which service.
    pub service: ServiceSlug,
    /// Of which promise.
    pub promise: Promise,
    /// On which ground.
    pub ground: ExcusalGround,
}

/// Support came to something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeRecorded {
    /// Whose support.
    pub service: ServiceSlug,
    /// To what.
    pub outcome: OutcomeCode,
}

/// The school agrees that the support came to what the service says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeConfirmed {}

/// The school does not agree. Its words are sealed beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeDisputed {}

/// The school said how it went. A comment is sealed beside it; what is said last counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackGiven {
    /// Whether the answer was quick.
    pub quick: Verdict,
    /// Whether it helped.
    pub helped: Verdict,
    /// The service that had the request last, if one had it.
    pub service: Option<ServiceSlug>,
}

/// The school took its request back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {}

/// It is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// How it ended.
    pub ending: Ending,
}

/// It is not over after all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {}

/// Somebody made an internal note, sealed beside it. A school never sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {}
