//! Four weeks of the four panels, and what became of it: told by the clerk, the chairs, the
//! members, the schools, the services and the officer, over HTTP alone, on a clock that the
//! story moves.
//!
//! What a family, a member or an auditor reads in the end stands in the snapshots: the minutes
//! must read as a clerk would write them.

mod children;
mod package;
mod told;

use children::{because, child};
use package::{half_as_much, three_agencies};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use told::{CLERK, OFFICER, Told, item};

const COMMUNICATION: &str = "communication-interaction";
const LEARNING: &str = "cognition-learning";
const SEMH: &str = "semh";
const SENSORY: &str = "sensory-physical";

/// The children about whom it is.
struct Children {
    /// Three agencies see him through the year.
    leo: Value,
    /// She is at the school of the only headteacher who is in the room.
    mina: Value,
    /// The panel needs to know something first.
    jonah: Value,
    /// A clear case.
    ada: Value,
    /// Not everybody agrees.
    callum: Value,
    /// Her panel only advises.
    priya: Value,
}

#[tokio::test]
async fn four_panels_meet_in_four_weeks_and_leave_a_record() {
    let mut told = Told::begin("2026-09-01T07:30:00Z").await;
    let children = schools_ask(&mut told).await;
    the_clerk_fills_the_diary(&mut told).await;
    papers_come_late(&mut told, &children).await;
    a_recusal_breaks_the_quorum(&mut told, &children).await;
    the_officer_ratifies_a_package(&mut told, &children).await;
    the_panel_asks_the_school(&mut told, &children).await;
    the_chair_decides_a_clear_case(&mut told, &children).await;
    a_panel_votes(&mut told, &children).await;
    a_panel_advises_and_the_officer_decides(&mut told, &children).await;
    what_was_deferred_returns(&mut told, &children).await;
    a_review_changes_the_package(&mut told, &children).await;
    the_minutes_read_well(&told).await;
    the_money_adds_up(&told).await;
}

/// The first days of September.
async fn schools_ask(told: &mut Told) -> Children {
    let leo = child(
        ("Leo", "Ashcombe"),
        "ASD",
        "specialist_hlta",
        "Leo speaks in single words and leaves the room when it becomes loud.",
    );
    let leo = told.asked("2026-09-01T08:00:00Z", "900012", COMMUNICATION, &leo).await;
    let mina = child(
        ("Mina", "Carlow"),
        "SLCN",
        "funding",
        "Mina understands little of what is said to the whole class.",
    );
    let mina = told.asked("2026-09-01T08:10:00Z", "900007", COMMUNICATION, &mina).await;
    let jonah =
        child(("Jonah", "Birling"), "MLD", "funding", "Jonah reads at the level of a beginner.");
    let jonah = told.asked("2026-09-01T08:20:00Z", "900046", LEARNING, &jonah).await;
    let ada = child(
        ("Ada", "Winterton"),
        "SEMH",
        "equipment",
        "Ada needs a way to show that she has had enough before she shouts.",
    );
    let ada = told.asked("2026-09-01T08:30:00Z", "900001", SEMH, &ada).await;
    let callum = child(
        ("Callum", "Rook"),
        "SEMH",
        "inreach",
        "Callum has been sent home four times since Easter.",
    );
    let callum = told.asked("2026-09-01T08:40:00Z", "900010", SEMH, &callum).await;
    let priya = child(
        ("Priya", "Sandhu"),
        "VI",
        "ict_assessment",
        "Priya can no longer read what is on the board, nor her own writing.",
    );
    let priya = told.asked("2026-09-01T08:50:00Z", "900011", SENSORY, &priya).await;
    Children { leo, mina, jonah, ada, callum, priya }
}

