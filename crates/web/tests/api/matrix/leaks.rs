//! Whoever has no part in a request cannot tell that it exists: every answer that they can get,
//! with every filter and in every form, is the same before it came and after. And whoever may
//! see no names finds nothing of what was planted in any answer at all.

use super::described::{Described, described};
use super::people::{PEOPLE, Person};
use super::places::{Target, filled};
use super::world::{Matter, OURS, Side, SideName, THEIRS, World, founded};
use crate::county::{Answer, County, asking};
use axum::body::Body;
use domain::account::Role;
use serde_json::Value;
use std::collections::BTreeMap;
use web::access::{Operation, Reach};

/// A name that stands nowhere else: of the child, of whoever asks, in every text and file name.
const CANARY: &str = "Zanziquorn";

/// What everybody may know of the whole: how long the log is, and what proves it.
const ABOUT_THE_WHOLE: &[Operation] = &[
    Operation::ReadCheckpoint,
    Operation::ReadInclusionProof,
    Operation::ReadConsistencyProof,
    Operation::ReadTilesCheckpoint,
    Operation::ReadTile,
    Operation::ReadReceipt,
];

/// What a question can be narrowed down to, so that it would be about what was planted. What is
/// not here is asked for with a word that means nothing.
fn values(name: &str) -> Vec<&'static str> {
    match name {
        "q" => vec![CANARY, "2017-04-09"],
        "school_urn" => vec![THEIRS.urn],
        "service" => vec![THEIRS.service],
        "panel" => vec![THEIRS.panel],
        "need" => vec![THEIRS.need],
        "area" => vec!["sensory_physical"],
        "route" => vec!["service", "panel"],
        "status" => vec!["with_service", "awaiting_panel", "on_agenda", "supported"],
        "overdue" | "warned" | "escalated" | "at_risk" => vec!["true", "false"],
        "adviser" => vec!["demo-adviser", "amara"],
        "sort" => vec!["reference", "-respond_by", "review_on"],
        "limit" | "count" => vec!["1", "200"],
        "group_by" => vec![
            "promise",
            "service",
            "school",
            "area",
            "need",
            "district",
            "month",
            "agency",
            "panel",
            "funding",
            "financial_year",
            "week",
        ],
        "of" => vec!["kept", "open", "with_service"],
        "from" | "to" | "date" | "from_year" | "to_year" => vec!["2026-11-20", "2026", "2027"],
        "at_least" | "version" => vec!["1"],
        _ => vec!["words"],
    }
}

/// Every question that a person can ask by this operation, by its address and form.
fn questions(world: &World, what: &Described, person: &Person) -> Vec<(String, String)> {
    let path = filled(world, &what.path, person, Target::Own);
    let mut addresses = vec![path.clone()];
    for name in &what.query {
        addresses.extend(values(name).into_iter().map(|value| format!("{path}?{name}={value}")));
    }
    let forms = &what.answers_in;
    let ask = |address: String| forms.iter().map(move |form| (address.clone(), form.clone()));
    addresses.into_iter().flat_map(ask).collect()
}

async fn ask(county: &County, key: &str, address: &str, form: &str) -> Answer {
    let request = asking("GET", key, address).header("accept", form);
    county.send(request.body(Body::empty()).unwrap()).await
}

/// Everything that these people can be told.
async fn told(world: &World, people: &[&Person]) -> BTreeMap<String, String> {
    let mut told = BTreeMap::new();
    let reads = described().into_iter().filter(Described::reads);
    for what in reads.filter(|what| !ABOUT_THE_WHOLE.contains(&what.operation)) {
        for person in people {
            if what.operation.reach(person.role) == Reach::No {
                continue;
            }
            for (address, form) in questions(world, &what, person) {
                let answer = ask(&world.county, person.key, &address, &form).await;
                let said = format!("{} {}", answer.status, unpublished(answer.body));
                told.insert(format!("{} {address} as {form}", person.key), said);
            }
        }
    }
    told
}

/// Without what the directory publishes to everybody: how much each service has to do.
fn unpublished(mut body: Value) -> Value {
    let services = body.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten();
    for service in services.filter(|it| it["slug"].is_string()) {
        service["capacity"] = Value::Null;
    }
    body
}

/// Those of our side who see a part only.
fn partial() -> Vec<&'static Person> {
    let roles = [Role::School, Role::Service, Role::Panel];
    let ours = PEOPLE.iter().filter(|it| it.side == SideName::Ours && roles.contains(&it.role));
    ours.collect()
}

#[tokio::test]
async fn what_is_anothers_changes_no_answer() {
    let mut world = World::made().await;
    // Who reads a pack for the first time is on record from then on.
    told(&world, &partial()).await;
    let before = told(&world, &partial()).await;
    assert!(before.len() > 300, "these are too few: {}", before.len());
    world.theirs = Side::made(&world.county, &THEIRS, CANARY).await;
    let after = told(&world, &partial()).await;
    let mut leaks = Vec::new();
    for (question, was) in &before {
        let is = &after[question];
        if is != was {
            leaks.push(format!("{question}\n  before: {was}\n  after:  {is}"));
        }
    }
    assert!(leaks.is_empty(), "{} answers tell:\n{}", leaks.len(), leaks.join("\n"));
}

#[tokio::test]
async fn a_reference_an_id_or_a_child_of_anothers_finds_what_one_that_is_none_finds() {
    let world = World::made().await;
    let none = Matter::none("00000000-0000-0000-0000-000000000000");
    for person in partial() {
        for matter in
            [&world.theirs.with_service, &world.theirs.before_panel, &world.theirs.on_agenda]
        {
            for name in ["reference", "q", "child"] {
                let address = |of: &Matter| {
                    let value = if name == "child" { &of.child } else { &of.reference };
                    format!("/requests?{name}={value}")
                };
                let theirs = world.county.get(person.key, &address(matter)).await;
                let no_such = world.county.get(person.key, &address(&none)).await;
                let of = format!("{} by {name}", person.key);
                assert_eq!((theirs.status, theirs.body), (no_such.status, no_such.body), "{of}");
            }
        }
    }
}

#[tokio::test]
async fn who_may_see_no_names_finds_none_in_any_answer() {
    let county = founded().await;
    let ours = Side::made(&county, &OURS, CANARY).await;
    let theirs = Side::made(&county, &THEIRS, CANARY).await;
    let world = World { county, ours, theirs };
    let nameless = [Role::Commissioner, Role::Auditor, Role::Admin];
    let people: Vec<_> = PEOPLE.iter().filter(|it| nameless.contains(&it.role)).collect();
    let told = told(&world, &people).await;
    let of_requests = |it: &&String| it.starts_with("demo-auditor /requests/");
    assert!(told.keys().filter(of_requests).count() > 3, "the auditor reads requests");
    for (question, said) in &told {
        // Words that somebody sent themselves may come back in a fault.
        let sent = question.contains(CANARY);
        assert!(sent || !said.contains(CANARY), "{question}: {said}");
    }
}
