//! What anybody can prove about the log, and what a school takes home.

use super::county::{ADVISER, Answer, County, OTHERS, OURS, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use log::{CheckpointSigner, CheckpointVerifier, Hash, Inclusion, TreeHead, Witnesses};
use serde_json::{Value, json};

const AUDITOR: &str = "demo-auditor";

fn keys() -> CheckpointVerifier {
    let signer = CheckpointSigner::new("test.example/log", &[7; 32]).unwrap();
    CheckpointVerifier::new("test.example/log", &[signer.public_key()]).unwrap()
}

fn hash(value: &Value) -> Hash {
    Hash::parse_hash(value.as_str().unwrap()).unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}

/// The faults' pointers.
fn faults(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let faults = answer.body["errors"].as_array().unwrap().iter();
    faults.map(|fault| fault["pointer"].as_str().unwrap()).collect()
}

async fn as_text(county: &County, key: &str, path: &str) -> Answer {
    let asked = asking("GET", key, path).header("accept", "text/plain").body(Body::empty());
    county.send(asked.unwrap()).await
}

#[tokio::test]
async fn every_record_is_proven_to_be_in_the_log_as_it_is_and_as_it_was() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    let head = county.engine.head();
    for (position, size) in [(1, head), (head, head), (3, 5), (5, 5)] {
        let path = format!("/audit/proofs/inclusion?position={position}&size={size}");
        let proof = county.get(OURS, &path).await.body;
        let leaf = county.engine.raw_history(position - 1, 1).await.unwrap()[0].1.to_string();
        let tree = TreeHead { size, root: hash(&proof["root"]) };
        assert!(log::includes(tree, position - 1, leaf.as_bytes(), &hashes(&proof["hashes"])));
        assert_eq!(hash(&proof["leaf_hash"]), log::leaf_hash(leaf.as_bytes()));
        assert_eq!(proof["checkpoint"].is_string(), size == head, "signed when it is now");
    }
    let now = county.get(OURS, "/audit/proofs/inclusion?position=2").await.body;
    assert_eq!(now["size"], head);
    assert_eq!(
        keys().verify_note(now["checkpoint"].as_str().unwrap().as_bytes()).unwrap().size,
        head
    );
}

#[tokio::test]
async fn the_log_is_proven_to_have_only_grown() {
    let county = County::founded().await;
    let before = county.get(OURS, "/audit/checkpoint").await.body;
    county.submitted(&hearing()).await;
    let from = before["size"].as_u64().unwrap();
    let proof = county.get(OURS, &format!("/audit/proofs/consistency?from={from}")).await.body;
    assert_eq!(proof["from_root"], before["root"]);
    let old = TreeHead { size: from, root: hash(&before["root"]) };
    let new = TreeHead { size: proof["to"].as_u64().unwrap(), root: hash(&proof["to_root"]) };
    assert!(new.size > old.size && log::grew(old, new, &hashes(&proof["hashes"])));
    let of_nothing = county.get(OURS, "/audit/proofs/consistency?from=0&to=3").await.body;
    assert_eq!(of_nothing["hashes"], json!([]));
}

#[tokio::test]
async fn a_proof_of_what_is_not_there_is_a_fault_with_its_name() {
    let county = County::founded().await;
    let beyond = county.engine.head() + 1;
    for (path, named) in [
        ("inclusion".to_owned(), vec!["position"]),
        ("inclusion?position=0".to_owned(), vec!["position"]),
        ("inclusion?position=x&size=y".to_owned(), vec!["position", "size"]),
        (format!("inclusion?position={beyond}"), vec!["position"]),
        (format!("inclusion?position=1&size={beyond}"), vec!["size"]),
        ("inclusion?position=3&size=2".to_owned(), vec!["position"]),
        ("inclusion?position=1&size=0".to_owned(), vec!["position"]),
        ("inclusion?position=1&more=2".to_owned(), vec!["more"]),
        ("consistency".to_owned(), vec!["from"]),
        ("consistency?from=3&to=2".to_owned(), vec!["from"]),
        (format!("consistency?from={beyond}"), vec!["from"]),
        (format!("consistency?from=1&to={beyond}"), vec!["to"]),
    ] {
        let answer = county.get(OURS, &format!("/audit/proofs/{path}")).await;
        assert_eq!(faults(&answer), named, "{path}");
    }
}

