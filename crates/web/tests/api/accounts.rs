//! Accounts and keys, as an administrator looks after them.

use crate::county::{Answer, County, asking};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const ADMIN: &str = "demo-admin";

impl County {
    pub(crate) async fn put(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.send(asking("PUT", key, path).body(Body::from(body.to_string())).unwrap()).await
    }

    async fn delete(&self, key: &str, path: &str) -> Answer {
        self.send(asking("DELETE", key, path).body(Body::empty()).unwrap()).await
    }

    /// Opens an account, and answers a key of it with the key's name.
    async fn key_for(&self, entry: &Value, scope: &Value) -> (String, String) {
        self.post(ADMIN, "/accounts", entry).await;
        let id = entry["id"].as_str().unwrap();
        let body = json!({"label": "Case system", "scope": scope});
        let issued = self.post(ADMIN, &format!("/accounts/{id}/keys"), &body).await;
        assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.body);
        let text = |name: &str| issued.body[name].as_str().unwrap().to_owned();
        (text("key"), text("id"))
    }
}

fn asha() -> Value {
    json!({"id": "asha-rao", "name": "Asha Rao", "role": "adviser"})
}

fn school() -> Value {
    json!({"id": "mis-900001", "name": "MIS", "role": "school", "school_urn": "900001"})
}

