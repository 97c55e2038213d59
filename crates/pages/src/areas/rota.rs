//! The rota: who is on duty, when nobody is, and what is at risk then; shifts, and what stands
//! before them: somebody else on, somebody away, turns swapped.

use crate::ask::{Ask, may, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

static ROTA: Page = Page {
    at: "/rotas/{team}",
    template: "rota/rota.html",
    asks: &[
        must("rota", "/rotas/{team}/days").with(&["week", "month"]),
        may("gaps", "/rotas/{team}/gaps", "read_gaps"),
        may("duty", "/duty?team={team}", "read_duty"),
        may("swaps", "/rotas/{team}/swaps?waiting=true", "read_swaps"),
        may("absences", "/rotas/{team}/absences?month={rota.month}", "read_absences"),
        may("overrides", "/rotas/{team}/overrides?month={rota.month}", "read_overrides"),
        TEAMS,
    ],
    open_to: OpenTo::Who("read_rota_days"),
};

const TEAMS: Ask = may("teams", "/teams", "list_teams");

/// One turn, to be offered to a colleague.
static OFFER: Page = Page {
    at: "/rotas/{team}/offer/{shift}/{date}",
    template: "rota/offer.html",
    asks: &[
        must("rota", "/rotas/{team}/days?week={date}"),
        may("near", "/rotas/{team}/days?month={rota.month}", "read_rota_days"),
        TEAMS,
    ],
    open_to: OpenTo::Who("offer_swap"),
};

static AWAY: Page = Page {
    at: "/rotas/{team}/away",
    template: "rota/away.html",
    asks: &[TEAMS],
    open_to: OpenTo::Who("record_absence"),
};

/// Somebody else on, or nobody.
static INSTEAD: Page = Page {
    at: "/rotas/{team}/instead",
    template: "rota/instead.html",
    asks: &[TEAMS],
    open_to: OpenTo::Who("add_override"),
};

/// What stands before the shifts of a month, to be taken off.
static OVERRIDES: Page = Page {
    at: "/rotas/{team}/overrides/{month}",
    template: "rota/overrides.html",
    asks: &[
        must("rota", "/rotas/{team}/shifts?month={month}"),
        must("overrides", "/rotas/{team}/overrides?month={month}"),
    ],
    open_to: OpenTo::Who("set_overrides"),
};

/// The shifts of a month, as a form; `?month=` fills it in from another month.
static SHIFTS: Page = Page {
    at: "/rotas/{team}/shifts/{month}",
    template: "rota/shifts.html",
    asks: &[
        must("rota", "/rotas/{team}/shifts?month={month}"),
        must("pattern", "/rotas/{team}/shifts?month={month}").with(&["month"]),
        must("days", "/rotas/{team}/days?month={month}"),
        TEAMS,
    ],
    open_to: OpenTo::Who("set_shifts"),
};

/// One's own shifts in a calendar program.
static FEED: Page = Page {
    at: "/rotas/{team}/feed",
    template: "rota/feed.html",
    asks: &[],
    open_to: OpenTo::Who("issue_feed"),
};

pub(super) const PAGES: &[&Page] = &[&ROTA, &OFFER, &AWAY, &INSTEAD, &OVERRIDES, &SHIFTS, &FEED];

pub(super) static FORMS: &[Form] = &[
    Form::send(
        ("/rotas/{team}/offer/{shift}/{date}", &OFFER),
        Method::POST,
        "/rotas/{team}/swaps",
        "/rotas/{team}?week={date}&done=swap-offered",
    ),
    Form::send(
        ("/rotas/{team}/swaps/{id}/accept", &ROTA),
        Method::POST,
        "/rotas/{team}/swaps/{id}/accept",
        "/rotas/{team}?week={answer.shift.date}&done=swap-accepted",
    ),
    Form::send(
        ("/rotas/{team}/swaps/{id}/refuse", &ROTA),
        Method::POST,
        "/rotas/{team}/swaps/{id}/refuse",
        "/rotas/{team}?week={answer.shift.date}&done=swap-refused",
    ),
    Form::send(
        ("/rotas/{team}/swaps/{id}/withdraw", &ROTA),
        Method::POST,
        "/rotas/{team}/swaps/{id}/withdraw",
        "/rotas/{team}?week={answer.shift.date}&done=swap-withdrawn",
    ),
    Form::send(
        ("/rotas/{team}/away", &AWAY),
        Method::POST,
        "/rotas/{team}/absences",
        "/rotas/{team}?week={answer.from}&done=absence-recorded",
    ),
    Form::send(
        ("/rotas/{team}/absences/{id}/end", &ROTA),
        Method::POST,
        "/rotas/{team}/absences/{id}/end",
        "/rotas/{team}?done=absence-ended",
    ),
    Form::send(
        ("/rotas/{team}/instead", &INSTEAD),
        Method::POST,
        "/rotas/{team}/overrides",
        "/rotas/{team}?week={answer.from}&done=override-added",
    ),
    Form::send(
        ("/rotas/{team}/overrides/{month}", &OVERRIDES),
        Method::PUT,
        "/rotas/{team}/overrides?month={month}",
        "/rotas/{team}?month={month}&done=overrides-set",
    ),
    Form::send(
        ("/rotas/{team}/shifts/{month}", &SHIFTS),
        Method::PUT,
        "/rotas/{team}/shifts?month={month}",
        "/rotas/{team}?month={month}&done=shifts-set",
    ),
    Form {
        at: "/rotas/{team}/feed",
        does: Does::Tell { method: Method::POST, to: "/rotas/{team}/feed" },
        on: &FEED,
    },
    Form::send(
        ("/rotas/{team}/feed/revoke", &FEED),
        Method::POST,
        "/rotas/{team}/feed/revoke",
        "/rotas/{team}/feed?done=feed-revoked",
    ),
];
