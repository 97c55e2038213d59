//! The master key is replaced while requests come in, and whatever is killed in between, every
//! child can be read afterwards, and the old key opens nothing.

use frontdoor_tests::binary;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;

const DEMO: [&str; 3] = ["--demo", "--demo-requests", "0"];

#[tokio::test]
async fn requests_come_in_while_the_master_key_changes_and_a_kill_loses_none() {
    let mut server = Server::with(&DEMO).await;
    let key = server.data_dir().join("keys/master.key");
    let first = fs::read(&key).expect("a master key");
    let nothing = json!({});
    let mut acknowledged = BTreeSet::new();
    for _ in 0..3 {
        let (school, admin) = (server.demo("school-900001"), server.demo("admin"));
        let coming_in = async {
            let mut ids = Vec::new();
            for _ in 0..8 {
                ids.push(school.submit(&plain()).await.json()["id"].to_string());
            }
            ids
        };
        let rotating = admin.post("/keys/master/rotate", &nothing);
        let (ids, rotated) = tokio::join!(coming_in, rotating);
        let rotated = rotated.expect(200);
        assert_eq!(rotated["old_key_file"], "master.key.old");
        acknowledged.extend(ids);
        // Killed while another one may be under way.
        let cut_off = admin.post("/keys/master/rotate", &nothing);
        let _under_way = tokio::time::timeout(std::time::Duration::from_millis(3), cut_off).await;
        server.kill();
        server.start().await;
        let there = server.demo("adviser").every("/requests").await;
        assert!(there.iter().all(|it| it["child"]["family_name"].is_string()), "{there:?}");
        let there: BTreeSet<_> = there.iter().map(|it| it["id"].to_string()).collect();
        assert!(there.is_superset(&acknowledged));
    }
    server.kill();
    assert_ne!(fs::read(&key).expect("a master key"), first);
    fs::write(&key, first).expect("the old key is put back");
    let data = server.data_dir().to_str().expect("a path in UTF-8");
    let refused = binary::run(&["retention", "--data-dir", data]).await;
    assert_ne!(refused.code, 0, "the old key opens nothing");
}
