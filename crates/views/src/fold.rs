//! Events in, rows out: the only writer of a file of read models.
//!
//! Rows and the position they reach are one transaction, and depend on the events alone, not
//! on when or in what batches they were folded: so rebuilt equals live, byte for byte. What
//! a request's event means is for [`domain`] to say; here it is only written down.

mod children;
mod directory;
mod drafts;
mod feedback;
mod gaps;
mod meetings;
mod notices;
mod packages;
mod panels;
mod parts;
mod promises;
mod queue;
mod requests;
mod stays;
mod subject_accesses;

pub(crate) use meetings::DEFERRED;

use crate::column::{count, integer, maybe_id};
use crate::schema::{SCHEMA, made_by};
use domain::event::Event;
use engine::Recorded;
use requests::Requests;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Result, TransactionBehavior, params};
use std::path::Path;
use uuid::Uuid;

/// Where a fold stands: a position, and the id of the event there. The id tells this log from
/// another one that is as long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) position: u64,
    pub(crate) event: Option<Uuid>,
}

/// How closely a file is looked at when it is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// It has just been made.
    None,
    /// It was found there: every page, some second for each gigabyte.
    EveryPage,
}

/// A file of read models, open for folding.
#[derive(Debug)]
pub(crate) struct Fold {
    connection: Connection,
    cursor: Cursor,
    requests: Requests,
}

impl Fold {
    /// A new file, without a journal: until it is complete nobody reads it, and one that is
    /// not complete is thrown away.
    pub(crate) fn create(file: &Path) -> Result<Self> {
        Self::begin(Connection::open(file)?)
    }

    /// The same in memory, for a question about the past.
    pub(crate) fn in_memory() -> Result<Self> {
        Self::begin(Connection::open_in_memory()?)
    }

    fn begin(connection: Connection) -> Result<Self> {
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        connection.execute_batch(SCHEMA)?;
        connection
            .execute("INSERT INTO fold (one, made_by, position) VALUES (1, ?, 0)", [made_by()])?;
        Self::over(connection, Cursor::default())
    }

    /// A complete file. `None` when another schema made it. What is damaged in it is an error
    /// now, if `check` says to look at every page, or when it is met.
    pub(crate) fn open(file: &Path, check: Check) -> Result<Option<Self>> {
        let connection = Connection::open_with_flags(
            file,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
        if check == Check::EveryPage {
            let found: String =
                connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            if found != "ok" {
                return Err(rusqlite::Error::ToSqlConversionFailure(found.into()));
            }
        }
        let sql = "SELECT position, event FROM fold WHERE made_by = ?";
        let cursor = connection.query_row(sql, [made_by()], |row| {
            Ok(Cursor { position: count(row, "position")?, event: maybe_id(row, "event")? })
        });
        cursor.optional()?.map(|cursor| Self::over(connection, cursor)).transpose()
    }

    /// Ends the making of a new file: from here on it is read while it is written.
    pub(crate) fn complete(self) -> Result<()> {
        self.connection.execute_batch("PRAGMA journal_mode = WAL;")
    }

    /// With a page cache of 64 MiB: indexes are written in no order, and a smaller one spends
    /// the time on writing pages out and reading them back.
    fn over(connection: Connection, cursor: Cursor) -> Result<Self> {
        connection.execute_batch("PRAGMA cache_size = -65536;")?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection, cursor, requests: Requests::default() })
    }

    /// The rows so far, to be asked.
    pub(crate) const fn rows(&self) -> &Connection {
        &self.connection
    }

    pub(crate) const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Folds events that follow the cursor, in order, all or none. After an error the fold
    /// knows things that were not written: drop it.
    pub(crate) fn apply(&mut self, events: &[Recorded]) -> Result<()> {
        let Some(last) = events.last() else { return Ok(()) };
        let cursor = Cursor { position: last.position, event: Some(last.id.0) };
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for recorded in events {
            if let Some(request) = recorded.request() {
                self.requests.follow(&transaction, request, recorded)?;
            }
            match &recorded.event {
                Some(Event::Child(event)) => children::follow(&transaction, event, recorded)?,
                Some(Event::Notice(event)) => notices::follow(&transaction, event, recorded)?,
                Some(Event::Desk(event)) => directory::follow(&transaction, event)?,
                Some(Event::Draft(event)) => drafts::follow(&transaction, event, recorded)?,
                Some(Event::Meeting(event)) => meetings::follow(&transaction, event, recorded)?,
                Some(Event::Request(_)) | None => {}
            }
        }
        self.requests.write(&transaction)?;
        transaction
            .prepare_cached("UPDATE fold SET position = ?, event = ?")?
            .execute(params![integer(cursor.position), last.id.0.as_bytes()])?;
        transaction.commit()?;
        self.requests.forget_some();
        self.cursor = cursor;
        Ok(())
    }
}
