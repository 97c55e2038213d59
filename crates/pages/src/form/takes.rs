//! How the API takes a file that comes with a form, and what it hears of the form then.

use super::file::File;
use crate::api::Said;
use crate::faults::Faults;
use crate::place::{self, Pairs};
use axum::body::Body;
use bytes::Bytes;
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

impl Takes {
    /// What the page carries of it, so that whoever saw what it would do need not choose it again.
    pub(super) fn carried(self, file: &File) -> Option<String> {
        match self.how {
            How::Alone { .. } => file.carried(),
            How::Parts => None,
        }
    }

    /// What to do about the file that was chosen, before the API is asked.
    pub(super) fn faults(self, file: Option<&File>) -> Faults {
        match file {
            Some(file) if file.too_long => {
                let most = self.most_bytes / (1024 * 1024);
                Faults::about(FIELD, &format!("The file must be smaller than {most} MB"))
            }
            Some(file) if !file.bytes.is_empty() => Faults::default(),
            Some(file) if !file.name.is_empty() => {
                Faults::about(FIELD, "The file you chose is empty")
            }
            Some(_) | None => Faults::about(FIELD, "Choose a file"),
        }
    }

    /// Where the API's faults stand: what is not about a field of the form's is about the file.
    pub(super) fn placed(self, faults: &mut Faults) {
        match self.how {
            How::Parts => faults.all_else_about(FIELD),
            How::Alone { .. } => faults.all_about(FIELD),
        }
    }

    /// The address that the API is asked at.
    pub(super) fn at(self, path: &str, fields: &Pairs) -> String {
        match self.how {
            How::Parts => path.to_owned(),
            How::Alone { passed, .. } => place::with_query(path, fields, passed),
        }
    }

    /// What the API hears. The mark that parts two parts is one that nobody can guess.
    pub(super) fn said(self, fields: &Pairs, file: &File, mark: &str) -> Said {
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
    use http_body_util::BodyExt as _;

    const PARTS: Takes = Takes { most_bytes: 8, how: How::Parts };

    #[test]
    fn whoever_chose_no_file_that_can_be_taken_is_told_what_to_do() {
        let file = |name: &str, bytes: &'static [u8], too_long| File {
            name: name.to_owned(),
            bytes: Bytes::from_static(bytes),
            too_long,
        };
        for (file, says) in [
            (None, "Choose a file"),
            (Some(file("", b"", false)), "Choose a file"),
            (Some(file("plan.txt", b"", false)), "The file you chose is empty"),
            (Some(file("plan.txt", b"", true)), "The file must be smaller than 0 MB"),
        ] {
            assert_eq!(PARTS.faults(file.as_ref()), Faults::about(FIELD, says));
        }
        assert!(PARTS.faults(Some(&file("plan.txt", b"Sit near", false))).is_empty());
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
