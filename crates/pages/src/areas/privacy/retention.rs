//! How long records are kept, what falls due, and disposing of it; and the master key.

use crate::ask::must;
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

static SCHEDULE: Page = Page {
    at: "/retention",
    template: "privacy/retention.html",
    asks: &[must("retention", "/retention")],
    open_to: OpenTo::Who("read_retention"),
};

static SET: Page = Page {
    at: "/retention/set",
    template: "privacy/retention_set.html",
    asks: &[must("retention", "/retention")],
    open_to: OpenTo::Who("set_retention"),
};

static DUE: Page = Page {
    at: "/retention/due",
    template: "privacy/due.html",
    asks: &[must("due", "/retention/due").with(&["by"])],
    open_to: OpenTo::Who("read_retention_due"),
};

static MASTER_KEY: Page = Page {
    at: "/keys/master",
    template: "privacy/master_key.html",
    asks: &[],
    open_to: OpenTo::Who("rotate_master_key"),
};

pub(super) const PAGES: &[&Page] = &[&SCHEDULE, &SET, &DUE, &MASTER_KEY];

pub(super) const FORMS: &[Form] = &[
    Form {
        at: "/retention/set",
        does: Does::Send {
            method: Method::PUT,
            to: "/retention",
            then: "/retention?done=retention-set",
        },
        on: &SET,
    },
    Form {
        at: "/retention/due",
        does: Does::Sure {
            first: &[
                ("children", "Choose whose records to erase"),
                ("_understood", "Tick that you understand that it cannot be undone"),
            ],
            does: &Does::Tell { method: Method::POST, to: "/retention/dispose" },
        },
        on: &DUE,
    },
    Form {
        at: "/keys/master",
        does: Does::Sure {
            first: &[("_understood", "Tick that you will take a new backup of the keys")],
            does: &Does::Tell { method: Method::POST, to: "/keys/master/rotate" },
        },
        on: &MASTER_KEY,
    },
];
