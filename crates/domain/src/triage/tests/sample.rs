//! A hundred and twenty requests of the county, each with the answer that a person worked out.

use crate::clock::Promise;
use crate::codes::{About, Channel};
use crate::county;
use crate::desk::{Desk, Workload};
use crate::event::{Change, Event, RequestEvent};
use crate::ids::{SchoolId, TeamId};
use crate::intake::{ChildCodes, Consent, Cycle, Intake, Provision, Submission, age_years};
use crate::money::{Money, TenThousandths};
use crate::personal::Particulars;
use crate::promises::ClockChange;
use crate::request::{Command, Moment, Request, Submit};
use crate::school::School;
use crate::triage::{Route, Triage, Why};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

const SAMPLE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/requests-sample.jsonl"));

/// What stands here; nothing there reads as `null`, hence as `None` or as no items.
fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn many<T: DeserializeOwned>(value: &Value) -> Vec<T> {
    value.as_array().into_iter().flatten().map(read).collect()
}

fn child(child: &Value, received_at: Timestamp) -> ChildCodes {
    let received_on = crate::calendar::london::wall(received_at).date();
    ChildCodes {
        age_years: Some(age_years(read(&child["date_of_birth"]), received_on)),
        year_group: read(&child["year_group"]),
        home_authority: read(&child["home_authority"]),
        sen_provision: read(&child["sen_provision"]),
        looked_after: read(&child["looked_after"]),
        child_in_need: read(&child["child_in_need"]),
        child_protection: read(&child["child_protection"]),
    }
}

fn provision(item: &Value) -> Provision {
    let decimal = |number: &Value| TenThousandths::parse(&number.to_string());
    Provision {
        hours_per_week: decimal(&item["hours_per_week"]),
        weeks_per_year: decimal(&item["weeks_per_year"]),
        cost_per_hour: read::<Option<Money>>(&item["cost_per_hour"]),
    }
}

fn consent(said: &Value) -> Consent {
    let (given, by, on) = (read(&said["given"]), read(&said["by"]), read(&said["on"]));
    Consent { given, by, on, overridden: false }
}

fn cycle(item: &Value) -> Cycle {
    let (started, reviewed) = (read(&item["started"]), read(&item["reviewed"]));
    Cycle { started, reviewed, outcome: read(&item["outcome"]) }
}

fn submission(request: &Value, received_at: Timestamp) -> Submission {
    let listed = |list: &str| request[list].as_array().cloned().unwrap_or_default();
    let intake = Intake {
        channel: Channel::Api,
        about: read::<About>(&request["about"]),
        primary_need: read(&request["needs"]["primary"]),
        other_needs: many(&request["needs"]["others"]),
        support_sought: many(&request["support_sought"]),
        concerns: many(&request["concerns"]),
        tried: listed("tried").iter().map(cycle).collect(),
        provision: listed("provision").iter().map(provision).collect(),
        specialists: many(&request["specialists"]),
        consent: request.get("consent").map(consent),
        child: request.get("child").map(|codes| child(codes, received_at)),
    };
    Submission { intake, particulars: Particulars::default(), child: None }
}

/// What a school hears: the kind of route, its target, the services that fit, and the
/// instant by which it will be answered.
type Answer = (String, String, Vec<String>, Timestamp);

fn expected(line: &Value) -> Answer {
    let expect = &line["expect"];
    let (kind, target) = (read(&expect["kind"]), read(&expect["target"]));
    (kind, target, many(&expect["fits"]), read(&expect["respond_by"]))
}

fn answered(line: &Value, desk: &mut Desk) -> Answer {
    let id = SchoolId(Uuid::from_u128(1));
    let (phase, kind) = (read(&line["school"]["phase"]), read(&line["school"]["kind"]));
    let (urn, name, district) = ("126512".parse().unwrap(), String::new(), String::new());
    let register = crate::school::Register::default();
    desk.schools.insert(id, School { urn, name, phase, kind, district, pupils: 210, register });
    let received_at = read(&line["received_at"]);
    let submit = Submit {
        request: county::REQUEST,
        child: None,
        school: id,
        team: TeamId::front_door(),
        workload: Workload::default(),
        submission: submission(&line["request"], received_at),
    };
    let at = Moment { effective_at: received_at, recorded_at: received_at };
    let decided = Request::NotReceived.decide(Command::Submit(Box::new(submit)), desk, at);
    answer(&decided.unwrap())
}

fn answer(changes: &[Change]) -> Answer {
    let triage = changes.iter().find_map(|change| {
        if let Event::Request(RequestEvent::Triaged(triaged)) = &change.event {
            Some(&triaged.triage)
        } else {
            None
        }
    });
    let respond_by = changes.iter().flat_map(|change| &change.clocks).find_map(|it| {
        if let ClockChange::Started { promise: Promise::Respond, due_at, .. } = it {
            Some(*due_at)
        } else {
            None
        }
    });
    let triage = triage.unwrap();
    let (kind, target) = route(triage);
    let fits = triage.fitting().into_iter().map(String::from).collect();
    (kind.to_owned(), target, fits, respond_by.unwrap())
}

fn route(triage: &Triage) -> (&'static str, String) {
    match &triage.outcome {
        Route::Service { service } => ("service", service.to_string()),
        Route::Panel { panel, .. } => ("panel", panel.to_string()),
        Route::Information { missing } => ("information", missing[0].to_string()),
        Route::Duty { why: Why::Redirect { .. } } => ("duty", "redirect".to_owned()),
        Route::Duty { why: Why::CriticalIncident } => ("duty", "critical_incident".to_owned()),
        Route::Duty { why: Why::Advice } => ("duty", "advice".to_owned()),
        route @ Route::Duty { .. } => panic!("rules never say {route:?} on receipt"),
    }
}

#[test]
fn every_request_of_the_sample_gets_the_answer_that_was_worked_out_for_it() {
    let mut desk = county::desk();
    let lines: Vec<Value> =
        SAMPLE.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 120);
    for (number, line) in (1..).zip(&lines) {
        assert_eq!(answered(line, &mut desk), expected(line), "line {number}");
    }
}
