//! A promise as a strip: its ledger from left to right, as wide as it counts.
//!
//! Working time is drawn to scale. Nights, weekends and holidays do not count, and are slivers:
//! one sees that they were there. What is left of a promise that runs comes last.

use serde::Serialize;
use serde_json::Value;

/// A strip is so many units wide.
const WIDTH: i64 = 1000;
/// A stretch that does not count is drawn as this part of all that does.
const SLIVERS: i64 = 120;

/// A promise, drawn.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Strip {
    parts: Vec<Part>,
    /// Where it is due, if that is known.
    due: Option<i64>,
    /// Working minutes by which it is late.
    late: i64,
    /// Working minutes that it waited for the school.
    waited: i64,
    /// Working minutes that are left.
    left: i64,
}

/// A stretch of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Part {
    /// `counting`, `late`, `closed`, `waiting` or `rest`.
    kind: &'static str,
    x: i64,
    width: i64,
}

/// Draws a promise as `GET /requests/{id}/clocks` tells it; nothing, where it tells none.
pub(crate) fn of(clock: &Value) -> Option<Strip> {
    let counted = clock.get("working_minutes")?.as_i64()?;
    let left = clock.get("working_minutes_left").and_then(Value::as_i64);
    let running = clock.get("stopped_at").is_none_or(Value::is_null);
    let allowed = left.map_or(i64::MAX, |left| counted + left);
    let mut stretches = Stretches::default();
    for entry in clock.get("ledger")?.as_array()? {
        stretches.add(entry, allowed);
    }
    let rest = left.filter(|left| running && *left > 0).unwrap_or_default();
    if rest > 0 {
        stretches.0.push(("rest", rest));
    }
    let waited = stretches.of("waiting");
    let parts = stretches.drawn();
    let due = due_in(&parts);
    let late = left.map_or(0, |left| (-left).max(0));
    Some(Strip { parts, due, late, waited, left: rest })
}

/// Kinds of time and how many minutes of each, in order.
#[derive(Default)]
struct Stretches(Vec<(&'static str, i64)>);

impl Stretches {
    fn of(&self, kind: &str) -> i64 {
        self.0.iter().filter(|(it, _)| *it == kind).map(|(_, minutes)| minutes).sum()
    }

    /// One entry of a ledger; what counts beyond the minutes that are allowed is late.
    fn add(&mut self, entry: &Value, allowed: i64) {
        let minutes = |name| entry.get(name).and_then(Value::as_i64).unwrap_or_default();
        match entry.get("kind").and_then(Value::as_str).unwrap_or_default() {
            "counting" => {
                let counted = self.of("counting") + self.of("late");
                let in_time = minutes("working_minutes").min((allowed - counted).max(0));
                let late = minutes("working_minutes") - in_time;
                let both = [("counting", in_time), ("late", late)];
                self.0.extend(both.into_iter().filter(|(_, minutes)| *minutes > 0));
            }
            "awaiting_information" => self.0.push(("waiting", minutes("waited_minutes"))),
            _ => self.0.push(("closed", 0)),
        }
    }

    /// To scale.
    fn drawn(&self) -> Vec<Part> {
        let whole: i64 = self.0.iter().map(|(_, minutes)| minutes).sum();
        let sliver = whole / SLIVERS + 1;
        let wide = |minutes: i64| minutes.max(sliver);
        let all: i64 = self.0.iter().map(|(_, minutes)| wide(*minutes)).sum();
        let mut before = 0;
        let parts = self.0.iter().map(|(kind, minutes)| {
            let x = before * WIDTH / all;
            before += wide(*minutes);
            Part { kind, x, width: before * WIDTH / all - x }
        });
        parts.collect()
    }
}

/// Where it is due: where what is late begins, or where all that is left ends.
fn due_in(parts: &[Part]) -> Option<i64> {
    let late = parts.iter().find(|part| part.kind == "late").map(|part| part.x);
    let rest = parts.last().filter(|part| part.kind == "rest");
    late.or(rest.map(|part| part.x + part.width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn drawn(clock: &Value) -> Vec<(&'static str, i64, i64)> {
        let strip = of(clock).unwrap();
        strip.parts.iter().map(|part| (part.kind, part.x, part.width)).collect()
    }

    #[test]
    fn what_counts_is_to_scale_and_a_night_is_a_sliver() {
        let clock = json!({"working_minutes": 480, "working_minutes_left": 480, "stopped_at": null,
        "ledger": [
            {"kind": "counting", "working_minutes": 240},
            {"kind": "closed", "working_minutes": 0},
            {"kind": "counting", "working_minutes": 240},
        ]});
        assert_eq!(
            drawn(&clock),
            [("counting", 0, 247), ("closed", 247, 9), ("counting", 256, 248), ("rest", 504, 496)]
        );
        assert_eq!(of(&clock).unwrap().due, Some(WIDTH));
    }

    #[test]
    fn what_counts_beyond_the_due_minute_is_late() {
        let clock = json!({"working_minutes": 200, "working_minutes_left": -100, "stopped_at": null,
            "ledger": [{"kind": "counting", "working_minutes": 200}]});
        let strip = of(&clock).unwrap();
        assert_eq!(drawn(&clock), [("counting", 0, 500), ("late", 500, 500)]);
        assert_eq!((strip.due, strip.late, strip.left), (Some(500), 100, 0));
    }

    #[test]
    fn a_wait_is_as_long_as_it_moved_the_promise() {
        let clock = json!({"working_minutes": 100, "working_minutes_left": null, "stopped_at": null,
        "ledger": [
            {"kind": "counting", "working_minutes": 100},
            {"kind": "awaiting_information", "working_minutes": 0, "waited_minutes": 300},
        ]});
        assert_eq!(drawn(&clock), [("counting", 0, 250), ("waiting", 250, 750)]);
        assert_eq!(of(&clock).unwrap().due, None);
    }

    #[test]
    fn what_is_no_promise_is_not_drawn() {
        assert_eq!(of(&json!({"promise": "respond"})), None);
        assert_eq!(
            of(&json!({"working_minutes": 0, "ledger": []})).map(|it| it.parts),
            Some(vec![])
        );
    }
}
