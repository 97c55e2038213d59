//! Who looked: at a child, what somebody looked at, reading that is unusual, and reading by
//! exception.

use crate::ask::{may, must};
use crate::page::{OpenTo, Page};

/// Which accesses.
const WHICH: &[&str] = &["from", "to", "operation", "cursor"];

static LOOKED: Page = Page {
    at: "/audit/looked/{actor}",
    template: "audit/looked.html",
    asks: &[must("accesses", "/audit/access?actor={actor}&limit=50").with(WHICH)],
    open_to: OpenTo::Who("read_accesses"),
};

static LOOKED_AT: Page = Page {
    at: "/audit/looked-at/{child}",
    template: "audit/looked.html",
    asks: &[must("accesses", "/audit/access?child={child}&limit=50").with(WHICH)],
    open_to: OpenTo::Who("read_accesses"),
};

/// Whose looks to look at.
static WHO: Page = Page {
    at: "/audit/looked",
    template: "audit/who.html",
    asks: &[
        may("accounts", "/accounts?limit=200", "list_accounts").with(&["role"]),
        may("requests", "/requests", "list_requests").with(&["reference"]).once_said("reference"),
    ],
    open_to: OpenTo::Who("read_accesses"),
};

static UNUSUAL: Page = Page {
    at: "/audit/unusual",
    template: "audit/unusual.html",
    asks: &[must("unusual", "/audit/access/unusual").with(&["from", "to"])],
    open_to: OpenTo::Who("read_unusual_accesses"),
};

static GLASS: Page = Page {
    at: "/audit/break-glass",
    template: "audit/glass.html",
    asks: &[must("glass", "/audit/break-glass").with(&["from", "to"])],
    open_to: OpenTo::Who("read_broken_glass"),
};

pub(super) const PAGES: &[&Page] = &[&LOOKED, &LOOKED_AT, &WHO, &UNUSUAL, &GLASS];
