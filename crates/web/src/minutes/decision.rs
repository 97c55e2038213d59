//! What was decided on a request, why, on what evidence, by whom, and who did not share it.

use super::package::PackageMinuted;
use super::person::Person;
use super::record::{ERASED, Matter, Record, Ruled};
use domain::codes::ReasonCode;
use domain::event::RequestEvent;
use domain::ids::{AccountId, DocumentId};
use domain::meeting::Ratification;
use domain::meeting::event::{Decided, DecisionKind};
use domain::personal::{Personal, RulingWords};
use domain::request::event::{Evidence, PanelDecided, PanelDecision};
use engine::Recorded;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// What was decided, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionMinuted {
    #[schema(value_type = String, example = "package")]
    pub(crate) decision: DecisionKind,
    /// The service to which it goes, by name.
    pub(crate) service: Option<String>,
    /// The authority to which it goes.
    pub(crate) authority: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) decided_at: Timestamp,
    /// The version of the terms of reference by which it was decided.
    pub(crate) terms_version: u32,
    pub(crate) reason: ReasonMinuted,
    /// What it relies on, in words.
    pub(crate) evidence: Vec<String>,
    /// What the school is asked first.
    pub(crate) questions: Vec<String>,
    pub(crate) package: Option<PackageMinuted>,
    /// The officer without whose word it is not in force.
    pub(crate) awaits: Option<Person>,
    pub(crate) ratification: Option<RatificationMinuted>,
}

/// Why.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonMinuted {
    #[schema(value_type = String, example = "criteria_met")]
    pub(crate) code: ReasonCode,
    /// The criteria it is about: those of the rules, then any in the panel's own words.
    pub(crate) criteria: Vec<String>,
    /// In words; null where words are not shown.
    pub(crate) text: Option<String>,
}

/// The officer's word.
#[derive(Serialize, ToSchema)]
pub(crate) struct RatificationMinuted {
    pub(crate) by: Person,
    pub(crate) agreed: bool,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: Timestamp,
    /// Why; null where words are not shown, or none were said.
    pub(crate) text: Option<String>,
}

/// Who decided an item, and how.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecidedBy {
    /// In the room, and with no interest in it.
    pub(crate) deciding: Vec<Person>,
    /// In the room, and stood aside.
    pub(crate) aside: Vec<Person>,
    pub(crate) chaired_by: Option<Person>,
    pub(crate) votes: Option<VotesMinuted>,
    pub(crate) dissent: Vec<DissentMinuted>,
    /// The version of the pack that was the latest.
    pub(crate) pack_version: u32,
    /// Who decided without having opened that version.
    pub(crate) unopened: Vec<Person>,
}

/// How they voted.
#[derive(Serialize, ToSchema)]
pub(crate) struct VotesMinuted {
    pub(crate) for_it: Vec<Person>,
    pub(crate) against: Vec<Person>,
    pub(crate) abstained: Vec<Person>,
}

/// Somebody did not share it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DissentMinuted {
    #[serde(flatten)]
    pub(crate) person: Person,
    /// Why; null where words are not shown.
    pub(crate) text: Option<String>,
}

impl Record {
    /// A decision as the request's stream has it.
    pub(super) fn decision(
        &self,
        matter: &Matter,
        (recorded, decided): (&Recorded, &PanelDecided),
        ratification: Option<&Ratification>,
    ) -> DecisionMinuted {
        let said = ruling(matter.said(recorded.id));
        let mut criteria: Vec<_> = decided.reason.criteria.clone();
        criteria.extend(said.map(|said| said.criteria.clone()).unwrap_or_default());
        let (service, authority, package) = match &decided.decision {
            PanelDecision::Package { package } => {
                let words = said.and_then(|said| said.package.as_ref());
                let erased = matter.is_erased(recorded.id);
                (None, None, Some(self.package(package, words, erased)))
            }
            PanelDecision::Service { service } | PanelDecision::EhcAssessment { service } => {
                (Some(self.service(service)), None, None)
            }
            PanelDecision::Redirect { authority } => (None, Some(authority.to_string()), None),
            PanelDecision::Advice | PanelDecision::Defer | PanelDecision::Decline => {
                (None, None, None)
            }
        };
        DecisionMinuted {
            decision: decided.decision.kind(),
            service,
            authority,
            decided_at: recorded.effective_at,
            terms_version: decided.terms_version,
            reason: ReasonMinuted {
                code: decided.reason.code,
                criteria,
                text: matter.text(recorded.id),
            },
            evidence: decided.evidence.iter().map(|it| evidence_said(matter, it)).collect(),
            questions: said.map(|said| said.questions.clone()).unwrap_or_default(),
            package,
            awaits: decided.awaits.as_ref().map(|officer| self.person(officer)),
            ratification: ratification.map(|it| self.ratification(matter, recorded, it)),
        }
    }

