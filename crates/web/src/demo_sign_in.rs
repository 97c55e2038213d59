//! `POST /sign-in/demo`: in a demonstration, one comes in as whomever one chooses to play.
//!
//! It gives no more than the demonstration's keys do, which anybody can guess, and is there where
//! they are: on this machine only.

use crate::app::App;
use crate::problem::Problem;
use crate::router::Routes;
use crate::session::way_back::is_ours;
use crate::session::{Session, csrf};
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use domain::ids::SessionId;
use serde::Deserialize;

/// The way in.
pub fn routes() -> Routes {
    Routes::new().route("/sign-in/demo", post(come_in))
}

/// Whom one chose.
#[derive(Deserialize)]
struct Choice {
    /// A demonstration key, or a member of a panel by the account.
    key: String,
    /// The page that one came for.
    return_to: Option<String>,
}

/// Begins a session as whoever was chosen, of which the log says nothing: nobody signed in.
async fn come_in(
    State(app): State<App>,
    headers: HeaderMap,
    Form(Choice { key, return_to }): Form<Choice>,
) -> Result<Response, Problem> {
    csrf::must_come_from_here(&headers, &app.sessions.public_origin)?;
    let desk = app.engine.desk().await?;
    let chosen = app.keys.played_by(key.trim(), &desk);
    let account = chosen.ok_or_else(Problem::not_found)?;
    let now = app.engine.now();
    let id = SessionId(app.engine.fresh_id()?);
    let session = Session { id, account: account.id, started_at: now, seen_at: now };
    let cookie = app.sessions.cookie(&session, &app.engine).ok_or_else(Problem::not_found)?;
    // Elsewhere than to us nobody is led.
    let to = return_to.filter(|to| is_ours(to)).unwrap_or_else(|| "/".to_owned());
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
