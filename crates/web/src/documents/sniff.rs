//! What a document is, from what is in it: neither its name nor its sender is believed.

use domain::document::MediaType;

/// The format, if it is one that is taken.
pub(super) fn media_type(bytes: &[u8]) -> Option<MediaType> {
    match infer::get(bytes) {
        // Programs put the parts of a DOCX in any order.
        Some(kind) if kind.mime_type() == ZIP && has_file(bytes, b"word/document.xml") => {
            Some(MediaType::Docx)
        }
        Some(kind) => kind.mime_type().parse().ok(),
        None => is_text(bytes).then_some(MediaType::Text),
    }
}

const ZIP: &str = "application/zip";

/// Whether a zip archive's directory, at its end, lists a file by this name. Nothing is unpacked.
fn has_file(archive: &[u8], name: &[u8]) -> bool {
    const MARK: &[u8] = b"PK\x01\x02";
    const BEFORE_NAME_BYTES: usize = 46;
    archive.windows(BEFORE_NAME_BYTES + name.len()).any(|entry| {
        let length = entry.get(28..30).and_then(|length| length.try_into().ok());
        entry.starts_with(MARK)
            && entry.ends_with(name)
            && length.map(u16::from_le_bytes).map(usize::from) == Some(name.len())
    })
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

    /// As an archive with a file for each name, in this order.
    fn listing(names: &[&str]) -> Vec<u8> {
        let files = names.iter().flat_map(|name| zip(name, "<xml/>"));
        let directory = names.iter().flat_map(|name| {
            let mut entry = b"PK\x01\x02".to_vec();
            entry.resize(46, 0);
            entry[28] = u8::try_from(name.len()).unwrap();
            entry.extend_from_slice(name.as_bytes());
            entry
        });
        files.chain(directory).collect()
    }

    #[test]
    fn a_docx_is_known_in_whichever_order_a_program_wrote_its_parts() {
        let first = ["[Content_Types].xml", "_rels/.rels"];
        let about = ["docProps/core.xml", "docProps/app.xml", "customXml/item1.xml"];
        let text = ["word/document.xml"];
        for order in [[&first, &about[..], &text].concat(), [&text[..], &about, &first].concat()] {
            assert_eq!(media_type(&listing(&order)), Some(MediaType::Docx), "{order:?}");
        }
        let sheet = [&first, &about[..], &["xl/workbook.xml", "notword/document.xml"]].concat();
        assert_eq!(media_type(&listing(&sheet)), None);
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
