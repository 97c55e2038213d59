//! The rota: who is on duty, when nobody is, and what is at risk then.

use crate::page::{OpenTo, Page, may, must};

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

pub(super) const PAGES: &[&Page] = &[&ROTA];
