//! What a panel goes by and plans with: its terms, its queue, its dates, who came.

use crate::county::{ADVISER, Answer, County, OURS, asking, by_set_up_as, hearing};
use crate::services::pointers;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::ids::MeetingId;
use domain::meeting::MeetingCommand;
use domain::meeting::event::{CancelReason, MeetingKind, Planned};
use domain::panel::Depth;
use engine::NewMeeting;
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

const PANEL: &str = "demo-panel";
const ADMIN: &str = "demo-admin";
const COORDINATOR: &str = "demo-coordinator";
const COMMISSIONER: &str = "demo-commissioner";
const OF_PANEL: &str = "/panels/sensory-physical";

/// Terms of reference: every fourth Wednesday from 25 November 2026, at half past nine.
fn terms() -> Value {
    json!({
        "name": "Sensory and physical panel", "area": "sensory_physical",
        "cycle": {"first_on": "2026-11-25", "every_weeks": 4, "starts": "09:30"},
        "chair_role": "education_adviser", "chair": "demo-adviser", "vice_chair": null,
        "membership_roles": ["education_adviser", "school_leader"],
        "members": [
            {"account": "demo-adviser", "role": "education_adviser", "service": "sensory-support"},
            {"account": "demo-coordinator", "role": "school_leader", "school_urn": "900001"},
        ],
        "quorum": {"total": 2, "roles": {"school_leader": 1}},
        "papers_due_working_days_before": 5, "minutes_available": 60,
        "minutes_for": {"consent": 3, "standard": 15, "in_depth": 30},
        "can_grant": ["inreach", "equipment"], "standing": "decides", "decides_by": "majority",
        "ratify_above": {"pence": 1_000_000}, "ratified_by": "demo-panel",
    })
}

