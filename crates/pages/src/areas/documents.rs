//! The documents of a request: whoever works on it reads them and adds to them.

use crate::ask::must;
use crate::form::{Does, Form, How, Takes};
use crate::page::{OpenTo, Page};

static DOCUMENTS: Page = Page {
    at: "/requests/{id}/documents",
    template: "documents.html",
    asks: &[must("request", "/requests/{id}"), must("documents", "/requests/{id}/documents")],
    open_to: OpenTo::Who("add_document"),
};

pub(super) const PAGES: &[&Page] = &[&DOCUMENTS];

pub(super) static FORMS: &[Form] = &[Form::new(
    &DOCUMENTS,
    Does::Bring {
        to: "/requests/{id}/documents",
        takes: Takes { most_bytes: 10 * 1024 * 1024, how: How::Parts },
        then: Some("/requests/{id}/documents?done=added"),
    },
)];
