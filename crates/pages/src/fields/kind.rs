//! What a field holds, when that is not plain text: numbers, money, days, times, truths.

use crate::times;
use serde_json::{Value, json};

/// What was typed, read as this kind of thing; as text, if it is none.
pub(super) fn read(kind: &str, typed: &str) -> Value {
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
pub(super) fn text(typed: &str) -> Value {
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
pub(super) fn date(year: &str, month: &str, day: &str) -> String {
    format!("{year}-{month:0>2}-{day:0>2}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pounds_with_pence_are_exact(pounds in 0_i64..1_000_000, pence in 0_i64..100) {
            let typed = format!("{pounds}.{pence:02}");
            prop_assert_eq!(super::pence(&typed), Some(pounds * 100 + pence));
        }
    }
}
