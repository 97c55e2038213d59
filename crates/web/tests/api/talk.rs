//! The conversation with the school over HTTP: questions and answers, advice and what the
//! school makes of it, outcomes, feedback and its figures.

use crate::county::{ADVISER, County, OTHERS, OURS, SERVICE, hearing, without_consent};
use axum::http::StatusCode;
use serde_json::{Value, json};

const EXPLORES: &str = "demo-service-specialist-sen";

/// A request for which no service fits and nothing but advice is sought.
fn for_advice() -> Value {
    let mut body = hearing();
    body["needs"]["primary"] = json!("MLD");
    body["support_sought"] = json!(["advice"]);
    body
}

#[track_caller]
fn pointers(answer: &crate::county::Answer) -> Vec<&str> {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let errors = answer.body["errors"].as_array().unwrap();
    errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}

async fn done(county: &County, key: &str, id: &str, action: &str, body: Value) -> Value {
    let answer = county.act(key, id, action, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{action}: {}", answer.body);
    answer.body
}

async fn shown(county: &County, key: &str, id: &str) -> Value {
    county.get(key, &format!("/requests/{id}")).await.body
}

/// What may be done now, by this caller.
async fn actions(county: &County, key: &str, id: &str) -> Vec<String> {
    let shown = shown(county, key, id).await;
    serde_json::from_value(shown["actions"].clone()).unwrap()
}

#[tokio::test]
async fn a_school_is_asked_question_by_question_and_answers_them_so() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let asked = json!({"questions": ["Which radio aid?", "Since when?"]});
    done(&county, ADVISER, &id, "ask-information", asked).await;

    let partly = json!({"answers": [{"question": 2, "text": "Since September."}]});
    let standing = done(&county, OURS, &id, "supply-information", partly).await;
    assert_eq!(standing["status"], "awaiting_information");
    let questions = shown(&county, OURS, &id).await["questions"].clone();
    assert_eq!(questions[0]["number"], 1);
    assert_eq!(questions[0]["text"], "Which radio aid?");
    assert_eq!(questions[0]["asked_at"], "2026-11-20T10:00:00Z");
    assert_eq!(
        (&questions[0]["answered"], &questions[0]["state"]),
        (&json!(false), &json!("open"))
    );
    assert_eq!(
        (&questions[1]["answered"], &questions[1]["text"]),
        (&json!(true), &json!("Since when?"))
    );

    let rest = json!({"answers": [{"question": 1, "text": "A new one."}]});
    let standing = done(&county, OURS, &id, "supply-information", rest).await;
    assert_eq!(standing["status"], "with_service");
    done(&county, ADVISER, &id, "ask-information", json!({"text": "And who pays for it?"})).await;
    let questions = shown(&county, OURS, &id).await["questions"].clone();
    assert_eq!(
        (&questions[2]["number"], &questions[2]["text"]),
        (&json!(3), &json!("And who pays for it?"))
    );

    for key in ["demo-auditor", "demo-commissioner"] {
        let nameless = shown(&county, key, &id).await;
        assert_eq!(nameless["questions"][0]["text"], json!(null), "{key}");
        assert_eq!(nameless["questions"][0]["answered"], json!(true), "{key}");
    }
}

#[tokio::test]
async fn the_answers_are_in_the_timeline_for_the_school_and_for_staff() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    done(&county, ADVISER, &id, "ask-information", json!({"questions": ["Which aid?"]})).await;
    let answers = json!({"answers": [{"question": 1, "text": "A new one."}]});
    done(&county, OURS, &id, "supply-information", answers).await;
    for key in [OURS, ADVISER, SERVICE] {
        let timeline = county.get(key, &format!("/requests/{id}/timeline")).await.body;
        let last = timeline["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["data"]["answers"], json!([{"question": 1}]));
        assert_eq!(last["words"]["answers"], json!(["A new one."]), "{key}");
    }
}

