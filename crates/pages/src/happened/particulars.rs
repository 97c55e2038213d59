//! What an event tells that says more than its name, where a sentence with holes is not enough:
//! where a request went, for what a school was asked, which promise is in danger.

use super::{Told, said};
use crate::{times, words};
use serde_json::Value;

/// The event's own sentence; none, where its name says it all or nothing else is known of it.
pub(super) fn of(name: &str, told: Told<'_>) -> Option<String> {
    let it = told.it.as_object().map(|_| told.it)?;
    let sentence = match name.strip_prefix("request.")? {
        "triaged" => {
            format!("The published rules looked at it: {}", found(&it["triage"]["outcome"]))
        }
        "assigned" => return accountable(told),
        "information_asked" => match told.listed("missing") {
            Some(missing) => format!("We asked {{them}} for {missing}"),
            None if count(&it["questions"]) > 1 => "We asked {them} some questions".to_owned(),
            None => "We asked {them} a question".to_owned(),
        },
        "information_supplied" => supplied(it),
        "signposted" => {
            format!("We told {{them}} where else to ask: {}", services(&it["services"])?)
        }
        "routed" => went(it),
        "document_added" if told.event["actor"]["role"] == "school" => {
            "{They} added a document".to_owned()
        }
        "document_added" if told.own => "We added a document".to_owned(),
        "feedback_given" => format!(
            "{{They}} told us how it went: quick enough, {}; helped, {}",
            said(told.code("quick")?),
            said(told.code("helped")?)
        ),
        "receipt_recorded" => received(told)?,
        "promise_warned" => format!(
            "Little time was left for a promise: {}, due by {}",
            said(told.code("promise")?),
            due(told)?
        ),
        "promise_breached" => {
            let late = if told.own { "We are late" } else { "A promise was broken" };
            format!("{late}: {} was due by {}", said(told.code("promise")?), due(told)?)
        }
        "interest_declared" if it["kind"].is_null() => {
            "A member of the panel was found to have no interest in it".to_owned()
        }
        _ => return None,
    };
    Some(told.filled(&sentence))
}

/// What the rules found.
fn found(outcome: &Value) -> String {
    match outcome["kind"].as_str() {
        Some("service") => format!("it fits {}", named(&outcome["service"])),
        Some("panel") => "a panel should decide".to_owned(),
        Some("information") => "something is missing".to_owned(),
        Some(_) | None => "a person should look at it".to_owned(),
    }
}

fn accountable(told: Told<'_>) -> Option<String> {
    let who = match told.code("because") {
        Some("absence") => {
            let said = "Another adviser took it over, because the one who had it is away";
            return Some(said.to_owned());
        }
        Some("by_hand") => return Some("Another adviser took it over".to_owned()),
        Some(_) | None if told.own => return None,
        Some(_) | None => told.code("adviser"),
    };
    Some(match who {
        Some(account) => format!("{} became accountable for it", name_of(account)),
        None => "It waits for whoever is on duty next".to_owned(),
    })
}

fn supplied(it: &Value) -> String {
    let answered = count(&it["answers"]) > 0 || it["complete"] == true;
    let said = if answered { "answered" } else { "told us something more" };
    let agreed = if it["consent"]["given"] == true { ", and consent was given" } else { "" };
    format!("{{They}} {said}{agreed}")
}

/// What the other authority said of it.
fn received(told: Told<'_>) -> Option<String> {
    let receipt = |part: &str, before: &str| match told.event["receipt"][part].as_str() {
        Some(said) => format!("{before} {said}"),
        None => String::new(),
    };
    let day = times::day(told.code("received_on")?);
    let reference = receipt("their_reference", ", under its reference");
    let by = receipt("by", "; told us by");
    Some(format!("The authority where the child lives received it on {day}{reference}{by}"))
}

