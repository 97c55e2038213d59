//! A file that comes with a form, on its way to the API.
//!
//! No part of a file is read before the form is known to be of a page of the session's own, and
//! never is more of it kept than the API takes: what is too long is let go as it comes, so that its
//! sender reads why and not that the connection broke.

use crate::api::Said;
use crate::faults::Faults;
use crate::place::{self, Pairs};
use crate::sent::{MOST_BYTES, Sent};
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::StatusCode;
use bytes::{Bytes, BytesMut};
use futures::stream;
use std::convert::Infallible;
use std::fmt::Write as _;

/// The field that a file is chosen in.
const FIELD: &str = "file";

/// How the API takes a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Takes {
    /// The longest.
    pub(crate) most_bytes: usize,
    pub(crate) how: How,
}

/// What the API's body is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    /// The file and the form's other fields, as parts of one body.
    Parts,
    /// The file alone, of this media type; these of the form's fields are said in the address.
    Alone { kind: &'static str, passed: &'static [&'static str] },
}

/// A file as it came.
#[derive(Debug)]
pub(crate) struct File {
    /// What its sender calls it, which is personal.
    name: String,
    bytes: Bytes,
    /// That it went on, and was let go.
    too_long: bool,
}

/// Reads a form with a file. `made` says whether a token is the session's own.
pub(crate) async fn read(
    mut request: Request,
    takes: Takes,
    made: impl Fn(&Sent) -> bool,
) -> Result<Sent, StatusCode> {
    // A file is heard to its end up to here, and no further.
    let most_heard_bytes = takes.most_bytes.saturating_mul(4).saturating_add(MOST_BYTES);
    DefaultBodyLimit::max(most_heard_bytes).apply(&mut request);
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| StatusCode::BAD_REQUEST)?;
    let (mut sent, mut typed_bytes) = (Sent::default(), 0_usize);
    while let Some(part) = form.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        if part.file_name().is_some() {
            if !made(&sent) {
                return Err(StatusCode::FORBIDDEN);
            }
            sent.file = Some(File::read(part, takes.most_bytes).await?);
            continue;
        }
        let name = part.name().unwrap_or_default().to_owned();
        let (text, whole) = kept(part, MOST_BYTES).await?;
        typed_bytes = typed_bytes.saturating_add(text.len());
        if !whole || typed_bytes > MOST_BYTES {
            return Err(StatusCode::BAD_REQUEST);
        }
        sent.take(name, String::from_utf8_lossy(&text).into_owned());
    }
    Ok(sent)
}

impl File {
    async fn read(part: Field<'_>, most_bytes: usize) -> Result<Self, StatusCode> {
        let name = part.file_name().unwrap_or_default().to_owned();
        let (bytes, whole) = kept(part, most_bytes).await?;
        Ok(Self { name, bytes, too_long: !whole })
    }
}

/// A part as far as it may go, and whether that is all of it.
async fn kept(mut part: Field<'_>, most_bytes: usize) -> Result<(Bytes, bool), StatusCode> {
    let (mut kept, mut whole) = (BytesMut::new(), true);
    while let Some(chunk) = part.chunk().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        whole &= kept.len().saturating_add(chunk.len()) <= most_bytes;
        if whole {
            kept.extend_from_slice(&chunk);
        } else {
            kept = BytesMut::new();
        }
    }
    Ok((kept.freeze(), whole))
}

impl Takes {
    /// What to do about the file that was chosen, before the API is asked.
    pub(crate) fn faults(self, file: Option<&File>) -> Faults {
        let mut faults = Faults::default();
        match file {
            Some(file) if file.too_long => faults.about(FIELD, &self.too_long()),
            Some(file) if file.bytes.is_empty() && !file.name.is_empty() => {
                faults.about(FIELD, "The file you chose is empty");
            }
            Some(file) if !file.bytes.is_empty() => {}
            Some(_) | None => faults.about(FIELD, "Choose a file"),
        }
        faults
    }

    fn too_long(self) -> String {
        format!("The file must be smaller than {} MB", self.most_bytes / (1024 * 1024))
    }

    /// Where the API's faults stand: what is not about a field of the form's is about the file.
    pub(crate) fn placed(self, faults: &mut Faults) {
        match self.how {
            How::Parts => faults.all_else_about(FIELD),
            How::Alone { .. } => faults.all_about(FIELD),
        }
    }

    /// The address that the API is asked at.
    pub(crate) fn at(self, path: &str, fields: &Pairs) -> String {
        match self.how {
            How::Parts => path.to_owned(),
            How::Alone { passed, .. } => place::with_query(path, fields, passed),
        }
    }

