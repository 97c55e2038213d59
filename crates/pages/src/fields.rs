//! The fields of a form, read as the JSON that the API expects.
//!
//! A field is named by its place in the body: `child.upn`, `tried.0.started`. After a colon it
//! says what it holds, when that is not plain text:
//!
//! | name | becomes |
//! |---|---|
//! | `needs.others:each` | one more in a list |
//! | `child.year_group:number` | a number |
//! | `consent.given:yes` | true for `yes`, false for `no` |
//! | `provision.0.cost_per_hour:pounds` | `{"pence": 1650}` for `16.50` |
//! | `child.date_of_birth:day`, `:month`, `:year` | a date |
//! | `at:london` | an instant, from `2026-12-04T09:30` on a clock in London |
//! | `at:on`, `at:clock` | an instant, from a day and `9:30am` in London; nothing without a time |
//! | `key_worker_of:named` | `service` in it is `early-help`, for `service:early-help` |
//! | `votes:each-named.1` | one more, `ada`, in its list `against`, for `against:ada` |
//! | `overrides.0:left_out` | nothing: this place of a list, when it is ticked, is not there |
//! | `choice:json` | what a choice of the page's own says in JSON |
//!
//! A name that begins with `_` is the page's own, and goes nowhere.
//!
//! What cannot be read so is passed on as it was typed, so that the API's own fault says what is
//! wrong, beside the field. Nothing is judged here.

use crate::place::Pairs;
use crate::times;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A list has no more places than this: the form's own pages offer far fewer.
const MOST_PLACES: usize = 100;

/// The body that these fields stand for.
pub(crate) fn body(pairs: &Pairs) -> Value {
    let mut body = Value::Object(Map::new());
    let mut dates: BTreeMap<&str, [&str; 3]> = BTreeMap::new();
    let mut moments: BTreeMap<&str, [&str; 2]> = BTreeMap::new();
    let mut left_out: Vec<&str> = Vec::new();
    for (name, typed) in pairs.iter().filter(|(name, _)| !name.starts_with('_')) {
        let (place, kind) = name.split_once(':').unwrap_or((name, "text"));
        match kind {
            "year" => dates.entry(place).or_default()[0] = typed.trim(),
            "month" => dates.entry(place).or_default()[1] = typed.trim(),
            "day" => dates.entry(place).or_default()[2] = typed.trim(),
            "on" => moments.entry(place).or_default()[0] = typed.trim(),
            "clock" => moments.entry(place).or_default()[1] = typed.trim(),
            "each" => push(&mut body, place, typed),
            "named" => match typed.split_once(':') {
                Some((name, typed)) => put(&mut body, &format!("{place}.{name}"), text(typed)),
                None => put(&mut body, place, text(typed)),
            },
            kind if kind.starts_with("each-named.") => match typed.split_once(':') {
                Some((name, typed)) => push(&mut body, &format!("{place}.{name}"), typed),
                None => put(&mut body, place, text(typed)),
            },
            "left_out" => left_out.push(place),
            kind => put(&mut body, place, read(kind, typed)),
        }
    }
    for (place, [year, month, day]) in dates {
        put(&mut body, place, Value::String(date(year, month, day)));
    }
    for (place, [on, clock]) in moments.into_iter().filter(|(_, [_, clock])| !clock.is_empty()) {
        put(&mut body, place, times::at(on, clock).map_or_else(|| text(clock), Value::String));
    }
    for place in left_out {
        put(&mut body, place, Value::Null);
    }
    close_up(&mut body);
    body
}

/// A field in a page's own query, as the API asks for it: only times are written differently.
pub(crate) fn in_query<'a>(name: &'a str, typed: &str) -> (&'a str, String) {
    match name.split_once(':') {
        Some((place, "london")) => (place, times::instant(typed).unwrap_or_else(|| typed.into())),
        _ => (name, typed.to_owned()),
    }
}

fn read(kind: &str, typed: &str) -> Value {
    let as_typed = || text(typed);
    match kind {
        "number" => serde_json::from_str(typed.trim())
            .ok()
            .filter(Value::is_number)
            .unwrap_or_else(as_typed),
        "yes" => match typed {
            "yes" => Value::Bool(true),
            "no" => Value::Bool(false),
            _ => as_typed(),
        },
        "pounds" => pence(typed).map_or_else(as_typed, |pence| json!({ "pence": pence })),
        "london" => times::instant(typed).map_or_else(as_typed, Value::String),
        "json" => serde_json::from_str(typed).unwrap_or_else(|_| as_typed()),
        _ => as_typed(),
    }
}

/// Text as people mean it: with one kind of line end, and nothing around it.
fn text(typed: &str) -> Value {
    Value::String(typed.replace("\r\n", "\n").trim().to_owned())
}

