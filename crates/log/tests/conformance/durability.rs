//! What a backend that outlives its process does when its process or its disk does not.

use frontdoor_log::{Error, Health, Outcome, Position};

use crate::backends::{Durable, Fault};
use crate::given::{all, append, appended, cursor, filled, moving, position, stream, version};

pub(crate) async fn what_was_acknowledged_survives_a_power_cut(backend: &impl Durable) {
    let log = backend.log();
    filled(&*log, 40).await;
    let last = moving(append("z", 0, &["1", "2"]), "timers", 0, 7);
    let receipt = appended(&*log, last.clone()).await;
    log.save_checkpoint(42, b"note".to_vec()).await.unwrap();

    let restarted = backend.after_power_cut();
    let again = restarted.log();
    assert_eq!(again.head(), position(42));
    assert_eq!(all(&*again).await, all(&*log).await);
    assert_eq!(again.root(42).await.unwrap(), log.root(42).await.unwrap());
    assert_eq!(again.append(last).await.unwrap(), Outcome::Duplicate(receipt));
    assert_eq!(again.cursor(&cursor("timers")).await.unwrap(), position(7));
    assert_eq!(again.checkpoints().await.unwrap(), log.checkpoints().await.unwrap());
}

pub(crate) async fn a_write_that_never_began_is_gone_after_a_restart(backend: &impl Durable) {
    fails_and_is_gone(backend, Fault::NotWritten).await;
}

pub(crate) async fn a_write_lost_in_its_sync_is_gone_after_a_restart(backend: &impl Durable) {
    fails_and_is_gone(backend, Fault::LostInSync).await;
}

async fn fails_and_is_gone(backend: &impl Durable, fault: Fault) {
    filled(&*backend.log(), 4).await;
    backend.fail_next(fault);
    let lost = append("a", 0, &["1"]);
    let failed = backend.log().append(lost.clone()).await;
    assert!(matches!(failed, Err(Error::Unknown { .. })));

    let restarted = backend.after_power_cut();
    let log = restarted.log();
    assert_eq!((log.head(), log.health()), (position(4), Health::Writable));
    assert_eq!(log.receipt(lost.command).await.unwrap(), None);
    assert_eq!(appended(&*log, lost).await.first, position(5));
}

pub(crate) async fn a_write_that_landed_but_was_reported_failed_is_a_duplicate_after_a_restart(
    backend: &impl Durable,
) {
    filled(&*backend.log(), 4).await;
    backend.fail_next(Fault::SyncedButReportedFailed);
    let landed = append("a", 0, &["1"]);
    let failed = backend.log().append(landed.clone()).await;
    assert!(matches!(failed, Err(Error::Unknown { .. })));

    let restarted = backend.after_power_cut();
    let log = restarted.log();
    assert_eq!(log.head(), position(5));
    let retried = log.append(landed).await.unwrap();
    assert!(matches!(retried, Outcome::Duplicate(receipt) if receipt.first == position(5)));
}

pub(crate) async fn an_unacknowledged_write_is_never_shown(backend: &impl Durable) {
    let log = backend.log();
    filled(&*log, 4).await;
    appended(&*log, moving(append("a", 0, &["1"]), "timers", 0, 2)).await;
    let mut watch = log.watch();
    watch.mark_unchanged();

    // It is all in sled by the time that the sync fails.
    backend.fail_next(Fault::LostInSync);
    let failing = moving(append("a", 1, &["2"]), "timers", 2, 5);
    assert!(log.append(failing.clone()).await.is_err());

    assert_eq!(log.head(), position(5));
    assert!(!watch.has_changed().unwrap());
    assert!(log.read(position(5), 10).await.unwrap().is_empty());
    assert_eq!(log.read_stream(&stream("a"), version(0)).await.unwrap().len(), 1);
    assert_eq!(log.receipt(failing.command).await.unwrap(), None);
    assert_eq!(log.cursor(&cursor("timers")).await.unwrap(), position(2));
    assert!(matches!(log.root(6).await, Err(Error::OutOfRange { .. })));
}

pub(crate) async fn a_log_that_was_cut_off_goes_on_growing(backend: &impl Durable) {
    filled(&*backend.log(), 10).await;
    let restarted = backend.after_power_cut();
    for nth in 0..10 {
        appended(&*restarted.log(), append("z", nth, &["x"])).await;
    }
    let again = restarted.after_power_cut();
    let positions = all(&*again.log()).await.into_iter().map(|record| record.position);
    assert!(positions.eq((1..=20).map(Position::new)));
    assert_eq!(again.log().root(20).await.unwrap(), restarted.log().root(20).await.unwrap());
}
