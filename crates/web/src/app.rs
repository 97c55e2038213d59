//! What every handler works with, and the guard in front of every route.

use crate::access::exception::exception;
use crate::access::why::purposes;
use crate::access::{Operation, Reach};
use crate::hardening::Known;
use crate::identity::{Caller, Keys};
use crate::problem::Problem;
use crate::security::{Happening, Why, record};
use crate::session::{Sessions, csrf};
use crate::trace::asked_by;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::account::Purpose;
use domain::desk::Desk;
use domain::ids::PanelId;
use domain::request::event::GlassReason;
use engine::Engine;
use std::collections::BTreeSet;
use std::time::Duration;
use views::Views;

/// What every handler works with. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Commands.
    pub engine: Engine,
    /// Queries.
    pub views: Views,
    /// Which keys open the door.
    pub keys: Keys,
    /// How long somebody who signed in stays in.
    pub sessions: Sessions,
}

/// How long a question waits for what was written just before it.
const PATIENCE: Duration = Duration::from_secs(2);

impl App {
    /// Waits until the views know of everything that was stored when the question came, so
    /// that whoever writes and then reads sees it without asking. When they are far behind,
    /// the answer is as old as they are, unless `at_least` insists.
    pub(crate) async fn fresh(&self, at_least: u64) -> Result<(), Problem> {
        let stored = self.views.at_least(self.engine.head());
        let _caught_up = tokio::time::timeout(PATIENCE, stored).await;
        Ok(self.views.at_least(at_least).await?)
    }
}

/// That the caller may do this, and how far it reaches. Handlers get it from the guard;
/// nothing else makes one.
#[derive(Clone, Debug)]
pub(crate) struct Permit {
    pub(crate) caller: Caller,
    pub(crate) operation: Operation,
    pub(crate) reach: Reach,
    /// Why the caller reads this one request by exception.
    pub(crate) exception: Option<GlassReason>,
    /// What the caller says that it is for.
    pub(crate) purposes: BTreeSet<Purpose>,
}

impl Permit {
    /// Whether it reaches to what a panel has before it, decides and plans.
    pub(crate) fn covers_panel(&self, panel: &PanelId) -> bool {
        self.reach != Reach::Panels || self.caller.panels().contains(panel)
    }

    /// The panels to which it reaches; `None`: all of them.
    pub(crate) fn panels(&self) -> Option<BTreeSet<PanelId>> {
        (self.reach == Reach::Panels).then(|| self.caller.panels().clone())
    }
}

/// Lets through who may do this, and tells the handler how far it reaches.
pub(crate) async fn guard(
    State((app, operation)): State<(App, Operation)>,
    mut request: Request,
    next: Next,
) -> Response {
    let permit = match app.engine.desk().await {
        Ok(desk) => {
            let asked = Asked {
                headers: request.headers().clone(),
                path: request.uri().path().to_owned(),
                changes_nothing: request.method().is_safe(),
            };
            permit(&app, operation, &asked, &desk).await
        }
        Err(failure) => Err(failure.into()),
    };
    match permit {
        Ok(permit) => {
            let renewed =
                permit.caller.session().and_then(|it| app.sessions.renewed(it, &app.engine));
            request.extensions_mut().insert(permit);
            let mut response = next.run(request).await;
            if let Some(cookie) = renewed {
                // Who signs out says so in the answer, and is not signed in again by it.
                response.headers_mut().entry(header::SET_COOKIE).or_insert(cookie);
            }
            response.extensions_mut().insert(Known);
            response
        }
        Err(problem) => problem.into_response(),
    }
}

/// What the guard looks at of a request.
struct Asked {
    headers: HeaderMap,
    path: String,
    changes_nothing: bool,
}

async fn permit(
    app: &App,
    operation: Operation,
    Asked { headers, path, changes_nothing }: &Asked,
    desk: &Desk,
) -> Result<Permit, Problem> {
    let caller = Caller::of(headers, app, desk).ok_or_else(|| unknown(app, headers))?;
    asked_by(caller.id(), operation);
    let exception = exception(app, operation, &caller, path).await?;
    let reach = if exception.is_some() { Reach::All } else { operation.reach(caller.role()) };
    let name = operation.name();
    if reach == Reach::No {
        let role = caller.role();
        let detail = format!("The operation “{name}” is not for the role “{role}”.");
        refused(&caller, operation, Why::Role);
        return Err(Problem::forbidden(detail));
    }
    if !caller.scope().allows(name, *changes_nothing) {
        let detail = format!("The operation “{name}” is beyond the scope of this key.");
        refused(&caller, operation, Why::Scope);
        return Err(Problem::forbidden(detail));
    }
    if let (Some(session), false) = (caller.session(), *changes_nothing) {
        csrf::must_be_ours(headers, session, app)
            .inspect_err(|_| refused(&caller, operation, Why::NotOurPage))?;
    }
    let purposes = purposes(headers)?;
    Ok(Permit { caller, operation, reach, exception, purposes })
}

/// Nobody that is known; what they showed is told to whoever watches, by kind.
fn unknown(app: &App, headers: &HeaderMap) -> Problem {
    let why = if headers.contains_key(header::AUTHORIZATION) {
        Why::Key
    } else if app.sessions.is_shown(headers) {
        Why::Session
    } else {
        Why::NothingShown
    };
    record(Happening::Unknown { why });
    Problem::unauthenticated()
}

fn refused(caller: &Caller, operation: Operation, why: Why) {
    record(Happening::Refused { account: caller.id(), operation, why });
}

impl<S: Sync> FromRequestParts<S> for Permit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Without the guard there is no permit, and without a permit nothing is done.
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::unauthenticated)
    }
}
