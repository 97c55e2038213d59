//! Pages of a list, and the cursor from one to the next.
//!
//! A cursor is where the page before ended: the value that rows are sorted by, and the key
//! that tells equal values apart. So every page costs the same, and rows that come and go
//! between two pages make none of the others appear twice or not at all.

use crate::Error;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Value, ValueRef};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// The longest page.
pub const MOST_ON_A_PAGE: usize = 200;

/// Which page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How long, at most; never more than [`MOST_ON_A_PAGE`].
    pub limit: usize,
    /// The cursor that the page before gave; `None`: the first page.
    pub cursor: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: 50, cursor: None }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listing<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// The cursor of the next page; `None`: this is the last.
    pub next: Option<String>,
}

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The list's order, so that a cursor is not used in another.
    pub(crate) order: String,
    /// The sort value.
    pub(crate) value: Key,
    /// What tells equal values apart.
    pub(crate) key: Key,
}

/// A value of a row by which a list is ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Key {
    /// There is none.
    Null,
    /// A number or an instant.
    Integer(i64),
    /// A name.
    Text(String),
}

impl FromSql for Key {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(Self::Null),
            ValueRef::Integer(number) => Ok(Self::Integer(number)),
            ValueRef::Text(_) => value.as_str().map(|text| Self::Text(text.to_owned())),
            ValueRef::Real(_) | ValueRef::Blob(_) => Err(FromSqlError::InvalidType),
        }
    }
}

impl From<&Key> for Value {
    fn from(key: &Key) -> Self {
        match key {
            Key::Null => Self::Null,
            Key::Integer(number) => Self::Integer(*number),
            Key::Text(text) => Self::Text(text.clone()),
        }
    }
}

impl Place {
    /// As text that nobody is tempted to take apart: JSON in hexadecimal.
    fn cursor(&self) -> Option<String> {
        let json = serde_json::to_vec(self).ok()?;
        Some(json.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }
}

impl Page {
    /// How many rows are wanted: one more than fit, which tells whether there is a next page.
    pub(crate) fn rows(&self) -> usize {
        self.size() + 1
    }

    fn size(&self) -> usize {
        self.limit.clamp(1, MOST_ON_A_PAGE)
    }

    /// Where the page before ended.
    pub(crate) fn place(&self, order: &str) -> Result<Option<Place>, Error> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let place = unhex(cursor).and_then(|json| serde_json::from_slice(&json).ok());
        let place = place.filter(|place: &Place| place.order == order);
        place.map(Some).ok_or(Error::Cursor)
    }

    /// The page of these rows, with the place of its last one if there are more.
    pub(crate) fn of<T>(&self, mut rows: Vec<(T, Place)>) -> Listing<T> {
        let more = rows.len() > self.size();
        rows.truncate(self.size());
        let next = rows.last().filter(|_| more).and_then(|(_, place)| place.cursor());
        Listing { items: rows.into_iter().map(|(item, _)| item).collect(), next }
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| match pair {
            [high, low] if pair.is_ascii() => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place { order: "respond_by".to_owned(), value: Key::Null, key: Key::Integer(7) }
    }

    fn at(cursor: impl Into<String>) -> Page {
        Page { limit: 10, cursor: Some(cursor.into()) }
    }

    #[test]
    fn a_cursor_comes_back_as_the_place_it_was() {
        let cursor = place().cursor().unwrap();
        assert_eq!(at(cursor).place("respond_by").unwrap(), Some(place()));
    }

    #[test]
    fn a_cursor_of_another_order_or_of_nothing_is_refused() {
        let cursor = place().cursor().unwrap();
        for (cursor, order) in [(cursor.as_str(), "reference"), ("7b7", "x"), ("é", "x"), ("", "x")]
        {
            let refused = at(cursor).place(order);
            assert!(matches!(refused, Err(Error::Cursor)), "{cursor}");
        }
    }

    #[test]
    fn no_page_is_longer_than_the_longest() {
        assert_eq!(Page { limit: 10_000, cursor: None }.rows(), MOST_ON_A_PAGE + 1);
        assert_eq!(Page { limit: 0, cursor: None }.rows(), 2);
    }
}
