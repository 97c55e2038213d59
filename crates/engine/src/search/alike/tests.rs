//! Who is alike, who is not, and why.

use super::*;
use proptest::prelude::*;

/// `given family, date of birth, UPN`.
fn likeness(text: &str) -> Likeness {
    let mut parts = text.split(", ");
    let (given, family) = parts.next().unwrap().split_once('|').unwrap();
    Likeness::of(&Identity {
        given_name: given.to_owned(),
        family_name: family.to_owned(),
        date_of_birth: parts.next().unwrap().parse().unwrap(),
        upn: parts.next().map(|upn| upn.parse().unwrap()),
        home_postcode: None,
    })
}

#[track_caller]
fn reasons(one: &str, other: &str) -> Vec<Reason> {
    likeness(one).reasons(&likeness(other))
}

#[test]
fn the_same_number_is_the_same_child_whatever_else_was_written() {
    let one = "Ivy|Firle, 2017-04-09, B801200005001";
    let other = "Someone|Else, 2015-01-02, B801200005001";
    assert_eq!(reasons(one, other), [Reason::SameUpn]);
    assert_eq!(reasons(one, one), [Reason::SameUpn, Reason::SameNameSameBirthDate]);
}

#[test]
fn the_same_name_is_known_however_it_is_written() {
    for (one, other) in [
        ("Zoë|Brontë", "zoe|BRONTE"),
        ("Zoe\u{308}|Bronte\u{308}", "Zoë|Brontë"),
        ("Aoife|O'Hara", "Aoife|O’Hara"),
        ("Aoife|O'Hara", "Aoife|OHara"),
        ("Mary-Ann|Firle", "Mary Ann|Firle"),
        ("Mary-Ann|Firle", "Maryann|Firle"),
        ("Łukasz|Sørensen", "Lukasz|Sorensen"),
        ("Ivy|Firle", "Firle|Ivy"),
        ("Ivy|Firle-Wilson", "Ivy|Wilson Firle"),
        ("Ivy|Firle", " Ivy |Firle."),
        ("思|李", "李|思"),
    ] {
        let (one, other) = (format!("{one}, 2017-04-09"), format!("{other}, 2017-04-09"));
        assert_eq!(reasons(&one, &other), [Reason::SameNameSameBirthDate], "{one} / {other}");
    }
}

#[test]
fn a_slip_a_short_form_or_a_missing_name_is_alike_on_the_same_birth_date() {
    for (one, other) in [
        ("Ivy|Firle", "Ivi|Firle"),
        ("Ivy|Firle", "Ivy|Frile"),
        ("Katherine|Jevington", "Catharine|Jevington"),
        ("Sam|Firle", "Samuel|Firle"),
        ("Ivy Rose|Firle", "Ivy|Firle"),
        ("Ivy|Firle-Jevington", "Ivy|Firle"),
        ("Mohammed|Ahmed", "Muhammad|Ahmed"),
        ("Rose Ivy|Firle", "Ivi|Firle"),
    ] {
        let (one, other) = (format!("{one}, 2017-04-09"), format!("{other}, 2017-04-09"));
        assert_eq!(reasons(&one, &other), [Reason::SameBirthDateNamesAlike], "{one} / {other}");
    }
}

#[test]
fn a_mistyped_birth_date_is_alike_where_the_name_is_the_same() {
    for other in ["2017-09-04", "2017-04-08", "2016-04-09", "2071-04-09"] {
        let (one, other) = ("Ivy|Firle, 2017-04-09", format!("Ivy|Firle, {other}"));
        assert_eq!(reasons(one, &other), [Reason::SameNameBirthDateAlike], "{other}");
    }
}

#[test]
fn others_are_not_alike() {
    for (one, other) in [
        // Twins, and two children of one class.
        ("Ivy|Firle, 2017-04-09", "Rose|Firle, 2017-04-09"),
        ("Ivy|Firle, 2017-04-09", "Ivy|Jevington, 2017-04-09"),
        // Short names are other names.
        ("Al|Firle, 2017-04-09", "Bo|Firle, 2017-04-09"),
        // Two differences at once.
        ("Ivy|Firle, 2017-04-09", "Ivi|Firle, 2017-09-04"),
        ("Ivy|Firle, 2017-04-09", "Ivy|Firle, 2014-12-21"),
        // Numbers that differ.
        ("Ivy|Firle, 2017-04-09, B801200005001", "Rose|Oak, 2015-01-02"),
        // One word found twice is still one word.
        ("Ivy|Ivy, 2017-04-09", "Ivy|Firle, 2017-04-09"),
        // Names of nothing but signs.
        ("-|', 2017-04-09", "Ivy|Firle, 2017-04-09"),
    ] {
        assert_eq!(reasons(one, other), [], "{one} / {other}");
    }
}

fn names() -> impl Strategy<Value = String> {
    let known = ["Ivy", "Ivi", "Rose", "Sam", "Samuel", "Firle", "Frile", "O'Hara", "Zoë", "Zoe"];
    let known = prop::sample::select(known.map(str::to_owned).to_vec());
    let word = prop_oneof![8 => known, 1 => "[a-zé'-]{0,6}"];
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

/// As [`likeness`] reads it.
fn anybody() -> impl Strategy<Value = String> {
    let born = prop::sample::select(vec!["2017-04-09", "2017-09-04", "2017-04-08", "2015-12-21"]);
    let upn = prop::sample::select(vec!["", ", B801200005001"]);
    (names(), names(), born, upn)
        .prop_map(|(given, family, born, upn)| format!("{given}|{family}, {born}{upn}"))
}

proptest! {
    #[test]
    fn alike_is_the_same_from_both_sides(one in anybody(), other in anybody()) {
        prop_assert_eq!(reasons(&one, &other), reasons(&other, &one));
    }

    #[test]
    fn everybody_is_like_themselves(one in anybody()) {
        prop_assert!(reasons(&one, &one).contains(&Reason::SameNameSameBirthDate));
    }
}
