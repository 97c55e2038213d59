//! Readers of single values. Each takes a value, its pointer and the faults found so far.

use super::Faults;
use domain::money::{Money, TenThousandths};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::fmt::Display;
use std::str::FromStr;

/// The text of a value; anything else is a fault.
fn string<'a>(value: &'a Value, at: &str, faults: &mut Faults) -> Option<&'a str> {
    let text = value.as_str();
    if text.is_none() {
        faults.say(at, "text, in quotation marks");
    }
    text
}

/// One line of text, of at most so many characters.
pub(crate) fn text(most: usize) -> impl Fn(&Value, &str, &mut Faults) -> Option<String> {
    move |value, at, faults| plain(value, at, faults, most, char::is_control)
}

/// Text of several lines, of at most so many characters.
pub(crate) fn text_block(most: usize) -> impl Fn(&Value, &str, &mut Faults) -> Option<String> {
    let refused = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    move |value, at, faults| plain(value, at, faults, most, refused)
}

fn plain(
    value: &Value,
    at: &str,
    faults: &mut Faults,
    most: usize,
    refused: impl Fn(char) -> bool,
) -> Option<String> {
    let text = string(value, at, faults)?;
    let length = text.chars().count();
    if length > most {
        faults.say(at, format!("at most {most} characters; there are {length}"));
        return None;
    }
    if text.chars().any(refused) {
        faults.say(at, "control characters are not text");
        return None;
    }
    if text.trim().is_empty() {
        faults.say(at, "there is nothing in it: say something, or leave it out");
        return None;
    }
    Some(text.to_owned())
}

/// Text that means something: a code, an id, a number with its own check.
pub(crate) fn via<T>(
    value: &Value,
    at: &str,
    faults: &mut Faults,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    let text = string(value, at, faults)?;
    parse(text).map_err(|detail| faults.say(at, detail)).ok()
}

/// A code of one of the published lists, or anything else that parses from text.
pub(crate) fn code<T: FromStr<Err: Display>>(
    value: &Value,
    at: &str,
    faults: &mut Faults,
) -> Option<T> {
    via(value, at, faults, |text| text.parse().map_err(|error: T::Err| error.to_string()))
}

/// True or false.
pub(crate) fn flag(value: &Value, at: &str, faults: &mut Faults) -> Option<bool> {
    let flag = value.as_bool();
    if flag.is_none() {
        faults.say(at, "true or false, without quotation marks");
    }
    flag
}

/// A date, `YYYY-MM-DD`, not before 1900.
pub(crate) fn date(value: &Value, at: &str, faults: &mut Faults) -> Option<Date> {
    via(value, at, faults, |text| {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let date = text.parse::<Date>().ok().filter(|date| shaped && date.year() >= 1900);
        date.ok_or_else(|| "a date of the calendar, written 2026-11-23".to_owned())
    })
}

/// An instant, RFC 3339.
pub(crate) fn instant(value: &Value, at: &str, faults: &mut Faults) -> Option<Timestamp> {
    via(value, at, faults, |text| {
        text.parse().map_err(|_| "an instant, written 2026-11-23T09:30:00Z".to_owned())
    })
}

/// A whole number within bounds.
pub(crate) fn number<T: TryFrom<i64>>(
    least: i64,
    most: i64,
) -> impl Fn(&Value, &str, &mut Faults) -> Option<T> {
    move |value, at, faults| {
        let number = value.as_i64().filter(|number| (least..=most).contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            faults.say(at, format!("a whole number from {least} to {most}"));
        }
        number
    }
}

/// A number with at most four decimals, from nought to `most`.
pub(crate) fn decimal(most: i32) -> impl Fn(&Value, &str, &mut Faults) -> Option<TenThousandths> {
    move |value, at, faults| {
        let bounds = TenThousandths::whole(0)..=TenThousandths::whole(most);
        let decimal = match value {
            Value::Number(number) => TenThousandths::parse(&number.to_string()),
            Value::Null
            | Value::Bool(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        };
        let decimal = decimal.filter(|decimal| bounds.contains(decimal));
        if decimal.is_none() {
            faults.say(at, format!("a number from 0 to {most}, with at most four decimals"));
        }
        decimal
    }
}

/// An amount, `{"pence": 1650}`, from nought to `most` pence.
pub(crate) fn money(most: i64) -> impl Fn(&Value, &str, &mut Faults) -> Option<Money> {
    move |value, at, faults| {
        let mut form = super::Form::of(value, at, faults)?;
        let pence = form.required("pence", faults, number(0, most));
        form.done(faults);
        Some(Money { pence: pence? })
    }
}

/// A list of at most so many.
pub(crate) fn list<'a, T>(
    most: usize,
    read: impl Fn(&'a Value, &str, &mut Faults) -> Option<T>,
) -> impl FnOnce(&'a Value, &str, &mut Faults) -> Option<Vec<T>> {
    move |value, at, faults| {
        let Some(items) = value.as_array() else {
            faults.say(at, "a list, in square brackets");
            return None;
        };
        if items.len() > most {
            faults.say(at, format!("at most {most} of them; there are {}", items.len()));
            return None;
        }
        let numbered = items.iter().enumerate();
        Some(
            numbered
                .filter_map(|(place, item)| read(item, &format!("{at}/{place}"), faults))
                .collect(),
        )
    }
}
