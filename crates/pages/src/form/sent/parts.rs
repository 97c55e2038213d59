//! A form with a file, which a browser sends in parts.
//!
//! No part of a file is read before the form is known to be of a page of the session's own, also
//! of one that the page itself carries.

use super::super::file::{File, MOST_CARRIED_TEXT_BYTES, kept};
use super::{MOST_BYTES, Sent};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::StatusCode;

/// The field in which a page carries the file that was chosen on it before.
const CARRIED: &str = "_carried";

/// Reads its fields, then its file. `made` says whether a token is the session's own.
pub(super) async fn read(
    mut request: Request,
    most_bytes: usize,
    made: impl Fn(&Sent) -> bool,
) -> Result<Sent, StatusCode> {
    // A file is heard to its end up to here, and no further.
    let most_heard_bytes = most_bytes.saturating_mul(4).saturating_add(MOST_BYTES);
    DefaultBodyLimit::max(most_heard_bytes).apply(&mut request);
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| StatusCode::BAD_REQUEST)?;
    let (mut sent, mut typed_bytes) = (Sent::default(), 0_usize);
    while let Some(part) = form.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() || name == CARRIED {
            if !made(&sent) {
                return Err(StatusCode::FORBIDDEN);
            }
            let file = if name == CARRIED {
                let (text, _) = kept(part, MOST_CARRIED_TEXT_BYTES).await?;
                File::of_page(&text)
            } else {
                Some(File::read(part, most_bytes).await?)
            };
            // One that was chosen goes before the one that was carried along.
            sent.file = file.filter(File::is_chosen).or(sent.file);
            continue;
        }
        let (text, whole) = kept(part, MOST_BYTES).await?;
        typed_bytes = typed_bytes.saturating_add(text.len());
        if !whole || typed_bytes > MOST_BYTES {
            return Err(StatusCode::BAD_REQUEST);
        }
        sent.take(name, String::from_utf8_lossy(&text).into_owned());
    }
    Ok(sent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::header;

    /// A form with these parts: a name, the name of a file if it is one, and the content.
    fn form(parts: &[(&str, Option<&str>, &str)]) -> Request {
        let part = |(name, file, content): &(&str, Option<&str>, &str)| {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let head = format!("Content-Disposition: form-data; name=\"{name}\"{file}");
            format!("--x\r\n{head}\r\n\r\n{content}\r\n")
        };
        let body: String = parts.iter().map(part).collect();
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
        let sent = read(form(&parts), 8, ours).await.unwrap();
        assert_eq!(sent.fields, [("title".to_owned(), "A plan".to_owned())]);
        let file = sent.file.unwrap();
        assert_eq!((file.name.as_str(), &file.bytes[..]), ("plan.txt", &b"Sit near"[..]));
    }

    #[tokio::test]
    async fn no_file_is_read_before_its_form_is_known_to_be_ours() {
        let early = [("file", Some("plan.txt"), "Sit near"), ("_token", None, "ours")];
        let guessed = [("_token", None, "guessed"), ("file", Some("plan.txt"), "Sit near")];
        for parts in [early, guessed] {
            let refused = read(form(&parts), 8, ours).await.err();
            assert_eq!(refused, Some(StatusCode::FORBIDDEN));
        }
    }

    #[tokio::test]
    async fn a_page_s_own_file_comes_along_unless_another_is_chosen() {
        for (chosen, content, comes) in
            [("", "", "as before"), ("plan.txt", "Sit near", "Sit near")]
        {
            let carried = ("_carried", None, "YXMgYmVmb3Jl");
            let parts = [("_token", None, "ours"), carried, ("file", Some(chosen), content)];
            let file = read(form(&parts), 8, ours).await.unwrap().file.unwrap();
            assert_eq!(file.bytes, comes);
        }
        let early = [("_carried", None, "YXMgYmVmb3Jl"), ("_token", None, "ours")];
        assert_eq!(read(form(&early), 8, ours).await.err(), Some(StatusCode::FORBIDDEN));
    }

    #[tokio::test]
    async fn what_is_too_long_is_heard_and_not_kept() {
        for (content, kept, too_long) in [("123456789", "", true), ("12345678", "12345678", false)]
        {
            let parts = [("_token", None, "ours"), ("file", Some("plan.txt"), content)];
            let file = read(form(&parts), 8, ours).await.unwrap().file.unwrap();
            assert_eq!((&file.bytes[..], file.too_long), (kept.as_bytes(), too_long));
        }
    }

    #[tokio::test]
    async fn nothing_without_end_is_heard() {
        let long = "x".repeat(MOST_BYTES + 32);
        let parts = [("_token", None, "ours"), ("file", Some("plan.txt"), long.as_str())];
        assert_eq!(read(form(&parts), 8, ours).await.err(), Some(StatusCode::BAD_REQUEST));
    }
}