/// Four Wednesdays, one for each panel.
async fn the_clerk_fills_the_diary(told: &mut Told) {
    let mut ids = vec![];
    for (panel, day) in [(COMMUNICATION, 9), (LEARNING, 16), (SEMH, 23), (SENSORY, 30)] {
        let starts_at = format!("2026-09-{day:02}T08:30:00Z");
        let called = told.called("2026-09-01T10:00:00Z", panel, &starts_at).await;
        ids.push(called["id"].as_str().expect("an id").to_owned());
    }
    let wednesdays = [
        "communication-interaction-2026-09-09",
        "cognition-learning-2026-09-16",
        "semh-2026-09-23",
        "sensory-physical-2026-09-30",
    ];
    assert_eq!(ids, wednesdays);
    let again = json!({"starts_at": "2026-09-09T09:00:00Z"});
    let path = format!("/panels/{COMMUNICATION}/meetings");
    let why = told.refused("2026-09-01T10:10:00Z", CLERK, &path, again).await;
    assert!(why.contains("meets at that time already"), "{why}");
}

const FIRST: &str = "communication-interaction-2026-09-09";
const SECOND: &str = "cognition-learning-2026-09-16";
const THIRD: &str = "semh-2026-09-23";
const FOURTH: &str = "sensory-physical-2026-09-30";

/// A report comes two days after papers were due: a second version of the pack, which one
/// member does not open.
async fn papers_come_late(told: &mut Told, children: &Children) {
    let Children { leo, mina, .. } = children;
    told.prepared("2026-09-02T09:00:00Z", FIRST, &[mina, leo]).await;
    let readers = ["joan-ferris", "ruth-okonjo", "alan-prescott", "colin-drewe", "amy-pell"];
    told.read("2026-09-03T18:00:00Z", FIRST, leo, &readers).await;
    let others = ["joan-ferris", "ruth-okonjo", "colin-drewe", "amy-pell"];
    told.read("2026-09-03T18:30:00Z", FIRST, mina, &others).await;

    told.story.pass("2026-09-04T13:00:00Z").await;
    let report = "--cut\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nSpeech and \
                  language report, Leo\r\n--cut\r\nContent-Disposition: form-data; \
                  name=\"file\"; filename=\"report.txt\"\r\n\r\nLeo uses twelve words.\r\n\
                  --cut--\r\n";
    let path = format!("/requests/{}/documents", leo["id"].as_str().expect("an id"));
    let kind = [("content-type", "multipart/form-data; boundary=cut")];
    let school = told.story.caller("school-900012");
    let sent = school.send(Method::POST, &path, &kind, report.as_bytes().to_vec()).await;
    sent.expect("an answer").expect_status(201);
    let again = item(FIRST, leo, "pack");
    let meeting = told.did("2026-09-04T14:00:00Z", CLERK, &again, json!({})).await;
    assert_eq!(meeting["items"][1]["pack_version"], 2);
    assert_eq!(meeting["items"][1]["late"], true);
    let readers = ["joan-ferris", "ruth-okonjo", "alan-prescott", "amy-pell"];
    told.read("2026-09-07T18:00:00Z", FIRST, leo, &readers).await;
    let away = ["kirsty-lyle", "samir-haddad"];
    told.attended("2026-09-08T09:00:00Z", FIRST, "apologies", &away).await;
}

