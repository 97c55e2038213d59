//! How values of the domain stand in columns, and are read back as what they were.

use domain::need::Need;
use jiff::Timestamp;
use rusqlite::types::{FromSql, Type};
use rusqlite::{Error, Result, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;
use uuid::Uuid;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// An instant as a column by which rows sort: nanoseconds since 1970. Exact from 1678 to 2262,
/// the first or last there is beyond.
pub(crate) fn nanoseconds(at: Timestamp) -> i64 {
    let outermost = if at < Timestamp::UNIX_EPOCH { i64::MIN } else { i64::MAX };
    i64::try_from(at.as_nanosecond()).unwrap_or(outermost)
}

/// A position or a count as a column; one beyond 2⁶³ does not occur.
pub(crate) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A value as JSON in a column.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| Error::ToSqlConversionFailure(cause.into()))
}

/// A column of a row, by name, read as `T` from what SQLite holds.
fn read<S: FromSql, T, E: Into<Cause>>(
    row: &Row<'_>,
    column: &str,
    read: impl FnOnce(S) -> std::result::Result<T, E>,
) -> Result<T> {
    let stored = row.get(column)?;
    read(stored).map_err(|cause| {
        let index = row.as_ref().column_index(column).unwrap_or_default();
        Error::FromSqlConversionFailure(index, Type::Text, cause.into())
    })
}

fn maybe<T, U, E>(
    read: impl FnOnce(T) -> std::result::Result<U, E>,
) -> impl FnOnce(Option<T>) -> std::result::Result<Option<U>, E> {
    |stored| stored.map(read).transpose()
}

/// A code or a name.
pub(crate) fn text<T: FromStr>(row: &Row<'_>, column: &str) -> Result<T>
where
    T::Err: Into<Cause>,
{
    read(row, column, |text: String| text.parse())
}

/// A code or a name, if there is one.
pub(crate) fn maybe_text<T: FromStr>(row: &Row<'_>, column: &str) -> Result<Option<T>>
where
    T::Err: Into<Cause>,
{
    read(row, column, maybe(|text: String| text.parse()))
}

/// A need by its code; unlike other codes, of any time.
pub(crate) fn maybe_need(row: &Row<'_>, column: &str) -> Result<Option<Need>> {
    let known = |code: String| {
        let need = Need::ever().find(|need| need.code() == code);
        need.ok_or_else(|| format!("no need was ever coded “{code}”"))
    };
    read(row, column, maybe(known))
}

/// An id.
pub(crate) fn id(row: &Row<'_>, column: &str) -> Result<Uuid> {
    read(row, column, |bytes: [u8; 16]| Ok::<_, Cause>(Uuid::from_bytes(bytes)))
}

/// An id, if there is one.
pub(crate) fn maybe_id(row: &Row<'_>, column: &str) -> Result<Option<Uuid>> {
    read(row, column, |bytes: Option<[u8; 16]>| Ok::<_, Cause>(bytes.map(Uuid::from_bytes)))
}

/// A value of several parts.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T> {
    read(row, column, |json: String| serde_json::from_str(&json))
}

/// A value of several parts, if there is one.
pub(crate) fn maybe_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<Option<T>> {
    read(row, column, maybe(|json: String| serde_json::from_str(&json)))
}

/// An instant by which rows sort.
pub(crate) fn instant(row: &Row<'_>, column: &str) -> Result<Timestamp> {
    read(row, column, |at: i64| Timestamp::from_nanosecond(i128::from(at)))
}

/// An instant by which rows sort, if there is one.
pub(crate) fn maybe_instant(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>> {
    read(row, column, maybe(|at: i64| Timestamp::from_nanosecond(i128::from(at))))
}

/// A position or a count.
pub(crate) fn count(row: &Row<'_>, column: &str) -> Result<u64> {
    read(row, column, |number: i64| u64::try_from(number))
}
