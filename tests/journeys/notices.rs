//! Messages to schools: they arrive, signed and with a name that never changes, also when the
//! other side fails or this one dies; they say nothing personal, and go nowhere inside.

use frontdoor_tests::caller::Caller;
use frontdoor_tests::post::{Call, Letterbox, Mail, Reply};
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, with};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep};

const LONGEST: Duration = Duration::from_secs(30);

async fn server(options: &[&str]) -> Server {
    let always = ["--demo", "--demo-requests", "0", "--post-retry-base-seconds", "0"];
    Server::with(&[&always, options].concat()).await
}

async fn choose(school: &Caller, body: &Value) -> Value {
    school.put("/schools/900001/updates", body).await.expect(200)
}

/// A school that chose this webhook, and the secret it was shown.
async fn with_webhook(server: &Server, url: &str) -> (Caller, String) {
    let school = server.demo("school-900001");
    let chosen = choose(&school, &json!({"channel": "webhook", "url": url})).await;
    (school, chosen["secret"].as_str().expect("a secret is made").to_owned())
}

/// The messages, once every one of them is in this state or tried often enough.
async fn messages(caller: &Caller, least: usize, done: impl Fn(&Value) -> bool) -> Vec<Value> {
    let until = Instant::now() + LONGEST;
    loop {
        let items = caller.every("/notices").await;
        if items.len() >= least && items.iter().all(&done) {
            return items;
        }
        assert!(Instant::now() < until, "{items:?}");
        sleep(Duration::from_millis(20)).await;
    }
}

fn sent(message: &Value) -> bool {
    message["state"] == "sent"
}

fn ids(messages: &[Value]) -> BTreeSet<&str> {
    messages.iter().filter_map(|message| message["id"].as_str()).collect()
}

fn names(calls: &[Call]) -> BTreeSet<&str> {
    calls.iter().map(|call| call.header("webhook-id")).collect()
}

const CANARIES: [&str; 8] = [
    "Zanziquorn",
    "Jevingtonia",
    "2013-02-17",
    "asker@school.example",
    "Hesaidquorn",
    "Advicequorn",
    "Questionquorn",
    "Cuckmere",
];

/// A request that is asked about, answered, advised on and closed, full of canaries.
async fn lived_through(server: &Server) -> Value {
    let (school, adviser) = (server.demo("school-900001"), server.demo("adviser"));
    let asker = json!({"name": "Zanziquorn", "role": "SENCO", "email": "asker@school.example"});
    let child = json!({"given_name": "Zanziquorn", "family_name": "Jevingtonia",
        "date_of_birth": "2013-02-17"});
    let body = with(plain(), "/requested_by", asker);
    let body = with(body, "/child", child);
    let request = school.submit(&with(body, "/summary", json!("Hesaidquorn"))).await.json();
    let question = json!({"questions": ["Questionquorn?"], "text": "Questionquorn"});
    adviser.act(&request, "ask-information", &question).await;
    school.act(&request, "supply-information", &json!({"text": "Hesaidquorn"})).await;
    adviser.act(&request, "advise", &json!({"text": "Advicequorn"})).await;
    adviser.act(&request, "close", &json!({"ending": "advice_given", "text": "Hesaidquorn"})).await;
    request
}

fn says_nothing_personal(text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
}

#[tokio::test]
async fn mail_arrives_with_a_link_and_its_name_and_nothing_personal() {
    let mail = Letterbox::of_mail();
    let url = format!("smtp://{}", mail.address());
    let from = "Front Door <front-door@council.example>";
    let to = ["--public-url", "https://frontdoor.example/"];
    let server = server(&[&["--smtp-url", &*url, "--mail-from", from], &to[..]].concat()).await;
    let school = server.demo("school-900001");
    choose(&school, &json!({"channel": "email", "email": "office@school.example"})).await;
    let request = lived_through(&server).await;
    let messages = messages(&school, 4, sent).await;
    let mails: Vec<Mail> = mail.wait_for(messages.len()).await;
    assert_eq!(mails.len(), messages.len());
    let id = request["id"].as_str().expect("an id");
    let subject = format!("Subject: News on {}", request["reference"].as_str().expect("one"));
    let link = format!("https://frontdoor.example/api/v1/requests/{id}");
    for message in &messages {
        let name = format!("Message-ID: <{}@council.example>", message["id"].as_str().expect("id"));
        let text = &mails.iter().find(|mail| mail.text.contains(&name)).expect("it arrived").text;
        for line in [&*subject, "To: office@school.example", "Auto-Submitted: auto-generated"] {
            assert!(text.lines().any(|it| it == line), "{line} is not in {text}");
        }
        assert!(text.contains(message["says"].as_str().expect("it says something")), "{text}");
        // Quoted-printable breaks a long line with an equals sign (RFC 2045).
        assert!(text.replace("=\n", "").contains(&link), "{text}");
    }
    for mail in &mails {
        assert_eq!(mail.to, "<office@school.example>");
        says_nothing_personal(&mail.text);
    }
}

#[tokio::test]
async fn a_webhook_is_called_with_a_signature_that_the_standard_accepts() {
    let hook = Letterbox::answering(&[]);
    let server = server(&["--allow-loopback-webhooks"]).await;
    let (school, secret) = with_webhook(&server, &hook.url()).await;
    let request = lived_through(&server).await;
    let messages = messages(&school, 4, sent).await;
    let calls = hook.wait_for(messages.len()).await;
    assert_eq!(names(&calls), ids(&messages));
    let oracle = Webhook::new(&secret).expect("a secret of the standard");
    for call in &calls {
        oracle.verify(call.body.as_bytes(), &call.headers).expect("it is signed");
        let altered = call.body.replace("FD-", "FE-");
        assert!(oracle.verify(altered.as_bytes(), &call.headers).is_err());
        let body: Value = serde_json::from_str(&call.body).expect("JSON");
        assert_eq!(body["data"]["reference"], request["reference"]);
        let kind = body["type"].as_str().and_then(|kind| kind.strip_prefix("request."));
        let of_it = |it: &&Value| it["id"] == call.header("webhook-id");
        let message = messages.iter().find(of_it).expect("it was intended");
        assert_eq!(kind, message["kind"].as_str());
        says_nothing_personal(&call.body);
        says_nothing_personal(&format!("{:?}", call.headers));
    }
    let shown = school.get("/schools/900001/updates").await.expect(200);
    assert_eq!((&shown["url"], &shown["secret"]), (&json!(hook.url()), &Value::Null));
}