/// Wednesday 9 September. Mina is at the school of the only headteacher in the room.
async fn a_recusal_breaks_the_quorum(told: &mut Told, children: &Children) {
    let Children { leo, mina, jonah, .. } = children;
    let there = ["joan-ferris", "ruth-okonjo", "alan-prescott", "colin-drewe", "meena-raval"];
    told.attended("2026-09-09T08:25:00Z", FIRST, "arrived", &there).await;
    told.attended("2026-09-09T08:34:00Z", FIRST, "arrived", &["amy-pell"]).await;

    let service = json!({
        "decision": "service", "service": "speech-language-therapy",
        "reason": because("criteria_met", "speech-language-therapy/slcn",
            "A therapist is what Mina needs; nothing else has to wait for that."),
        "evidence": ["request", "cycle:2", "heard"],
    });
    let (chair, decide) = ("panel-joan-ferris", item(FIRST, mina, "decide"));
    let why = told.refused("2026-09-09T08:40:00Z", chair, &decide, service.clone()).await;
    assert!(why.contains("“alan-prescott” (it comes from the member's own school)"), "{why}");
    let aside = json!({"member": "alan-prescott", "interest": "own_school"});
    told.did("2026-09-09T08:41:00Z", CLERK, &item(FIRST, mina, "recuse"), aside).await;
    let why = told.refused("2026-09-09T08:42:00Z", chair, &decide, service).await;
    let no_quorum = "there is no quorum for this item: 1 more as a headteacher or school \
                     leader. It can only be deferred";
    assert_eq!(why, no_quorum);
    let off = json!({"why": "no_quorum", "text": "To the October meeting, with both heads."});
    told.did("2026-09-09T08:43:00Z", chair, &item(FIRST, mina, "defer"), off).await;
    assert_eq!(told.status(mina).await, "awaiting_panel");

    let decided =
        told.decided("2026-09-09T09:10:00Z", (FIRST, "joan-ferris"), leo, three_agencies()).await;
    assert_eq!(decided["awaits"], "demo-panel");
    assert_eq!(decided["unopened"], json!(["colin-drewe", "meena-raval"]));
    assert_eq!(decided["pack_version"], 2);
    told.attended("2026-09-09T09:15:00Z", FIRST, "departed", &["meena-raval"]).await;
    told.prepared("2026-09-09T09:20:00Z", SECOND, &[jonah]).await;
    told.ended("2026-09-09T09:40:00Z", "2026-09-10T10:00:00Z", (FIRST, "joan-ferris")).await;
}

/// The package costs more than the panel decides by itself; then services take their parts on.
async fn the_officer_ratifies_a_package(told: &mut Told, children: &Children) {
    let leo = &children.leo;
    assert_eq!(told.status(leo).await, "on_agenda", "nothing is in force yet");
    let path = format!("/meetings/{FIRST}/ratify");
    let another = "panel-joan-ferris";
    told.refused("2026-09-11T08:00:00Z", another, &path, json!({})).await;
    told.did("2026-09-11T08:10:00Z", OFFICER, &path, json!({})).await;
    assert_eq!(told.status(leo).await, "supported");
    assert_eq!(told.story.clock(leo, "panel_decision").await["state"], "kept");
    let service = "service-specialist-sen";
    told.story.then("2026-09-14T08:00:00Z", service, leo, "accept", json!({})).await;
    let (therapy, at) = ("service-speech-language-therapy", "2026-09-14T08:30:00Z");
    let asks = json!({"text": "Our next free Monday is in October: is that early enough?"});
    told.story.then(at, therapy, leo, "query", asks).await;
    let answer = json!({"service": "speech-language-therapy",
        "text": "October is early enough; the family has been told."});
    told.story.then("2026-09-15T08:00:00Z", OFFICER, leo, "answer-query", answer).await;
    told.story.then("2026-09-15T09:00:00Z", therapy, leo, "accept", json!({})).await;
}

