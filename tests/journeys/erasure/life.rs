//! A child of whom everything is known that Front Door can hold: three requests, a panel's
//! decision, a package, documents, drafts, holds and a request for access, with a canary in
//! every word of it.

use crate::privacy::{Canaries, hand_in, live, submission};
use frontdoor_tests::caller::Caller;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;

const DEMO: [&str; 5] = ["--demo", "--demo-requests", "0", "--demo-clock", "2026-09-01T07:30:00Z"];
const PANEL: &str = "communication-interaction";
pub(super) const MEETING: &str = "communication-interaction-2026-09-09";
const MEMBERS: [&str; 6] =
    ["joan-ferris", "ruth-okonjo", "alan-prescott", "colin-drewe", "meena-raval", "amy-pell"];

/// What was said of the child, and by which ids it is found.
pub(super) struct Life {
    pub(super) server: Server,
    pub(super) canaries: Canaries,
    /// Its given name.
    pub(super) name: String,
    /// The first of them was asked for first.
    pub(super) requests: Vec<String>,
    pub(super) documents: Vec<String>,
    pub(super) draft: String,
    /// Its pseudonyms.
    pub(super) children: Vec<String>,
    /// Requests about somebody else, and that child.
    pub(super) others: Vec<String>,
    pub(super) other_child: String,
}

fn id(shown: &Value) -> String {
    shown["id"].as_str().expect("an id").to_owned()
}

impl Life {
    pub(super) async fn lived() -> Self {
        let server = Server::wrapped(|_| vec!["env".into(), "RUST_LOG=trace".into()], &DEMO).await;
        let (requests, documents, children, others) = Default::default();
        let (name, draft, other_child) = Default::default();
        let canaries = Canaries::default();
        let mut life = Self {
            server,
            canaries,
            name,
            requests,
            documents,
            draft,
            children,
            others,
            other_child,
        };
        life.somebody_else().await;
        let whole = life.is_asked_for().await;
        life.goes_to_another_authority(&whole).await;
        life.is_drafted(&whole).await;
        let panel = life.goes_to_the_panel(&whole).await;
        life.gets_a_package(&panel).await;
        life.is_asked_about().await;
        life
    }

    pub(super) fn caller(&self, who: &str) -> Caller {
        self.server.demo(who)
    }

    /// After a start, it is the day again on which it was asked about.
    pub(super) async fn goes_on(&self) {
        self.pass("2026-09-09T08:30:00Z").await;
    }

    /// Served from another data directory.
    pub(super) async fn served_from(&mut self, data: &Path) {
        self.server = Server::on(data, &DEMO).await;
    }

    async fn pass(&self, to: &str) {
        let body = json!({"now": to}).to_string().into_bytes();
        let moved = self.server.anonymous().send(Method::PUT, "/demo/clock", &[], body).await;
        moved.expect("an answer").expect_status(200);
    }

    /// Somebody does something that must be possible.
    async fn did(&self, who: &str, path: &str, body: Value) -> Value {
        let answer = self.caller(who).post(path, &body).await;
        assert!(matches!(answer.status, 200 | 201), "{path} by {who}: {}", answer.text);
        answer.json()
    }

    /// The pseudonym that a request has for its child.
    async fn child_of(&self, request: &Value) -> String {
        let path = format!("/requests/{}", id(request));
        let shown = self.caller("adviser").get(&path).await.expect(200);
        id(&shown["child"])
    }

    async fn somebody_else(&mut self) {
        let school = self.caller("school-900001");
        let other = school.submit(&plain()).await.json();
        self.caller("adviser").act(&other, "note", &json!({"text": "Sits at the front."})).await;
        self.other_child = self.child_of(&other).await;
        let mut group = plain();
        group["about"] = json!("group");
        group.as_object_mut().expect("an object").remove("child");
        self.others = vec![id(&other), id(&school.submit(&group).await.json())];
    }

