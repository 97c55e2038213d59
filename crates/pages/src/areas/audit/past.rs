//! Anything as it was known at a moment: a request, what changed of it, what its school could
//! see; a meeting, a panel's terms, a month of a rota, the criteria.

use crate::ask::{may, must};
use crate::page::{OpenTo, Page};

/// As of when.
const MOMENT: &[&str] = &["as_at", "position"];

/// Finding the request to look at.
static REQUESTS: Page = Page {
    at: "/audit/requests",
    template: "audit/requests.html",
    asks: &[must("requests", "/requests?sort=-received_at&limit=50").with(&["reference", "cursor"])],
    open_to: OpenTo::Who("read_events"),
};

static REQUEST: Page = Page {
    at: "/audit/requests/{id}",
    template: "audit/request.html",
    asks: &[
        must("story", "/audit/requests/{id}"),
        must("then", "/audit/requests/{id}").with(MOMENT).once_said("as_at"),
        must("at", "/audit/requests/{id}").with(MOMENT).once_said("position"),
    ],
    open_to: OpenTo::Who("read_request_as_at"),
};

static DIFFERENCE: Page = Page {
    at: "/audit/requests/{id}/difference",
    template: "audit/difference.html",
    asks: &[
        must("story", "/audit/requests/{id}"),
        must("difference", "/audit/requests/{id}/difference")
            .with(&["from", "to"])
            .once_said("from"),
    ],
    open_to: OpenTo::Who("read_difference"),
};

static SEEN_BY: Page = Page {
    at: "/audit/requests/{id}/seen-by",
    template: "audit/seen_by.html",
    asks: &[
        must("story", "/audit/requests/{id}"),
        must("seen", "/audit/requests/{id}/seen-by?school_urn={story.school_urn}").with(&[
            "school_urn",
            "at",
            "position",
        ]),
    ],
    open_to: OpenTo::Who("read_seen_by"),
};

static MEETING: Page = Page {
    at: "/audit/meetings/{id}",
    template: "audit/meeting.html",
    asks: &[must("then", "/audit/meetings/{id}").with(MOMENT)],
    open_to: OpenTo::Who("read_meeting_as_at"),
};

static PANEL: Page = Page {
    at: "/audit/panels/{id}",
    template: "audit/panel.html",
    asks: &[must("then", "/audit/panels/{id}").with(MOMENT)],
    open_to: OpenTo::Who("read_panel_as_at"),
};

static ROTA: Page = Page {
    at: "/audit/rotas/{team}/{month}",
    template: "audit/rota.html",
    asks: &[
        must("then", "/audit/rotas/{team}/{month}").with(MOMENT),
        may("teams", "/teams", "list_teams"),
    ],
    open_to: OpenTo::Who("read_rota_as_at"),
};

static RULES: Page = Page {
    at: "/audit/rulesets/triage",
    template: "audit/rules.html",
    asks: &[must("then", "/audit/rulesets/triage").with(MOMENT)],
    open_to: OpenTo::Who("read_ruleset_as_at"),
};

/// Which of them there are to look at.
static THINGS: Page = Page {
    at: "/audit/things",
    template: "audit/things.html",
    asks: &[
        may("panels", "/panels", "list_panels"),
        may("teams", "/teams", "list_teams"),
        may("meetings", "/meetings?limit=50", "list_meetings").with(&["cursor"]),
    ],
    open_to: OpenTo::Who("read_meeting_as_at"),
};

pub(super) const PAGES: &[&Page] =
    &[&REQUESTS, &REQUEST, &DIFFERENCE, &SEEN_BY, &MEETING, &PANEL, &ROTA, &RULES, &THINGS];
