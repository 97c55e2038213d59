//! `/health/live`, `/health/ready` and `/metrics`: whether to restart it, whether to send it
//! work, and how it fares.

use crate::app::App;
use crate::metrics;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

/// Whether it can do its work.
#[derive(Serialize)]
pub(crate) struct Health {
    /// `ok`, or `degraded`: reads are served, something else is not.
    status: &'static str,
    /// Whether the log takes writes; if not, why not.
    log: String,
    /// Whether keys and accesses can be written; if not, why not.
    vault: String,
    /// Whether the read models follow the log; if not, why not.
    views: String,
    /// How many events the read models are behind the log.
    views_behind: u64,
}

/// It runs.
pub(crate) async fn live() -> Json<serde_json::Value> {
    Json(serde_json::json!({"status": "ok"}))
}

/// It can take requests in. 503 when it cannot: reads may still be served.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let log = app.engine.log_health();
    let vault = app.engine.vault_health();
    let views = app.views.health();
    let following = matches!(views.condition, views::Condition::Following);
    let ok = log.is_ok() && vault.is_ok() && following;
    let said = |health: Result<(), String>| health.err().unwrap_or_else(|| "ok".to_owned());
    let health = Health {
        status: if ok { "ok" } else { "degraded" },
        log: said(log),
        vault: said(vault),
        views: if following { "ok".to_owned() } else { format!("{:?}", views.condition) },
        views_behind: app.engine.head().saturating_sub(views.position),
    };
    (if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, Json(health))
}

/// How it fares, in the text format of Prometheus. Nothing personal, nobody's id.
pub(crate) async fn metrics(State(app): State<App>) -> String {
    let (appends, syncs) = app.engine.log_appends_and_syncs();
    metrics::set_log(app.engine.head(), app.engine.log_health().is_ok());
    metrics::set_views(app.views.position());
    metrics::set_appends(appends, syncs);
    metrics::render()
}
