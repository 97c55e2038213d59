//! Imports by the real binary: a dry run, the import, the import again; and what is refused.

use frontdoor_tests::binary::{Ran, run};
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use std::path::Path;

const SCHOOLS: &str = "\u{feff}URN,LA (code),EstablishmentNumber,EstablishmentName,\
TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate,\
ReasonEstablishmentClosed (name),CloseDate,PhaseOfEducation (name),NumberOfPupils,\
DistrictAdministrative (name)
900001,865,2034,Before,Community school,Closed,01-09-1998,For Academy,31-08-2026,Primary,,Downs
900501,865,2034,After Academy,Academy sponsor led,Open,01-09-2026,,,Primary,215,Downs
";

async fn import(data: &Path, what: &str, file: &Path, options: &[&str]) -> Ran {
    let text = |path: &Path| path.to_str().expect("a path of plain text").to_owned();
    let (file, data) = (text(file), text(data));
    run(&[&["import", what, &file, "--data-dir", &data][..], options].concat()).await
}

#[tokio::test]
async fn an_academy_has_the_requests_and_the_key_of_the_school_that_it_was() {
    let mut server = Server::empty().await;
    let school = server.demo("school-900001");
    let before = school.submit(&plain()).await.expect(201);
    let file = server.home().join("schools.csv");
    std::fs::write(&file, SCHOOLS).unwrap();
    let data = server.data_dir().to_owned();

    let busy = import(&data, "schools", &file, &[]).await;
    assert_eq!(busy.code, 1, "{busy:?}");
    assert!(busy.stderr.contains("/api/v1/imports/schools"), "{busy:?}");
    server.stop().await;

    let dry = import(&data, "schools", &file, &["--dry-run", "--json"]).await;
    assert_eq!(dry.code, 0, "{dry:?}");
    assert_eq!(dry.json()["counts"]["converted"], 1);
    assert_eq!(dry.json()["batches"], 0);
    let done = import(&data, "schools", &file, &["--json"]).await;
    assert_eq!((done.code, &done.json()["batches"]), (0, &1.into()), "{done:?}");
    let again = import(&data, "schools", &file, &["--json"]).await;
    assert_eq!(again.json()["counts"]["unchanged"], 1, "{again:?}");
    assert_eq!(again.json()["batches"], 0);

    server.start().await;
    let school = server.demo("school-900001");
    let after = school.submit(&plain()).await.expect(201);
    let list = school.get("/requests").await.expect(200);
    let ids: Vec<_> = list["items"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert!(ids.contains(&&before["id"]) && ids.contains(&&after["id"]), "{list}");
    let shown = school.get("/schools/900001").await.expect(200);
    assert_eq!(shown["urn"], "900501");
    assert_eq!(shown["urns"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_file_with_faults_is_told_of_all_of_them_and_changes_nothing() {
    let mut server = Server::empty().await;
    server.stop().await;
    let (home, data) = (server.home().to_owned(), server.data_dir().to_owned());
    let write = |name: &str, text: &str| {
        let file = home.join(name);
        std::fs::write(&file, text).unwrap();
        file
    };
    let broken = SCHOOLS.replace("215", "many").replace("31-08-2026", "soon");
    let told = import(&data, "schools", &write("broken.csv", &broken), &[]).await;
    assert_eq!(told.code, 1, "{told:?}");
    for line in ["line 2, CloseDate: ", "line 3, NumberOfPupils: ", "Faults: 2."] {
        assert!(told.stdout.contains(line), "{told:?}");
    }
    for (what, text) in [
        ("schools", "%PDF-1.7"),
        ("services", "{\"services\": [{}]}"),
        ("calendar", "{\"scotland\": {}}"),
        ("rota", "BEGIN:VCALENDAR"),
    ] {
        let told = import(&data, what, &write("other", text), &["--json"]).await;
        assert_eq!(told.code, 1, "{told:?}");
        assert!(!told.json()["faults"].as_array().unwrap().is_empty(), "{told:?}");
        assert_eq!(told.json()["batches"], 0);
    }
}
