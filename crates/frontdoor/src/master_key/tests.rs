//! A change of the master key that is broken off anywhere must not lock a council out of its records.

use super::*;
use crate::county::by_set_up;
use uuid::Uuid;
use vault::Subject;

fn child() -> Subject {
    Subject::new(Uuid::from_u128(7))
}

/// A data directory with a child's key; with the id of that key.
async fn founded() -> (Place, tempfile::TempDir, vault::KeyId) {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::at(dir.path().join("data"));
    let key = place.open_or_create().unwrap().vault.create_key(child()).await.unwrap();
    (place, dir, key)
}

fn file(place: &Place) -> MasterKeyFile {
    place.master_key_in().unwrap()
}

/// That the data directory opens, with the key that the child has always had.
async fn opens(place: &Place, key: vault::KeyId) {
    assert_eq!(place.open().unwrap().vault.create_key(child()).await.unwrap(), key);
    let file = file(place);
    assert!(!file.new_key().exists(), "what was begun is ended");
}

#[tokio::test]
async fn after_a_change_the_new_key_opens_the_store_and_the_old_one_nothing() {
    let (place, _dir, key) = founded().await;
    let old = fs::read(&file(&place).0).unwrap();
    let engine = place.open().unwrap().engine().await.unwrap();
    let rotated = engine.rotate_master_key(&by_set_up(&engine).unwrap()).await.unwrap();
    assert_eq!(fs::read(&rotated.old_key_file).unwrap(), old);
    drop(engine);
    opens(&place, key).await;

    fs::write(&file(&place).0, old).unwrap();
    let refused = place.open().err().unwrap();
    assert!(matches!(refused.downcast_ref(), Some(Error::WrongMaster { .. })), "{refused:#}");
}

#[tokio::test]
async fn a_change_that_was_broken_off_anywhere_leaves_a_store_that_opens() {
    let (place, _dir, key) = founded().await;
    // Before any key was wrapped by the new one.
    drop(file(&place).make().unwrap());
    opens(&place, key).await;

    // After every key was, and before the new one took the old one's place.
    let vault = place.open().unwrap().vault;
    vault.rotate_master(file(&place).make().unwrap()).await.unwrap();
    drop(vault);
    opens(&place, key).await;

    // Between the two names.
    let vault = place.open().unwrap().vault;
    vault.rotate_master(file(&place).make().unwrap()).await.unwrap();
    drop(vault);
    fs::rename(&file(&place).0, file(&place).old_key()).unwrap();
    opens(&place, key).await;
}

#[tokio::test]
async fn two_changes_at_once_are_one_and_a_refusal() {
    let (place, _dir, key) = founded().await;
    drop(file(&place).make().unwrap());
    assert!(matches!(file(&place).make(), Err(MasterKeyUnkept::Unfinished)));
    opens(&place, key).await;
}
