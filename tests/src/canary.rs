//! Words that must not be found: searched for in every file of a directory, in every way in
//! which a program might have written them.

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file in which a canary was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Which file.
    pub file: PathBuf,
    /// Which canary.
    pub canary: String,
    /// How it was written.
    pub written_as: &'static str,
}

/// Everywhere in this directory where one of these can be read.
#[must_use]
pub fn search(directory: &Path, canaries: &[String]) -> Vec<Found> {
    let sought: Vec<_> = canaries.iter().map(|canary| (canary.clone(), forms(canary))).collect();
    search_for(directory, &sought)
}

/// Everywhere in this directory where one of these keys lies, by their names.
#[must_use]
pub fn search_keys(directory: &Path, keys: &[(String, Vec<u8>)]) -> Vec<Found> {
    let sought: Vec<_> = keys.iter().map(|(name, key)| (name.clone(), narrow(key))).collect();
    search_for(directory, &sought)
}

type Forms = Vec<(&'static str, Vec<u8>)>;

fn search_for(directory: &Path, sought: &[(String, Forms)]) -> Vec<Found> {
    let named = sought.iter().flat_map(|(canary, forms)| {
        forms.iter().map(move |(written_as, form)| (canary, *written_as, form))
    });
    let named: Vec<_> = named.collect();
    let forms = named.iter().map(|(_, _, form)| form);
    // All of them in one pass: a log that says everything is long.
    let searcher = AhoCorasick::new(forms).expect("few enough");
    let mut found = Vec::new();
    for file in files(directory) {
        let bytes = fs::read(&file).expect("a file can be read");
        let mut seen = BTreeSet::new();
        for place in searcher.find_overlapping_iter(&bytes) {
            let (canary, written_as, _) = named[place.pattern().as_usize()];
            if seen.insert(canary) {
                found.push(Found { file: file.clone(), canary: canary.clone(), written_as });
            }
        }
    }
    found
}

/// Every file beneath a directory.
#[must_use]
pub fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut left = vec![directory.to_owned()];
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(&directory).expect("a directory can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() { left.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// A text in every way in which it might be written.
fn forms(text: &str) -> Forms {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let mut forms = narrow(text.as_bytes());
    forms.push(("UTF-16LE", wide(u16::to_le_bytes)));
    forms.push(("UTF-16BE", wide(u16::to_be_bytes)));
    forms
}

/// Bytes as they are, and in every way in which they are written as text.
fn narrow(bytes: &[u8]) -> Forms {
    let digits = hexadecimal(bytes);
    let mut forms = vec![
        ("as it is", bytes.to_vec()),
        ("hexadecimal capitals", digits.to_ascii_uppercase()),
        ("hexadecimal", digits),
    ];
    for before in 0..3 {
        forms.push(("base64", aligned(bytes, before, &STANDARD_NO_PAD)));
        forms.push(("base64url", aligned(bytes, before, &URL_SAFE_NO_PAD)));
    }
    forms
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

/// The part of some bytes' base 64 that does not depend on what stands around them, when so
/// many others stand before them.
fn aligned(bytes: &[u8], before: usize, base64: &impl Engine) -> Vec<u8> {
    let whole = base64.encode([&vec![0; before], bytes].concat());
    let first = (before * 8).div_ceil(6);
    let last = (before + bytes.len()) * 8 / 6;
    whole.as_bytes()[first..last].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canary_is_found_in_every_form_and_at_every_alignment() {
        let canary = "Quendelina".to_owned();
        for before in ["", "a", "ab", "abc"] {
            let text = format!("{before}{canary}after");
            let base64 = STANDARD_NO_PAD.encode(&text);
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let digits = hexadecimal(text.as_bytes());
            for bytes in [text.as_bytes(), base64.as_bytes(), &utf16, &digits] {
                let home = tempfile::tempdir().unwrap();
                fs::write(home.path().join("file"), bytes).unwrap();
                assert_eq!(search(home.path(), std::slice::from_ref(&canary)).len(), 1, "{before}");
            }
        }
    }
    #[test]
    fn a_key_is_found_as_bytes_and_as_text() {
        let key = [7, 0, 255, 254, 19, 128, 3, 77];
        let named = [("a key".to_owned(), key.to_vec())];
        let base64 = STANDARD_NO_PAD.encode([&[1][..], &key, &[2]].concat());
        for bytes in [&key[..], base64.as_bytes(), &hexadecimal(&key)] {
            let home = tempfile::tempdir().unwrap();
            fs::write(home.path().join("file"), bytes).unwrap();
            assert_eq!(search_keys(home.path(), &named).len(), 1);
        }
    }
}
