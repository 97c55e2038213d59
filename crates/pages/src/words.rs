//! Codes in plain words: what the API says in codes, pages say as a school would.

mod actions;
mod codes;

use actions::ACTIONS;
use codes::CODES;

/// What a code means; of a code without words, its own parts.
pub(crate) fn of(code: &str) -> String {
    look_up(CODES, code)
}

/// What an action is called.
pub(crate) fn doing(action: &str) -> String {
    look_up(ACTIONS, action)
}

fn look_up(table: &[(&str, &str)], code: &str) -> String {
    let known = table.iter().find(|(it, _)| *it == code).map(|(_, words)| (*words).to_owned());
    known.unwrap_or_else(|| plain(code))
}

/// `shifts.0.from` as `Shifts 1 from`: people count from one.
pub(crate) fn of_field(field: &str) -> String {
    let part = |part: &str| match part.parse::<u32>() {
        Ok(place) => place.saturating_add(1).to_string(),
        Err(_) => part.to_owned(),
    };
    // A row that is named by an id has no name that people know.
    let said = field.split('.').filter(|part| !is_id(part));
    of(&said.map(part).collect::<Vec<_>>().join(" "))
}

/// How long an id is.
const ID: usize = "01a1f385-bab0-7f85-8fc1-ea2b4046eb34".len();

/// Whether this is an id, which means nothing to people.
pub(crate) fn is_id(code: &str) -> bool {
    code.len() == ID && code.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Whether this is a code that has words.
pub(crate) fn is_known(code: &str) -> bool {
    CODES.iter().any(|(it, _)| *it == code)
}

/// What is written in capitals wherever it stands.
const CAPITALS: &[&str] = &["eal", "ehc", "hlta", "ict", "sen", "send", "slcn", "upn", "urn"];

/// `poor_attendance` and `statutory-sen` as `Poor attendance`, `Statutory SEN`.
pub(crate) fn plain(code: &str) -> String {
    let words = code
        .split(['_', '-', ' '])
        .map(|word| if CAPITALS.contains(&word) { word.to_uppercase() } else { word.to_owned() });
    let plain = words.collect::<Vec<_>>().join(" ");
    let mut letters = plain.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// As it stands within a sentence: with a small letter first, unless it is an abbreviation.
pub(crate) fn within(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    let rest = letters.as_str();
    if rest.starts_with(char::is_uppercase) {
        return text.to_owned();
    }
    first.into_iter().flat_map(char::to_lowercase).chain(rest.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_code_is_said_in_words() {
        assert_eq!(of("HI"), "Hearing impairment");
        assert_eq!(of("poor_attendance"), "Poor attendance");
        assert_eq!(of("sensory-support"), "Sensory support");
        assert_eq!(of("statutory-sen"), "Statutory SEN");
    }

    #[test]
    fn a_field_of_a_list_is_counted_from_one() {
        assert_eq!(of_field("shifts.0.rotates_every_weeks"), "Shifts 1 rotates every weeks");
        assert_eq!(of_field("colleague"), "Colleague");
        let row = "items.01a1f385-bab0-7f85-8fc1-ea2b4046eb34.minutes";
        assert_eq!(of_field(row), "Items minutes");
    }

    /// Lists that pages do not say: the API tells these in words, or they are no words at all.
    const NOT_SAID: [&str; 3] = ["Fact", "MediaType", "Test"];

    /// Every code of the county's lists, with its list, as they stand where they are declared.
    fn declared() -> BTreeSet<(String, String)> {
        let mut places = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src")];
        let mut codes = BTreeSet::new();
        while let Some(place) = places.pop() {
            if place.is_dir() {
                places.extend(fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let text = fs::read_to_string(place).unwrap();
            for list in text.split("codes! {\n").skip(1) {
                let lines = || list.lines().take_while(|line| *line != "}").map(str::trim);
                let name = lines().find_map(|line| line.strip_suffix(" {")).unwrap();
                let code = |line: &str| Some(line.split_once(" = \"")?.1.split('"').next()?.into());
                codes.extend(lines().filter_map(code).map(|code| (name.to_owned(), code)));
            }
        }
        codes
    }

    /// A code that is new fails here, until somebody has read what pages say for it.
    #[test]
    fn every_code_is_said_in_words_that_somebody_has_read() {
        let declared = declared().into_iter();
        let said = declared.filter(|(list, _)| !NOT_SAID.contains(&list.as_str()));
        let said = said.map(|(list, code)| format!("{list} {code}: {}", of(&code)));
        insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn every_code_has_one_meaning() {
        for table in [CODES, ACTIONS] {
            let mut codes: Vec<_> = table.iter().map(|(code, _)| code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), table.len());
        }
    }
}
