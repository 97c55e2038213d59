//! Fetches the GOV.UK Design System from npm, takes out what is not ours to use, and packs
//! styles and scripts small.
//!
//! The typeface and the crest belong to central government's own services; the design system's
//! styles name both, so the font faces and the rules that show the crest are left out here.
#![expect(clippy::unwrap_used, reason = "a build that cannot go on says so by panicking")]

use flate2::write::GzEncoder;
use flate2::{Compression, Crc};
use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    let govuk = fetch(&out).join("node_modules/govuk-frontend/dist/govuk");

    let theirs = fs::read_to_string(govuk.join("govuk-frontend.min.css")).unwrap();
    let ours = fs::read_to_string("assets/frontdoor.css").unwrap();
    let style = format!("{}\n{ours}", without_what_is_not_ours(&theirs));
    let govuk = fs::read_to_string(govuk.join("govuk-frontend.min.js")).unwrap();
    let script = fs::read_to_string("assets/frontdoor.js").unwrap();
    let agenda = fs::read_to_string("assets/agenda.js").unwrap();
    let icon = fs::read_to_string("assets/icon.svg").unwrap();
    let files = [
        ("style.css", style),
        ("govuk.js", govuk),
        ("frontdoor.js", script),
        ("agenda.js", agenda),
        ("icon.svg", icon),
    ];
    let mut all = Crc::new();
    for (name, text) in &files {
        pack(&out, name, text);
        all.update(text.as_bytes());
    }
    // What they are called by: with other content they have other addresses.
    println!("cargo::rustc-env=FRONTDOOR_ASSETS={:08x}", all.sum());
}

/// The packages of the lock file, in a folder of the build's own.
fn fetch(out: &Path) -> PathBuf {
    let folder = out.join("npm");
    fs::create_dir_all(&folder).unwrap();
    let mut same = folder.join("node_modules").is_dir();
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        let wanted = fs::read(Path::new("assets").join(file)).unwrap();
        same &= fs::read(folder.join(file)).is_ok_and(|there| there == wanted);
        fs::write(folder.join(file), wanted).unwrap();
    }
    if same {
        return folder;
    }
    let npm = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
        .current_dir(&folder)
        .status();
    match npm {
        Ok(status) if status.success() => folder,
        Ok(status) => panic!(
            "npm could not fetch the design system ({status}). It must reach its registry once; \
             see crates/pages/assets/package-lock.json for what is needed"
        ),
        Err(error) => panic!(
            "npm is needed to build the pages ({error}). Install Node.js with npm: on Debian, \
             apt-get install npm"
        ),
    }
}

/// Without the font faces, the name of the typeface, and whatever shows the crest.
fn without_what_is_not_ours(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("@font-face{") {
        let end = at + rest[at..].find('}').unwrap() + 1;
        kept.push_str(&rest[..at]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    let kept = kept.replace("GDS Transport,arial,sans-serif", "arial,sans-serif");
    let kept = without_declarations_of(&kept, "govuk-crest");
    let left = ["@font-face", "GDS Transport", "govuk-crest.svg", "sourceMappingURL"];
    let kept = kept.replace("/*# sourceMappingURL=govuk-frontend.min.css.map */", "");
    for name in left {
        assert!(!kept.contains(name), "the styles still name {name}");
    }
    kept
}

/// Without the declarations whose value names this.
fn without_declarations_of(css: &str, name: &str) -> String {
    let mut kept = css.to_owned();
    while let Some(at) = kept.find(name) {
        let begin = kept[..at].rfind(['{', ';']).unwrap() + 1;
        let end = at + kept[at..].find([';', '}']).unwrap();
        kept.replace_range(begin..end, "");
    }
    kept
}

/// Compressed once, here, and never while somebody waits.
fn pack(out: &Path, name: &str, text: &str) {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes()).unwrap();
    fs::write(out.join(format!("{name}.gz")), packed.finish().unwrap()).unwrap();
}