/// `16.5`, `£1,650`, `16.50`: never through a floating point number.
fn pence(typed: &str) -> Option<i64> {
    let plain = typed.trim().trim_start_matches('£').replace([',', ' '], "");
    let (pounds, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(pounds) || !digits(rest) || rest.len() > 2 || plain.is_empty() {
        return None;
    }
    format!("{pounds}{rest:0<2}").parse().ok()
}

/// `2017-04-09` from `2017`, `4`, `9`; a part that is missing is left out.
fn date(year: &str, month: &str, day: &str) -> String {
    format!("{year}-{month:0>2}-{day:0>2}")
}

fn put(body: &mut Value, place: &str, value: Value) {
    if let Some(slot) = slot(body, place) {
        *slot = value;
    }
}

fn push(body: &mut Value, place: &str, typed: &str) {
    let Some(list) = slot(body, place) else { return };
    match list.as_array_mut() {
        Some(list) => list.push(text(typed)),
        None => *list = json!([text(typed)]),
    }
}

/// Where a value goes. None, for a place that no form of ours names.
fn slot<'a>(body: &'a mut Value, place: &str) -> Option<&'a mut Value> {
    let mut at = body;
    for part in place.split('.') {
        at = match part.parse::<usize>() {
            Ok(index) if index < MOST_PLACES => {
                if !at.is_array() {
                    *at = Value::Array(Vec::new());
                }
                let list = at.as_array_mut()?;
                while list.len() <= index {
                    list.push(Value::Null);
                }
                list.get_mut(index)?
            }
            Ok(_) => return None,
            Err(_) => {
                if !at.is_object() {
                    *at = Value::Object(Map::new());
                }
                at.as_object_mut()?.entry(part).or_insert(Value::Null)
            }
        };
    }
    Some(at)
}

/// Rows that were left empty are not there.
fn close_up(value: &mut Value) {
    match value {
        Value::Array(list) => {
            list.retain(|it| !it.is_null());
            list.iter_mut().for_each(close_up);
        }
        Value::Object(map) => map.values_mut().for_each(close_up),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(fields: &[(&str, &str)]) -> Value {
        body(&fields.iter().map(|(name, typed)| ((*name).into(), (*typed).into())).collect())
    }

    #[test]
    fn a_field_is_put_where_its_name_says() {
        let fields = [
            ("child.given_name", " Ada "),
            ("child.date_of_birth:day", "9"),
            ("child.date_of_birth:month", "4"),
            ("child.date_of_birth:year", "2017"),
            ("child.year_group:number", "4"),
            ("consent.given:yes", "yes"),
            ("support_sought:each", "advice"),
            ("support_sought:each", "equipment"),
            ("provision.1.cost_per_hour:pounds", "£16.5"),
        ];
        let expected = json!({
            "child": {"given_name": "Ada", "date_of_birth": "2017-04-09", "year_group": 4},
            "consent": {"given": true},
            "support_sought": ["advice", "equipment"],
            "provision": [{"cost_per_hour": {"pence": 1650}}],
        });
        assert_eq!(of(&fields), expected);
    }

    #[test]
    fn a_choice_can_say_which_of_several_places_it_is_for() {
        let fields = [
            ("by:named", "service:early-help"),
            ("votes:each-named.1", "for:ada"),
            ("votes:each-named.2", "against:ben"),
            ("votes:each-named.3", "for:cy"),
        ];
        let votes = json!({"for": ["ada", "cy"], "against": ["ben"]});
        assert_eq!(of(&fields), json!({"by": {"service": "early-help"}, "votes": votes}));
    }

    #[test]
    fn a_row_that_is_left_out_is_not_there_whatever_else_is_said_of_it() {
        let fields = [("rows.0.to", "a"), ("rows.1.to", "b"), ("rows.0:left_out", "yes")];
        assert_eq!(of(&fields), json!({"rows": [{"to": "b"}]}));
        assert_eq!(of(&[fields[0], fields[2]]), json!({"rows": []}));
    }

    #[test]
    fn what_is_the_page_s_own_goes_nowhere() {
        assert_eq!(of(&[("_understood", "yes"), ("a", "b")]), json!({"a": "b"}));
    }

    #[test]
    fn what_cannot_be_read_is_passed_on_as_it_was_typed() {
        let fields = [("a:number", "four"), ("b:pounds", "1.234"), ("c:yes", "perhaps")];
        assert_eq!(of(&fields), json!({"a": "four", "b": "1.234", "c": "perhaps"}));
        assert_eq!(of(&[("on:day", "31"), ("on:year", "2026")]), json!({"on": "2026-00-31"}));
        assert_eq!(
            of(&[("at:on", "2026-06-04"), ("at:clock", "noonish")]),
            json!({"at": "noonish"})
        );
    }

    #[test]
    fn a_time_of_a_known_day_is_an_instant_and_no_time_is_none() {
        let at = |clock| of(&[("at:on", "2026-06-04"), ("at:clock", clock)]);
        assert_eq!(at("9:30am"), json!({"at": "2026-06-04T08:30:00Z"}));
        assert_eq!(at(""), json!({}));
    }

    proptest! {
        #[test]
        fn no_form_however_made_is_too_much(fields: Vec<(String, String)>) {
            let _body = body(&fields);
        }

        #[test]
        fn pounds_with_pence_are_exact(pounds in 0_i64..1_000_000, pence in 0_i64..100) {
            let typed = format!("{pounds}.{pence:02}");
            prop_assert_eq!(super::pence(&typed), Some(pounds * 100 + pence));
        }
    }
}
