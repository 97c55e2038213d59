//! Audit: what happened, as it was stored, and how anybody can check that nothing was changed.

mod looked;
mod past;
mod replay;

use crate::ask::{may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};
use axum::http::Method;

/// Where an auditor begins.
static START: Page = Page {
    at: "/audit",
    template: "audit/start.html",
    asks: &[
        may("checkpoint", "/audit/checkpoint", "read_checkpoint"),
        may("unusual", "/audit/access/unusual", "read_unusual_accesses"),
        may("glass", "/audit/break-glass", "read_broken_glass"),
    ],
    open_to: OpenTo::Who("read_events"),
};

static EVENTS: Page = Page {
    at: "/audit/events",
    template: "audit/events.html",
    asks: &[
        must("events", "/audit/events?limit=50").with(&["after", "type", "actor", "from", "to"]),
        may("checkpoint", "/audit/checkpoint", "read_checkpoint"),
    ],
    open_to: OpenTo::Who("read_events"),
};

static EVENT: Page = Page {
    at: "/audit/events/{position}",
    template: "audit/event.html",
    asks: &[
        must("event", "/audit/events/{position}"),
        may("proof", "/audit/proofs/inclusion?position={position}", "read_inclusion_proof"),
    ],
    open_to: OpenTo::Who("read_event"),
};

static CHECKPOINTS: Page = Page {
    at: "/audit/checkpoints",
    template: "audit/checkpoints.html",
    asks: &[
        must("checkpoints", "/audit/checkpoints?limit=50").with(&["cursor"]),
        may("proof", "/audit/proofs/consistency", "read_consistency_proof")
            .with(&["from", "to"])
            .once_said("from"),
    ],
    open_to: OpenTo::Who("read_events"),
};

static VERIFY: Page = Page {
    at: "/audit/verify",
    template: "audit/verify.html",
    asks: &[may("checkpoint", "/audit/checkpoint", "read_checkpoint")],
    open_to: OpenTo::Who("verify_log"),
};

/// What is behind a figure: figures link here with the parameters that they were asked with.
static FIGURE: Page = Page {
    at: "/audit/figures/{figure}",
    template: "audit/figure.html",
    asks: &[must("behind", "/audit/figures/{figure}?limit=50").with(&[
        "key",
        "of",
        "from",
        "to",
        "group_by",
        "promise",
        "from_year",
        "to_year",
        "cursor",
    ])],
    open_to: OpenTo::Who("read_figure"),
};

const OWN: &[&Page] = &[&START, &EVENTS, &EVENT, &CHECKPOINTS, &VERIFY, &FIGURE];

/// Every page of audit.
pub(super) const PAGES: &[&[&Page]] = &[OWN, past::PAGES, replay::PAGES, looked::PAGES];

pub(super) static FORMS: &[Form] = &[Form::tell(&VERIFY, Method::GET, "/audit/verify")];
