//! `GET /audit/triage/replay`: every triage of a period, decided again.

use super::replay::{OneReplay, version};
use crate::app::{App, Permit};
use crate::openapi::{PageQuery, Unanswered};
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use engine::{Engine, ReplaysSought};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which period, and by which rules.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ReplaysQuery {
    /// Triages recorded at this instant, or from the beginning of this day in London, on.
    from: Option<String>,
    /// Until before this instant, or to the end of this day in London.
    to: Option<String>,
    /// By the rules of this version, to compare with; each by its own when left out.
    ruleset_version: Option<u32>,
}

/// What came of deciding a period's triages again.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReplaysShown {
    /// How many were decided again: all of the period, whatever page this is.
    replayed: usize,
    /// How many of them come out as recorded,
    same: usize,
    /// and how many do not.
    different: usize,
    /// Those that do not, in the order of the log.
    items: Vec<OneReplay>,
    /// Where the next page begins, as `cursor`; null when this is the last.
    next: Option<String>,
}

/// Which of those that differ are shown.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// After this position,
    pub(super) after: u64,
    /// and so many at most.
    pub(super) limit: usize,
}

/// Every triage of a period, decided again from codes alone: how many come out as recorded, and
/// those that do not.
#[utoipa::path(
    get, path = "/audit/triage/replay", operation_id = "replay_triages", tag = "audit",
    params(ReplaysQuery, PageQuery),
    responses((status = 200, body = ReplaysShown), Unanswered),
)]
pub(crate) async fn replays(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<ReplaysShown>, Problem> {
    let (from, to) = (query.instant("from"), query.until("to"));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        query.say("to", "this is before “from”");
    }
    let ruleset_version = version(&app.engine, &mut query).await?;
    let (limit, after) = (query.limit(), query.read::<u64>("cursor").unwrap_or(0));
    query.done()?;
    let sought = ReplaysSought { from, to, ruleset_version, ..ReplaysSought::default() };
    of_period(&app.engine, sought, Shown { after, limit }, |_, _| {}).await.map(Json)
}

/// Decides a period's triages again, and tells how far it has come.
pub(super) async fn of_period(
    engine: &Engine,
    sought: ReplaysSought,
    Shown { after, limit }: Shown,
    reached: impl Fn(u64, u64) + Send + Sync,
) -> Result<ReplaysShown, Problem> {
    let replays = engine.replays(sought, reached).await?;
    let replayed = replays.len();
    let same = replays.iter().filter(|it| it.replay.is_same()).count();
    let different = replays.into_iter().filter(|it| !it.replay.is_same());
    let shown = different.filter(|it| it.position > after).take(limit + 1);
    let mut items: Vec<OneReplay> = shown.map(OneReplay::of).collect::<Result<_, Problem>>()?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|it| it.position().to_string());
    Ok(ReplaysShown { replayed, same, different: replayed - same, items, next })
}
