//! A paper as plain text, as a clerk types it: 78 columns, wrapped at words.

use super::{Block, Column, Paper, Table};

/// The width of a page, in characters.
const PAGE: usize = 78;
/// The width of the names of facts.
const NAMES: usize = 20;
/// Between two columns of a table.
const GUTTER: usize = 2;

/// The whole paper.
pub(super) fn write(paper: &Paper) -> String {
    let blocks: Vec<String> = paper.blocks.iter().map(block).collect();
    let mut written = blocks.join("\n");
    written.insert(0, '\n');
    written
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => heading(*level, text),
        Block::Notice { text } => {
            let rule = "*".repeat(PAGE);
            format!("{rule}\n{}{rule}\n", hanging("", text))
        }
        Block::Paragraph { text } => hanging("", text),
        Block::Facts { facts } => facts.iter().map(|(name, it)| fact(name, it)).collect(),
        Block::Points { points } => points.iter().map(|point| hanging("  - ", point)).collect(),
        Block::Table(table) => write_table(table),
    }
}

fn heading(level: u8, text: &str) -> String {
    let text = wrapped(text, PAGE).join("\n");
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    match level {
        1 => format!("{}\n{}\n", text.to_uppercase(), "=".repeat(longest)),
        2 => format!("\n{}\n{}\n", text.to_uppercase(), "-".repeat(longest)),
        3 => format!("\n{text}\n{}\n", "-".repeat(longest)),
        _ => format!("{text}\n"),
    }
}

fn fact(name: &str, text: &str) -> String {
    hanging(&format!("{:<NAMES$}", format!("{name}:")), text)
}

/// Text after something, its further lines under its first. Its own lines stay lines.
fn hanging(first: &str, text: &str) -> String {
    let width = first.chars().count();
    let mut written = String::new();
    for (place, line) in wrapped(text, PAGE - width).iter().enumerate() {
        let before = if place == 0 { first.to_owned() } else { " ".repeat(width) };
        written.push_str(format!("{before}{line}").trim_end());
        written.push('\n');
    }
    written
}

/// Lines of at most so many characters, broken at spaces; a word that is longer is cut.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace().flat_map(|word| pieces(word, width)) {
            let length = line.chars().count() + 1 + word.chars().count();
            if !line.is_empty() && length > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}

fn write_table(table: &Table) -> String {
    let widths = widths(table);
    let names: Vec<_> = table.columns.iter().map(|column| column.name.clone()).collect();
    let rule = "-".repeat(widths.iter().sum::<usize>() + GUTTER * (widths.len().max(1) - 1));
    let mut written = hanging("", &table.caption);
    written.push('\n');
    written.push_str(&row(&names, &widths, &table.columns));
    written.push_str(&rule);
    written.push('\n');
    for cells in &table.rows {
        written.push_str(&row(cells, &widths, &table.columns));
    }
    if let Some(total) = &table.total {
        written.push_str(&rule);
        written.push('\n');
        written.push_str(&row(total, &widths, &table.columns));
    }
    written
}

/// Numbers get the width they need, and so does whatever fits; the widest texts share the rest.
fn widths(table: &Table) -> Vec<usize> {
    let longest = |place: usize| {
        let cells = table.rows.iter().chain(&table.total).filter_map(|row| row.get(place));
        let name = table.columns.get(place).map(|column| &column.name);
        let lines = cells.chain(name).flat_map(|cell| cell.lines());
        lines.map(|line| line.chars().count()).max().unwrap_or_default().max(1)
    };
    let mut widths: Vec<usize> = (0..table.columns.len()).map(longest).collect();
    let room = PAGE.saturating_sub(GUTTER * table.columns.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let texts = widths.iter_mut().zip(&table.columns).filter(|(_, column)| !column.number);
        match texts.map(|(width, _)| width).max().filter(|width| **width > 1) {
            Some(widest) => *widest -= 1,
            None => break,
        }
    }
    widths
}

fn row(cells: &[String], widths: &[usize], columns: &[Column]) -> String {
    let cells: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    let mut written = String::new();
    for line in 0..height {
        let mut parts = Vec::new();
        for ((cell, width), column) in cells.iter().zip(widths).zip(columns) {
            let text = cell.get(line).map_or("", String::as_str);
            let part =
                if column.number { format!("{text:>width$}") } else { format!("{text:<width$}") };
            parts.push(part);
        }
        written.push_str(parts.join(&" ".repeat(GUTTER)).trim_end());
        written.push('\n');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_wrap_and_a_word_that_is_too_long_is_cut() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh i", 3), ["abc", "def", "gh", "i"]);
        assert_eq!(wrapped("one\n\ntwo", 9), ["one", "", "two"]);
    }

    #[test]
    fn a_table_keeps_its_numbers_whole_and_under_each_other() {
        let table =
            Table {
                caption: "What it costs".to_owned(),
                columns: vec![Column::text("Who"), Column::number("Cost")],
                rows: vec![
                vec!["A service with a name that is far too long to stand on one line of a page \
                      beside a number".to_owned(), "£5.00".to_owned()],
                vec!["Another".to_owned(), "£1,205.00".to_owned()],
            ],
                total: Some(vec!["Total".to_owned(), "£1,210.00".to_owned()]),
            };
        insta::assert_snapshot!(write_table(&table));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_page(text in "\\PC{0,300}", name in "\\PC{0,30}") {
            let facts = vec![(name.chars().take(18).collect(), text.clone())];
            let blocks = vec![
                Block::Paragraph { text: text.clone() },
                Block::Facts { facts },
                Block::Points { points: vec![text.clone()] },
                Block::Table(Table {
                    caption: name,
                    columns: vec![Column::text("What"), Column::text("Why"), Column::number("£")],
                    rows: vec![vec![text.clone(), text, "£1,205.00".to_owned()]],
                    total: None,
                }),
            ];
            let written = write(&Paper { title: String::new(), blocks });
            for line in written.lines() {
                prop_assert!(line.chars().count() <= PAGE, "{line}");
            }
        }
    }
}