async fn put(county: &County, key: &str, body: &Value, if_match: Option<&str>) -> Answer {
    let mut request = asking("PUT", key, OF_PANEL);
    if let Some(version) = if_match {
        request = request.header("if-match", version);
    }
    county.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn with_a_panel() -> County {
    let county = County::founded().await;
    let made = put(&county, ADMIN, &terms(), None).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    county
}

/// A request that only a panel can grant.
fn for_the_panel() -> Value {
    let mut body = hearing();
    body["support_sought"] = json!(["inreach"]);
    body
}

async fn get(county: &County, key: &str, path: &str) -> Value {
    let answer = county.get(key, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn terms_are_written_whole_and_read_back_as_they_were_written() {
    let county = with_a_panel().await;
    let read = county.get(OURS, OF_PANEL).await;
    assert_eq!(read.headers["etag"], "\"1\"");
    let members = read.body["members"].clone();
    assert_eq!(members[1]["school_urn"], "900001");
    assert_eq!(members[0]["service"], "sensory-support");
    let mut again = read.body.clone();
    again["members"] = terms()["members"].clone();
    again.as_object_mut().unwrap().remove("version");
    for (name, value) in terms().as_object().unwrap() {
        assert_eq!(again[name], *value, "{name}");
    }
    let same = put(&county, ADMIN, &again, Some("\"1\"")).await;
    assert_eq!((same.status, &same.body["version"]), (StatusCode::OK, &json!(1)));

    again["quorum"] = json!({"total": 1});
    let changed = put(&county, ADMIN, &again, Some("\"1\"")).await;
    assert_eq!(
        (changed.status, &changed.headers["etag"]),
        (StatusCode::OK, &"\"2\"".parse().unwrap())
    );
    let stale = put(&county, ADMIN, &terms(), Some("\"1\"")).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn every_version_of_the_terms_can_be_read_for_ever() {
    let county = with_a_panel().await;
    let mut other = terms();
    other["minutes_available"] = json!(120);
    put(&county, ADMIN, &other, None).await;
    let versions = get(&county, ADVISER, &format!("{OF_PANEL}/terms")).await;
    let of = |place: usize| {
        let version = &versions["items"][place];
        (version["version"].as_u64(), version["minutes_available"].as_u64())
    };
    assert_eq!((of(0), of(1)), ((Some(2), Some(120)), (Some(1), Some(60))));
    assert_eq!(versions["items"][0]["established_by"], "demo-admin");
    let first = get(&county, ADVISER, &format!("{OF_PANEL}/terms?version=1")).await;
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    assert_eq!(first["items"][0]["minutes_available"], 60);
    for path in
        ["/panels/sensory-physical/terms?version=3", "/panels/nowhere", "/panels/nowhere/queue"]
    {
        assert_eq!(county.get(ADVISER, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn terms_that_cannot_work_are_refused_with_every_fault() {
    let county = County::founded().await;
    let mut faulty = terms();
    faulty["cycle"]["starts"] = json!("half past nine");
    faulty["members"][0]["account"] = json!("nobody");
    faulty["members"][1]["school_urn"] = json!("900009");
    faulty["chair"] = json!("nobody");
    faulty["motto"] = json!("x");
    faulty["quorum"]["roles"] = json!({"wizard": 1});
    let refused = put(&county, ADMIN, &faulty, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = pointers(&refused.body);
    for pointer in [
        "/cycle/starts",
        "/members/0/account",
        "/members/1/school_urn",
        "/chair",
        "/motto",
        "/quorum/roles/wizard",
    ] {
        assert!(found.contains(&pointer), "{pointer}: {found:?}");
    }
    let mut cannot_work = terms();
    cannot_work["quorum"] = json!({"total": 1, "roles": {"school_leader": 1, "health": 1}});
    cannot_work["members"][1]["account"] = json!("demo-adviser");
    cannot_work["ratified_by"] = json!(null);
    let refused = put(&county, ADMIN, &cannot_work, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = pointers(&refused.body);
    for pointer in ["/quorum/total", "/quorum/roles", "/members/1", "/ratified_by"] {
        assert!(found.contains(&pointer), "{pointer}: {found:?}");
    }
    let by_a_panel = put(&county, PANEL, &terms(), None).await;
    assert_eq!(by_a_panel.status, StatusCode::FORBIDDEN);
    assert_eq!(county.get(OURS, OF_PANEL).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_queue_is_in_promise_order_with_ages_and_suggested_depths() {
    let county = with_a_panel().await;
    let first = county.submitted(&for_the_panel()).await;
    county.clock.advance(SignedDuration::from_hours(24 * 3));
    let mut at_risk = for_the_panel();
    at_risk["concerns"] = json!(["exclusion_risk"]);
    let second = county.submitted(&at_risk).await;
    let elsewhere = county.submitted(&hearing()).await;
    let queue = get(&county, PANEL, &format!("{OF_PANEL}/queue")).await;
    assert_eq!(ids(&queue["items"]), [&first, &second], "not {elsewhere}");
    let line = &queue["items"][0];
    assert_eq!(
        (&line["age_working_days"], &line["since"]),
        (&json!(1), &json!("2026-11-20T10:00:00Z"))
    );
    assert_eq!((&line["depth"], &line["minutes"]), (&json!("standard"), &json!(15)));
    assert_eq!(line["suggestion"]["reasons"][0]["code"], "large_support");
    assert_eq!((&line["standing"], &line["overdue"]), (&json!("queued"), &json!(false)));
    assert_eq!(line["child"]["given_name"], "Ivy");
    let line = &queue["items"][1];
    assert_eq!((&line["depth"], &line["minutes"]), (&json!("in_depth"), &json!(30)));
    let reason = json!({"code": "exclusion", "says": "the child is excluded, or may be"});
    assert_eq!(line["suggestion"]["reasons"][0], reason);
    assert_eq!(line["suggestion"]["depth"], "in_depth");

    let page = get(&county, PANEL, &format!("{OF_PANEL}/queue?limit=1")).await;
    let next = page["next"].as_str().unwrap();
    let page = get(&county, PANEL, &format!("{OF_PANEL}/queue?limit=1&cursor={next}")).await;
    assert_eq!((ids(&page["items"]), &page["next"]), (vec![second.as_str()], &Value::Null));
    for (filter, expected) in [
        ("depth=in_depth", vec![&second]),
        ("depth=consent", vec![]),
        ("standing=on_agenda", vec![]),
        ("overdue=false", vec![&first, &second]),
        ("overdue=true", vec![]),
        (&format!("request={second}"), vec![&second]),
        (&format!("request={second}&at_risk=false&depth=consent"), vec![]),
        ("request=018f0000-0000-7000-8000-000000000000", vec![]),
    ] {
        let found = get(&county, PANEL, &format!("{OF_PANEL}/queue?{filter}")).await;
        assert_eq!(ids(&found["items"]), expected, "{filter}");
    }
    county.clock.advance(SignedDuration::from_hours(24 * 60));
    let late = get(&county, PANEL, &format!("{OF_PANEL}/queue?overdue=true")).await;
    assert_eq!(ids(&late["items"]), [&first, &second]);
    assert_eq!(late["items"][0]["overdue"], true);
    let faulty = county.get(PANEL, &format!("{OF_PANEL}/queue?depth=deep&wide=1")).await;
    assert_eq!(pointers(&faulty.body), ["depth", "wide"]);
}

#[tokio::test]
async fn a_queue_names_children_to_those_whom_they_concern_and_is_closed_to_schools() {
    let county = with_a_panel().await;
    county.submitted(&for_the_panel()).await;
    let path = format!("{OF_PANEL}/queue");
    for key in [PANEL, ADVISER, COORDINATOR] {
        assert_eq!(get(&county, key, &path).await["items"][0]["child"]["given_name"], "Ivy");
    }
    assert!(county.accesses().contains("read_panel_queue"));
    for key in [COMMISSIONER, "demo-auditor"] {
        let nameless = get(&county, key, &path).await;
        assert!(!nameless.to_string().contains("Ivy"), "{key}");
        assert_eq!(nameless["items"].as_array().unwrap().len(), 1);
    }
    for key in [OURS, "demo-service-sensory-support", ADMIN] {
        assert_eq!(county.get(key, &path).await.status, StatusCode::FORBIDDEN, "{key}");
    }
}

#[tokio::test]
async fn a_panel_manager_says_how_deep_and_why() {
    let county = with_a_panel().await;
    let id = county.submitted(&for_the_panel()).await;
    let because =
        json!({"code": "professional_judgement", "criteria": ["a/b"], "text": "Three agencies."});
    let refused = county.act(PANEL, &id, "set-depth", &json!({"depth": "in_depth"})).await;
    assert_eq!(pointers(&refused.body), ["/reason"]);
    let faulty = county.act(PANEL, &id, "set-depth", &json!({"depth": "deep"})).await;
    assert_eq!(pointers(&faulty.body), ["/depth"]);
    let body = json!({"depth": "in_depth", "reason": because});
    assert_eq!(county.act(ADVISER, &id, "set-depth", &body).await.status, StatusCode::FORBIDDEN);
    let set = county.act(PANEL, &id, "set-depth", &body).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    let queue = get(&county, PANEL, &format!("{OF_PANEL}/queue")).await;
    let line = &queue["items"][0];
    assert_eq!((&line["depth"], &line["depth_set"]), (&json!("in_depth"), &json!(true)));
    assert_eq!((&line["suggestion"]["depth"], &line["minutes"]), (&json!("standard"), &json!(30)));
    let elsewhere = county.submitted(&hearing()).await;
    let not_there = county.act(PANEL, &elsewhere, "set-depth", &body).await;
    assert_eq!(not_there.status, StatusCode::NOT_FOUND, "it is with a service");
}

#[tokio::test]
async fn the_dates_of_a_cycle_keep_clear_of_closures_and_say_when_papers_are_due() {
    let county = with_a_panel().await;
    let closed = json!({"opens": "09:00", "closes": "17:00", "bank_holidays": [],
        "closures": [{"date": "2026-12-23", "reason": "Christmas"}]});
    let request = asking("PUT", ADMIN, "/calendar").body(Body::from(closed.to_string())).unwrap();
    assert_eq!(county.send(request).await.status, StatusCode::OK);
    let dates = get(&county, OURS, &format!("{OF_PANEL}/dates?from=2026-11-21&count=3")).await;
    let found: Vec<_> = dates["items"].as_array().unwrap().iter().map(|it| &it["date"]).collect();
    assert_eq!(found, ["2026-11-25", "2026-12-24", "2027-01-20"]);
    assert_eq!(dates["items"][0]["starts_at"], "2026-11-25T09:30:00Z");
    assert_eq!(dates["items"][0]["papers_due_at"], "2026-11-18T17:00:00Z");
    let faulty = county.get(OURS, &format!("{OF_PANEL}/dates?count=1000&from=x")).await;
    assert_eq!(pointers(&faulty.body).len(), 2);
    let none = county.get(OURS, &format!("{OF_PANEL}/dates?count=0")).await;
    assert_eq!(
        (none.status, pointers(&none.body)),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["count"])
    );
}

/// Calls a meeting for this instant.
async fn called(county: &County, command: u128, starts_at: &str) -> MeetingId {
    let new = NewMeeting {
        panel: "sensory-physical".parse().unwrap(),
        kind: MeetingKind::Cycle,
        starts_at: starts_at.parse().unwrap(),
        minutes: None,
    };
    let done = county.engine.call_meeting(&by_set_up_as(command), &new).await.unwrap();
    done.sitting.id
}

async fn convene(county: &County, command: u128, meeting: &MeetingId, what: MeetingCommand) {
    county.engine.convene(&by_set_up_as(command), meeting, what).await.unwrap();
}

#[tokio::test]
async fn meetings_are_listed_by_panel_day_and_state() {
    let county = with_a_panel().await;
    let first = called(&county, 100, "2026-11-25T09:30:00Z").await;
    let second = called(&county, 101, "2026-12-23T09:30:00Z").await;
    let cancel = MeetingCommand::Cancel(CancelReason::Weather, None);
    convene(&county, 102, &first, cancel).await;
    for (asked, expected) in [
        ("", vec![&first, &second]),
        ("?panel=sensory-physical&from=2026-11-26", vec![&second]),
        ("?to=2026-11-25", vec![&first]),
        ("?state=cancelled", vec![&first]),
        ("?panel=semh", vec![]),
    ] {
        let found = get(&county, COMMISSIONER, &format!("/meetings{asked}")).await;
        let expected: Vec<_> = expected.into_iter().map(MeetingId::as_str).collect();
        assert_eq!(ids(&found["items"]), expected, "{asked}");
    }
    let found = get(&county, PANEL, "/meetings?state=cancelled").await;
    assert_eq!(found["items"][0]["cancelled_because"], "weather");
    assert_eq!(found["items"][0]["minutes"], 60);
    assert_eq!(county.get(OURS, "/meetings").await.status, StatusCode::FORBIDDEN);
    let dates = get(&county, PANEL, &format!("{OF_PANEL}/dates?count=2")).await;
    assert_eq!(dates["items"][0]["meeting"], Value::Null);
    assert_eq!(dates["items"][1]["meeting"], second.as_str());
}

#[tokio::test]
async fn a_calendar_program_strikes_a_meeting_that_is_called_off() {
    let county = with_a_panel().await;
    let meeting = called(&county, 100, "2026-11-25T09:30:00Z").await;
    let issued = county.post(PANEL, &format!("{OF_PANEL}/feed"), &json!({})).await;
    assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.body);
    let url = issued.body["url"].as_str().unwrap().to_owned();
    let feed = async || {
        let request = Request::get(&url).body(Body::empty()).unwrap();
        let answer = county.send(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.body.as_str().unwrap().replace("\r\n", "\n")
    };
    let calendar = feed().await;
    let uid = format!("UID:{meeting}@meetings.frontdoor");
    for line in [
        uid.as_str(),
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "DTSTART:20261125T093000Z",
        "DTEND:20261125T103000Z",
    ] {
        assert!(calendar.lines().any(|it| it == line), "{line} in {calendar}");
    }
    let cancel = MeetingCommand::Cancel(CancelReason::NoItems, None);
    convene(&county, 101, &meeting, cancel).await;
    let calendar = feed().await;
    for line in [uid.as_str(), "SEQUENCE:1", "STATUS:CANCELLED"] {
        assert!(calendar.lines().any(|it| it == line), "{line} in {calendar}");
    }
    let with_a_key = county.get(COMMISSIONER, &format!("{OF_PANEL}/meetings.ics")).await;
    assert_eq!(with_a_key.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(with_a_key.body.as_str().unwrap().contains("STATUS:CANCELLED"));

    // Whoever sits on two panels keeps both addresses.
    let made = asking("PUT", ADMIN, "/panels/semh").body(Body::from(terms().to_string()));
    let made = county.send(made.unwrap()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let other = county.post(PANEL, "/panels/semh/feed", &json!({})).await;
    assert_eq!(other.status, StatusCode::CREATED, "{}", other.body);
    assert_eq!(feed().await, calendar);

    let revoked = county.post(PANEL, &format!("{OF_PANEL}/feed/revoke"), &json!({})).await;
    assert_eq!(revoked.status, StatusCode::OK);
    for url in [url.as_str(), "/api/v1/panels/sensory-physical/demo-panel.ics?token=x"] {
        let answer = county.send(Request::get(url).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn an_agenda_is_proposed_within_the_time_and_what_it_leaves_at_risk_is_told() {
    let county = with_a_panel().await;
    let mut sent = vec![];
    for _ in 0..6 {
        sent.push(county.submitted(&for_the_panel()).await);
        county.clock.advance(SignedDuration::from_hours(1));
    }
    // Sixty minutes take four of fifteen; the others are promised by 4 January 2027.
    let path = format!("{OF_PANEL}/agenda-proposal");
    let proposal = get(&county, PANEL, &path).await;
    assert_eq!(ids(&proposal["items"]), sent[..4]);
    assert_eq!((&proposal["minutes"], &proposal["left_out"]), (&json!(60), &json!(2)));
    assert_eq!(proposal["meeting"]["starts_at"], "2026-11-25T09:30:00Z");
    assert_eq!(proposal["decides_next_at"], "2026-12-23T10:30:00Z");
    assert_eq!(proposal["at_risk_count"], 0, "there is another meeting in time");

    let at = "2026-12-23";
    let later = get(&county, PANEL, &format!("{path}?date={at}&minutes=30")).await;
    assert_eq!(ids(&later["items"]), sent[..2]);
    assert_eq!(later["decides_next_at"], "2027-01-20T10:30:00Z");
    assert_eq!(ids(&later["at_risk"]), sent[2..]);
    assert_eq!(later["at_risk"][0]["at_risk"], true);

    // What is on the agenda takes its time first.
    let meeting = called(&county, 100, "2026-11-25T09:30:00Z").await;
    let request = domain::ids::RequestId(sent[5].parse::<Uuid>().unwrap());
    let item = Planned { request, depth: Depth::InDepth, minutes: 40 };
    convene(&county, 101, &meeting, MeetingCommand::SetAgenda(vec![item])).await;
    let proposal = get(&county, PANEL, &path).await;
    assert_eq!(proposal["minutes_taken"], 40);
    assert_eq!(
        (ids(&proposal["items"]), &proposal["minutes"]),
        (vec![sent[0].as_str()], &json!(55))
    );
    assert_eq!(proposal["meeting"]["meeting"], meeting.as_str());
    let queue = get(&county, PANEL, &format!("{OF_PANEL}/queue?standing=on_agenda")).await;
    assert_eq!(ids(&queue["items"]), sent[5..]);
    assert_eq!(queue["items"][0]["meeting"], meeting.as_str());
    assert_eq!(county.get(OURS, &path).await.status, StatusCode::FORBIDDEN);
    let nameless = county.get("demo-auditor", &path).await;
    assert!(!nameless.body.to_string().contains("Ivy"));
}

#[tokio::test]
async fn the_list_of_panels_says_how_much_waits_and_what_is_at_risk() {
    let county = with_a_panel().await;
    for _ in 0..6 {
        county.submitted(&for_the_panel()).await;
    }
    let panels = get(&county, COORDINATOR, "/panels").await;
    let panel = &panels["items"][0];
    assert_eq!((&panel["id"], &panel["version"]), (&json!("sensory-physical"), &json!(1)));
    assert_eq!(panel["next_meeting"]["starts_at"], "2026-11-25T09:30:00Z");
    let figures = |at_risk| {
        json!({"queued": 6, "on_agenda": 0, "awaiting_information": 0, "overdue": 0,
            "at_risk": at_risk})
    };
    assert_eq!(panel["queue"], figures(0));
    let to_a_school = get(&county, OURS, "/panels").await;
    assert_eq!(to_a_school["items"][0]["queue"], json!(null), "what waits is others' business");
    // The day before the next meeting: the one after it is too late for what does not fit.
    county.clock.advance(SignedDuration::from_hours(24 * 31));
    let panels = get(&county, COORDINATOR, "/panels").await;
    assert_eq!(panels["items"][0]["queue"], figures(2));
    let at_risk = get(&county, PANEL, &format!("{OF_PANEL}/queue?at_risk=true")).await;
    assert_eq!(at_risk["items"].as_array().unwrap().len(), 2);
    let safe = get(&county, PANEL, &format!("{OF_PANEL}/queue?at_risk=false")).await;
    assert_eq!(safe["items"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn attendance_shows_every_member_also_one_who_never_came() {
    let county = with_a_panel().await;
    let meeting = called(&county, 100, "2026-11-25T09:30:00Z").await;
    let request = county.submitted(&for_the_panel()).await;
    let request = domain::ids::RequestId(request.parse::<Uuid>().unwrap());
    let item = Planned { request, depth: Depth::Standard, minutes: 15 };
    convene(&county, 101, &meeting, MeetingCommand::SetAgenda(vec![item])).await;
    convene(&county, 102, &meeting, MeetingCommand::Publish).await;
    let [came, away] = ["demo-adviser", "demo-coordinator"].map(|it| it.parse().unwrap());
    convene(&county, 103, &meeting, MeetingCommand::Apologise(away)).await;
    county.clock.set("2026-11-25T09:30:00Z".parse().unwrap());
    convene(&county, 104, &meeting, MeetingCommand::Arrive(came)).await;
    county.clock.advance(SignedDuration::from_mins(25));
    let gone = MeetingCommand::Depart("demo-adviser".parse().unwrap());
    convene(&county, 105, &meeting, gone).await;

    let attended = get(&county, PANEL, &format!("{OF_PANEL}/attendance")).await;
    assert_eq!((&attended["meetings"], &attended["to"]), (&json!(1), &json!("2026-11-25")));
    let [one, other] = [&attended["members"][0], &attended["members"][1]];
    assert_eq!((&one["account"], &one["meetings_attended"]), (&json!("demo-adviser"), &json!(1)));
    assert_eq!((&one["minutes_present"], &one["apologies"]), (&json!(25), &json!(0)));
    assert_eq!((&other["meetings_attended"], &other["apologies"]), (&json!(0), &json!(1)));
    assert_eq!(other["role"], "school_leader");
    let before = get(&county, PANEL, &format!("{OF_PANEL}/attendance?to=2026-11-24")).await;
    assert_eq!((&before["meetings"], &before["members"][1]["apologies"]), (&json!(0), &json!(0)));

    let csv = county.get(COMMISSIONER, &format!("{OF_PANEL}/attendance.csv")).await;
    let lines: Vec<_> = csv.body.as_str().unwrap().lines().collect();
    assert_eq!(lines[1], "\"demo-adviser\",\"\",\"education_adviser\",1,1,25,0,0,0,0");
    assert_eq!(lines[2], "\"demo-coordinator\",\"\",\"school_leader\",1,0,0,1,0,0,0");
    assert_eq!(
        county.get(OURS, &format!("{OF_PANEL}/attendance")).await.status,
        StatusCode::FORBIDDEN
    );
}
