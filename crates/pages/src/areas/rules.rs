//! The rules: every version in plain English, and drafts of others up to the moment when one of
//! them decides.

use crate::ask::{Ask, may, must};
use crate::form::{Draft, Form};
use crate::page::{OpenTo, Page};

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
    Form::post(&RULES, "/rulesets/triage/drafts", "/rules/drafts/{answer.number}")
        .at("/rules/drafts/new"),
    Form::fold(
        &SERVICE,
        Draft { into: INTO, under: "services.{place}", parts: &["service", "ways_in"] },
        "/rules/drafts/{number}/services/{place}?done=saved",
    ),
    Form::fold(
        &PANELS,
        Draft { into: INTO, under: "", parts: &["mode", "panel_only", "panel_for_area"] },
        "/rules/drafts/{number}?done=saved",
    ),
    Form::look(&ACTIVATE),
    Form::post(
        &ACTIVATE,
        "/rulesets/triage/drafts/{number}/activate",
        "/rules?done=rules-activated",
    )
    .at("/rules/drafts/{number}/activate/confirm"),
];
