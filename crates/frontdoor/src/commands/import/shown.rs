//! A plan as people read it: a line for each change, and the figures below.

use serde_json::Value;
use std::fmt::Display;
use web::import::schools::{SchoolChange, SchoolsPlan, What};
use web::import::{Became, EntriesPlan, Fault, FieldChange};

/// What an import of schools comes to.
pub(super) fn schools(plan: &SchoolsPlan) -> Vec<String> {
    let mut lines = faults(&plan.faults);
    if plan.changes.is_empty() && !plan.faults.is_empty() {
        if plan.faults.iter().all(|fault| fault.line().is_some()) {
            lines.push("With --skip-faulty the rest would be imported.".to_owned());
        }
        return lines;
    }
    let width = plan.changes.iter().map(|it| it.name.chars().count()).max().unwrap_or(0);
    for change in &plan.changes {
        lines.extend(change.what.iter().map(|what| school(change, what, width)));
    }
    let counts = plan.counts;
    let figures = [
        ("added", counts.added),
        ("changed", counts.changed),
        ("converted", counts.converted),
        ("closed", counts.closed),
        ("reopened", counts.reopened),
        ("unchanged", counts.unchanged),
    ];
    lines.push(sum("Schools", &figures));
    let passed_over = [
        ("of other authorities", counts.of_other_authorities),
        ("no schools of a council", counts.not_schools),
        ("not open yet", counts.not_open_yet),
        ("closed before", counts.closed_before),
    ];
    lines.push(sum("Rows passed over", &passed_over));
    if counts.not_in_file > 0 {
        lines.push(format!("Open schools that the file does not have: {}.", counts.not_in_file));
    }
    lines
}

fn school(change: &SchoolChange, what: &What, width: usize) -> String {
    let SchoolChange { urn, name, .. } = change;
    let what = match what {
        What::Added => "added".to_owned(),
        What::Converted { from, to, on } => format!("converted  {from} → {to} on {on}"),
        What::Changed { fields } => format!("changed    {}", differences(fields)),
        What::Closed { on, reason, successor } => {
            let successor = successor.as_ref().map(|urn| format!(", succeeded by {urn}"));
            format!("closed     on {on}, {}{}", reason.says(), successor.unwrap_or_default())
        }
        What::Reopened => "reopened".to_owned(),
    };
    format!("{urn}  {name:width$}  {what}")
}

/// What an import of a list comes to.
pub(super) fn entries(plan: &EntriesPlan) -> Vec<String> {
    let mut lines = faults(&plan.faults);
    if !plan.faults.is_empty() {
        return lines;
    }
    let width = plan.changes.iter().map(|it| it.entry.chars().count()).max().unwrap_or(0);
    for change in &plan.changes {
        let became = match change.became {
            Became::Added => "added",
            Became::Changed => "changed",
            Became::Removed => "removed",
        };
        let fields = differences(&change.fields);
        let (entry, name) = (&change.entry, &change.name);
        lines.push(format!("{entry:width$}  {became:8} {name}  {fields}").trim_end().to_owned());
    }
    let of = |became| plan.changes.iter().filter(|change| change.became == became).count();
    let figures = [
        ("added", of(Became::Added)),
        ("changed", of(Became::Changed)),
        ("removed", of(Became::Removed)),
        ("unchanged", plan.unchanged),
    ];
    lines.push(sum("Entries", &figures));
    lines
}

fn faults(faults: &[Fault]) -> Vec<String> {
    let mut lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
    if !faults.is_empty() {
        lines.push(format!("Faults: {}.", faults.len()));
    }
    lines
}

fn differences(fields: &[FieldChange]) -> String {
    let difference = |change: &FieldChange| {
        format!("{}: {} → {}", change.field, value(&change.from), value(&change.to))
    };
    fields.iter().map(difference).collect::<Vec<_>>().join("; ")
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Figures in a sentence.
fn sum(of: &str, figures: &[(&str, impl Display)]) -> String {
    let figures: Vec<_> = figures.iter().map(|(what, count)| format!("{count} {what}")).collect();
    format!("{of}: {}.", figures.join(", "))
}
