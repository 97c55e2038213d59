//! What a browser sent: the fields of a form, apart from what every form of ours carries.

mod parts;

use super::file::File;
use crate::place::{self, Pairs};
use crate::visit::Visit;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use http_body_util::{BodyExt as _, Limited};

/// The longest form, in bytes: what the API takes, in the longer writing of forms.
const MOST_BYTES: usize = 160 * 1024;

/// A form that was sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// What was typed and chosen.
    pub(super) fields: Pairs,
    /// That its page is the session's own.
    pub(super) token: Option<String>,
    /// That it is sent for the first time, or again.
    pub(super) key: Option<String>,
    /// Of what its sender saw.
    pub(super) version: Option<String>,
    /// That its sender will come back to it.
    pub(super) later: bool,
    /// How many rows of a list its page showed.
    pub(super) rows: usize,
    /// That its sender stays on the page, with one row more or one less.
    pub(super) again: Option<Again>,
    /// What was chosen to come with it.
    pub(super) file: Option<File>,
}

/// Why a sender stays on the page of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// For one more row.
    More,
    /// Without this one, by its place: `tried.1`.
    Without(String),
}

/// The form in a request, if it is one of the session's own; with a file of so many bytes, where
/// one is taken. What it is not otherwise: none, one that is too long, or one of another's.
pub(super) async fn read(
    request: Request,
    visit: &Visit,
    most_bytes: Option<usize>,
) -> Result<Sent, StatusCode> {
    let made = |sent: &Sent| visit.made(sent.token.as_deref());
    let sent = match most_bytes {
        Some(most_bytes) => parts::read(request, most_bytes, made).await?,
        None => written(request).await.ok_or(StatusCode::BAD_REQUEST)?,
    };
    if made(&sent) { Ok(sent) } else { Err(StatusCode::FORBIDDEN) }
}

async fn written(request: Request) -> Option<Sent> {
    let kind = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let body = Limited::new(request.into_body(), MOST_BYTES).collect().await.ok()?.to_bytes();
    let mut sent = Sent::default();
    for (name, value) in place::pairs(&body) {
        sent.take(name, value);
    }
    sent.settle();
    Some(sent)
}

impl Sent {
    /// Without the fields of a row that goes away. Says how many rows are shown then.
    fn settle(&mut self) {
        match &self.again {
            None => {}
            Some(Again::More) => self.rows = self.rows.saturating_add(1),
            Some(Again::Without(row)) => {
                self.rows = self.rows.saturating_sub(1);
                self.fields.retain(|(name, _)| {
                    name.strip_prefix(row.as_str()).is_none_or(|rest| !rest.starts_with('.'))
                });
            }
        }
    }

    /// What its page is asked for with, when it is shown again: as many rows.
    pub(super) fn query(&self) -> Pairs {
        if self.rows == 0 { Pairs::new() } else { vec![("rows".into(), self.rows.to_string())] }
    }

    /// Puts a field where it belongs; what was left empty is not said.
    fn take(&mut self, name: String, value: String) {
        match name.as_str() {
            "_token" => self.token = Some(value),
            "_key" => self.key = Some(value),
            "_version" => self.version = Some(value),
            "_later" => self.later = true,
            "_rows" => self.rows = value.parse().unwrap_or_default(),
            "_more" => self.again = Some(Again::More),
            "_without" => self.again = Some(Again::Without(value)),
            _ if value.trim().is_empty() => {}
            _ => self.fields.push((name, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(fields: &[(&str, &str)]) -> Sent {
        let mut sent = Sent::default();
        for (name, value) in fields {
            sent.take((*name).into(), (*value).into());
        }
        sent.settle();
        sent
    }

    #[test]
    fn a_row_that_goes_away_takes_its_fields_along_and_no_other_s() {
        let rows = [("tried.1.provision", "a"), ("tried.10.provision", "b"), ("tried", "c")];
        let sent = sent(&[&rows[..], &[("_rows", "11"), ("_without", "tried.1")]].concat());
        let left: Vec<_> = sent.fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(left, ["tried.10.provision", "tried"]);
        assert_eq!(sent.query(), [("rows".to_owned(), "10".to_owned())]);
    }

    #[test]
    fn one_row_more_is_shown_than_before() {
        let sent = sent(&[("_more", "yes"), ("_rows", "2")]);
        assert_eq!(sent.query(), [("rows".to_owned(), "3".to_owned())]);
    }
}
