//! The shapes of bodies, for the API description. What they say is enforced by the readers
//! beside the handlers; a test compares the two, field by field.
#![expect(dead_code, reason = "these types describe, they are never made")]

use super::actions::answers::AnswerBody;
use utoipa::ToSchema;

/// A request for support.
#[derive(ToSchema)]
#[schema(example = json!({
    "school_urn": "900001",
    "channel": "api",
    "requested_by": {"name": "R. Hughes", "role": "SENCO", "email": "senco@school.example"},
    "about": "child",
    "child": {"given_name": "Ivy", "family_name": "Firle", "date_of_birth": "2017-04-09",
        "upn": "B801200005001", "year_group": 4, "home_authority": "865", "sen_provision": "K"},
    "needs": {"primary": "HI", "others": ["SLCN"], "description": "Misses what is said behind her."},
    "support_sought": ["advice", "equipment"],
    "concerns": ["recent_diagnosis"],
    "tried": [{"started": "2026-02-23", "reviewed": "2026-04-24",
        "provision": "Seat near the front, radio aid", "outcome": "some_progress"}],
    "provision": [{"what": "Teaching assistant", "hours_per_week": 10.0, "weeks_per_year": 38,
        "cost_per_hour": {"pence": 1650}}],
    "specialists": ["educational_psychology"],
    "consent": {"given": true, "by": "parent", "on": "2026-05-01", "method": "written"},
    "summary": "We would like advice on equipment."
}))]
pub(crate) struct SubmitBody {
    /// The school that asks; may be left out with a school's own key.
    #[schema(pattern = "^[0-9]{6}$")]
    school_urn: Option<String>,
    /// `api`, `web`, `phone` or `email`.
    channel: Option<String>,
    requested_by: ContactBody,
    /// `child`, `group` or `school`.
    about: String,
    /// Expected when the request is about a child.
    child: Option<ChildBody>,
    /// The primary need is expected when the request is about a child.
    needs: Option<NeedsBody>,
    /// At least one of: `advice assessment outreach inreach training funding equipment
    /// ict_assessment specialist_hlta placement_support reintegration ehc_assessment`.
    #[schema(min_items = 1, max_items = 50)]
    support_sought: Vec<String>,
    /// Any of: `exclusion_risk permanently_excluded placement_breakdown part_time_timetable
    /// poor_attendance missing_education medical new_arrival_eal traveller_family
    /// critical_incident recent_diagnosis`.
    #[schema(max_items = 50)]
    concerns: Option<Vec<String>>,
    /// Assess-plan-do-review cycles.
    #[schema(max_items = 50)]
    tried: Option<Vec<CycleBody>>,
    /// What the school provides, costed.
    #[schema(max_items = 50)]
    provision: Option<Vec<ProvisionBody>>,
    /// Any of: `educational_psychology camhs specialist_teacher speech_language_therapy
    /// occupational_therapy physiotherapy early_help`.
    #[schema(max_items = 50)]
    specialists: Option<Vec<String>>,
    /// Expected when the request is about a child; asked for when it is missing.
    consent: Option<ConsentBody>,
    /// The request in the school's words.
    #[schema(max_length = 10_000)]
    summary: Option<String>,
    /// When a call or an e-mail reached the council, logged later by its staff.
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Who asks.
#[derive(ToSchema)]
pub(crate) struct ContactBody {
    #[schema(max_length = 200)]
    name: String,
    #[schema(max_length = 100)]
    role: String,
    #[schema(max_length = 254)]
    email: Option<String>,
    #[schema(max_length = 50)]
    phone: Option<String>,
}

/// The child.
#[derive(ToSchema)]
pub(crate) struct ChildBody {
    #[schema(max_length = 100)]
    given_name: String,
    #[schema(max_length = 100)]
    family_name: String,
    #[schema(format = Date)]
    date_of_birth: String,
    upn: Option<String>,
    /// -2 and -1 nursery, 0 reception, 1 to 13.
    #[schema(minimum = -2, maximum = 13)]
    year_group: Option<i8>,
    #[schema(max_length = 10)]
    home_postcode: Option<String>,
    /// Three digits; left out means this council.
    #[schema(pattern = "^[0-9]{3}$")]
    home_authority: Option<String>,
    /// `N`, `K` or `E`.
    sen_provision: Option<String>,
    looked_after: Option<bool>,
    child_in_need: Option<bool>,
    child_protection: Option<bool>,
}

/// Needs, by the codes of the DfE.
#[derive(ToSchema)]
pub(crate) struct NeedsBody {
    /// `SPLD MLD SLD PMLD SLCN ASD SEMH HI VI MSI PD DS OTH NSA`.
    primary: Option<String>,
    #[schema(max_items = 50)]
    others: Option<Vec<String>>,
    #[schema(max_length = 10_000)]
    description: Option<String>,
}

/// One assess-plan-do-review cycle.
#[derive(ToSchema)]
pub(crate) struct CycleBody {
    #[schema(format = Date)]
    started: Option<String>,
    #[schema(format = Date)]
    reviewed: Option<String>,
    #[schema(max_length = 2_000)]
    provision: Option<String>,
    /// `no_progress`, `some_progress` or `good_progress`.
    outcome: Option<String>,
}

/// One costed provision.
#[derive(ToSchema)]
pub(crate) struct ProvisionBody {
    #[schema(max_length = 2_000)]
    what: Option<String>,
    #[schema(minimum = 0, maximum = 168)]
    hours_per_week: Option<f64>,
    #[schema(minimum = 0, maximum = 53)]
    weeks_per_year: Option<f64>,
    cost_per_hour: Option<MoneyBody>,
}

/// An amount.
#[derive(ToSchema)]
pub(crate) struct MoneyBody {
    #[schema(minimum = 0, maximum = 100_000)]
    pence: i64,
}

/// Consent.
#[derive(ToSchema)]
#[schema(example = json!({"given": true, "by": "parent", "on": "2026-05-01", "method": "written"}))]
pub(crate) struct ConsentBody {
    given: Option<bool>,
    /// `parent`, `carer` or `young_person`.
    by: Option<String>,
    #[schema(format = Date)]
    on: Option<String>,
    #[schema(max_length = 100)]
    method: Option<String>,
    /// Instead of consent, where safeguarding requires it.
    #[schema(max_length = 2_000)]
    override_reason: Option<String>,
}

/// A structured reason. A decline needs its criteria and its text, an overrule its text.
#[derive(ToSchema)]
#[schema(example = json!({"code": "criteria_not_met", "criteria": ["autism"],
    "text": "One cycle of support is not yet complete."}))]
