//! `GET /me`, `GET /me/session` and `POST /sign-out`: who one is here, until when, and leaving.

use crate::access::{Operation, Reach};
use crate::accounts::scope::ScopeBody;
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{Faults, Form};
use crate::identity::Via;
use crate::openapi::{Refused, Unanswered, Write};
use crate::problem::Problem;
use crate::query::Query;
use crate::security::{Happening, record};
use crate::session::csrf_token;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::account::{AccountCommand, KeyScope, Role};
use domain::desk::DeskCommand;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who the caller is, and what they may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeBody {
    #[schema(example = "asha-rao")]
    account: String,
    name: String,
    #[schema(value_type = String, example = "adviser")]
    role: Role,
    /// The school that the account acts for.
    school_urn: Option<String>,
    /// The service that the account acts for.
    service: Option<String>,
    /// How the caller came in: `key`, `session` or `demo`.
    via: &'static str,
    /// The key, by its name, where there is one.
    #[schema(value_type = Option<String>, format = Uuid)]
    key: Option<Uuid>,
    /// How much of what the role may do the caller may do.
    #[schema(value_type = ScopeBody, example = json!("everything"))]
    scope: KeyScope,
    /// Every operation that the caller may ask for, and how far it reaches.
    may: Vec<MayBody>,
}

/// Something that the caller may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct MayBody {
    /// Its `operationId` in this description.
    #[schema(example = "read_request")]
    operation: &'static str,
    /// To what it reaches.
    #[schema(example = "own_school")]
    reach: &'static str,
}

/// Who the caller is, and what they may do.
#[utoipa::path(
    get, path = "/me", operation_id = "read_me", tag = "access",
    responses((status = 200, body = MeBody), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<MeBody>, Problem> {
    query.done()?;
    let (caller, desk) = (&permit.caller, app.engine.desk().await?);
    let school = caller.school().and_then(|school| desk.schools.get(&school));
    let (via, key) = match caller.via() {
        Via::Key(key) => ("key", Some(key.0)),
        Via::Session(_) => ("session", None),
        Via::Feed => ("feed", None),
        Via::Demo => ("demo", None),
    };
    Ok(Json(MeBody {
        account: caller.id().to_string(),
        name: caller.name().to_owned(),
        role: caller.role(),
        school_urn: school.map(|school| school.urn.to_string()),
        service: caller.service().map(ToString::to_string),
        via,
        key,
        scope: caller.scope().clone(),
        may: may(caller.role(), caller.scope()),
    }))
}

/// A scope of reading is told from the description: it is whatever is asked for with GET.
fn may(role: Role, scope: &KeyScope) -> Vec<MayBody> {
    let named = |operation: &&Operation| match scope {
        KeyScope::Everything | KeyScope::Reading => true,
        KeyScope::Operations(names) => names.contains(operation.name()),
    };
    let reached = |operation: &Operation| {
        let reach = operation.reach(role);
        (reach != Reach::No).then(|| MayBody { operation: operation.name(), reach: reach.name() })
    };
    Operation::ALL.iter().filter(named).filter_map(reached).collect()
}

/// A session, for whoever it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionBody {
    #[schema(value_type = String, format = Uuid)]
    id: Uuid,
    account: String,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// When it ends, if nothing is heard of its holder before.
    #[schema(value_type = String, format = DateTime)]
    idle_at: Timestamp,
    /// When it ends in any case.
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    /// What forms of this session carry, or `X-CSRF-Token` says.
    csrf_token: String,
}

/// The caller's session. Whoever came in with a key has none.
#[utoipa::path(
    get, path = "/me/session", operation_id = "read_session", tag = "access",
    responses((status = 200, body = SessionBody), Unanswered),
)]
pub(crate) async fn session(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<SessionBody>, Problem> {
    query.done()?;
    let session = permit.caller.session().ok_or_else(Problem::not_found)?;
    Ok(Json(SessionBody {
        id: session.id.0,
        account: session.account.to_string(),
        started_at: session.started_at,
        idle_at: app.sessions.idle_at(session),
        ends_at: app.sessions.ends_at(session),
        csrf_token: csrf_token(&app.engine, session),
    }))
}

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// What a browser forgets of us when somebody leaves. Not its cookies: that would be those of every
/// host of the council's domain, and ours is taken back by name.
const KEPT: &str = "\"cache\", \"storage\"";

/// That one is out.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedOutBody {
    signed_out: bool,
}

/// End the caller's session, on every node.
#[utoipa::path(
    post, path = "/sign-out", operation_id = "sign_out", tag = "access",
    params(Write),
    responses((status = 200, body = SignedOutBody), Refused),
)]
pub(crate) async fn sign_out(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Response, Problem> {
    let mut faults = Faults::default();
    let form = Form::of(&incoming.body, "", &mut faults);
    let read = form.map(|form| form.done(&mut faults));
    faults.or(read)?;
    let session = incoming.permit.caller.session();
    let detail = "Whoever comes in with a key has no session to end; a key is revoked.";
    let session = session.ok_or_else(|| Problem::conflict(detail))?;
    let command = AccountCommand::EndSession {
        account: session.account.clone(),
        session: session.id,
        at: app.engine.now(),
        until: app.sessions.ends_at(session),
    };
    let commands = vec![DeskCommand::Account(command)];
    let done = app.engine.configure(&incoming.context(None), commands).await?;
    let mut response = Written::now(done, None, SignedOutBody { signed_out: true }).into_response();
    record(Happening::SignedOut { account: &session.account });
    if let Some(cookie) = app.sessions.no_cookie() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static(KEPT));
    Ok(response)
}
