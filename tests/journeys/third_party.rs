//! Programs that we did not write judge our log: aics-tlog, which audits every tile and entry,
//! and sigstore-merkle, for single proofs. They accept what is true and nothing else.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use frontdoor_tests::binary::{Ran, run};
use frontdoor_tests::caller::Caller;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sigstore_crypto::{CryptoProvider, HashContext, SigningScheme};
use sigstore_merkle::{hash_leaf, verify_consistency_proof, verify_inclusion_proof};
use sigstore_types::{HashAlgorithm, Sha256Hash};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/third_party");

/// The Python that has aics-tlog; the first test that asks installs it.
fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let found = Command::new(format!("{HERE}/python.sh")).output().expect("a shell");
        assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
        String::from_utf8(found.stdout).expect("a path of plain text").trim().into()
    })
}

/// What one of the programs in `third_party` says, and whether it is content.
fn asked(program: &str, arguments: &[&str]) -> (bool, String) {
    let ran = Command::new(python()).arg(format!("{HERE}/{program}")).args(arguments).output();
    let ran = ran.expect("Python runs");
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.success(), String::from_utf8_lossy(&said).into_owned())
}

async fn on(data: &Path, arguments: &[&str]) -> Ran {
    run(&[arguments, &["--data-dir", data.to_str().expect("plain text")]].concat()).await
}

/// A county that nobody serves, its tiles as files, and the key that its checkpoints are
/// checked with.
async fn county() -> (TempDir, PathBuf, PathBuf, String) {
    let home = tempfile::tempdir().expect("a directory");
    let (data, tiles) = (home.path().join("data"), home.path().join("tiles"));
    let made = on(&data, &["demo", "--demo-requests", "40"]).await;
    assert_eq!(made.code, 0, "{made:?}");
    let exported = on(&data, &["export", "--tiles", tiles.to_str().expect("plain text")]).await;
    assert_eq!(exported.code, 0, "{exported:?}");
    let key = on(&data, &["verify", "--json"]).await.json()["public_keys"][0].clone();
    (home, data, tiles, key.as_str().expect("a key").to_owned())
}

#[tokio::test]
async fn a_strangers_auditor_accepts_the_tree_as_files_and_over_http() {
    let (_home, data, tiles, key) = county().await;
    let (content, said) = asked("audit.py", &[&key, tiles.to_str().expect("plain text")]);
    assert!(content, "{said}");
    let audited: Value = serde_json::from_str(&said).expect("JSON");
    assert!(audited["bundles"].as_u64() >= Some(2), "there is a full tile and a partial one");
    let records = on(&data, &["verify", "--json"]).await.json()["records"].clone();
    assert_eq!(audited["size"], records);

    let server = Server::on(&data, &["--demo"]).await;
    let address = format!("http://{}/api/v1/audit/tiles", server.address());
    let (content, said) = asked("audit.py", &[&key, &address, "demo-auditor"]);
    assert!(content, "{said}");
}

/// What somebody does to the files of a tree.
type Change = Box<dyn Fn(&Path)>;

/// Files of a tree that somebody changed.
fn changed(tiles: &Path, change: impl Fn(&Path)) -> TempDir {
    let copy = tempfile::tempdir().expect("a directory");
    let copied = Command::new("cp").arg("-a").arg(tiles.join(".")).arg(copy.path()).status();
    assert!(copied.expect("there is a program called cp").success());
    change(copy.path());
    copy
}

fn edit(file: &Path, edit: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    edit(&mut bytes);
    fs::write(file, bytes).expect("it can be written");
}

/// The one partial tile or bundle in a directory.
fn partial(dir: &Path) -> PathBuf {
    let entries = fs::read_dir(dir).expect("a directory").map(|entry| entry.expect("one").path());
    let mut ends = entries.filter(|path| path.extension().is_some_and(|it| it == "p"));
    let end = ends.next().expect("the right edge is partial");
    fs::read_dir(end).expect("a directory").next().expect("one").expect("one").path()
}

