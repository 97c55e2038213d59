//! Audit and privacy: the events as they were stored, and who looked at whom.

use crate::ask::{may, must};
use crate::page::{OpenTo, Page};

static EVENTS: Page = Page {
    at: "/audit",
    template: "audit/events.html",
    asks: &[
        must("events", "/audit/events?limit=50").with(&["after"]),
        may("checkpoint", "/audit/checkpoint", "read_checkpoint"),
    ],
    open_to: OpenTo::Who("read_events"),
};

static LOOKED: Page = Page {
    at: "/audit/looked/{actor}",
    template: "audit/looked.html",
    asks: &[must("accesses", "/audit/access?actor={actor}&limit=50").with(&["cursor"])],
    open_to: OpenTo::Who("read_accesses"),
};

static LOOKED_AT: Page = Page {
    at: "/audit/looked-at/{child}",
    template: "audit/looked.html",
    asks: &[must("accesses", "/audit/access?child={child}&limit=50").with(&["cursor"])],
    open_to: OpenTo::Who("read_accesses"),
};

pub(super) const PAGES: &[&Page] = &[&EVENTS, &LOOKED, &LOOKED_AT];