pub(crate) struct ReasonBody {
    /// `criteria_not_met criteria_met no_capacity wrong_service already_involved
    /// new_information urgent_need professional_judgement safeguarding other`.
    code: String,
    #[schema(max_items = 20)]
    criteria: Option<Vec<String>>,
    #[schema(max_length = 5_000)]
    text: Option<String>,
}

/// Words, and when it happened.
#[derive(ToSchema)]
#[schema(example = json!({"text": "Try the attached strategies for six weeks."}))]
pub(crate) struct WordsBody {
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Questions to the school.
#[derive(ToSchema)]
#[schema(example = json!({"questions": ["Which reading scheme is in use?"]}))]
pub(crate) struct AskBody {
    #[schema(max_items = 20)]
    questions: Option<Vec<String>>,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// What the school supplies.
#[derive(ToSchema)]
#[schema(example = json!({"consent": {"given": true, "by": "parent", "on": "2026-05-01"}}))]
pub(crate) struct SupplyBody {
    consent: Option<ConsentBody>,
    /// Question by question; what is not answered stays open. Left out, the text answers all.
    #[schema(max_items = 50)]
    answers: Option<Vec<AnswerBody>>,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// To which service, and why if the rules say otherwise.
#[derive(ToSchema)]
#[schema(example = json!({"service": "sensory-support"}))]
pub(crate) struct RouteBody {
    service: String,
    reason: Option<ReasonBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// To which panel (that of the area of need when left out), and why if the rules say
/// otherwise.
#[derive(ToSchema)]
#[schema(example = json!({"reason": {"code": "professional_judgement",
    "text": "Several agencies need to plan together."}}))]
pub(crate) struct ReferBody {
    panel: Option<String>,
    reason: Option<ReasonBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Why the service declines.
#[derive(ToSchema)]
pub(crate) struct DeclineBody {
    reason: ReasonBody,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// How it ended.
#[derive(ToSchema)]
#[schema(example = json!({"ending": "advice_given", "text": "Advice was given on 3 June."}))]
pub(crate) struct CloseBody {
    /// `advice_given support_complete signposted redirected no_answer not_eligible duplicate`;
    /// `support_complete` when left out.
    ending: Option<String>,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// What the support came to.
#[derive(ToSchema)]
#[schema(example = json!({"outcome": "goals_met", "text": "She follows lessons with the radio aid."}))]
pub(crate) struct OutcomeBody {
    /// `goals_met goals_partly_met goals_not_met support_in_place`.
    outcome: String,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// An action without more to say.
#[derive(ToSchema)]
#[schema(example = json!({}))]
pub(crate) struct NothingBody {
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}
