//! `GET /requests/{id}`: one request, with everything that was said in it.

use super::actions::open::open_to;
use super::actions::request_id;
use super::part::{PartShown, parts};
use super::questions::{QuestionShown, questions};
use super::shown::{ChildShown, Unsealed, identity, particulars};
use crate::answer::Standing;
use crate::app::{App, Permit};
use crate::audit::reader::Reader;
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use domain::codes::{About, Channel, Concern, Ending, Specialist, Support};
use domain::ids::RequestId;
use domain::intake::{ChildCodes, Consent, Cycle, Intake, Provision};
use domain::need::{Area, Need};
use domain::personal::{Contact, Particulars, Personal};
use domain::request::Moment;
use serde::Serialize;
use utoipa::ToSchema;
use views::Detail;

/// A request, with everything that was said in it, as far as the reader may know it.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestShown {
    #[serde(flatten)]
    standing: Standing,
    school_urn: String,
    school_name: Option<String>,
    #[schema(value_type = String)]
    channel: Channel,
    #[schema(value_type = String)]
    about: About,
    #[schema(value_type = Option<Object>)]
    requested_by: Option<Contact>,
    child: Option<ChildShown>,
    /// Codes about the child: age, year group, provision, status.
    #[schema(value_type = Option<Object>)]
    child_codes: Option<ChildCodes>,
    needs: NeedsShown,
    #[schema(value_type = Vec<String>)]
    support_sought: Vec<Support>,
    #[schema(value_type = Vec<String>)]
    concerns: Vec<Concern>,
    tried: Vec<CycleShown>,
    provision: Vec<ProvisionShown>,
    /// What the provision costs in a year.
    #[schema(value_type = Object, example = json!({"pence": 627_000}))]
    provision_cost_per_year: domain::money::Money,
    #[schema(value_type = Vec<String>)]
    specialists: Vec<Specialist>,
    consent: Option<ConsentShown>,
    summary: Option<String>,
    #[schema(value_type = Option<String>)]
    ending: Option<Ending>,
    /// The services that have a part in it, the one that leads first.
    services: Vec<PartShown>,
    /// What people asked of the school.
    questions: Vec<QuestionShown>,
    /// The actions that the reader may take now.
    #[schema(value_type = Vec<String>, example = json!(["supply-information", "withdraw"]))]
    actions: Vec<&'static str>,
    /// The request that goes on for this one, which repeats it.
    #[schema(value_type = Option<String>, format = Uuid)]
    merged_into: Option<RequestId>,
    /// The requests that this one goes on for.
    #[schema(value_type = Vec<String>)]
    absorbed: Vec<RequestId>,
    /// For `If-Match`.
    version: u32,
}

/// What was asked of the school, and what may be done now.
struct Conversed {
    questions: Vec<QuestionShown>,
    actions: Vec<&'static str>,
}

/// Needs, with what was written about them.
#[derive(Serialize, ToSchema)]
pub(crate) struct NeedsShown {
    #[schema(value_type = Option<String>)]
    primary: Option<Need>,
    #[schema(value_type = Option<String>)]
    area: Option<Area>,
    #[schema(value_type = Vec<String>)]
    others: Vec<Need>,
    description: Option<String>,
}

/// A cycle, with what was tried in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CycleShown {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    codes: Cycle,
    provision: Option<String>,
}

/// A provision, with what it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProvisionShown {
    what: Option<String>,
    #[schema(value_type = Option<f64>)]
    hours_per_week: Option<serde_json::Number>,
    #[schema(value_type = Option<f64>)]
    weeks_per_year: Option<serde_json::Number>,
    #[schema(value_type = Option<Object>)]
    cost_per_hour: Option<domain::money::Money>,
}

/// What was said of consent.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentShown {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    codes: Consent,
    method: Option<String>,
    override_reason: Option<String>,
}