#[tokio::test]
async fn every_fault_of_an_answer_is_named() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    done(&county, ADVISER, &id, "ask-information", json!({"questions": ["Which aid?"]})).await;
    let nobody = "0197d2a0-0000-7000-8000-000000000001";
    for (body, faults) in [
        (json!({}), vec!["/text"]),
        (json!({"answers": []}), vec!["/text"]),
        (json!({"answers": {}}), vec!["/answers"]),
        (json!({"answers": [{"text": "x"}]}), vec!["/answers/0/question"]),
        (json!({"answers": [{"question": 0, "text": "x"}]}), vec!["/answers/0/question"]),
        (
            json!({"answers": [{"question": "1", "text": 1}]}),
            vec!["/answers/0/question", "/answers/0/text"],
        ),
        (json!({"answers": [{"question": 7, "text": "x"}]}), vec!["/answers/0/question"]),
        (json!({"answers": [{"question": 1}]}), vec!["/answers/0/text"]),
        (json!({"answers": [{"question": 1, "text": " "}]}), vec!["/answers/0/text"]),
        (
            json!({"answers": [{"question": 1, "text": "x"}, {"question": 1, "text": "y"}]}),
            vec!["/answers/1/question"],
        ),
        (
            json!({"answers": [{"question": 1, "documents": ["a.pdf"]}]}),
            vec!["/answers/0/documents/0"],
        ),
        (
            json!({"answers": [{"question": 9, "documents": [nobody]}]}),
            vec!["/answers/0/question", "/answers/0/documents/0"],
        ),
        (
            json!({"answers": [{"question": 1, "text": "x", "by": "me"}], "so": 1}),
            vec!["/answers/0/by", "/so"],
        ),
    ] {
        let answer = county.act(OURS, &id, "supply-information", &body).await;
        assert_eq!(pointers(&answer), faults, "{body}");
    }
    assert_eq!(shown(&county, OURS, &id).await["questions"][0]["answered"], json!(false));
}

#[tokio::test]
async fn consent_and_questions_are_waited_for_together() {
    let county = County::founded().await;
    let id = county.submitted(&without_consent()).await;
    done(&county, ADVISER, &id, "ask-information", json!({"questions": ["Which aid?"]})).await;
    let consent = json!({"consent": {"given": true, "by": "parent", "on": "2026-11-19"}});
    let standing = done(&county, OURS, &id, "supply-information", consent).await;
    assert_eq!(
        (&standing["status"], &standing["missing"]),
        (&json!("awaiting_information"), &json!([]))
    );
    let standing =
        done(&county, OURS, &id, "supply-information", json!({"text": "A new one."})).await;
    assert_eq!(standing["status"], "with_service");
}

#[tokio::test]
async fn a_school_takes_advice_or_asks_for_more_in_one_step() {
    let county = County::founded().await;
    let taken = county.submitted(&for_advice()).await;
    for choice in ["accept-advice", "go-on"] {
        let early = county.act(OURS, &taken, choice, &json!({})).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "{choice}");
    }
    let advice = json!({"kind": "training", "text": "Precision teaching, ten minutes a day."});
    done(&county, ADVISER, &taken, "advise", advice).await;
    assert!(actions(&county, OURS, &taken).await.contains(&"accept-advice".to_owned()));
    let ended = done(&county, OURS, &taken, "accept-advice", json!({})).await;
    assert_eq!(ended["status"], "closed");
    assert_eq!(shown(&county, OURS, &taken).await["ending"], "advice_given");

    let left = county.submitted(&for_advice()).await;
    let signpost = json!({"services": ["specialist-sen"], "text": "They run a helpline."});
    done(&county, ADVISER, &left, "signpost", signpost).await;
    for key in [OTHERS, ADVISER] {
        let answer = county.act(key, &left, "go-on", &json!({})).await;
        assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{key}");
    }
    let on = done(&county, OURS, &left, "go-on", json!({"text": "We rang; nobody is free."})).await;
    assert_eq!(on["status"], "awaiting_panel");
    assert_eq!(on["route"]["panel"], "cognition-learning");
    let timeline = county.get(OURS, &format!("/requests/{left}/timeline")).await.body;
    let items = timeline["items"].as_array().unwrap().clone();
    let last = &items[items.len() - 2..];
    assert_eq!(last[0]["type"], "request.advice_declined");
    assert_eq!(last[0]["words"]["text"], "We rang; nobody is free.");
    assert_eq!(
        (&last[1]["type"], &last[1]["data"]["by"]),
        (&json!("request.routed"), &json!("school"))
    );
}

#[tokio::test]
async fn faulty_advice_and_signposts_are_refused_with_their_pointers() {
    let county = County::founded().await;
    let id = county.submitted(&for_advice()).await;
    for (action, body, faults) in [
        ("advise", json!({}), vec!["/text"]),
        ("advise", json!({"kind": "magic", "text": "x"}), vec!["/kind"]),
        ("advise", json!({"kind": 1, "text": 2, "x": 3}), vec!["/kind", "/text", "/x"]),
        ("signpost", json!({}), vec!["/text"]),
        ("signpost", json!({"services": ["magic"]}), vec!["/services/0"]),
        (
            "signpost",
            json!({"services": ["specialist-sen", "No slug", "magic"], "service": "none"}),
            vec!["/services/1", "/services/2", "/service"],
        ),
        ("signpost", json!({"services": "specialist-sen"}), vec!["/services"]),
    ] {
        let answer = county.act(ADVISER, &id, action, &body).await;
        assert_eq!(pointers(&answer), faults, "{action} {body}");
    }
    let single = json!({"service": "specialist-sen"});
    let standing = done(&county, ADVISER, &id, "signpost", single).await;
    assert_eq!(standing["status"], "with_duty_adviser");
    let clocks = county.get(OURS, &format!("/requests/{id}/clocks")).await.body;
    let mut clocks = clocks["clocks"].as_array().unwrap().iter();
    let respond = clocks.find(|clock| clock["promise"] == "respond").unwrap();
    assert_eq!(respond["state"], "kept");
}

