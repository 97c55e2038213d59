//! A school's request: a list of tasks, each saved by itself, until it is sent.

use crate::ask::{Ask, must};
use crate::form::{Draft, Form};
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
const fn saved(on: &'static Page, parts: &'static [&'static str]) -> Form {
    Form::fold(on, Draft { into: "/drafts/{id}", under: "", parts }, "/drafts/{id}?done=saved")
}

pub(super) static FORMS: &[Form] = &[
    Form::post(&HOME, "/drafts", "/drafts/{answer.id}").at("/requests/new"),
    saved(&WHO, &["about", "requested_by"]),
    saved(&CHILD, &["child"]),
    saved(&NEEDS, &["needs", "concerns"]),
    Form::look(&NEEDS).at("/drafts/{id}/needs/suggested"),
    saved(&SUPPORT, &["support_sought", "summary"]),
    saved(&TRIED, &["tried", "specialists"]),
    saved(&PROVISION, &["provision"]),
    saved(&CONSENT, &["consent"]),
    Form::post(&CHECK, "/drafts/{id}/submit", "/requests/{answer.id}/sent"),
    Form::tell(&UPDATES, Method::PUT, "/schools/{me.school_urn}/updates"),
    Form::delete(&TASKS, "/drafts/{id}", "/").at("/drafts/{id}/away"),
];
