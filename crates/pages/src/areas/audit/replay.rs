//! Deciding again: one request's triage, and all of a period.

use crate::ask::{may, must};
use crate::page::{OpenTo, Page};

static ONE: Page = Page {
    at: "/audit/requests/{id}/replay",
    template: "audit/replay.html",
    asks: &[
        must("replay", "/audit/requests/{id}/triage/replay").with(&["position", "ruleset_version"]),
        must("rulesets", "/rulesets/triage/versions"),
        may("original_rules", "/rulesets/triage/versions/{replay.ruleset_version}", "read_ruleset"),
        may(
            "replayed_rules",
            "/rulesets/triage/versions/{replay.replayed_version}",
            "read_ruleset",
        ),
    ],
    open_to: OpenTo::Who("replay_triage"),
};

static MANY: Page = Page {
    at: "/audit/replay",
    template: "audit/replays.html",
    asks: &[
        must("replays", "/audit/triage/replay?limit=50")
            .with(&["from", "to", "ruleset_version", "cursor"])
            .once_said("from"),
        must("rulesets", "/rulesets/triage/versions"),
    ],
    open_to: OpenTo::Who("replay_triages"),
};

pub(super) const PAGES: &[&Page] = &[&ONE, &MANY];
