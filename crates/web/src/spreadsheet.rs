//! A table that somebody opens with a spreadsheet.
//!
//! A spreadsheet runs what looks like a formula, and a name is whatever somebody once wrote. So
//! text is quoted (RFC 4180, 2.6 and 2.7), and text that begins like a formula is preceded by
//! an apostrophe (OWASP, CSV injection). Numbers are ours, and stay numbers.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// A table, as it is answered.
pub(crate) struct Table(String);

impl Table {
    /// With this head, and a line for each of these.
    pub(crate) fn new(head: &str, lines: impl IntoIterator<Item: AsRef<[String]>>) -> Self {
        let lines = lines.into_iter().map(|cells| cells.as_ref().join(",") + "\r\n");
        Self(format!("{head}\r\n") + &lines.collect::<String>())
    }
}

impl IntoResponse for Table {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], self.0).into_response()
    }
}

/// Text as a cell; nothing as an empty one.
pub(crate) fn cell(text: Option<&str>) -> String {
    let text = text.unwrap_or_default().replace('"', "\"\"");
    let guard = if is_formula(&text) { "'" } else { "" };
    format!("\"{guard}{text}\"")
}

/// Whether some spreadsheet takes this for more than text. Some skip blanks before a formula, and
/// some read the wide signs of East Asian keyboards like the narrow ones.
fn is_formula(text: &str) -> bool {
    let blank = |letter: char| letter.is_whitespace() || letter.is_control();
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    text.starts_with(['\t', '\r', '\n', '\0']) || text.trim_start_matches(blank).starts_with(signs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_text() {
        assert_eq!(cell(Some("=1+1")), "\"'=1+1\"");
        assert_eq!(cell(Some("St \"A\"")), "\"St \"\"A\"\"\"");
        assert_eq!(cell(Some("Anne-Marie @ home")), "\"Anne-Marie @ home\"");
        assert_eq!(cell(None), "\"\"");
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_one_cell_and_no_formula(
            text in "([ \t\r\n]{0,2}[=+@\\-＝＠]?)?(?s).{0,20}",
        ) {
            let row = format!("{},7\r\n", cell(Some(&text)));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(records.len(), 1);
            let cells: Vec<_> = records[0].iter().collect();
            prop_assert_eq!(cells.len(), 2);
            prop_assert_eq!(cells[1], "7");
            let plain = cells[0].strip_prefix('\'').unwrap_or(cells[0]);
            prop_assert!(plain == text || cells[0] == text, "nothing is lost");
            let first = cells[0].trim_start().chars().next();
            prop_assert!(first.is_none_or(|first| !"=+-@＝＋－＠".contains(first)));
            prop_assert!(!cells[0].starts_with(['\t', '\r', '\n']));
        }
    }
}
