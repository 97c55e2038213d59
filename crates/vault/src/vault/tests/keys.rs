//! The key store: made, opened again, rotated, and never quietly wrong.

use std::fs;

use hmac::digest::Digest as _;
use proptest::prelude::*;
use sha2::Sha256;

use super::*;
use crate::disk::fault::Fault;

#[test]
fn asking_twice_for_a_key_gives_the_same_one() {
    let place = Place::new();
    let vault = place.vault();
    let once = wait(vault.create_key(child(1))).unwrap();
    assert_eq!(wait(vault.create_key(child(1))).unwrap(), once);
    drop(vault);
    assert_eq!(wait(place.vault().create_key(child(1))).unwrap(), once);
}

#[tokio::test]
async fn keys_made_together_share_syncs() {
    let place = Place::new();
    let slow = Fault::default();
    let vault =
        Vault::open_dir_on(&place.keys_dir(), master(1), place.journal(), |file| slow.on(file))
            .unwrap();
    slow.slow_down();
    let mut waiting = tokio::task::JoinSet::new();
    for n in 0..64 {
        let vault = vault.clone();
        waiting.spawn(async move { vault.create_key(child(n)).await.unwrap() });
    }
    assert_eq!(waiting.join_all().await.len(), 64);
    let stats = vault.stats();
    assert_eq!(stats.changes, 64);
    assert!(stats.syncs <= 4, "{stats:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_torn_last_line_costs_only_the_key_that_was_never_acknowledged(cut: prop::sample::Index) {
        let place = Place::new();
        let sealed = place.vault().with_box(child(1), b"Ada");
        let acknowledged = fs::read(place.keys_file()).unwrap().len();
        place.vault().with_box(child(2), b"Ben");
        let mut text = fs::read(place.keys_file()).unwrap();
        text.truncate(acknowledged + cut.index(text.len() - acknowledged));
        fs::write(place.keys_file(), text).unwrap();

        let third = place.vault().with_box(child(3), b"Cem");
        let vault = place.vault();
        prop_assert_eq!(vault.reads(&sealed).unwrap(), b"Ada");
        prop_assert_eq!(vault.reads(&third).unwrap(), b"Cem");
        prop_assert!(vault.seal(child(2), event(1), b"Ben").is_err());
    }
}

type Damage = fn(&mut Vec<String>);

#[test]
fn a_damaged_line_is_named() {
    let damage: [(&str, Damage); 5] = [
        ("(column 20)", |lines| lines[2].truncate(20)),
        ("altered or belongs", |lines| {
            let (two, three) = (wrapped(&lines[1]), wrapped(&lines[2]));
            lines[2] = lines[2].replace(&three, &two);
        }),
        ("twice", |lines| lines[2] = lines[1].clone()),
        ("missing field", |lines| {
            lines[2] = lines[2].split(",\"wrapped").next().unwrap().to_owned() + "}";
        }),
        ("EOF", |lines| lines.insert(2, String::new())),
    ];
    for (says, damage) in damage {
        let place = Place::new();
        let vault = place.vault();
        vault.with_box(child(1), b"Ada");
        vault.with_box(child(2), b"Ben");
        drop(vault);
        let mut lines = place.key_lines();
        damage(&mut lines);
        fs::write(place.keys_file(), lines.join("\n") + "\n").unwrap();

        match place.vault_with(master(1)) {
            Err(Error::Malformed { line, what, .. }) => {
                assert_eq!(line, 3, "{what}");
                assert!(what.contains(says), "{what}");
            }
            opened => panic!("{says}: {opened:?}"),
        }
    }
}

fn wrapped(line: &str) -> String {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    line["wrapped"].as_str().unwrap().to_owned()
}

#[test]
fn an_empty_file_is_not_mistaken_for_a_new_store() {
    let place = Place::new();
    drop(place.vault());
    fs::write(place.keys_file(), "").unwrap();
    assert!(matches!(place.vault_with(master(1)), Err(Error::Malformed { line: 1, .. })));
}

#[test]
fn another_master_key_is_told_at_once() {
    let place = Place::new();
    drop(place.vault());
    let refused = place.vault_with(master(2)).unwrap_err();
    assert!(matches!(refused, Error::WrongMaster { .. }));
    assert!(refused.to_string().starts_with("the master key does not open this key store"));
}

#[test]
fn one_store_is_open_once() {
    let place = Place::new();
    let journal = place.journal();
    let vault = Vault::open_dir(&place.keys_dir(), master(1), journal.clone()).unwrap();
    let second = Vault::open_dir(&place.keys_dir(), master(1), journal.clone());
    assert!(matches!(second, Err(Error::InUse { .. })));
    drop(vault);
    assert!(Vault::open_dir(&place.keys_dir(), master(1), journal).is_ok());
}

#[test]
fn what_a_crash_left_half_written_is_removed() {
    let place = Place::new();
    drop(place.vault());
    let leftover = place.keys_dir().join("keys.new");
    fs::write(&leftover, "old keys").unwrap();
    let _vault = place.vault();
    assert!(!leftover.exists());
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_keys() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = Place::new();
    let vault = place.vault();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(place.keys_dir()), 0o700);
    assert_eq!(mode(place.keys_file()), 0o600);
    wait(vault.shred(child(1))).unwrap();
    assert_eq!(mode(place.keys_file()), 0o600);
}

#[test]
fn rotation_keeps_everything_readable_and_locks_the_old_master_key_out() {
    let place = Place::new();
    let vault = place.vault();
    let before = vault.with_box(child(1), b"Ada");
    wait(vault.shred(child(2))).unwrap();
    let fingerprint = vault.fingerprint(b"body");
    let old_lines = place.key_lines();

    wait(vault.rotate_master(master(2))).unwrap();

    let after = vault.with_box(child(3), b"Cem");
    assert!(old_lines[..2].iter().all(|line| !place.key_lines().contains(line)));
    drop(vault);
    assert!(matches!(place.vault_with(master(1)), Err(Error::WrongMaster { .. })));
    let vault = place.vault_with(master(2)).unwrap();
    assert_eq!(vault.reads(&before).unwrap(), b"Ada");
    assert_eq!(vault.reads(&after).unwrap(), b"Cem");
    assert!(vault.is_shredded(child(2)));
    assert_eq!(vault.fingerprint(b"body"), fingerprint);
}

#[test]
fn a_fingerprint_is_hmac_sha256_under_the_stores_own_key() {
    let place = Place::new();
    let vault = place.vault();
    let key = *vault.shared.ring.read().fingerprint.as_bytes();
    let pad = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        Sha256::new_with_prefix(block)
    };
    let inner = pad(0x36).chain_update(b"body").finalize();
    assert_eq!(vault.fingerprint(b"body")[..], pad(0x5c).chain_update(inner).finalize()[..]);
    assert_ne!(vault.fingerprint(b"body"), Place::new().vault().fingerprint(b"body"));
}
