//! What is held about a child, as a paper that can be given to the family: everything that is
//! about the child, and nothing that is about others by its shape. Whoever gives it reads it
//! first.

use super::held::{EventHeld, Held, RequestHeld};
use crate::paper::{Block, Blocks, Column, Paper, Table};
use crate::prose::{capital, counted, day, london_day, moment};
use serde_json::Value;

/// The paper. Its title names nobody.
pub(crate) fn paper(held: &Held) -> Paper {
    let mut blocks = Blocks::default();
    blocks.heading(1, "What we hold about you");
    blocks.notice(
        "Before this is given: read every text for what it says about other people, and check \
         whether anything is exempt.",
    );
    let gathered = day(london_day(held.gathered_at));
    blocks.facts([
        ("Gathered on", Some(gathered)),
        ("Kept", Some(held.retention.says.clone())),
        ("Left out", left_out(held)),
    ]);
    who(held, &mut blocks);
    for request in &held.requests {
        of_request(request, &mut blocks);
    }
    if !held.record.is_empty() {
        blocks.heading(2, "The record itself");
        events(&held.record, &mut blocks);
    }
    accesses(held, &mut blocks);
    blocks.heading(2, "What is not in here");
    blocks.points(held.not_included.iter().map(|&text| text.to_owned()).collect());
    Paper { title: "Subject access".to_owned(), blocks: blocks.0 }
}

fn left_out(held: &Held) -> Option<String> {
    let count = held.third_parties.len();
    (count > 0).then(|| counted(count, "piece", "pieces") + " of information about other people")
}

fn who(held: &Held, blocks: &mut Blocks) {
    blocks.heading(2, "Who you are");
    for child in &held.children {
        if let Some(known) = child.known() {
            let facts = known.into_iter().map(|(name, fact)| (name.to_owned(), fact));
            blocks.0.push(Block::Facts { facts: facts.collect() });
        } else {
            blocks.paragraph("Who this was has been erased, and nobody can read it.");
        }
    }
}

fn of_request(request: &RequestHeld, blocks: &mut Blocks) {
    blocks.heading(2, format!("Request {}", request.reference));
    let school = request.school_name.clone().unwrap_or_else(|| request.school_urn.clone());
    blocks.facts([
        ("School", Some(school)),
        ("Received", Some(moment(request.received_at))),
        ("Now", Some(request.status.says().to_owned())),
    ]);
    events(&request.events, blocks);
    let document = |it: &super::held::DocumentHeld| it.document.title_or_name();
    blocks.points(request.documents.iter().map(document).collect());
}

fn events(events: &[EventHeld], blocks: &mut Blocks) {
    for event in events {
        let what = event.name.split_once('.').map_or(event.name.as_str(), |(_, what)| what);
        let by = match event.by.role {
            Some(role) => format!("{}, {}", event.by.account, role.says()),
            None => "the front door itself".to_owned(),
        };
        let what = capital(&what.replace('_', " "));
        blocks.heading(3, format!("{}: {what}", moment(event.happened_at)));
        blocks.paragraph(format!("By {by}."));
        let mut said = Vec::new();
        if let Some(value) = &event.said {
            lines("", value, &mut said);
        }
        blocks.points(said);
    }
}

/// What was said, a line for each text, each with the name of what it is.
fn lines(name: &str, value: &Value, said: &mut Vec<String>) {
    let named = |text: &str| match name {
        "" => text.to_owned(),
        name => format!("{}: {text}", capital(&name.replace('_', " "))),
    };
    match value {
        Value::Null => {}
        Value::String(text) => said.push(named(text)),
        Value::Bool(is) => said.push(named(if *is { "yes" } else { "no" })),
        Value::Number(number) => said.push(named(&number.to_string())),
        Value::Array(items) => {
            for item in items {
                lines(name, item, said);
            }
        }
        Value::Object(members) if members.contains_key("apart") => {
            said.push(named("about another person, and left out here"));
        }
        Value::Object(members) => {
            for (name, value) in members {
                lines(name, value, said);
            }
        }
    }
}

fn accesses(held: &Held, blocks: &mut Blocks) {
    blocks.heading(2, "Who looked");
    let row = |it: &crate::audit::access::AccessShown| {
        vec![moment(it.at), it.who.clone(), it.role.clone(), it.operation.replace('_', " ")]
    };
    blocks.table(Table {
        caption: "Who looked at what we hold about you, the newest first".to_owned(),
        columns: ["When", "Account", "Role", "What for"].map(Column::text).to_vec(),
        rows: held.accesses.iter().map(row).collect(),
        total: None,
    });
}
