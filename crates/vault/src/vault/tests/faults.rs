//! A failing disk: nothing is promised that is not kept.

use std::task::{Context, Waker};

use super::*;
use crate::{Stats, disk::fault::Fault};

impl Place {
    fn vault_on(&self, keys: &Fault, record: &Fault) -> Vault {
        let journal =
            Journal::open_on(&self.0.path().join("access.jsonl"), |file| record.on(file)).unwrap();
        Vault::open_dir_on(&self.keys_dir(), master(1), journal, |file| keys.on(file)).unwrap()
    }
}

const FAILURES: [fn(&Fault); 2] = [Fault::fail_before_writing, Fault::fail_after_writing];

#[test]
fn an_access_that_cannot_be_recorded_opens_nothing() {
    for fail in FAILURES {
        let (place, record) = (Place::new(), Fault::default());
        let vault = place.vault_on(&Fault::default(), &record);
        let sealed = vault.with_box(child(1), b"Ada");
        assert_eq!(vault.reads(&sealed).unwrap(), b"Ada");

        fail(&record);
        assert!(wait(vault.record(access(Subjects::All))).is_err());
        record.heal();
        let refused = wait(vault.record(access(Subjects::All))).unwrap_err();

        assert!(matches!(refused, Error::ReadOnly(_)));
        assert!(vault.journal().health().is_err());
        assert_eq!(vault.journal().head().entries, 1);
        assert!(vault.seal(child(1), event(2), b"Ada").is_ok(), "a request is still taken in");
    }
}

#[test]
fn a_key_that_may_be_lost_is_never_used() {
    for fail in FAILURES {
        let (place, keys) = (Place::new(), Fault::default());
        let vault = place.vault_on(&keys, &Fault::default());
        let sealed = vault.with_box(child(1), b"Ada");

        fail(&keys);
        assert!(wait(vault.create_key(child(2))).is_err());
        assert!(vault.seal(child(2), event(1), b"Ben").is_err());
        keys.heal();
        assert!(matches!(wait(vault.create_key(child(3))), Err(Error::ReadOnly(_))));

        assert!(vault.health().is_err());
        assert_eq!(vault.stats(), Stats { changes: 1, syncs: 1 });
        assert_eq!(vault.reads(&sealed).unwrap(), b"Ada", "what is open stays open");
        drop(vault);
        assert!(wait(place.vault().create_key(child(2))).is_ok(), "a restart sets it right");
    }
}

#[test]
fn an_erasure_that_failed_says_so_and_can_be_repeated_after_a_restart() {
    for fail in FAILURES {
        let (place, keys) = (Place::new(), Fault::default());
        let vault = place.vault_on(&keys, &Fault::default());
        let sealed = vault.with_box(child(1), b"Ada");

        fail(&keys);
        assert!(wait(vault.shred(child(1))).is_err());
        assert!(!vault.is_shredded(child(1)));
        drop(vault);

        let vault = place.vault();
        wait(vault.shred(child(1))).unwrap();
        assert_eq!(vault.reads(&sealed), Err(OpenError::Shredded { subject: child(1) }));
    }
}

#[test]
fn a_rotation_that_never_reached_the_disk_leaves_the_old_master_key_in_force() {
    let (place, keys) = (Place::new(), Fault::default());
    let vault = place.vault_on(&keys, &Fault::default());
    let sealed = vault.with_box(child(1), b"Ada");
    keys.fail_before_writing();
    assert!(wait(vault.rotate_master(master(2))).is_err());
    drop(vault);
    assert_eq!(place.vault().reads(&sealed).unwrap(), b"Ada");
}

#[test]
fn a_caller_that_hangs_up_does_not_undo_what_it_asked_for() {
    let (place, keys) = (Place::new(), Fault::default());
    let vault = place.vault_on(&keys, &Fault::default());
    keys.slow_down();
    let mut asked = Box::pin(vault.create_key(child(1)));
    assert!(asked.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(asked);
    drop(vault);
    assert_eq!(place.key_lines().len(), 2);
}