#[tokio::test]
async fn tiles_hold_the_hashes_for_everybody_and_the_records_for_auditors() {
    let county = County::founded().await;
    let head = county.engine.head();
    let path = format!("/audit/tiles/tile/0/000.p/{head}");
    let hashes = county.get(OURS, &path).await;
    assert_eq!(hashes.status, StatusCode::OK);
    assert_eq!(hashes.headers["content-type"], "application/octet-stream");
    assert_eq!(hashes.headers["cache-control"], "no-store", "it is soon replaced");
    let short = county.get(OURS, &format!("/audit/tiles/0/000.p/{head}")).await;
    assert_eq!(short.body, hashes.body);

    let path = "/audit/tiles/tile/entries/000.p/1";
    assert_eq!(county.get(OURS, path).await.status, StatusCode::FORBIDDEN);
    let entries = county.get(AUDITOR, path).await;
    let first = county.engine.raw_history(0, 1).await.unwrap()[0].1.to_string();
    assert!(entries.body.as_str().unwrap().ends_with(&first));
    for none in ["0/000", "tile/0/000.p/255", "entries/000.p/1", "0/0", "9/000.p/1", "nonsense"] {
        let answer = county.get(AUDITOR, &format!("/audit/tiles/{none}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{none}");
    }
    let note = county.get(OURS, "/audit/tiles/checkpoint").await.body;
    assert_eq!(keys().verify_note(note.as_str().unwrap().as_bytes()).unwrap().size, head);
}

#[tokio::test]
async fn a_school_takes_home_a_receipt_that_holds_without_us() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let path = format!("/requests/{id}/receipt");
    let receipt = county.get(OURS, &path).await.body;
    assert_eq!(receipt["type"], "request.received");
    let leaf = BASE64_STANDARD.decode(receipt["leaf"].as_str().unwrap()).unwrap();
    let proof = Inclusion {
        leaf: leaf.clone(),
        index: receipt["leaf_index"].as_u64().unwrap(),
        hashes: hashes(&receipt["hashes"]),
        note: receipt["checkpoint"].as_str().unwrap().into(),
    };
    assert_eq!(proof.check(&keys()).unwrap().size, receipt["size"].as_u64().unwrap());
    let text = String::from_utf8(leaf).unwrap();
    assert!(text.contains(&id) && !text.contains("Firle") && !text.contains("behind her"));

    let text = as_text(&county, OURS, &path).await.body;
    let read = Inclusion::from_text(text.as_str().unwrap()).unwrap();
    assert_eq!((&read.leaf, read.index), (&proof.leaf, proof.index));
    read.check(&keys()).unwrap();
    assert_eq!(county.get(OTHERS, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(county.accesses().lines().count(), 0, "nothing was opened");
}

#[tokio::test]
async fn a_school_gets_no_receipt_for_what_is_among_the_council_s_own_people() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.act(ADVISER, &id, "note", &json!({"text": "Between us."})).await;
    let reason = json!({"code": "other", "criteria": ["sensory-need"], "text": "Between us."});
    let routed = json!({"service": "education-welfare", "reason": reason});
    let routed = county.act(ADVISER, &id, "route", &routed).await;
    assert_eq!(routed.status, StatusCode::OK, "{}", routed.body);
    let all = county.get(AUDITOR, &format!("/requests/{id}/timeline")).await.body;
    let (mut held, mut kept) = (vec![], vec![]);
    for event in all["items"].as_array().unwrap() {
        let path = format!("/requests/{id}/receipt?event={}", event["id"].as_str().unwrap());
        assert_eq!(county.get(AUDITOR, &path).await.status, StatusCode::OK);
        let by_position = format!("/requests/{id}/receipt?position={}", event["position"]);
        let (one, other) = (county.get(OURS, &path).await, county.get(OURS, &by_position).await);
        assert_eq!(one.status, other.status);
        let name = event["type"].as_str().unwrap();
        if one.status == StatusCode::OK { held.push(name) } else { kept.push(name) }
    }
    assert!(held.contains(&"request.received") && held.contains(&"request.triaged"), "{held:?}");
    assert_eq!(kept, ["request.assigned", "request.noted", "request.routed"]);
}

#[tokio::test]
async fn a_receipt_goes_on_proving_after_the_child_was_erased() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let path = format!("/requests/{id}/receipt");
    let before = as_text(&county, OURS, &path).await.body;
    let child = county.get(OURS, &format!("/requests/{id}")).await.body["child"]["id"].clone();
    let erase = format!("/children/{}/erase", child.as_str().unwrap());
    let erased = county.post("demo-dpo", &erase, &json!({})).await;
    assert!(erased.status.is_success(), "{}", erased.body);
    for text in [before, as_text(&county, OURS, &path).await.body] {
        Inclusion::from_text(text.as_str().unwrap()).unwrap().check(&keys()).unwrap();
    }
}

#[tokio::test]
async fn a_receipt_can_be_under_a_checkpoint_that_was_kept() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let kept = county.get(OURS, "/audit/checkpoint").await.body["size"].as_u64().unwrap();
    county.submitted(&hearing()).await;
    let path = format!("/requests/{id}/receipt?size={kept}");
    assert_eq!(county.get(OURS, &path).await.body["size"], kept);
    for none in [1, kept - 1, 1_000_000] {
        let path = format!("/requests/{id}/receipt?size={none}");
        assert_eq!(faults(&county.get(OURS, &path).await), ["size"]);
    }
}

/// A witness's key, and its line under the checkpoint of the county's log below.
const WITNESS: &str = "witness.example/w1";

