//! Figures: how long answers take, against what was promised.

use crate::ask::must;
use crate::page::{OpenTo, Page};

static RESPONSE_TIMES: Page = Page {
    at: "/figures",
    template: "figures/response_times.html",
    asks: &[must("times", "/insights/response-times?group_by=month")
        .with(&["from", "to", "group_by", "promise"])],
    open_to: OpenTo::Who("read_response_times"),
};

pub(super) const PAGES: &[&Page] = &[&RESPONSE_TIMES];
