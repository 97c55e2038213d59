//! `POST /requests/{id}/documents`: a document comes with a request.
//!
//! Whether the caller may is asked before the body is read: nobody sends ten megabytes to a
//! request that is not theirs.

use super::{DocumentShown, sniff, within_reach};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::openapi::{OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::{Fault, Problem};
use crate::written::Written;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use domain::document::DocumentKind;
use domain::personal::DocumentName;
use engine::{Configured, NewDocument};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

/// The largest document, in bytes.
const MOST_DOCUMENT_BYTES: usize = 10 * 1024 * 1024;
/// The largest body: a document with what stands around it.
pub(crate) const MOST_UPLOAD_BYTES: usize = MOST_DOCUMENT_BYTES + 64 * 1024;
const LONGEST_NAME: usize = 200;

/// A document with what is said of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DocumentBody {
    /// The document: PDF, PNG, JPEG, DOCX, ODT or plain text, of at most 10 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `report`, `consent_form`, `plan`, `provision_map` or `other`, as it is when left out.
    kind: Option<String>,
    /// What it is, in a few words.
    #[schema(max_length = 200)]
    title: Option<String>,
}

/// What was sent, as it is read.
#[derive(Default)]
struct Sent {
    file: Option<(String, Vec<u8>)>,
    kind: Option<DocumentKind>,
    title: Option<String>,
    faults: Vec<Fault>,
    unknown_part: bool,
}

/// Add a document to a request. The school that asked may read it, and so may everybody who
/// works on the request.
#[utoipa::path(
    post, path = "/requests/{id}/documents", operation_id = "add_document", tag = "documents",
    params(OfRequest, Write),
    request_body(content = DocumentBody, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = DocumentShown),
        (status = 415, description = "Not a format that is taken", content_type = "application/problem+json", body = Problem),
        Refused,
    ),
)]
pub(crate) async fn add(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    request: Request,
) -> Result<Written<DocumentShown>, Problem> {
    let about = within_reach(&app, &permit, &id).await?;
    let headers = request.headers().clone();
    let Ok(form) = Multipart::from_request(request, &app).await else {
        return Err(Problem::unsupported("Send it as multipart/form-data, with a part “file”."));
    };
    let document = Sent::read(form).await?.document()?;
    let asked = asked(&id, &document);
    let incoming = Incoming::of(&app, permit, &headers, &asked, Value::Null)?;
    let name = document.name.clone();
    let done = app.engine.add_document(&incoming.context(None), about, document).await?;
    let document = done.case.documents.last().copied().ok_or_else(Problem::not_found)?;
    let record = app.engine.document(about, document).await?;
    let (added, added_at) = record.ok_or_else(Problem::not_found)?;
    let shown = DocumentShown::of(&added, added_at, Some(name));
    let configured = Configured { position: done.position, replayed: done.replayed };
    let place = format!("/api/v1/requests/{about}/documents/{document}");
    Ok(Written::now(configured, Some(done.version), shown).at(place))
}

/// What a retry must repeat.
fn asked(id: &str, document: &NewDocument) -> String {
    let (kind, name) = (document.kind, &document.name);
    let content = Sha256::digest(&document.bytes);
    format!("document\0{id}\0{kind}\0{}\0{:?}\0{content:?}", name.file_name, name.title)
}

impl Sent {
    async fn read(mut form: Multipart) -> Result<Self, Problem> {
        let mut sent = Self::default();
        while let Some(part) = form.next_field().await.map_err(|error| unread(&error))? {
            match part.name() {
                Some("file") => {
                    let name = base_name(part.file_name().unwrap_or_default());
                    let bytes = part.bytes().await.map_err(|error| unread(&error))?;
                    if bytes.len() > MOST_DOCUMENT_BYTES {
                        return Err(Problem::too_large(MOST_DOCUMENT_BYTES));
                    }
                    if sent.file.replace((name, bytes.to_vec())).is_some() {
                        sent.say("/file", "one document at a time");
                    }
                }
                Some("kind") => match text(part).await?.parse() {
                    Ok(kind) => sent.kind = Some(kind),
                    Err(error) => {
                        let error: domain::codes::UnknownCode = error;
                        sent.say("/kind", error.to_string());
                    }
                },
                Some("title") => {
                    let title = text(part).await?;
                    if title.chars().count() > LONGEST_NAME || title.chars().any(misleads) {
                        sent.say("/title", "one line of at most 200 characters");
                    }
                    sent.title = Some(title).filter(|title| !title.trim().is_empty());
                }
                // Said once, however many there are.
                _ => sent.unknown_part = true,
            }
        }
        if sent.unknown_part {
            sent.say("", "there is no such part; there are: file, kind, title");
        }
        Ok(sent)
    }

    fn say(&mut self, pointer: &str, detail: impl Into<String>) {
        self.faults.push(Fault { pointer: pointer.to_owned(), detail: detail.into() });
    }

    fn document(mut self) -> Result<NewDocument, Problem> {
        if self.file.as_ref().is_none_or(|(_, bytes)| bytes.is_empty()) {
            self.say("/file", "this is required: the document");
        }
        let (Some((file_name, bytes)), true) = (self.file, self.faults.is_empty()) else {
            return Err(Problem::invalid(self.faults));
        };
        let media_type = sniff::media_type(&bytes).ok_or_else(|| {
            Problem::unsupported(format!("These formats are taken: {}.", sniff::taken()))
        })?;
        let kind = self.kind.unwrap_or(DocumentKind::Other);
        let name = DocumentName { file_name, title: self.title };
        Ok(NewDocument { kind, media_type, name, bytes })
    }
}

/// The text of a part. What is no text is replaced, and found by whoever checks it.
async fn text(part: Field<'_>) -> Result<String, Problem> {
    let bytes = part.bytes().await.map_err(|error| unread(&error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unread(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large(MOST_DOCUMENT_BYTES)
    } else {
        Problem::unreadable("The body is no whole multipart form.")
    }
}

/// The name of a file without its directories, for showing: no file of ours is ever named so.
fn base_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = last.chars().filter(|letter| !misleads(*letter)).take(LONGEST_NAME);
    let name: String = plain.collect();
    if name.trim_matches(['.', ' ']).is_empty() { "document".to_owned() } else { name }
}

/// Whether this would not be seen in a name, or would have it read in another order, so that
/// `plan\u{202e}fdp.exe` looks like a PDF.
fn misleads(letter: char) -> bool {
    let turns = matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_last_name_alone() {
        for (sent, name) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Jo\\Ivy's plan.docx", "Ivy's plan.docx"),
            ("..", "document"),
            ("a\r\nb.pdf", "ab.pdf"),
            ("plan\u{202e}fdp.exe", "planfdp.exe"),
            ("", "document"),
        ] {
            assert_eq!(base_name(sent), name);
        }
    }
}
