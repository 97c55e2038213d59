//! `/requests/{id}/documents`: reports, forms and plans of a request, for everybody who works
//! on it and for the school that asked.

mod sniff;
pub(crate) mod upload;

use crate::app::{App, Permit};
use crate::audit::reader::Reader;
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::actions::request_id;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use domain::document::{DocumentAdded, DocumentKind, MediaType};
use domain::event::{Event, RequestEvent};
use domain::ids::{DocumentId, RequestId};
use domain::personal::{DocumentName, Personal};
use engine::OpenedDocument;
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write as _;
use utoipa::ToSchema;
use uuid::Uuid;
use views::Entry;

/// A document, without what is in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentShown {
    id: Uuid,
    #[schema(value_type = String, example = "report")]
    kind: DocumentKind,
    #[schema(value_type = String, example = "application/pdf")]
    media_type: MediaType,
    /// As it was sent, in bytes.
    size_bytes: u64,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
    /// Null once the child was erased.
    file_name: Option<String>,
    title: Option<String>,
}

impl DocumentShown {
    pub(crate) const fn id(&self) -> DocumentId {
        DocumentId(self.id)
    }

    /// What people call it, or what it is.
    pub(crate) fn title_or_name(&self) -> String {
        let called = self.title.as_ref().or(self.file_name.as_ref());
        called.cloned().unwrap_or_else(|| self.kind.says().to_owned())
    }

    pub(crate) fn of(
        added: &DocumentAdded,
        added_at: Timestamp,
        name: Option<DocumentName>,
    ) -> Self {
        let (file_name, title) = name.map(|name| (name.file_name, name.title)).unzip();
        Self {
            id: added.document.0,
            kind: added.kind,
            media_type: added.media_type,
            size_bytes: added.size_bytes,
            added_at,
            file_name,
            title: title.flatten(),
        }
    }
}

/// The documents of a request, in the order in which they came.
#[utoipa::path(
    get, path = "/requests/{id}/documents", operation_id = "list_documents", tag = "documents",
    params(OfRequest, AtLeast),
    responses((status = 200, body = Page<DocumentShown>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<Page<DocumentShown>>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let request = request_id(&id)?;
    app.fresh(at_least).await?;
    let entries = app.views.timeline(permit.scope(), request).await?;
    let entries = entries.ok_or_else(Problem::not_found)?;
    let items = documents_of(&Reader::Permitted(&app, &permit), entries).await?;
    Ok(Json(Page { items, next: None }))
}

/// The documents that a timeline tells of.
pub(crate) async fn documents_of(
    reader: &Reader<'_>,
    mut entries: Vec<Entry>,
) -> Result<Vec<DocumentShown>, Problem> {
    entries.retain(|entry| {
        matches!(entry.event, Some(Event::Request(RequestEvent::DocumentAdded(_))))
    });
    let boxes = entries.iter().filter_map(|entry| entry.sealed.clone()).collect();
    let mut opened = reader.open(boxes).await?.into_iter();
    let items = entries.iter().filter_map(|entry| {
        let name = entry.sealed.as_ref().and_then(|_| opened.next()).flatten();
        let Some(Event::Request(RequestEvent::DocumentAdded(added))) = &entry.event else {
            return None;
        };
        Some(DocumentShown::of(added, entry.recorded_at, self::name(name)))
    });
    Ok(items.collect())
}

/// A document, to be kept as a file: it is never shown in the browser.
#[utoipa::path(
    get, path = "/requests/{id}/documents/{document}", operation_id = "read_document", tag = "documents",
    params(OfRequest, ("document" = String, Path, format = Uuid)),
    responses(
        (status = 200, description = "The document, as it was sent", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 410, description = "The child was erased", content_type = "application/problem+json", body = Problem),
        Unanswered,
    ),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    path: Result<Path<(String, String)>, axum::extract::rejection::PathRejection>,
) -> Result<(HeaderMap, Vec<u8>), Problem> {
    let Path((id, document)) = path.map_err(|_| Problem::not_found())?;
    let request = within_reach(&app, &permit, &id).await?;
    let document = Uuid::try_parse(&document).map(DocumentId).map_err(|_| Problem::not_found())?;
    let who = (permit.caller.id().as_str(), permit.caller.role().code());
    let (operation, why) = permit.doing();
    let doing = (operation, why.as_str());
    match app.engine.open_document(who, doing, request, document).await? {
        OpenedDocument::Unknown => Err(Problem::not_found()),
        OpenedDocument::Erased => Err(Problem::erased()),
        OpenedDocument::Document { added, name, bytes } => {
            Ok((as_a_file(added.media_type, &name.file_name), bytes.to_vec()))
        }
    }
}

/// The request, if it lies within the caller's reach. One that does not is not there.
async fn within_reach(app: &App, permit: &Permit, id: &str) -> Result<RequestId, Problem> {
    let request = request_id(id)?;
    let (state, _) = app.engine.request(request).await?;
    let within = state.case().is_some_and(|case| permit.reach.covers(&permit.caller, case));
    if within { Ok(request) } else { Err(Problem::not_found()) }
}

fn as_a_file(media_type: MediaType, file_name: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    // What is taken as text was seen to be UTF-8.
    let text = media_type == MediaType::Text;
    let kind = if text { "text/plain; charset=utf-8" } else { media_type.code() };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::try_from(attachment(file_name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers
}

/// A file name as RFC 6266 and RFC 8187 want it, so that any script survives.
fn attachment(file_name: &str) -> String {
    let mut value = "attachment; filename*=UTF-8''".to_owned();
    for byte in file_name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            value.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _written = write!(value, "%{byte:02X}");
        }
    }
    value
}

pub(crate) fn name(personal: Option<Personal>) -> Option<DocumentName> {
    if let Some(Personal::Document(name)) = personal { Some(name) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_of_any_script_is_a_header() {
        assert_eq!(attachment("Ivy’s.pdf"), "attachment; filename*=UTF-8''Ivy%E2%80%99s.pdf");
        assert_eq!(attachment("a\"\r\nb"), "attachment; filename*=UTF-8''a%22%0D%0Ab");
    }
}