/// Where it went, and by whom.
fn went(it: &Value) -> String {
    let route = &it["route"];
    match (it["by"].as_str(), route["kind"].as_str()) {
        (Some("hand_over"), _) if route["service"].is_string() => {
            format!("One service handed it over to {}", named(&route["service"]))
        }
        (Some("hand_over"), _) => "One service handed it over to another".to_owned(),
        (_, Some("service")) => format!("It went to {}", named(&route["service"])),
        (by, Some("panel")) => {
            let why =
                if by == Some("bounce") { ", because no service could take it on" } else { "" };
            let panel = route["panel"].as_str().map(said).unwrap_or_default();
            format!("It went to the panel for {panel}{why}")
        }
        (_, Some("duty")) => "It went to the duty adviser".to_owned(),
        (_, Some(_) | None) => "It waits for information".to_owned(),
    }
}

fn due(told: Told<'_>) -> Option<String> {
    told.code("due_at").map(times::due)
}

fn services(list: &Value) -> Option<String> {
    let names: Vec<_> = list.as_array()?.iter().map(named).collect();
    Some(names.join(", ")).filter(|it| !it.is_empty())
}

fn named(slug: &Value) -> String {
    slug.as_str().map(words::of).unwrap_or_default()
}

/// `Asha Rao`, of the account `asha-rao`.
fn name_of(account: &str) -> String {
    account.split('-').map(words::plain).collect::<Vec<_>>().join(" ")
}

fn count(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

#[cfg(test)]
mod tests {
    use super::super::told;
    use serde_json::{Value, json};

    fn to(role: &str, name: &str, data: &Value) -> String {
        told(&json!({"type": name, "data": data}), &json!({ "role": role }))
    }

    #[test]
    fn where_it_went_is_told_with_by_whom() {
        let went = |data: &Value| to("adviser", "request.routed", data);
        let service = json!({"kind": "service", "service": "sensory-support"});
        assert_eq!(went(&json!({ "route": service })), "It went to Sensory support");
        let over = "One service handed it over to Sensory support";
        assert_eq!(went(&json!({"by": "hand_over", "route": service})), over);
        let panel = json!({"by": "bounce", "route": {"kind": "panel", "panel": "semh"}});
        let told = "It went to the panel for social, emotional and mental health, because no \
                    service could take it on";
        assert_eq!(went(&panel), told);
        assert_eq!(went(&json!({"route": {"kind": "duty"}})), "It went to the duty adviser");
    }

    #[test]
    fn who_is_accountable_is_not_told_to_a_school() {
        let told = |role, data: &Value| to(role, "request.assigned", data);
        let adviser = json!({"adviser": "asha-rao", "because": "received"});
        let own = "An adviser became accountable for it";
        assert_eq!(told("adviser", &adviser), "Asha Rao became accountable for it");
        assert_eq!(told("school", &adviser), own);
        assert_eq!(told("adviser", &json!({})), "It waits for whoever is on duty next");
    }

    #[test]
    fn what_a_school_was_asked_for_and_answered_is_told() {
        let asked = json!({"missing": ["consent", "upn"]});
        assert_eq!(
            to("school", "request.information_asked", &asked),
            "We asked you for consent, UPN"
        );
        let two = json!({"questions": [1, 2]});
        let told = "We asked the school some questions";
        assert_eq!(to("adviser", "request.information_asked", &two), told);
        let answered = json!({"complete": true, "consent": {"given": true}});
        let told = "The school answered, and consent was given";
        assert_eq!(to("adviser", "request.information_supplied", &answered), told);
    }

    #[test]
    fn a_promise_is_told_with_its_day() {
        let promise = json!({"promise": "respond", "due_at": "2026-12-04T09:30:00Z"});
        let told = "response was due by 4 December 2026 at 9:30am";
        let late = to("school", "request.promise_breached", &promise);
        assert_eq!(late, format!("We are late: {told}"));
        let broken = to("adviser", "request.promise_breached", &promise);
        assert_eq!(broken, format!("A promise was broken: {told}"));
    }
}