/// A request that its service says has come to something.
async fn supported(county: &County) -> String {
    let id = county.submitted(&hearing()).await;
    done(county, SERVICE, &id, "accept", json!({})).await;
    let outcome = json!({"outcome": "goals_met", "text": "She follows lessons."});
    done(county, SERVICE, &id, "record-outcome", outcome).await;
    id
}

#[tokio::test]
async fn a_school_confirms_an_outcome_or_disputes_it_with_words() {
    let county = County::founded().await;
    let (agreed, disputed) = (supported(&county).await, supported(&county).await);
    for (body, faults) in [
        (json!({}), vec!["/agreed"]),
        (json!({"agreed": "yes"}), vec!["/agreed"]),
        (json!({"agreed": false}), vec!["/text"]),
        (json!({"agreed": false, "text": "", "why": 1}), vec!["/text", "/why"]),
    ] {
        let answer = county.act(OURS, &disputed, "confirm-outcome", &body).await;
        assert_eq!(pointers(&answer), faults, "{body}");
    }
    let ended = done(&county, OURS, &agreed, "confirm-outcome", json!({"agreed": true})).await;
    assert_eq!(ended["status"], "closed");
    assert_eq!(shown(&county, OURS, &agreed).await["ending"], "support_complete");
    let no = json!({"agreed": false, "text": "She still cannot follow a lesson."});
    let back = done(&county, OURS, &disputed, "confirm-outcome", no).await;
    assert_eq!(back["status"], "with_duty_adviser");
    assert_eq!(back["route"], json!({"kind": "duty", "why": "outcome_disputed"}));
    assert_eq!(back["respond_by"], "2026-11-27T17:00:00Z");
}

#[tokio::test]
async fn feedback_is_given_once_there_is_something_to_say_and_its_comment_is_sealed() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let good = json!({"quick": "yes", "helped": "partly", "comment": "Mr Quill was kind."});
    let early = county.act(OURS, &id, "give-feedback", &good).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    done(&county, SERVICE, &id, "accept", json!({})).await;
    for (body, faults) in [
        (json!({}), vec!["/quick", "/helped"]),
        (json!({"quick": "very", "helped": true}), vec!["/quick", "/helped"]),
        (
            json!({"quick": "yes", "helped": "no", "comment": " ", "text": "x"}),
            vec!["/comment", "/text"],
        ),
    ] {
        let answer = county.act(OURS, &id, "give-feedback", &body).await;
        assert_eq!(pointers(&answer), faults, "{body}");
    }
    done(&county, OURS, &id, "give-feedback", good).await;
    let events = county.get("demo-auditor", "/audit/events?limit=200").await.body.to_string();
    assert!(events.contains("request.feedback_given") && !events.contains("Quill"));
}

