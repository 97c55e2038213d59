//! A request's state, folded again from its timeline.

use crate::column::{maybe_json, text};
use domain::event::Event;
use domain::ids::EventId;
use domain::promises::ClockChange;
use domain::request::{Happened, Request};
use rusqlite::{Connection, Error, Result, Row};

/// The request with this number as the timeline has it.
pub(crate) fn request(rows: &Connection, number: i64) -> Result<Request> {
    let mut statement = rows.prepare_cached(
        "SELECT id, name, effective_at, data, clocks FROM timeline
         WHERE request = ? ORDER BY position",
    )?;
    let mut events = statement.query([number])?;
    let mut state = Request::default();
    while let Some(row) = events.next()? {
        let Some(Event::Request(event)) = event(row)? else { continue };
        let clocks: Vec<ClockChange> = maybe_json(row, "clocks")?.unwrap_or_default();
        let id = EventId(crate::column::id(row, "id")?);
        let effective_at = text(row, "effective_at")?;
        state = state.evolve(&Happened { id, effective_at, event: &event, clocks: &clocks });
    }
    Ok(state)
}

/// What happened, in codes; `None` for an event that this program does not know.
pub(crate) fn event(row: &Row<'_>) -> Result<Option<Event>> {
    let (name, data): (String, Option<String>) = (row.get("name")?, row.get("data")?);
    let Some(data) = data else { return Ok(None) };
    let mut data = serde_json::Deserializer::from_str(&data);
    Event::read(&name, &mut data).map_err(|cause| {
        let index = row.as_ref().column_index("data").unwrap_or_default();
        Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, cause.into())
    })
}
