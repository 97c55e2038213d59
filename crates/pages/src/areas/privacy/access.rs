//! Subject access: who asked, by when they must be answered, and what they are given.

use crate::ask::must;
use crate::form::Form;
use crate::page::{OpenTo, Page};

static LIST: Page = Page {
    at: "/subject-access",
    template: "privacy/access_list.html",
    asks: &[must("requests", "/subject-access-requests").with(&["state", "overdue"])],
    open_to: OpenTo::Who("list_subject_access_requests"),
};

/// Everything that is held, readable.
static HELD: Page = Page {
    at: "/children/{id}/subject-access",
    template: "privacy/held.html",
    asks: &[must("held", "/children/{id}/subject-access")],
    open_to: OpenTo::Who("read_subject_access"),
};

static ASK: Page = Page {
    at: "/children/{id}/subject-access/ask",
    template: "privacy/access_ask.html",
    asks: &[must("history", "/children/{id}")],
    open_to: OpenTo::Who("ask_subject_access"),
};

/// One of them. The API lists them all: there are few.
const ALL: &str = "/subject-access-requests";

static ONE: Page = Page {
    at: "/subject-access/{id}",
    template: "privacy/access_one.html",
    asks: &[must("requests", ALL)],
    open_to: OpenTo::Who("list_subject_access_requests"),
};

static CLARIFY: Page = Page {
    at: "/subject-access/{id}/clarify",
    template: "privacy/access_clarify.html",
    asks: &[must("requests", ALL)],
    open_to: OpenTo::Who("clarify_subject_access"),
};

static EXTEND: Page = Page {
    at: "/subject-access/{id}/extend",
    template: "privacy/access_extend.html",
    asks: &[must("requests", ALL)],
    open_to: OpenTo::Who("extend_subject_access"),
};

static ANSWER: Page = Page {
    at: "/subject-access/{id}/answer",
    template: "privacy/access_answer.html",
    asks: &[must("requests", ALL)],
    open_to: OpenTo::Who("answer_subject_access"),
};

pub(super) const PAGES: &[&Page] = &[&LIST, &HELD, &ASK, &ONE, &CLARIFY, &EXTEND, &ANSWER];

pub(super) static FORMS: &[Form] = &[
    Form::post(
        &ASK,
        "/children/{id}/subject-access",
        "/subject-access/{answer.id}?done=access-asked",
    ),
    Form::post(
        &CLARIFY,
        "/subject-access-requests/{id}/clarify",
        "/subject-access/{id}?done=access-clock",
    ),
    Form::post(
        &EXTEND,
        "/subject-access-requests/{id}/extend",
        "/subject-access/{id}?done=access-extended",
    ),
    Form::post(
        &ANSWER,
        "/subject-access-requests/{id}/answer",
        "/subject-access/{id}?done=access-answered",
    ),
];
