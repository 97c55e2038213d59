//! `POST /retention/dispose`: erasing those whose time is over, and nobody else.

use super::groups::{Group, Kept, kept_until};
use crate::app::App;
use crate::command::{Incoming, command_id};
use crate::form::{Faults, Form, code, date, list};
use crate::openapi::{Refused, Write};
use crate::opener::Opener;
use crate::problem::Problem;
use crate::prose::{day, london_day};
use crate::written::Written;
use axum::extract::State;
use domain::child::ErasureReason;
use domain::ids::ChildId;
use engine::{Configured, Erasure, Failure};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// The most children at once.
const MOST_CHILDREN: usize = 500;

/// Whom to dispose of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct Disposal {
    /// By pseudonym, as `GET /retention/due` names them.
    #[schema(max_items = 500)]
    children: Vec<Uuid>,
    /// The day by which they fell due; not to come.
    #[schema(format = Date)]
    by: String,
}

/// What was done, and what was not.
#[derive(Serialize, ToSchema)]
pub(crate) struct Disposed {
    disposed: Vec<DisposedChild>,
    refused: Vec<RefusedChild>,
}

/// A child who was erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisposedChild {
    child: Uuid,
    /// Every pseudonym that was erased with it.
    children: Vec<Uuid>,
    #[schema(value_type = String, format = DateTime)]
    erased_at: Timestamp,
    /// The position of the log that records it.
    position: u64,
}

/// A child who was not.
#[derive(Serialize, ToSchema)]
pub(crate) struct RefusedChild {
    child: Uuid,
    /// Why not.
    why: String,
}

/// Erase children whose records need not be kept any more. Each is looked at again: whoever is
/// not due, or is held, is refused by name, and stays whole.
#[utoipa::path(
    post, path = "/retention/dispose", operation_id = "dispose", tag = "privacy",
    params(Write),
    request_body(content = Disposal, content_type = "application/json"),
    responses((status = 200, body = Disposed), Refused),
)]
pub(crate) async fn dispose(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<Disposed>, Problem> {
    let mut faults = Faults::default();
    let asked = asked(&incoming.body, london_day(app.engine.now()), &mut faults);
    let (children, by) = faults.or(asked)?;
    app.fresh(0).await?;
    let (mut disposed, mut refused) = (Vec::new(), Vec::new());
    let mut position = app.engine.head();
    for child in children {
        match why_not(&app, &incoming, child, by).await? {
            Some(why) => refused.push(RefusedChild { child: child.0, why }),
            None => match erased(&app, &incoming, child).await {
                Ok(erasure) => {
                    position = position.max(erasure.position);
                    disposed.push(DisposedChild::of(child, &erasure));
                }
                // The rules of a child's record say no: it is held.
                Err(Failure::ChildRefused(refusal)) => {
                    refused.push(RefusedChild { child: child.0, why: refusal.to_string() });
                }
                Err(failure) => return Err(failure.into()),
            },
        }
    }
    let done = Configured { position, replayed: false };
    Ok(Written::now(done, None, Disposed { disposed, refused }))
}

/// Why a child may not be disposed of; `None`: it may, or was already.
async fn why_not(
    app: &App,
    incoming: &Incoming,
    child: ChildId,
    by: Date,
) -> Result<Option<String>, Problem> {
    let group = match Group::of(app, child).await? {
        Ok(group) => group,
        Err(Kept::Unknown) => return Ok(Some("there is no such child".to_owned())),
        Err(Kept::Open) => return Ok(Some("a request about the child is open".to_owned())),
        Err(Kept::Erased) => return Ok(None),
    };
    let schedule = app.engine.desk().await?.retention.clone();
    let opener = Opener::Caller(&incoming.permit);
    let kept = kept_until(app, &schedule, &[group], opener).await?.into_iter().next().flatten();
    Ok(match kept {
        Some(kept) if kept.due_on <= by => None,
        Some(kept) => Some(format!("{} is kept until {}", kept.class.says(), day(kept.due_on))),
        None => Some("no rule says until when it is kept: erase it by itself".to_owned()),
    })
}

/// Erases one of them, by a command that is the same for every try of the whole.
async fn erased(app: &App, incoming: &Incoming, child: ChildId) -> Result<Erasure, Failure> {
    let whole = incoming.context(None).command;
    let command = command_id(&whole.to_string(), &child.to_string());
    let context = incoming.once(app, command, "dispose");
    app.engine.erase(&context, child, Some(ErasureReason::Retention)).await
}

fn asked(body: &Value, today: Date, faults: &mut Faults) -> Option<(Vec<ChildId>, Date)> {
    let mut form = Form::of(body, "", faults)?;
    let children: Option<Vec<Uuid>> = form.required("children", faults, list(MOST_CHILDREN, code));
    let by = form.required("by", faults, date);
    form.done(faults);
    if by.is_some_and(|by| by > today) {
        faults.say("/by", "this day is still to come");
    }
    Some((children?.into_iter().map(ChildId).collect(), by?))
}

impl DisposedChild {
    fn of(child: ChildId, erasure: &Erasure) -> Self {
        let Erasure { children, erased_at, position, .. } = erasure;
        let children = children.iter().map(|child| child.0).collect();
        Self { child: child.0, children, erased_at: *erased_at, position: *position }
    }
}
