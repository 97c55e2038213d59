//! A meeting from its beginning on: who is in the room, what is decided, and its minutes.

use crate::ask::{Ask, may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

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

/// A page for one thing that is done in the room.
const fn deed(at: &'static str, template: &'static str, operation: &'static str) -> Page {
    Page { at, template, asks: &[THE_MEETING, TERMS], open_to: OpenTo::Who(operation) }
}

static RECUSE: Page =
    deed("/meetings/{id}/items/{request}/recuse", "meeting/recuse.html", "recuse");

static DISMISS: Page = deed(
    "/meetings/{id}/items/{request}/dismiss-interest",
    "meeting/dismiss.html",
    "dismiss_interest",
);

static DEFER: Page =
    deed("/meetings/{id}/items/{request}/defer", "meeting/defer.html", "defer_item");

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

static DELEGATED: Page =
    deed("/meetings/{id}/delegated/{request}", "meeting/delegated.html", "review_delegated");

static CLOSE: Page = deed("/meetings/{id}/close", "meeting/close.html", "close_meeting");

static MINUTES: Page = Page {
    at: "/meetings/{id}/minutes",
    template: "meeting/minutes.html",
    asks: &[THE_MEETING, MINUTES_ASKED, TERMS],
    open_to: OpenTo::Who("read_minutes"),
};

static SIGN: Page = deed("/meetings/{id}/sign", "meeting/sign.html", "sign_minutes");

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

pub(super) static FORMS: &[Form] = &[
    Form::post(&ATTENDANCE, "/meetings/{id}/attendance", "/meetings/{id}?done=attendance"),
    Form::post(
        &RECUSE,
        "/meetings/{id}/items/{request}/recuse",
        "/meetings/{id}/items/{request}?done=recuse",
    ),
    Form::post(
        &DISMISS,
        "/meetings/{id}/items/{request}/dismiss-interest",
        "/meetings/{id}/items/{request}?done=dismiss-interest",
    ),
    Form::post(&DEFER, "/meetings/{id}/items/{request}/defer", "/meetings/{id}?done=defer"),
    Form::post(&DECIDE, "/meetings/{id}/items/{request}/decide", "/meetings/{id}?done=decide"),
    // Another part of a package, or one fewer, before any of it is sent.
    Form::look(&DECIDE).at("/meetings/{id}/items/{request}/decide/parts"),
    Form::price(&DECIDE).at("/meetings/{id}/items/{request}/decide/price"),
    Form::post(&DELEGATED, "/meetings/{id}/delegated/{request}", "/meetings/{id}?done=delegated"),
    Form::post(&CLOSE, "/meetings/{id}/close", "/meetings/{id}/minutes?done=close-meeting"),
    Form::post(&SIGN, "/meetings/{id}/minutes/sign", "/meetings/{id}/minutes?done=sign"),
    Form::post(&RATIFY, "/meetings/{id}/ratify", "/meetings/{id}/minutes?done=ratify"),
    Form::post(
        &FOR_PANEL,
        "/requests/{id}/actions/decide-for-panel",
        "/requests/{id}?done=decide-for-panel",
    ),
    Form::look(&FOR_PANEL).at("/requests/{id}/decide-for-panel/parts"),
    Form::price(&FOR_PANEL).at("/requests/{id}/decide-for-panel/price"),
];
