//! Documents: sent, listed, read by who may, and gone with the child.

use crate::county::{ADVISER, Answer, County, OTHERS, OURS, SERVICE, asking, hearing};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;

const PDF: &[u8] = b"%PDF-1.7 Ivy misses what is said behind her.";

/// A multipart form of these parts: name, file name, content.
fn form(parts: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head =
            format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--cut--\r\n");
    body
}

async fn upload(county: &County, key: &str, id: &str, body: Vec<u8>) -> Answer {
    let request = asking("POST", key, &format!("/requests/{id}/documents"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .header("Idempotency-Key", "once");
    county.send(request.body(Body::from(body)).unwrap()).await
}

fn report() -> Vec<u8> {
    form(&[
        ("file", Some("../Ivy Firle.pdf"), PDF),
        ("kind", None, b"report"),
        ("title", None, b"Ivy's audiogram"),
    ])
}

#[tokio::test]
async fn a_document_is_read_as_it_was_sent_by_who_may() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let sent = upload(&county, OURS, &id, report()).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.body);
    assert_eq!(sent.body["media_type"], "application/pdf");
    assert_eq!(
        (&sent.body["kind"], &sent.body["file_name"]),
        (&json!("report"), &json!("Ivy Firle.pdf"))
    );
    let place = sent.headers["location"].to_str().unwrap().trim_start_matches("/api/v1").to_owned();
    for key in [OURS, ADVISER, SERVICE, "demo-dpo"] {
        let read = county.get(key, &place).await;
        assert_eq!(read.status, StatusCode::OK, "{key}");
        assert_eq!(read.body, json!(String::from_utf8_lossy(PDF)));
        let disposition = read.headers["content-disposition"].to_str().unwrap();
        assert_eq!(disposition, "attachment; filename*=UTF-8''Ivy%20Firle.pdf");
        assert_eq!(read.headers["x-content-type-options"], "nosniff");
        let list = county.get(key, &format!("/requests/{id}/documents")).await.body;
        assert_eq!(list["items"][0], sent.body, "{key}");
    }
    for (key, status) in
        [(OTHERS, 404), ("demo-service-education-welfare", 404), ("demo-commissioner", 403)]
    {
        assert_eq!(county.get(key, &place).await.status, status, "{key}");
    }
    let other = county.submitted(&hearing()).await;
    let elsewhere = place.replace(&id, &other);
    assert_eq!(county.get(OURS, &elsewhere).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_document_sent_twice_is_added_once() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let first = upload(&county, OURS, &id, report()).await;
    let again = upload(&county, OURS, &id, report()).await;
    assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let other = upload(&county, OURS, &id, form(&[("file", Some("a.txt"), b"Other.")])).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(county.documents.all().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_too_large_of_another_format_or_no_form_is_refused_and_nothing_kept() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let large = vec![b'x'; 10 * 1024 * 1024 + 1];
    let far_too_large = vec![b'x'; 11 * 1024 * 1024];
    for (body, status) in [
        (form(&[("file", Some("a.txt"), &large)]), 413),
        (form(&[("file", Some("a.txt"), &far_too_large)]), 413),
        (form(&[("file", Some("a.pdf"), b"MZ\x90\0\x03\0\0\0")]), 415),
        (form(&[("file", Some("a.pdf"), b"")]), 422),
        (form(&[("title", None, b"No file")]), 422),
        (form(&[("file", Some("a.txt"), b"A."), ("kind", None, b"film")]), 422),
        (form(&[("file", Some("a.txt"), b"A."), ("path", None, b"/etc")]), 422),
        (b"--cut\r\nnothing".to_vec(), 400),
    ] {
        let refused = upload(&county, OURS, &id, body).await;
        assert_eq!(refused.status, status, "{}", refused.body);
        assert_eq!(refused.headers["content-type"], "application/problem+json");
    }
    let no_form = county.post(OURS, &format!("/requests/{id}/documents"), &json!({})).await;
    assert_eq!(no_form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let exact = form(&[("file", Some("a.txt"), &vec![b'x'; 10 * 1024 * 1024])]);
    assert_eq!(upload(&county, OTHERS, &id, exact.clone()).await.status, StatusCode::NOT_FOUND);
    assert!(county.documents.all().unwrap().is_empty());
    assert_eq!(upload(&county, OURS, &id, exact).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn the_document_of_an_erased_child_is_removed_and_cannot_be_read() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let sent = upload(&county, OURS, &id, report()).await;
    let place = format!("/requests/{id}/documents/{}", sent.body["id"].as_str().unwrap());
    let child = county.get(ADVISER, &format!("/requests/{id}")).await.body["child"]["id"].clone();
    let erase = format!("/children/{}/erase", child.as_str().unwrap());
    assert_eq!(county.post("demo-dpo", &erase, &json!({})).await.status, StatusCode::OK);

    assert_eq!(county.get(ADVISER, &place).await.status, StatusCode::GONE);
    let list = county.get(ADVISER, &format!("/requests/{id}/documents")).await.body;
    assert_eq!(list["items"][0]["file_name"], json!(null));
    let more = asking("POST", OURS, &format!("/requests/{id}/documents"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    let more = county.send(more.body(Body::from(report())).unwrap()).await;
    assert_eq!(more.status, StatusCode::CONFLICT);
    assert!(county.documents.all().unwrap().is_empty());
}

#[tokio::test]
async fn what_a_crash_left_of_an_upload_is_removed_and_the_rest_stays() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let sent = upload(&county, OURS, &id, report()).await;
    let known: uuid::Uuid = sent.body["id"].as_str().unwrap().parse().unwrap();
    let sealed = vault::Sealed {
        subject: vault::Subject::new(known),
        key: vault::KeyId::new(known),
        ciphertext: vec![0; 40].into(),
    };
    county.documents.keep(uuid::Uuid::from_u128(9), &sealed).await.unwrap();
    county.engine.tidy().await.unwrap();
    assert_eq!(county.documents.all().unwrap(), [known]);
}

#[tokio::test]
async fn one_document_is_sent_at_a_time_and_parts_that_nobody_knows_are_told_of_once() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let two = form(&[("file", Some("a.pdf"), PDF), ("file", Some("b.pdf"), PDF)]);
    let refused = upload(&county, OURS, &id, two).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(refused.body["errors"][0]["pointer"], "/file");
    let odd = vec![("colour", None, b"red".as_slice()); 1_000];
    let refused = upload(&county, OURS, &id, form(&odd)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(refused.body["errors"].as_array().unwrap().len(), 2, "{}", refused.body);
}
