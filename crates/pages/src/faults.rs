//! What was wrong with a form, as the API found it, said beside the fields that it is about.

use crate::fields::Rows;
use crate::names::Names;
use serde::Serialize;
use serde_json::Value;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Fault {
    /// The field, as the form names it: `child.upn`; empty, when it is about no field.
    pub(crate) field: String,
    /// What to do about it.
    pub(crate) says: String,
}

/// All that was wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that a problem of the API tells of (RFC 9457), or what it says altogether.
    pub(crate) fn of(problem: &Value) -> Self {
        let errors = problem.get("errors").and_then(Value::as_array).into_iter().flatten();
        let faults: Vec<Fault> = errors.filter_map(fault).collect();
        if !faults.is_empty() {
            return Self(faults);
        }
        let detail = problem.get("detail").or_else(|| problem.get("title"));
        let says = detail.and_then(Value::as_str).unwrap_or("This could not be done.");
        Self::about("", says)
    }

    /// A fault of a field; of none, when it has no name.
    pub(crate) fn about(field: &str, says: &str) -> Self {
        Self(vec![Fault { field: field.to_owned(), says: says.to_owned() }])
    }

    /// Those, and others.
    pub(crate) fn add(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// The API counted the rows that it was sent; the form shows those that were typed.
    pub(crate) fn stand_as_typed(&mut self, rows: &Rows) {
        for fault in &mut self.0 {
            fault.field = rows.as_typed(&fault.field);
        }
    }

    /// What is about no field is about this one.
    pub(crate) fn all_else_about(&mut self, field: &str) {
        for fault in self.0.iter_mut().filter(|fault| fault.field.is_empty()) {
            field.clone_into(&mut fault.field);
        }
    }

    /// All of it is about this field, and says itself where in it: line and column.
    pub(crate) fn all_about(&mut self, field: &str) {
        for fault in &mut self.0 {
            if let Some((line, column)) = fault.field.split_once('.') {
                fault.says = format!("Line {line}, {column}: {}", fault.says);
            }
            field.clone_into(&mut fault.field);
        }
    }

    /// Of each of these fields, if nothing was said in it.
    pub(crate) fn missing(first: &[(&str, &str)], sent: &[(String, String)]) -> Self {
        let said = |field: &str| sent.iter().any(|(name, _)| name.split(':').next() == Some(field));
        let missing = first.iter().filter(|(field, _)| !said(field));
        Self(missing.flat_map(|(field, says)| Self::about(field, says).0).collect())
    }

    /// Those of some parts of a draft, of all that it still has; and their fields as a form names
    /// them that speaks of what is under this place alone.
    pub(crate) fn within(all: Option<&Value>, under: &str, parts: &[&str]) -> Self {
        let all = all.and_then(Value::as_array).into_iter().flatten().filter_map(fault);
        let mut faults = Self(all.collect());
        faults.0.retain_mut(|fault| {
            let Some(field) = below(&fault.field, under) else { return false };
            fault.field = field.to_owned();
            parts.contains(&fault.field.split('.').next().unwrap_or_default())
        });
        faults
    }

    /// The same of a whole, of which these are about a part.
    pub(crate) fn under(self, part: &str) -> Self {
        let under = |fault: Fault| {
            let known = !fault.field.is_empty();
            let field = if known { format!("{part}.{}", fault.field) } else { fault.field };
            Fault { field, ..fault }
        };
        Self(self.0.into_iter().map(under).collect())
    }

    /// The same, with their fields by other names.
    pub(crate) fn named(mut self, name: impl Fn(&str) -> String) -> Self {
        for fault in &mut self.0 {
            fault.field = name(&fault.field);
        }
        self
    }

    /// The same, with whatever they quote by its code said by its name.
    pub(crate) fn by_name(mut self, names: &Names) -> Self {
        for fault in &mut self.0 {
            fault.says = names.say(&fault.says);
        }
        self
    }
}

