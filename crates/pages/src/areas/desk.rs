//! The desk: the list of requests, one request, and what is done about it.

use crate::ask::{may, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

/// What the list's own form and links may ask for.
const FILTERS: &[&str] = &[
    "status",
    "school_urn",
    "need",
    "area",
    "route",
    "service",
    "panel",
    "adviser",
    "overdue",
    "warned",
    "escalated",
    "reference",
    "child",
    "q",
    "sort",
    "limit",
    "cursor",
];

pub(super) static LIST: Page = Page {
    at: "/requests",
    template: "desk/list.html",
    asks: &[
        must("requests", "/requests?sort=respond_by&limit=50").with(FILTERS),
        may("duty", "/duty", "read_duty"),
    ],
    open_to: OpenTo::Who("list_requests"),
};

pub(super) static REQUEST: Page = Page {
    at: "/requests/{id}",
    template: "request.html",
    asks: &[
        must("request", "/requests/{id}"),
        may("timeline", "/requests/{id}/timeline", "read_timeline"),
        may("clocks", "/requests/{id}/clocks", "read_clocks"),
        may("triage", "/requests/{id}/triage", "read_triage"),
        may("documents", "/requests/{id}/documents", "list_documents"),
    ],
    open_to: OpenTo::Who("read_request"),
};

/// The form of one action, on the page of its own.
static ACTION: Page = Page {
    at: "/requests/{id}/{action}",
    template: "action.html",
    asks: &[
        must("request", "/requests/{id}"),
        may("triage", "/requests/{id}/triage", "read_triage"),
        may("services", "/services", "list_services"),
        may("panels", "/panels", "list_panels"),
    ],
    open_to: OpenTo::Who("read_request"),
};

pub(super) const PAGES: &[&Page] = &[&LIST, &REQUEST, &ACTION];

pub(super) static FORMS: &[Form] = &[
    Form { at: "/requests", does: Does::Look, on: &LIST },
    Form {
        at: "/requests/{id}/{action}",
        does: Does::Send {
            method: Method::POST,
            to: "/requests/{id}/actions/{action}",
            then: "/requests/{id}?done={action}",
        },
        on: &ACTION,
    },
];
