//! Unique pupil numbers.
//!
//! A check letter, then twelve digits (authority 3, establishment 4, year 2, serial 3);
//! a temporary number has eleven digits and a final letter. The check letter is the sum
//! of each character's value times its place (2 to 13), modulo 23, read in an alphabet
//! without I, O and S.
//!
//! Source: DfE, *Unique pupil numbers: a guide for schools and local authorities*.

use serde::{Deserialize, Serialize};

const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// A pupil number whose check letter is right. Personal: sealed wherever it is stored.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Upn(String);

/// Why a text is no UPN. Says which character is wrong, never repeats the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAUpn {
    /// Not thirteen characters.
    #[error("a UPN has 13 characters: a letter, 11 digits, and a digit or letter")]
    Length,
    /// A character that cannot stand where it stands.
    #[error("character {0} of a UPN cannot be that")]
    Character(usize),
    /// The check letter does not fit the digits.
    #[error("the check letter does not fit the digits: one of them was mistyped")]
    Check,
}

impl Upn {
    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The check letter that belongs to these twelve characters (`None` when one of them
    /// cannot stand in a UPN).
    #[must_use]
    pub fn check_letter(rest: &str) -> Option<char> {
        let mut sum = 0;
        for (index, byte) in rest.bytes().enumerate() {
            sum += value(byte, index == 11)? * (index + 2);
        }
        Some(char::from(LETTERS[sum % LETTERS.len()]))
    }
}

fn value(byte: u8, last: bool) -> Option<usize> {
    match byte {
        b'0'..=b'9' => Some(usize::from(byte - b'0')),
        letter if last => LETTERS.iter().position(|known| *known == letter),
        _ => None,
    }
}

impl TryFrom<String> for Upn {
    type Error = NotAUpn;

    fn try_from(text: String) -> Result<Self, NotAUpn> {
        let text = text.trim().to_ascii_uppercase();
        if text.chars().count() != 13 || !text.is_ascii() {
            return Err(NotAUpn::Length);
        }
        let (check, rest) = text.split_at(1);
        if !check.bytes().all(|byte| LETTERS.contains(&byte)) {
            return Err(NotAUpn::Character(1));
        }
        if let Some(wrong) =
            rest.bytes().enumerate().position(|(index, byte)| value(byte, index == 11).is_none())
        {
            return Err(NotAUpn::Character(wrong + 2));
        }
        match Upn::check_letter(rest) {
            Some(letter) if check.starts_with(letter) => Ok(Self(text)),
            _ => Err(NotAUpn::Check),
        }
    }
}

impl std::str::FromStr for Upn {
    type Err = NotAUpn;

    fn from_str(text: &str) -> Result<Self, NotAUpn> {
        Self::try_from(text.to_owned())
    }
}

impl From<Upn> for String {
    fn from(upn: Upn) -> Self {
        upn.0
    }
}

impl std::fmt::Debug for Upn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Upn(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_published_example_is_valid_and_the_one_that_circulates_is_not() {
        assert!("B801200005001".parse::<Upn>().is_ok());
        assert_eq!("B207000016049".parse::<Upn>(), Err(NotAUpn::Check));
        assert_eq!(Upn::check_letter("207000016049"), Some('P'));
    }

    #[test]
    fn a_number_is_never_printed_by_accident() {
        assert_eq!(format!("{:?}", "B801200005001".parse::<Upn>().unwrap()), "Upn(…)");
    }

    #[test]
    fn a_wrong_character_is_pointed_at() {
        assert_eq!("B80120000500".parse::<Upn>(), Err(NotAUpn::Length));
        assert_eq!("B8012O0005001".parse::<Upn>(), Err(NotAUpn::Character(6)));
        assert_eq!("I801200005001".parse::<Upn>(), Err(NotAUpn::Character(1)));
    }

    proptest! {
        #[test]
        fn one_mistyped_digit_is_always_found(
            rest in "[0-9]{11}[0-9A-HJ-NP-RT-Z]", place in 0..12_usize, digit in 0..10_u8,
        ) {
            let letter = Upn::check_letter(&rest).unwrap();
            let number = format!("{letter}{rest}");
            prop_assert!(number.parse::<Upn>().is_ok());
            let mut typed = rest.into_bytes();
            prop_assume!(typed[place] != b'0' + digit && place < 11);
            typed[place] = b'0' + digit;
            let typed = format!("{letter}{}", String::from_utf8(typed).unwrap());
            prop_assert_eq!(typed.parse::<Upn>(), Err(NotAUpn::Check));
        }

        #[test]
        fn no_text_makes_the_check_panic(text in "\\PC{0,20}") {
            let _read = text.parse::<Upn>();
        }
    }
}
