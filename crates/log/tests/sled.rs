//! What is particular to the log on sled.

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io;
    use std::path::Path;
    use std::sync::Arc;

    use frontdoor_log::{
        Append, Body, CommandId, Disk, Error, Log, MAX_BODY_BYTES, Outcome, Position, SledLog,
        StreamAppend, StreamName, Version,
    };
    use tempfile::TempDir;
    use uuid::Uuid;

    fn append(nth: u64, stream: &str, expected: u32, body: &str) -> Append {
        Append {
            command: CommandId::new(Uuid::from_u64_pair(0, nth)),
            fingerprint: [0; 32],
            streams: vec![StreamAppend {
                stream: StreamName::try_new(stream).unwrap(),
                expected: Version::new(expected),
                bodies: vec![Body::try_new(body).unwrap()],
            }],
            cursor: None,
        }
    }

    async fn appended(log: &SledLog, append: Append) {
        assert!(matches!(log.append(append).await.unwrap(), Outcome::Appended(_)));
    }

    fn blobs(dir: &Path) -> usize {
        fs::read_dir(dir.join("blobs")).unwrap().count()
    }

    #[tokio::test]
    async fn the_largest_records_never_become_blobs() {
        let dir = TempDir::new().unwrap();
        let largest = format!(r#"{{"a":"{}"}}"#, "x".repeat(MAX_BODY_BYTES - 8));
        let name = "n".repeat(120);
        for reopened in 0..2_u32 {
            let log = SledLog::open(dir.path()).unwrap();
            for nth in 0..100 {
                let version = reopened * 100 + nth;
                appended(&log, append(version.into(), &name, version, &largest)).await;
                assert_eq!(blobs(dir.path()), 0, "after {version}");
            }
            assert_eq!(log.read(Position::START, 1_000).await.unwrap().len() % 100, 0);
        }
    }

    #[tokio::test]
    async fn a_log_is_open_once() {
        let dir = TempDir::new().unwrap();
        let log = SledLog::open(dir.path()).unwrap();
        let refused = SledLog::open(dir.path()).map(drop).unwrap_err();
        assert!(matches!(&refused, Error::InUse { .. }));
        assert!(refused.to_string().contains(dir.path().to_str().unwrap()));

        drop(log);
        SledLog::open(dir.path()).map(drop).unwrap();
    }

    #[tokio::test]
    async fn dropping_the_log_waits_for_what_is_queued() {
        let dir = TempDir::new().unwrap();
        let log = Arc::new(SledLog::open(dir.path()).unwrap());
        for nth in 0..50 {
            let log = Arc::clone(&log);
            let append = append(nth, &format!("s{nth}"), 0, r#"{"a":1}"#);
            let caller = tokio::spawn(async move { log.append(append).await.map(drop) });
            tokio::task::yield_now().await;
            caller.abort();
        }
        while Arc::strong_count(&log) > 1 {
            tokio::task::yield_now().await;
        }
        drop(log);
        assert_eq!(SledLog::open(dir.path()).unwrap().head(), Position::new(50));
    }

    #[tokio::test]
    async fn a_torn_snapshot_does_not_stop_it_opening() {
        let dir = TempDir::new().unwrap();
        appended(&SledLog::open(dir.path()).unwrap(), append(1, "a", 0, r#"{"a":1}"#)).await;
        let torn = dir.path().join("snap.FFFFFFFFFFFFFFFF.generating");
        fs::write(&torn, b"half").unwrap();
        assert!(sled::open(dir.path()).is_err(), "sled copes by itself: drop the clearing");

        let log = SledLog::open(dir.path()).unwrap();
        assert_eq!(log.head(), Position::new(1));
        assert!(!torn.exists());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn callers_that_come_together_share_a_sync() {
        let dir = TempDir::new().unwrap();
        let log = Arc::new(SledLog::open(dir.path()).unwrap());
        let callers = (0..64_u32).map(|caller| {
            let log = Arc::clone(&log);
            tokio::spawn(async move {
                for nth in 0..10 {
                    let id = u64::from(caller) * 10 + u64::from(nth);
                    appended(&log, append(id, &format!("s{caller}"), nth, r#"{"a":1}"#)).await;
                }
            })
        });
        for caller in callers.collect::<Vec<_>>() {
            caller.await.unwrap();
        }
        let stats = log.stats();
        assert_eq!(stats.appends, 640);
        assert!(stats.syncs * 4 < stats.appends, "{stats:?}");
    }

    struct Panics;

    impl Disk for Panics {
        fn sync(&mut self, _: &File) -> io::Result<()> {
            panic!("as sled does on some damage")
        }
    }

    #[tokio::test]
    async fn a_panic_below_the_log_closes_it_for_writing() {
        let dir = TempDir::new().unwrap();
        let log = SledLog::open_on(dir.path(), Panics).unwrap();
        let failed = log.append(append(1, "a", 0, r#"{"a":1}"#)).await;
        assert!(matches!(failed, Err(Error::Unknown { .. })));
        let later = log.append(append(2, "b", 0, r#"{"a":1}"#)).await;
        assert!(matches!(later, Err(Error::ReadOnly { .. })));
        assert!(log.read(Position::START, 1).await.unwrap().is_empty());
    }
}
