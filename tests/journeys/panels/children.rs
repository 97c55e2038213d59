//! The children of the story, as their schools ask for them. Nobody of these names is real.

use serde_json::{Value, json};

/// A child for whom everything was tried that a school is expected to try.
pub(super) fn child(name: (&str, &str), need: &str, sought: &str, says: &str) -> Value {
    let cycle = |started: &str, reviewed: &str, provision: &str| {
        json!({"started": started, "reviewed": reviewed, "provision": provision,
            "outcome": "some_progress"})
    };
    json!({
        "requested_by": {"name": "R. Hughes", "role": "SENCO"},
        "about": "child",
        "child": {"given_name": name.0, "family_name": name.1, "date_of_birth": "2017-04-09",
            "year_group": 4, "sen_provision": "K"},
        "needs": {"primary": need, "description": says},
        "support_sought": [sought],
        "tried": [
            cycle("2026-01-12", "2026-03-20", "A visual timetable and a quiet place to work."),
            cycle("2026-04-20", "2026-07-03", "A group of three, every morning."),
        ],
        "provision": [{"what": "Teaching assistant beside the child", "hours_per_week": 10.0,
            "weeks_per_year": 38, "cost_per_hour": {"pence": 1650}}],
        "consent": {"given": true, "by": "parent", "on": "2026-07-10", "method": "written"},
        "summary": says,
    })
}

/// Why a panel decides as it does.
pub(super) fn because(code: &str, criterion: &str, text: &str) -> Value {
    json!({"code": code, "criteria": [criterion], "text": text})
}
