//! The rota: who is on duty, when nobody is, and what is at risk then; shifts, and what stands
//! before them: somebody else on, somebody away, turns swapped.

use crate::ask::{Ask, may, must};
use crate::form::Form;
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
    Form::post(&OFFER, "/rotas/{team}/swaps", "/rotas/{team}?week={date}&done=swap-offered"),
    Form::post(
        &ROTA,
        "/rotas/{team}/swaps/{id}/accept",
        "/rotas/{team}?week={answer.shift.date}&done=swap-accepted",
    )
    .at("/rotas/{team}/swaps/{id}/accept"),
    Form::post(
        &ROTA,
        "/rotas/{team}/swaps/{id}/refuse",
        "/rotas/{team}?week={answer.shift.date}&done=swap-refused",
    )
    .at("/rotas/{team}/swaps/{id}/refuse"),
    Form::post(
        &ROTA,
        "/rotas/{team}/swaps/{id}/withdraw",
        "/rotas/{team}?week={answer.shift.date}&done=swap-withdrawn",
    )
    .at("/rotas/{team}/swaps/{id}/withdraw"),
    Form::post(
        &AWAY,
        "/rotas/{team}/absences",
        "/rotas/{team}?week={answer.from}&done=absence-recorded",
    ),
    Form::post(&ROTA, "/rotas/{team}/absences/{id}/end", "/rotas/{team}?done=absence-ended")
        .at("/rotas/{team}/absences/{id}/end"),
    Form::post(
        &INSTEAD,
        "/rotas/{team}/overrides",
        "/rotas/{team}?week={answer.from}&done=override-added",
    ),
    Form::put(
        &OVERRIDES,
        "/rotas/{team}/overrides?month={month}",
        "/rotas/{team}?month={month}&done=overrides-set",
    ),
    Form::put(
        &SHIFTS,
        "/rotas/{team}/shifts?month={month}",
        "/rotas/{team}?month={month}&done=shifts-set",
    ),
    Form::tell(&FEED, Method::POST, "/rotas/{team}/feed"),
    Form::post(&FEED, "/rotas/{team}/feed/revoke", "/rotas/{team}/feed?done=feed-revoked")
        .at("/rotas/{team}/feed/revoke"),
];
