//! What a panel decides, read from a body: what, why, on which criteria and evidence, in which
//! words. The meeting and its chair say it in the same form.

mod evidence;

use crate::form::{Faults, Form, code, list, text_block};
use crate::packages::body::{PackageBody, package};
use crate::requests::actions::reason::reason;
use crate::requests::schema::ReasonBody;
use domain::meeting::event::DecisionKind;
use domain::personal::RulingWords;
use domain::request::event::{Evidence, Reason};
use domain::request::{Decision, Stated};
use serde_json::Value;
use utoipa::ToSchema;

/// The most things that a decision relies on.
const MOST_EVIDENCE: usize = 50;
/// The most questions to the school.
const MOST_QUESTIONS: usize = 20;

/// What the chair decides under delegation, and why.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"decision": "service", "service": "sensory-support",
    "reason": {"code": "criteria_met", "criteria": ["sensory-support/sensory-need"],
        "text": "A teacher of the deaf is what he needs."},
    "evidence": ["request", "cycle:1"]}))]
pub(crate) struct RulingBody {
    /// `package service advice defer decline ehc_assessment redirect`.
    decision: String,
    /// Where the decision is `package`.
    package: Option<PackageBody>,
    /// Where the decision is `service`.
    service: Option<String>,
    /// Where the decision is `redirect`: the number of the other authority.
    authority: Option<String>,
    /// Where the decision is `defer`: what the school is asked, one question each.
    #[schema(max_items = 20)]
    questions: Option<Vec<String>>,
    reason: ReasonBody,
    /// What it relies on: `request`, `provision`, `heard`, `cycle:1`, `specialist:camhs`,
    /// `document:<id>`.
    #[schema(max_items = 50)]
    evidence: Vec<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// What belongs to which decision, and to no other.
const BELONGS: [(&str, DecisionKind); 4] = [
    ("package", DecisionKind::Package),
    ("service", DecisionKind::Service),
    ("authority", DecisionKind::Redirect),
    ("questions", DecisionKind::Defer),
];

/// What a panel decides.
pub(crate) struct Said {
    pub(crate) decision: Decision,
    pub(crate) reason: Option<Reason>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) words: RulingWords,
}

/// Reads what is decided, and notes every fault in it.
pub(crate) fn said(form: &mut Form<'_>, faults: &mut Faults) -> Option<Said> {
    let kind = form.required("decision", faults, code);
    let (decision, belonging) = decision(kind, form, faults);
    let stated = grounds(form, faults);
    let evidence = form.required("evidence", faults, relied_on);
    let Stated { reason, words } = stated;
    let words = RulingWords { text: words.text, criteria: words.criteria, ..belonging };
    Some(Said { decision: decision?, reason, evidence: evidence?, words })
}

/// At least one thing that the decision relies on.
fn relied_on(value: &Value, at: &str, faults: &mut Faults) -> Option<Vec<Evidence>> {
    if value.as_array().is_some_and(Vec::is_empty) {
        faults.say(at, "at least one thing that the decision relies on");
    }
    list(MOST_EVIDENCE, evidence::evidence)(value, at, faults)
}

/// Why: a code, at least one criterion, and a text.
fn grounds(form: &mut Form<'_>, faults: &mut Faults) -> Stated {
    let at = form.at("reason");
    let stated = reason(form, faults);
    if !form.has("reason") {
        faults.say(&at, "this is required");
    } else if let Some(reason) = &stated.reason {
        if reason.criteria.is_empty() && stated.words.criteria.is_empty() {
            faults.say(&format!("{at}/criteria"), "at least one criterion");
        }
        if stated.words.text.is_none() {
            faults.say(&format!("{at}/text"), "this is required");
        }
    }
    stated
}

/// The decision with what belongs to it, and what of that is in words; what belongs to another
/// is a fault.
fn decision(
    kind: Option<DecisionKind>,
    form: &mut Form<'_>,
    faults: &mut Faults,
) -> (Option<Decision>, RulingWords) {
    use DecisionKind as K;
    let (draft, package) = form.optional("package", faults, package).unzip();
    let service = form.optional("service", faults, code);
    let authority = form.optional("authority", faults, code);
    let questions = form.list("questions", MOST_QUESTIONS, faults, text_block(2_000));
    let words = RulingWords { package, questions, ..RulingWords::default() };
    let Some(kind) = kind else { return (None, words) };
    belongs(kind, form, faults);
    let decision = match kind {
        K::Package => draft.map(Decision::Package),
        K::Service => service.map(Decision::Service),
        K::Advice => Some(Decision::Advice),
        K::Defer => Some(Decision::Defer),
        K::Decline => Some(Decision::Decline),
        K::EhcAssessment => Some(Decision::EhcAssessment),
        K::Redirect => authority.map(Decision::Redirect),
    };
    (decision, words)
}

/// What a decision cannot be without is there, and nothing of another's.
fn belongs(kind: DecisionKind, form: &Form<'_>, faults: &mut Faults) {
    for (name, of) in BELONGS {
        if kind == of && !form.has(name) {
            faults.say(&form.at(name), format!("this is required where the decision is “{of}”"));
        } else if kind != of && form.has(name) {
            faults.say(&form.at(name), format!("this is for the decision “{of}” only"));
        }
    }
}