    /// Its first request, until it is closed and beyond. Says what was asked.
    async fn is_asked_for(&mut self) -> Value {
        let method = self.canaries.word("method");
        let whole = submission(&mut self.canaries, &json!({"given": false, "method": method}));
        let name = whole["child"]["given_name"].as_str().expect("a name");
        name.clone_into(&mut self.name);
        let school = self.caller("school-900001");
        let request = school.submit(&whole).await.json();
        self.documents.push(hand_in(&school, &mut self.canaries, &request).await);
        live(&self.server, &mut self.canaries, &request).await;
        let said = json!({"quick": "yes", "helped": "no", "comment": self.canaries.word("said")});
        school.act(&request, "give-feedback", &said).await;
        let why = json!({"code": "safeguarding", "text": self.canaries.word("glass")});
        let glass = json!({"reason": why, "minutes": 5});
        self.caller("service-education-welfare").act(&request, "break-glass", &glass).await;
        self.children.push(self.child_of(&request).await);
        self.requests.push(id(&request));
        whole
    }

    /// What is asked anew for the same child, in other words.
    fn anew(&mut self, whole: &Value) -> Value {
        let consent =
            json!({"given": true, "by": "parent", "method": self.canaries.word("consent")});
        let mut body = submission(&mut self.canaries, &consent);
        for name in ["given_name", "family_name"] {
            let unsaid = std::mem::replace(&mut body["child"][name], whole["child"][name].clone());
            self.canaries.0.retain(|canary| unsaid != canary.as_str());
        }
        body
    }

    /// The adviser says whose request it is, where the program does not know it.
    async fn joined(&mut self, request: &Value) {
        let child = self.child_of(request).await;
        if !self.children.contains(&child) {
            let same = json!({"request": self.requests[0]});
            self.caller("adviser").act(request, "link-child", &same).await;
            self.children.push(child);
        }
        self.requests.push(id(request));
    }

    async fn goes_to_another_authority(&mut self, whole: &Value) {
        let mut body = self.anew(whole);
        body["child"]["home_authority"] = json!("835");
        let request = self.caller("school-900001").submit(&body).await.json();
        self.joined(&request).await;
        let adviser = self.caller("adviser");
        let elsewhere = json!({"authority": "835", "text": self.canaries.word("elsewhere")});
        adviser.act(&request, "redirect", &elsewhere).await;
        let receipt = json!({"received_on": "2026-09-01", "by": self.canaries.word("receiver"),
            "their_reference": self.canaries.word("theirs")});
        adviser.act(&request, "record-receipt", &receipt).await;
    }

    /// One draft becomes a request, another stays.
    async fn is_drafted(&mut self, whole: &Value) {
        let school = self.caller("school-900001");
        let saved = school.post("/drafts", &self.anew(whole)).await.expect(201);
        let submit = format!("/drafts/{}/submit", id(&saved));
        let submitted = self.did("school-900001", &submit, json!({})).await;
        self.joined(&submitted).await;
        self.draft = id(&school.post("/drafts", &self.anew(whole)).await.expect(201));
    }

    async fn goes_to_the_panel(&mut self, whole: &Value) -> Value {
        let mut body = self.anew(whole);
        body["needs"]["primary"] = json!("ASD");
        body["support_sought"] = json!(["specialist_hlta"]);
        let school = self.caller("school-900001");
        let request = school.submit(&body).await.json();
        self.joined(&request).await;
        let advice = json!({"text": self.canaries.word("meanwhile")});
        self.caller("adviser").act(&request, "advise", &advice).await;
        self.documents.push(hand_in(&school, &mut self.canaries, &request).await);

        let meeting = format!("/meetings/{MEETING}");
        let called = json!({"starts_at": "2026-09-09T08:30:00Z"});
        self.did("coordinator", &format!("/panels/{PANEL}/meetings"), called).await;
        let agenda = json!({"items": [{"request": id(&request)}]});
        self.did("coordinator", &format!("{meeting}/agenda"), agenda).await;
        self.did("coordinator", &format!("{meeting}/publish"), json!({})).await;
        self.pass("2026-09-09T08:30:00Z").await;
        let here = json!({"members": MEMBERS, "event": "arrived"});
        self.did("coordinator", &format!("{meeting}/attendance"), here).await;
        let item = format!("{meeting}/items/{}", id(&request));
        for member in MEMBERS {
            let member = self.caller(&format!("panel-{member}"));
            member.get(&format!("{item}/pack")).await.expect_status(200);
        }
        let aside = json!({"member": "amy-pell", "interest": "other",
            "text": self.canaries.word("interest")});
        self.did("coordinator", &format!("{item}/recuse"), aside).await;
        request
    }