    /// What the API hears. The mark that parts two parts is one that nobody can guess.
    pub(crate) fn said(self, fields: &Pairs, file: &File, mark: &str) -> Said {
        let bytes = file.bytes.clone();
        match self.how {
            How::Alone { kind, .. } => Said { kind: kind.to_owned(), body: Body::from(bytes) },
            How::Parts => {
                let mut head = String::new();
                for (name, value) in fields {
                    let name = quoted(name);
                    // Writing to a string cannot fail.
                    let _written =
                        write!(head, "--{mark}\r\n{DISPOSITION}\"{name}\"\r\n\r\n{value}\r\n");
                }
                let name = quoted(&file.name);
                let _written = write!(
                    head,
                    "--{mark}\r\n{DISPOSITION}\"{FIELD}\"; filename=\"{name}\"\r\n\
                     Content-Type: application/octet-stream\r\n\r\n"
                );
                let tail = format!("\r\n--{mark}--\r\n");
                let pieces = [Bytes::from(head), bytes, Bytes::from(tail)];
                let body = Body::from_stream(stream::iter(pieces.map(Ok::<_, Infallible>)));
                Said { kind: format!("multipart/form-data; boundary={mark}"), body }
            }
        }
    }
}

const DISPOSITION: &str = "Content-Disposition: form-data; name=";

/// As browsers write names of parts and files (HTML, multipart form data).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;
    use http_body_util::BodyExt as _;

    const PARTS: Takes = Takes { most_bytes: 8, how: How::Parts };

    /// A form with these parts: a name, the name of a file if it is one, and the content.
    fn form(parts: &[(&str, Option<&str>, &str)]) -> Request {
        let mut body = String::new();
        for (name, file, content) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let part = format!("--x\r\n{DISPOSITION}\"{name}\"{file}\r\n\r\n{content}\r\n");
            body.push_str(&part);
        }
        let kind = "multipart/form-data; boundary=x";
        let request = Request::builder().header(header::CONTENT_TYPE, kind);
        request.body(Body::from(body + "--x--\r\n")).unwrap()
    }

    fn ours(sent: &Sent) -> bool {
        sent.token.as_deref() == Some("ours")
    }

    #[tokio::test]
    async fn a_form_brings_its_fields_and_its_file() {
        let parts = [
            ("_token", None, "ours"),
            ("title", None, "A plan"),
            ("kind", None, " "),
            ("file", Some("plan.txt"), "Sit near"),
        ];
        let sent = read(form(&parts), PARTS, ours).await.unwrap();
        assert_eq!(sent.fields, [("title".to_owned(), "A plan".to_owned())]);
        let file = sent.file.unwrap();
        assert_eq!((file.name.as_str(), &file.bytes[..]), ("plan.txt", &b"Sit near"[..]));
        assert!(PARTS.faults(Some(&file)).is_empty());
    }

    #[tokio::test]
    async fn no_file_is_read_before_its_form_is_known_to_be_ours() {
        let early = [("file", Some("plan.txt"), "Sit near"), ("_token", None, "ours")];
        let guessed = [("_token", None, "guessed"), ("file", Some("plan.txt"), "Sit near")];
        for parts in [early, guessed] {
            let refused = read(form(&parts), PARTS, ours).await.err();
            assert_eq!(refused, Some(StatusCode::FORBIDDEN));
        }
    }

    #[tokio::test]
    async fn what_is_too_long_is_heard_and_not_kept() {
        for (content, says) in [
            ("123456789", Some("The file must be smaller than")),
            ("12345678", None),
            ("", Some("The file you chose is empty")),
        ] {
            let parts = [("_token", None, "ours"), ("file", Some("plan.txt"), content)];
            let file = read(form(&parts), PARTS, ours).await.unwrap().file.unwrap();
            assert!(file.bytes.len() <= 8, "{content}");
            let faults = serde_json::to_string(&PARTS.faults(Some(&file))).unwrap();
            assert_eq!(!PARTS.faults(Some(&file)).is_empty(), says.is_some(), "{faults}");
            assert!(faults.contains(says.unwrap_or_default()), "{faults}");
        }
    }

    #[tokio::test]
    async fn nothing_without_end_is_heard() {
        let long = "x".repeat(MOST_BYTES + 32);
        let parts = [("_token", None, "ours"), ("file", Some("plan.txt"), long.as_str())];
        assert_eq!(read(form(&parts), PARTS, ours).await.err(), Some(StatusCode::BAD_REQUEST));
    }

    #[tokio::test]
    async fn the_api_hears_the_parts_whatever_the_file_is_called() {
        let bytes = Bytes::from_static(b"Sit near");
        let file = File { name: "a\"\r\nb.txt".into(), bytes, too_long: false };
        let fields = vec![("title".to_owned(), "A plan".to_owned())];
        let said = PARTS.said(&fields, &file, "mark");
        assert_eq!(said.kind, "multipart/form-data; boundary=mark");
        let body = said.body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8(body.to_vec()).unwrap();
        insta::assert_snapshot!(body.replace("\r\n", "\n"), @r#"
        --mark
        Content-Disposition: form-data; name="title"

        A plan
        --mark
        Content-Disposition: form-data; name="file"; filename="a%22%0D%0Ab.txt"
        Content-Type: application/octet-stream

        Sit near
        --mark--
        "#);
    }

    #[test]
    fn a_file_alone_has_the_form_s_words_in_its_address() {
        let how = How::Alone { kind: "text/csv", passed: &["dry_run"] };
        let takes = Takes { most_bytes: 8, how };
        let fields = vec![("dry_run".to_owned(), "true".to_owned()), ("x".into(), "y".into())];
        assert_eq!(takes.at("/imports/schools", &fields), "/imports/schools?dry_run=true");
    }
}