#[tokio::test]
async fn a_strangers_auditor_rejects_a_tampered_copy_whatever_was_done_to_it() {
    let (_home, _data, tiles, key) = county().await;
    let flip = |at: usize| move |bytes: &mut Vec<u8>| bytes[at] ^= 1;
    let tamperings: Vec<(&str, Change)> = vec![
        ("a bit of a hash", Box::new(move |dir| edit(&dir.join("tile/0/000"), flip(33)))),
        ("a bit at the edge", Box::new(move |dir| edit(&partial(&dir.join("tile/0")), flip(5)))),
        ("a bit above", Box::new(move |dir| edit(&partial(&dir.join("tile/1")), flip(5)))),
        ("a record", Box::new(move |dir| edit(&dir.join("tile/entries/000"), flip(900)))),
        (
            "the last record",
            Box::new(|dir| {
                edit(&partial(&dir.join("tile/entries")), |bytes| {
                    *bytes.iter_mut().nth_back(3).expect("bytes") ^= 1;
                });
            }),
        ),
        (
            "records in another order",
            Box::new(|dir| {
                edit(&dir.join("tile/entries/000"), |bytes| {
                    let first = 2 + usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
                    let length = u16::from_be_bytes([bytes[first], bytes[first + 1]]);
                    let both = first + 2 + usize::from(length);
                    bytes[..both].rotate_left(first);
                });
            }),
        ),
        (
            "a cut tail",
            Box::new(|dir| {
                fs::remove_file(partial(&dir.join("tile/entries"))).expect("it was there");
            }),
        ),
        (
            "a cut tail of hashes",
            Box::new(|dir| {
                edit(&partial(&dir.join("tile/0")), |bytes| bytes.truncate(bytes.len() - 32));
            }),
        ),
        (
            "another size",
            Box::new(|dir| {
                edit(&dir.join("checkpoint"), |bytes| {
                    let line = bytes.iter().position(|byte| *byte == b'\n').expect("lines") + 1;
                    bytes[line] = if bytes[line] == b'1' { b'2' } else { b'1' };
                });
            }),
        ),
        (
            "no signature",
            Box::new(|dir| {
                edit(&dir.join("checkpoint"), |bytes| {
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    let (said, _) = text.split_once("\n\n").expect("a note");
                    *bytes = format!("{said}\n\n").into_bytes();
                });
            }),
        ),
    ];
    for (what, change) in tamperings {
        let copy = changed(&tiles, change);
        let (content, said) = asked("audit.py", &[&key, copy.path().to_str().expect("text")]);
        assert!(!content && said.contains("refused"), "{what}: {said}");
    }
    // Another council's log is true in itself, and is not ours.
    let (_other_home, _other, others, others_key) = county().await;
    let others = others.to_str().expect("plain text");
    assert!(!asked("audit.py", &[&key, others]).0);
    assert!(asked("audit.py", &[&others_key, others]).0);
}

/// A school's receipt for a request, as it lies in a file of its own.
async fn receipt(server: &Server) -> (Value, TempDir, String) {
    let school = server.demo("school-900001");
    let id = school.submit(&plain()).await.json()["id"].clone();
    let path = format!("/requests/{}/receipt", id.as_str().expect("an id"));
    let receipt = school.get(&path).await.expect(200);
    let key = receipt["public_key"].as_str().expect("a key").to_owned();
    (receipt, tempfile::tempdir().expect("a directory"), key)
}

fn filed(receipt: &Value, dir: &TempDir) -> String {
    let file = dir.path().join("receipt.json");
    fs::write(&file, receipt.to_string()).expect("it can be written");
    file.to_str().expect("plain text").to_owned()
}

