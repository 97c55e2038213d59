//! What a child and its family are owed: access to what is held, holds, erasure, and records that
//! are kept no longer than they must be.

mod access;
mod erasure;
mod retention;

use crate::ask::{may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

/// Where a data protection officer begins.
static START: Page = Page {
    at: "/privacy",
    template: "privacy/start.html",
    asks: &[
        may("asked", "/subject-access-requests?state=open", "list_subject_access_requests"),
        may("due", "/retention/due", "read_retention_due"),
        may("glass", "/audit/break-glass", "read_broken_glass"),
        may("unusual", "/audit/access/unusual", "read_unusual_accesses"),
    ],
    open_to: OpenTo::Who("hold_child"),
};

/// Finding a child: what is sought is sent, and stands in no address.
static CHILDREN: Page = Page {
    at: "/children",
    template: "privacy/children.html",
    asks: &[must("requests", "/requests?limit=50").with(&["q"]).once_said("q")],
    open_to: OpenTo::Who("read_child"),
};

/// A child, with all that leads on from it.
static CHILD: Page = Page {
    at: "/children/{id}",
    template: "privacy/child.html",
    asks: &[
        must("history", "/children/{id}"),
        may("holds", "/children/{id}/holds", "list_holds"),
        may("erasure", "/children/{id}/erasure", "read_erasure"),
        may("asked", "/subject-access-requests", "list_subject_access_requests"),
        may("accesses", "/audit/access?child={id}&limit=5", "read_accesses"),
    ],
    open_to: OpenTo::Who("read_child"),
};

static HOLD: Page = Page {
    at: "/children/{id}/hold",
    template: "privacy/hold.html",
    asks: &[must("history", "/children/{id}")],
    open_to: OpenTo::Who("hold_child"),
};

static RELEASE: Page = Page {
    at: "/children/{id}/holds/{hold}/release",
    template: "privacy/release.html",
    asks: &[must("history", "/children/{id}"), must("holds", "/children/{id}/holds")],
    open_to: OpenTo::Who("release_hold"),
};

const OWN: &[&Page] = &[&START, &CHILDREN, &CHILD, &HOLD, &RELEASE];

/// Every page of privacy.
pub(super) const PAGES: &[&[&Page]] = &[OWN, access::PAGES, erasure::PAGES, retention::PAGES];

/// Every form of privacy.
pub(super) static FORMS: &[&[Form]] = &[OWN_FORMS, access::FORMS, erasure::FORMS, retention::FORMS];

static OWN_FORMS: &[Form] = &[
    Form::look(&CHILDREN),
    Form::post(&HOLD, "/children/{id}/hold", "/children/{id}?done=hold"),
    Form::post(
        &RELEASE,
        "/children/{id}/holds/{hold}/release",
        "/children/{id}?done=hold-released",
    ),
];
