//! A panel's meetings, over the API alone.
//!
//! The panel for social, emotional and mental health meets on Thursday 3 December 2026 at 09:30.
//! Ruth leads the school that asks; Joan manages a service; the panel manager is the officer.

mod after;
mod packages;
mod packs;
mod preparing;
mod refused;
mod room;
mod story;

use crate::county::{Answer, County, OURS, asking, by_set_up_as, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use domain::account::{Account, AccountCommand, Key, KeyScope, Role};
use domain::desk::DeskCommand;
use domain::ids::{KeyId, SchoolId};
use domain::money::Money;
use domain::panel::{DecidesBy, Member, MemberRole, Panel};
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;
use web::identity::hash_of;

const CLERK: &str = "demo-coordinator";
const OFFICER: &str = "demo-panel";
const MEETS: &str = "2026-12-03T09:30:00Z";
const MEETING: &str = "/meetings/semh-2026-12-03";

/// A county with a panel.
struct Panelled {
    county: County,
}

fn terms() -> Panel {
    use MemberRole as R;
    let member = |name: &str, role| Member {
        account: name.parse().unwrap(),
        role,
        school: None,
        service: None,
    };
    let school = |urn: u128| Some(SchoolId(Uuid::from_u128(urn)));
    let terms = json!({
        "id": "semh", "name": "SEMH panel", "area": "semh",
        "cycle": {"first_on": "2026-12-03", "every_weeks": 4, "starts": "09:30:00"},
        "chair_role": "education_adviser", "chair": "mira", "vice_chair": "theo",
        "membership_roles": ["education_adviser", "educational_psychologist", "school_leader",
            "service_manager", "health"],
        "quorum": {"total": 4, "roles": {"education_adviser": 1, "educational_psychologist": 1,
            "school_leader": 1}},
        "papers_due_working_days_before": 5, "minutes_available": 60,
        "can_grant": ["funding", "advice", "outreach"],
        "ratify_above": {"pence": 1_000_000}, "ratified_by": "demo-panel",
    });
    let mut terms: Panel = serde_json::from_value(terms).unwrap();
    terms.members = vec![
        member("mira", R::EducationAdviser),
        member("theo", R::EducationAdviser),
        member("amal", R::EducationalPsychologist),
        Member { school: school(900_001), ..member("ruth", R::SchoolLeader) },
        Member { school: school(900_002), ..member("lee", R::SchoolLeader) },
        member("joan", R::ServiceManager),
        member("hana", R::Health),
    ];
    terms
}

fn by_votes() -> Panel {
    Panel { decides_by: DecidesBy::Majority, ..terms() }
}

/// Every decision needs the officer's word.
fn advising() -> Panel {
    let standing = domain::panel::Standing::Advises;
    Panel { standing, ratify_above: None::<Money>, ..terms() }
}

/// A request that only a panel can grant.
fn anxious(name: &str) -> Value {
    let mut body = hearing();
    body["child"]["given_name"] = json!(name);
    body["needs"] = json!({"primary": "SEMH", "description": "He hides under the table."});
    body["support_sought"] = json!(["funding"]);
    body["tried"] = json!([{"started": "2026-02-23", "reviewed": "2026-04-24",
        "provision": "A quiet corner.", "outcome": "no_progress"}]);
    body
}

fn grounds() -> Value {
    json!({"code": "need_beyond_ordinary", "criteria": ["specialist-sen/autism"],
        "text": "He needs more than his school can give."})
}

fn advice() -> Value {
    json!({"decision": "advice", "reason": grounds(), "evidence": ["request", "cycle:1"]})
}

impl Panelled {
    async fn with(terms: Panel) -> Self {
        let county = County::founded().await;
        let account = |member: &Member| Account {
            id: member.account.clone(),
            name: member.account.to_string(),
            role: Role::Panel,
            school: None,
            service: None,
        };
        let accounts = terms.members.iter().map(account).map(DeskCommand::OpenAccount);
        let now = county.engine.now();
        let key = |(place, member): (u128, &Member)| {
            let hash = hash_of(&format!("key-{}", member.account));
            let key = Key {
                id: KeyId(Uuid::from_u128(place)),
                account: member.account.clone(),
                label: "Laptop".to_owned(),
                scope: KeyScope::Everything,
                issued_at: now,
                expires_at: now + SignedDuration::from_hours(24 * 300),
            };
            DeskCommand::Account(AccountCommand::IssueKey { key, hash })
        };
        let keys = (1..).zip(&terms.members).map(key);
        let mut commands: Vec<_> = accounts.chain(keys).collect();
        commands.push(DeskCommand::EstablishPanel(terms));
        county.engine.configure(&by_set_up_as(9), commands).await.unwrap();
        Self { county }
    }

    async fn established() -> Self {
        Self::with(terms()).await
    }

    /// A meeting is called, with requests about these children on its agenda.
    async fn called(terms: Panel, children: &[&str]) -> (Self, Vec<String>) {
        let panel = Self::with(terms).await;
        let mut requests = vec![];
        for name in children {
            requests.push(panel.county.submitted(&anxious(name)).await);
        }
        panel.done(CLERK, "/panels/semh/meetings", json!({"starts_at": MEETS})).await;
        let items: Vec<_> = requests.iter().map(|id| json!({"request": id})).collect();
        panel.done(CLERK, &format!("{MEETING}/agenda"), json!({"items": items})).await;
        (panel, requests)
    }

    /// It is under way with everybody but Ruth, whose school asks.
    async fn under_way(terms: Panel, children: &[&str]) -> (Self, Vec<String>) {
        let (panel, requests) = Self::called(terms, children).await;
        panel.done(CLERK, &format!("{MEETING}/publish"), json!({})).await;
        panel.county.clock.set(MEETS.parse().unwrap());
        panel.arrive(&["mira", "theo", "amal", "lee", "hana"]).await;
        panel.later(15);
        (panel, requests)
    }

    async fn post(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.county.post(key, path, body).await
    }

    /// It is done, whatever it is.
    async fn done(&self, key: &str, path: &str, body: Value) -> Value {
        let answer = self.post(key, path, &body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
        assert!(answer.headers.contains_key("frontdoor-position"), "{path}");
        answer.body
    }

    async fn get(&self, key: &str, path: &str) -> Value {
        let answer = self.county.get(key, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.body
    }

    async fn arrive(&self, members: &[&str]) {
        let body = json!({"members": members, "event": "arrived"});
        self.done(CLERK, &format!("{MEETING}/attendance"), body).await;
    }

    async fn depart(&self, member: &str) {
        let body = json!({"member": member, "event": "departed"});
        self.done(CLERK, &format!("{MEETING}/attendance"), body).await;
    }

    fn later(&self, minutes: i64) {
        self.county.clock.advance(jiff::SignedDuration::from_mins(minutes));
    }

    async fn decide(&self, request: &str, body: &Value) -> Answer {
        self.post(OFFICER, &format!("{MEETING}/items/{request}/decide"), body).await
    }

    /// It is refused with 409, in these words.
    #[track_caller]
    fn conflict(answer: &Answer, words: &str) {
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        assert_eq!(answer.body["detail"], words);
    }

    async fn status(&self, request: &str) -> Value {
        self.get(OURS, &format!("/requests/{request}")).await["status"].clone()
    }

    /// The item of a request, as the meeting stands.
    async fn item(&self, request: &str) -> Value {
        let meeting = self.get(OFFICER, MEETING).await;
        let items = meeting["items"].as_array().unwrap();
        items.iter().find(|item| item["request"] == *request).unwrap().clone()
    }

    /// The same POST with the same key, as often as one likes.
    async fn again(&self, key: &str, path: &str, body: &Value) -> Answer {
        let request = asking("POST", key, path).header("Idempotency-Key", path);
        self.county.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}
