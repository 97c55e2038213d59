//! `GET /notices`: what was to be said to whom, and whether it was.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::{AccountId, NoticeId, RequestId, Urn};
use domain::notice::{FailureCode, NoticeChannel, NoticeKind, Recipient};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::{NoticeFilter, NoticeItem};

/// A message. Where it went is not here.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeBody {
    /// Its name, which never changes: `Message-ID`, `webhook-id`, GOV.UK Notify's `reference`.
    #[schema(value_type = String)]
    id: NoticeId,
    /// The school it is to,
    #[schema(value_type = Option<String>, example = "900001")]
    school_urn: Option<Urn>,
    /// or the member of staff.
    #[schema(value_type = Option<String>)]
    account: Option<AccountId>,
    /// The request it is about.
    request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    /// What it says.
    #[schema(value_type = String, example = "accepted")]
    kind: NoticeKind,
    /// The same in plain English.
    #[schema(example = "a service has taken the request on")]
    says: &'static str,
    #[schema(value_type = String, example = "webhook")]
    channel: NoticeChannel,
    /// `waiting`, `sent` or `given_up`.
    #[schema(example = "sent")]
    state: &'static str,
    /// How many tries failed.
    failures: u32,
    /// Why the last that failed did, in a code,
    #[schema(value_type = Option<String>, example = "unreachable")]
    why: Option<FailureCode>,
    /// and in plain English.
    why_says: Option<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    intended_at: Timestamp,
    /// When it is tried next, if a try failed.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Timestamp>,
    /// When it was sent or given up.
    #[schema(value_type = Option<String>, format = DateTime)]
    settled_at: Option<Timestamp>,
    version: u32,
}

impl NoticeBody {
    fn of(item: NoticeItem) -> Self {
        let account = match item.to {
            Some(Recipient::Account(account)) => Some(account),
            Some(Recipient::School(_)) | None => None,
        };
        Self {
            id: item.id,
            school_urn: item.school_urn,
            account,
            request: item.request.0,
            reference: item.request.reference(),
            kind: item.kind,
            says: item.kind.says(),
            channel: item.channel,
            state: item.state.as_str(),
            failures: item.failures,
            why: item.why,
            why_says: item.why.map(FailureCode::says),
            intended_at: item.intended_at,
            next_at: item.next_at,
            settled_at: item.settled_at,
            version: item.version,
        }
    }
}

/// Which messages.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct NoticeQuery {
    /// The school they are to.
    school_urn: Option<String>,
    /// The request they are about.
    #[param(format = Uuid)]
    request: Option<String>,
    /// How far they are: `waiting`, `sent` or `given_up`.
    state: Option<String>,
    /// What they say.
    kind: Option<String>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// The messages that the caller may know of, latest first: a school sees those to itself.
#[utoipa::path(
    get, path = "/notices", operation_id = "list_notices", tag = "notices",
    params(NoticeQuery),
    responses((status = 200, body = Page<NoticeBody>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<NoticeBody>>, Problem> {
    let filter = NoticeFilter {
        school_urn: query.read("school_urn"),
        request: query.read::<Uuid>("request").map(RequestId),
        state: query.read("state"),
        kind: query.read("kind"),
    };
    let page = views::Page { limit: query.limit(), cursor: query.text("cursor") };
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let listing = app.views.notices(permit.scope(), filter, page).await?;
    let items = listing.items.into_iter().map(NoticeBody::of).collect();
    Ok(Json(Page { items, next: listing.next }))
}