/// One request.
#[utoipa::path(
    get, path = "/requests/{id}", operation_id = "read_request", tag = "requests",
    params(OfRequest, AtLeast),
    responses((status = 200, body = RequestShown, headers(("ETag" = String, description = "Its version"))), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<([(HeaderName, String); 1], Json<RequestShown>), Problem> {
    let detail = detail(&app, &permit, &id, query).await?;
    let tag = format!("\"{}\"", detail.item.version);
    Ok(([(header::ETAG, tag)], Json(opened(&app, &permit, detail).await?)))
}

/// The request with what was said in it, opened as far as the caller may know it.
pub(super) async fn opened(
    app: &App,
    permit: &Permit,
    detail: Detail,
) -> Result<RequestShown, Problem> {
    let now = app.engine.now();
    let at = Moment { effective_at: now, recorded_at: now };
    let actions = open_to(&permit.caller, &detail.case, &*app.engine.desk().await?, at);
    shown(&Reader::Permitted(app, permit), detail, actions).await
}

/// The request with what was said in it, opened as far as the reader may know it, and with the
/// actions that were open to whoever it is shown to.
pub(crate) async fn shown(
    reader: &Reader<'_>,
    detail: Detail,
    actions: Vec<&'static str>,
) -> Result<RequestShown, Problem> {
    let mut boxes = Vec::new();
    boxes.extend(detail.item.identity.clone());
    boxes.extend(detail.item.particulars.clone());
    boxes.extend(detail.asked.iter().cloned());
    let (named, told) = (detail.item.identity.is_some(), detail.item.particulars.is_some());
    let mut opened = reader.open(boxes).await?.into_iter();
    let unsealed = Unsealed {
        identity: if named { opened.next().and_then(identity) } else { None },
        particulars: if told { opened.next().and_then(particulars) } else { None },
    };
    let questions = questions(&detail.case.conversation, &detail.asked, opened);
    Ok(RequestShown::of(detail, unsealed, Conversed { questions, actions }))
}

/// The request as it was once, in a pack: nothing can be done to it there. `opened` is what was
/// in the boxes that asked the school something.
pub(crate) fn as_it_was(
    detail: Detail,
    unsealed: Unsealed,
    opened: impl Iterator<Item = Option<Personal>>,
) -> RequestShown {
    let questions = questions(&detail.case.conversation, &detail.asked, opened);
    RequestShown::of(detail, unsealed, Conversed { questions, actions: vec![] })
}

/// The request, if the caller may know of it.
pub(crate) async fn detail(
    app: &App,
    permit: &Permit,
    id: &str,
    mut query: Query,
) -> Result<Detail, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let request = request_id(id)?;
    app.fresh(at_least).await?;
    let found = app.views.request(permit.scope(), request).await?;
    found.ok_or_else(Problem::not_found)
}

impl RequestShown {
    fn of(detail: Detail, unsealed: Unsealed, conversation: Conversed) -> Self {
        let ending = detail.ending();
        let Detail { item, case, .. } = detail;
        let (standing, services) = (Standing::of(&case), parts(&case));
        let words = unsealed.particulars.clone().unwrap_or_default();
        let Intake { primary_need, other_needs, consent, .. } = case.intake.clone();
        Self {
            standing,
            school_urn: item.urn.to_string(),
            school_name: item.school_name,
            channel: case.intake.channel,
            about: case.intake.about,
            requested_by: unsealed.particulars.map(|said| said.requested_by),
            child: item
                .child
                .map(|child| ChildShown::of(child, unsealed.identity, item.child_erased)),
            child_codes: case.intake.child.clone(),
            needs: NeedsShown {
                primary: primary_need,
                area: primary_need.map(Need::area),
                others: other_needs,
                description: words.description.clone(),
            },
            tried: cycles(&case.intake, &words),
            provision: provision(&case.intake, &words),
            provision_cost_per_year: case.intake.provision_cost_per_year(),
            consent: consent.map(|codes| ConsentShown {
                codes,
                method: words.consent_method,
                override_reason: words.consent_override,
            }),
            summary: words.summary,
            support_sought: case.intake.support_sought,
            concerns: case.intake.concerns,
            specialists: case.intake.specialists,
            ending,
            services,
            questions: conversation.questions,
            actions: conversation.actions,
            merged_into: case.merged_into,
            absorbed: case.absorbed,
            version: item.version,
        }
    }
}

/// Each cycle with its words, if they could be opened.
fn cycles(intake: &Intake, words: &Particulars) -> Vec<CycleShown> {
    let said = words.tried.iter().cloned().chain(std::iter::repeat(None));
    let cycles = intake.tried.iter().cloned().zip(said);
    cycles.map(|(codes, provision)| CycleShown { codes, provision }).collect()
}

/// Each provision with its words, if they could be opened.
fn provision(intake: &Intake, words: &Particulars) -> Vec<ProvisionShown> {
    let decimal = |number: domain::money::TenThousandths| number.to_string().parse().ok();
    let said = words.provision.iter().cloned().chain(std::iter::repeat(None));
    let items = intake.provision.iter().cloned().zip(said);
    items
        .map(|(Provision { hours_per_week, weeks_per_year, cost_per_hour }, what)| ProvisionShown {
            what,
            hours_per_week: hours_per_week.and_then(decimal),
            weeks_per_year: weeks_per_year.and_then(decimal),
            cost_per_hour,
        })
        .collect()
}
