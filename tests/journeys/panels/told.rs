//! What the story of the panels is told with: who does what to a meeting, and how its papers
//! read.

use frontdoor_tests::caller::Answer;
use frontdoor_tests::story::Story;
use reqwest::Method;
use serde_json::{Value, json};

/// Who keeps the panels' diaries and papers.
pub(super) const CLERK: &str = "coordinator";
/// The head of SEND, whose word a costly package awaits.
pub(super) const OFFICER: &str = "panel";

pub(super) struct Told {
    pub(super) story: Story,
    /// What stands for each reference, which is another one in every run.
    references: Vec<(String, String)>,
}

impl Told {
    pub(super) async fn begin(at: &str) -> Self {
        Self { story: Story::begin(at).await, references: vec![] }
    }

    /// At an instant, a school asks for support; the duty adviser answers meanwhile.
    pub(super) async fn asked(&mut self, at: &str, urn: &str, panel: &str, body: &Value) -> Value {
        let request = self.story.submitted(at, &format!("school-{urn}"), body).await;
        assert_eq!(request["route"]["panel"], panel, "{request}");
        let advice = json!({"text": "The panel meets this month; please go on as you do."});
        self.story.caller("adviser").act(&request, "advise", &advice).await;
        let reference = request["reference"].as_str().expect("a reference").to_owned();
        let number = self.references.len() + 1;
        self.references.push((reference, format!("FD-00000-0000{number}")));
        request
    }

    /// At an instant, somebody does something that must be possible.
    pub(super) async fn did(&mut self, at: &str, who: &str, path: &str, body: Value) -> Value {
        self.story.pass(at).await;
        let answer = self.story.caller(who).post(path, &body).await;
        assert!(matches!(answer.status, 200 | 201), "{path} by {who}: {}", answer.text);
        answer.json()
    }

    /// At an instant, somebody wants something that the rules do not allow. Says why not.
    pub(super) async fn refused(&mut self, at: &str, who: &str, path: &str, body: Value) -> String {
        self.story.pass(at).await;
        let answer = self.story.caller(who).post(path, &body).await;
        assert!(matches!(answer.status, 409 | 422), "{path} by {who}: {}", answer.text);
        answer.expect_problem(answer.status);
        self.alike(answer.json()["detail"].as_str().expect("a detail"))
    }

    /// The clerk puts a meeting of a panel's cycle into the diary.
    pub(super) async fn called(&mut self, at: &str, panel: &str, starts_at: &str) -> Value {
        let body = json!({"starts_at": starts_at});
        let called = self.did(at, CLERK, &format!("/panels/{panel}/meetings"), body).await;
        assert_eq!(called["kind"], "cycle");
        called
    }

    /// The clerk sets an agenda and publishes the packs.
    pub(super) async fn prepared(&mut self, at: &str, meeting: &str, requests: &[&Value]) {
        let items: Vec<_> = requests.iter().map(|it| json!({"request": it["id"]})).collect();
        let path = format!("/meetings/{meeting}");
        self.did(at, CLERK, &format!("{path}/agenda"), json!({"items": items})).await;
        let published = self.did(at, CLERK, &format!("{path}/publish"), json!({})).await;
        assert_eq!(published["phase"], "published");
    }

    /// Members open the pack of an item.
    pub(super) async fn read(&mut self, at: &str, meeting: &str, request: &Value, who: &[&str]) {
        self.story.pass(at).await;
        for member in who {
            let path = item(meeting, request, "pack");
            let pack = self.story.caller(&format!("panel-{member}")).get(&path).await.expect(200);
            assert_eq!(pack["request"]["id"], request["id"], "{pack}");
        }
    }

    /// Members come, leave, or say that they will not come.
    pub(super) async fn attended(&mut self, at: &str, meeting: &str, event: &str, who: &[&str]) {
        let path = format!("/meetings/{meeting}/attendance");
        self.did(at, CLERK, &path, json!({"members": who, "event": event})).await;
    }

    /// The panel decides an item; whoever is in the chair says so. Says how it is recorded.
    pub(super) async fn decided(
        &mut self,
        at: &str,
        (meeting, chair): (&str, &str),
        request: &Value,
        body: Value,
    ) -> Value {
        let chair = format!("panel-{chair}");
        let meeting = self.did(at, &chair, &item(meeting, request, "decide"), body).await;
        let items = meeting["items"].as_array().expect("items");
        let decided = items.iter().find(|it| it["request"] == request["id"]);
        decided.expect("the item")["outcome"].clone()
    }

    /// The meeting ends, and its chair signs the minutes on another day.
    pub(super) async fn ended(&mut self, at: &str, signed: &str, (meeting, chair): (&str, &str)) {
        let chair = format!("panel-{chair}");
        self.did(at, &chair, &format!("/meetings/{meeting}/close"), json!({})).await;
        let path = format!("/meetings/{meeting}/minutes/sign");
        let signed = self.did(signed, &chair, &path, json!({})).await;
        assert_eq!(signed["phase"], "signed");
    }

    /// Something as it is written out in this form, without what another run has otherwise.
    pub(super) async fn written(&self, who: &str, path: &str, form: &str) -> String {
        let accept = [("accept", form)];
        let asked = self.story.caller(who).send(Method::GET, path, &accept, vec![]).await;
        let answer: Answer = asked.expect("an answer");
        answer.expect_status(200);
        assert!(answer.header("content-type").starts_with(form), "{:?}", answer.headers);
        self.alike(&answer.text)
    }

    pub(super) async fn status(&self, request: &Value) -> String {
        let path = format!("/requests/{}", request["id"].as_str().expect("an id"));
        let shown = self.story.caller("adviser").get(&path).await.expect(200);
        shown["status"].as_str().expect("a status").to_owned()
    }

    fn alike(&self, text: &str) -> String {
        let replaced = self.references.iter();
        replaced.fold(text.to_owned(), |text, (run, always)| text.replace(run, always))
    }
}

/// The place of what can be done to an item.
pub(super) fn item(meeting: &str, request: &Value, what: &str) -> String {
    format!("/meetings/{meeting}/items/{}/{what}", request["id"].as_str().expect("an id"))
}