    /// The panel decides; services take it on, ask, and review it.
    async fn gets_a_package(&mut self, request: &Value) {
        let chair = "panel-joan-ferris";
        let meeting = format!("/meetings/{MEETING}");
        let decided = self.decision();
        self.did(chair, &format!("{meeting}/items/{}/decide", id(request)), decided).await;
        self.did(chair, &format!("{meeting}/close"), json!({})).await;
        self.did(chair, &format!("{meeting}/minutes/sign"), json!({})).await;
        self.did("panel", &format!("{meeting}/ratify"), json!({})).await;
        let (service, therapy) =
            (self.caller("service-specialist-sen"), self.caller("service-speech-language-therapy"));
        service.act(request, "accept", &json!({})).await;
        therapy.act(request, "query", &json!({"text": self.canaries.word("query")})).await;
        let answer = json!({"service": "speech-language-therapy",
            "text": self.canaries.word("answered")});
        self.caller("panel").act(request, "answer-query", &answer).await;
        therapy.act(request, "accept", &json!({})).await;
        let seen = json!({"text": self.canaries.word("seen")});
        service.act(request, "record-contact", &seen).await;
        let found = |number: u8, measure: String| json!({"number": number, "outcome": "partly", "measure": measure});
        let results =
            [found(1, self.canaries.word("counted")), found(2, self.canaries.word("met"))];
        let review = json!({"results": results, "text": self.canaries.word("review"),
            "then": "continue", "review_on": "2027-05-10"});
        service.act(request, "review-package", &review).await;
    }

    fn decision(&mut self) -> Value {
        let c = &mut self.canaries;
        let mut given = |service: &str, support: &str, pence: u32| {
            json!({"service": service, "support": support, "what": c.word("gets"),
                "outcome": c.word("goal"), "lead": c.word("lead"), "quantity": 15,
                "unit": "hour", "frequency": "term_weekly", "unit_cost": {"pence": pence},
                "funding": "high_needs", "starts": "2026-09-21", "ends": "2027-07-20",
                "review_on": "2027-01-18"})
        };
        let contributions = [
            given("specialist-sen", "specialist_hlta", 2150),
            given("speech-language-therapy", "advice", 9400),
        ];
        json!({
            "decision": "package",
            "reason": {"code": "need_beyond_ordinary", "criteria": ["specialist-sen/autism"],
                "text": c.word("decided")},
            "evidence": ["request", "cycle:1", "heard"],
            "package": {
                "key_worker": {"name": c.word("worker"), "role": c.word("workerrole"),
                    "contact": c.word("contact")},
                "key_worker_of": {"service": "specialist-sen"},
                "contributions": contributions,
            },
            "dissent": [{"member": "ruth-okonjo", "text": c.word("dissent")}],
        })
    }

    /// Its record is held, somebody asks for it, and both are over in the end.
    async fn is_asked_about(&mut self) {
        let (dpo, child) = ("dpo", format!("/children/{}", self.children[0]));
        let why = json!({"reason": {"code": "tribunal", "text": self.canaries.word("hold")}});
        let placed = self.did(dpo, &format!("{child}/hold"), why).await;
        let over = json!({"reason": {"code": "ended", "text": self.canaries.word("released")}});
        let hold = placed["hold"].as_str().or(placed["id"].as_str()).expect("a hold").to_owned();
        self.did(dpo, &format!("{child}/holds/{hold}/release"), over).await;
        let asked = json!({"received_on": "2026-09-09", "by": "parent", "identity_checked": true,
            "scope": self.canaries.word("scope")});
        let asked = self.did(dpo, &format!("{child}/subject-access"), asked).await;
        let access = format!("/subject-access-requests/{}", id(&asked));
        let unclear = json!({"on": "2026-09-09", "awaits": "clarification",
            "text": self.canaries.word("clarify")});
        self.did(dpo, &format!("{access}/clarify"), unclear).await;
        self.did(dpo, &format!("{access}/clarify"), json!({"on": "2026-09-09"})).await;
        let longer = json!({"because": "complex", "text": self.canaries.word("longer")});
        self.did(dpo, &format!("{access}/extend"), longer).await;
        let provided = json!({"how": "provided", "on": "2026-09-09"});
        self.did(dpo, &format!("{access}/answer"), provided).await;
    }
}
