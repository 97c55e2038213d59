//! How long records are kept, what falls due, and disposing of it; and the master key.

use crate::ask::must;
use crate::form::Form;
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

pub(super) static FORMS: &[Form] = &[
    Form::put(&SET, "/retention", "/retention?done=retention-set"),
    Form::tell(&DUE, Method::POST, "/retention/dispose").sure(&[
        ("children", "Choose whose records to erase"),
        ("_understood", "Tick that you understand that it cannot be undone"),
    ]),
    Form::tell(&MASTER_KEY, Method::POST, "/keys/master/rotate")
        .sure(&[("_understood", "Tick that you will take a new backup of the keys")]),
];
