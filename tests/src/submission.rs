//! Submissions that are well-formed: one that is plain, and as many others as there are seeds.

use crate::dice::Dice;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// The codes of needs.
pub const NEEDS: [&str; 14] = [
    "SPLD", "MLD", "SLD", "PMLD", "SLCN", "ASD", "SEMH", "HI", "VI", "MSI", "PD", "DS", "OTH",
    "NSA",
];
const SUPPORT: [&str; 12] = [
    "advice",
    "assessment",
    "outreach",
    "inreach",
    "training",
    "funding",
    "equipment",
    "ict_assessment",
    "specialist_hlta",
    "placement_support",
    "reintegration",
    "ehc_assessment",
];
const CONCERNS: [&str; 11] = [
    "exclusion_risk",
    "permanently_excluded",
    "placement_breakdown",
    "part_time_timetable",
    "poor_attendance",
    "missing_education",
    "medical",
    "new_arrival_eal",
    "traveller_family",
    "critical_incident",
    "recent_diagnosis",
];
const SPECIALISTS: [&str; 7] = [
    "educational_psychology",
    "camhs",
    "specialist_teacher",
    "speech_language_therapy",
    "occupational_therapy",
    "physiotherapy",
    "early_help",
];

/// A request about a child with a hearing impairment, complete: it goes to one service.
#[must_use]
pub fn plain() -> Value {
    json!({
        "requested_by": {"name": "R. Hughes", "role": "SENCO"},
        "about": "child",
        "child": {"given_name": "Ivy", "family_name": "Firle", "date_of_birth": "2017-04-09"},
        "needs": {"primary": "HI"},
        "support_sought": ["equipment"],
        "consent": {"given": true, "by": "parent", "on": "2026-05-01", "method": "written"},
    })
}

/// The same without consent: the school must say something first.
#[must_use]
pub fn without_consent() -> Value {
    with(plain(), "/consent", json!({"given": false}))
}

/// A body with another value at a pointer whose parent is there.
#[must_use]
pub fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
    let parent = body.pointer_mut(parent).expect("a place in the body");
    parent[member] = value;
    body
}

/// Any well-formed submission.
#[must_use]
pub fn random(dice: &mut Dice) -> Value {
    let about = *dice.one(&["child", "child", "child", "child", "group", "school"]);
    let must =
        json!({"requested_by": contact(dice), "about": about, "support_sought": support(dice)});
    let mut body = object(
        dice,
        must,
        &[
            ("channel", |dice| json!(dice.one(&["api", "web", "phone", "email"]))),
            ("needs", needs),
            ("concerns", |dice| json!(dice.some(2, &CONCERNS))),
            ("tried", |dice| several(dice, 3, cycle)),
            ("provision", |dice| several(dice, 2, provision)),
            ("specialists", |dice| json!(dice.some(2, &SPECIALISTS))),
            ("consent", consent),
            ("summary", words),
        ],
    );
    if about == "child" {
        body["child"] = child(dice);
        body["needs"] = needs(dice);
    }
    body
}

/// Something is always sought; often nothing but advice.
fn support(dice: &mut Dice) -> Value {
    let sought = dice.some(2, &SUPPORT);
    if sought.is_empty() { json!(["advice"]) } else { json!(sought) }
}

fn several(dice: &mut Dice, most: usize, make: fn(&mut Dice) -> Value) -> Value {
    (0..dice.below(most + 1)).map(|_| make(dice)).collect()
}

/// A member that may be left out.
type Member = (&'static str, fn(&mut Dice) -> Value);

/// An object of what must be there and most of what may be.
fn object(dice: &mut Dice, mut must: Value, may: &[Member]) -> Value {
    for (member, make) in may {
        if dice.percent(80) {
            must[member] = make(dice);
        }
    }
    must
}

fn words(dice: &mut Dice) -> Value {
    let said = ["We see it in class.", "Zoë’s friends help.\nMostly.", "“Quiet”, they say: 静か."];
    json!(dice.one(&said))
}

fn contact(dice: &mut Dice) -> Value {
    let must = json!({"name": "R. Hughes", "role": "SENCO"});
    let email = |_: &mut Dice| json!("senco@school.example");
    object(dice, must, &[("email", email), ("phone", |_| json!("01632 960 001"))])
}

fn flag(dice: &mut Dice) -> Value {
    json!(dice.percent(30))
}

fn child(dice: &mut Dice) -> Value {
    let born = date(2008, 1, 1) + dice.from_to(0, 5_000).days();
    let must = json!({"given_name": "Ned", "family_name": "Cuckmere", "date_of_birth": born});
    object(
        dice,
        must,
        &[
            ("upn", |dice| upn(dice.from_to(0, 999_999_999)).into()),
            ("year_group", |dice| dice.from_to(-2, 13).into()),
            ("home_postcode", |_| json!("ZX1 1ZX")),
            ("home_authority", |dice| json!(dice.one(&["865", "865", "865", "835"]))),
            ("sen_provision", |dice| json!(dice.one(&["N", "K", "E"]))),
            ("looked_after", flag),
            ("child_in_need", flag),
            ("child_protection", flag),
        ],
    )
}

fn needs(dice: &mut Dice) -> Value {
    let must = json!({"primary": dice.one(&NEEDS)});
    object(dice, must, &[("others", |dice| json!(dice.some(2, &NEEDS))), ("description", words)])
}

fn day(dice: &mut Dice, first: Date) -> Date {
    first + dice.from_to(0, 90).days()
}

fn cycle(dice: &mut Dice) -> Value {
    object(
        dice,
        json!({}),
        &[
            ("started", |dice| json!(day(dice, date(2025, 9, 1)))),
            ("reviewed", |dice| json!(day(dice, date(2026, 1, 5)))),
            ("provision", words),
            ("outcome", |dice| json!(dice.one(&["no_progress", "some_progress", "good_progress"]))),
        ],
    )
}

fn provision(dice: &mut Dice) -> Value {
    // What is missing here would make the yearly cost a matter of interpretation.
    let must = json!({
        "hours_per_week": quarters(dice, 120),
        "weeks_per_year": dice.from_to(0, 53),
        "cost_per_hour": {"pence": dice.from_to(0, 4_000)},
    });
    object(dice, must, &[("what", words)])
}

/// Up to so many quarters, as a JSON number.
fn quarters(dice: &mut Dice, most: i64) -> Value {
    let quarters = dice.from_to(0, most);
    let text = format!("{}.{}", quarters / 4, [0, 25, 5, 75][dice.below(4)]);
    serde_json::from_str(&text).expect("a decimal is JSON")
}

fn consent(dice: &mut Dice) -> Value {
    if dice.percent(15) {
        return json!({"given": false});
    }
    object(
        dice,
        json!({"given": true}),
        &[
            ("by", |dice| json!(dice.one(&["parent", "carer", "young_person"]))),
            ("on", |dice| json!(day(dice, date(2026, 4, 1)))),
            ("method", |_| json!("written")),
        ],
    )
}

/// A unique pupil number of authority 865 with its check letter: the sum of each digit times
/// its place (2 to 13), modulo 23, in an alphabet without I, O and S.
#[must_use]
pub fn upn(number: i64) -> String {
    let digits = format!("865{number:09}");
    let weighed = (2..).zip(digits.bytes()).map(|(place, digit)| place * usize::from(digit - b'0'));
    let letter = "ABCDEFGHJKLMNPQRTUVWXYZ".chars().nth(weighed.sum::<usize>() % 23);
    format!("{}{digits}", letter.expect("one of 23 letters"))
}
