//! Nothing personal is at rest in the clear, anywhere; and once a child is erased, nothing
//! personal can be read again, while the log still verifies and figures stay as they were.

use frontdoor_tests::binary;
use frontdoor_tests::caller::Caller;
use frontdoor_tests::canary::search;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, upn};
use reqwest::Method;
use serde_json::{Value, json};

/// Makes words that occur nowhere else, and remembers them.
#[derive(Default)]
pub(crate) struct Canaries(pub(crate) Vec<String>);

impl Canaries {
    pub(crate) fn word(&mut self, place: &str) -> String {
        self.as_it_is(format!("Zanzi{}Quorn{place}", self.0.len()))
    }

    fn as_it_is(&mut self, word: String) -> String {
        self.0.push(word.clone());
        word
    }
}

/// A submission with a canary in everything that is personal.
pub(crate) fn submission(canaries: &mut Canaries, consent: &Value) -> Value {
    let c = canaries;
    json!({
        "requested_by": {"name": c.word("asker"), "role": c.word("role"),
            "email": format!("{}@school.example", c.word("mail")),
            "phone": c.as_it_is("01632960987".to_owned())},
        "about": "child",
        "child": {"given_name": c.word("given"), "family_name": c.word("family"),
            "date_of_birth": c.as_it_is("2013-02-17".to_owned()),
            "upn": c.as_it_is(upn(424_242_424)),
            "home_postcode": c.as_it_is("ZX98 7QQ".to_owned()),
            "year_group": 8, "sen_provision": "K", "child_in_need": true},
        "needs": {"primary": "HI", "description": c.word("description")},
        "support_sought": ["equipment"],
        "tried": [{"started": "2026-01-05", "reviewed": "2026-03-02",
            "provision": c.word("tried"), "outcome": "some_progress"}],
        "provision": [{"what": c.word("what"), "hours_per_week": 1}],
        "summary": c.word("summary"),
        "consent": consent,
    })
}

/// Lives through everything that can be said about a request; gives its last position.
pub(crate) async fn live(server: &Server, canaries: &mut Canaries, request: &Value) -> u64 {
    let c = canaries;
    let (school, adviser) = (server.demo("school-900001"), server.demo("adviser"));
    let sensory = server.demo("service-sensory-support");
    let supplied = json!({"text": c.word("supplied"),
        "consent": {"given": true, "by": "parent", "method": c.word("latermethod")}});
    school.act(request, "supply-information", &supplied).await;
    adviser.act(request, "note", &json!({"text": c.word("note")})).await;
    adviser.act(request, "advise", &json!({"text": c.word("advice")})).await;
    let asked = json!({"questions": [c.word("question")], "text": c.word("asking")});
    adviser.act(request, "ask-information", &asked).await;
    school.act(request, "supply-information", &json!({"text": c.word("reply")})).await;
    let declined = json!({"reason": {"code": "no_capacity", "criteria": ["sensory-need"],
        "text": c.word("decline")}});
    sensory.act(request, "decline", &declined).await;
    let routed = json!({"service": "sensory-support",
        "reason": {"code": "new_information", "text": c.word("overrule")}});
    adviser.act(request, "route", &routed).await;
    sensory.act(request, "accept", &json!({})).await;
    sensory.act(request, "record-contact", &json!({"text": c.word("contact")})).await;
    let outcome = json!({"outcome": "goals_met", "text": c.word("outcome")});
    sensory.act(request, "record-outcome", &outcome).await;
    let id = request["id"].as_str().expect("an id");
    let path = format!("/requests/{id}/actions/close");
    let closed = adviser.post(&path, &json!({"text": c.word("closing")})).await;
    closed.expect_status(200);
    closed.position()
}

/// A request that was lived through, and another child's whose consent was overridden.
async fn two_children(server: &Server, canaries: &mut Canaries) -> (Value, u64) {
    let school = server.demo("school-900001");
    let not_yet = json!({"given": false, "method": canaries.word("method")});
    let request = school.submit(&submission(canaries, &not_yet)).await.json();
    let position = live(server, canaries, &request).await;
    let overridden = json!({"override_reason": canaries.word("override")});
    school.submit(&submission(canaries, &overridden)).await;
    (request, position)
}

/// A draft that is kept, one that is submitted, and a document with its names.
async fn unfinished(server: &Server, canaries: &mut Canaries, request: &Value) {
    let school = server.demo("school-900001");
    let draft = json!({"child": {"given_name": canaries.word("draftname")},
        "summary": canaries.word("draft")});
    school.post("/drafts", &draft).await.expect_status(201);
    let whole = submission(canaries, &json!({"given": false}));
    let saved = school.post("/drafts", &whole).await.expect(201);
    let path = format!("/drafts/{}/submit", saved["id"].as_str().expect("an id"));
    school.post(&path, &json!({})).await.expect_status(201);
    hand_in(&school, canaries, request).await;
}

