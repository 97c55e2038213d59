//! A meeting before it begins: its agenda, its packs, and who reads them.

use crate::ask::{Ask, may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};

const THE_MEETING: Ask = must("meeting", "/meetings/{id}");
/// Who is who on the panel.
const PAPERS: Ask = may("papers", "/meetings/{id}/papers", "read_meeting_papers");

/// What the meeting takes up, and what else waits.
static AGENDA: Page = Page {
    at: "/meetings/{id}/agenda",
    template: "agenda/agenda.html",
    asks: &[
        THE_MEETING,
        PAPERS,
        must("agenda", "/meetings/{id}/agenda"),
        must("terms", "/panels/{meeting.panel}"),
        must("dates", "/panels/{meeting.panel}/dates?count=30"),
        must("queue", "/panels/{meeting.panel}/queue?standing=queued&limit=100"),
    ],
    open_to: OpenTo::Who("set_agenda"),
};

static CANCEL: Page = Page {
    at: "/meetings/{id}/cancel",
    template: "agenda/cancel.html",
    asks: &[
        THE_MEETING,
        must("meetings", "/meetings?panel={meeting.panel}&from={today.date}&limit=200"),
    ],
    open_to: OpenTo::Who("cancel_meeting"),
};

/// What there is to read, and what of it the reader has opened.
static READING: Page = Page {
    at: "/meetings/{id}/reading",
    template: "agenda/reading.html",
    asks: &[THE_MEETING, PAPERS, may("agenda", "/meetings/{id}/agenda", "read_agenda")],
    open_to: OpenTo::Who("read_pack"),
};

static PACK: Page = Page {
    at: "/meetings/{id}/items/{request}/pack",
    template: "agenda/pack.html",
    asks: &[
        THE_MEETING,
        PAPERS,
        // Not there for whoever stands aside, whom the page tells so.
        may("pack", "/meetings/{id}/items/{request}/pack", "read_pack").with(&["version"]),
    ],
    open_to: OpenTo::Who("read_pack"),
};

/// Every pack, to be read or printed in one go.
static PACKS: Page = Page {
    at: "/meetings/{id}/packs",
    template: "agenda/packs.html",
    asks: &[
        THE_MEETING,
        PAPERS,
        may("packs", "/meetings/{id}/items/{each.request}/pack", "read_pack")
            .for_each("meeting.items"),
    ],
    open_to: OpenTo::Who("read_pack"),
};

/// One's own interest, before anything is decided.
static INTEREST: Page = Page {
    at: "/meetings/{id}/items/{request}/interest",
    template: "agenda/interest.html",
    asks: &[THE_MEETING],
    open_to: OpenTo::Who("recuse"),
};

pub(super) const PAGES: &[&Page] = &[&AGENDA, &CANCEL, &READING, &PACK, &PACKS, &INTEREST];

pub(super) static FORMS: &[Form] = &[
    Form::put(&AGENDA, "/meetings/{id}/agenda", "/meetings/{id}/agenda?done=agenda"),
    // What it comes to, before it is saved.
    Form::look(&AGENDA).at("/meetings/{id}/agenda/time"),
    Form::post(&AGENDA, "/meetings/{id}/publish", "/meetings/{id}/agenda?done=published")
        .at("/meetings/{id}/publish"),
    Form::post(&CANCEL, "/meetings/{id}/cancel", "/panels/{answer.panel}/dates?done=cancelled"),
    Form::post(
        &PACK,
        "/meetings/{id}/items/{request}/pack",
        "/meetings/{id}/items/{request}/pack?done=renewed",
    )
    .at("/meetings/{id}/items/{request}/renew"),
    Form::post(
        &INTEREST,
        "/meetings/{id}/items/{request}/recuse",
        "/meetings/{id}/reading?done=aside",
    ),
];
