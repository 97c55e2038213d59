//! Erasing a child, with two confirmations: what goes, what stays and what prevents it; then
//! whom, typed, and that it cannot be undone, ticked. And the certificate.

use crate::ask::{may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

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

pub(super) static FORMS: &[Form] =
    &[Form::post(&SECOND, "/children/{id}/erase", "/children/{id}/erasure?done=erased").sure(&[
        ("reason.code", "Say why the child is erased"),
        ("confirm", "Type the reference of a request about the child"),
        ("_understood", "Tick that you understand that it cannot be undone"),
    ])];