/// The same receipt with one thing about it changed.
fn forgeries(receipt: &Value) -> Vec<Value> {
    let with = |member: &str, value: Value| {
        let mut forged = receipt.clone();
        forged[member] = value;
        forged
    };
    let leaf = BASE64_STANDARD.decode(receipt["leaf"].as_str().expect("one")).expect("base 64");
    let leaf = String::from_utf8(leaf).expect("text").replacen("\"HI\"", "\"VI\"", 1);
    let note = receipt["checkpoint"].as_str().expect("a note");
    let hashes = receipt["hashes"].as_array().expect("hashes");
    vec![
        with("leaf", json!(BASE64_STANDARD.encode(leaf))),
        with("leaf_index", json!(receipt["leaf_index"].as_u64().expect("one") - 1)),
        with("hashes", json!(hashes[1..])),
        with("hashes", json!(hashes.iter().rev().collect::<Vec<_>>())),
        with("checkpoint", json!(note.replacen('1', "2", 1))),
    ]
}

#[tokio::test]
async fn a_school_checks_its_receipt_with_a_program_that_is_not_ours() {
    let server = Server::empty().await;
    let (receipt, dir, key) = receipt(&server).await;
    let (content, said) = asked("receipt.py", &[&key, &filed(&receipt, &dir)]);
    assert!(content && said.starts_with("request.received is record"), "{said}");
    for forged in forgeries(&receipt) {
        assert_ne!(forged, receipt);
        let (content, said) = asked("receipt.py", &[&key, &filed(&forged, &dir)]);
        assert!(!content, "{said}\n{forged}");
    }
}

#[tokio::test]
async fn a_school_checks_its_receipt_with_ours_far_away_from_the_log() {
    let server = Server::empty().await;
    let (receipt, dir, key) = receipt(&server).await;
    let nowhere = dir.path().join("nowhere");
    let check = async |file: &str| {
        on(&nowhere, &["verify", "--receipt", file, "--public-key", &key, "--json"]).await
    };
    let checked = check(&filed(&receipt, &dir)).await;
    assert_eq!(checked.code, 0, "{checked:?}");
    assert_eq!(checked.json()["verdict"], "included");
    assert_eq!(checked.json()["position"], receipt["position"]);
    for forged in forgeries(&receipt) {
        let checked = check(&filed(&forged, &dir)).await;
        assert_eq!(checked.code, 2, "{checked:?}");
    }
    let mut renamed = receipt.clone();
    renamed["type"] = json!("request.closed");
    assert_eq!(check(&filed(&renamed, &dir)).await.code, 2, "its words are not the record's");
    let without_key = on(&nowhere, &["verify", "--receipt", &filed(&receipt, &dir)]).await;
    assert_eq!(without_key.code, 1);
    assert!(without_key.stderr.contains("--public-key"), "{}", without_key.stderr);

    let path = format!("/requests/{}/receipt", receipt["request"].as_str().expect("an id"));
    let school = server.demo("school-900001");
    let text = [("accept", "text/plain")];
    let proof = school.send(reqwest::Method::GET, &path, &text, vec![]).await.expect("one").text;
    assert!(proof.starts_with("c2sp.org/tlog-proof@v1\n"), "{proof}");
    let file = dir.path().join("receipt.tlog-proof");
    fs::write(&file, proof).expect("it can be written");
    assert_eq!(check(file.to_str().expect("plain text")).await.code, 0);
}

#[tokio::test]
async fn a_strangers_witness_signs_under_our_checkpoint_and_is_heard() {
    let (content, witness) = asked("witness.py", &["key"]);
    assert!(content, "{witness}");
    let witness = witness.trim();
    let server = Server::with(&["--demo", "--demo-requests", "0", "--witness-key", witness]).await;
    let auditor = server.demo("auditor");
    let signed = auditor.get("/audit/checkpoint").await.expect(200);
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("checkpoint");
    fs::write(&file, signed["note"].as_str().expect("a note")).expect("it can be written");
    let file = file.to_str().expect("plain text");
    let (content, line) = asked("witness.py", &["sign", file]);
    assert!(content, "{line}");
    let path = format!("/audit/checkpoints/{}/cosignatures", signed["size"]);
    let kept = auditor.post(&path, &json!({"signature": line})).await.expect(200);
    fs::write(file, kept["note"].as_str().expect("a note")).expect("it can be written");
    let key = signed["public_key"].as_str().expect("a key");
    let (content, said) = asked("witness.py", &["quorum", file, key]);
    assert!(content, "{said}");
}

