//! What templates can say: the filters and functions that turn the API's answers into words.

use super::escaped;
use crate::{faults, fields, happened, money, need, place, strip, times, told, words};
use jiff::Timestamp;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};
use rust_embed::RustEmbed;
use serde_json::json;
use std::sync::Arc;

/// The templates: in the binary, or read anew for each page while one works on them.
#[derive(RustEmbed)]
#[folder = "templates"]
pub(super) struct Templates;

/// The templates, and all that they can say.
pub(super) fn spoken(now: &Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Environment<'static> {
    let mut look = Environment::new();
    // What the API leaves out is not there, and shows as nothing; part of nothing is a mistake.
    look.set_undefined_behavior(UndefinedBehavior::Lenient);
    look.set_formatter(escaped::write);
    look.set_loader(|name| {
        let Some(file) = Templates::get(name) else { return Ok(None) };
        let text = String::from_utf8(file.data.into_owned());
        text.map(Some).map_err(|_| minijinja::Error::from(ErrorKind::BadSerialization))
    });
    look.add_filter("day", |text: &str| times::day(text));
    look.add_filter("month", |text: &str| times::month_of(text));
    look.add_filter("moment", |text: &str| times::moment(text));
    look.add_filter("due", |text: &str| times::due(text));
    look.add_filter("weekday", |text: &str| times::weekday(text));
    look.add_filter("on_the_wall", |text: &str| times::on_the_wall(text));
    look.add_filter("clock", |text: &str| times::time(text));
    look.add_filter("date", |text: &str| times::date(text));
    look.add_filter("minutes_to", |from: &str, to: &str| times::minutes(from, to));
    let clock = Arc::clone(now);
    look.add_filter("when", move |text: &str| times::when(text, clock()));
    look.add_filter("working", |minutes: i64| times::working(minutes));
    look.add_filter("strip", |clock: minijinja::Value| {
        strip::of(&json!(clock)).map(|strip| minijinja::Value::from(Serde(strip)))
    });
    look.add_filter("words", |code: &str| words::of(code));
    look.add_filter("doing", |action: &str| words::doing(action));
    look.add_filter("of_field", |field: &str| words::of_field(field));
    look.add_filter("money", money_of);
    look.add_filter("size", size);
    look.add_filter("many", |number: u64| money::in_thousands(number));
    look.add_filter("happened", |event: minijinja::Value, reader: Option<minijinja::Value>| {
        happened::told(&json!(event), &json!(reader))
    });
    look.add_filter("told", |value: minijinja::Value| told_of(&value));
    look.add_filter("place", |pointer: &str| told::place(pointer));
    look.add_filter("json", |value: minijinja::Value| json_of(&value));
    let clock = Arc::clone(now);
    look.add_function("periods", move || times::periods(clock()));
    look.add_function("link", place::link);
    look.add_filter("sentence", |says: &str| faults::sentence(says));
    look.add_filter("rows", rows);
    look.add_function("kinds_of_event", || minijinja::Value::from(Serde(happened::kinds())));
    look.add_function("needs", need::all);
    look.add_filter("suggested", |seen: &str| need::suggested(seen));
    // What was typed for a number, before anybody has judged it.
    look.add_filter("whole", |typed: &str| typed.trim().parse::<u32>().unwrap_or_default());
    look
}

/// `812 bytes`, `36 kB`, `4.2 MB`: how large a file is, as programs say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// How many rows of a list somebody typed: `typed | rows("closures")`.
fn rows(typed: &minijinja::Value, list: &str) -> Result<usize, minijinja::Error> {
    let said = |name: &minijinja::Value| typed.get_item(name).is_ok_and(|it| it.is_true());
    let names: Vec<String> = typed.try_iter()?.filter(said).map(|it| it.to_string()).collect();
    Ok(fields::rows(names.iter().map(String::as_str), list))
}

/// `£1,650`, `£16.50`, from `{"pence": 1650}` or a number of pence.
fn money_of(amount: minijinja::Value) -> String {
    let pence = amount.get_attr("pence").ok().and_then(|it| i64::try_from(it).ok());
    pence.or_else(|| i64::try_from(amount).ok()).map(money::written).unwrap_or_default()
}

/// As JSON that a person can follow with a finger.
fn json_of(value: &minijinja::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Any answer of the API, in words.
fn told_of(value: &minijinja::Value) -> String {
    serde_json::to_value(value).map(|value| told::value(&value)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look() -> Environment<'static> {
        let now: Arc<dyn Fn() -> Timestamp + Send + Sync> = Arc::new(|| Timestamp::UNIX_EPOCH);
        spoken(&now)
    }

    #[test]
    fn every_template_can_be_read() {
        let look = look();
        let broken: Vec<String> = Templates::iter()
            .filter_map(|name| Some(format!("{:#}", look.get_template(&name).err()?)))
            .collect();
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn whatever_is_shown_is_text() {
        let shown = json!({
            "me": {"role": "adviser", "name": "<b onclick='x'>\"&"},
            "may": {}, "query": {}, "token": "t", "key": "k", "status": 404,
        });
        let look = look();
        let page = look.get_template("failed.html").unwrap();
        let page = page.render(minijinja::Value::from(Serde(shown))).unwrap();
        assert!(page.contains("&lt;b onclick=") && !page.contains("<b onclick"), "{page}");
    }

    #[test]
    fn a_size_is_written_in_the_unit_that_fits() {
        assert_eq!([size(812), size(36_500), size(4_260_000)], ["812 bytes", "36 kB", "4.2 MB"]);
    }
}
