//! A paper that people read: minutes, the cover of a meeting's papers.
//!
//! What it says is put into blocks once, and then written as plain text, as a clerk types it,
//! or as HTML. So both say the same, and neither can forget to escape anything.

mod html;
mod text;

use crate::problem::Problem;
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A paper.
#[derive(Serialize)]
pub(crate) struct Paper {
    /// What the page is called. Nothing personal.
    pub(crate) title: String,
    /// What it says, in order. It begins with the one heading of the first level.
    pub(crate) blocks: Vec<Block>,
}

/// One block of a paper.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    /// A heading: 1 is the paper's own, 2 a section's, 3 an item's.
    Heading { level: u8, text: String },
    /// What the reader must know before anything else.
    Notice { text: String },
    /// A paragraph.
    Paragraph { text: String },
    /// Things with their names.
    Facts { facts: Vec<(String, String)> },
    /// Points without an order.
    Points { points: Vec<String> },
    /// A table.
    Table(Table),
}

/// A table.
#[derive(Serialize)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    /// As many cells in each as there are columns; the first names its row.
    pub(crate) rows: Vec<Vec<String>>,
    /// The last row, where it sums the others up.
    pub(crate) total: Option<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Serialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// Whether it holds numbers, which stand under each other.
    pub(crate) number: bool,
}

impl Column {
    pub(crate) fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: false }
    }

    pub(crate) fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: true }
    }
}

/// Blocks, being written one after the other.
#[derive(Default)]
pub(crate) struct Blocks(pub(crate) Vec<Block>);

impl Blocks {
    pub(crate) fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.0.push(Block::Heading { level, text: text.into() });
    }

    pub(crate) fn notice(&mut self, text: impl Into<String>) {
        self.0.push(Block::Notice { text: text.into() });
    }

    pub(crate) fn paragraph(&mut self, text: impl Into<String>) {
        self.0.push(Block::Paragraph { text: text.into() });
    }

    /// Facts of which some may not be known; those are left out.
    pub(crate) fn facts<const N: usize>(&mut self, facts: [(&str, Option<String>); N]) {
        let known = facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?)));
        let facts: Vec<_> = known.collect();
        if !facts.is_empty() {
            self.0.push(Block::Facts { facts });
        }
    }

    pub(crate) fn points(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.0.push(Block::Points { points });
        }
    }

    pub(crate) fn table(&mut self, table: Table) {
        self.0.push(Block::Table(table));
    }
}

/// In which form somebody wants an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Text,
    Html,
}

impl Form {
    /// What the `Accept` header asks for (RFC 9110, 12.5.1): the form of the greatest weight,
    /// JSON where it says nothing that is known here.
    pub(crate) fn wanted(headers: &HeaderMap) -> Self {
        let accepts = headers.get_all(header::ACCEPT).iter();
        let ranges = accepts.filter_map(|value| value.to_str().ok());
        let ranges: Vec<_> = ranges.flat_map(|value| value.split(',')).map(Range::read).collect();
        let mut best = (Self::Json, 0);
        for form in [Self::Json, Self::Text, Self::Html] {
            let weight = form.weight(&ranges);
            if weight > best.1 {
                best = (form, weight);
            }
        }
        best.0
    }

    const fn media_type(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => ("application", "json"),
            Self::Text => ("text", "plain"),
            Self::Html => ("text", "html"),
        }
    }

    /// The weight of the range that names this form most closely.
    fn weight(self, ranges: &[Range<'_>]) -> u16 {
        let (sort, sub) = self.media_type();
        let closeness = |range: &Range<'_>| match (range.sort, range.sub) {
            (a, b) if a.eq_ignore_ascii_case(sort) && b.eq_ignore_ascii_case(sub) => Some(3),
            (a, "*") if a.eq_ignore_ascii_case(sort) => Some(2),
            ("*", "*") => Some(1),
            _ => None,
        };
        let close = ranges.iter().filter_map(|range| Some((closeness(range)?, range.weight)));
        close.max_by_key(|(closeness, _)| *closeness).map_or(0, |(_, weight)| weight)
    }
}

/// One range of an `Accept` header, with its weight in thousandths.
struct Range<'a> {
    sort: &'a str,
    sub: &'a str,
    weight: u16,
}

impl<'a> Range<'a> {
    fn read(text: &'a str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let (sort, sub) = parts.next().and_then(|range| range.split_once('/')).unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        Self { sort, sub, weight: weight.map_or(1_000, thousandths) }
    }
}

/// `0.8` as 800. What is no weight is none at all.
fn thousandths(weight: &str) -> u16 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, "0"));
    let fraction = format!("{fraction:0<3}").get(..3).and_then(|digits| digits.parse::<u16>().ok());
    match (whole, fraction) {
        ("1", _) => 1_000,
        ("0", Some(fraction)) => fraction,
        _ => 0,
    }
}

/// The answer in the form that is wanted: the facts as JSON, or the paper that says them.
pub(crate) fn answer<T: Serialize>(
    form: Form,
    facts: &T,
    paper: impl FnOnce(&T) -> Paper,
) -> Result<Response, Problem> {
    let mut response = match form {
        Form::Json => Json(facts).into_response(),
        Form::Text => text::write(&paper(facts)).into_response(),
        Form::Html => html::answer(&paper(facts)).map_err(|error| Problem::broken(&error))?,
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// A paper as plain text.
pub(crate) fn as_text(paper: &Paper) -> String {
    text::write(paper)
}

/// A paper as a page.
pub(crate) fn as_html(paper: &Paper) -> Result<String, Problem> {
    html::write(paper).map_err(|error| Problem::broken(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn wanted(accept: &str) -> Form {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        Form::wanted(&headers)
    }

    #[test]
    fn whoever_says_nothing_known_gets_json() {
        assert_eq!(Form::wanted(&HeaderMap::new()), Form::Json);
        for accept in ["*/*", "application/json", "image/png", "", "text/html;q=0", "q=1;;/"] {
            assert_eq!(wanted(accept), Form::Json, "{accept}");
        }
    }

    #[test]
    fn the_greatest_weight_wins() {
        assert_eq!(wanted("text/html,application/xhtml+xml,*/*;q=0.8"), Form::Html);
        assert_eq!(wanted("text/plain"), Form::Text);
        assert_eq!(wanted("TEXT/Plain; charset=utf-8"), Form::Text);
        assert_eq!(wanted("text/html;q=0.5, text/plain;q=0.75"), Form::Text);
        assert_eq!(wanted("text/*, text/plain;q=0.1"), Form::Html);
        assert_eq!(wanted("application/json;q=0.2, text/html"), Form::Html);
    }
}
