//! Panels: what waits for each, when it meets, by which terms, and who comes.

use crate::ask::{Ask, may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};
use axum::http::Method;

/// A panel's terms of reference, as they are in force.
const TERMS: Ask = must("terms", "/panels/{id}");

static PANELS: Page = Page {
    at: "/panels",
    template: "panel/list.html",
    asks: &[must("panels", "/panels")],
    open_to: OpenTo::Who("list_panels"),
};

/// The queue, a column for each depth.
static BOARD: Page = Page {
    at: "/panels/{id}",
    template: "panel/board.html",
    asks: &[
        TERMS,
        must("queue", "/panels/{id}/queue?limit=100")
            .with(&["standing", "overdue", "at_risk", "cursor"]),
        must("dates", "/panels/{id}/dates?count=6"),
        must("panels", "/panels"),
    ],
    open_to: OpenTo::Who("read_panel_queue"),
};

static DEPTH: Page = Page {
    at: "/panels/{id}/queue/{request}/depth",
    template: "panel/depth.html",
    asks: &[
        TERMS,
        must("queue", "/panels/{id}/queue?request={request}"),
        must("request_shown", "/requests/{request}"),
    ],
    open_to: OpenTo::Who("set_depth"),
};

/// Of all panels: the cycle over the areas, month by month.
static CALENDAR: Page = Page {
    at: "/panels/calendar",
    template: "panel/calendar.html",
    asks: &[
        must("panels", "/panels"),
        must("meetings", "/meetings?from={today.date}&limit=200").with(&["from"]),
        must("dates", "/panels/{each.id}/dates?count=4").with(&["from"]).for_each("panels.items"),
    ],
    open_to: OpenTo::Who("list_meetings"),
};

/// Of one panel: its meetings, and the dates of its cycle that none was called for.
static DATES: Page = Page {
    at: "/panels/{id}/dates",
    template: "panel/dates.html",
    asks: &[
        TERMS,
        must("dates", "/panels/{id}/dates"),
        must("coming", "/meetings?panel={id}&from={today.date}&limit=200"),
        must("past", "/meetings?panel={id}&to={today.date}&limit=200"),
    ],
    open_to: OpenTo::Who("list_meetings"),
};

static CALL: Page = Page {
    at: "/panels/{id}/meetings/new",
    template: "panel/call.html",
    asks: &[TERMS, must("dates", "/panels/{id}/dates?count=6")],
    open_to: OpenTo::Who("call_meeting"),
};

/// What a meeting could take up, whether it was called or not.
static PROPOSAL: Page = Page {
    at: "/panels/{id}/proposal",
    template: "panel/proposal.html",
    asks: &[
        TERMS,
        must("dates", "/panels/{id}/dates?count=6"),
        must("proposal", "/panels/{id}/agenda-proposal").with(&["date", "minutes"]),
    ],
    open_to: OpenTo::Who("propose_agenda"),
};

static FEED: Page = Page {
    at: "/panels/{id}/feed",
    template: "panel/feed.html",
    asks: &[TERMS],
    open_to: OpenTo::Who("issue_panel_feed"),
};

static READ_TERMS: Page = Page {
    at: "/panels/{id}/terms",
    template: "panel/terms.html",
    asks: &[
        must("shown", "/panels/{id}/terms").with(&["version"]),
        must("versions", "/panels/{id}/terms"),
    ],
    open_to: OpenTo::Who("read_panel_terms"),
};

const ACCOUNTS: Ask = may("accounts", "/accounts?role=panel&limit=200", "list_accounts");
const SERVICES: Ask = may("services", "/services", "list_services");
const EXISTING: Ask = must("panels", "/panels");

/// A panel that there is not yet: first its short name, which becomes part of its address.
static NEW: Page = Page {
    at: "/panels/new",
    template: "panel/new.html",
    asks: &[EXISTING, ACCOUNTS, SERVICES],
    open_to: OpenTo::Who("establish_panel"),
};

/// Its first terms, when something was wrong with them.
static FIRST_TERMS: Page = Page {
    at: "/panels/{id}/terms/new",
    template: "panel/new.html",
    asks: &[EXISTING, ACCOUNTS, SERVICES],
    open_to: OpenTo::Who("establish_panel"),
};

static EDIT_TERMS: Page = Page {
    at: "/panels/{id}/terms/edit",
    template: "panel/terms_edit.html",
    asks: &[TERMS, ACCOUNTS, SERVICES],
    open_to: OpenTo::Who("establish_panel"),
};

static ATTENDANCE: Page = Page {
    at: "/panels/{id}/attendance",
    template: "panel/attendance.html",
    asks: &[TERMS, must("attended", "/panels/{id}/attendance").with(&["from", "to"])],
    open_to: OpenTo::Who("read_panel_attendance"),
};

pub(super) const PAGES: &[&Page] = &[
    &PANELS,
    &BOARD,
    &DEPTH,
    &CALENDAR,
    &DATES,
    &CALL,
    &PROPOSAL,
    &FEED,
    &READ_TERMS,
    &NEW,
    &FIRST_TERMS,
    &EDIT_TERMS,
    &ATTENDANCE,
];

pub(super) static FORMS: &[Form] = &[
    Form::post(&DEPTH, "/requests/{request}/actions/set-depth", "/panels/{id}?done=set-depth"),
    Form::post(&CALL, "/panels/{id}/meetings", "/meetings/{answer.id}/agenda?done=called"),
    Form::tell(&FEED, Method::POST, "/panels/{id}/feed"),
    Form::post(&FEED, "/panels/{id}/feed/revoke", "/panels/{id}/feed?done=feed-revoked")
        .at("/panels/{id}/feed/revoke"),
    Form::put(&FIRST_TERMS, "/panels/{id}", "/panels/{id}/terms?done=terms"),
    Form::put(&EDIT_TERMS, "/panels/{id}", "/panels/{id}/terms?done=terms"),
];
