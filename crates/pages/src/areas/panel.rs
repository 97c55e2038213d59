//! Panels: what waits for each, and its meetings.

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

static MEETING: Page = Page {
    at: "/meetings/{id}",
    template: "panel/meeting.html",
    asks: &[
        must("meeting", "/meetings/{id}"),
        may("agenda", "/meetings/{id}/agenda", "read_agenda"),
    ],
    open_to: OpenTo::Who("read_meeting"),
};

pub(super) const PAGES: &[&Page] = &[&PANELS, &QUEUE, &MEETING];
