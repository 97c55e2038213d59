//! A meeting from its beginning on: who is in the room, what is decided, and its minutes.

use crate::ask::{Ask, may, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

const THE_MEETING: Ask = must("meeting", "/meetings/{id}");
const AGENDA: Ask = may("agenda", "/meetings/{id}/agenda", "read_agenda");
/// Who is who, who chairs, how it decides, and up to which sum.
const TERMS: Ask = must("panel", "/panels/{meeting.panel}");
const MINUTES_ASKED: Ask = must("minutes", "/meetings/{id}/minutes");

/// One page from the diary to the signature: its template says what is shown when.
static MEETING: Page = Page {
    at: "/meetings/{id}",
    template: "meeting/meeting.html",
    asks: &[THE_MEETING, AGENDA, TERMS],
    open_to: OpenTo::Who("read_meeting"),
};

static ATTENDANCE: Page = Page {
    at: "/meetings/{id}/attendance",
    template: "meeting/attendance.html",
    asks: &[THE_MEETING, must("attendance", "/meetings/{id}/attendance"), TERMS],
    open_to: OpenTo::Who("read_attendance"),
};

static ITEM: Page = Page {
    at: "/meetings/{id}/items/{request}",
    template: "meeting/item.html",
    asks: &[THE_MEETING, AGENDA, TERMS],
    open_to: OpenTo::Who("read_meeting"),
};

static RECUSE: Page = Page {
    at: "/meetings/{id}/items/{request}/recuse",
    template: "meeting/recuse.html",
    asks: &[THE_MEETING, TERMS],
    open_to: OpenTo::Who("recuse"),
};

static DISMISS: Page = Page {
    at: "/meetings/{id}/items/{request}/dismiss-interest",
    template: "meeting/dismiss.html",
    asks: &[THE_MEETING, TERMS],
    open_to: OpenTo::Who("dismiss_interest"),
};

static DEFER: Page = Page {
    at: "/meetings/{id}/items/{request}/defer",
    template: "meeting/defer.html",
    asks: &[THE_MEETING, TERMS],
    open_to: OpenTo::Who("defer_item"),
};

static DECIDE: Page = Page {
    at: "/meetings/{id}/items/{request}/decide",
    template: "meeting/decide.html",
    asks: &[
        THE_MEETING,
        TERMS,
        must("request_shown", "/requests/{request}"),
        may("documents", "/requests/{request}/documents", "list_documents"),
        may("triage", "/requests/{request}/triage", "read_triage"),
        may("services", "/services", "list_services"),
    ],
    open_to: OpenTo::Who("decide_item"),
};

static DELEGATED: Page = Page {
    at: "/meetings/{id}/delegated/{request}",
    template: "meeting/delegated.html",
    asks: &[THE_MEETING, TERMS],
    open_to: OpenTo::Who("review_delegated"),
};

static CLOSE: Page = Page {
    at: "/meetings/{id}/close",
    template: "meeting/close.html",
    asks: &[THE_MEETING, TERMS],
    open_to: OpenTo::Who("close_meeting"),
};

static MINUTES: Page = Page {
    at: "/meetings/{id}/minutes",
    template: "meeting/minutes.html",
    asks: &[THE_MEETING, MINUTES_ASKED, TERMS],
    open_to: OpenTo::Who("read_minutes"),
};

static SIGN: Page = Page {
    at: "/meetings/{id}/sign",
    template: "meeting/sign.html",
    asks: &[THE_MEETING, TERMS],
    open_to: OpenTo::Who("sign_minutes"),
};

static RATIFY: Page = Page {
    at: "/meetings/{id}/ratify",
    template: "meeting/ratify.html",
    asks: &[THE_MEETING, MINUTES_ASKED, TERMS],
    open_to: OpenTo::Who("ratify_meeting"),
};

/// What the chair decides outside a meeting, of which the next one hears.
static FOR_PANEL: Page = Page {
    at: "/requests/{id}/decide-for-panel",
    template: "meeting/for_panel.html",
    asks: &[
        must("request_shown", "/requests/{id}"),
        may("panel", "/panels/{request_shown.route.panel}", "read_panel"),
        may("documents", "/requests/{id}/documents", "list_documents"),
        may("triage", "/requests/{id}/triage", "read_triage"),
        may("services", "/services", "list_services"),
    ],
    open_to: OpenTo::Who("decide_for_panel"),
};

pub(super) const PAGES: &[&Page] = &[
    &MEETING,
    &ATTENDANCE,
    &ITEM,
    &RECUSE,
    &DISMISS,
    &DEFER,
    &DECIDE,
    &DELEGATED,
    &CLOSE,
    &MINUTES,
    &SIGN,
    &RATIFY,
    &FOR_PANEL,
];

/// What is said to the API in one go, and leads on.
const fn post(at: &'static str, to: &'static str, then: &'static str, on: &'static Page) -> Form {
    Form { at, does: Does::Send { method: Method::POST, to, then }, on }
}

pub(super) static FORMS: &[Form] = &[
    post(
        "/meetings/{id}/attendance",
        "/meetings/{id}/attendance",
        "/meetings/{id}?done=attendance",
        &ATTENDANCE,
    ),
    post(
        "/meetings/{id}/items/{request}/recuse",
        "/meetings/{id}/items/{request}/recuse",
        "/meetings/{id}/items/{request}?done=recuse",
        &RECUSE,
    ),
    post(
        "/meetings/{id}/items/{request}/dismiss-interest",
        "/meetings/{id}/items/{request}/dismiss-interest",
        "/meetings/{id}/items/{request}?done=dismiss-interest",
        &DISMISS,
    ),
    post(
        "/meetings/{id}/items/{request}/defer",
        "/meetings/{id}/items/{request}/defer",
        "/meetings/{id}?done=defer",
        &DEFER,
    ),
    post(
        "/meetings/{id}/items/{request}/decide",
        "/meetings/{id}/items/{request}/decide",
        "/meetings/{id}?done=decide",
        &DECIDE,
    ),
    // Another part of a package, or one fewer, before any of it is sent.
    Form { at: "/meetings/{id}/items/{request}/decide/parts", does: Does::Look, on: &DECIDE },
    Form {
        at: "/meetings/{id}/items/{request}/decide/price",
        does: Does::Work { part: "package", to: "/packages/price" },
        on: &DECIDE,
    },
    post(
        "/meetings/{id}/delegated/{request}",
        "/meetings/{id}/delegated/{request}",
        "/meetings/{id}?done=delegated",
        &DELEGATED,
    ),
    post(
        "/meetings/{id}/close",
        "/meetings/{id}/close",
        "/meetings/{id}/minutes?done=close-meeting",
        &CLOSE,
    ),
    post(
        "/meetings/{id}/sign",
        "/meetings/{id}/minutes/sign",
        "/meetings/{id}/minutes?done=sign",
        &SIGN,
    ),
    post(
        "/meetings/{id}/ratify",
        "/meetings/{id}/ratify",
        "/meetings/{id}/minutes?done=ratify",
        &RATIFY,
    ),
    post(
        "/requests/{id}/decide-for-panel",
        "/requests/{id}/actions/decide-for-panel",
        "/requests/{id}?done=decide-for-panel",
        &FOR_PANEL,
    ),
    Form { at: "/requests/{id}/decide-for-panel/parts", does: Does::Look, on: &FOR_PANEL },
    Form {
        at: "/requests/{id}/decide-for-panel/price",
        does: Does::Work { part: "package", to: "/packages/price" },
        on: &FOR_PANEL,
    },
];
