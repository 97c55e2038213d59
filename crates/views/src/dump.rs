//! Every row as text, in an order of its own: two folds of one log are the same, or not.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use std::fmt::Write;

/// Every table by name, every row by its key. A line is `table|value|…`; an id or other bytes
/// are in hexadecimal.
pub(crate) fn dump(rows: &Connection) -> Result<String> {
    let mut dump = String::new();
    let mut tables =
        rows.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    for table in tables {
        // The primary key of a table is its first column; of these, its first few.
        let key = match table.as_str() {
            "promises" => "1, 2, 3, 4",
            "recusals" => "1, 2, 3",
            "links" | "stays" | "request_services" | "meeting_items" | "attendance" => "1, 2",
            _ => "1",
        };
        let mut statement = rows.prepare(&format!("SELECT * FROM {table} ORDER BY {key}"))?;
        let columns = statement.column_count();
        let mut selected = statement.query([])?;
        while let Some(row) = selected.next()? {
            dump.push_str(&table);
            for column in 0..columns {
                write_value(&mut dump, row.get_ref(column)?);
            }
            dump.push('\n');
        }
    }
    Ok(dump)
}

/// Writing to a string does not fail.
fn write_value(dump: &mut String, value: ValueRef<'_>) {
    dump.push('|');
    let _ = match value {
        ValueRef::Null => Ok(()),
        ValueRef::Integer(number) => write!(dump, "{number}"),
        ValueRef::Real(number) => write!(dump, "{number}"),
        ValueRef::Text(text) => write!(dump, "{:?}", String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => bytes.iter().try_for_each(|byte| write!(dump, "{byte:02x}")),
    };
}
