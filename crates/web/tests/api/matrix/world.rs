//! A county with two sides: on either a school, a service and a panel, with requests before them
//! that the other side has no part in.

use crate::county::{ADVISER, Answer, County, asking, by_set_up_as, hearing};
use axum::body::Body;
use domain::account::{Account, AccountCommand, Key, KeyScope, Role};
use domain::desk::DeskCommand;
use domain::ids::KeyId;
use domain::panel::Panel;
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;
use web::identity::hash_of;

/// Which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SideName {
    Ours,
    Theirs,
}

/// A side's own: what its school asked, what is with its service, what is before its panel.
pub(super) struct Side {
    pub(super) urn: &'static str,
    pub(super) service: &'static str,
    pub(super) panel: &'static str,
    /// A member of its panel.
    pub(super) member: &'static str,
    pub(super) meeting: String,
    pub(super) draft: String,
    /// With its service.
    pub(super) with_service: Matter,
    /// Before its panel, on no agenda.
    pub(super) before_panel: Matter,
    /// On the agenda of its panel's meeting.
    pub(super) on_agenda: Matter,
}

/// A request, with what hangs on it.
#[derive(Clone)]
pub(super) struct Matter {
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) child: String,
    pub(super) document: String,
}

/// The county.
pub(super) struct World {
    pub(super) county: County,
    pub(super) ours: Side,
    pub(super) theirs: Side,
}

/// A side before anything has happened on it.
pub(super) struct Names {
    pub(super) urn: &'static str,
    pub(super) service: &'static str,
    pub(super) panel: &'static str,
    pub(super) member: &'static str,
    pub(super) need: &'static str,
}

pub(super) const OURS: Names = Names {
    urn: "900001",
    service: "sensory-support",
    panel: "semh",
    member: "mira",
    need: "SEMH",
};

pub(super) const THEIRS: Names = Names {
    urn: "900002",
    service: "education-welfare",
    panel: "sensory-physical",
    member: "lena",
    need: "HI",
};

impl World {
    pub(super) async fn made() -> Self {
        let county = founded().await;
        let ours = Side::made(&county, &OURS, "Ivy").await;
        let theirs = Side::made(&county, &THEIRS, "Otis").await;
        Self { county, ours, theirs }
    }

    pub(super) const fn side(&self, name: SideName) -> &Side {
        match name {
            SideName::Ours => &self.ours,
            SideName::Theirs => &self.theirs,
        }
    }

    pub(super) const fn other_side(&self, name: SideName) -> &Side {
        match name {
            SideName::Ours => &self.theirs,
            SideName::Theirs => &self.ours,
        }
    }
}

/// Both panels and their members, keys that are good and keys that are not.
pub(super) async fn founded() -> County {
    let county = County::founded().await;
    let mut commands = Vec::new();
    for names in [&OURS, &THEIRS] {
        let id = names.member.parse().unwrap();
        let name = names.member.to_owned();
        let account = Account { id, name, role: Role::Panel, school: None, service: None };
        commands.push(DeskCommand::OpenAccount(account));
        commands.push(issue(&county, names.member, names.member, 24 * 300));
        commands.push(DeskCommand::EstablishPanel(terms(names)));
    }
    commands.push(issue(&county, OURS.member, "expired", 24));
    commands.push(issue(&county, OURS.member, "revoked", 24 * 300));
    let (account, key) = (OURS.member.parse().unwrap(), key_id("revoked"));
    commands.push(DeskCommand::Account(AccountCommand::RevokeKey { account, key }));
    county.engine.configure(&by_set_up_as(9), commands).await.unwrap();
    county.clock.advance(SignedDuration::from_hours(24));
    let team = json!({"name": "Front door", "manager": "demo-admin",
        "members": [{"account": "demo-adviser", "skills": []}]});
    let request = asking("PUT", "demo-admin", "/teams/front-door");
    done(county.send(request.body(Body::from(team.to_string())).unwrap()).await);
    for names in [&OURS, &THEIRS] {
        let path = format!("/panels/{}/meetings", names.panel);
        let meets = json!({"starts_at": "2026-12-03T09:30:00Z"});
        done(county.post("demo-coordinator", &path, &meets).await);
    }
    county
}

/// A key of an account, which is called `key-` and this, and lasts so many hours.
fn issue(county: &County, account: &str, called: &str, hours: i64) -> DeskCommand {
    let now = county.engine.now();
    let key = Key {
        id: key_id(called),
        account: account.parse().unwrap(),
        label: called.to_owned(),
        scope: KeyScope::Everything,
        issued_at: now,
        expires_at: now + SignedDuration::from_hours(hours),
    };
    let hash = hash_of(&format!("key-{called}"));
    DeskCommand::Account(AccountCommand::IssueKey { key, hash })
}