/// What of a field's name comes after a place.
fn below<'a>(field: &'a str, place: &str) -> Option<&'a str> {
    if place.is_empty() { Some(field) } else { field.strip_prefix(place)?.strip_prefix('.') }
}

fn fault(error: &Value) -> Option<Fault> {
    let pointer = error.get("pointer")?.as_str()?;
    let says = error.get("detail")?.as_str()?;
    let field = pointer.trim_start_matches('/').replace('/', ".");
    Some(Fault { field, says: sentence(to_people(says)) })
}

/// What the API says to programs of how something is written, to people.
fn to_people(says: &str) -> &str {
    match says {
        _ if says.starts_with("an instant, written ") => "enter a time, such as 9:30am",
        _ if says.starts_with("a date of the calendar, written ") => "enter a date",
        _ => says.strip_suffix(": a code and a text").unwrap_or(says),
    }
}

/// As a sentence: with a capital letter.
pub(crate) fn sentence(says: &str) -> String {
    let mut letters = says.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pointer_becomes_the_name_of_a_field() {
        let problem =
            json!({"errors": [{"pointer": "/tried/0/started", "detail": "must be a date"}]});
        let fault = Fault { field: "tried.0.started".into(), says: "Must be a date".into() };
        assert_eq!(Faults::of(&problem), Faults(vec![fault]));
    }

    #[test]
    fn what_is_wrong_in_a_file_says_where_in_it() {
        let problem = json!({"errors": [{"pointer": "/12/Phone", "detail": "is no number"}]});
        let mut faults = Faults::of(&problem);
        faults.all_about("file");
        let says = "Line 12, Phone: Is no number".to_owned();
        assert_eq!(faults, Faults(vec![Fault { field: "file".into(), says }]));
    }

    #[test]
    fn what_is_wrong_with_a_part_is_named_as_a_field_of_the_whole() {
        let problem = json!({"errors": [{"pointer": "/contributions/0/ends", "detail": "late"}]});
        let faults = Faults::of(&problem).under("package");
        assert_eq!(faults.0[0].field, "package.contributions.0.ends");
        assert_eq!(Faults::of(&json!({"detail": "No."})).under("package").0[0].field, "");
    }

    #[test]
    fn how_something_is_written_is_said_to_people() {
        let problem = json!({"errors": [{"pointer": "/at",
            "detail": "an instant, written 2026-11-23T09:30:00Z"}]});
        assert_eq!(Faults::of(&problem).0[0].says, "Enter a time, such as 9:30am");
        let problem = json!({"errors": [{"pointer": "/reason",
            "detail": "a decline needs a reason: a code and a text"}]});
        assert_eq!(Faults::of(&problem).0[0].says, "A decline needs a reason");
    }

    #[test]
    fn whoever_leaves_out_what_must_be_said_first_is_told_so() {
        let first = [("confirm", "Type it"), ("_understood", "Tick it"), ("by", "Say a day")];
        let sent = [("confirm".to_owned(), "x".to_owned()), ("by:day".to_owned(), "4".to_owned())];
        let faults = Faults::missing(&first, &sent);
        let fault = Fault { field: "_understood".into(), says: "Tick it".into() };
        assert_eq!(faults, Faults(vec![fault]));
    }

    #[test]
    fn a_form_that_speaks_of_one_place_hears_of_that_place_alone() {
        let all = json!([
            {"pointer": "/services/3/ways_in/0/id", "detail": "say it"},
            {"pointer": "/services/31/ways_in/0/id", "detail": "of another"},
            {"pointer": "/services/3/service", "detail": "not of these parts"},
        ]);
        let fault = Fault { field: "ways_in.0.id".into(), says: "Say it".into() };
        assert_eq!(Faults::within(Some(&all), "services.3", &["ways_in"]), Faults(vec![fault]));
    }

    #[test]
    fn a_problem_without_fields_says_its_detail() {
        let problem = json!({"title": "Conflict", "detail": "It is closed."});
        let fault = Fault { field: String::new(), says: "It is closed.".into() };
        assert_eq!(Faults::of(&problem), Faults(vec![fault]));
    }
}
