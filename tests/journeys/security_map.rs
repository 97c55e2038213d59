//! What `docs/security.md` claims can be followed up: every requirement of OWASP ASVS 5.0 up to
//! level 2 has one answer, and every test and file that an answer rests on is in the tree.
//!
//! A claim whose test was renamed or removed is a claim that nobody checks any more, and it
//! fails here, not in front of an assessor.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "docs/security.md";
/// Id and level of every requirement of version 5.0.0.
const STANDARD: &str = "tests/data/asvs-5.0.0.csv";
const ANSWERS: [&str; 4] = ["met", "not applicable", "operator", "not yet"];
/// Where a reference into the tree can begin.
const PLACES: [&str; 5] = ["crates/", "tests/", "docs/", "deploy/", "api-spec/"];
/// The shortest sentence that can be a reason.
const LEAST_REASON: usize = 20;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The answer to one requirement: a row of one of the page's tables.
struct Row {
    id: String,
    level: String,
    asks: String,
    answer: String,
    evidence: String,
}

fn rows(page: &str) -> Vec<Row> {
    let lines = page.lines().filter(|line| line.starts_with("| V"));
    let row = |line: &str| {
        let cells: Vec<_> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        let [id, level, asks, answer, evidence] =
            cells.try_into().unwrap_or_else(|_| panic!("five cells are wanted: {line}"));
        Row { id, level, asks, answer, evidence }
    };
    lines.map(row).collect()
}

/// What stands in code quotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// What the text refers to in the tree: `path` or `path::test`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    quoted(text).filter(|quoted| {
        let file = [".rs", ".md", ".toml", ".lock"].iter().any(|end| quoted.ends_with(end));
        let spaced = quoted.contains(' ');
        !spaced && (file || quoted.contains("::") || PLACES.iter().any(|it| quoted.starts_with(it)))
    })
}

/// The sections of this page that the text leads to.
fn sections(text: &str) -> impl Iterator<Item = &str> {
    text.split("](#").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// Whether the source has a test of this name.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    let called = format!("fn {name}(");
    let declared = |line: &str| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.starts_with(&called)
    };
    let place = lines.iter().position(|line| declared(line));
    place.is_some_and(|place| {
        let above = lines[..place].iter().rev();
        let mut marks = above.take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        marks.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
    })
}

/// As the anchor of a heading is made.
fn anchor(heading: &str) -> String {
    let plain = heading.to_lowercase();
    let kept = plain.chars().filter(|it| it.is_alphanumeric() || *it == ' ' || *it == '-');
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

#[test]
fn every_requirement_up_to_level_two_is_answered_once_at_its_level() {
    let standard = read(STANDARD);
    let asked: BTreeMap<_, _> =
        standard.lines().skip(1).filter_map(|l| l.split_once(',')).collect();
    let asked: BTreeMap<_, _> = asked.into_iter().filter(|(_, level)| *level != "3").collect();
    assert_eq!(asked.len(), 253);
    let page = read(PAGE);
    let rows = rows(&page);
    let mut answered = BTreeMap::new();
    for row in &rows {
        let before = answered.insert(row.id.as_str(), row.level.as_str());
        assert_eq!(before, None, "{} is answered twice", row.id);
    }
    let differing: Vec<_> = asked
        .keys()
        .chain(answered.keys())
        .filter(|id| asked.get(*id) != answered.get(*id))
        .map(|id| (id, asked.get(id), answered.get(id)))
        .collect();
    assert!(differing.is_empty(), "id, level that is asked, level on the page: {differing:?}");
}

#[test]
fn every_answer_says_what_it_rests_on() {
    let page = read(PAGE);
    for Row { id, asks, answer, evidence, .. } in rows(&page) {
        assert!(ANSWERS.contains(&answer.as_str()), "{id}: “{answer}” is no answer");
        assert!(!asks.is_empty(), "{id}: what does it ask?");
        if answer == "met" {
            let rests =
                references(&evidence).next().is_some() || sections(&evidence).next().is_some();
            assert!(rests, "{id} is met, and nothing shows it");
        } else {
            assert!(evidence.chars().count() >= LEAST_REASON, "{id} is “{answer}”: why?");
        }
    }
}

#[test]
fn every_test_file_and_section_that_is_named_is_there() {
    let page = read(PAGE);
    let headings = page.lines().filter_map(|line| line.strip_prefix('#'));
    let anchors: BTreeSet<_> =
        headings.map(|heading| anchor(heading.trim_start_matches('#').trim())).collect();
    let mut dangling = Vec::new();
    for reference in references(&page) {
        let (path, test) = reference.split_once("::").unzip();
        let path = path.unwrap_or(reference);
        let there = match test {
            Some(test) => fs::read_to_string(root().join(path)).is_ok_and(|it| has_test(&it, test)),
            None => root().join(path).exists(),
        };
        if !there {
            dangling.push(reference);
        }
    }
    dangling.extend(sections(&page).filter(|section| !anchors.contains(*section)));
    assert!(dangling.is_empty(), "named and not there: {dangling:#?}");
}

#[test]
fn the_totals_on_the_page_are_those_of_its_tables() {
    let page = read(PAGE);
    let rows = rows(&page);
    for answer in ANSWERS {
        let count = rows.iter().filter(|row| row.answer == answer).count();
        let line = format!("| {answer} | {count} |");
        assert!(page.lines().any(|it| it.starts_with(&line)), "the page should say: {line}");
    }
}
