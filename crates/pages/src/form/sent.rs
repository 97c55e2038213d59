//! What a browser sent: the fields of a form, apart from what every form of ours carries.

mod parts;

use super::file::File;
use crate::fields::LEFT_OUT;
use crate::place::{Pairs, Typed};
use crate::visit::Visit;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use url::form_urlencoded;

/// The longest form, in bytes: what the API takes, in the longer writing of forms.
const MOST_BYTES: usize = 160 * 1024;

/// A form that was sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// What was typed and chosen.
    pub(super) fields: Pairs,
    /// The fields that were empty.
    empty: Vec<String>,
    /// That its page is the session's own.
    pub(super) token: Option<String>,
    /// That it is sent for the first time, or again.
    pub(super) key: Option<String>,
    /// Of what its sender saw.
    pub(super) version: Option<String>,
    /// That its sender will come back to it.
    pub(super) later: bool,
    /// That its sender stays on the page of a list, with one row more or one less.
    pub(super) again: Option<Again>,
    /// How many rows of a list its page showed.
    rows: usize,
    /// What was chosen to come with it.
    pub(super) file: Option<File>,
}

/// Why a sender stays on the page of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// For one more row.
    More,
    /// Without one of them.
    Fewer,
}

/// What a button says that leaves a row out at once; a tick leaves it out with all the rest.
const NOW: &str = "now";

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
    for (name, value) in form_urlencoded::parse(&body).into_owned() {
        sent.take(name, value);
    }
    Some(sent)
}

impl Sent {
    /// How many rows of a list its page shows next.
    pub(super) fn rows(&self) -> usize {
        match self.again {
            None => self.rows,
            Some(Again::More) => self.rows.saturating_add(1),
            Some(Again::Fewer) => self.rows.saturating_sub(1),
        }
    }

    /// What its page is asked for with, when it is shown again: as many rows.
    pub(super) fn query(&self) -> Pairs {
        let rows = Some(self.rows()).filter(|rows| *rows > 0);
        rows.map(|rows| ("rows".to_owned(), rows.to_string())).into_iter().collect()
    }

    /// What was typed, by field; what may be said several times, as a list. Of a field that was
    /// empty, nothing: that is known, and not what was there before.
    pub(super) fn typed(&self) -> Typed {
        let mut typed: Typed = self.empty.iter().map(|name| (name.clone(), Vec::new())).collect();
        for (name, value) in &self.fields {
            typed.entry(name.clone()).or_default().push(value.clone());
        }
        typed
    }

    /// Puts a field where it belongs.
    fn take(&mut self, name: String, value: String) {
        match name.as_str() {
            "_token" => self.token = Some(value),
            "_key" => self.key = Some(value),
            "_version" => self.version = Some(value),
            "_later" => self.later = true,
            "_rows" => self.rows = value.parse().unwrap_or_default(),
            "_more" => self.again = Some(Again::More),
            _ if value.trim().is_empty() => self.empty.push(name),
            _ => {
                if value == NOW && name.ends_with(LEFT_OUT) {
                    self.again = Some(Again::Fewer);
                }
                self.fields.push((name, value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields;
    use serde_json::json;

    fn sent(fields: &[(&str, &str)]) -> Sent {
        let mut sent = Sent::default();
        for (name, value) in fields {
            sent.take((*name).into(), (*value).into());
        }
        sent
    }

    #[test]
    fn a_row_that_goes_away_takes_its_fields_along_and_no_other_s() {
        let rows = [("tried.1.provision", "a"), ("tried.10.provision", "b"), ("tried.1.at", "")];
        let sent = sent(&[&rows[..], &[("tried.1:left_out", "now"), ("_rows", "11")]].concat());
        assert_eq!(fields::body(&sent.fields), json!({"tried": [{"provision": "b"}]}));
        assert_eq!(sent.query(), [("rows".to_owned(), "10".to_owned())]);
    }

    #[test]
    fn one_row_more_is_shown_than_before() {
        let sent = sent(&[("_more", "yes"), ("_rows", "2")]);
        assert_eq!(sent.query(), [("rows".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn a_row_that_is_ticked_goes_with_all_the_rest() {
        let sent = sent(&[("terms.1:left_out", "yes"), ("_rows", "2")]);
        assert_eq!((sent.rows(), sent.again), (2, None));
    }

    #[test]
    fn a_field_that_was_emptied_is_known_to_be_empty() {
        let sent = sent(&[("name", " "), ("to:each", ""), ("to:each", "a"), ("to:each", "b")]);
        let typed = [("name", vec![]), ("to:each", vec!["a".to_owned(), "b".to_owned()])];
        assert_eq!(sent.typed(), typed.map(|(name, typed)| (name.to_owned(), typed)).into());
        assert_eq!(fields::body(&sent.fields), json!({"to": ["a", "b"]}));
    }
}
