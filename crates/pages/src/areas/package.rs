//! Packages of support after they were agreed: which are to be reviewed, what one holds and
//! costs, and what its reviewers and its panel do about it.

use crate::ask::{Ask, may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

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
    Form::post(
        &REVIEW,
        "/requests/{id}/actions/review-package",
        "/requests/{id}/package?done=review-package",
    ),
    Form::look(&REVIEW).at("/requests/{id}/review-package/parts"),
    Form::price(&REVIEW).at("/requests/{id}/review-package/price"),
    Form::post(
        &ANSWER,
        "/requests/{id}/actions/answer-query",
        "/requests/{id}/package?done=answer-query",
    ),
];
