//! Panels: what waits for each, and when it meets.

use crate::ask::{may, must};
use crate::page::{OpenTo, Page};

static PANELS: Page = Page {
    at: "/panels",
    template: "panel/list.html",
    asks: &[must("panels", "/panels")],
    open_to: OpenTo::Who("list_panels"),
};

static QUEUE: Page = Page {
    at: "/panels/{id}",
    template: "panel/queue.html",
    asks: &[
        must("queue", "/panels/{id}/queue?limit=100"),
        may("meetings", "/meetings?panel={id}&limit=100", "list_meetings"),
        may("panels", "/panels", "list_panels"),
    ],
    open_to: OpenTo::Who("read_panel_queue"),
};

pub(super) const PAGES: &[&Page] = &[&PANELS, &QUEUE];
