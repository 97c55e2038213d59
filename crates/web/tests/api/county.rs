//! A county of two schools behind the whole router.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use domain::calendar::{BankHolidays, Calendar};
use domain::codes::{Phase, SchoolKind};
use domain::desk::DeskCommand;
use domain::ids::{SchoolId, TeamId};
use domain::rota::{Day, Shift};
use domain::school::{Register, School};
use domain::service::Service;
use engine::{Actor, Context, Engine, Ids, ManualClock};
use http_body_util::BodyExt;
use jiff::civil::time;
use log::{CheckpointSigner, MemoryLog};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;
use vault::faults::{Breaker, open_journal};
use vault::{Documents, MasterKey, Vault};
use views::Views;
use web::identity::Keys;
use web::session::Sessions;
use web::{App, router, router_with};

pub(crate) const OURS: &str = "demo-school-900001";
pub(crate) const OTHERS: &str = "demo-school-900002";
pub(crate) const ADVISER: &str = "demo-adviser";
pub(crate) const SERVICE: &str = "demo-service-sensory-support";

/// The router, and what holds it up.
pub(crate) struct County {
    router: Router,
    app: App,
    pub(crate) log: Arc<MemoryLog>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) engine: Engine,
    pub(crate) documents: Documents,
    /// Takes away the disk on which accesses are recorded.
    pub(crate) breaker: Breaker,
    dir: TempDir,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: header::HeaderMap,
    pub(crate) body: Value,
}

impl County {
    pub(crate) async fn founded() -> Self {
        Self::with_keys(Keys::AndDemo).await
    }

    pub(crate) async fn with_keys(keys: Keys) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let breaker = Breaker::default();
        let journal = open_journal(&dir.path().join("access.jsonl"), &breaker).unwrap();
        let master = MasterKey::generate().unwrap();
        let vault = Vault::open_dir(&dir.path().join("keys"), master, journal).unwrap();
        let log = Arc::new(MemoryLog::new());
        let clock = Arc::new(ManualClock::at("2026-11-20T10:00:00Z".parse().unwrap()));
        let engine = Engine::new(log.clone(), vault, clock.clone(), Ids::seeded(7));
        engine.sign_with(CheckpointSigner::new("test.example/log", &[7; 32]).unwrap());
        let documents = Documents::open_dir(&dir.path().join("documents")).unwrap();
        engine.keep_documents_in(documents.clone());
        engine.configure(&by_set_up(), directory()).await.unwrap();
        let at = dir.path().join("views");
        let views = Views::open(&at, engine.clone(), &|_| {}).await.unwrap();
        let sessions = Sessions::default();
        let app = App { engine: engine.clone(), views, keys, sessions };
        Self { router: router(app.clone()), app, log, clock, engine, documents, breaker, dir }
    }

    /// The same county, with these paths beside the API's own.
    pub(crate) fn with(mut self, more: web::Routes) -> Self {
        self.router = router_with(self.app.clone(), more);
        self
    }

    /// Another node of the same county: an engine, views and a router of its own, over one log
    /// and one set of keys.
    pub(crate) async fn another_node(&self) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (log, clock) = (self.log.clone(), self.clock.clone());
        let vault = self.engine.vault().clone();
        let engine = Engine::new(log.clone(), vault, clock.clone(), Ids::seeded(8));
        let views = Views::open(&dir.path().join("views"), engine.clone(), &|_| {}).await.unwrap();
        let sessions = Sessions::default();
        let app = App { engine: engine.clone(), views, keys: Keys::AndDemo, sessions };
        let (documents, breaker) = (self.documents.clone(), self.breaker.clone());
        Self { router: router(app.clone()), app, log, clock, engine, documents, breaker, dir }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, key: &str, path: &str) -> Answer {
        self.send(asking("GET", key, path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.send(asking("POST", key, path).body(Body::from(body.to_string())).unwrap()).await
    }

    /// Submits as our school, and answers the id.
    pub(crate) async fn submitted(&self, body: &Value) -> String {
        let answer = self.post(OURS, "/requests", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }

    /// The record of accesses to personal data, a line for each.
    pub(crate) fn accesses(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("access.jsonl")).unwrap()
    }

    pub(crate) async fn act(&self, key: &str, id: &str, action: &str, body: &Value) -> Answer {
        self.post(key, &format!("/requests/{id}/actions/{action}"), body).await
    }
}

/// A request to a path below the API's base.
pub(crate) fn asking(method: &str, key: &str, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
}

/// A request about a child who does not hear well, with consent.
pub(crate) fn hearing() -> Value {
    json!({
        "requested_by": {"name": "Rosalind Hughes", "role": "SENCO"},
        "about": "child",
        "child": {"given_name": "Ivy", "family_name": "Firle", "date_of_birth": "2017-04-09"},
        "needs": {"primary": "HI", "description": "She misses what is said behind her."},
        "support_sought": ["equipment"],
        "consent": {"given": true, "by": "parent", "on": "2026-11-01"},
    })
}

/// The same without a word about consent.
pub(crate) fn without_consent() -> Value {
    let mut body = hearing();
    body.as_object_mut().unwrap().remove("consent");
    body
}

fn by_set_up() -> Context {
    by_set_up_as(1)
}

/// A command of the front door itself.
pub(crate) fn by_set_up_as(command: u128) -> Context {
    Context {
        actor: Actor::front_door("set-up"),
        command: Uuid::from_u128(command),
        fingerprint: [0; 32],
        effective_at: None,
        expected_version: None,
    }
}

fn school(urn: &str, phase: Phase) -> DeskCommand {
    let school = School {
        urn: urn.parse().unwrap(),
        name: format!("School {urn}"),
        phase,
        kind: SchoolKind::Maintained,
        district: "Downs".to_owned(),
        pupils: 210,
        register: Register::default(),
    };
    DeskCommand::RegisterSchool(SchoolId(Uuid::from_u128(urn.parse().unwrap())), school)
}

fn directory() -> Vec<DeskCommand> {
    let file = include_str!("../../../frontdoor/county/services.json");
    let mut file: Value = serde_json::from_str(file).unwrap();
    let services: Vec<Service> = serde_json::from_value(file["services"].take()).unwrap();
    let rules = include_str!("../../../frontdoor/county/ruleset-triage.json");
    let no_holidays = BankHolidays { division: String::new(), events: vec![] };
    let shift = |day: &Day| Shift {
        day: *day,
        from: time(9, 0, 0, 0),
        to: time(17, 0, 0, 0),
        adviser: "amara".parse().unwrap(),
    };
    let shifts = Day::ALL.iter().take(5).map(shift).collect();
    let mut commands = vec![
        DeskCommand::NameCouncil("865".parse().unwrap(), "Downland".to_owned()),
        DeskCommand::PublishCalendar(Calendar::new(1, no_holidays)),
        DeskCommand::ActivateRules(serde_json::from_str(rules).unwrap()),
        DeskCommand::SetShifts(TeamId::front_door(), "2026-11".parse().unwrap(), shifts),
        school("900001", Phase::Primary),
        school("900002", Phase::Secondary),
    ];
    commands.extend(services.into_iter().map(DeskCommand::ListService));
    commands
}
