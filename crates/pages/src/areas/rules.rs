//! The rules: every version in plain English, and drafts of others up to the moment when one of
//! them decides.

use crate::ask::{Ask, may, must};
use crate::form::{Does, Form};
use crate::page::{OpenTo, Page};
use axum::http::Method;

static RULES: Page = Page {
    at: "/rules",
    template: "rules/list.html",
    asks: &[
        must("versions_of", "/rulesets/triage/versions"),
        may("drafts", "/rulesets/triage/drafts", "list_rule_drafts"),
    ],
    open_to: OpenTo::Who("list_rulesets"),
};

static VERSION: Page = Page {
    at: "/rules/{version}",
    template: "rules/version.html",
    asks: &[
        must("rules", "/rulesets/triage/versions/{version}").with(&["since"]),
        must("versions_of", "/rulesets/triage/versions"),
    ],
    open_to: OpenTo::Who("read_ruleset"),
};

const DRAFT_ASK: Ask = must("draft", "/rulesets/triage/drafts/{number}");
const EFFECT: Ask = may("effect", "/rulesets/triage/drafts/{number}/effect", "read_rule_effect");
const FACTS: Ask = must("facts", "/rulesets/triage/facts");

static DRAFT: Page = Page {
    at: "/rules/drafts/{number}",
    template: "rules/draft.html",
    asks: &[DRAFT_ASK, EFFECT],
    open_to: OpenTo::Who("read_rule_draft"),
};

static SERVICE: Page = Page {
    at: "/rules/drafts/{number}/services/{place}",
    template: "rules/service.html",
    asks: &[DRAFT_ASK, FACTS, must("services", "/services?limit=200")],
    open_to: OpenTo::Who("save_rule_draft"),
};

static PANELS: Page = Page {
    at: "/rules/drafts/{number}/panels",
    template: "rules/panels.html",
    asks: &[DRAFT_ASK, FACTS, must("panels", "/panels")],
    open_to: OpenTo::Who("save_rule_draft"),
};

/// Asks why; then, of what is activated with which reason, whether that is meant.
static ACTIVATE: Page = Page {
    at: "/rules/drafts/{number}/activate",
    template: "rules/activate.html",
    asks: &[DRAFT_ASK, EFFECT],
    open_to: OpenTo::Who("activate_rules"),
};

pub(super) const PAGES: &[&Page] = &[&RULES, &VERSION, &DRAFT, &SERVICE, &PANELS, &ACTIVATE];

const INTO: &str = "/rulesets/triage/drafts/{number}";

pub(super) static FORMS: &[Form] = &[
    Form {
        at: "/rules/drafts/new",
        does: Does::Send {
            method: Method::POST,
            to: "/rulesets/triage/drafts",
            then: "/rules/drafts/{answer.number}",
        },
        on: &RULES,
    },
    Form {
        at: "/rules/drafts/{number}/services/{place}",
        does: Does::Fold {
            into: INTO,
            under: "services.{place}",
            parts: &["service", "ways_in"],
            then: "/rules/drafts/{number}/services/{place}?done=saved",
        },
        on: &SERVICE,
    },
    Form {
        at: "/rules/drafts/{number}/panels",
        does: Does::Fold {
            into: INTO,
            under: "",
            parts: &["mode", "panel_only", "panel_for_area"],
            then: "/rules/drafts/{number}?done=saved",
        },
        on: &PANELS,
    },
    Form { at: "/rules/drafts/{number}/activate", does: Does::Look, on: &ACTIVATE },
    Form {
        at: "/rules/drafts/{number}/activate/confirm",
        does: Does::Send {
            method: Method::POST,
            to: "/rulesets/triage/drafts/{number}/activate",
            then: "/rules?done=rules-activated",
        },
        on: &ACTIVATE,
    },
];
