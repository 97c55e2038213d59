//! The rota over HTTP: teams, shifts, overrides, absences, swaps, gaps, and who is on.

use crate::county::{ADVISER, Answer, County, OURS, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const ADMIN: &str = "demo-admin";
const COORDINATOR: &str = "demo-coordinator";

async fn put(county: &County, key: &str, path: &str, body: &Value) -> Answer {
    county.send(asking("PUT", key, path).body(Body::from(body.to_string())).unwrap()).await
}

fn faults(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let errors = answer.body["errors"].as_array().unwrap().iter();
    errors.map(|fault| fault["pointer"].as_str().unwrap()).collect()
}

fn shift(day: &str, from: &str, to: &str, adviser: &str) -> Value {
    json!({"day": day, "from": from, "to": to, "adviser": adviser})
}

/// The demo adviser is on from Monday to Wednesday, the coordinator on Thursday and Friday;
/// the administrator manages them.
pub(crate) async fn county() -> County {
    let county = County::founded().await;
    let team = json!({"name": "Front door", "manager": "demo-admin", "members": [
        {"account": "demo-adviser", "skills": ["sensory"]},
        {"account": "demo-coordinator"},
    ]});
    let formed = put(&county, ADMIN, "/teams/front-door", &team).await;
    assert_eq!(formed.status, StatusCode::OK, "{}", formed.body);
    let shifts = json!({"shifts": [
        shift("monday", "09:00", "17:00", "demo-adviser"),
        shift("tuesday", "09:00", "17:00", "demo-adviser"),
        shift("wednesday", "09:00", "17:00", "demo-adviser"),
        shift("thursday", "09:00", "17:00", "demo-coordinator"),
        shift("friday", "09:00", "17:00", "demo-coordinator"),
    ]});
    for month in ["2026-11", "2026-12"] {
        let path = format!("/rotas/front-door/shifts?month={month}");
        let set = put(&county, COORDINATOR, &path, &shifts).await;
        assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    }
    county
}

async fn on(county: &County, at: &str) -> Value {
    county.get(OURS, &format!("/duty?at={at}")).await.body["adviser"].clone()
}

#[tokio::test]
async fn a_team_is_formed_of_people_who_have_accounts() {
    let county = county().await;
    let team = county.get(ADVISER, "/teams/front-door").await.body;
    assert_eq!(team["manager"], "demo-admin");
    let adviser = &team["members"][0];
    assert_eq!(*adviser, json!({"account": "demo-adviser", "name": null, "skills": ["sensory"]}));
    let faulty = json!({"name": " ", "manager": "zoe", "leader": "x", "members": [
        {"account": "demo-adviser", "skills": ["magic"]}, {"account": "who"}, {}]});
    let answer = put(&county, ADMIN, "/teams/front-door", &faulty).await;
    assert_eq!(
        faults(&answer),
        [
            "/name",
            "/manager",
            "/members/0/skills/0",
            "/members/1/account",
            "/members/2/account",
            "/leader",
        ]
    );
    assert_eq!(county.get(ADVISER, "/teams/front-door").await.body, team, "nothing half-applied");
}

#[tokio::test]
async fn shifts_are_read_as_they_were_set_and_every_fault_is_told() {
    let county = county().await;
    let path = "/rotas/front-door/shifts?month=2026-11";
    let before = county.get(ADVISER, path).await;
    let first = &before.body["shifts"][0];
    assert_eq!(first["id"], "monday-1");
    assert_eq!((&first["from"], &first["to"]), (&json!("09:00"), &json!("17:00")));
    assert_eq!(first["adviser"], "demo-adviser");

    let faulty = json!({"shifts": [
        shift("monday", "09:00", "13:00", "demo-adviser"),
        shift("monday", "12:00", "17:00", "demo-adviser"),
        shift("tuesday", "13:00", "09:00", "demo-adviser"),
        shift("friday", "09:00", "17:00", "zoe"),
        {"days": ["monday"], "from": "18:00", "to": "24:00",
         "rotation": [{"adviser": "demo-adviser"}, {"skill": "physical"}, {"adviser": "zoe"}]},
    ]});
    let answer = put(&county, COORDINATOR, path, &faulty).await;
    let expected = [
        "/shifts/2/to",
        "/shifts/3/adviser",
        "/shifts/4/rotation/1",
        "/shifts/4/rotation/2",
        "/shifts/1/to",
    ];
    assert_eq!(faults(&answer), expected);
    let unreadable = json!({"shifts": [{"day": "someday", "from": "9", "to": "17:00"}]});
    let answer = put(&county, COORDINATOR, path, &unreadable).await;
    assert_eq!(faults(&answer), ["/shifts/0/day", "/shifts/0/from", "/shifts/0/adviser"]);
    assert_eq!(county.get(ADVISER, path).await.body, before.body, "nothing half-applied");
}

#[tokio::test]
async fn a_month_that_has_changed_since_is_not_overwritten() {
    let county = county().await;
    let path = "/rotas/front-door/shifts?month=2026-12";
    let version = county.get(ADVISER, path).await.headers["etag"].clone();
    let shifts = json!({"shifts": [shift("monday", "10:00", "16:00", "demo-adviser")]});
    for (tag, status) in
        [("\"99\"", StatusCode::PRECONDITION_FAILED), (version.to_str().unwrap(), StatusCode::OK)]
    {
        let request = asking("PUT", ADMIN, path).header("if-match", tag);
        let answer = county.send(request.body(Body::from(shifts.to_string())).unwrap()).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

#[tokio::test]
async fn an_override_counts_on_both_sides_of_a_months_end() {
    let county = county().await;
    let overrides = "/rotas/front-door/overrides";
    let stretch = json!({"from": "2026-11-30T12:00:00Z", "to": "2026-12-01T12:00:00Z",
        "adviser": "demo-coordinator"});
    let added = county.post(COORDINATOR, overrides, &stretch).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    for (at, adviser) in [
        ("2026-11-30T11:59:00Z", "demo-adviser"),
        ("2026-11-30T12:00:00Z", "demo-coordinator"),
        ("2026-12-01T11:59:00Z", "demo-coordinator"),
        ("2026-12-01T12:00:00Z", "demo-adviser"),
    ] {
        assert_eq!(on(&county, at).await, adviser, "{at}");
    }
    let december = format!("{overrides}?month=2026-12");
    let items = county.get(ADVISER, &december).await.body["items"].clone();
    assert_eq!(items[0]["from"], "2026-12-01T00:00:00Z");

    let none = put(&county, COORDINATOR, &december, &json!({"overrides": []})).await;
    assert_eq!(none.status, StatusCode::OK, "{}", none.body);
    assert_eq!(on(&county, "2026-12-01T11:59:00Z").await, "demo-adviser");
    for (to, adviser, pointer) in [
        ("2026-11-30T12:00:00Z", "demo-adviser", "/to"),
        ("2036-11-30T12:00:00Z", "demo-adviser", "/to"),
        ("2026-11-30T13:00:00Z", "zoe", "/adviser"),
    ] {
        let body = json!({"from": "2026-11-30T12:00:00Z", "to": to, "adviser": adviser});
        let answer = county.post(COORDINATOR, overrides, &body).await;
        assert_eq!(faults(&answer), [pointer]);
    }
}

#[tokio::test]
async fn an_adviser_is_away_and_comes_back_early() {
    let county = county().await;
    let absences = "/rotas/front-door/absences";
    let away = json!({"from": "2026-11-23T00:00:00Z", "to": "2026-11-26T00:00:00Z"});
    let recorded = county.post(ADVISER, absences, &away).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
    assert_eq!(recorded.body["adviser"], "demo-adviser");
    assert_eq!(on(&county, "2026-11-24T10:00:00Z").await, "demo-coordinator");

    let end = format!("{absences}/{}/end", recorded.body["id"].as_str().unwrap());
    let back = county.post(ADVISER, &end, &json!({"at": "2026-11-24T00:00:00Z"})).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert_eq!(on(&county, "2026-11-24T10:00:00Z").await, "demo-adviser");

    let others = json!({"adviser": "demo-coordinator", "from": away["from"], "to": away["to"]});
    let refused = county.post(ADVISER, absences, &others).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let kept = county.post(COORDINATOR, absences, &others).await;
    assert_eq!(kept.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_request_moves_when_its_adviser_goes() {
    let county = county().await;
    let path = format!("/requests/{}", county.submitted(&hearing()).await);
    let before = county.get(ADVISER, &path).await.body;
    assert_eq!(before["duty"]["adviser"], "demo-coordinator");
    let away = json!({"from": "2026-11-20T09:00:00Z", "to": "2026-12-04T00:00:00Z"});
    let recorded = county.post(COORDINATOR, "/rotas/front-door/absences", &away).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
    let after = county.get(ADVISER, &path).await.body;
    assert_eq!(after["duty"]["adviser"], "demo-adviser");
}

#[tokio::test]
async fn a_swap_is_offered_answered_and_done_once() {
    let county = county().await;
    let swaps = "/rotas/front-door/swaps";
    let offer = json!({"shift": {"shift": "monday-1", "date": "2026-11-23"},
        "colleague": "demo-coordinator",
        "in_return": {"shift": "thursday-1", "date": "2026-11-26"}});
    let offered = county.post(ADVISER, swaps, &offer).await;
    assert_eq!(offered.status, StatusCode::CREATED, "{}", offered.body);
    assert_eq!(offered.body["holder"], "demo-adviser");
    assert_eq!(offered.body["state"], "offered");
    let again = county.post(ADVISER, swaps, &offer).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a turn is in one swap at a time");

    let place = format!("{swaps}/{}", offered.body["id"].as_str().unwrap());
    let accept = format!("{place}/accept");
    assert_eq!(county.post(ADVISER, &accept, &json!({})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(on(&county, "2026-11-23T10:00:00Z").await, "demo-adviser");
    let accepted = county.post(COORDINATOR, &accept, &json!({})).await;
    assert_eq!(accepted.body["state"], "accepted", "{}", accepted.body);
    assert_eq!(on(&county, "2026-11-23T10:00:00Z").await, "demo-coordinator");
    assert_eq!(on(&county, "2026-11-26T10:00:00Z").await, "demo-adviser");
    let refuse = format!("{place}/refuse");
    assert_eq!(county.post(COORDINATOR, &refuse, &json!({})).await.status, StatusCode::CONFLICT);
    let listed = county.get(ADVISER, &format!("{swaps}?month=2026-11")).await.body;
    assert_eq!(listed["items"][0]["state"], "accepted");
}

#[tokio::test]
async fn a_swap_of_the_past_of_nothing_or_of_anothers_shift_is_refused() {
    let county = county().await;
    let offer = |shift: &str, date: &str| json!({"shift": {"shift": shift, "date": date}, "colleague": "demo-coordinator"});
    let swaps = "/rotas/front-door/swaps";
    let past = county.post(ADVISER, swaps, &offer("monday-1", "2026-11-16")).await;
    assert_eq!(past.status, StatusCode::CONFLICT, "{}", past.body);
    let unknown = county.post(ADVISER, swaps, &offer("sunday-9", "2026-11-29")).await;
    assert_eq!(faults(&unknown), ["/shift"]);
    let theirs = json!({"shift": {"shift": "friday-1", "date": "2026-11-27"},
        "holder": "demo-coordinator", "colleague": "demo-adviser"});
    let theirs = county.post(ADVISER, swaps, &theirs).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_gap_ahead_is_told_with_the_promises_that_it_puts_at_risk() {
    let county = county().await;
    let id = county.submitted(&hearing()).await;
    let nobody = json!({"from": "2026-11-26T00:00:00Z", "to": "2026-11-28T00:00:00Z"});
    county.post(COORDINATOR, "/rotas/front-door/overrides", &nobody).await;
    let path = "/rotas/front-door/gaps?from=2026-11-23T00:00:00Z&to=2026-12-07T00:00:00Z";
    let answer = county.get(ADVISER, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let gaps = answer.body["items"].as_array().unwrap();
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!(gaps[0]["from"], "2026-11-26T09:00:00Z");
    assert_eq!(gaps[0]["to"], "2026-11-27T17:00:00Z");
    assert_eq!(gaps[0]["working_minutes"], 960);
    assert_eq!(gaps[0]["taken_by"]["adviser"], "demo-adviser");
    assert_eq!(gaps[0]["taken_by"]["from"], "2026-11-30T09:00:00Z");
    let at_risk = &gaps[0]["at_risk"];
    assert_eq!((&at_risk["count"], &at_risk["requests"][0]["id"]), (&json!(1), &json!(id)));
    assert_eq!(at_risk["requests"][0]["respond_by"], "2026-11-27T17:00:00Z");

    let admin = county.get(ADMIN, path).await.body;
    assert_eq!(admin["items"][0]["at_risk"], json!({"count": 1, "requests": []}));
    for range in ["from=2026-11-23T00:00:00Z&to=2026-11-23T00:00:00Z", "to=2090-01-01T00:00:00Z"] {
        let answer = county.get(ADVISER, &format!("/rotas/front-door/gaps?{range}")).await;
        assert_eq!(faults(&answer), ["to"]);
    }
}

#[tokio::test]
async fn everybody_who_is_on_is_told_as_known_now_or_as_known_then() {
    let county = county().await;
    let shifts = json!({"shifts": [
        {"id": "front", "days": ["monday"], "from": "09:00", "to": "17:00",
         "adviser": "demo-coordinator"},
        {"id": "ears", "days": ["monday"], "from": "09:00", "to": "12:00", "skill": "sensory"},
    ]});
    let path = "/rotas/front-door/shifts?month=2026-11";
    let set = put(&county, ADMIN, path, &shifts).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    let asked = "/duty?at=2026-11-23T10:00:00Z";
    let now = county.get(OURS, asked).await.body;
    assert_eq!((&now["adviser"], &now["on_duty"]), (&json!("demo-coordinator"), &json!(true)));
    let people = now["people"].as_array().unwrap();
    let told: Vec<_> = people.iter().map(|it| (&it["adviser"], &it["shift"])).collect();
    let expected =
        [(json!("demo-coordinator"), json!("front")), (json!("demo-adviser"), json!("ears"))];
    assert_eq!(told, expected.iter().map(|(who, shift)| (who, shift)).collect::<Vec<_>>());
    assert_eq!(people[1]["skill"], "sensory");

    let before = county.get(OURS, &format!("{asked}&known_at=2026-11-20T09:59:00Z")).await.body;
    assert_eq!((&before["adviser"], &before["people"]), (&Value::Null, &json!([])));
    let then = county.get(OURS, &format!("{asked}&known_at=2026-11-20T10:00:00Z")).await.body;
    assert_eq!(then["people"], now["people"]);
}

#[tokio::test]
async fn a_person_hands_a_request_to_somebody() {
    let county = county().await;
    let id = county.submitted(&hearing()).await;
    let body = json!({"adviser": "demo-adviser", "text": "She knows the school."});
    let assigned = county.act(ADVISER, &id, "assign", &body).await;
    assert_eq!(assigned.status, StatusCode::OK, "{}", assigned.body);
    assert_eq!(assigned.body["duty"]["adviser"], "demo-adviser");
    for wrong in [json!({"adviser": "zoe"}), json!({})] {
        let answer = county.act(COORDINATOR, &id, "assign", &wrong).await;
        assert_eq!(faults(&answer), ["/adviser"]);
    }
    assert_eq!(county.act(OURS, &id, "assign", &body).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_rota_of_no_team_is_not_there() {
    let county = county().await;
    for path in ["/teams/nobody", "/rotas/nobody/shifts", "/rotas/nobody/gaps"] {
        assert_eq!(county.get(ADVISER, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn ones_own_shifts_are_a_calendar_until_its_address_is_taken_back() {
    let county = county().await;
    let mut urls = Vec::new();
    for _ in 0..2 {
        let request = asking("POST", ADVISER, "/rotas/front-door/feed");
        let request = request.header("idempotency-key", "once");
        let issued = county.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.body);
        urls.push(issued.body["url"].as_str().unwrap().to_owned());
    }
    assert_eq!(urls[0], urls[1], "a retry gets the first answer");
    let get = async |url: &str| {
        county.send(axum::http::Request::get(url).body(Body::empty()).unwrap()).await
    };
    let feed = get(&urls[0]).await;
    assert_eq!(feed.status, StatusCode::OK, "{}", feed.body);
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    let text = feed.body.as_str().unwrap();
    assert!(text.lines().all(|line| line.len() <= 75) && text.contains("\r\n"), "{text}");
    let mine = web::rota_ics::layers(text, |name| {
        (name == "On duty: Front door").then(|| "demo-adviser".parse().unwrap())
    });
    let days: usize =
        mine.unwrap()[&"2026-11".parse().unwrap()].iter().map(|it| it.dates.len()).sum();
    assert_eq!(days, 13, "Mondays to Wednesdays of November 2026");
    assert!(text.contains("DTSTART:20261123T090000Z") && text.contains("DTEND:20261123T170000Z"));
    assert!(text.contains("UID:monday-1.2026-11-23.1.demo-adviser@front-door.frontdoor"), "{text}");

    let wrong = urls[0].replace("token=", "token=0");
    let others = urls[0].replace("demo-adviser", "demo-coordinator");
    for url in [&wrong, &others, &urls[0].replace(".ics", ""), &urls[0][..40].to_owned()] {
        assert_eq!(get(url).await.status, StatusCode::NOT_FOUND, "{url}");
    }
    county.post(ADVISER, "/rotas/front-door/feed/revoke", &json!({})).await;
    assert_eq!(get(&urls[0]).await.status, StatusCode::NOT_FOUND);
}
