//! What everybody comes by: the start, the door, one's own account.

use crate::ask::may;
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

pub(super) static HOME: Page = Page {
    at: "/",
    template: "home.html",
    asks: &[
        may("duty", "/duty", "read_duty"),
        may("drafts", "/drafts", "list_drafts"),
        may("requests", "/requests?limit=5", "list_requests"),
        may(
            "meetings_today",
            "/meetings?from={today.date}&to={today.date}&limit=20",
            "read_attendance",
        ),
    ],
    open_to: OpenTo::Everybody,
};

static ACCESSIBILITY: Page = Page {
    at: "/accessibility",
    template: "accessibility.html",
    asks: &[],
    open_to: OpenTo::Everybody,
};

static DEMO_SIGN_IN: Page =
    Page { at: "/sign-in", template: "sign_in.html", asks: &[], open_to: OpenTo::Everybody };

pub(super) const PAGES: &[&Page] = &[&HOME, &ACCESSIBILITY];

/// Where one chooses whom to play, in a demonstration.
pub(super) const SIGN_IN: &[&Page] = &[&DEMO_SIGN_IN];

pub(super) static FORMS: &[Form] = &[Form {
    at: "/leave",
    does: Does::Send { method: Method::POST, to: "/sign-out", then: "/" },
    on: &HOME,
}];
