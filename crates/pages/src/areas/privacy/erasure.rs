//! Erasing a child, with two confirmations: what goes, what stays and what prevents it; then
//! whom, typed, and that it cannot be undone, ticked. And the certificate.

use crate::ask::{may, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

static FIRST: Page = Page {
    at: "/children/{id}/erase",
    template: "privacy/erase.html",
    asks: &[
        must("history", "/children/{id}"),
        must("holds", "/children/{id}/holds"),
        must("asked", "/subject-access-requests"),
    ],
    open_to: OpenTo::Who("erase_child"),
};

static SECOND: Page = Page {
    at: "/children/{id}/erase/confirm",
    template: "privacy/erase_confirm.html",
    asks: &[must("history", "/children/{id}"), must("holds", "/children/{id}/holds")],
    open_to: OpenTo::Who("erase_child"),
};

static CERTIFICATE: Page = Page {
    at: "/children/{id}/erasure",
    template: "privacy/certificate.html",
    asks: &[
        must("certificate", "/children/{id}/erasure"),
        may("history", "/children/{id}", "read_child"),
    ],
    open_to: OpenTo::Who("read_erasure"),
};

pub(super) const PAGES: &[&Page] = &[&FIRST, &SECOND, &CERTIFICATE];

pub(super) const FORMS: &[Form] = &[Form {
    at: "/children/{id}/erase/confirm",
    does: Does::Sure {
        first: &[
            ("reason.code", "Say why the child is erased"),
            ("confirm", "Type the reference of a request about the child"),
            ("_understood", "Tick that you understand that it cannot be undone"),
        ],
        does: &Does::Send {
            method: Method::POST,
            to: "/children/{id}/erase",
            then: "/children/{id}/erasure?done=erased",
        },
    },
    on: &SECOND,
}];
