//! The stored shape of everything that is stored. It is for ever: a test that fails here
//! after a change asks for a new schema number and for reading the old one, not for a new
//! snapshot.

use super::examples::{at, examples};
use super::*;
use crate::clock::{Allowance, Promise};
use crate::personal::{Address, Contact, DocumentName, Identity, Particulars, Receipt, Words};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::fmt::Write as _;

#[test]
fn every_event_has_an_example() {
    for name in Event::NAMES {
        let has_it = examples().iter().any(|event| (event.name(), event.schema()) == *name);
        assert!(has_it, "{name:?}");
    }
}

/// One file for each event and schema number, with every example of it.
#[test]
fn the_shape_of_every_event_is_what_it_was() {
    let mut shapes: BTreeMap<String, String> = BTreeMap::new();
    for event in examples() {
        let data = serde_json::to_string_pretty(&event).unwrap();
        let file = shapes.entry(format!("{}.{}", event.name(), event.schema())).or_default();
        writeln!(file, "{data}").unwrap();
    }
    let mut golden = insta::Settings::clone_current();
    golden.set_snapshot_path("golden");
    golden.set_prepend_module_to_snapshot(false);
    golden.set_omit_expression(true);
    let _bound = golden.bind_to_scope();
    for (file, shape) in &shapes {
        insta::assert_snapshot!(file.as_str(), shape);
    }
}

#[test]
fn every_event_reads_back_as_itself() {
    for event in examples() {
        let stored = serde_json::to_string(&event).unwrap();
        let mut data = serde_json::Deserializer::from_str(&stored);
        assert_eq!(Event::read(event.name(), &mut data).unwrap(), Some(event));
    }
}

#[test]
fn the_shape_of_every_clock_change_is_what_it_was() {
    let (promise, due_at) = (Promise::FirstContact, at("2026-11-27T17:00:00Z"));
    let started = |promise, allowance| ClockChange::Started {
        promise,
        allowance,
        due_at,
        calendar_version: 2,
    };
    let changes = [
        started(promise, Allowance::WorkingDays(5)),
        started(Promise::EhcDecideToAssess, Allowance::CalendarWeeks(6)),
        ClockChange::Paused { promise: Promise::Respond },
        ClockChange::Resumed { promise: Promise::PanelDecision, due_at },
        ClockChange::Recalculated { promise: Promise::PanelDecision, due_at, calendar_version: 3 },
        ClockChange::Stopped {
            promise: Promise::Acknowledge,
            at: due_at,
            met: true,
            kept: true,
            working_minutes: 480,
        },
    ];
    insta::assert_snapshot!(serde_json::to_string_pretty(&changes).unwrap());
    let stored = serde_json::to_string(&changes).unwrap();
    assert_eq!(serde_json::from_str::<Vec<ClockChange>>(&stored).unwrap(), changes);
}

#[test]
fn the_shape_of_everything_sealed_is_what_it_was() {
    let some = |text: &str| Some(text.to_owned());
    let particulars = Particulars {
        requested_by: Contact {
            name: "Jo Firle".to_owned(),
            role: "SENCO".to_owned(),
            email: some("senco@school.example"),
            phone: some("01632 960000"),
        },
        description: some("What we see in class."),
        tried: vec![some("Small group"), None],
        provision: vec![some("Teaching assistant")],
        consent_method: some("written"),
        consent_override: some("safeguarding"),
        summary: some("Help, please."),
    };
    let identity = Identity {
        given_name: "Ivy".to_owned(),
        family_name: "Jevington".to_owned(),
        date_of_birth: date(2017, 4, 9),
        upn: Some("B801200005001".parse().unwrap()),
        home_postcode: some("SN15 1ZZ"),
    };
    let questions = vec!["Which hours?".to_owned()];
    let answers = vec![some("Ten to eleven."), None];
    let words = Words {
        text: some("We met."),
        questions,
        answers,
        consent: some("by telephone"),
        criteria: vec!["She is too young".to_owned()],
    };
    let sealed = [
        Personal::Request(Box::new(particulars)),
        Personal::Child(identity),
        Personal::Draft("{}".to_owned()),
        Personal::Document(DocumentName {
            file_name: "Ivy.pdf".to_owned(),
            title: some("Ivy's report"),
        }),
        Personal::Receipt(Receipt { their_reference: some("SEN/26/117"), by: some("R. Pell") }),
        Personal::Words(words),
        Personal::Words(Words::text("Only this.")),
        Personal::Address(Address::Email("office@school.example".to_owned())),
        Personal::Address(Address::Webhook {
            url: "https://school.example/news".to_owned(),
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
        }),
    ];
    insta::assert_snapshot!(serde_json::to_string_pretty(&sealed).unwrap());
    let stored = serde_json::to_string(&sealed).unwrap();
    assert!(serde_json::from_str::<Vec<Personal>>(&stored).unwrap() == sealed);
}
