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
//! | `values.0:in_pence` | a number of pence: 600000 for `6,000` |
//! | `child.date_of_birth:day`, `:month`, `:year` | a date |
//! | `school_urn:last` | the last word of a choice: `900001` of `Ambergate School, 900001` |
//! | `at:london` | an instant, from `2026-12-04T09:30` on a clock in London |
//! | `at:on`, `at:clock` | an instant, from a day and `9:30am` in London; nothing without a time |
//! | `key_worker_of:named` | `service` in it is `early-help`, for `service:early-help` |
//! | `votes:each-named.1` | one more, `ada`, in its list `against`, for `against:ada` |
//! | `overrides.0:left_out` | nothing: this place of a list, when it is ticked, is not there |
//! | `answers.0.question:beside` | a number, if anything else was said in its row |
//! | `items:choice` | a list, of the rows that are `:taken`, in the order of their `:place` (`choice`) |
//! | `choice:json` | what a choice of the page's own says in JSON |
//!
//! A name that begins with `_` is the page's own, and goes nowhere.
//!
//! What cannot be read so is passed on as it was typed, so that the API's own fault says what is
//! wrong, beside the field. Nothing is judged here.

mod choice;

pub(crate) use choice::as_sent;

use crate::place::Pairs;
use crate::times;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A list has no more places than this: the longest that a form shows has the days of a year.
const MOST_PLACES: usize = 400;

/// The body that these fields stand for.
pub(crate) fn body(pairs: &Pairs) -> Value {
    let rows = Rows::of(pairs);
    let mut body = rows.emptied();
    let there = pairs.iter().filter(|(name, _)| !name.starts_with('_') && !rows.leaves_out(name));
    let fields: Vec<(String, &str)> =
        there.map(|(name, typed)| (rows.counted(name), typed.as_str())).collect();
    let mut dates: BTreeMap<&str, [&str; 3]> = BTreeMap::new();
    let mut moments: BTreeMap<&str, [&str; 2]> = BTreeMap::new();
    for (name, typed) in &fields {
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
            "beside" => put(&mut body, place, read("number", typed)),
            "choice" | "taken" | "place" => {}
            kind => put(&mut body, place, read(kind, typed)),
        }
    }
    for (place, [year, month, day]) in dates {
        put(&mut body, place, Value::String(date(year, month, day)));
    }
    for (place, [on, clock]) in moments.into_iter().filter(|(_, [_, clock])| !clock.is_empty()) {
        put(&mut body, place, times::at(on, clock).map_or_else(|| text(clock), Value::String));
    }
    choice::settle(&mut body, pairs);
    body
}

/// What says of a row that it is to be left out.
const LEFT_OUT: &str = ":left_out";
/// What says a row's number, which is nothing by itself.
const BESIDE: &str = ":beside";

/// How the rows of a form's lists are counted through: a row that was left empty, or that is to be
/// left out, is not there, and those after it move up.
pub(crate) struct Rows {
    left_out: Vec<String>,
    /// Those of which nothing is said but the number beside them.
    empty: Vec<String>,
    /// The rows that are there, by the name of their list.
    there: BTreeMap<String, Vec<usize>>,
}

impl Rows {
    pub(crate) fn of(pairs: &Pairs) -> Self {
        let names = || pairs.iter().map(|(name, _)| name.as_str());
        let left_out = names().filter_map(|name| name.strip_suffix(LEFT_OUT)).map(str::to_owned);
        let empty = names().filter_map(|name| Some(name.strip_suffix(BESIDE)?.rsplit_once('.')?.0));
        let said = |row: &str| {
            let within = |name: &str| name.strip_prefix(row).is_some_and(|it| it.starts_with('.'));
            names().any(|name| !name.ends_with(BESIDE) && within(name))
        };
        let empty = empty.filter(|row| !said(row)).map(str::to_owned).collect();
        let mut rows = Self { left_out: left_out.collect(), empty, there: BTreeMap::new() };
        let mut there: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for name in names().filter(|name| !rows.leaves_out(name)) {
            walk(name, |list, row| {
                there.entry(list.to_owned()).or_default().insert(row);
                (row, row)
            });
        }
        let sorted = |(list, rows): (String, BTreeSet<usize>)| (list, rows.into_iter().collect());
        rows.there = there.into_iter().map(sorted).collect();
        rows
    }

    fn leaves_out(&self, name: &str) -> bool {
        self.left_out.iter().chain(&self.empty).any(|row| {
            name.strip_prefix(row.as_str()).is_some_and(|rest| rest.starts_with(['.', ':']))
        })
    }