/// Wednesday 16 September: the clock waits until the school has answered.
async fn the_panel_asks_the_school(told: &mut Told, children: &Children) {
    let jonah = &children.jonah;
    let there = ["denise-hartnell", "owen-pryce", "geoff-maybury", "sunita-kohli", "colin-drewe"];
    told.read("2026-09-15T17:00:00Z", SECOND, jonah, &there).await;
    told.attended("2026-09-16T08:28:00Z", SECOND, "arrived", &there).await;
    let asks = json!({
        "decision": "defer",
        "questions": ["What did the reading intervention of the summer term come to?"],
        "reason": because("evidence_missing", "specialist-sen/learning",
            "The panel cannot tell whether what was begun in June helps."),
        "evidence": ["request", "cycle:2"],
    });
    let chair = (SECOND, "denise-hartnell");
    told.decided("2026-09-16T08:50:00Z", chair, jonah, asks).await;
    assert_eq!(told.status(jonah).await, "awaiting_information");
    assert_eq!(told.story.clock(jonah, "panel_decision").await["state"], "paused");
    told.prepared("2026-09-16T08:55:00Z", THIRD, &[&children.callum]).await;
    told.ended("2026-09-16T09:00:00Z", "2026-09-17T08:00:00Z", chair).await;

    let answer = json!({"answers": [{"question": 1,
        "text": "He reads forty words a minute, from twelve in June."}]});
    let (at, school) = ("2026-09-22T14:00:00Z", "school-900046");
    let back = told.story.then(at, school, jonah, "supply-information", answer).await;
    assert_eq!(back["status"], "awaiting_panel");
    assert_eq!(told.story.clock(jonah, "panel_decision").await["state"], "running");
}

/// Tuesday 22 September: nobody needs to discuss Ada. The panel hears of it the day after.
async fn the_chair_decides_a_clear_case(told: &mut Told, children: &Children) {
    let ada = &children.ada;
    let clear = json!({
        "decision": "advice",
        "reason": because("criteria_met", "agreed without discussion",
            "The cards that the school asks for are in the county's library; its adviser shows \
             how they are used."),
        "evidence": ["request", "cycle:1", "cycle:2"],
    });
    let path = format!("/requests/{}/actions/decide-for-panel", ada["id"].as_str().expect("an id"));
    let member = "panel-sheila-marsh";
    told.refused("2026-09-22T15:00:00Z", member, &path, clear.clone()).await;
    told.did("2026-09-22T15:10:00Z", "panel-malcolm-udoh", &path, clear).await;
}

/// Wednesday 23 September: eight vote, one is against and says why.
async fn a_panel_votes(told: &mut Told, children: &Children) {
    let Children { ada, callum, .. } = children;
    let there = ["malcolm-udoh", "ruth-okonjo", "ian-castle", "beth-orme", "leroy-banks"];
    told.read("2026-09-22T19:00:00Z", THIRD, callum, &there).await;
    told.attended("2026-09-23T08:27:00Z", THIRD, "arrived", &there).await;
    let (chair, stands) = ("panel-malcolm-udoh", json!({"ratified": true}));
    let path = format!("/meetings/{THIRD}/delegated/{}", ada["id"].as_str().expect("an id"));
    told.did("2026-09-23T08:35:00Z", chair, &path, stands).await;

    let advised = |votes: Value| {
        json!({
            "decision": "ehc_assessment",
            "reason": because("need_beyond_ordinary", "repeated exclusion at primary age",
                "Callum has lost nineteen days of school; what can be granted here is not enough."),
            "evidence": ["request", "cycle:1", "cycle:2", "heard"],
            "votes": votes,
            "dissent": [{"member": "ian-castle",
                "text": "A term of in-reach should be tried before an assessment."}],
        })
    };
    let decide = item(THIRD, callum, "decide");
    let some = advised(json!({"for": ["malcolm-udoh", "ruth-okonjo"], "against": ["ian-castle"]}));
    let why = told.refused("2026-09-23T09:00:00Z", chair, &decide, some).await;
    assert!(why.contains("decides this item and has not voted"), "{why}");
    let all = advised(json!({"for": ["malcolm-udoh", "ruth-okonjo", "leroy-banks"],
        "against": ["ian-castle"], "abstained": ["beth-orme"]}));
    told.decided("2026-09-23T09:02:00Z", (THIRD, "malcolm-udoh"), callum, all).await;
    assert_eq!(told.status(callum).await, "with_service");
    told.prepared("2026-09-23T09:05:00Z", FOURTH, &[&children.priya]).await;
    told.ended("2026-09-23T09:10:00Z", "2026-09-24T08:00:00Z", (THIRD, "malcolm-udoh")).await;
}

