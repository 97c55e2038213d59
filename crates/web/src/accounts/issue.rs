//! `POST /accounts/{id}/keys`: an account gets a key, which is shown once and kept nowhere.

use super::key_form::{fresh_key, scope, usual_end};
use super::named;
use super::scope::ScopeBody;
use super::shown::KeyShown;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, instant, text};
use crate::identity::hash_of;
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::account::{Account, AccountCommand, Key, KeyScope};
use domain::desk::DeskCommand;
use domain::event::{DeskEvent, Event};
use domain::ids::KeyId;
use engine::{Configured, Context};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a key is for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"label": "Case system, production", "scope": "reading"}))]
pub(crate) struct IssueBody {
    #[schema(max_length = 100)]
    label: String,
    /// From when on it is good no longer: at most 366 days ahead; 90 when left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
    /// `everything` when left out. Of operations, the account's role may do all.
    scope: Option<ScopeBody>,
}

/// A key, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct IssuedBody {
    /// The key. Null when this is the answer to a retry: a key is shown once, and kept nowhere.
    #[schema(example = "fd_5e88…")]
    key: Option<String>,
    /// What to do with it.
    says: &'static str,
    #[serde(flatten)]
    of: KeyShown,
    /// The key whose place it takes, which ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<ReplacedBody>,
}

/// A key that goes.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReplacedBody {
    #[schema(value_type = String, format = Uuid)]
    id: Uuid,
    /// Until when it is still good.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Issue a key. It is shown in this answer, and never again: whoever loses it rotates it.
#[utoipa::path(
    post, path = "/accounts/{id}/keys", operation_id = "issue_key", tag = "access",
    params(("id" = String, Path, description = "The account"), Write),
    request_body(content = IssueBody, content_type = "application/json"),
    responses((status = 201, body = IssuedBody), Refused),
)]
pub(crate) async fn issue(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<IssuedBody>, Problem> {
    let desk = app.engine.desk().await?;
    let account = named(&desk, &id)?;
    let (now, mut faults) = (app.engine.now(), Faults::default());
    let key = read(&incoming.body, account, KeyId(app.engine.fresh_id()?), now, &mut faults);
    let (key, secret) = (faults.or(key)?, fresh_key()?);
    let command = AccountCommand::IssueKey { key, hash: hash_of(&secret) };
    carry_out(&app, &incoming.context(None), command, secret).await
}

fn read(
    body: &Value,
    account: &Account,
    id: KeyId,
    now: Timestamp,
    faults: &mut Faults,
) -> Option<Key> {
    let mut form = Form::of(body, "", faults)?;
    let label = form.required("label", faults, text(100));
    let expires_at = form.optional("expires_at", faults, instant);
    let scope = form.optional("scope", faults, scope(account.role));
    form.done(faults);
    Some(Key {
        id,
        account: account.id.clone(),
        label: label?,
        scope: scope.unwrap_or(KeyScope::Everything),
        issued_at: now,
        expires_at: expires_at.unwrap_or_else(|| usual_end(now)),
    })
}

/// Issues a key. What a retry is told comes from the log, where the key is not.
pub(super) async fn carry_out(
    app: &App,
    context: &Context,
    command: AccountCommand,
    secret: String,
) -> Result<Written<IssuedBody>, Problem> {
    let done = app.engine.configure(context, vec![DeskCommand::Account(command)]).await?;
    let recorded = app.engine.carried_out(context).await?.unwrap_or_default();
    let of = |event| shown(event, app.engine.now());
    let issued = recorded.into_iter().find_map(|recorded| of(recorded.event?));
    let (of, replaces) = issued.ok_or_else(Problem::not_found)?;
    let (key, says) = secret_of(done, secret);
    Ok(Written::new(done, None, IssuedBody { key, says, of, replaces }))
}

fn secret_of(done: Configured, secret: String) -> (Option<String>, &'static str) {
    if done.replayed {
        (None, "This key was shown when it was issued, and is kept nowhere. Lost, it is rotated.")
    } else {
        (Some(secret), "Keep this key now: it is shown this once, and kept nowhere.")
    }
}

fn shown(event: Event, now: Timestamp) -> Option<(KeyShown, Option<ReplacedBody>)> {
    let Event::Desk(event) = event else { return None };
    if let DeskEvent::KeyIssued(it) = event {
        Some((KeyShown::of(&it.key, now), None))
    } else if let DeskEvent::KeyRotated(it) = event {
        let replaces = ReplacedBody { id: it.old.0, expires_at: it.old_until };
        Some((KeyShown::of(&it.key, now), Some(replaces)))
    } else {
        None
    }
}