    /// A body of lists that every row can be left out of.
    fn emptied(&self) -> Value {
        let mut body = Value::Object(Map::new());
        let lists = self.left_out.iter().filter_map(|row| Some(row.rsplit_once('.')?.0));
        for list in lists.filter(|list| !self.leaves_out(&format!("{list}."))) {
            put(&mut body, &self.counted(list), json!([]));
        }
        body
    }

    /// The name of a field as the API is told it.
    fn counted(&self, name: &str) -> String {
        walk(name, |list, row| {
            let there = self.there.get(list);
            (row, there.map_or(row, |there| there.iter().filter(|it| **it < row).count()))
        })
    }

    /// The name of a field that the API speaks of, as it stands in the form.
    pub(crate) fn as_typed(&self, field: &str) -> String {
        walk(field, |list, row| {
            let typed = self.there.get(list).and_then(|there| there.get(row)).copied();
            (typed.unwrap_or(row), typed.unwrap_or(row))
        })
    }
}

/// Goes along a field's name and puts another number in place of each. What is told of a number
/// is its list, as the form names it; what is asked is its number in the form, and the other one.
fn walk(name: &str, mut numbers: impl FnMut(&str, usize) -> (usize, usize)) -> String {
    let (place, kind) = name.split_at(name.find(':').unwrap_or(name.len()));
    let (mut list, mut walked) = (String::new(), String::new());
    for (at, part) in place.split('.').enumerate() {
        let dot = if at == 0 { "" } else { "." };
        let (typed, other) = match part.parse::<usize>() {
            Ok(row) => {
                let (typed, other) = numbers(&list, row);
                (typed.to_string(), other.to_string())
            }
            Err(_) => (part.to_owned(), part.to_owned()),
        };
        list = list + dot + &typed;
        walked = walked + dot + &other;
    }
    walked + kind
}

/// How many rows of a list were typed.
pub(crate) fn rows<'a>(names: impl Iterator<Item = &'a str>, list: &str) -> usize {
    let row = |name: &str| {
        let rest = name.strip_prefix(list)?.strip_prefix('.')?;
        rest.split(['.', ':']).next()?.parse::<usize>().ok()
    };
    names.filter_map(row).max().map_or(0, |last| last + 1)
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
        "in_pence" => pence(typed).map_or_else(as_typed, Value::from),
        "last" => typed.split_whitespace().next_back().map_or_else(as_typed, text),
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

/// Where a value goes; all of the body, for no place. None, for a place that no form of ours names.
pub(crate) fn slot<'a>(body: &'a mut Value, place: &str) -> Option<&'a mut Value> {
    let mut at = body;
    for part in place.split('.').filter(|_| !place.is_empty()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(fields: &[(&str, &str)]) -> Value {
        let pairs = fields.iter().map(|(name, typed)| ((*name).into(), (*typed).into())).collect();
        body(&pairs)
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
            ("values.0:in_pence", "6,000"),
            ("school_urn:last", "Ambergate Junior Academy, 900001"),
        ];
        let expected = json!({
            "child": {"given_name": "Ada", "date_of_birth": "2017-04-09", "year_group": 4},
            "consent": {"given": true},
            "support_sought": ["advice", "equipment"],
            "provision": [{"cost_per_hour": {"pence": 1650}}],
            "values": [600_000],
            "school_urn": "900001",
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
    fn a_fault_of_a_row_that_moved_up_stands_at_the_row_that_was_typed() {
        let names = ["rows.0:left_out", "rows.0.to", "rows.4.ways.2.to", "rows.4.ways.5.to"];
        let pairs = names.map(|name| (name.to_owned(), "x".to_owned())).to_vec();
        let sent = json!({"rows": [{"ways": [{"to": "x"}, {"to": "x"}]}]});
        assert_eq!(body(&pairs), sent);
        let rows = Rows::of(&pairs);
        assert_eq!(rows.as_typed("rows.0.ways.1.to"), "rows.4.ways.5.to");
        assert_eq!(rows.as_typed("rows.9.ways.1.to"), "rows.9.ways.1.to");
    }

    #[test]
    fn the_rows_that_were_typed_are_counted() {
        let names = ["rows.0.on", "rows.2:left_out", "rows_of_others.9", "other"];
        assert_eq!(rows(names.into_iter(), "rows"), 3);
        assert_eq!(rows(names.into_iter(), "none"), 0);
    }

    #[test]
    fn a_row_that_was_left_empty_is_not_there_for_its_number() {
        let fields = [
            ("answers.0.question:beside", "4"),
            ("answers.1.question:beside", "5"),
            ("answers.1.text", "Yes"),
        ];
        assert_eq!(of(&fields), json!({"answers": [{"question": 5, "text": "Yes"}]}));
        assert_eq!(of(&fields[..1]), json!({}));
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
