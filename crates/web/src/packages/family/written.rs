//! A family's summary, written as a letter or as a page. Both say the same lines; whatever a
//! person wrote is escaped in the one place where a page is made.

use std::fmt::Write as _;

/// One line of a summary.
pub(super) enum Line {
    Title(String),
    Heading(String),
    Paragraph(String),
    Item { what: String, details: Vec<(&'static str, String)> },
}

pub(super) fn text(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        // Writing to a string does not fail.
        let _ = match line {
            Line::Title(title) => {
                writeln!(text, "{title}\n{}\n", "=".repeat(title.chars().count()))
            }
            Line::Heading(heading) => {
                writeln!(text, "{heading}\n{}\n", "-".repeat(heading.chars().count()))
            }
            Line::Paragraph(says) => writeln!(text, "{says}\n"),
            Line::Item { what, details } => {
                let detail = |(name, says): &(&str, String)| format!("  {name}: {says}");
                let details: Vec<_> = details.iter().map(detail).collect();
                writeln!(text, "{what}\n{}\n", details.join("\n"))
            }
        };
    }
    text.trim_end().to_owned() + "\n"
}

pub(super) fn html(lines: &[Line]) -> String {
    let mut body = String::new();
    for line in lines {
        // Writing to a string does not fail.
        let _ = match line {
            Line::Title(says) => writeln!(body, "<h1>{}</h1>", escaped(says)),
            Line::Heading(says) => writeln!(body, "<h2>{}</h2>", escaped(says)),
            Line::Paragraph(says) => writeln!(body, "<p>{}</p>", escaped(says)),
            Line::Item { what, details } => {
                let detail = |(name, says): &(&str, String)| {
                    format!("<dt>{name}</dt><dd>{}</dd>", escaped(says))
                };
                let details: Vec<_> = details.iter().map(detail).collect();
                writeln!(body, "<h3>{}</h3>\n<dl>\n{}\n</dl>", escaped(what), details.join("\n"))
            }
        };
    }
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Support that was agreed</title>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n\
         </html>\n"
    )
}

/// Text as it may stand in an element of a page.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push_str("<br>"),
            other => safe.push(other),
        }
    }
    safe
}