/// Wednesday 30 September: what the sensory panel says is in force once the officer agrees.
async fn a_panel_advises_and_the_officer_decides(told: &mut Told, children: &Children) {
    let priya = &children.priya;
    let there = ["helen-strand", "owen-pryce", "grace-adeleke", "irene-calder", "simon-ghali"];
    told.read("2026-09-28T17:00:00Z", FOURTH, priya, &there).await;
    told.attended("2026-09-30T08:30:00Z", FOURTH, "arrived", &there).await;
    let service = json!({
        "decision": "service", "service": "sensory-support",
        "reason": because("criteria_met", "sensory-support/sensory-need",
            "A teacher of the visually impaired looks at the classroom and lends what helps."),
        "evidence": ["request", "cycle:2", "provision"],
    });
    let chair = (FOURTH, "helen-strand");
    let aside = json!({"member": "irene-calder", "interest": "own_service",
        "text": "Leads the service to which it would go."});
    told.did("2026-09-30T08:35:00Z", CLERK, &item(FOURTH, priya, "recuse"), aside).await;
    let decided = told.decided("2026-09-30T08:50:00Z", chair, priya, service).await;
    assert_eq!(decided["awaits"], "demo-panel");
    assert_eq!(told.status(priya).await, "on_agenda");
    for (panel, starts_at) in
        [(COMMUNICATION, "2026-10-07T08:30:00Z"), (LEARNING, "2026-10-14T08:30:00Z")]
    {
        told.called("2026-09-30T08:55:00Z", panel, starts_at).await;
    }
    told.prepared("2026-09-30T08:58:00Z", FIRST_AGAIN, &[&children.mina]).await;
    told.ended("2026-09-30T09:00:00Z", "2026-09-30T15:00:00Z", chair).await;
    let path = format!("/meetings/{FOURTH}/ratify");
    told.did("2026-10-01T08:00:00Z", OFFICER, &path, json!({})).await;
    assert_eq!(told.status(priya).await, "with_service");
}

const FIRST_AGAIN: &str = "communication-interaction-2026-10-07";
const SECOND_AGAIN: &str = "cognition-learning-2026-10-14";

/// October: Mina with both headteachers in the room, Jonah with what his school has answered.
async fn what_was_deferred_returns(told: &mut Told, children: &Children) {
    let Children { mina, jonah, .. } = children;
    let there = ["joan-ferris", "ruth-okonjo", "alan-prescott", "kirsty-lyle", "amy-pell"];
    told.read("2026-10-05T17:00:00Z", FIRST_AGAIN, mina, &["joan-ferris", "kirsty-lyle"]).await;
    told.attended("2026-10-07T08:30:00Z", FIRST_AGAIN, "arrived", &there).await;
    let aside = json!({"member": "alan-prescott", "interest": "own_school"});
    told.did("2026-10-07T08:31:00Z", CLERK, &item(FIRST_AGAIN, mina, "recuse"), aside).await;
    let service = json!({
        "decision": "service", "service": "speech-language-therapy",
        "reason": because("criteria_met", "speech-language-therapy/slcn",
            "A therapist is what Mina needs; nothing else has to wait for that."),
        "evidence": ["request", "cycle:2", "heard"],
    });
    let chair = (FIRST_AGAIN, "joan-ferris");
    let decided = told.decided("2026-10-07T08:45:00Z", chair, mina, service).await;
    assert_eq!(decided["aside"], json!(["alan-prescott"]));
    assert_eq!(told.status(mina).await, "with_service");
    told.prepared("2026-10-07T08:50:00Z", SECOND_AGAIN, &[jonah]).await;
    told.ended("2026-10-07T09:00:00Z", "2026-10-08T08:00:00Z", chair).await;

    let there = ["samir-haddad", "owen-pryce", "geoff-maybury", "colin-drewe", "yasmin-noor"];
    told.read("2026-10-12T17:00:00Z", SECOND_AGAIN, jonah, &there).await;
    told.attended("2026-10-14T08:30:00Z", SECOND_AGAIN, "arrived", &there).await;
    let declined = json!({
        "decision": "decline",
        "reason": because("ordinary_support_first", "specialist-sen/learning",
            "Jonah reads three times as fast as in June; what helps him is there already."),
        "evidence": ["request", "cycle:2", "heard"],
    });
    let chair = (SECOND_AGAIN, "samir-haddad");
    told.decided("2026-10-14T08:50:00Z", chair, jonah, declined).await;
    told.ended("2026-10-14T09:00:00Z", "2026-10-15T08:00:00Z", chair).await;
}