fn pointers(answer: &Answer) -> Vec<&str> {
    let errors = answer.body["errors"].as_array().unwrap();
    errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_account_is_opened_and_named_after_its_holder() {
    let county = County::founded().await;
    let opened =
        county.post(ADMIN, "/accounts", &json!({"name": "Asha Rao", "role": "adviser"})).await;
    assert_eq!(opened.status, StatusCode::CREATED);
    assert_eq!(opened.headers["location"], "/api/v1/accounts/asha-rao");
    let read = county.get(ADMIN, "/accounts/asha-rao").await;
    assert_eq!(read.body, opened.body);
    assert_eq!(read.headers["etag"], opened.headers["etag"]);
    let another = json!({"id": "asha-rao", "name": "Another", "role": "admin"});
    let taken = county.post(ADMIN, "/accounts", &another).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn every_fault_of_an_entry_is_found_at_once() {
    let county = County::founded().await;
    let faulty = json!({"id": "A B", "name": "", "role": "king", "school_urn": "999999",
        "service": "magic", "password": "x"});
    let answer = county.post(ADMIN, "/accounts", &faulty).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = pointers(&answer);
    for pointer in ["/id", "/name", "/role", "/school_urn", "/service", "/password"] {
        assert!(found.contains(&pointer), "{pointer}: {found:?}");
    }
    let nobodys = json!({"name": "MIS", "role": "school"});
    assert_eq!(pointers(&county.post(ADMIN, "/accounts", &nobodys).await), ["/school_urn"]);
    let nobodys = json!({"name": "MIS", "role": "service"});
    assert_eq!(pointers(&county.post(ADMIN, "/accounts", &nobodys).await), ["/service"]);
}

#[tokio::test]
async fn an_auditor_sees_accounts_and_nobodys_name() {
    let county = County::founded().await;
    county.post(ADMIN, "/accounts", &asha()).await;
    for path in ["/accounts", "/accounts/asha-rao"] {
        let seen = county.get("demo-auditor", path).await.body.to_string();
        assert!(seen.contains("asha-rao") && !seen.contains("Asha Rao"), "{seen}");
    }
    assert!(county.get("demo-dpo", "/accounts").await.body.to_string().contains("Asha Rao"));
}

#[tokio::test]
async fn accounts_come_in_pages_and_by_role() {
    let county = County::founded().await;
    for name in ["Cy", "Abe", "Bo"] {
        county.post(ADMIN, "/accounts", &json!({"name": name, "role": "auditor"})).await;
    }
    county.post(ADMIN, "/accounts", &asha()).await;
    let ids = |body: &Value| -> Vec<String> {
        let items = body["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let first = county.get(ADMIN, "/accounts?role=auditor&limit=2").await.body;
    assert_eq!(ids(&first), ["abe", "bo"]);
    let next = format!("/accounts?role=auditor&limit=2&cursor={}", first["next"].as_str().unwrap());
    let second = county.get(ADMIN, &next).await.body;
    assert_eq!((ids(&second), &second["next"]), (vec!["cy".to_owned()], &Value::Null));
}

#[tokio::test]
async fn a_key_opens_the_door_until_it_is_revoked() {
    let county = County::founded().await;
    let (key, id) = county.key_for(&school(), &json!("everything")).await;
    let me = county.get(&key, "/me").await.body;
    assert_eq!((&me["role"], &me["school_urn"]), (&json!("school"), &json!("900001")));
    assert_eq!((&me["via"], &me["key"]), (&json!("key"), &json!(id)));

    let revoked = county.delete(ADMIN, &format!("/accounts/mis-900001/keys/{id}")).await;
    assert_eq!(revoked.status, StatusCode::OK);
    assert_eq!(county.get(&key, "/me").await.status, StatusCode::UNAUTHORIZED);
    let gone = county.delete(ADMIN, &format!("/accounts/mis-900001/keys/{id}")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_is_shown_once_and_stored_nowhere() {
    let county = County::founded().await;
    county.post(ADMIN, "/accounts", &asha()).await;
    let issue = || {
        let request = asking("POST", ADMIN, "/accounts/asha-rao/keys");
        let request = request.header("idempotency-key", "once");
        county.send(request.body(Body::from(json!({"label": "Laptop"}).to_string())).unwrap())
    };
    let (first, again) = (issue().await, issue().await);
    let key = first.body["key"].as_str().unwrap();
    assert!(key.starts_with("fd_") && key.len() == 67);
    assert_eq!((&again.body["key"], &again.body["id"]), (&Value::Null, &first.body["id"]));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert!(again.body["says"].as_str().unwrap().contains("shown when it was issued"));

    let listed = county.get(ADMIN, "/accounts/asha-rao/keys").await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let events = county.get("demo-auditor", "/audit/events?limit=200").await.body.to_string();
    assert!(!listed.to_string().contains(key) && !events.contains(key));
    assert!(events.contains("account.key_issued"));
}

#[tokio::test]
async fn a_key_for_reading_reads_and_one_for_an_operation_does_that() {
    let county = County::founded().await;
    let (reads, _) = county.key_for(&school(), &json!("reading")).await;
    assert_eq!(county.get(&reads, "/requests").await.status, StatusCode::OK);
    let refused = county.post(&reads, "/requests", &json!({})).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body["detail"].as_str().unwrap().contains("beyond the scope"));

    let scope = json!({"operations": ["submit_request", "read_me"]});
    let (submits, _) = county.key_for(&school(), &scope).await;
    let faulty = county.post(&submits, "/requests", &json!({})).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "it may, were it well said");
    assert_eq!(county.get(&submits, "/requests").await.status, StatusCode::FORBIDDEN);
    let may = county.get(&submits, "/me").await.body["may"].clone();
    assert_eq!(
        may,
        json!([
            {"operation": "submit_request", "reach": "own_school"},
            {"operation": "read_me", "reach": "own_school"},
        ])
    );
}

#[tokio::test]
async fn what_a_key_is_for_is_checked_and_said_all_at_once() {
    let county = County::founded().await;
    county.post(ADMIN, "/accounts", &asha()).await;
    let faulty = json!({"scope": {"operations": ["rule_the_world", "erase_child"]}, "days": 1});
    let answer = county.post(ADMIN, "/accounts/asha-rao/keys", &faulty).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = pointers(&answer);
    for pointer in ["/label", "/scope/operations/0", "/scope/operations/1", "/days"] {
        assert!(found.contains(&pointer), "{pointer}: {found:?}");
    }
    for end in ["2026-11-20T10:00:00Z", "2027-11-22T10:00:00Z"] {
        let body = json!({"label": "Laptop", "expires_at": end});
        let answer = county.post(ADMIN, "/accounts/asha-rao/keys", &body).await;
        assert_eq!(pointers(&answer), ["/expires_at"], "{end}");
    }
}

#[tokio::test]
async fn a_key_opens_nothing_from_its_end_on() {
    let county = County::founded().await;
    let (key, _) = county.key_for(&asha(), &json!("everything")).await;
    county.clock.set("2027-02-18T09:59:59Z".parse().unwrap());
    assert_eq!(county.get(&key, "/me").await.status, StatusCode::OK, "ninety days, less a second");
    county.clock.set("2027-02-18T10:00:00Z".parse().unwrap());
    assert_eq!(county.get(&key, "/me").await.status, StatusCode::UNAUTHORIZED);
    let listed = county.get(ADMIN, "/accounts/asha-rao/keys").await.body;
    assert_eq!(listed["items"][0]["expired"], true);
}

#[tokio::test]
async fn a_rotated_key_and_its_successor_overlap() {
    let county = County::founded().await;
    let (old, id) = county.key_for(&school(), &json!("reading")).await;
    let path = format!("/accounts/mis-900001/keys/{id}/rotate");
    let rotated = county.post(ADMIN, &path, &json!({"overlap_hours": 2})).await;
    assert_eq!(rotated.status, StatusCode::CREATED, "{}", rotated.body);
    assert_eq!(rotated.body["scope"], "reading");
    let end = json!({"id": id, "expires_at": "2026-11-20T12:00:00Z"});
    assert_eq!(rotated.body["replaces"], end);
    let new = rotated.body["key"].as_str().unwrap();
    for key in [&old, new] {
        assert_eq!(county.get(key, "/me").await.status, StatusCode::OK);
    }
    county.clock.set("2026-11-20T12:00:00Z".parse().unwrap());
    assert_eq!(county.get(&old, "/me").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(county.get(new, "/me").await.status, StatusCode::OK);
    let again = county.post(ADMIN, &path, &json!({})).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what is over is not brought back");
}

#[tokio::test]
async fn a_key_is_its_own_accounts_only() {
    let county = County::founded().await;
    let (_, id) = county.key_for(&school(), &json!("everything")).await;
    county.post(ADMIN, "/accounts", &asha()).await;
    for (method, path) in [("DELETE", ""), ("POST", "/rotate")] {
        let path = format!("/accounts/asha-rao/keys/{id}{path}");
        let request = asking(method, ADMIN, &path).body(Body::from("{}")).unwrap();
        assert_eq!(county.send(request).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn another_role_and_a_closed_account_end_every_key() {
    let county = County::founded().await;
    let (key, _) = county.key_for(&asha(), &json!("everything")).await;
    let renamed = json!({"name": "Asha Hill", "role": "adviser"});
    county.put(ADMIN, "/accounts/asha-rao", &renamed).await;
    assert_eq!(county.get(&key, "/me").await.body["name"], "Asha Hill");
    let promoted = json!({"name": "Asha Hill", "role": "coordinator"});
    county.put(ADMIN, "/accounts/asha-rao", &promoted).await;
    assert_eq!(county.get(&key, "/me").await.status, StatusCode::UNAUTHORIZED);

    let closed = json!({"name": "Asha Hill", "role": "coordinator", "closed": true});
    let answer = county.put(ADMIN, "/accounts/asha-rao", &closed).await;
    assert_eq!((answer.status, &answer.body["closed"]), (StatusCode::OK, &json!(true)));
    let issued = county.post(ADMIN, "/accounts/asha-rao/keys", &json!({"label": "x"})).await;
    assert_eq!(issued.status, StatusCode::CONFLICT);
    let again = county.put(ADMIN, "/accounts/asha-rao", &closed).await;
    assert_eq!((again.status, &again.body["closed"]), (StatusCode::OK, &json!(true)));
    let opened = county.put(ADMIN, "/accounts/asha-rao", &promoted).await;
    assert_eq!(opened.body["closed"], json!(false));
}

#[tokio::test]
async fn an_administrator_neither_closes_nor_promotes_themselves() {
    let county = County::founded().await;
    let jo = json!({"id": "jo-lister", "name": "Jo Lister", "role": "admin"});
    let (key, _) = county.key_for(&jo, &json!("everything")).await;
    for entry in [
        json!({"name": "Jo Lister", "role": "dpo"}),
        json!({"name": "Jo Lister", "role": "admin", "closed": true}),
    ] {
        let refused = county.put(&key, "/accounts/jo-lister", &entry).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{entry}");
    }
}

#[tokio::test]
async fn a_stale_change_of_an_account_is_refused() {
    let county = County::founded().await;
    county.post(ADMIN, "/accounts", &asha()).await;
    let body = json!({"name": "Asha Hill", "role": "adviser"});
    let change = |tag: &str| {
        let request = asking("PUT", ADMIN, "/accounts/asha-rao").header("if-match", tag);
        county.send(request.body(Body::from(body.to_string())).unwrap())
    };
    assert_eq!(change("\"7\"").await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(change("\"1\"").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_invitation_keeps_no_address() {
    let county = County::founded().await;
    county.post(ADMIN, "/accounts", &asha()).await;
    let body = json!({"email": "asha.rao@council.example"});
    let invited = county.put(ADMIN, "/accounts/asha-rao/sign-in", &body).await;
    assert_eq!(invited.body["sign_in"], "invited");
    let events = county.get("demo-auditor", "/audit/events?limit=200").await.body.to_string();
    assert!(events.contains("account.invited") && !events.contains("council.example"));

    let both = json!({"email": "a@b.example", "issuer": "https://id.example"});
    let refused = county.put(ADMIN, "/accounts/asha-rao/sign-in", &both).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bound = json!({"issuer": "https://id.example", "subject": "1234"});
    let bound = county.put(ADMIN, "/accounts/asha-rao/sign-in", &bound).await;
    assert_eq!(bound.body["sign_in"], "bound");
}
