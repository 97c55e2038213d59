//! Whether two records may be of the same child: for a person to decide, never for us.
//!
//! Schools misspell, shorten and reorder names, and mistype dates. What is alike here is
//! shown with its reason; it links nothing by itself. Alike is symmetric, whoever is asked
//! about.

use domain::personal::Identity;
use jiff::civil::Date;
use serde::Serialize;
use strsim::damerau_levenshtein;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names have few words; whoever has more is compared by the first of them.
const MOST_WORDS: usize = 8;
/// In a word of so many letters one slip is a misspelling; in a shorter one it is a name.
const SHORT_WORD: usize = 3;
/// In a word of so many letters two slips are a misspelling.
const LONG_WORD: usize = 6;

/// Why two records may be of the same child; the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The unique pupil number is the same.
    SameUpn,
    /// Name and birth date are the same.
    SameNameSameBirthDate,
    /// The birth date is the same, and the names are nearly so.
    SameBirthDateNamesAlike,
    /// The names are the same, and the birth date may have been mistyped.
    SameNameBirthDateAlike,
}

impl Reason {
    /// The reason in plain English.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::SameUpn => "same UPN",
            Self::SameNameSameBirthDate => "same name and birth date",
            Self::SameBirthDateNamesAlike => "same birth date, names alike",
            Self::SameNameBirthDateAlike => "same name, birth date nearly the same",
        }
    }
}

/// What a child is recognised by: in memory only, and dropped with the child's key.
#[derive(Clone)]
pub(super) struct Likeness {
    /// Every word of the name, in alphabetical order: which is the family's is often mistaken.
    names: Vec<String>,
    /// Given and family name, each in one piece: “Mary-Ann” is “Maryann”.
    uncut: [String; 2],
    date_of_birth: Date,
    upn: Option<String>,
}

impl Likeness {
    pub(super) fn of(identity: &Identity) -> Self {
        let (given, family) =
            (plain_words(&identity.given_name), plain_words(&identity.family_name));
        let mut uncut = [given.concat(), family.concat()];
        uncut.sort_unstable();
        let mut names: Vec<_> = given.into_iter().chain(family).collect();
        names.truncate(MOST_WORDS);
        names.sort_unstable();
        let upn = identity.upn.as_ref().map(|upn| upn.as_str().to_owned());
        Self { names, uncut, date_of_birth: identity.date_of_birth, upn }
    }

    /// The pupil number, in capitals.
    pub(super) fn upn(&self) -> Option<&str> {
        self.upn.as_deref()
    }

    /// Why this and the other may be the same child; nothing when they may not.
    pub(super) fn reasons(&self, other: &Self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.upn.is_some() && self.upn == other.upn {
            reasons.push(Reason::SameUpn);
        }
        let (born, other_born) = (self.date_of_birth, other.date_of_birth);
        let same_name = same_name(self, other);
        if same_name && born == other_born {
            reasons.push(Reason::SameNameSameBirthDate);
        } else if born == other_born && names_alike(self, other) {
            reasons.push(Reason::SameBirthDateNamesAlike);
        } else if same_name && dates_alike(born, other_born) {
            reasons.push(Reason::SameNameBirthDateAlike);
        }
        reasons
    }
}

/// A name without case, accents, apostrophes and hyphens: “Zoë O'Hara-Smith” is `zoe`, `ohara`,
/// `smith`.
fn plain_words(name: &str) -> Vec<String> {
    let apostrophe = |letter: &char| !matches!(letter, '\'' | '’' | '‘' | '`' | 'ʼ');
    let plain: String = name
        .chars()
        .filter(apostrophe)
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(|letter| without_stroke(letter).chars().chain(unchanged(letter)))
        .collect();
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Letters that Unicode does not take apart, as people without them on the keyboard write them.
const fn without_stroke(letter: char) -> &'static str {
    match letter {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => "",
    }
}

fn unchanged(letter: char) -> Option<char> {
    without_stroke(letter).is_empty().then_some(letter)
}

/// The same words in any order.
fn same_name(one: &Likeness, other: &Likeness) -> bool {
    one.names == other.names || one.uncut == other.uncut
}

/// Given and family name are alike as wholes; or every word of the shorter name is like a word
/// of its own in the longer one, so that a middle name or half of a double name may be
/// missing. One word alone says too little.
fn names_alike(one: &Likeness, other: &Likeness) -> bool {
    let both = |from: &Likeness, to: &Likeness| {
        from.uncut.iter().zip(&to.uncut).all(|(from, to)| words_alike(from, to))
    };
    both(one, other) || words_find_their_own(&one.names, &other.names)
}

fn words_find_their_own(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 2 {
        return false;
    }
    let mut taken_by = vec![None; long.len()];
    (0..short.len()).all(|word| finds_its_own(word, (short, long), &mut taken_by, &mut vec![]))
}

/// Gives a word of the short name one of the long name, moving others on where they can
/// (Kuhn's algorithm).
fn finds_its_own(
    word: usize,
    names: (&[String], &[String]),
    taken_by: &mut Vec<Option<usize>>,
    seen: &mut Vec<usize>,
) -> bool {
    let (short, long) = names;
    for (place, candidate) in long.iter().enumerate() {
        if seen.contains(&place) || !words_alike(&short[word], candidate) {
            continue;
        }
        seen.push(place);
        let free = match taken_by[place] {
            None => true,
            Some(holder) => finds_its_own(holder, names, taken_by, seen),
        };
        if free {
            taken_by[place] = Some(word);
            return true;
        }
    }
    false
}

/// The same but for a slip or two, or one the beginning of the other: “Sam”, “Samuel”.
fn words_alike(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.chars().count();
    let shorter = letters(one).min(letters(other));
    let slips = match shorter {
        0..SHORT_WORD => 0,
        SHORT_WORD..LONG_WORD => 1,
        _ => 2,
    };
    let begins = shorter >= SHORT_WORD && (one.starts_with(other) || other.starts_with(one));
    begins || damerau_levenshtein(one, other) <= slips
}

/// One digit differs, two neighbours are swapped, or day and month are.
fn dates_alike(one: Date, other: Date) -> bool {
    let swapped =
        one.year() == other.year() && one.day() == other.month() && one.month() == other.day();
    let digits = |date: Date| date.strftime("%Y%m%d").to_string();
    swapped || damerau_levenshtein(&digits(one), &digits(other)) == 1
}

#[cfg(test)]
mod tests;