fn key_id(called: &str) -> KeyId {
    let bytes = called.bytes().fold(1, |id: u128, byte| id * 251 + u128::from(byte));
    KeyId(Uuid::from_u128(bytes))
}

fn terms(names: &Names) -> Panel {
    let area = if names.need == "HI" { "sensory_physical" } else { "semh" };
    let terms = json!({
        "id": names.panel, "name": format!("The panel {}", names.panel), "area": area,
        "cycle": {"first_on": "2026-12-03", "every_weeks": 4, "starts": "09:30:00"},
        "chair_role": "education_adviser", "chair": names.member,
        "membership_roles": ["education_adviser"],
        "members": [{"account": names.member, "role": "education_adviser"}],
        "quorum": {"total": 1, "roles": {}},
        "papers_due_working_days_before": 5, "minutes_available": 60,
        "can_grant": ["inreach", "funding"],
    });
    serde_json::from_value(terms).unwrap()
}

pub(super) fn done(answer: Answer) -> Value {
    assert!(answer.status.is_success(), "{} {}", answer.status, answer.body);
    answer.body
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

impl Side {
    /// Three requests about children of this name.
    pub(super) async fn made(county: &County, names: &Names, name: &str) -> Self {
        let with_service = Matter::with_service(county, names, name).await;
        let before_panel = Matter::before_panel(county, names, name).await;
        let on_agenda = Matter::before_panel(county, names, name).await;
        let meeting = format!("{}-2026-12-03", names.panel);
        let items = json!({"items": [{"request": on_agenda.id}]});
        let at = format!("/meetings/{meeting}");
        done(county.post("demo-coordinator", &format!("{at}/agenda"), &items).await);
        done(county.post("demo-coordinator", &format!("{at}/publish"), &json!({})).await);
        let school = format!("demo-school-{}", names.urn);
        let draft = done(county.post(&school, "/drafts", &json!({"summary": name})).await);
        let Names { urn, service, panel, member, .. } = *names;
        let draft = text(&draft["id"]);
        Self { urn, service, panel, member, meeting, draft, with_service, before_panel, on_agenda }
    }
}

impl Matter {
    /// None that there is.
    pub(super) fn none(nil: &str) -> Self {
        let (id, child, document) = (nil.to_owned(), nil.to_owned(), nil.to_owned());
        Self { id, reference: "FD-22222-22222".to_owned(), child, document }
    }

    async fn with_service(county: &County, names: &Names, name: &str) -> Self {
        let matter = Self::submitted(county, names, name, &json!(["advice"])).await;
        let reason = json!({"code": "other", "criteria": ["autism"], "text": name});
        let route = json!({"service": names.service, "reason": reason});
        let routed = county.act(ADVISER, &matter.id, "route", &route).await;
        // It may have gone there by itself.
        assert!(routed.status.as_u16() < 500, "{}", routed.body);
        let key = format!("demo-service-{}", names.service);
        done(county.act(&key, &matter.id, "accept", &json!({})).await);
        done(county.act(ADVISER, &matter.id, "note", &json!({"text": name})).await);
        matter
    }

    async fn before_panel(county: &County, names: &Names, name: &str) -> Self {
        Self::submitted(county, names, name, &json!(["inreach"])).await
    }

    async fn submitted(county: &County, names: &Names, name: &str, sought: &Value) -> Self {
        let mut body = hearing();
        body["child"]["given_name"] = json!(name);
        body["child"]["family_name"] = json!(format!("{name}son"));
        body["requested_by"]["name"] = json!(format!("{name} Teacher"));
        body["summary"] = json!(format!("{name} in a summary"));
        body["needs"] = json!({"primary": names.need, "description": format!("{name} needs it")});
        body["support_sought"] = sought.clone();
        let key = format!("demo-school-{}", names.urn);
        let made = done(county.post(&key, "/requests", &body).await);
        let id = text(&made["id"]);
        let read = done(county.get(ADVISER, &format!("/requests/{id}")).await);
        let document = handed_in(county, &key, &id, name).await;
        Self {
            id,
            reference: text(&made["reference"]),
            child: text(&read["child"]["id"]),
            document,
        }
    }
}

async fn handed_in(county: &County, key: &str, id: &str, name: &str) -> String {
    let document = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}.pdf\"\r\n\r\n\
         %PDF-1.7 {name} in a document.\r\n--cut\r\nContent-Disposition: form-data; \
         name=\"kind\"\r\n\r\nreport\r\n--cut--\r\n"
    );
    let request = asking("POST", key, &format!("/requests/{id}/documents"))
        .header("content-type", "multipart/form-data; boundary=cut");
    let sent = county.send(request.body(Body::from(document)).unwrap()).await;
    text(&done(sent)["id"])
}