#[tokio::test]
async fn the_word_of_a_known_witness_is_kept_with_its_checkpoint() {
    let county = County::founded().await;
    let witness = super::witness::Witness::new(WITNESS);
    county.engine.hear(Witnesses::new(&[witness.public_key()]).unwrap());
    let signed = county.get(OURS, "/audit/checkpoint").await.body;
    let (size, note) = (signed["size"].clone(), signed["note"].as_str().unwrap());
    let path = format!("/audit/checkpoints/{size}/cosignatures");
    let line = witness.cosign(note, 1_764_000_000);

    let kept = county.post(AUDITOR, &path, &json!({"signature": line})).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert_eq!(kept.body["cosignatures"][0]["witness"], WITNESS);
    let listed = county.get(OURS, "/audit/checkpoints").await.body;
    let last = listed["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last, kept.body);
    assert!(last["note"].as_str().unwrap().contains(line.trim_end()));
    assert_eq!(county.get(OURS, "/audit/checkpoint").await.body["note"], last["note"]);

    let text = asking("POST", AUDITOR, &path).header("content-type", "text/plain");
    let again = county.send(text.body(Body::from(line.clone())).unwrap()).await;
    assert_eq!(again.body, kept.body, "sent twice, it is there once");
    assert_eq!(
        county.post(OURS, &path, &json!({"signature": line})).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn the_word_of_a_stranger_or_for_another_checkpoint_is_refused() {
    let county = County::founded().await;
    let witness = super::witness::Witness::new(WITNESS);
    let note =
        county.get(OURS, "/audit/checkpoint").await.body["note"].as_str().unwrap().to_owned();
    let size = county.engine.head();
    let path = format!("/audit/checkpoints/{size}/cosignatures");
    let line = json!({"signature": witness.cosign(&note, 1)});
    assert_eq!(faults(&county.post(AUDITOR, &path, &line).await), ["/signature"], "a stranger");
    county.engine.hear(Witnesses::new(&[witness.public_key()]).unwrap());
    let other = json!({"signature": witness.cosign(&note.replacen('1', "2", 1), 1)});
    for (body, pointer) in [
        (other, "/signature"),
        (json!({"signature": "no line"}), "/signature"),
        (json!({}), "/signature"),
    ] {
        assert_eq!(faults(&county.post(AUDITOR, &path, &body).await), [pointer], "{body}");
    }
    let nowhere = county.post(AUDITOR, "/audit/checkpoints/1/cosignatures", &line).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_export_can_be_checked_line_by_line() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    for format in ["jsonl", "cloudevents"] {
        let path = format!("/audit/export?format={format}&after=2&limit=1000");
        let answer = county.get(AUDITOR, &path).await;
        assert_eq!(answer.headers["content-type"], "application/x-ndjson");
        let text = answer.body.as_str().unwrap();
        assert!(!text.contains("Firle"));
        let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let first = lines.next().unwrap();
        let head = if format == "jsonl" { first } else { first["data"].clone() };
        let tree = keys().verify_note(head["checkpoint"].as_str().unwrap().as_bytes()).unwrap();
        let mut index = 2;
        for line in lines {
            let leaf = BASE64_STANDARD.decode(line["leaf"].as_str().unwrap()).unwrap();
            let (proof, event) = if format == "jsonl" {
                assert_eq!(line["leaf_index"], index);
                (hashes(&line["hashes"]), &line["event"])
            } else {
                assert_eq!(line["specversion"], "1.0");
                assert_eq!(line["leafindex"], index.to_string());
                assert_eq!(line["id"], line["data"]["id"]);
                assert_eq!(line["subject"], line["data"]["stream"]);
                let proof = line["proof"].as_str().unwrap().split(' ');
                (proof.map(|it| Hash::parse_hash(it).unwrap()).collect(), &line["data"])
            };
            assert!(log::includes(tree, index, &leaf, &proof));
            assert_eq!(serde_json::from_slice::<Value>(&leaf).unwrap(), *event);
            index += 1;
        }
        assert_eq!(index, tree.size);
    }
    assert_eq!(
        faults(&county.get(AUDITOR, "/audit/export?format=xml&limit=0").await),
        ["limit", "format"]
    );
    assert_eq!(county.get(ADVISER, "/audit/export").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_auditor_has_the_log_verified_and_is_told_where_it_is_not_what_was_signed() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    let checkpoint = county.get(AUDITOR, "/audit/checkpoint").await.body;
    let sound = county.get(AUDITOR, "/audit/verify").await.body;
    assert_eq!(sound["verdict"], "sound", "{sound}");
    for (found, kept) in [("records", "size"), ("root", "root"), ("public_key", "public_key")] {
        assert_eq!(sound[found], checkpoint[kept], "{found}");
    }
    assert_eq!((&sound["unsigned_records"], &sound["position"]), (&json!(0), &Value::Null));
    for curious in [OURS, ADVISER] {
        let answer = county.get(curious, "/audit/verify").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }

    let signer = CheckpointSigner::new("test.example/log", &[7; 32]).unwrap();
    let false_root = log::leaf_hash(b"another history");
    let note = signer.sign(3, false_root).unwrap();
    county.engine.log().save_checkpoint(3, note).await.unwrap();
    let damaged = county.get(AUDITOR, "/audit/verify").await.body;
    assert_eq!((&damaged["verdict"], &damaged["position"]), (&json!("damaged"), &json!(3)));
    assert_eq!((&damaged["records"], &damaged["root"]), (&json!(2), &Value::Null), "{damaged}");
}
