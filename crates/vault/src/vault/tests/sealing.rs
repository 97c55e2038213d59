//! What is sealed opens again, for those it should, and for nobody else.

use proptest::prelude::*;

use super::*;
use crate::{Ciphertext, KeyId, SealError};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_sealed_opens_to_the_same_bytes(plaintext: Vec<u8>) {
        let place = Place::new();
        let vault = place.vault();
        let sealed = vault.with_box(child(1), &plaintext);
        prop_assert_eq!(vault.reads(&sealed), Ok(plaintext));
    }

    #[test]
    fn one_flipped_bit_is_tampering(plaintext: Vec<u8>, at: prop::sample::Index, bit in 0..8_u8) {
        let place = Place::new();
        let vault = place.vault();
        let mut sealed = vault.with_box(child(1), &plaintext);
        let mut bytes = sealed.ciphertext.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        sealed.ciphertext = Ciphertext::from(bytes);
        prop_assert_eq!(vault.reads(&sealed), Err(OpenError::Tampered { subject: child(1) }));
    }

    #[test]
    fn a_box_cut_short_is_tampering(plaintext: Vec<u8>, at: prop::sample::Index) {
        let place = Place::new();
        let vault = place.vault();
        let mut sealed = vault.with_box(child(1), &plaintext);
        let bytes = sealed.ciphertext.as_bytes();
        sealed.ciphertext = Ciphertext::from(bytes[..at.index(bytes.len())].to_vec());
        prop_assert_eq!(vault.reads(&sealed), Err(OpenError::Tampered { subject: child(1) }));
    }
}

#[test]
fn a_box_moved_to_another_event_is_tampering() {
    let place = Place::new();
    let vault = place.vault();
    let sealed = vault.with_box(child(1), b"Ada");
    let all = vault.recorded(Subjects::All);
    let opened = vault.open(&all, event(2), &sealed);
    assert_eq!(opened, Err(OpenError::Tampered { subject: child(1) }));
}

#[test]
fn a_box_moved_to_another_child_is_tampering() {
    let place = Place::new();
    let vault = place.vault();
    let mut moved = vault.with_box(child(1), b"Ada");
    let other = vault.with_box(child(2), b"Ben");
    (moved.subject, moved.key) = (other.subject, other.key);
    assert_eq!(vault.reads(&moved), Err(OpenError::Tampered { subject: child(2) }));
}

#[test]
fn a_record_for_one_child_does_not_open_another() {
    let place = Place::new();
    let vault = place.vault();
    let ada = vault.with_box(child(1), b"Ada");
    let for_ben = vault.recorded(Subjects::These(vec![child(2)]));
    let opened = vault.open(&for_ben, event(1), &ada);
    assert_eq!(opened, Err(OpenError::NotRecordedFor { subject: child(1) }));
}

#[test]
fn a_record_for_everybody_opens_everybody() {
    let place = Place::new();
    let vault = place.vault();
    let boxes = [vault.with_box(child(1), b"Ada"), vault.with_box(child(2), b"Ben")];
    let all = vault.recorded(Subjects::All);
    let names = boxes.map(|sealed| vault.open(&all, event(1), &sealed).unwrap().to_vec());
    assert_eq!(names, [b"Ada", b"Ben"]);
}

#[test]
fn the_same_words_sealed_twice_look_different() {
    let place = Place::new();
    let vault = place.vault();
    let one = vault.with_box(child(1), b"Ada");
    assert_ne!(one, vault.seal(child(1), event(1), b"Ada").unwrap());
}

#[test]
fn nothing_is_sealed_for_a_child_without_a_key() {
    let place = Place::new();
    let sealed = place.vault().seal(child(1), event(1), b"Ada");
    assert_eq!(sealed, Err(SealError::NoKey { subject: child(1) }));
}

#[test]
fn a_box_under_a_key_that_was_lost_asks_for_the_right_key_store() {
    let place = Place::new();
    let vault = place.vault();
    let mut sealed = vault.with_box(child(1), b"Ada");
    sealed.key = KeyId::new(event(9));
    let missing = OpenError::NoKey { subject: child(1), key: sealed.key };
    assert_eq!(vault.reads(&sealed), Err(missing));
}

#[test]
fn a_box_is_stored_as_json_with_base64_and_comes_back() {
    let sealed = Sealed {
        subject: child(1),
        key: KeyId::new(event(2)),
        ciphertext: Ciphertext::from(vec![0xfb, 0xff, 0x00]),
    };
    let json = serde_json::to_string(&sealed).unwrap();
    assert_eq!(
        json,
        r#"{"subject":"00000000-0000-0000-0000-000000000001","key":"00000000-0000-0000-0000-000000000002","ciphertext":"+/8A"}"#
    );
    assert_eq!(serde_json::from_str::<Sealed>(&json).unwrap(), sealed);
    assert_eq!(format!("{:?}", sealed.ciphertext), "Ciphertext(3 bytes)");
}
