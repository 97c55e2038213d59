//! What a document is, from what is in it: neither its name nor its sender is believed.

use domain::document::MediaType;

/// The format, if it is one that is taken.
pub(super) fn media_type(bytes: &[u8]) -> Option<MediaType> {
    match infer::get(bytes) {
        Some(kind) => kind.mime_type().parse().ok(),
        None => is_text(bytes).then_some(MediaType::Text),
    }
}

/// UTF-8 without control characters other than those of text.
fn is_text(bytes: &[u8]) -> bool {
    let odd = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}');
    !bytes.is_empty() && std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(odd))
}

/// The formats that are taken, for whoever sent another.
pub(super) fn taken() -> String {
    let names: Vec<_> = MediaType::ALL.iter().map(|format| format.says()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a zip archive whose first file has this name and this content.
    fn zip(name: &str, content: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0".to_vec();
        bytes.extend_from_slice(&[0; 8]);
        let length = |text: &str| u32::try_from(text.len()).unwrap().to_le_bytes();
        bytes.extend_from_slice(&length(content));
        bytes.extend_from_slice(&length(content));
        bytes.extend_from_slice(&length(name)[..2]);
        bytes.extend_from_slice(&[0; 2]);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content.as_bytes());
        bytes
    }

    #[test]
    fn every_format_that_is_taken_is_known_by_its_content() {
        let odt = zip("mimetype", "application/vnd.oasis.opendocument.text");
        assert_eq!(media_type(b"%PDF-1.7 ..."), Some(MediaType::Pdf));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n...."), Some(MediaType::Png));
        assert_eq!(media_type(b"\xff\xd8\xff\xe0...."), Some(MediaType::Jpeg));
        assert_eq!(media_type(&odt), Some(MediaType::Odt));
        assert_eq!(media_type("Zoë reads.\r\n".as_bytes()), Some(MediaType::Text));
    }

    #[test]
    fn nothing_else_is_taken_whatever_it_is_called() {
        let program = [b"MZ".as_slice(), &[0; 100]].concat();
        let archive = zip("malware.exe", "MZ");
        let page = b"<!DOCTYPE html><html><script>alert(1)</script></html>".to_vec();
        for bytes in [program, archive, page, b"\xff\xfe\0\0".to_vec(), b"a\0b".to_vec(), vec![]] {
            assert_eq!(media_type(&bytes), None, "{bytes:?}");
        }
    }
}
