//! What every backend does, durable or not.

use frontdoor_log::{
    Append, Body, Checkpoint, Error, Health, Invalid, MAX_APPEND_RECORDS, MAX_BODY_BYTES,
    MAX_NOTE_BYTES, MAX_READ_RECORDS, Outcome, Position,
};

use crate::backends::Backend;
use crate::given::{
    all, and, append, appended, body, command, cursor, filled, moving, position, stream, text,
    version,
};

pub(crate) async fn positions_are_gapless_under_concurrency(backend: &impl Backend) {
    let callers = (0..32).map(|caller| {
        let log = backend.log();
        tokio::spawn(async move {
            for nth in 0..10 {
                appended(&*log, append(&format!("s{caller}"), nth, &["x"])).await;
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }

    let records = all(&*backend.log()).await;
    let positions: Vec<u64> = records.iter().map(|record| record.position.get()).collect();
    assert_eq!(positions, (1..=320).collect::<Vec<_>>());
}

pub(crate) async fn a_stream_grows_from_the_version_the_caller_knew(backend: &impl Backend) {
    let log = backend.log();
    appended(&*log, append("a", 0, &["1", "2"])).await;

    for expected in [0, 1, 3] {
        let conflict = log.append(append("a", expected, &["x"])).await.unwrap();
        let (expected, actual) = (version(expected), version(2));
        assert_eq!(conflict, Outcome::VersionConflict { stream: stream("a"), expected, actual });
    }
    let receipt = appended(&*log, append("a", 2, &["3"])).await;
    assert_eq!((receipt.first, receipt.last), (position(3), position(3)));
    assert_eq!(log.head(), position(3));
}

pub(crate) async fn a_version_without_bodies_is_only_insisted_on(backend: &impl Backend) {
    let log = backend.log();
    appended(&*log, append("rules", 0, &["1"])).await;

    let stale = log.append(and(append("a", 0, &["1"]), "rules", 0, &[])).await.unwrap();
    assert!(matches!(stale, Outcome::VersionConflict { .. }));
    appended(&*log, and(append("a", 0, &["1"]), "rules", 1, &[])).await;
    assert_eq!(log.read_stream(&stream("rules"), version(0)).await.unwrap().len(), 1);
}

pub(crate) async fn a_duplicate_gets_the_first_receipt_back(backend: &impl Backend) {
    let log = backend.log();
    let request = append("a", 0, &["1", "2"]);
    let first = appended(&*log, request.clone()).await;
    appended(&*log, append("b", 0, &["3"])).await;

    let other_request = Append { fingerprint: [8; 32], ..append("c", 0, &["4"]) };
    let reused = Append { command: request.command, ..other_request };
    assert_eq!(log.append(reused).await.unwrap(), Outcome::Duplicate(first));
    assert_eq!(log.receipt(request.command).await.unwrap(), Some(first));
    assert_eq!(first.fingerprint, [7; 32]);
    assert_eq!(log.receipt(command().command).await.unwrap(), None);
    assert_eq!(log.head(), position(3));
}

pub(crate) async fn a_retry_is_a_duplicate_even_when_its_version_is_stale(backend: &impl Backend) {
    let log = backend.log();
    let request = append("a", 0, &["1"]);
    let first = appended(&*log, request.clone()).await;
    assert_eq!(log.append(request).await.unwrap(), Outcome::Duplicate(first));
}

pub(crate) async fn an_append_over_several_streams_is_all_or_nothing(backend: &impl Backend) {
    let log = backend.log();
    appended(&*log, append("b", 0, &["1"])).await;

    let conflict = and(append("a", 0, &["x"]), "b", 0, &["y"]);
    let refused = log.append(conflict.clone()).await.unwrap();
    assert!(matches!(refused, Outcome::VersionConflict { .. }));
    assert_eq!(log.head(), position(1));
    assert_eq!(log.receipt(conflict.command).await.unwrap(), None);

    let receipt = appended(&*log, and(append("a", 0, &["2", "3"]), "b", 1, &["4"])).await;
    assert_eq!((receipt.first, receipt.last), (position(2), position(4)));
    let places: Vec<_> = all(&*log).await.into_iter().map(|r| (r.stream, r.version)).collect();
    let (a, b) = (stream("a"), stream("b"));
    let expected = [(&b, 1), (&a, 1), (&a, 2), (&b, 2)];
    assert_eq!(places, expected.map(|(name, place)| (name.clone(), version(place))));
}

pub(crate) async fn a_stream_named_twice_is_refused(backend: &impl Backend) {
    let twice = and(append("a", 0, &["1"]), "a", 1, &["2"]);
    let refused = backend.log().append(twice).await;
    assert!(matches!(refused, Err(Error::Invalid(Invalid::StreamTwice { .. }))));
    assert_eq!(backend.log().head(), Position::START);
}

pub(crate) async fn an_append_of_nothing_is_refused(backend: &impl Backend) {
    for nothing in [command(), append("a", 0, &[])] {
        let refused = backend.log().append(nothing).await;
        assert!(matches!(refused, Err(Error::Invalid(Invalid::AppendEmpty))));
    }
}

pub(crate) async fn a_cursor_moves_by_compare_and_swap(backend: &impl Backend) {
    let log = backend.log();
    filled(&*log, 5).await;
    assert_eq!(log.cursor(&cursor("timers")).await.unwrap(), Position::START);

    let step = moving(command(), "timers", 0, 3);
    let receipt = appended(&*log, step.clone()).await;
    assert_eq!((receipt.first, receipt.last), (position(6), position(5)));
    assert_eq!(log.append(step).await.unwrap(), Outcome::Duplicate(receipt));
    assert_eq!(log.cursor(&cursor("timers")).await.unwrap(), position(3));

    let late = log.append(moving(command(), "timers", 0, 4)).await.unwrap();
    let (expected, actual) = (position(0), position(3));
    assert_eq!(late, Outcome::CursorMoved { name: cursor("timers"), expected, actual });
    appended(&*log, moving(command(), "timers", 3, 5)).await;
    assert_eq!(log.cursor(&cursor("others")).await.unwrap(), Position::START);
}

pub(crate) async fn a_cursor_moves_together_with_the_records_or_not_at_all(backend: &impl Backend) {
    let log = backend.log();
    filled(&*log, 1).await;

    let conflict = moving(append("s0", 0, &["x"]), "timers", 0, 1);
    assert!(matches!(log.append(conflict).await.unwrap(), Outcome::VersionConflict { .. }));
    assert_eq!(log.cursor(&cursor("timers")).await.unwrap(), Position::START);

    let moved = moving(append("s0", 1, &["x"]), "timers", 1, 2);
    assert!(matches!(log.append(moved).await.unwrap(), Outcome::CursorMoved { .. }));
    assert_eq!(log.head(), position(1));

    appended(&*log, moving(append("s0", 1, &["x"]), "timers", 0, 2)).await;
    assert_eq!(log.cursor(&cursor("timers")).await.unwrap(), position(2));
}

pub(crate) async fn a_cursor_moves_forward_and_within_the_log(backend: &impl Backend) {
    let log = backend.log();
    filled(&*log, 2).await;
    appended(&*log, moving(command(), "timers", 0, 1)).await;
    for to in [0, 1, 3] {
        let refused = log.append(moving(command(), "timers", 1, to)).await;
        assert!(matches!(refused, Err(Error::Invalid(Invalid::CursorMove { .. }))), "{to}");
    }
}

pub(crate) async fn what_is_too_large_is_refused(backend: &impl Backend) {
    let log = backend.log();
    let too_many = append("a", 0, &["x"; MAX_APPEND_RECORDS + 1]);
    let too_long = append("a", 0, &[&*"x".repeat(MAX_BODY_BYTES - 20); 17]);
    for too_large in [too_many, too_long] {
        let refused = log.append(too_large).await;
        assert!(matches!(refused, Err(Error::Invalid(Invalid::AppendTooLarge { .. }))));
    }
    let refused = log.save_checkpoint(0, vec![b'x'; MAX_NOTE_BYTES + 1]).await;
    assert!(matches!(refused, Err(Error::Invalid(Invalid::NoteTooLong { .. }))));
    appended(&*log, append("a", 0, &["x"; MAX_APPEND_RECORDS])).await;
}

pub(crate) async fn the_largest_records_come_back_whole(backend: &impl Backend) {
    let log = backend.log();
    let filler = |nth: usize| "abcdefg".repeat(MAX_BODY_BYTES).split_off(nth);
    let bodies = [0, 1, 2].map(|nth| {
        let text = &filler(nth)[..MAX_BODY_BYTES - r#"{"text":""}"#.len()];
        (body(text), text.to_owned())
    });
    let mut request = append("a", 0, &[]);
    request.streams[0].bodies = bodies.iter().map(|(body, _)| body.clone()).collect();
    appended(&*log, request).await;

    for (record, (_, written)) in all(&*log).await.iter().zip(&bodies) {
        assert!(text(record).ends_with(&format!(r#""text":"{written}"}}"#)));
    }
    assert_eq!(log.read_stream(&stream("a"), version(0)).await.unwrap().len(), 3);
}

pub(crate) async fn a_record_is_one_json_object_with_its_place_first(backend: &impl Backend) {
    let log = backend.log();
    let mut request = append("request-1", 0, &[]);
    request.streams[0].bodies = vec![Body::try_new(r#"{"type":"a","data":{"b":[1]}}"#).unwrap()];
    appended(&*log, request).await;

    let record = all(&*log).await.remove(0);
    let stored = r#"{"position":1,"stream":"request-1","version":1,"type":"a","data":{"b":[1]}}"#;
    assert_eq!(text(&record), stored);
    let json: serde_json::Value = serde_json::from_slice(&record.bytes).unwrap();
    assert_eq!(json["data"]["b"][0], 1);
    assert_eq!(record.position, position(1));
}

pub(crate) async fn records_are_read_in_order_up_to_a_limit(backend: &impl Backend) {
    let log = backend.log();
    appended(&*log, append("a", 0, &["x"; MAX_APPEND_RECORDS])).await;
    appended(&*log, append("a", 1_000, &["x"; 5])).await;

    let read = async |after, limit| {
        let records = log.read(position(after), limit).await.unwrap();
        records.iter().map(|record| record.position.get()).collect::<Vec<_>>()
    };
    assert_eq!(read(0, 3).await, [1, 2, 3]);
    assert_eq!(read(7, 2).await, [8, 9]);
    assert_eq!(read(1_003, 9).await, [1_004, 1_005]);
    assert_eq!(read(0, usize::MAX).await.len(), MAX_READ_RECORDS);
    for (after, limit) in [(0, 0), (1_005, 9), (u64::MAX, usize::MAX)] {
        assert!(read(after, limit).await.is_empty());
    }
}

pub(crate) async fn a_stream_is_read_after_a_version(backend: &impl Backend) {
    let log = backend.log();
    filled(&*log, 9).await;
    let read = async |name, after| {
        let records = log.read_stream(&stream(name), version(after)).await.unwrap();
        records.iter().map(|r| (r.position.get(), r.version.get())).collect::<Vec<_>>()
    };
    assert_eq!(read("s1", 0).await, [(2, 1), (5, 2), (8, 3)]);
    assert_eq!(read("s1", 2).await, [(8, 3)]);
    let index = log.stream_index(&stream("s1")).await.unwrap();
    assert_eq!(index, [(1, 2), (2, 5), (3, 8)].map(|(nth, at)| (version(nth), position(at))));
    for (name, after) in [("s1", 3), ("s1", u32::MAX), ("nobody", 0)] {
        assert!(read(name, after).await.is_empty());
    }
}

pub(crate) async fn a_stream_is_not_confused_with_one_whose_name_begins_alike(
    backend: &impl Backend,
) {
    let log = backend.log();
    for name in ["a", "a.", "a0", "a00000", "b"] {
        appended(&*log, append(name, 0, &["1"])).await;
    }
    for name in ["a", "a.", "a0"] {
        appended(&*log, append(name, 1, &["2"])).await;
        assert_eq!(log.read_stream(&stream(name), version(0)).await.unwrap().len(), 2);
    }
}

pub(crate) async fn a_dropped_callers_append_still_lands(backend: &impl Backend) {
    let log = backend.log();
    let (abandoned, mut watch) = (append("a", 0, &["1"]), log.watch());
    // Polled once, which queues it, and dropped.
    let _ = poll_immediate_once(log.append(abandoned.clone())).await;

    watch.wait_for(|&head| head == position(1)).await.unwrap();
    assert!(log.receipt(abandoned.command).await.unwrap().is_some());
}

async fn poll_immediate_once<T>(mut future: impl Future<Output = T> + Unpin) -> Option<T> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match std::pin::Pin::new(&mut future).poll(context) {
            std::task::Poll::Ready(answer) => Some(answer),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

pub(crate) async fn the_watch_moves_with_the_head(backend: &impl Backend) {
    let log = backend.log();
    let mut watch = log.watch();
    assert_eq!(*watch.borrow_and_update(), Position::START);
    appended(&*log, append("a", 0, &["1", "2"])).await;
    watch.changed().await.unwrap();
    assert_eq!((*watch.borrow(), log.head()), (position(2), position(2)));
}

pub(crate) async fn checkpoints_are_kept_in_order_of_size(backend: &impl Backend) {
    let log = backend.log();
    filled(&*log, 3).await;
    assert_eq!(log.latest_checkpoint().await.unwrap(), None);

    for (size, note) in [(3, "three"), (0, "zero"), (2, "two"), (3, "3")] {
        log.save_checkpoint(size, note.into()).await.unwrap();
    }
    let kept = |size, note: &str| Checkpoint { size, note: note.into() };
    let expected = [kept(0, "zero"), kept(2, "two"), kept(3, "3")];
    assert_eq!(log.checkpoints().await.unwrap(), expected);
    assert_eq!(log.latest_checkpoint().await.unwrap(), Some(kept(3, "3")));
    for stored in expected {
        assert_eq!(log.checkpoint(stored.size).await.unwrap(), Some(stored));
    }
    assert_eq!(log.checkpoint(1).await.unwrap(), None);
    assert_eq!(log.head(), position(3));
}

pub(crate) async fn a_checkpoint_beyond_the_log_is_refused(backend: &impl Backend) {
    let refused = backend.log().save_checkpoint(1, b"early".to_vec()).await;
    assert!(matches!(refused, Err(Error::OutOfRange { asked: 1, head: Position::START })));
    assert!(backend.log().checkpoints().await.unwrap().is_empty());
}

pub(crate) async fn a_failed_write_closes_the_log_for_writing_only(backend: &impl Backend) {
    let log = backend.log();
    let before = append("a", 0, &["1"]);
    let receipt = appended(&*log, before.clone()).await;
    assert_eq!(log.health(), Health::Writable);

    backend.fail_next_write();
    let failed = log.append(append("a", 1, &["2"])).await;
    assert!(matches!(failed, Err(Error::Unknown { .. })));
    let later = log.append(append("b", 0, &["3"])).await;
    let since = position(1);
    assert!(matches!(later, Err(Error::ReadOnly { since: at, .. }) if at == since));
    let note = log.save_checkpoint(1, b"note".to_vec()).await;
    assert!(matches!(note, Err(Error::ReadOnly { .. })));

    assert!(matches!(log.health(), Health::ReadOnly { since: at, .. } if at == since));
    assert_eq!(log.head(), since);
    assert_eq!(all(&*log).await.len(), 1);
    assert_eq!(log.receipt(before.command).await.unwrap(), Some(receipt));
    assert_eq!(log.inclusion_proof(since, 1).await.unwrap(), []);
}
