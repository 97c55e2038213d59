//! A service: what waits for its answer, and whom it works with.

use crate::ask::{may, must};
use crate::page::{OpenTo, Page};

static WORK: Page = Page {
    at: "/services/{slug}/work",
    template: "service/work.html",
    asks: &[
        must("inbox", "/services/{slug}/inbox?limit=100"),
        must("caseload", "/services/{slug}/caseload?limit=100"),
        may("service", "/services/{slug}", "read_service"),
    ],
    open_to: OpenTo::Who("read_inbox"),
};

pub(super) const PAGES: &[&Page] = &[&WORK];
