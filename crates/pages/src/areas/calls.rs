//! The telephone: a school that asks for something, written down while it speaks.

use crate::ask::{may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

/// Advisers and coordinators: a school writes its own requests.
const CALLS: OpenTo = OpenTo::Who("find_same_child");

static CALL: Page = Page {
    at: "/calls/new",
    template: "calls/new.html",
    asks: &[
        may("schools", "/schools?open=true&limit=200", "list_schools"),
        may("more", "/schools?open=true&limit=200&cursor={schools.next}", "list_schools"),
        may("duty", "/duty", "read_duty"),
    ],
    open_to: CALLS,
};

/// What to say before the call ends.
static LOGGED: Page = Page {
    at: "/calls/{id}",
    template: "calls/logged.html",
    asks: &[
        must("request", "/requests/{id}"),
        may("team", "/teams/front-door", "read_team"),
        may("services", "/services?limit=200", "list_services"),
    ],
    open_to: CALLS,
};

pub(super) const PAGES: &[&Page] = &[&CALL, &LOGGED];

pub(super) static FORMS: &[Form] = &[Form::post(&CALL, "/requests", "/calls/{answer.id}")];
