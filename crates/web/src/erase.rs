//! `POST /children/{id}/erase`: a child's personal data becomes unreadable, for good.

use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::ids::ChildId;
use engine::{Configured, Erasure};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// That it was done.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErasureShown {
    /// The child, by the pseudonym that remains.
    #[schema(value_type = String, format = Uuid)]
    child: ChildId,
    /// Every pseudonym that the child had: this one, and all that were linked to it.
    #[schema(value_type = Vec<String>)]
    children: Vec<ChildId>,
    #[schema(value_type = String, format = DateTime)]
    erased_at: Timestamp,
    /// The position of the log that records it.
    position: u64,
}

/// Erase a child: the key is destroyed, so that nothing personal about the child can be
/// read again, anywhere. Whatever was linked as the same child is erased with it. The log still verifies, and statistics stay as they are.
#[utoipa::path(
    post, path = "/children/{id}/erase", operation_id = "erase_child", tag = "privacy",
    params(("id" = String, Path, format = Uuid, description = "The child's pseudonym"), Write),
    responses((status = 200, body = ErasureShown), Refused),
)]
pub(crate) async fn erase(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<ErasureShown>, Problem> {
    let mut faults = Faults::default();
    let form = Form::of(&incoming.body, "", &mut faults);
    let read = form.map(|form| form.done(&mut faults));
    faults.or(read)?;
    let child = Uuid::try_parse(&id).map(ChildId).map_err(|_| Problem::not_found())?;
    let Erasure { children, erased_at, position, replayed } =
        app.engine.erase(&incoming.context(None), child, None).await?;
    let shown = ErasureShown { child, children, erased_at, position };
    Ok(Written::now(Configured { position, replayed }, None, shown))
}
