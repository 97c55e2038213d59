//! An auditor under oath and a data protection officer, over HTTP and the command line alone:
//! what was known when, why it was decided so, what the school could see, who looked, what a
//! child and its family are owed, and that none of it has to be believed.

mod auditor;
mod officer;
mod stopped;

use frontdoor_tests::story::Story;
use frontdoor_tests::submission::plain;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What the story is about, and what its people keep.
struct Told {
    story: Story,
    /// The request about whom everything is asked.
    ivy: Value,
    /// Her pseudonym.
    child: String,
    /// A child of another school, about whom nothing is done.
    noah: Value,
    /// Where an auditor and a school keep what they took away.
    kept: tempfile::TempDir,
}

#[tokio::test]
async fn an_auditor_and_a_data_protection_officer_do_not_have_to_trust_us() {
    let mut told = begin().await;
    auditor::takes_a_checkpoint_away(&told).await;
    auditor::sees_it_as_it_stood(&told).await;
    auditor::replays_the_decision(&told).await;
    auditor::sees_what_the_school_could_see(&told).await;
    auditor::looks_behind_the_glass(&mut told).await;
    school_keeps_a_receipt(&told).await;
    officer::sees_who_looked(&told).await;
    officer::gives_access(&mut told).await;
    officer::is_held_back_and_then_erases(&mut told).await;
    auditor::still_proves_everything(&told).await;
    stopped::everything_again_without_a_server(told).await;
}

/// A school asks; the adviser notes; the service takes it on and is in touch.
async fn begin() -> Told {
    let mut story = Story::begin("2026-09-01T08:00:00Z").await;
    let mut body = plain();
    body["child"]["given_name"] = json!("Ivy");
    body["child"]["family_name"] = json!("Quendelina");
    body["needs"] = json!({"primary": "HI"});
    let ivy = story.submitted("2026-09-01T09:00:00Z", "school-900001", &body).await;
    body["child"]["given_name"] = json!("Noah");
    body["child"]["family_name"] = json!("Ottermole");
    let noah = story.submitted("2026-09-01T09:30:00Z", "school-900002", &body).await;
    let note = json!({"text": "Her brother is known to us."});
    story.then("2026-09-01T13:00:00Z", "adviser", &ivy, "note", note).await;
    story.then("2026-09-02T09:00:00Z", SENSORY, &ivy, "accept", json!({})).await;
    let contact = json!({"text": "We spoke with her mother."});
    story.then("2026-09-03T10:00:00Z", SENSORY, &ivy, "record-contact", contact).await;
    story.pass("2026-09-07T09:00:00Z").await;
    let shown = story.caller("adviser").get(&path(&ivy, "")).await.expect(200);
    let child = shown["child"]["id"].as_str().expect("a pseudonym").to_owned();
    let kept = tempfile::tempdir().expect("a directory");
    Told { story, ivy, child, noah, kept }
}

const SENSORY: &str = "service-sensory-support";

/// What the school keeps, to show later that it asked, and when.
async fn school_keeps_a_receipt(told: &Told) {
    let school = told.story.caller("school-900001");
    let receipt = school.get(&path(&told.ivy, "/receipt")).await;
    let shown = receipt.expect(200);
    assert_eq!(shown["type"], "request.received");
    assert!(!receipt.text.contains("Quendelina"), "a receipt names nobody");
    told.keep("receipt.json", &receipt.text);
    let other = told.story.caller("school-900002");
    other.get(&path(&told.ivy, "/receipt")).await.expect_problem(404);
}

impl Told {
    fn keep(&self, name: &str, text: &str) -> PathBuf {
        let file = self.kept(name);
        std::fs::write(&file, text).expect("a file is kept");
        file
    }

    fn kept(&self, name: &str) -> PathBuf {
        self.kept.path().join(name)
    }

    async fn auditor(&self, path: &str) -> Value {
        self.story.caller("auditor").get(path).await.expect(200)
    }

    async fn officer(&self, path: &str) -> Value {
        self.story.caller("dpo").get(path).await.expect(200)
    }

    fn of_child(&self, rest: &str) -> String {
        format!("/children/{}{rest}", self.child)
    }
}

/// A place of a request.
fn path(request: &Value, rest: &str) -> String {
    format!("/requests/{}{rest}", request["id"].as_str().expect("an id"))
}
