//! Erasure: gone for good, everywhere, and for nobody else.

use std::{collections::BTreeSet, fs};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;

use super::*;
use crate::{SealError, Shredded, ring::Slot};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_shredded_stay_unreadable_and_all_others_stay_readable(
        shredded in prop::collection::btree_set(0..12_u128, 0..12),
    ) {
        let place = Place::new();
        let vault = place.vault();
        let boxes: Vec<_> = (0..12).map(|n| vault.with_box(child(n), b"a name")).collect();
        for n in &shredded {
            wait(vault.shred(child(*n))).unwrap();
        }
        prop_assert_eq!(unreadable(&vault, &boxes), shredded.clone());

        drop(vault);
        prop_assert_eq!(unreadable(&place.vault(), &boxes), shredded);
    }
}

fn unreadable(vault: &Vault, boxes: &[Sealed]) -> BTreeSet<u128> {
    let gone = boxes.iter().filter(|sealed| match vault.reads(sealed) {
        Ok(plaintext) => {
            assert_eq!(plaintext, b"a name");
            false
        }
        Err(error) => {
            assert_eq!(error, OpenError::Shredded { subject: sealed.subject });
            true
        }
    });
    gone.map(|sealed| sealed.subject.as_uuid().as_u128()).collect()
}

#[test]
fn a_shredded_key_is_in_no_file_in_any_form() {
    let place = Place::new();
    let vault = place.vault();
    let id = vault.with_box(child(1), b"Ada").key;
    vault.with_box(child(2), b"Ben");
    let raw = raw_key(&vault, child(1));
    let wrapped = wrapped_key(&place, 1);
    let forms = [&raw, &wrapped].map(|key| [key.clone(), hex(key), STANDARD.encode(key).into()]);
    let forms = forms.concat();
    assert!(place.holds(STANDARD.encode(&wrapped).as_bytes()), "the test looks at the right bytes");

    let shredded = wait(vault.shred(child(1))).unwrap();

    assert_eq!(shredded, Shredded { subject: child(1), key: Some(id) });
    assert!(!forms.iter().any(|form| place.holds(form)));
    drop(vault);
    assert!(!forms.iter().any(|form| place.holds(form)));
}

#[test]
fn the_file_that_held_a_shredded_key_is_overwritten() {
    let place = Place::new();
    let vault = place.vault();
    vault.with_box(child(1), b"Ada");
    let old = place.0.path().join("a second name for the same blocks");
    fs::hard_link(place.keys_file(), &old).unwrap();

    wait(vault.shred(child(1))).unwrap();

    let left = fs::read(&old).unwrap();
    assert!(!left.is_empty() && left.iter().all(|byte| *byte == 0));
}

#[test]
fn erasure_is_final_also_after_a_restart() {
    let place = Place::new();
    let vault = place.vault();
    vault.with_box(child(1), b"Ada");
    let once = wait(vault.shred(child(1))).unwrap();
    drop(vault);

    let vault = place.vault();
    assert!(vault.is_shredded(child(1)));
    assert_eq!(wait(vault.shred(child(1))).unwrap(), once);
    let again = wait(vault.create_key(child(1)));
    assert!(matches!(again, Err(Error::Shredded { subject }) if subject == child(1)));
    let sealed = vault.seal(child(1), event(2), b"Ada");
    assert_eq!(sealed, Err(SealError::Shredded { subject: child(1) }));
}

#[test]
fn a_child_erased_before_it_had_a_key_gets_none() {
    let place = Place::new();
    let vault = place.vault();
    let shredded = wait(vault.shred(child(1))).unwrap();
    assert_eq!(shredded, Shredded { subject: child(1), key: None });
    drop(vault);
    assert!(wait(place.vault().create_key(child(1))).is_err());
}

impl Place {
    /// Whether any file of the key store has these bytes in it.
    fn holds(&self, needle: &[u8]) -> bool {
        let files = fs::read_dir(self.keys_dir()).unwrap();
        files
            .map(|file| fs::read(file.unwrap().path()).unwrap())
            .any(|content| content.windows(needle.len()).any(|window| window == needle))
    }
}

fn raw_key(vault: &Vault, subject: Subject) -> Vec<u8> {
    match &vault.shared.ring.read().slots[&subject] {
        Slot::Live { key, .. } => key.as_bytes().to_vec(),
        Slot::Shredded { .. } => panic!("{subject} was shredded"),
    }
}

fn wrapped_key(place: &Place, line: usize) -> Vec<u8> {
    let line: serde_json::Value = serde_json::from_str(&place.key_lines()[line]).unwrap();
    STANDARD.decode(line["wrapped"].as_str().unwrap()).unwrap()
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}