#[tokio::test]
async fn feedback_shows_per_service_and_month_and_what_is_said_last_counts() {
    let county = County::founded().await;
    let feedback = |quick: &str, helped: &str| json!({"quick": quick, "helped": helped});
    let (first, second) = (supported(&county).await, supported(&county).await);
    let advised = county.submitted(&for_advice()).await;
    done(&county, ADVISER, &advised, "advise", json!({"text": "Try this."})).await;
    for (id, said) in [
        (&first, feedback("no", "no")),
        (&first, feedback("yes", "partly")),
        (&second, feedback("yes", "yes")),
        (&advised, feedback("partly", "no")),
    ] {
        done(&county, OURS, id, "give-feedback", said).await;
    }
    let figures = |count: u64, quick: [u64; 3], helped: [u64; 3]| {
        let verdicts =
            |[yes, partly, no]: [u64; 3]| json!({"yes": yes, "partly": partly, "no": no});
        json!({"count": count, "quick": verdicts(quick), "helped": verdicts(helped)})
    };
    let only_figures = |body: &Value| -> Vec<(Value, Value)> {
        let items = body["items"].as_array().unwrap().iter().cloned();
        items
            .map(|mut item| {
                let group = item.as_object_mut().unwrap();
                group.remove("name");
                let key = group.remove("key").unwrap();
                (key, item)
            })
            .collect()
    };
    for key in [OURS, ADVISER, "demo-commissioner", "demo-auditor"] {
        let body = county.get(key, "/insights/feedback?group_by=service").await.body;
        let expected = [
            (json!(null), figures(1, [0, 1, 0], [0, 0, 1])),
            (json!("sensory-support"), figures(2, [2, 0, 0], [1, 1, 0])),
        ];
        assert_eq!(only_figures(&body), expected, "{key}");
        let body = county.get(key, "/insights/feedback?group_by=month").await.body;
        assert_eq!(only_figures(&body), [(json!("2026-11"), figures(3, [2, 1, 0], [1, 1, 1]))]);
    }
    let own = county.get(SERVICE, "/insights/feedback").await.body;
    assert_eq!(only_figures(&own), [(json!("sensory-support"), figures(2, [2, 0, 0], [1, 1, 0]))]);
    for key in [OTHERS, EXPLORES] {
        assert_eq!(county.get(key, "/insights/feedback").await.body["items"], json!([]), "{key}");
    }
    let earlier = county.get(ADVISER, "/insights/feedback?to=2026-11-19").await.body;
    assert_eq!(earlier["items"], json!([]));
    let faulty =
        county.get(ADVISER, "/insights/feedback?group_by=need&from=x&promise=respond").await;
    assert_eq!(pointers(&faulty), ["from", "group_by", "promise"]);
    let csv = county.get(ADVISER, "/insights/feedback.csv").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    let table = csv.body.as_str().unwrap();
    assert!(table.contains("\"sensory-support\",\"Sensory"), "{table}");
    assert!(table.ends_with(",2,2,0,0,1,1,0\r\n"), "{table}");
}

#[tokio::test]
async fn a_request_says_what_its_reader_may_do_now() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    assert_eq!(actions(&county, OURS, &id).await, ["supply-information", "withdraw"]);
    let service =
        ["ask-information", "note", "accept", "decline", "hand-over", "involve", "record-contact"];
    assert_eq!(actions(&county, SERVICE, &id).await, service);
    assert_eq!(actions(&county, "demo-commissioner", &id).await, [""; 0]);
    let adviser = actions(&county, ADVISER, &id).await;
    assert!(adviser.contains(&"route".to_owned()) && !adviser.contains(&"reopen".to_owned()));

    done(&county, SERVICE, &id, "accept", json!({})).await;
    let service =
        ["ask-information", "note", "hand-over", "involve", "record-contact", "record-outcome"];
    assert_eq!(actions(&county, SERVICE, &id).await, service);
    done(&county, OURS, &id, "withdraw", json!({})).await;
    assert_eq!(actions(&county, OURS, &id).await, ["give-feedback"]);
    assert_eq!(actions(&county, SERVICE, &id).await, ["note"]);
}

#[tokio::test]
async fn whatever_is_said_to_be_open_is_open_and_nothing_else_is() {
    let county = County::founded().await;
    let body = |action: &str| match action {
        "confirm-outcome" => json!({"agreed": true}),
        "give-feedback" => json!({"quick": "yes", "helped": "yes"}),
        "accept" => json!({}),
        _ => json!({"text": "A word about it."}),
    };
    let of_a_school = ["withdraw", "accept-advice", "go-on", "confirm-outcome", "give-feedback"];
    for action in of_a_school {
        let (fresh, advised) =
            (county.submitted(&hearing()).await, county.submitted(&for_advice()).await);
        done(&county, ADVISER, &advised, "advise", json!({"text": "Try this."})).await;
        for id in [fresh, advised, supported(&county).await] {
            let open = actions(&county, OURS, &id).await.contains(&action.to_owned());
            let answer = county.act(OURS, &id, action, &body(action)).await;
            assert_eq!(answer.status == StatusCode::OK, open, "{action}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_school_finds_all_that_waits_for_it_whatever_that_is() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    let asked = county.submitted(&without_consent()).await;
    let advised = county.submitted(&for_advice()).await;
    done(&county, ADVISER, &advised, "advise", json!({"kind": "strategies", "text": "Try this."}))
        .await;

    let counted = county.get(OURS, "/requests/counts").await.body;
    assert_eq!((&counted["waits_for_school"], &counted["open"]), (&json!(2), &json!(3)));
    let found = county.get(OURS, "/requests?waits_for_school=true&sort=received_at").await.body;
    let found = found["items"].as_array().unwrap();
    let found: Vec<_> = found.iter().map(|it| (&it["id"], &it["waits_for_school"])).collect();
    assert_eq!(found, [(&json!(asked), &json!(true)), (&json!(advised), &json!(true))]);

    done(&county, OURS, &advised, "accept-advice", json!({})).await;
    assert_eq!(county.get(OURS, "/requests/counts").await.body["waits_for_school"], 1);
}