#[tokio::test]
async fn a_receiver_that_fails_is_tried_again_under_the_same_name() {
    let hook = Letterbox::answering(&[Reply::Status(500), Reply::Status(503)]);
    let server = server(&["--allow-loopback-webhooks"]).await;
    let (school, secret) = with_webhook(&server, &hook.url()).await;
    school.submit(&plain()).await;
    let messages = messages(&school, 1, sent).await;
    let calls = hook.wait_for(3).await;
    assert_eq!((calls.len(), names(&calls)), (3, ids(&messages)));
    assert_eq!((&messages[0]["failures"], &messages[0]["why"]), (&json!(2), &json!("failing")));
    let oracle = Webhook::new(&secret).expect("a secret of the standard");
    for call in &calls {
        oracle.verify(call.body.as_bytes(), &call.headers).expect("every try is signed");
    }
}

#[tokio::test]
async fn what_is_inside_is_refused_when_it_is_chosen_and_when_it_is_called() {
    let hook = Letterbox::answering(&[]);
    let server = server(&[]).await;
    let school = server.demo("school-900001");
    for url in ["https://10.0.0.1/", "https://169.254.169.254/", "http://[fd00::1]/", "ftp://x/"] {
        let body = json!({"channel": "webhook", "url": url});
        let refused = school.put("/schools/900001/updates", &body).await;
        assert_eq!(refused.faults(422), ["/url"], "{url}");
    }
    let named = hook.url().replace("127.0.0.1", "localhost").replace("http:", "https:");
    // A demonstration may choose its own machine; without the flag it is not called. Nor is
    // anything that a harmless name leads to.
    for url in [hook.url(), "https://localhost/news".to_owned()] {
        let (school, _) = with_webhook(&server, &url).await;
        school.submit(&plain()).await;
    }
    let body = json!({"channel": "webhook", "url": named});
    assert_eq!(school.put("/schools/900001/updates", &body).await.faults(422), ["/url"]);
    let messages = messages(&school, 2, |it| it["state"] == "given_up").await;
    for message in &messages {
        assert_eq!(message["why"], "forbidden_address");
    }
    assert!(hook.arrived().is_empty());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let inside = Letterbox::<Call>::answering(&[]);
    let elsewhere = Reply::Elsewhere(inside.url());
    let hook = Letterbox::answering(&vec![elsewhere; 50]);
    let server = server(&["--allow-loopback-webhooks"]).await;
    let (school, _) = with_webhook(&server, &hook.url()).await;
    school.submit(&plain()).await;
    let messages = messages(&school, 1, |it| it["state"] == "given_up").await;
    assert_eq!(messages[0]["why"], "redirected");
    assert!(hook.arrived().len() > 1, "it was tried again");
    assert!(inside.arrived().is_empty(), "{:?}", inside.arrived());
}

#[tokio::test]
async fn who_dies_between_a_delivery_and_its_record_delivers_again_and_loses_nothing() {
    // Nobody ever learns what became of the first two.
    let hook = Letterbox::answering(&[Reply::Silence, Reply::Silence]);
    let mut server = server(&["--allow-loopback-webhooks"]).await;
    let (school, _) = with_webhook(&server, &hook.url()).await;
    for _ in 0..6 {
        school.submit(&plain()).await;
    }
    let before: Vec<String> = hook.wait_for(2).await[..2]
        .iter()
        .map(|call| call.header("webhook-id").to_owned())
        .collect();
    server.kill();
    server.start().await;
    let messages = messages(&server.demo("school-900001"), 6, sent).await;
    let calls = hook.arrived();
    assert_eq!(names(&calls), ids(&messages));
    for name in before {
        let again = calls.iter().filter(|call| call.header("webhook-id") == name);
        assert!(again.count() > 1, "{name} was sent again");
    }
}

#[tokio::test]
async fn notify_is_asked_to_send_with_a_token_and_the_name_as_reference() {
    let notify = Letterbox::answering(&[]);
    let origin = format!("http://{}", notify.address());
    let key = "desk-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";
    let options = ["--notify-url", &*origin, "--notify-key", key, "--notify-template", "t-1"];
    let server = server(&options).await;
    let school = server.demo("school-900001");
    choose(&school, &json!({"channel": "notify", "email": "office@school.example"})).await;
    lived_through(&server).await;
    let messages = messages(&school, 4, sent).await;
    let calls = notify.wait_for(messages.len()).await;
    let mut references = BTreeSet::new();
    for call in &calls {
        assert_eq!(call.line, "POST /v2/notifications/email HTTP/1.1");
        assert!(call.header("authorization").starts_with("Bearer ey"));
        let body: Value = serde_json::from_str(&call.body).expect("JSON");
        assert_eq!(body["email_address"], "office@school.example");
        assert_eq!(body["template_id"], "t-1");
        references.insert(body["reference"].as_str().expect("a reference").to_owned());
        says_nothing_personal(&call.body);
    }
    assert_eq!(references, ids(&messages).into_iter().map(str::to_owned).collect());
}
