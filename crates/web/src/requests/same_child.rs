//! `GET /requests/{id}/same-child`: who may be the same child, and why.
//!
//! For a person to judge. What a person has already said, by linking, comes first; the rest
//! are likenesses, each with its reasons, those with an open request first.

use super::actions::request_id;
use super::shown::{ChildShown, identity};
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::ChildId;
use domain::personal::Identity;
use domain::request::Status;
use engine::{Alike, Reason};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;
use views::Item;

/// More likenesses than anybody reads: the strongest are shown.
const MOST_CANDIDATES: usize = 50;

/// Who the child of a request may be besides.
#[derive(Serialize, ToSchema)]
pub(crate) struct SameChildFound {
    /// The child of the request; null when it is about none.
    #[schema(value_type = Option<String>, format = Uuid)]
    child: Option<ChildId>,
    /// Pseudonyms that a person said are the same child.
    linked: Vec<Found>,
    /// Children who may be the same.
    candidates: Vec<Found>,
}

/// A child with what was asked for it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    child: ChildShown,
    /// Why it may be the same child, the strongest reason first.
    reasons: Vec<ReasonShown>,
    /// Open ones first, then the latest.
    requests: Vec<RequestFound>,
}

/// Why two children may be one.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonShown {
    #[schema(value_type = String, example = "same_birth_date_names_alike")]
    code: Reason,
    #[schema(example = "same birth date, names alike")]
    says: &'static str,
}

/// A request about a child, in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestFound {
    id: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    #[schema(value_type = String, example = "with_service")]
    status: Status,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    school_urn: String,
    school_name: Option<String>,
}

/// Children who may be the same as this request's, with their requests.
#[utoipa::path(
    get, path = "/requests/{id}/same-child", operation_id = "find_same_child", tag = "duty",
    params(OfRequest, AtLeast),
    responses((status = 200, body = SameChildFound), Unanswered),
)]
pub(crate) async fn same_child(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<SameChildFound>, Problem> {
    let mut query = query;
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let request = app.views.request(permit.scope(), request_id(&id)?).await?;
    let Some(child) = request.ok_or_else(Problem::not_found)?.item.child else {
        return Ok(Json(SameChildFound { child: None, linked: vec![], candidates: vec![] }));
    };
    let same = app.views.same_child(child).await?;
    let mut alike = app.engine.children_alike(child).await?;
    let mut reasons: BTreeMap<ChildId, Vec<Reason>> = BTreeMap::new();
    for Alike { child, reasons: why } in &alike {
        reasons.insert(*child, why.clone());
    }
    alike.retain(|alike| !same.contains(&alike.child));
    alike.truncate(MOST_CANDIDATES);
    let candidates: Vec<_> = alike.into_iter().map(|alike| alike.child).collect();
    let linked: Vec<_> = same.into_iter().filter(|other| *other != child).collect();

    let mut found = found(&app, &permit, &linked, &candidates, &reasons).await?;
    let linked = linked.iter().filter_map(|child| found.remove(child)).collect();
    let mut candidates: Vec<_> =
        candidates.iter().filter_map(|child| found.remove(child)).collect();
    candidates.sort_by_key(|found| !found.requests.iter().any(RequestFound::is_open));
    Ok(Json(SameChildFound { child: Some(child), linked, candidates }))
}

/// Everybody who was found, with names, after the access is on record.
async fn found(
    app: &App,
    permit: &Permit,
    linked: &[ChildId],
    candidates: &[ChildId],
    reasons: &BTreeMap<ChildId, Vec<Reason>>,
) -> Result<BTreeMap<ChildId, Found>, Problem> {
    let everybody = [linked, candidates].concat();
    let items = app.views.requests_of(everybody).await?;
    let who = names(app, permit, &items).await?;
    let mut found: BTreeMap<ChildId, Found> = BTreeMap::new();
    for item in &items {
        let Some(child) = item.child else { continue };
        let entry = found.entry(child).or_insert_with(|| Found {
            child: ChildShown::of(child, who.get(&child).cloned(), item.child_erased),
            reasons: reasons.get(&child).map(|why| shown(why)).unwrap_or_default(),
            requests: vec![],
        });
        entry.requests.push(RequestFound::of(item));
    }
    for found in found.values_mut() {
        found.requests.reverse();
        found.requests.sort_by_key(|request| !request.is_open());
    }
    Ok(found)
}

/// Who the children of these requests are, each opened once.
pub(crate) async fn names(
    app: &App,
    permit: &Permit,
    items: &[Item],
) -> Result<BTreeMap<ChildId, Identity>, Problem> {
    let boxes: BTreeMap<_, _> =
        items.iter().filter_map(|item| Some((item.child?, item.identity.clone()?))).collect();
    let (children, boxes): (Vec<_>, Vec<_>) = boxes.into_iter().unzip();
    let opened = permit.open(app, boxes).await?.into_iter().map(identity);
    Ok(children.into_iter().zip(opened).filter_map(|(child, who)| Some((child, who?))).collect())
}

fn shown(reasons: &[Reason]) -> Vec<ReasonShown> {
    reasons.iter().map(|code| ReasonShown { code: *code, says: code.says() }).collect()
}

impl RequestFound {
    fn of(item: &Item) -> Self {
        Self {
            id: item.id.0,
            reference: item.reference.clone(),
            status: item.status,
            received_at: item.received_at,
            school_urn: item.urn.to_string(),
            school_name: item.school_name.clone(),
        }
    }

    fn is_open(&self) -> bool {
        self.status != Status::Closed
    }
}
