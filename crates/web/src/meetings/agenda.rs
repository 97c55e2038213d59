//! `GET|POST|PUT /meetings/{id}/agenda`: what a meeting takes up, in which order, and what it
//! could take up in the time that is left.

mod proposed;
mod shown;

use super::shown::MeetingShown;
use super::{Convened, OfMeeting, Sat, convene, sitting};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{Faults, Form, code, number};
use crate::openapi::{AtLeast, Refused, Unanswered, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::actions::read;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use domain::ids::RequestId;
use domain::meeting::event::Planned;
use domain::meeting::{Item, MeetingCommand, Sitting};
use domain::panel::{Depth, MinutesFor};
use serde_json::Value;
use shown::AgendaShown;
use utoipa::ToSchema;

/// The most items of a meeting.
const MOST_ITEMS: usize = 200;

/// What the meeting takes up, in this order, instead of any agenda before. Left out: what is
/// there already, and what is proposed for the rest of the time.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({}))]
pub(crate) struct AgendaBody {
    #[schema(max_items = 200)]
    items: Option<Vec<AgendaItemBody>>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// One item.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AgendaItemBody {
    #[schema(format = Uuid)]
    request: String,
    /// `consent`, `standard` or `in_depth`; as the request has it when left out.
    depth: Option<String>,
    /// As the terms of reference have it for that depth when left out.
    minutes: Option<u16>,
}

/// An item as it was asked for.
struct Asked {
    request: RequestId,
    depth: Option<Depth>,
    minutes: Option<u16>,
}

/// What a meeting takes up, what it could take up in the time that is left, and which promises
/// are at risk.
#[utoipa::path(
    get, path = "/meetings/{id}/agenda", operation_id = "read_agenda", tag = "meetings",
    params(OfMeeting, AtLeast),
    responses((status = 200, body = AgendaShown), Unanswered),
)]
pub(crate) async fn read_agenda(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<([(HeaderName, String); 1], Json<AgendaShown>), Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (sitting, version) = sitting(&app, &permit, &id).await?;
    let proposal = proposed::proposal(&app, &sitting).await?;
    let shown = AgendaShown::of(&app, &permit, &sitting, &proposal).await?;
    Ok(([(header::ETAG, format!("\"{version}\""))], Json(shown)))
}

/// Set the agenda: these items, in this order, and no others. Without items, what is proposed.
#[utoipa::path(
    post, path = "/meetings/{id}/agenda", operation_id = "set_agenda", tag = "meetings",
    params(OfMeeting, Write),
    request_body(content = AgendaBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn set_agenda(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    set(&app, &id, &incoming).await
}

/// The same.
#[utoipa::path(
    put, path = "/meetings/{id}/agenda", operation_id = "put_agenda", tag = "meetings",
    params(OfMeeting, Write),
    request_body(content = AgendaBody, content_type = "application/json"),
    responses((status = 200, body = MeetingShown), Refused),
)]
pub(crate) async fn put_agenda(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    set(&app, &id, &incoming).await
}

async fn set(app: &App, id: &str, incoming: &Incoming) -> Result<Sat, Problem> {
    let (asked, effective_at) = read(&incoming.body, |form, faults| {
        Some(form.has("items").then(|| form.list("items", MOST_ITEMS, faults, item)))
    })?;
    let (sitting, _) = sitting(app, &incoming.permit, id).await?;
    let items = match asked {
        Some(asked) => planned(app, &sitting, asked).await?,
        None => whole(app, &sitting).await?,
    };
    convene(app, incoming, id, effective_at, MeetingCommand::SetAgenda(items)).await
}

fn item(value: &Value, at: &str, faults: &mut Faults) -> Option<Asked> {
    let mut form = Form::of(value, at, faults)?;
    let request = form.required("request", faults, super::ratify::request);
    let depth = form.optional("depth", faults, code);
    let minutes = form.optional("minutes", faults, number(1, 480));
    form.done(faults);
    Some(Asked { request: request?, depth, minutes })
}

/// What was left out is as the request and the terms of reference have it.
async fn planned(app: &App, sitting: &Sitting, asked: Vec<Asked>) -> Result<Vec<Planned>, Problem> {
    let desk = app.engine.desk().await?;
    let minutes_for = desk.terms(&sitting.panel).map(|(terms, _)| terms.minutes_for);
    let minutes_for: MinutesFor = minutes_for.unwrap_or_default();
    let mut items = Vec::with_capacity(asked.len());
    for Asked { request, depth, minutes } in asked {
        let own = if let Some(depth) = depth {
            depth
        } else {
            let (state, _) = app.engine.request(request).await?;
            state.case().map_or(Depth::Standard, domain::request::Case::depth)
        };
        let minutes = minutes.unwrap_or_else(|| minutes_for.depth(own));
        items.push(Planned { request, depth: own, minutes });
    }
    Ok(items)
}

/// What is there already, and what is proposed for the rest. What has left the queue since is
/// not put back.
async fn whole(app: &App, sitting: &Sitting) -> Result<Vec<Planned>, Problem> {
    app.fresh(0).await?;
    let docket = app.engine.docket().await?;
    let still = |item: &&Item| {
        let docketed = docket.find(item.request);
        docketed.is_some_and(|it| it.case.agenda() == Some(&sitting.id))
    };
    let kept = sitting.items.iter().filter(still).map(|item| Planned {
        request: item.request,
        depth: item.depth,
        minutes: item.minutes,
    });
    let proposal = proposed::proposal(app, sitting).await?;
    let further = proposal.items.iter().map(|item| Planned {
        request: item.request,
        depth: item.depth,
        minutes: item.minutes,
    });
    Ok(kept.chain(further).collect())
}
