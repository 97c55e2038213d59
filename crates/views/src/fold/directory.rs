//! What the front desk goes by, as far as it is listed, searched or explained with.

use crate::column::to_json;
use domain::event::DeskEvent;
use domain::ids::SchoolId;
use domain::school::School;
use engine::Recorded;
use rusqlite::{Result, Transaction, params};

/// Follows one event of the directory. As in [`domain::desk::Desk::apply`], calendars and rule
/// sets are numbered by the version of their stream.
pub(super) fn follow(rows: &Transaction<'_>, event: &DeskEvent, recorded: &Recorded) -> Result<()> {
    let version = recorded.version;
    match event {
        DeskEvent::SchoolRegistered(registered) => {
            school(rows, registered.id, &registered.school)?;
        }
        DeskEvent::ServiceListed(listed) => {
            let service = &listed.service;
            rows.prepare_cached("INSERT OR REPLACE INTO services VALUES (?, ?, ?)")?
                .execute(params![service.slug.as_str(), service.name, to_json(service)?])?;
        }
        DeskEvent::RuleSetActivated(activated) => {
            rows.prepare_cached("INSERT OR REPLACE INTO rulesets VALUES (?, ?)")?
                .execute(params![version, to_json(&activated.draft)?])?;
        }
        DeskEvent::CalendarPublished(published) => {
            let mut calendar = published.calendar.clone();
            calendar.version = version;
            rows.prepare_cached("INSERT OR REPLACE INTO calendars VALUES (?, ?)")?
                .execute(params![version, to_json(&calendar)?])?;
        }
        // The engine's own desk answers about these.
        DeskEvent::CouncilNamed(_)
        | DeskEvent::ShiftsSet(_)
        | DeskEvent::ShiftOverridden(_)
        | DeskEvent::PanelEstablished(_)
        | DeskEvent::AccountOpened(_)
        | DeskEvent::KeyIssued(_)
        | DeskEvent::KeyRevoked(_) => {}
    }
    Ok(())
}

fn school(rows: &Transaction<'_>, id: SchoolId, school: &School) -> Result<()> {
    rows.prepare_cached("INSERT OR REPLACE INTO schools VALUES (?, ?, ?, ?, ?, ?)")?.execute(
        params![
            id.0.as_bytes(),
            school.urn.as_str(),
            school.name,
            school.district,
            school.phase.code(),
            to_json(school)?
        ],
    )?;
    rows.prepare_cached("INSERT OR REPLACE INTO urns VALUES (?, ?)")?
        .execute(params![school.urn.as_str(), id.0.as_bytes()])?;
    Ok(())
}
