//! Words that must not be found: searched for in every file of a directory, in every way in
//! which a program might have written them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
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
    let forms: Vec<_> = canaries.iter().map(|canary| (canary, forms(canary))).collect();
    let mut found = Vec::new();
    for file in files(directory) {
        let bytes = fs::read(&file).expect("a file can be read");
        for (canary, forms) in &forms {
            if let Some((written_as, _)) = forms.iter().find(|(_, form)| contains(&bytes, form)) {
                let (file, canary) = (file.clone(), (*canary).clone());
                found.push(Found { file, canary, written_as });
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

fn contains(bytes: &[u8], form: &[u8]) -> bool {
    let Some((first, rest)) = form.split_first() else { return false };
    let mut left = bytes;
    while let Some(place) = left.iter().position(|byte| byte == first) {
        left = &left[place + 1..];
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

/// A text in every way in which it might be written.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let mut forms = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16LE", wide(u16::to_le_bytes)),
        ("UTF-16BE", wide(u16::to_be_bytes)),
    ];
    for before in 0..3 {
        forms.push(("base64", aligned(text, before, &STANDARD_NO_PAD)));
        forms.push(("base64url", aligned(text, before, &URL_SAFE_NO_PAD)));
    }
    forms
}

/// The part of a text's base 64 that does not depend on what stands around it, when so many
/// bytes stand before it.
fn aligned(text: &str, before: usize, base64: &impl Engine) -> Vec<u8> {
    let whole = base64.encode([&vec![0; before], text.as_bytes()].concat());
    let first = (before * 8).div_ceil(6);
    let last = (before + text.len()) * 8 / 6;
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
            for bytes in [text.as_bytes(), base64.as_bytes(), &utf16] {
                let home = tempfile::tempdir().unwrap();
                fs::write(home.path().join("file"), bytes).unwrap();
                assert_eq!(search(home.path(), std::slice::from_ref(&canary)).len(), 1, "{before}");
            }
        }
    }
}
