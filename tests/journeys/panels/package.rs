//! What is given to Leo: by three agencies at first, and half as much after the review.

use super::children::because;
use serde_json::{Value, json};

/// Who gives it, what it is, to what end, and who sees to it.
type Words<'a> = [&'a str; 5];

const ASSISTANT: Words<'_> = [
    "service",
    "specialist-sen",
    "A specialist teaching assistant beside Leo in the mornings",
    "Leo stays in class for the whole morning on four days of five",
    "Dawn Farrow, specialist teacher",
];
const THERAPIST: Words<'_> = [
    "service",
    "speech-language-therapy",
    "A speech and language therapist, once a month at school",
    "Leo asks for a break with a word or a card",
    "Tessa Birch, speech and language therapist",
];
const AT_HOME: Words<'_> = [
    "agency",
    "social_care",
    "A family support worker at home",
    "Leo sleeps through on five nights of seven",
    "Ian Fenwick, family support worker",
];

fn contribution(words: Words<'_>, given: Value, funding: &str, days: [&str; 3]) -> Value {
    let [kind, who, what, outcome, lead] = words;
    let [starts, ends, review_on] = days;
    let mut contribution = given;
    contribution[kind] = json!(who);
    for (member, text) in [
        ("what", what),
        ("outcome", outcome),
        ("lead", lead),
        ("funding", funding),
        ("starts", starts),
        ("ends", ends),
        ("review_on", review_on),
    ] {
        contribution[member] = json!(text);
    }
    contribution
}

fn assistant(hours: u8, days: [&str; 3]) -> Value {
    let given = json!({"support": "specialist_hlta", "quantity": hours, "unit": "hour",
        "frequency": "term_weekly", "unit_cost": {"pence": 2150}});
    contribution(ASSISTANT, given, "high_needs", days)
}

fn therapist(days: [&str; 3]) -> Value {
    let given = json!({"support": "advice", "quantity": 1, "unit": "session",
        "frequency": "monthly", "unit_cost": {"pence": 9400}});
    contribution(THERAPIST, given, "health", days)
}

fn package(contributions: &[Value]) -> Value {
    json!({
        "key_worker": {"name": "Dawn Farrow", "role": "specialist teacher",
            "contact": "01632 960 417"},
        "key_worker_of": {"service": "specialist-sen"},
        "contributions": contributions,
    })
}

/// What three agencies give to Leo, above what the panel decides by itself.
pub(super) fn three_agencies() -> Value {
    let days = ["2026-09-21", "2027-07-20", "2027-01-18"];
    let given = json!({"support": "placement_support", "quantity": 2, "unit": "hour",
        "frequency": "weekly", "unit_cost": {"pence": 2450}});
    let spring = ["2026-09-21", "2027-03-19", "2027-01-18"];
    let at_home = contribution(AT_HOME, given, "social_care", spring);
    json!({
        "decision": "package",
        "reason": because("need_beyond_ordinary", "specialist-sen/autism",
            "Leo needs more than his school and one service can give."),
        "evidence": ["request", "cycle:1", "cycle:2", "provision", "heard"],
        "package": package(&[assistant(15, days), therapist(days), at_home]),
    })
}

/// What the review found, and what goes on from there.
pub(super) fn half_as_much() -> Value {
    let found = |number: u8, outcome: &str, measure: &str| {
        json!({"number": number,
        "outcome": outcome, "measure": measure})
    };
    let days = ["2027-01-25", "2027-07-20", "2027-05-10"];
    json!({
        "results": [
            found(1, "met", "In class for every morning of the last three weeks."),
            found(2, "partly", "A card on most days, a word on some."),
            found(3, "met", "Six nights of seven since November."),
        ],
        "text": "Leo needs an adult beside him for half of the time now; his family manages.",
        "then": "change",
        "package": package(&[assistant(7, days), therapist(days)]),
    })
}
