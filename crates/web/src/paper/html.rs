//! A paper as one HTML page that brings everything with it: no script, nothing loaded.

use super::Paper;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const TEMPLATE: &str = include_str!("paper.html");
const STYLE: &str = include_str!("paper.css");

/// The page may use its own style sheet, known by its hash, and nothing else.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).ok()
});

/// The page as an answer.
pub(super) fn answer(paper: &Paper) -> Result<Response, minijinja::Error> {
    let mut response = Html(write(paper)?).into_response();
    if let Some(policy) = POLICY.clone() {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

pub(super) fn write(paper: &Paper) -> Result<String, minijinja::Error> {
    let mut pages = Environment::new();
    // Whatever is put in is text: there is no value that is taken for markup.
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    pages.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    let style = Value::from_safe_string(STYLE.to_owned());
    let paper = Value::from(Serde(paper));
    pages.template_from_named_str("paper.html", TEMPLATE)?.render(context! { style, paper })
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Blocks, Column, Table};
    use super::*;

    #[test]
    fn whatever_is_written_is_text() {
        let nasty = "<script>alert('1')</script> & \"Ivy\"";
        let mut blocks = Blocks::default();
        blocks.heading(1, nasty);
        blocks.notice(nasty);
        blocks.paragraph(nasty);
        blocks.facts([(nasty, Some(nasty.to_owned()))]);
        blocks.points(vec![nasty.to_owned()]);
        let row = vec![nasty.to_owned()];
        blocks.table(Table {
            caption: nasty.to_owned(),
            columns: vec![Column::text(nasty)],
            rows: vec![row.clone()],
            total: Some(row),
        });
        let html = write(&Paper { title: nasty.to_owned(), blocks: blocks.0 }).unwrap();
        assert_eq!(html.matches("<script").count(), 0);
        assert_eq!(html.matches("&lt;script&gt;").count(), 12);
        assert!(!html.contains("\"Ivy\""));
    }

    #[test]
    fn lines_of_a_text_stay_lines() {
        let blocks = vec![Block::Paragraph { text: "One.\nTwo.".to_owned() }];
        let html = write(&Paper { title: "Minutes".to_owned(), blocks }).unwrap();
        assert!(html.contains("<p>One.<br>Two.</p>"), "{html}");
    }
}
