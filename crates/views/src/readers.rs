//! Connections that only read, and threads of their own to read on.

use crate::Error;
use rusqlite::{Connection, OpenFlags};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, Semaphore};

/// How many questions are answered at the same time; the others wait their turn.
const READERS: u32 = 4;

/// A few connections to one file.
#[derive(Debug)]
pub(crate) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
    turns: Arc<Semaphore>,
    damage: Notify,
}

impl Readers {
    pub(crate) fn of(file: PathBuf) -> Self {
        let turns = usize::try_from(READERS).unwrap_or(1);
        Self {
            file,
            idle: Mutex::default(),
            turns: Arc::new(Semaphore::new(turns)),
            damage: Notify::new(),
        }
    }

    /// Answers a question off the async threads. All that it reads is of one position.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turns = Arc::clone(&self.turns);
        let turn = turns.acquire_owned().await.map_err(|_closed| Error::Closed)?;
        let readers = Arc::clone(self);
        let answer = tokio::task::spawn_blocking(move || {
            let answer = readers.answer(question);
            drop(turn);
            answer
        });
        let answer = answer.await.map_err(|_cut_off| Error::Closed)?;
        if answer.as_ref().is_err_and(Error::is_damage) {
            self.damage.notify_one();
        }
        answer
    }

    fn answer<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let idle = self.idle().pop();
        let mut connection = idle.map_or_else(|| self.connect(), Ok)?;
        let snapshot = connection.transaction()?;
        let answer = question(&snapshot)?;
        snapshot.commit()?;
        self.idle().push(connection);
        Ok(answer)
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.set_prepared_statement_cache_capacity(128);
        connection.execute_batch("PRAGMA cache_size = -16000;")?;
        Ok(connection)
    }

    /// Waits until a question met damage.
    pub(crate) async fn damaged(&self) {
        self.damage.notified().await;
    }

    /// Does something while nobody reads and nobody has the file open.
    pub(crate) async fn apart<T: Send + 'static>(
        self: &Arc<Self>,
        change: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turns = Arc::clone(&self.turns).acquire_many_owned(READERS).await;
        let turns = turns.map_err(|_closed| Error::Closed)?;
        let readers = Arc::clone(self);
        let changed = tokio::task::spawn_blocking(move || {
            readers.idle().clear();
            let changed = change();
            drop(turns);
            changed
        });
        changed.await.map_err(|_cut_off| Error::Closed)?
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
