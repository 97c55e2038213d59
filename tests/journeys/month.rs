//! A month of the county, from the last day of November to New Year's Eve, told by everybody
//! who has a part in it: over HTTP alone, on a clock that the story moves.
//!
//! Whatever falls due on the way happens by itself. At the end the figures are compared with
//! the story's own arithmetic, which counts minute by minute.

mod arithmetic;

use arithmetic::{Figures, Waiting};
use frontdoor_tests::story::Story;
use frontdoor_tests::submission::{plain, with, without_consent};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};

/// The requests of the month, by the school that made them.
struct Month {
    /// 900001 rang; the call was logged next morning.
    rang: Value,
    /// 900002 forgot to ask the parents.
    forgot_consent: Value,
    /// 900003 was asked back, then took advice.
    took_advice: Value,
    /// 900004 did not think that advice was enough.
    wanted_more: Value,
}

/// What somebody who declines, hands over or overrules must say.
fn because(code: &str) -> Value {
    json!({"code": code, "criteria": ["sensory-need"], "text": "We spoke with the school."})
}

/// A request for nothing but advice, about a child for whom nothing was tried: for the duty
/// adviser.
fn for_advice() -> Value {
    let body = with(plain(), "/needs/primary", json!("ASD"));
    with(body, "/support_sought", json!(["advice"]))
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A promise to respond that was answered, without a wait.
fn answered(received: &str, at: &str) -> Waiting {
    let (received, answered) = (instant(received), Some(instant(at)));
    Waiting { received, waited: vec![], answered, closures: vec![] }
}

#[tokio::test]
async fn a_month_of_the_county_adds_up() {
    let mut story = Story::begin("2026-11-30T08:00:00Z").await;
    let mut figures = Figures::default();
    let month = first_days(&mut story).await;
    first_answers(&mut story, &month, &mut figures).await;
    sent_round_and_back(&mut story, &month, &mut figures).await;
    second_week(&mut story, &mut figures).await;
    a_gap_in_the_rota(&mut story, &mut figures).await;
    nobody_answers_in_time(&mut story, &mut figures).await;
    the_council_closes_for_christmas(&mut story, &mut figures).await;
    story.pass("2026-12-31T17:00:00Z").await;
    figures.are_those_of(&story).await;
}

/// Tuesday 1 December.
async fn first_days(story: &mut Story) -> Month {
    // A call of Monday afternoon is written down on Tuesday: it counts from Monday.
    let call = with(plain(), "/school_urn", json!("900001"));
    let call = with(call, "/channel", json!("phone"));
    let call = with(call, "/effective_at", json!("2026-11-30T15:30:00Z"));
    let rang = story.submitted("2026-12-01T09:20:00Z", "coordinator", &call).await;
    assert_eq!(rang["received_at"], "2026-11-30T15:30:00Z");
    assert_eq!(rang["respond_by"], "2026-12-07T17:00:00Z");
    assert_eq!(rang["route"]["service"], "sensory-support");

    let body = without_consent();
    let forgot_consent = story.submitted("2026-12-01T10:00:00Z", "school-900002", &body).await;
    assert_eq!(forgot_consent["missing"], json!(["consent"]));
    let body = for_advice();
    let took_advice = story.submitted("2026-12-01T11:00:00Z", "school-900003", &body).await;
    assert_eq!(took_advice["route"], json!({"kind": "duty", "why": "advice"}));
    let wanted_more = story.submitted("2026-12-01T14:00:00Z", "school-900004", &body).await;
    Month { rang, forgot_consent, took_advice, wanted_more }
}

/// Wednesday 2 and Thursday 3 December: contact, questions, advice taken and advice not enough.
async fn first_answers(story: &mut Story, month: &Month, figures: &mut Figures) {
    let Month { rang, took_advice, wanted_more, .. } = month;
    let sensory = "service-sensory-support";
    story.then("2026-12-02T11:00:00Z", sensory, rang, "accept", json!({})).await;
    let contact = json!({"text": "Rang the parents."});
    story.then("2026-12-02T11:30:00Z", sensory, rang, "record-contact", contact).await;
    assert_eq!(story.clock(rang, "first_contact").await["state"], "kept");
    figures.add(answered("2026-11-30T15:30:00Z", "2026-12-02T11:00:00Z"));

    let questions = json!({"questions": ["When is it hardest?", "What helps?"]});
    let at = "2026-12-02T12:00:00Z";
    let asked = story.then(at, "adviser", took_advice, "ask-information", questions).await;
    assert_eq!(asked["status"], "awaiting_information");
    figures.add(answered("2026-12-01T11:00:00Z", at));
    let school = "school-900003";
    let one = json!({"answers": [{"question": 1, "text": "After lunch."}]});
    let at = "2026-12-03T09:30:00Z";
    let partly = story.then(at, school, took_advice, "supply-information", one).await;
    assert_eq!(partly["status"], "awaiting_information");

    let advice = json!({"kind": "strategies", "text": "Try a visual timetable."});
    story.then("2026-12-03T10:00:00Z", "adviser", wanted_more, "advise", advice.clone()).await;
    figures.add(answered("2026-12-01T14:00:00Z", "2026-12-03T10:00:00Z"));
    let other = json!({"answers": [{"question": 2, "text": "A quiet corner."}]});
    let at = "2026-12-03T10:30:00Z";
    let whole = story.then(at, school, took_advice, "supply-information", other).await;
    assert_eq!(whole["status"], "with_duty_adviser");

    let why = json!({"text": "We have used one since September."});
    let at = "2026-12-03T15:00:00Z";
    let on = story.then(at, "school-900004", wanted_more, "go-on", why).await;
    assert_eq!(on["status"], "awaiting_panel");
    assert_eq!(on["route"]["panel"], "communication-interaction");

    story.then("2026-12-03T16:00:00Z", "adviser", took_advice, "advise", advice).await;
    let at = "2026-12-03T16:30:00Z";
    let taken = story.then(at, school, took_advice, "accept-advice", json!({})).await;
    assert_eq!(taken["status"], "closed");
    let thanks = json!({"quick": "yes", "helped": "partly", "comment": "Thank you."});
    story.then("2026-12-03T16:40:00Z", school, took_advice, "give-feedback", thanks).await;
}

/// Thursday 3 to Tuesday 8 December: a decline and a hand-over bring it to the panel; the duty
/// adviser answers the school meanwhile. The consent that was missing comes after a reminder.
async fn sent_round_and_back(story: &mut Story, month: &Month, figures: &mut Figures) {
    let Month { forgot_consent, .. } = month;
    let received = "2026-12-03T16:50:00Z";
    let sent_round = story.submitted(received, "school-900005", &plain()).await;
    let reason = json!({"reason": because("criteria_not_met")});
    let at = "2026-12-04T09:30:00Z";
    let sensory = "service-sensory-support";
    let declined = story.then(at, sensory, &sent_round, "decline", reason).await;
    assert_eq!(declined["status"], "with_duty_adviser");
    let route = json!({"service": "education-welfare"});
    story.then("2026-12-04T10:00:00Z", "adviser", &sent_round, "route", route).await;
    let onwards = json!({"service": "specialist-sen", "reason": because("wrong_service")});
    let at = "2026-12-04T11:00:00Z";
    let welfare = "service-education-welfare";
    let bounced = story.then(at, welfare, &sent_round, "hand-over", onwards).await;
    assert_eq!(bounced["status"], "awaiting_panel");
    assert_eq!(bounced["route"]["panel"], "sensory-physical");
    let inside = story.events("adviser", &sent_round).await;
    assert!(inside.iter().any(|it| it == "request.criteria_gap_found"), "{inside:?}");

    let advice = json!({"text": "The panel meets next week; seat her in front meanwhile."});
    let at = "2026-12-07T09:30:00Z";
    story.then(at, "adviser", &sent_round, "advise", advice).await;
    figures.add(answered(received, at));

    let told = story.events("school-900002", forgot_consent).await;
    assert!(told.iter().any(|it| it == "request.reminded"), "{told:?}");
    let consent = json!({"consent": {"given": true, "by": "parent", "on": "2026-12-06"}});
    let at = "2026-12-07T10:00:00Z";
    let sent = story.then(at, "school-900002", forgot_consent, "supply-information", consent).await;
    assert_eq!(sent["route"]["service"], "sensory-support");
    let answered_at = "2026-12-08T16:00:00Z";
    story.then(answered_at, sensory, forgot_consent, "accept", json!({})).await;
    let received = "2026-12-01T10:00:00Z";
    let waited = vec![(instant(received), instant(at))];
    figures.add(Waiting { waited, ..answered(received, answered_at) });
}

/// Wednesday 9 to Thursday 10 December: one service hands over to another; a child lives
/// elsewhere, and stays with us until the other authority has the request.
async fn second_week(story: &mut Story, figures: &mut Figures) {
    let received = "2026-12-09T09:00:00Z";
    let handed_over = story.submitted(received, "school-900006", &plain()).await;
    let elsewhere = with(plain(), "/child/home_authority", json!("835"));
    let elsewhere = story.submitted("2026-12-09T09:10:00Z", "school-900007", &elsewhere).await;
    let why = json!({"kind": "duty", "why": "redirect", "authority": "835"});
    assert_eq!(elsewhere["route"], why);

    let onwards = json!({"service": "specialist-sen", "reason": because("wrong_service")});
    let at = "2026-12-09T11:00:00Z";
    let sensory = "service-sensory-support";
    let handed = story.then(at, sensory, &handed_over, "hand-over", onwards).await;
    assert_eq!(handed["route"]["service"], "specialist-sen");
    let redirect = json!({"authority": "835", "text": "Dorset has been told."});
    let at = "2026-12-09T15:00:00Z";
    let redirected = story.then(at, "adviser", &elsewhere, "redirect", redirect).await;
    assert_ne!(redirected["status"], "closed", "nobody has received it yet");
    figures.add(answered("2026-12-09T09:10:00Z", at));

    let at = "2026-12-10T09:00:00Z";
    story.then(at, "service-specialist-sen", &handed_over, "accept", json!({})).await;
    figures.add(answered(received, at));
    let receipt = json!({"received_on": "2026-12-10"});
    let at = "2026-12-10T10:00:00Z";
    let closed = story.then(at, "adviser", &elsewhere, "record-receipt", receipt).await;
    assert_eq!(closed["status"], "closed");
}

/// Friday 11 December: nobody is on in the morning. It was seen coming; what arrives belongs to
/// the afternoon's shift, and the line manager is told.
async fn a_gap_in_the_rota(story: &mut Story, figures: &mut Figures) {
    let (from, to) = ("2026-12-11T09:00:00Z", "2026-12-11T13:00:00Z");
    let nobody = json!({"from": from, "to": to, "adviser": null});
    let added = story.caller("coordinator").post("/rotas/front-door/overrides", &nobody).await;
    assert!(matches!(added.status, 200 | 201), "{}", added.text);
    let forecast = "/rotas/front-door/gaps?from=2026-12-10&to=2026-12-12";
    let forecast = story.caller("coordinator").get(forecast).await.expect(200);
    assert_eq!(forecast["items"][0]["from"], from);
    assert_eq!(forecast["items"][0]["to"], to);

    let received = "2026-12-11T10:00:00Z";
    let unlucky = story.submitted(received, "school-900008", &for_advice()).await;
    let next = story.caller("adviser").get("/duty?at=2026-12-11T13:00:00Z").await.expect(200);
    assert_eq!(unlucky["duty"]["adviser"], next["adviser"]);
    let inside = story.events("adviser", &unlucky).await;
    assert!(inside.iter().any(|it| it == "request.rota_gap_found"), "{inside:?}");
    let told = story.caller("adviser").get("/escalations").await.expect(200);
    assert_eq!(told["items"][0]["about"], "rota_gap");
    assert_eq!(told["items"][0]["request"], unlucky["id"]);

    let advice = json!({"text": "Try a visual timetable."});
    let at = "2026-12-11T14:00:00Z";
    story.then(at, "adviser", &unlucky, "advise", advice).await;
    figures.add(answered(received, at));
}

/// Monday 14 to Tuesday 22 December: a promise is warned of, broken, escalated, and answered
/// late.
async fn nobody_answers_in_time(story: &mut Story, figures: &mut Figures) {
    let received = "2026-12-14T09:00:00Z";
    let forgotten = story.submitted(received, "school-900009", &plain()).await;
    assert_eq!(forgotten["respond_by"], "2026-12-21T17:00:00Z");
    story.pass("2026-12-21T17:00:00Z").await;
    let inside = story.events("adviser", &forgotten).await;
    assert!(inside.iter().any(|it| it == "request.promise_warned"), "{inside:?}");
    assert_eq!(story.clock(&forgotten, "first_contact").await["state"], "breached");
    assert_eq!(story.clock(&forgotten, "respond").await["state"], "running");

    story.pass("2026-12-22T09:00:00Z").await;
    assert_eq!(story.clock(&forgotten, "respond").await["state"], "breached");
    let told = story.caller("adviser").get("/escalations").await.expect(200);
    let breached = told["items"]
        .as_array()
        .expect("escalations")
        .iter()
        .filter(|it| (&it["request"], &it["promise"]) == (&forgotten["id"], &json!("respond")));
    assert_eq!(breached.count(), 1, "{told}");
    let outside = story.events("school-900009", &forgotten).await;
    assert!(!outside.iter().any(|it| it.starts_with("request.escalated")), "{outside:?}");

    let at = "2026-12-22T10:00:00Z";
    story.then(at, "service-sensory-support", &forgotten, "accept", json!({})).await;
    figures.add(answered(received, at));
}

/// Wednesday 23 December: the council finds that it is closed between the years, and what it
/// promised before is due later; the first promise stays visible.
async fn the_council_closes_for_christmas(story: &mut Story, figures: &mut Figures) {
    let received = "2026-12-23T10:00:00Z";
    let festive = story.submitted(received, "school-900010", &for_advice()).await;
    let promised = festive["respond_by"].clone();
    assert_eq!(promised, "2027-01-04T17:00:00Z");

    story.pass("2026-12-23T12:00:00Z").await;
    let admin = story.caller("admin");
    let mut calendar = admin.get("/calendar").await.expect(200);
    calendar.as_object_mut().expect("a calendar").remove("version");
    let closed = |day: i8| json!({"date": date(2026, 12, day), "reason": "Closed for Christmas"});
    calendar["closures"] = json!([closed(29), closed(30), closed(31)]);
    admin.put("/calendar", &calendar).await.expect_status(200);
    story.pass("2026-12-23T13:00:00Z").await;

    let respond = story.clock(&festive, "respond").await;
    assert_eq!(respond["original_due_at"], promised);
    assert_eq!(respond["due_at"], "2027-01-07T17:00:00Z");
    assert_eq!(respond["state"], "running");
    let closures = [29, 30, 31].map(|day| date(2026, 12, day)).to_vec();
    let unanswered = Waiting { answered: None, closures, ..answered(received, received) };
    figures.add(unanswered);
}
