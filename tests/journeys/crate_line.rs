//! The crates stand in a line, each knowing only what `ARCHITECTURE.md` lets it know. An
//! arrow that is added here is a decision; one that is added by accident fails.

use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// What each crate may know of the others.
const OURS: [(&str, &[&str]); 9] = [
    ("frontdoor-domain", &[]),
    ("frontdoor-log", &[]),
    ("frontdoor-vault", &[]),
    ("frontdoor-engine", &["frontdoor-domain", "frontdoor-log", "frontdoor-vault"]),
    ("frontdoor-views", &["frontdoor-domain", "frontdoor-engine"]),
    ("frontdoor-web", &["frontdoor-domain", "frontdoor-engine", "frontdoor-views"]),
    // A client of the API: it knows what everybody knows.
    ("frontdoor-pages", &[]),
    (
        "frontdoor",
        &[
            "frontdoor-domain",
            "frontdoor-engine",
            "frontdoor-log",
            "frontdoor-pages",
            "frontdoor-vault",
            "frontdoor-views",
            "frontdoor-web",
        ],
    ),
    ("frontdoor-tests", &[]),
];

/// What tests put together themselves, as the binary does: the web's tests stand on a log in
/// memory and a vault of their own.
const FOR_TESTS: [(&str, &[&str]); 1] = [("frontdoor-web", &["frontdoor-log", "frontdoor-vault"])];

/// What the crates at the bottom may use of other people's.
const OTHERS: [(&str, &[&str]); 3] = [
    // Pure: no async, no I/O, no clock, no randomness, no JSON values.
    ("frontdoor-domain", &["jiff", "serde", "thiserror", "uuid"]),
    // Opaque bytes: it knows no JSON, and no vault.
    (
        "frontdoor-log",
        &[
            "base64",
            "ed25519-dalek",
            "signed_note",
            "sled",
            "thiserror",
            "tlog_tiles",
            "tokio",
            "tracing",
            "uuid",
        ],
    ),
    (
        "frontdoor-vault",
        &[
            "base64",
            "chacha20poly1305",
            "getrandom",
            "hmac",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "tokio",
            "tracing",
            "uuid",
            "zeroize",
        ],
    ),
];

/// Who alone may use these.
const RESERVED: [(&str, &[&str]); 14] = [
    ("sled", &["frontdoor-log"]),
    ("chacha20poly1305", &["frontdoor-vault", "frontdoor-tests"]),
    ("getrandom", &["frontdoor-vault"]),
    ("rusqlite", &["frontdoor-views"]),
    ("axum", &["frontdoor-web", "frontdoor-pages"]),
    ("utoipa", &["frontdoor-web"]),
    // Formats of files that come from outside: what is inside has types of its own.
    ("calcard", &["frontdoor-web"]),
    ("csv", &["frontdoor-web"]),
    ("encoding_rs", &["frontdoor-web"]),
    ("infer", &["frontdoor-web"]),
    // Only the binary speaks to other machines.
    ("reqwest", &["frontdoor", "frontdoor-tests"]),
    // The search for the same child is the engine's, where what is sealed can be opened.
    ("strsim", &["frontdoor-engine"]),
    ("clap", &["frontdoor"]),
    ("anyhow", &["frontdoor"]),
];

/// Every package of the workspace with what it depends on, as name and kind (`normal`,
/// `dev`, `build`).
fn packages() -> BTreeMap<String, Vec<(String, String)>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo says JSON");
    let text = |value: &Value| value.as_str().unwrap_or("normal").to_owned();
    let dependency = |it: &Value| (text(&it["name"]), text(&it["kind"]));
    let package = |it: &Value| {
        let dependencies = it["dependencies"].as_array().into_iter().flatten();
        (text(&it["name"]), dependencies.map(dependency).collect())
    };
    metadata["packages"].as_array().into_iter().flatten().map(package).collect()
}

#[test]
fn every_crate_has_its_place_in_the_line() {
    let known: Vec<&str> = OURS.iter().map(|(name, _)| *name).collect();
    let mut there: Vec<String> = packages().into_keys().collect();
    there.sort_by_key(|name| known.iter().position(|known| known == name));
    assert_eq!(there, known);
}

#[test]
fn no_crate_knows_another_that_it_may_not() {
    let packages = packages();
    for (name, may) in OURS {
        let in_tests =
            FOR_TESTS.iter().find(|(tested, _)| *tested == name).map_or(&[][..], |it| it.1);
        let ours =
            packages[name].iter().filter(|(dependency, _)| packages.contains_key(dependency));
        for (dependency, kind) in ours {
            let allowed = may.contains(&&**dependency)
                || (kind == "dev" && in_tests.contains(&&**dependency));
            assert!(allowed, "{name} may not depend on {dependency}");
        }
    }
}

#[test]
fn the_crates_at_the_bottom_use_only_what_their_job_needs() {
    let packages = packages();
    for (name, may) in OTHERS {
        for (dependency, kind) in &packages[name] {
            let allowed = kind == "dev" || may.contains(&&**dependency);
            assert!(allowed, "{name} may not depend on {dependency}");
        }
    }
}

#[test]
fn what_belongs_to_one_crate_is_used_by_no_other() {
    for (name, dependencies) in packages() {
        for (dependency, kind) in dependencies {
            let reserved = RESERVED.iter().find(|(reserved, _)| *reserved == dependency);
            let alone = reserved.is_none_or(|(_, whose)| whose.contains(&&*name));
            assert!(alone || kind == "dev", "{name} may not depend on {dependency}");
        }
    }
}
