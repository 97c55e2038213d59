//! A school's request: a list of tasks, each saved by itself, until it is sent.

use crate::ask::{Ask, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

use super::common::HOME;

const DRAFTS: OpenTo = OpenTo::Who("save_draft");

static TASKS: Page =
    Page { at: "/drafts/{id}", template: "school/tasks.html", asks: DRAFT, open_to: DRAFTS };

const DRAFT: &[Ask] = &[must("draft", "/drafts/{id}")];

/// A page of a draft.
const fn part(at: &'static str, template: &'static str) -> Page {
    Page { at, template, asks: DRAFT, open_to: DRAFTS }
}

static WHO: Page = part("/drafts/{id}/who", "school/who.html");
static CHILD: Page = part("/drafts/{id}/child", "school/child.html");
static NEEDS: Page = part("/drafts/{id}/needs", "school/needs.html");
static SUPPORT: Page = part("/drafts/{id}/support", "school/support.html");
static TRIED: Page = part("/drafts/{id}/tried", "school/tried.html");
static PROVISION: Page = part("/drafts/{id}/provision", "school/provision.html");
static CONSENT: Page = part("/drafts/{id}/consent", "school/consent.html");
static CHECK: Page = part("/drafts/{id}/check", "school/check.html");

static SENT: Page = Page {
    at: "/requests/{id}/sent",
    template: "school/sent.html",
    asks: &[must("request", "/requests/{id}")],
    open_to: DRAFTS,
};

/// What a panel agreed, as a family reads it: whoever may read it at all reads it so.
static FAMILY: Page = Page {
    at: "/requests/{id}/family-summary",
    template: "school/family.html",
    asks: &[must("summary", "/requests/{id}/family-summary")],
    open_to: OpenTo::Who("read_family_summary"),
};

/// How the school is told of news.
static UPDATES: Page = Page {
    at: "/updates",
    template: "school/updates.html",
    asks: &[must("updates", "/schools/{me.school_urn}/updates")],
    open_to: DRAFTS,
};

pub(super) const PAGES: &[&Page] = &[
    &TASKS, &WHO, &CHILD, &NEEDS, &SUPPORT, &TRIED, &PROVISION, &CONSENT, &CHECK, &SENT, &FAMILY,
    &UPDATES,
];

/// A form that has all fields of some parts of a draft.
const fn saved(
    at: &'static str,
    on: &'static Page,
    parts: &'static [&'static str],
    then: &'static str,
) -> Form {
    Form { at, does: Does::Fold { into: "/drafts/{id}", under: "", parts, then }, on }
}

const TO_TASKS: &str = "/drafts/{id}?done=saved";

pub(super) static FORMS: &[Form] = &[
    Form {
        at: "/requests/new",
        does: Does::Send { method: Method::POST, to: "/drafts", then: "/drafts/{answer.id}" },
        on: &HOME,
    },
    saved("/drafts/{id}/who", &WHO, &["about", "requested_by"], TO_TASKS),
    saved("/drafts/{id}/child", &CHILD, &["child"], TO_TASKS),
    saved("/drafts/{id}/needs", &NEEDS, &["needs", "concerns"], TO_TASKS),
    Form { at: "/drafts/{id}/needs/suggested", does: Does::Look, on: &NEEDS },
    saved("/drafts/{id}/support", &SUPPORT, &["support_sought", "summary"], TO_TASKS),
    saved("/drafts/{id}/tried", &TRIED, &["tried", "specialists"], TO_TASKS),
    saved("/drafts/{id}/provision", &PROVISION, &["provision"], TO_TASKS),
    saved("/drafts/{id}/consent", &CONSENT, &["consent"], TO_TASKS),
    Form {
        at: "/drafts/{id}/check",
        does: Does::Send {
            method: Method::POST,
            to: "/drafts/{id}/submit",
            then: "/requests/{answer.id}/sent",
        },
        on: &CHECK,
    },
    Form {
        at: "/updates",
        does: Does::Tell { method: Method::PUT, to: "/schools/{me.school_urn}/updates" },
        on: &UPDATES,
    },
    Form {
        at: "/drafts/{id}/away",
        does: Does::Send { method: Method::DELETE, to: "/drafts/{id}", then: "/" },
        on: &TASKS,
    },
];