/// January: the key worker's service reviews what Leo has. He needs less of it now.
async fn a_review_changes_the_package(told: &mut Told, children: &Children) {
    let leo = &children.leo;
    told.story.pass("2027-01-18T17:30:00Z").await;
    let events = told.story.events("adviser", leo).await;
    assert!(events.iter().any(|it| it == "request.review_fell_due"), "{events:?}");
    let summary = format!("/requests/{}/family-summary", leo["id"].as_str().expect("an id"));
    let agreed = told.written("school-900012", &summary, "text/plain").await;
    insta::assert_snapshot!("family_summary_as_agreed", agreed);
    let (service, at) = ("service-specialist-sen", "2027-01-20T15:00:00Z");
    let reviewed = told.story.then(at, service, leo, "review-package", half_as_much()).await;
    assert_eq!(reviewed["status"], "supported");
    let path = format!("/requests/{}/package", leo["id"].as_str().expect("an id"));
    let package = told.story.caller("school-900012").get(&path).await.expect(200);
    assert_eq!(package["review_on"], "2027-05-10", "{package}");
    let from_now_on = told.written("school-900012", &summary, "text/plain").await;
    insta::assert_snapshot!("family_summary_from_the_review_on", from_now_on);
}

/// What that cycle commits, as the head of service reads it.
async fn the_money_adds_up(told: &Told) {
    let mut totals = BTreeSet::new();
    for group in ["agency", "funding", "panel"] {
        let path = format!("/insights/spend.csv?group_by={group}&from_year=2026&to_year=2027");
        let figures = told.written("commissioner", &path, "text/csv").await;
        let pence = figures.lines().skip(1).filter_map(|line| line.rsplit(',').next());
        totals.insert(pence.map(|pence| pence.parse::<i64>().expect("pence")).sum::<i64>());
        insta::assert_snapshot!(format!("spend_by_{group}"), figures);
    }
    let report = "/insights/spend?group_by=agency&from_year=2026&to_year=2027";
    let report = told.written("commissioner", report, "text/plain").await;
    insta::assert_snapshot!("spend_report", report);
    // An assistant for 15 weeks at 15 hours and 22 at 7, ten visits of a therapist, 18 weeks at
    // home.
    let by_hand = 15 * 15 * 2_150 + 22 * 7 * 2_150 + 10 * 9_400 + 18 * 2 * 2_450;
    assert_eq!(totals, BTreeSet::from([by_hand]));
}

/// Whoever was not there can tell from them who decided what, on which papers and why.
async fn the_minutes_read_well(told: &Told) {
    let meetings = [FIRST, SECOND, THIRD, FOURTH, FIRST_AGAIN, SECOND_AGAIN];
    for meeting in meetings {
        let path = format!("/meetings/{meeting}/minutes");
        let text = told.written(CLERK, &path, "text/plain").await;
        insta::assert_snapshot!(format!("minutes_{meeting}"), text);
    }
    let page = told.written(CLERK, &format!("/meetings/{FIRST}/minutes"), "text/html").await;
    insta::assert_snapshot!("minutes_as_a_page", page);
}