/// SHA-256 for sigstore's crate, which brings none that builds without C.
#[derive(Debug)]
pub(crate) struct Sha2;

struct Hashing(Sha256);

impl HashContext for Hashing {
    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    fn finalize(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

impl CryptoProvider for Sha2 {
    fn hash(&self, _: HashAlgorithm) -> sigstore_crypto::Result<Box<dyn HashContext>> {
        Ok(Box::new(Hashing(Sha256::new())))
    }

    fn verify_raw(
        &self,
        _: SigningScheme,
        _: &[u8],
        _: &[u8],
        _: &[u8],
    ) -> sigstore_crypto::Result<()> {
        Err(sigstore_crypto::Error::Verification("no signatures here".to_owned()))
    }

    fn verify_prehashed(
        &self,
        _: SigningScheme,
        _: &[u8],
        _: &[u8],
        _: &[u8],
    ) -> sigstore_crypto::Result<()> {
        Err(sigstore_crypto::Error::Verification("no signatures here".to_owned()))
    }
}

pub(crate) fn hash(text: &Value) -> Sha256Hash {
    let bytes = BASE64_STANDARD.decode(text.as_str().expect("text")).expect("base 64");
    Sha256Hash::new(bytes.try_into().expect("32 bytes"))
}

pub(crate) fn hashes(list: &Value) -> Vec<Sha256Hash> {
    list.as_array().expect("a list").iter().map(hash).collect()
}

async fn proof(caller: &Caller, path: &str) -> Value {
    caller.get(&format!("/audit/proofs/{path}")).await.expect(200)
}

#[tokio::test]
async fn sigstores_verifier_accepts_our_proofs_and_no_others() {
    // Set by whichever test asks first.
    let _set = sigstore_crypto::install_default_provider(&Sha2);
    let server = Server::empty().await;
    let auditor = server.demo("auditor");
    server.demo("school-900001").submit(&plain()).await;
    let size = auditor.get("/audit/checkpoint").await.expect(200)["size"].as_u64().expect("one");
    let exported = auditor.get("/audit/export?limit=1000").await;
    let lines: Vec<Value> =
        exported.text.lines().skip(1).map(|it| serde_json::from_str(it).expect("JSON")).collect();
    for position in (1..=size).step_by(7) {
        let it = proof(&auditor, &format!("inclusion?position={position}&size={size}")).await;
        let place = usize::try_from(position - 1).expect("small");
        let leaf = BASE64_STANDARD.decode(lines[place]["leaf"].as_str().expect("one"));
        let leaf = hash_leaf(&leaf.expect("base 64"));
        let (path, root) = (hashes(&it["hashes"]), hash(&it["root"]));
        verify_inclusion_proof(&leaf, position - 1, size, &path, &root).expect("it holds");
        let other = hash_leaf(b"another");
        assert!(verify_inclusion_proof(&other, position - 1, size, &path, &root).is_err());
        assert!(verify_inclusion_proof(&leaf, position % size, size, &path, &root).is_err());

        let it = proof(&auditor, &format!("consistency?from={position}&to={size}")).await;
        let (from, to) = (hash(&it["from_root"]), hash(&it["to_root"]));
        let path = hashes(&it["hashes"]);
        verify_consistency_proof(position, size, &path, &from, &to).expect("it holds");
        assert!(verify_consistency_proof(position, size, &path, &other, &to).is_err());
        assert!(verify_consistency_proof(position, size, &path, &from, &other).is_err());
    }
}
