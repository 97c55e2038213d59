//! Figures: what comes in, where it waits, whether promises are kept, what it costs, what schools
//! say; and the requests behind each number.

use crate::ask::{may, must};
use crate::page::{OpenTo, Page};

/// The time that a figure is about.
const TIME: &[&str] = &["from", "to"];

/// And in which groups.
const GROUPED: &[&str] = &["from", "to", "group_by"];

static OVERVIEW: Page = Page {
    at: "/figures",
    template: "figures/overview.html",
    asks: &[
        must("times", "/insights/response-times?group_by=promise").with(TIME),
        may("flow", "/insights/flow", "read_flow").with(TIME),
        may("queues", "/insights/queues", "read_queues"),
        may("gaps", "/insights/gaps", "read_criteria_gaps").with(TIME),
        may("spend", "/insights/spend", "read_spend"),
    ],
    open_to: OpenTo::Who("read_response_times"),
};

static RESPONSE_TIMES: Page = Page {
    at: "/figures/response-times",
    template: "figures/response_times.html",
    asks: &[must("times", "/insights/response-times?group_by=month")
        .with(&["from", "to", "group_by", "promise"])],
    open_to: OpenTo::Who("read_response_times"),
};

static FLOW: Page = Page {
    at: "/figures/flow",
    template: "figures/flow.html",
    asks: &[must("flow", "/insights/flow").with(GROUPED)],
    open_to: OpenTo::Who("read_flow"),
};

static QUEUES: Page = Page {
    at: "/figures/queues",
    template: "figures/queues.html",
    asks: &[must("queues", "/insights/queues")],
    open_to: OpenTo::Who("read_queues"),
};

static SPEND: Page = Page {
    at: "/figures/spend",
    template: "figures/spend.html",
    asks: &[must("spend", "/insights/spend").with(&["from_year", "to_year", "group_by"])],
    open_to: OpenTo::Who("read_spend"),
};

static GAPS: Page = Page {
    at: "/figures/gaps",
    template: "figures/gaps.html",
    asks: &[must("gaps", "/insights/gaps").with(TIME)],
    open_to: OpenTo::Who("read_criteria_gaps"),
};

static FEEDBACK: Page = Page {
    at: "/figures/feedback",
    template: "figures/feedback.html",
    asks: &[must("feedback", "/insights/feedback").with(GROUPED)],
    open_to: OpenTo::Who("read_feedback"),
};

static BEHIND: Page = Page {
    at: "/figures/{figure}/requests",
    template: "figures/behind.html",
    asks: &[
        must("requests", "/insights/{figure}/requests?limit=50").with(&[
            "key",
            "of",
            "from",
            "to",
            "group_by",
            "promise",
            "from_year",
            "to_year",
            "cursor",
        ]),
        may("team", "/teams/front-door", "read_team"),
        may("services", "/services?limit=200", "list_services"),
    ],
    open_to: OpenTo::Who("list_figure_requests"),
};

pub(super) const PAGES: &[&Page] =
    &[&OVERVIEW, &RESPONSE_TIMES, &FLOW, &QUEUES, &SPEND, &GAPS, &FEEDBACK, &BEHIND];
