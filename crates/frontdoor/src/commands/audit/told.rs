//! Answers about the past in lines for people: what stands on top, then one line for each event,
//! change or decision. Everything is in the JSON.

use serde_json::Value;

/// The members of an answer that are lists, each with the members that its lines show.
const LISTS: [(&str, &[&str]); 6] = [
    ("changes", &["pointer", "before", "after"]),
    ("triages", &["position", "recorded_at", "ruleset_version", "same", "why"]),
    ("items", &["reference", "position", "recorded_at", "why"]),
    ("events", &["position", "recorded_at", "type"]),
    ("timeline", &["position", "recorded_at", "type", "why"]),
    ("withheld", &["position", "why"]),
];

/// Members that stand on top, in this order, where an answer has them.
const TOP: [&str; 15] = [
    "reference",
    "status",
    "version",
    "school_urn",
    "school_name",
    "visible",
    "as_at",
    "position",
    "replayed",
    "same",
    "different",
    "ruleset_version",
    "facts_from",
    "why",
    "respond_by",
];

/// The answer, line by line.
pub(super) fn tell(answer: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for name in TOP {
        if let Some(value) = answer.get(name).filter(|value| !value.is_object()) {
            lines.push(format!("{name}: {}", text(value)));
        }
    }
    if let Some(note) = answer["checkpoint"]["note"].as_str() {
        lines.push(format!("checkpoint:\n{}", note.trim_end()));
    }
    for (list, members) in LISTS {
        let Some(items) = answer.get(list).and_then(Value::as_array) else { continue };
        lines.push(format!("{list} ({}):", items.len()));
        lines.extend(items.iter().map(|item| line(item, members)));
    }
    lines
}

fn line(item: &Value, members: &[&str]) -> String {
    let shown: Vec<_> = members.iter().map(|member| text(&item[*member])).collect();
    format!("  {}", shown.join("  "))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_known_stands_on_top_and_events_in_lines() {
        let answer = json!({
            "reference": "FD-1", "position": 7, "checkpoint": {"note": "log\n7\nroot\n"},
            "events": [{"position": 7, "recorded_at": "2026-05-04T09:30:00Z", "type": "request.received"}],
        });
        let expected = [
            "reference: FD-1",
            "position: 7",
            "checkpoint:\nlog\n7\nroot",
            "events (1):",
            "  7  2026-05-04T09:30:00Z  request.received",
        ];
        assert_eq!(tell(&answer), expected);
    }
}
