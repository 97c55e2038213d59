//! A request as one line of a list.

use crate::column::{
    count, id, instant, json, maybe_id, maybe_instant, maybe_json, maybe_need, maybe_text, text,
};
use domain::codes::{About, Support};
use domain::ids::{AccountId, ChildId, EventId, PanelId, RequestId, SchoolId, ServiceSlug, Urn};
use domain::need::{Area, Need};
use domain::request::Status;
use domain::triage::Route;
use engine::SealedBox;
use jiff::Timestamp;
use rusqlite::{Result, Row};

use super::{Owed, RouteKind};

/// What an item is read from. `r` is restricted and sorted by whoever asks.
pub(crate) const ITEM: &str = "
    SELECT r.*, s.name AS school_name, c.erased, c.event AS identity_event,
           c.sealed AS identity_box, t.id AS particulars_event, t.sealed AS particulars_box
    FROM requests r
    JOIN timeline t ON t.position = r.number
    LEFT JOIN schools s ON s.id = r.school
    LEFT JOIN children c ON c.id = r.child";

/// A request as one line of a list. Not `Serialize`, so that a box is not sent by accident.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Which.
    pub id: RequestId,
    /// What people call it.
    pub reference: String,
    /// Where it stands.
    pub status: Status,
    /// Whether it is the school's turn.
    pub waits_for_school: bool,
    /// The school,
    pub school: SchoolId,
    /// its URN on the day it asked,
    pub urn: Urn,
    /// and its name today.
    pub school_name: Option<String>,
    /// Whom it is about.
    pub about: About,
    /// The child, by pseudonym.
    pub child: Option<ChildId>,
    /// Whether the child was erased: no box opens any more.
    pub child_erased: bool,
    /// The main need.
    pub primary_need: Option<Need>,
    /// Its area.
    pub area: Option<Area>,
    /// What is asked for.
    pub support_sought: Vec<Support>,
    /// Where it was last sent.
    pub route: Option<Route>,
    /// When it was received.
    pub received_at: Timestamp,
    /// When the school hears from us at the latest. Not known while we wait for the school.
    pub respond_by: Option<Timestamp>,
    /// The promise that matters now.
    pub owed: Option<Owed>,
    /// Who is accountable.
    pub adviser: Option<AccountId>,
    /// The version of the rota that made them so.
    pub rota_version: Option<u32>,
    /// The version of its stream.
    pub version: u32,
    /// The position of its last event.
    pub position: u64,
    /// Who the child is, sealed.
    pub identity: Option<SealedBox>,
    /// Who asks, and in which words, sealed.
    pub particulars: Option<SealedBox>,
}

impl Item {
    /// The service to which it was last sent. Whether it is still there, the status says.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceSlug> {
        self.route.as_ref().and_then(RouteKind::service)
    }

    /// The panel to which it was last sent.
    #[must_use]
    pub fn panel(&self) -> Option<&PanelId> {
        self.route.as_ref().and_then(RouteKind::panel)
    }

    /// Reads a row of [`ITEM`].
    pub(crate) fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: RequestId(id(row, "id")?),
            reference: row.get("reference")?,
            status: text(row, "status")?,
            waits_for_school: row.get("waits_for_school")?,
            school: SchoolId(id(row, "school")?),
            urn: text(row, "urn")?,
            school_name: row.get("school_name")?,
            about: text(row, "about")?,
            child: maybe_id(row, "child")?.map(ChildId),
            child_erased: row.get::<_, Option<bool>>("erased")?.unwrap_or_default(),
            primary_need: maybe_need(row, "need")?,
            area: maybe_text(row, "area")?,
            support_sought: json(row, "support_sought")?,
            route: maybe_json(row, "route")?,
            received_at: instant(row, "received_at")?,
            respond_by: maybe_instant(row, "respond_by")?,
            owed: maybe_json(row, "owed")?,
            adviser: maybe_text(row, "adviser")?,
            rota_version: row.get("rota_version")?,
            version: row.get("version")?,
            position: count(row, "position")?,
            identity: sealed_box(row, "identity_event", "identity_box")?,
            particulars: sealed_box(row, "particulars_event", "particulars_box")?,
        })
    }
}

/// A box with the event it belongs to, if there is one.
pub(crate) fn sealed_box(row: &Row<'_>, event: &str, sealed: &str) -> Result<Option<SealedBox>> {
    let event = maybe_id(row, event)?.map(EventId);
    let sealed = maybe_json(row, sealed)?;
    Ok(event.zip(sealed).map(|(event, sealed)| SealedBox { event, sealed }))
}
