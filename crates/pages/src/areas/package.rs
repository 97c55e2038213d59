//! Packages of support after they were agreed: which are to be reviewed, what one holds and
//! costs, and what its reviewers and its panel do about it.

use crate::ask::{Ask, may, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

const THE_REQUEST: Ask = must("request", "/requests/{id}");
const ITS_PACKAGE: Ask = must("package", "/requests/{id}/package");

static PACKAGES: Page = Page {
    at: "/packages",
    template: "package/list.html",
    asks: &[
        must("packages", "/packages?sort=review_on&limit=50").with(&[
            "ending_before",
            "review_due_before",
            "overdue",
            "panel",
            "sort",
            "cursor",
        ]),
        must("panels", "/panels"),
    ],
    open_to: OpenTo::Who("list_packages"),
};

static PACKAGE: Page = Page {
    at: "/requests/{id}/package",
    template: "package/one.html",
    asks: &[
        THE_REQUEST,
        ITS_PACKAGE,
        may("timeline", "/requests/{id}/timeline", "read_timeline"),
        may("family", "/requests/{id}/family-summary", "read_family_summary"),
        may("services", "/services", "list_services"),
    ],
    open_to: OpenTo::Who("read_package"),
};

static REVIEW: Page = Page {
    at: "/requests/{id}/review-package",
    template: "package/review.html",
    asks: &[
        THE_REQUEST,
        ITS_PACKAGE,
        must("panel", "/panels/{package.panel}"),
        may("services", "/services", "list_services"),
    ],
    open_to: OpenTo::Who("review_package"),
};

static ANSWER: Page = Page {
    at: "/requests/{id}/answer-query",
    template: "package/answer.html",
    asks: &[
        THE_REQUEST,
        ITS_PACKAGE,
        may("timeline", "/requests/{id}/timeline", "read_timeline"),
        may("services", "/services", "list_services"),
    ],
    open_to: OpenTo::Who("answer_query"),
};

pub(super) const PAGES: &[&Page] = &[&PACKAGES, &PACKAGE, &REVIEW, &ANSWER];

pub(super) static FORMS: &[Form] = &[
    Form {
        at: "/requests/{id}/review-package",
        does: Does::Send {
            method: Method::POST,
            to: "/requests/{id}/actions/review-package",
            then: "/requests/{id}/package?done=review-package",
        },
        on: &REVIEW,
    },
    Form { at: "/requests/{id}/review-package/parts", does: Does::Look, on: &REVIEW },
    Form {
        at: "/requests/{id}/review-package/price",
        does: Does::Work { part: "package", to: "/packages/price" },
        on: &REVIEW,
    },
    Form {
        at: "/requests/{id}/answer-query",
        does: Does::Send {
            method: Method::POST,
            to: "/requests/{id}/actions/answer-query",
            then: "/requests/{id}/package?done=answer-query",
        },
        on: &ANSWER,
    },
];
