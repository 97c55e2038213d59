//! Services: the directory of them; and for each what waits for its answer, whom it works with,
//! and how it lets a request go.

use crate::ask::{may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

static DIRECTORY: Page = Page {
    at: "/services",
    template: "service/list.html",
    asks: &[must("services", "/services?limit=100").with(&["cursor"])],
    open_to: OpenTo::Who("list_services"),
};

/// What everybody may know of a service: what it does, and for whom.
static ENTRY: Page = Page {
    at: "/services/{slug}",
    template: "service/entry.html",
    asks: &[
        must("service", "/services/{slug}"),
        may("versions", "/rulesets/triage/versions", "list_rulesets"),
        // The latest decides: a version is on the list from the day on which it does.
        may("rules", "/rulesets/triage/versions/{versions.items.0.version}", "read_ruleset"),
    ],
    open_to: OpenTo::Who("read_service"),
};

static WORK: Page = Page {
    at: "/services/{slug}/work",
    template: "service/work.html",
    asks: &[
        must("inbox", "/services/{slug}/inbox?limit=200"),
        must("caseload", "/services/{slug}/caseload?limit=200"),
        may("service", "/services/{slug}", "read_service"),
    ],
    open_to: OpenTo::Who("read_inbox"),
};

static DECLINE: Page = Page {
    at: "/requests/{id}/decline",
    template: "service/decline.html",
    asks: &[
        must("request", "/requests/{id}"),
        may("triage", "/requests/{id}/triage", "read_triage"),
    ],
    open_to: OpenTo::Who("decline"),
};

static HAND_OVER: Page = Page {
    at: "/requests/{id}/hand-over",
    template: "service/hand_over.html",
    asks: &[
        must("request", "/requests/{id}"),
        may("triage", "/requests/{id}/triage", "read_triage"),
        may("services", "/services?limit=200", "list_services"),
    ],
    open_to: OpenTo::Who("hand_over"),
};

/// What another authority is given with a request.
static RECORD: Page = Page {
    at: "/requests/{id}/hand-over-record",
    template: "service/record.html",
    asks: &[must("record", "/requests/{id}/hand-over-record")],
    open_to: OpenTo::Who("read_hand_over_record"),
};

pub(super) const PAGES: &[&Page] = &[&DIRECTORY, &ENTRY, &WORK, &DECLINE, &HAND_OVER, &RECORD];

pub(super) static FORMS: &[Form] = &[
    Form::post(&WORK, "/requests/{id}/actions/accept", "/services/{slug}/work?done=accept")
        .at("/services/{slug}/accept/{id}"),
    // A service that lets a request go may not see it any more.
    Form::post(
        &DECLINE,
        "/requests/{id}/actions/decline",
        "/services/{me.service}/work?done=decline",
    ),
    Form::post(
        &HAND_OVER,
        "/requests/{id}/actions/hand-over",
        "/services/{me.service}/work?done=hand-over",
    ),
];
