//! A second opinion on triage: the published order of the decision and the rule set's JSON,
//! taken literally, over a submission as it was sent.

use crate::due::london;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// The code of this county.
const OURS: &str = "865";
/// Which service answers requests for EHC needs assessments.
const STATUTORY: &str = "statutory-sen";

/// A submission, with what else a decision about it goes by.
#[derive(Debug)]
pub struct Asked<'a> {
    /// What was sent.
    pub body: &'a Value,
    /// The school that asks, as the directory has it.
    pub school: &'a Value,
    /// When it was received.
    pub received_at: Timestamp,
}

impl Asked<'_> {
    /// The facts, by the names they have in criteria.
    #[must_use]
    pub fn facts(&self) -> Map<String, Value> {
        let (body, child) = (self.body, &self.body["child"]);
        let primary = &body["needs"]["primary"];
        let others = list(&body["needs"]["others"]);
        let all: Vec<Value> = primary.as_str().map(Value::from).into_iter().chain(others).collect();
        let reviewed = list(&body["tried"]).into_iter().filter(|it| it["reviewed"].is_string());
        let facts = json!({
            "about": body["about"],
            "needs.primary": primary,
            "needs.all": all,
            "needs.area": primary.as_str().map(area),
            "sen_provision": child["sen_provision"],
            "year_group": child["year_group"],
            "age_years": age(&child["date_of_birth"], london(self.received_at).date()),
            "phase": self.school["phase"],
            "support_sought": body["support_sought"],
            "concerns": list(&body["concerns"]),
            "cycles_completed": reviewed.count(),
            "provision_cost_per_year": yearly_pence(&list(&body["provision"])),
            "specialists": list(&body["specialists"]),
            "looked_after": child["looked_after"],
            "child_in_need": child["child_in_need"],
            "child_protection": child["child_protection"],
            "school.kind": self.school["kind"],
        });
        facts.as_object().cloned().unwrap_or_default()
    }

    /// The route: steps 1 to 8 of the contract, in their order.
    #[must_use]
    pub fn route(&self, rules: &Value) -> Value {
        let (body, facts) = (self.body, self.facts());
        let sought = list(&body["support_sought"]);
        let only_panels = list(&rules["panel_only"]["support_sought"]);
        let fitting = fitting(rules, &facts);
        let area = facts["needs.area"].as_str().unwrap_or("other");
        let panel = json!({
            "kind": "panel", "panel": rules["panel_for_area"][area], "candidates": fitting,
        });
        let home = &body["child"]["home_authority"];
        if body["about"] == "child" && body["consent"]["given"] != true {
            json!({"kind": "information", "missing": ["consent"]})
        } else if home.is_string() && home != OURS {
            json!({"kind": "duty", "why": "redirect", "authority": home})
        } else if list(&body["concerns"]).contains(&json!("critical_incident")) {
            json!({"kind": "duty", "why": "critical_incident"})
        } else if sought.contains(&json!("ehc_assessment")) {
            json!({"kind": "service", "service": STATUTORY})
        } else if sought.iter().any(|support| only_panels.contains(support)) {
            panel
        } else if let [one] = fitting.as_slice() {
            json!({"kind": "service", "service": one})
        } else if fitting.is_empty() && sought.iter().all(|support| support == "advice") {
            json!({"kind": "duty", "why": "advice"})
        } else {
            panel
        }
    }
}

/// The services that fit: all criteria of any one of their ways in are met.
#[must_use]
pub fn fitting(rules: &Value, facts: &Map<String, Value>) -> Vec<Value> {
    let fits = |service: &Value| {
        list(&service["ways_in"]).iter().any(|way| {
            list(&way["criteria"]).iter().all(|criterion| met(criterion, facts) == Some(true))
        })
    };
    let services = list(&rules["services"]).into_iter().filter(fits);
    services.map(|service| service["service"].clone()).collect()
}

/// Whether a criterion is met; `None` when the fact is not known and might have met it.
#[must_use]
pub fn met(criterion: &Value, facts: &Map<String, Value>) -> Option<bool> {
    let actual = &facts[criterion["fact"].as_str().expect("a criterion names a fact")];
    let test = criterion["test"].as_str().expect("a criterion names a test");
    let values = list(&criterion["values"]);
    if actual.is_null() {
        return (test == "none_of").then_some(true);
    }
    let has = |value: &Value| match actual.as_array() {
        Some(items) => items.contains(value),
        None => actual == value,
    };
    Some(match test {
        "is" | "all_of" => values.iter().all(has),
        "any_of" => values.iter().any(has),
        "none_of" => !values.iter().any(has),
        "at_least" => actual.as_i64() >= values[0].as_i64(),
        "at_most" => actual.as_i64() <= values[0].as_i64(),
        test => panic!("there is no test “{test}”"),
    })
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn area(need: &str) -> &'static str {
    match need {
        "SPLD" | "MLD" | "SLD" | "PMLD" => "cognition_learning",
        "SLCN" | "ASD" => "communication_interaction",
        "SEMH" => "semh",
        "HI" | "VI" | "MSI" | "PD" => "sensory_physical",
        "DS" | "OTH" | "NSA" => "other",
        need => panic!("there is no need “{need}”"),
    }
}

/// Whole years on a day; somebody born on 29 February is a year older on 1 March.
fn age(born: &Value, today: Date) -> Option<i16> {
    let born: Date = born.as_str()?.parse().expect("a date of birth is a date");
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    Some(today.year() - born.year() - i16::from(!had_birthday))
}

/// Hours × weeks × hourly pence, summed, rounded once to a whole penny.
fn yearly_pence(provision: &[Value]) -> i128 {
    let pence = |item: &Value| i128::from(item["cost_per_hour"]["pence"].as_i64().unwrap_or(0));
    let hundred_millionths: i128 = provision
        .iter()
        .map(|item| {
            ten_thousandths(&item["hours_per_week"])
                * ten_thousandths(&item["weeks_per_year"])
                * pence(item)
        })
        .sum();
    (hundred_millionths + 50_000_000) / 100_000_000
}

fn ten_thousandths(number: &Value) -> i128 {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{fraction:0<4}").parse().unwrap_or(0)
}
