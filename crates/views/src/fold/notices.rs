//! Messages: one row for each, with how its delivery goes.

use crate::column::{integer, nanoseconds};
use domain::event::NoticeEvent;
use domain::notice::Recipient;
use domain::notice::event::Intended;
use engine::Recorded;
use rusqlite::{Result, Transaction, params};

/// Follows one event of a message.
pub(super) fn follow(
    rows: &Transaction<'_>,
    event: &NoticeEvent,
    recorded: &Recorded,
) -> Result<()> {
    let Some(notice) = recorded.notice() else { return Ok(()) };
    let (id, position) = (notice.as_str(), integer(recorded.position));
    let version = recorded.version;
    match event {
        NoticeEvent::Intended(intended) => write(rows, intended, recorded)?,
        NoticeEvent::Sent(_) => {
            rows.prepare_cached(
                "UPDATE notices SET state = 'sent', next_at = NULL, settled_at = ?, version = ?,
                     position = ? WHERE id = ?",
            )?
            .execute(params![
                nanoseconds(recorded.recorded_at),
                version,
                position,
                id
            ])?;
        }
        NoticeEvent::AttemptFailed(failed) => {
            let (attempt, next_at) = (failed.attempt, nanoseconds(failed.next_at));
            rows.prepare_cached(
                "UPDATE notices SET failures = ?, why = ?, next_at = ?, version = ?, position = ?
                 WHERE id = ?",
            )?
            .execute(params![
                attempt,
                failed.why.code(),
                next_at,
                version,
                position,
                id
            ])?;
        }
        NoticeEvent::GivenUp(given_up) => {
            let at = nanoseconds(recorded.recorded_at);
            let why = given_up.why.code();
            rows.prepare_cached(
                "UPDATE notices SET state = 'given_up', failures = ?, why = ?, next_at = NULL,
                     settled_at = ?, version = ?, position = ? WHERE id = ?",
            )?
            .execute(params![given_up.attempts, why, at, version, position, id])?;
        }
        NoticeEvent::PutBack(_) => {
            rows.prepare_cached(
                "UPDATE notices SET state = 'waiting', failures = 0, settled_at = NULL,
                     version = ?, position = ? WHERE id = ?",
            )?
            .execute(params![version, position, id])?;
        }
    }
    Ok(())
}

fn write(rows: &Transaction<'_>, intended: &Intended, recorded: &Recorded) -> Result<()> {
    let (school, account) = match &intended.to {
        Recipient::School(school) => (Some(school.0.into_bytes()), None),
        Recipient::Account(account) => (None, Some(account.as_str())),
    };
    rows.prepare_cached(
        "INSERT OR IGNORE INTO notices (id, number, school, account, request, kind, channel,
             state, failures, intended_at, version, position)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', 0, ?8, ?9, ?2)",
    )?
    .execute(params![
        intended.notice.as_str(),
        integer(recorded.position),
        school,
        account,
        intended.request.0.as_bytes(),
        intended.kind.code(),
        intended.channel.code(),
        nanoseconds(recorded.recorded_at),
        recorded.version,
    ])?;
    Ok(())
}
