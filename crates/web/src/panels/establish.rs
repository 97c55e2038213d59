//! `PUT /panels/{id}`: a panel gets its terms of reference, or other ones.

use super::OfPanel;
use super::terms::TermsShown;
use super::terms_form::{TermsBody, terms};
use crate::app::App;
use crate::command::Incoming;
use crate::form::Faults;
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::desk::DeskCommand;
use domain::ids::PanelId;

/// Establish a panel by its terms of reference, or give it other ones. They come into force at
/// once; meetings keep those under which they were called.
#[utoipa::path(
    put, path = "/panels/{id}", operation_id = "establish_panel", tag = "panels",
    params(OfPanel, Write),
    request_body(content = TermsBody, content_type = "application/json"),
    responses(
        (status = 200, body = TermsShown, description = "It goes by these terms now"),
        (status = 201, body = TermsShown, description = "It is a new panel"),
        Refused,
    ),
)]
pub(crate) async fn establish(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<TermsShown>, Problem> {
    let id: PanelId = id.parse().map_err(|_| Problem::not_found())?;
    let desk = app.engine.desk().await?;
    let known = |account: &_| app.keys.account(account, &desk).is_some();
    let mut faults = Faults::default();
    let panel = terms(&incoming.body, &id, &desk, &known, &mut faults);
    let panel = faults.or(panel)?;
    let before = desk.terms(&id).map(|(_, version)| version);
    let command = DeskCommand::EstablishPanel(panel);
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    let desk = app.engine.desk().await?;
    let (terms, version) = desk.terms(&id).ok_or_else(Problem::not_found)?;
    let body = TermsShown::of(&desk, terms, version);
    Ok(match before {
        Some(_) => Written::now(done, Some(version), body),
        None => Written::new(done, Some(version), body),
    })
}
