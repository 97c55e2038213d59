//! Keys by the command line.

use super::issue::Issue;
use super::rotate::Rotate;
use super::*;
use crate::county::{Council, found};
use crate::fixture;
use domain::account::Role;
use tempfile::TempDir;
use web::identity::hash_of;

fn issue(role: Role, name: &str) -> Issue {
    Issue {
        role,
        school: None,
        service: None,
        name: name.to_owned(),
        account: None,
        label: "Laptop".to_owned(),
        scope: KeyScope::Everything,
        until: None,
        json: true,
    }
}

async fn council() -> (Engine, TempDir) {
    let (engine, dir) = fixture::engine();
    let (authority, name) = ("865".parse().unwrap(), "A council".to_owned());
    found(&engine, &Council { authority, name }).await.unwrap();
    (engine, dir)
}

#[tokio::test]
async fn an_issued_key_is_kept_as_a_hash_until_it_is_revoked() {
    let (engine, _dir) = council().await;
    let Issued { key, of } = issue(Role::Adviser, "Asha Rao").issue(&engine).await.unwrap();
    let desk = engine.desk().await.unwrap();
    assert_eq!(desk.accounts[&of.account].role, Role::Adviser);
    assert_eq!(desk.keys[&hash_of(&key)], of);

    let revoke = Revoke { account: of.account, key: None };
    assert_eq!(revoke.revoke(&engine).await.unwrap(), 1);
    assert!(engine.desk().await.unwrap().keys.is_empty());
}

#[tokio::test]
async fn one_key_of_two_is_revoked_by_its_name() {
    let (engine, _dir) = council().await;
    let kept = issue(Role::Adviser, "Asha Rao").issue(&engine).await.unwrap();
    let lost = issue(Role::Adviser, "Asha Rao").issue(&engine).await.unwrap();
    let revoke = |key| Revoke { account: kept.of.account.clone(), key: Some(key) };
    assert_eq!(revoke(lost.of.id.0).revoke(&engine).await.unwrap(), 1);
    let left: Vec<_> = engine.desk().await.unwrap().keys.keys().cloned().collect();
    assert_eq!(left, [hash_of(&kept.key)]);
    assert!(revoke(lost.of.id.0).revoke(&engine).await.is_err());
}

#[tokio::test]
async fn a_rotated_key_hands_over_its_label_and_scope() {
    let (engine, _dir) = council().await;
    let reading = Issue { scope: KeyScope::Reading, ..issue(Role::Adviser, "Asha Rao") };
    let old = reading.issue(&engine).await.unwrap();
    let (account, key) = (old.of.account.clone(), old.of.id.0);
    let rotate = Rotate { account, key, overlap_hours: 2, until: None, json: true };
    let new = rotate.rotate(&engine).await.unwrap();
    assert_eq!((&new.of.label, &new.of.scope), (&old.of.label, &KeyScope::Reading));
    let desk = engine.desk().await.unwrap();
    let two_hours = SignedDuration::from_hours(2);
    assert_eq!(desk.keys[&hash_of(&old.key)].expires_at, new.of.issued_at + two_hours);
    assert!(desk.keys[&hash_of(&new.key)].expires_at > desk.keys[&hash_of(&old.key)].expires_at);
}

#[tokio::test]
async fn a_second_key_does_not_change_who_the_account_is() {
    let (engine, _dir) = council().await;
    for _ in 0..2 {
        issue(Role::Adviser, "Asha Rao").issue(&engine).await.unwrap();
    }
    assert_eq!(engine.desk().await.unwrap().keys.len(), 2);

    let refused = issue(Role::Admin, "Asha Rao").issue(&engine).await.err().unwrap();
    assert!(refused.to_string().contains("another's"), "{refused}");
}

#[tokio::test]
async fn a_key_for_a_school_or_service_that_is_unknown_is_not_issued() {
    let (engine, _dir) = council().await;
    let school = Issue { school: "900001".parse().ok(), ..issue(Role::School, "A") };
    let service = Issue { service: "magic".parse().ok(), ..issue(Role::Service, "B") };
    for (unknown, named) in [(school, "900001"), (service, "magic")] {
        let refused = unknown.issue(&engine).await.err().unwrap().to_string();
        assert!(refused.contains(named), "{refused}");
    }
}

#[test]
fn a_scope_names_operations_that_there_are() {
    let named = KeyScope::Operations(["list_requests", "read_me"].map(str::to_owned).into());
    assert_eq!(scope("list_requests, read_me"), Ok(named));
    assert_eq!(scope("reading"), Ok(KeyScope::Reading));
    assert!(scope("read_me,rule_the_world").unwrap_err().contains("rule_the_world"));
}
