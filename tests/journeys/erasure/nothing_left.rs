//! Before the erasure every word is found where somebody may read it, so that not finding it
//! afterwards means something. Afterwards neither a word nor the key is found, and what is about
//! anybody else is as it was.

use super::backup::Backup;
use super::keys::{Unwrapped, keys_of};
use super::life::Life;
use super::text;
use super::walk::{Shown, operations, walk};
use crate::third_party::{Sha2, hash, hashes};
use frontdoor_tests::binary;
use frontdoor_tests::canary::{search, search_keys};
use serde_json::{Value, json};
use sigstore_merkle::verify_consistency_proof;
use std::collections::BTreeSet;
use std::path::Path;

/// Operations that nobody is answered before: nobody is erased, keys have no session, and no rules
/// are drafted.
const NOTHING_THERE: [&str; 4] = [
    "/children/{id}/erasure",
    "/me/session",
    "/rulesets/triage/drafts/{number}",
    "/rulesets/triage/drafts/{number}/effect",
];

fn unseen<'a>(canaries: &'a [String], shown: &[Shown]) -> Vec<&'a String> {
    let unseen = |canary: &&String| !shown.iter().any(|it| it.text.contains(*canary));
    canaries.iter().filter(unseen).collect()
}

/// Where a canary is shown, and to whom.
fn seen<'a>(canaries: &[String], shown: &'a [Shown]) -> Vec<(&'a str, &'a str)> {
    let tells = |it: &&Shown| canaries.iter().any(|canary| it.text.contains(canary));
    shown.iter().filter(tells).map(|it| (it.who, &*it.path)).collect()
}

/// What is shown of somebody else, and all figures; without what says how long the log is, or who
/// has looked: this walk has.
fn of_others<'a>(life: &Life, shown: &'a [Shown]) -> Vec<&'a Shown> {
    let ids = [&life.others[..], std::slice::from_ref(&life.other_child)].concat();
    let stays = |it: &&Shown| {
        // A figure stays; who stands behind it is told without the child's name.
        let figure = it.path.starts_with("/insights") && !it.path.contains("/requests");
        let about = figure || ids.iter().any(|id| it.path.contains(id));
        let grows = ["/receipt", "/subject-access"].iter().any(|place| it.path.ends_with(place));
        about && !grows && !it.path.starts_with("/audit")
    };
    shown.iter().filter(stays).collect()
}

/// What is answered otherwise than it was.
fn changed<'a>(before: &[&'a Shown], after: &[&'a Shown]) -> Vec<(&'a Shown, &'a Shown)> {
    assert_eq!(before.len(), after.len(), "the same was asked");
    let pairs = before.iter().zip(after).map(|(before, after)| (*before, *after));
    pairs.filter(|(before, after)| before != after).collect()
}

/// The checkpoint from before and the one now are of one log that only grew.
async fn only_grew(life: &Life, before: &Value) {
    // Set by whichever test asks first.
    let _set = sigstore_crypto::install_default_provider(&Sha2);
    let auditor = life.caller("auditor");
    let now = auditor.get("/audit/checkpoint").await.expect(200);
    let size = |checkpoint: &Value| checkpoint["size"].as_u64().expect("a size");
    let (from, to) = (size(before), size(&now));
    assert!(from < to, "the erasure is in the log");
    let path = format!("/audit/proofs/consistency?from={from}&to={to}");
    let path = hashes(&auditor.get(&path).await.expect(200)["hashes"]);
    let (earlier, later) = (hash(&before["root"]), hash(&now["root"]));
    verify_consistency_proof(from, to, &path, &earlier, &later).expect("it only grew");
}

fn wrapped(keys: &[Unwrapped]) -> Vec<String> {
    keys.iter().map(|key| key.wrapped.clone()).collect()
}

/// Neither words nor keys, in whatever way they might be written.
fn nothing_lies_in(directory: &Path, life: &Life, keys: &[Unwrapped]) {
    let raw: Vec<_> = keys.iter().map(|key| ("a raw key".to_owned(), key.raw.clone())).collect();
    assert_eq!(search(directory, &[&life.canaries.0[..], &wrapped(keys)].concat()), []);
    assert_eq!(search_keys(directory, &raw), []);
}

async fn is_sound(data: &Path) {
    let verified = binary::run(&["verify", "--json", "--data-dir", text(data)]).await;
    assert_eq!((verified.code, &verified.json()["verdict"]), (0, &json!("sound")));
}

#[tokio::test]
async fn nothing_that_was_said_of_an_erased_child_is_left_anywhere() {
    let mut life = Life::lived().await;
    let before = walk(&life).await;
    let answered: BTreeSet<_> =
        before.iter().filter(|it| it.status == 200).map(|it| it.operation.clone()).collect();
    let never: Vec<_> = operations().await.difference(&answered).cloned().collect();
    assert_eq!(never, NOTHING_THERE, "every operation answers somebody");
    assert_eq!(unseen(&life.canaries.0, &before), Vec::<&String>::new(), "who may read it, does");
    assert_eq!(search(life.server.home(), &life.canaries.0), []);
    let subjects = [&life.children[..], std::slice::from_ref(&life.draft)].concat();
    let keys = keys_of(life.server.data_dir(), &subjects);
    assert!(keys.len() > life.children.len(), "children and drafts have keys");
    assert!(!search(life.server.data_dir(), &wrapped(&keys)).is_empty(), "it can be found at all");
    let checkpoint = life.caller("auditor").get("/audit/checkpoint").await.expect(200);

    // However it ends: what it answered for is on the disk.
    life.server.kill();
    let backup = Backup::of(life.server.data_dir()).await;
    life.server.start().await;
    life.goes_on().await;

    let path = format!("/children/{}/erase", life.children[0]);
    let erased = life.caller("dpo").post(&path, &json!({})).await;
    erased.expect_status(200);
    let after = walk(&life).await;
    assert_eq!(seen(&life.canaries.0, &after), []);
    let metrics = life.server.anonymous().get("/metrics").await;
    metrics.expect_status(200);
    assert!(life.canaries.0.iter().all(|canary| !metrics.text.contains(canary)), "{metrics:?}");
    assert_eq!(changed(&of_others(&life, &before), &of_others(&life, &after)), []);
    only_grew(&life, &checkpoint).await;

    nothing_lies_in(life.server.home(), &life, &keys);
    life.server.stop().await;
    nothing_lies_in(life.server.home(), &life, &keys);
    assert!(life.server.said().contains("TRACE"), "the log says everything it can");
    is_sound(life.server.data_dir()).await;

    let restored = backup.restored(life.server.data_dir()).await;
    life.served_from(&restored).await;
    assert_eq!(seen(&life.canaries.0, &walk(&life).await), []);
    life.server.stop().await;
    nothing_lies_in(&restored, &life, &keys);
    is_sound(&restored).await;
}
