//! `GET /sign-in/callback`: somebody comes back from the provider, and comes in.

use super::provider::{Provider, Vouched};
use super::trip::Trip;
use super::{go, who};
use crate::app::App;
use crate::problem::Problem;
use crate::query::Query;
use crate::security::{Happening, Why, record};
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
        return Err(refused(Why::NoCode, "You did not sign in. Begin again."));
    };
    let cookie = app.sessions.shown_signing_in(&headers);
    let trip = cookie.and_then(|cookie| Trip::read(&app.engine, cookie, &state));
    let late = || refused(Why::NotOnTheWay, "This took too long. Begin again.");
    let trip = trip.ok_or_else(late)?;
    let vouched = provider.exchange(&app.engine, &trip, code).await.map_err(|cause| {
        tracing::warn!(%cause, "somebody could not sign in");
        refused(Why::NotVouchedFor, "The sign-in service vouches for nobody. Begin again.")
    })?;
    let second_factor = second_factor(&provider, &vouched)?;
    let before = app.sessions.shown(&headers, &app.engine, app.engine.now());
    let session = begin(&app, &provider, &vouched, before).await?;
    record(Happening::SignedIn { account: &session.account, second_factor });
    let cookies = [app.sessions.cookie(&session, &app.engine), app.sessions.no_signing_in()];
    go(&trip.return_to, cookies)
}

/// Whether they showed one; they must, where one is asked for.
fn second_factor(provider: &Provider, vouched: &Vouched) -> Result<bool, Problem> {
    let by_method = vouched.amr.iter().any(|method| method == "mfa");
    let by_class = vouched.acr.as_ref().is_some_and(|acr| provider.mfa_acr.contains(acr));
    let shown = by_method || by_class;
    if shown || !provider.require_mfa {
        return Ok(shown);
    }
    let detail = "You signed in with one factor. Sign in with a second one, such as a code.";
    Err(refused(Why::OneFactor, detail))
}

fn refused(why: Why, detail: &str) -> Problem {
    record(Happening::NotSignedIn { why });
    Problem::no_entry(detail)
}

/// Records that somebody is in, and who they are bound to be from here on.
///
/// The session that the browser had before is over with that, whoever's it was: on a machine that
/// several share, the one who left without signing out is out now.
async fn begin(
    app: &App,
    provider: &Provider,
    vouched: &Vouched,
    before: Option<Session>,
) -> Result<Session, Problem> {
    let identity = identity::of_subject(&app.engine, &provider.issuer, &vouched.subject);
    let entry = who::comes_in(app, provider, vouched, &identity).await?;
    let (account, at) = (entry.account.id.clone(), app.engine.now());
    let id = SessionId(app.engine.fresh_id()?);
    let mut commands: Vec<_> = end(app, before).await?.into_iter().collect();
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

/// What ends the session before, if anybody is still in by it.
async fn end(app: &App, before: Option<Session>) -> Result<Option<DeskCommand>, Problem> {
    let Some(before) = before else { return Ok(None) };
    let (at, until) = (app.engine.now(), app.sessions.ends_at(&before));
    let desk = app.engine.desk().await?;
    let goes_on = desk.admits(&before.account, before.id, before.started_at);
    let Session { account, id: session, .. } = before;
    let end = AccountCommand::EndSession { account, session, at, until };
    Ok(goes_on.then_some(DeskCommand::Account(end)))
}
