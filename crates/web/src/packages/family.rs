//! `GET /requests/{id}/family-summary`: what was agreed, as a family reads it: who helps with
//! what, how often, until when, to what end, and whom they can always ask.
//!
//! Plain English; no money, no codes, nothing of what was said about the family.

mod says;

use super::read::package_words;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::paper::{Form, answer};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::read::detail;
use crate::requests::shown::identity;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::calendar::london;
use domain::desk::Desk;
use domain::package::{Contribution, Provider, Supported};
use domain::personal::{ContributionWords, Identity, KeyWorker, PackageWords};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use views::Detail;

/// What was agreed for a child, for the family.
#[derive(Serialize, ToSchema)]
pub(crate) struct FamilySummary {
    /// The child's given name; null for a request about a group or a school.
    child: Option<String>,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    school: Option<String>,
    /// The panel, by its name.
    #[schema(example = "Cognition and learning panel")]
    agreed_by: String,
    #[schema(value_type = String, format = Date)]
    agreed_on: Date,
    /// Whether it is over.
    over: bool,
    /// The one person whom the family can always ask.
    #[schema(value_type = Object, example = json!({"name": "Sam Ashdown",
        "role": "Specialist teacher", "contact": "01273 555 0142"}))]
    key_worker: KeyWorker,
    contributions: Vec<Given>,
    /// When everybody looks together at how it goes.
    #[schema(value_type = Option<String>, format = Date)]
    reviewed_on: Option<Date>,
    /// The last day of any of it.
    #[schema(value_type = Option<String>, format = Date)]
    ends: Option<Date>,
}

/// Something that somebody gives.
#[derive(Serialize, ToSchema)]
pub(crate) struct Given {
    #[schema(example = "A specialist teacher in class")]
    what: String,
    #[schema(example = "Specialist SEN service")]
    from: String,
    /// Who sees to it.
    lead: String,
    #[schema(example = "2 hours every week in term time")]
    how_often: String,
    #[schema(value_type = String, format = Date)]
    starts: Date,
    #[schema(value_type = String, format = Date)]
    ends: Date,
    #[schema(example = "Ivy asks for help in words")]
    to_what_end: String,
}

/// What was agreed, for the family: as JSON, or as a page or a letter (`text/html`,
/// `text/plain`) by `Accept`.
#[utoipa::path(
    get, path = "/requests/{id}/family-summary", operation_id = "read_family_summary",
    tag = "packages",
    params(OfRequest, AtLeast),
    responses((status = 200, content(
        (FamilySummary = "application/json"), (String = "text/plain"), (String = "text/html"),
    )), Unanswered),
)]
pub(crate) async fn family_summary(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    headers: HeaderMap,
    query: Query,
) -> Result<Response, Problem> {
    let detail = detail(&app, &permit, &id, query).await?;
    let support = detail.case.support.clone().ok_or_else(Problem::not_found)?;
    let described = detail.described.clone();
    let boxes = described.into_iter().chain(detail.item.identity.clone()).collect();
    let mut opened = permit.open(&app, boxes).await?.into_iter();
    let words = opened.next().flatten();
    let words = package_words(words).ok_or_else(Problem::erased)?;
    let child = opened.next().and_then(identity);
    let desk = app.engine.desk().await?;
    let summary = FamilySummary::of(&detail, &support, words, child, &desk);
    answer(Form::wanted(&headers), &summary, FamilySummary::paper)
}

impl FamilySummary {
    fn of(
        detail: &Detail,
        support: &Supported,
        words: PackageWords,
        child: Option<Identity>,
        desk: &Desk,
    ) -> Self {
        let panel = desk.panels.get(&support.panel);
        let agreed_by = panel.map_or_else(|| support.panel.to_string(), |panel| panel.name.clone());
        let given = support.package.contributions.iter().zip(words.contributions);
        Self {
            child: child.map(|child| child.given_name),
            reference: detail.item.reference.clone(),
            school: detail.item.school_name.clone(),
            agreed_by,
            agreed_on: london::wall(support.since).date(),
            over: support.over.is_some(),
            key_worker: words.key_worker,
            contributions: given.map(|(codes, words)| Given::of(codes, words, desk)).collect(),
            reviewed_on: support.review_on,
            ends: support.package.ends(),
        }
    }
}

impl Given {
    fn of(codes: &Contribution, words: ContributionWords, desk: &Desk) -> Self {
        let from = match &codes.provider {
            Provider::Agency(agency) => agency.says().to_owned(),
            Provider::Service(slug) => desk
                .services
                .get(slug)
                .map_or_else(|| slug.to_string(), |service| service.name.clone()),
        };
        Self {
            what: words.what,
            from,
            lead: words.lead,
            how_often: says::how_often(codes),
            starts: codes.starts,
            ends: codes.ends,
            to_what_end: words.outcome,
        }
    }
}
