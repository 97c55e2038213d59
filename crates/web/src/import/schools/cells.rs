//! A line of a table, read cell by cell under the names of its columns.

use crate::import::{Fault, Place};
use csv::{Reader, ReaderBuilder, StringRecord};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The longest cell that is read: names of schools stay far below it.
const LONGEST: usize = 200;

/// A table with the places of its columns.
pub(super) struct Table<'a> {
    reader: Reader<&'a [u8]>,
    columns: BTreeMap<String, usize>,
    width: usize,
}

/// One line of it.
pub(super) struct Cells<'t> {
    record: StringRecord,
    columns: &'t BTreeMap<String, usize>,
    pub(super) line: u64,
    /// Whether it has as many cells as the header.
    pub(super) is_whole: bool,
}

impl<'a> Table<'a> {
    /// Reads the header. Columns that must be there and are not, or are there twice, are one
    /// fault each.
    pub(super) fn of(text: &'a str, required: &[&str], faults: &mut Vec<Fault>) -> Option<Self> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => {
                faults.push(Fault::file(format!("it is no table: {error}")));
                return None;
            }
        };
        let before = faults.len();
        let mut columns = BTreeMap::new();
        for (place, name) in header.iter().enumerate() {
            let name = name.trim();
            if columns.insert(name.to_owned(), place).is_some() && required.contains(&name) {
                faults.push(Fault::file(format!("it has two columns “{name}”")));
            }
        }
        for name in required.iter().filter(|name| !columns.contains_key(**name)) {
            faults.push(Fault::file(format!("it has no column “{name}”")));
        }
        (faults.len() == before).then_some(Self { reader, columns, width: header.len() })
    }

    /// Every line after the header, in order. One that has more or fewer cells than the header
    /// is a fault, and handed on all the same: what can be read of it says whose it was.
    pub(super) fn each(
        mut self,
        faults: &mut Vec<Fault>,
        mut on: impl FnMut(Cells<'_>, &mut Vec<Fault>),
    ) {
        let mut record = StringRecord::new();
        loop {
            match self.reader.read_record(&mut record) {
                Ok(false) => return,
                Ok(true) => {}
                Err(error) => {
                    faults.push(Fault::file(format!("it ends early: {error}")));
                    return;
                }
            }
            let line = record.position().map_or(0, csv::Position::line);
            let is_whole = record.len() == self.width;
            if !is_whole {
                let (here, width) = (record.len(), self.width);
                let detail = format!("it has {here} cells; the header has {width}");
                faults.push(Fault::new(Place::Line(line), detail));
            }
            on(Cells { record: record.clone(), columns: &self.columns, line, is_whole }, faults);
        }
    }
}

impl Cells<'_> {
    /// What stands in a column; `None` when nothing does.
    pub(super) fn raw(&self, column: &str) -> Option<&str> {
        let cell = self.record.get(*self.columns.get(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The same, if it is text that can be kept.
    pub(super) fn text(&self, column: &str, faults: &mut Vec<Fault>) -> Option<String> {
        let cell = self.raw(column)?;
        if cell.chars().count() > LONGEST {
            self.say(column, format!("at most {LONGEST} characters"), faults);
            return None;
        }
        if cell.chars().any(char::is_control) {
            self.say(column, "control characters are not text", faults);
            return None;
        }
        Some(cell.to_owned())
    }

    /// Something that means something.
    pub(super) fn read<T: FromStr>(
        &self,
        column: &str,
        expected: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let cell = self.raw(column)?;
        let read = cell.parse().ok();
        if read.is_none() {
            self.say(column, format!("“{}” is not {expected}", shown(cell)), faults);
        }
        read
    }

    /// The same, which must be there.
    pub(super) fn required<T: FromStr>(
        &self,
        column: &str,
        expected: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        if self.raw(column).is_none() {
            self.say(column, format!("it is empty; it should be {expected}"), faults);
        }
        self.read(column, expected, faults)
    }

    /// A date as the register writes it, `31-08-2026`.
    pub(super) fn date(&self, column: &str, faults: &mut Vec<Fault>) -> Option<Date> {
        let cell = self.raw(column)?;
        let date = day_month_year(cell);
        if date.is_none() {
            let detail = format!("“{}” is not a date, written 31-08-2026", shown(cell));
            self.say(column, detail, faults);
        }
        date
    }

    pub(super) fn say(&self, column: &str, detail: impl Into<String>, faults: &mut Vec<Fault>) {
        faults.push(Fault::new(Place::Cell(self.line, column.to_owned()), detail));
    }
}

/// A cell as it may be repeated in a fault: shortened, and without what would garble a line.
fn shown(cell: &str) -> String {
    cell.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

/// `31-08-2026`, or with slashes, as spreadsheets write it back.
fn day_month_year(cell: &str) -> Option<Date> {
    let mut parts = cell.split(['-', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    whole.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_come_before_months() {
        assert_eq!(day_month_year("01-09-2026"), Some(date(2026, 9, 1)));
        assert_eq!(day_month_year("31/8/2026"), Some(date(2026, 8, 31)));
        for none in ["2026-09-01", "31-02-2026", "09-2026", "1-9-26", "1-9-2026-1", "x"] {
            assert_eq!(day_month_year(none), None, "{none}");
        }
    }
}