    /// The officer's word on a decision, with what the request's stream says after it.
    fn ratification(
        &self,
        matter: &Matter,
        decided: &Recorded,
        given: &Ratification,
    ) -> RatificationMinuted {
        let after = matter.happened().filter(|(it, _)| it.position > decided.position);
        let word = after.into_iter().find(|(_, event)| {
            matches!(event, RequestEvent::DecisionRatified(_) | RequestEvent::DecisionSetAside(_))
        });
        RatificationMinuted {
            by: self.person(&given.by),
            agreed: given.agreed,
            at: given.at,
            text: word.and_then(|(recorded, _)| matter.text(recorded.id)),
        }
    }

    /// Who decided, as it stands in the meeting's own record.
    pub(super) fn decided_by(&self, matter: &Matter, decided: &Decided) -> DecidedBy {
        let at = matter.decided(&Ruled::AtMeeting(&self.sitting.id));
        let event = at.map(|(recorded, _)| recorded.id);
        let said = event.and_then(|event| ruling(matter.said(event)));
        let erased = event.is_some_and(|event| matter.is_erased(event));
        let why = |member: &AccountId| {
            let mut dissent = said.map(|said| said.dissent.iter()).into_iter().flatten();
            let text = dissent.find(|it| it.member == *member).map(|it| it.text.clone());
            text.or_else(|| erased.then(|| ERASED.to_owned()))
        };
        let dissent = decided.dissenting.iter();
        DecidedBy {
            deciding: self.people(&decided.deciding),
            aside: self.people(&decided.aside),
            chaired_by: decided.chaired_by.as_ref().map(|chair| self.person(chair)),
            votes: decided.votes.as_ref().map(|votes| VotesMinuted {
                for_it: self.people(&votes.for_it),
                against: self.people(&votes.against),
                abstained: self.people(&votes.abstained),
            }),
            dissent: dissent
                .map(|member| DissentMinuted { person: self.person(member), text: why(member) })
                .collect(),
            pack_version: decided.pack_version,
            unopened: self.people(&decided.unopened),
        }
    }
}

fn ruling(said: Option<&Personal>) -> Option<&RulingWords> {
    if let Some(Personal::Ruling(words)) = said { Some(words) } else { None }
}

/// What a decision relies on, in words.
fn evidence_said(matter: &Matter, evidence: &Evidence) -> String {
    match evidence {
        Evidence::Request => "the school’s request".to_owned(),
        Evidence::Cycle(number) => format!("assess-plan-do-review cycle {number}"),
        Evidence::Provision => "the school’s costed provision".to_owned(),
        Evidence::Specialist(specialist) => format!("the advice of {}", specialist.says()),
        Evidence::Document(document) => document_said(matter, *document),
        Evidence::Heard => "what was said at the meeting".to_owned(),
    }
}

/// A document by its kind, and by its title or file name where those can be read.
fn document_said(matter: &Matter, document: DocumentId) -> String {
    let Some(recorded) = matter.added(document) else { return "a document".to_owned() };
    let Some(domain::event::Event::Request(RequestEvent::DocumentAdded(added))) = &recorded.event
    else {
        return "a document".to_owned();
    };
    let called = match matter.said(recorded.id) {
        Some(Personal::Document(name)) => name.title.clone().or(Some(name.file_name.clone())),
        Some(_) | None => None,
    };
    let kind = added.kind.says();
    called.map_or_else(|| kind.to_owned(), |called| format!("{kind} (“{called}”)"))
}
