//! The desk: the list of requests, one request, and what is done about it.

use crate::ask::{may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

/// What the list's own form and links may ask for.
const FILTERS: &[&str] = &[
    "open",
    "waits_for_school",
    "status",
    "school_urn",
    "need",
    "area",
    "route",
    "service",
    "panel",
    "adviser",
    "overdue",
    "late",
    "warned",
    "escalated",
    "reference",
    "child",
    "q",
    "sort",
    "limit",
    "cursor",
];

/// What is still to be done, in the order in which it was promised.
pub(super) static LIST: Page = Page {
    at: "/requests",
    template: "requests.html",
    asks: &[
        must("requests", "/requests?open=true&sort=due_at&limit=50").with(FILTERS),
        may("counts", "/requests/counts", "count_requests"),
        may("duty", "/duty", "read_duty"),
        may("team", "/teams/front-door", "read_team"),
        may("services", "/services?limit=200", "list_services"),
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
        may("history", "/children/{request.child.id}", "read_child"),
        may("same", "/requests/{id}/same-child", "find_same_child"),
        may("team", "/teams/front-door", "read_team"),
        may("services", "/services?limit=200", "list_services"),
        may("package", "/requests/{id}/package", "read_package"),
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
        may("timeline", "/requests/{id}/timeline", "read_timeline"),
        may("clocks", "/requests/{id}/clocks", "read_clocks"),
        may("documents", "/requests/{id}/documents", "list_documents"),
        may("services", "/services?limit=200", "list_services"),
        may("panels", "/panels", "list_panels"),
        may("team", "/teams/front-door", "read_team"),
        may("same", "/requests/{id}/same-child", "find_same_child"),
        may("history", "/children/{request.child.id}", "read_child"),
    ],
    open_to: OpenTo::Who("read_request"),
};

/// What line managers were told of.
static ESCALATIONS: Page = Page {
    at: "/escalations",
    template: "desk/escalations.html",
    asks: &[
        must("escalations", "/escalations?limit=50").with(&[
            "escalated_to",
            "from",
            "to",
            "cursor",
        ]),
        may("team", "/teams/front-door", "read_team"),
    ],
    open_to: OpenTo::Who("list_escalations"),
};

/// Reading by exception: which request,
static GLASS: Page = Page {
    at: "/break-glass",
    template: "desk/glass.html",
    asks: &[],
    open_to: OpenTo::Who("break_glass"),
};

/// and why.
static GLASS_REASON: Page = Page {
    at: "/break-glass/{id}",
    template: "desk/glass.html",
    asks: &[],
    open_to: OpenTo::Who("break_glass"),
};

pub(super) const PAGES: &[&Page] = &[&LIST, &REQUEST, &ACTION, &ESCALATIONS, &GLASS, &GLASS_REASON];

pub(super) static FORMS: &[Form] = &[
    Form::look(&LIST),
    Form::post(&ACTION, "/requests/{id}/actions/{action}", "/requests/{id}?done={action}"),
    Form::post(
        &GLASS_REASON,
        "/requests/{id}/actions/break-glass",
        "/requests/{answer.id}?done=break-glass",
    ),
];
