//! The rota: who is on duty, when nobody is, and what is at risk then.

use crate::ask::{may, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

static ROTA: Page = Page {
    at: "/rotas/{team}",
    template: "rota/month.html",
    asks: &[
        must("rota", "/rotas/{team}/shifts").with(&["month"]),
        may("gaps", "/rotas/{team}/gaps", "read_gaps"),
        may("duty", "/duty", "read_duty"),
        may("teams", "/teams", "list_teams"),
    ],
    open_to: OpenTo::Who("read_shifts"),
};

/// One's own shifts in a calendar program.
static FEED: Page = Page {
    at: "/rotas/{team}/feed",
    template: "rota/feed.html",
    asks: &[],
    open_to: OpenTo::Who("issue_feed"),
};

pub(super) const PAGES: &[&Page] = &[&ROTA, &FEED];

pub(super) static FORMS: &[Form] = &[Form {
    at: "/rotas/{team}/feed",
    does: Does::Tell { method: Method::POST, to: "/rotas/{team}/feed" },
    on: &FEED,
}];
