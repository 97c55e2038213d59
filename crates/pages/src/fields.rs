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
mod kind;
mod rows;
mod slot;

pub(crate) use choice::as_sent;
pub(crate) use rows::{LEFT_OUT, Rows, rows};
pub(crate) use slot::slot;

use crate::place::Pairs;
use crate::times;
use kind::{date, read, text};
use serde_json::Value;
use slot::{push, put};
use std::collections::BTreeMap;

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

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
    }
}
