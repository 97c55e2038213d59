//! The text of a file: real exports are UTF-8, with or without a mark, or Windows-1252.

use super::Fault;
use encoding_rs::{UTF_8, WINDOWS_1252};

/// What files of other kinds begin with, and how people call them.
const OTHERS: [(&[u8], &str); 5] = [
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a workbook or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
];

/// Decodes a file, or says what it is instead of text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::file("it is empty"));
    }
    let other = OTHERS.iter().find(|(begins, _)| bytes.starts_with(begins));
    if let Some((_, what)) = other {
        let detail = format!("it is {what}; save it as text (CSV or JSON) in UTF-8");
        return Err(Fault::file(detail));
    }
    if bytes.contains(&0) {
        return Err(Fault::file("it has zero bytes in it, which no text has"));
    }
    let (text, malformed) = UTF_8.decode_with_bom_removal(bytes);
    if malformed {
        return Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned());
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_of_real_exports_are_read() {
        assert_eq!(decode("\u{feff}St Cuthbert’s".as_bytes()).unwrap(), "St Cuthbert’s");
        assert_eq!(decode(b"St Cuthbert\x92s, Caf\xe9").unwrap(), "St Cuthbert’s, Café");
    }

    #[test]
    fn what_is_no_text_is_called_by_its_name() {
        for (bytes, says) in [
            (&b"%PDF-1.7 ..."[..], "a PDF"),
            (b"PK\x03\x04...", "workbook"),
            (b"\xff\xfeU\0R\0N\0", "UTF-16"),
            (b"URN\0,", "zero bytes"),
            (b" \r\n", "empty"),
        ] {
            let refused = decode(bytes).unwrap_err().to_string();
            assert!(refused.contains(says), "{refused}");
        }
    }
}
