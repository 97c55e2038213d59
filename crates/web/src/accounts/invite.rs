//! `PUT /accounts/{id}/sign-in`: who comes in by an account when they sign in.
//!
//! Nobody is let in by signing in alone. The address, or the person as their provider knows them,
//! is kept as a keyed hash: enough to know them again, and nothing to read.

use super::shown::AccountShown;
use super::{named, stream};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, text};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::session::identity;
use crate::written::Written;
use axum::extract::State;
use domain::account::AccountCommand;
use domain::desk::DeskCommand;
use domain::ids::AccountId;
use serde_json::Value;
use utoipa::ToSchema;

/// An address, or a person as their identity provider knows them: one of the two.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"email": "asha.rao@council.example"}))]
pub(crate) struct InviteBody {
    /// Whoever signs in with this address first is who the account is for. Neither shown nor
    /// stored: what is kept is a keyed hash.
    #[schema(max_length = 254)]
    email: Option<String>,
    /// The identity provider, as in its `iss` claim; with `subject`.
    #[schema(max_length = 500)]
    issuer: Option<String>,
    /// The person, as in the `sub` claim; with `issuer`.
    #[schema(max_length = 255)]
    subject: Option<String>,
}

/// Say who comes in by an account when they sign in, instead of whoever did before.
#[utoipa::path(
    put, path = "/accounts/{id}/sign-in", operation_id = "invite_account", tag = "access",
    params(("id" = String, Path, description = "The account"), Write),
    request_body(content = InviteBody, content_type = "application/json"),
    responses((status = 200, body = AccountShown), Refused),
)]
pub(crate) async fn invite(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<AccountShown>, Problem> {
    let id = named(&*app.engine.desk().await?, &id)?.id.clone();
    let mut faults = Faults::default();
    let command = read(&incoming.body, &id, &app, &mut faults);
    let command = DeskCommand::Account(faults.or(command)?);
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    let desk = app.engine.desk().await?;
    let shown = AccountShown::of(named(&desk, id.as_str())?, &desk, true, app.engine.now());
    let version = app.engine.desk_version(&stream(&id)).await?;
    Ok(Written::now(done, Some(version), shown))
}

fn read(body: &Value, id: &AccountId, app: &App, faults: &mut Faults) -> Option<AccountCommand> {
    let mut form = Form::of(body, "", faults)?;
    let email = form.optional("email", faults, text(254));
    let issuer = form.optional("issuer", faults, text(500));
    let subject = form.optional("subject", faults, text(255));
    form.done(faults);
    if email.as_ref().is_some_and(|email| !email.contains('@')) {
        faults.say("/email", "an e-mail address");
    }
    let (account, at) = (id.clone(), app.engine.now());
    match (email, issuer, subject) {
        (Some(email), None, None) => {
            let email = identity::of_email(&app.engine, &email);
            Some(AccountCommand::Invite { account, email, at })
        }
        (None, Some(issuer), Some(subject)) => {
            let identity = identity::of_subject(&app.engine, &issuer, &subject);
            Some(AccountCommand::Bind { account, identity, invited: None, at })
        }
        _ => {
            faults.say("", "an email, or an issuer and a subject; not both");
            None
        }
    }
}
