//! What an auditor does with a data directory and the program, when nobody serves.

use super::Told;
use frontdoor_tests::binary::{Ran, run};
use frontdoor_tests::canary::search;
use serde_json::json;
use std::path::Path;

pub(super) async fn everything_again_without_a_server(told: Told) {
    let Told { story, ivy, child, kept, .. } = told;
    let server = story.end().await;
    let data = server.data_dir();
    let id = ivy["id"].as_str().expect("an id");
    let file = |name: &str| kept.path().join(name);

    let verified =
        on(data, &["verify", "--json", "--against", text(&file("checkpoint.txt"))]).await;
    assert_eq!((verified.code, &verified.json()["verdict"]), (0, &json!("sound")), "{verified:?}");
    a_receipt_is_good_and_a_forged_one_is_not(data, &file("receipt.json")).await;

    let audited =
        on(data, &["audit", "request", id, "--as-at", "2026-09-01T12:00:00Z", "--json"]).await;
    assert_eq!(audited.json()["needs"]["primary"], "HI", "{audited:?}");
    let looked = on(data, &["access", "--child", &child, "--json"]).await;
    assert!(looked.stdout.contains("break-glass"), "{looked:?}");
    let exported = on(data, &["export"]).await;
    assert!(exported.stdout.contains("child.erased") && exported.code == 0, "{exported:?}");
    assert_eq!(search(server.home(), &["Quendelina".to_owned()]), []);
}

async fn a_receipt_is_good_and_a_forged_one_is_not(data: &Path, receipt: &Path) {
    let good = on(data, &["verify", "--json", "--receipt", text(receipt)]).await;
    assert_eq!(good.code, 0, "{good:?}");
    let whole = std::fs::read_to_string(receipt).expect("it was kept");
    let mut forged: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
    forged["leaf"] = json!("Zm9yZ2Vk");
    let file = receipt.with_extension("forged");
    std::fs::write(&file, forged.to_string()).expect("a file");
    let bad = on(data, &["verify", "--json", "--receipt", text(&file)]).await;
    assert_eq!(bad.code, 2, "{bad:?}");
}

async fn on(data: &Path, arguments: &[&str]) -> Ran {
    run(&[arguments, &["--data-dir", text(data)]].concat()).await
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of plain text")
}
