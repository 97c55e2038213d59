//! What the duty adviser says of a child and of two requests: that they are one, or are not.
//!
//! Nothing is linked or merged by itself. Who said so stands in the log with it.

use super::reason::words;
use super::{read, request_id};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code};
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::child::ChildRefusal;
use domain::ids::{ChildId, RequestId};
use engine::{Configured, Failure, SameChild};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Which child this request's child is, or is not: by a request about it, or by pseudonym.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"request": "0197d2a0-0000-7000-8000-000000000001"}))]
pub(crate) struct LinkBody {
    /// Another request about the same child. This or `child` is required.
    #[schema(format = Uuid)]
    request: Option<String>,
    /// The other pseudonym.
    #[schema(format = Uuid)]
    child: Option<String>,
    /// When it was said, if earlier than now.
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Which request goes on for both.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"into": "0197d2a0-0000-7000-8000-000000000001"}))]
pub(crate) struct MergeBody {
    /// The request that goes on.
    #[schema(format = Uuid)]
    into: String,
    /// What the school is told about it.
    #[schema(max_length = 10_000)]
    text: Option<String>,
    /// When it was decided, if earlier than now.
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Which pseudonyms are one child.
#[derive(Serialize, ToSchema)]
pub(crate) struct SameChildShown {
    /// All of them, this request's child among them.
    #[schema(value_type = Vec<String>)]
    children: Vec<ChildId>,
}

/// Whom a link is to.
enum Whom {
    ChildOf(RequestId),
    Child(ChildId),
}

/// Say that the children of two requests are one child.
#[utoipa::path(
    post, path = "/requests/{id}/actions/link-child", operation_id = "link_child", tag = "duty",
    params(OfRequest, Write),
    request_body(content = LinkBody, content_type = "application/json"),
    responses((status = 200, body = SameChildShown), Refused),
)]
pub(crate) async fn link_child(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<SameChildShown>, Problem> {
    let (whom, effective_at) = read(&incoming.body, whom)?;
    let (one, other) = both(&app, &id, whom).await?;
    let linked = app.engine.link(&incoming.context(effective_at), one, other).await?;
    Ok(shown(linked))
}

/// Take it back: the children of two requests are not one child after all.
#[utoipa::path(
    post, path = "/requests/{id}/actions/unlink-child", operation_id = "unlink_child", tag = "duty",
    params(OfRequest, Write),
    request_body(content = LinkBody, content_type = "application/json"),
    responses((status = 200, body = SameChildShown), Refused),
)]
pub(crate) async fn unlink_child(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<SameChildShown>, Problem> {
    let (whom, effective_at) = read(&incoming.body, whom)?;
    let (one, other) = both(&app, &id, whom).await?;
    let parted = app.engine.unlink(&incoming.context(effective_at), one, other).await?;
    Ok(shown(parted))
}

/// End it as a duplicate of another request of the same school, which goes on for both. What
/// was said stays where it was said; the other one's timeline points to it.
#[utoipa::path(
    post, path = "/requests/{id}/actions/merge", operation_id = "merge", tag = "duty",
    params(OfRequest, Write),
    request_body(content = MergeBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn merge(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((into, words), effective_at) = read(&incoming.body, |form, faults| {
        let into = form.required("into", faults, code::<Uuid>);
        let words = words(form, faults);
        Some((RequestId(into?), words))
    })?;
    let from = request_id(&id)?;
    if app.engine.request(into).await?.0.case().is_none() {
        return Err(Problem::fault("/into", "there is no such request"));
    }
    let context = incoming.context(effective_at);
    Ok(Answer::changed(&app.engine.merge(&context, from, into, words).await?))
}

fn whom(form: &mut Form<'_>, faults: &mut Faults) -> Option<Whom> {
    let request = form.optional("request", faults, code::<Uuid>);
    let child = form.optional("child", faults, code::<Uuid>);
    if form.has("request") == form.has("child") {
        faults.say("/request", "say which request is about the other child, or which child");
    }
    let request = request.map(|request| Whom::ChildOf(RequestId(request)));
    request.or_else(|| child.map(|child| Whom::Child(ChildId(child))))
}

/// The child of the request in the path, and the one that is spoken of.
async fn both(app: &App, id: &str, whom: Whom) -> Result<(ChildId, ChildId), Problem> {
    let one = child_of(app, request_id(id)?).await?.ok_or_else(Problem::not_found)?;
    let other = match whom {
        Whom::Child(child) => Ok(child),
        Whom::ChildOf(request) => {
            let other = child_of(app, request).await?;
            other.ok_or_else(|| Problem::fault("/request", "there is no such request"))?
        }
    };
    Ok((one?, other?))
}

/// The child that a request is about, or that it is about none; `None` without a request.
async fn child_of(
    app: &App,
    request: RequestId,
) -> Result<Option<Result<ChildId, Problem>>, Problem> {
    let (state, _) = app.engine.request(request).await?;
    let nobody = || Failure::ChildRefused(ChildRefusal::AboutNobody).into();
    Ok(state.case().map(|case| case.child.ok_or_else(nobody)))
}

fn shown(same: SameChild) -> Written<SameChildShown> {
    let SameChild { children, position, replayed } = same;
    Written::now(Configured { position, replayed }, None, SameChildShown { children })
}
