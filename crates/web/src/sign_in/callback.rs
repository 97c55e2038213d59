//! `GET /sign-in/callback`: somebody comes back from the provider, and comes in.

use super::provider::{Provider, Vouched};
use super::trip::Trip;
use super::{go, who};
use crate::app::App;
use crate::problem::Problem;
use crate::query::Query;
use crate::session::{Session, identity};
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::account::AccountCommand;
use domain::desk::DeskCommand;
use domain::ids::SessionId;
use engine::{Actor, Context};
use std::sync::Arc;

/// Checks what the provider says, and begins a session.
pub(super) async fn arrive(
    State(app): State<App>,
    Extension(provider): Extension<Arc<Provider>>,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let (code, state) = (query.text("code"), query.text("state"));
    // Whatever else a provider adds (`iss`, `session_state`, an error's words) is its own.
    let (Some(code), Some(state)) = (code, state) else {
        return Err(Problem::no_entry("You did not sign in. Begin again."));
    };
    let cookie = app.sessions.shown_signing_in(&headers);
    let trip = cookie.and_then(|cookie| Trip::read(&app.engine, cookie, &state));
    let trip = trip.ok_or_else(|| Problem::no_entry("This took too long. Begin again."))?;
    let vouched = provider.exchange(&app.engine, &trip, code).await.map_err(|cause| {
        tracing::warn!(%cause, "somebody could not sign in");
        Problem::no_entry("The sign-in service vouches for nobody. Begin again.")
    })?;
    second_factor(&provider, &vouched)?;
    let session = begin(&app, &provider, &vouched).await?;
    let cookies = [app.sessions.cookie(&session, &app.engine), app.sessions.no_signing_in()];
    go(&trip.return_to, cookies)
}

fn second_factor(provider: &Provider, vouched: &Vouched) -> Result<(), Problem> {
    let by_method = vouched.amr.iter().any(|method| method == "mfa");
    let by_class = vouched.acr.as_ref().is_some_and(|acr| provider.mfa_acr.contains(acr));
    if !provider.require_mfa || by_method || by_class {
        return Ok(());
    }
    let detail = "You signed in with one factor. Sign in with a second one, such as a code.";
    Err(Problem::no_entry(detail))
}

/// Records that somebody is in, and who they are bound to be from here on.
async fn begin(app: &App, provider: &Provider, vouched: &Vouched) -> Result<Session, Problem> {
    let identity = identity::of_subject(&app.engine, &provider.issuer, &vouched.subject);
    let entry = who::comes_in(app, provider, vouched, &identity).await?;
    let (account, at) = (entry.account.id.clone(), app.engine.now());
    let id = SessionId(app.engine.fresh_id()?);
    let mut commands = Vec::new();
    if let Some(invited) = entry.invited {
        let (account, identity) = (account.clone(), identity.clone());
        let bind = AccountCommand::Bind { account, identity, invited: Some(invited), at };
        commands.push(DeskCommand::Account(bind));
    }
    let sign_in = AccountCommand::SignIn { account: account.clone(), session: id, identity, at };
    commands.push(DeskCommand::Account(sign_in));
    let context = Context {
        actor: Actor::account(&account, entry.account.role),
        command: app.engine.fresh_id()?,
        fingerprint: app.engine.fingerprint(id.to_string().as_bytes()),
        effective_at: None,
        expected_version: None,
    };
    app.engine.configure(&context, commands).await?;
    Ok(Session { id, account, started_at: at, seen_at: at })
}