/// Hands a document in, reads it, and says which it is.
pub(crate) async fn hand_in(school: &Caller, canaries: &mut Canaries, request: &Value) -> String {
    let (file, title) = (canaries.word("file"), canaries.word("title"));
    let said = canaries.word("document");
    let form = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n{title}\r\n\
         --cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../{file}.txt\"\r\n\r\n\
         {said}\r\n--cut--\r\n"
    );
    let path = format!("/requests/{}/documents", request["id"].as_str().expect("an id"));
    let kind = [("content-type", "multipart/form-data; boundary=cut")];
    let sent = school.send(Method::POST, &path, &kind, form.into_bytes()).await.expect("an answer");
    let document = sent.expect(201)["id"].as_str().expect("an id").to_owned();
    assert_eq!(school.get(&format!("{path}/{document}")).await.text, said);
    document
}

async fn everything(caller: &Caller, request: &Value, position: u64) -> String {
    let id = request["id"].as_str().expect("an id");
    let whole = caller.get(&format!("/requests/{id}?at_least={position}")).await.expect(200);
    let timeline = caller.get(&format!("/requests/{id}/timeline")).await.expect(200);
    format!("{whole}{timeline}")
}

#[tokio::test]
async fn no_canary_is_found_in_any_file_while_serving_or_after() {
    let mut server = Server::empty().await;
    let mut canaries = Canaries::default();
    let (request, position) = two_children(&server, &mut canaries).await;
    let adviser = server.demo("adviser");
    let read = everything(&adviser, &request, position).await;
    assert!(read.contains(&canaries.0[0]), "who may read it reads it: {read}");
    let open = server.demo("school-900001").submit(&plain()).await.json();
    unfinished(&server, &mut canaries, &open).await;
    for sought in ["Zanzi4Quorngiven", "2013-02-17"] {
        adviser.get(&format!("/requests?q={sought}")).await.expect_status(200);
    }
    adviser
        .post("/requests", &json!({"summary": canaries.word("refused")}))
        .await
        .expect_problem(422);

    assert!(canaries.0.len() > 40);
    assert_eq!(search(server.home(), &canaries.0), []);
    server.stop().await;
    assert_eq!(search(server.home(), &canaries.0), []);
}

#[tokio::test]
async fn an_erased_child_cannot_be_read_again_and_everything_else_stays() {
    let mut server = Server::empty().await;
    let mut canaries = Canaries::default();
    let (request, position) = two_children(&server, &mut canaries).await;
    let own = canaries.0[..canaries.0.len() / 2].to_vec();
    let adviser = server.demo("adviser");
    let id = request["id"].as_str().expect("an id");
    let shown = adviser.get(&format!("/requests/{id}?at_least={position}")).await.expect(200);
    let child = shown["child"]["id"].as_str().expect("a pseudonym");
    let figures = "/insights/response-times?group_by=need&promise=respond";
    let before = server.demo("commissioner").get(figures).await.expect(200);

    let dpo = server.demo("dpo");
    let erased = dpo.post(&format!("/children/{child}/erase"), &json!({})).await;
    erased.expect_status(200);
    let gone = |text: &str| own[..6].iter().all(|canary| !text.contains(canary));
    let read = everything(&adviser, &request, erased.position()).await;
    assert!(gone(&read) && !read.contains("Zanzi"), "{read}");
    let shown = adviser.get(&format!("/requests/{id}")).await.expect(200);
    assert_eq!(shown["child"]["erased"], true);
    assert_eq!((&shown["status"], &shown["needs"]["primary"]), (&json!("closed"), &json!("HI")));
    let found = adviser.get("/requests?q=Zanzi4Quorngiven").await.expect(200);
    assert_eq!(found["items"], json!([]));
    assert_eq!(server.demo("commissioner").get(figures).await.expect(200), before);
    adviser.try_act(&request, "note", &json!({"text": "More."})).await.expect_problem(409);

    server.stop().await;
    let data = server.data_dir();
    let data = data.to_str().expect("a path of plain text");
    let verified = binary::run(&["verify", "--json", "--data-dir", data]).await;
    assert_eq!((verified.code, &verified.json()["verdict"]), (0, &json!("sound")));
    server.start().await;
    let read = everything(&server.demo("adviser"), &request, 0).await;
    assert!(!read.contains("Zanzi"), "{read}");
}

#[tokio::test]
async fn a_child_that_nobody_knows_is_not_erased() {
    let server = Server::empty().await;
    server.demo("school-900001").submit(&plain()).await;
    let nobody = uuid::Uuid::from_u128(7);
    let answer = server.demo("dpo").post(&format!("/children/{nobody}/erase"), &json!({})).await;
    answer.expect_problem(404);
}
