//! Administration: schools, and who may come in.

use crate::ask::must;
use crate::page::{OpenTo, Page};

static SCHOOLS: Page = Page {
    at: "/schools",
    template: "administration/schools.html",
    asks: &[
        must("schools", "/schools?limit=50").with(&["q", "phase", "kind", "district", "cursor"])
    ],
    open_to: OpenTo::Who("list_schools"),
};

static ACCOUNTS: Page = Page {
    at: "/accounts",
    template: "administration/accounts.html",
    asks: &[must("accounts", "/accounts?limit=100").with(&["role", "cursor"])],
    open_to: OpenTo::Who("list_accounts"),
};

pub(super) const PAGES: &[&Page] = &[&SCHOOLS, &ACCOUNTS];
