//! What the command line asks about records: the same answers as the API's, for whoever has the
//! data directory itself. What is opened for it is on record like anything else.

use crate::app::App;
use crate::audit::access::{AccessShown, subjects_of};
use crate::audit::unusual::unusual_between;
use crate::opener::Opener;
use crate::paper::{as_html, as_text};
use crate::problem::Problem;
use crate::prose::london_day;
use crate::retention::due::due_by;
use crate::subject_access::gather::gathered;
use crate::subject_access::paper;
use domain::ids::{ChildId, DocumentId, RequestId};
use engine::{AccessesSought, OpenedDocument};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// Which accesses.
#[derive(Clone, Debug, Default)]
pub struct AccessReport {
    /// To this child's data, under any of its pseudonyms.
    pub child: Option<Uuid>,
    /// By this account.
    pub actor: Option<String>,
    /// From this instant on,
    pub from: Option<Timestamp>,
    /// and before this one.
    pub to: Option<Timestamp>,
    /// At most so many, the newest first.
    pub limit: usize,
}

/// Everything that is held about a child, in each form, with its documents.
pub struct SubjectAccessFiles {
    /// As the API answers it.
    pub json: Value,
    /// As a letter.
    pub text: String,
    /// As a page.
    pub html: String,
    /// The documents, each with the name that its file gets here.
    pub documents: Vec<(String, Vec<u8>)>,
}

/// Accesses, as `GET /audit/access` shows them.
pub async fn accesses(app: &App, report: AccessReport) -> Result<Vec<Value>, Problem> {
    let AccessReport { child, actor: who, from, to, limit } = report;
    let subjects = match child {
        Some(child) => subjects_of(app, ChildId(child)).await?,
        None => vec![],
    };
    let sought = AccessesSought { subjects, who, from, to, ..AccessesSought::default() };
    let found = app.engine.accesses(sought, limit).await?;
    found.into_iter().map(AccessShown::from).map(|shown| json(&shown)).collect()
}

/// Unusual reading, as `GET /audit/access/unusual` shows it.
pub async fn unusual_reading(
    app: &App,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<Value, Problem> {
    json(&unusual_between(app, from, to).await?)
}

/// What has come to the end of its time, as `GET /retention/due` shows it.
pub async fn retention_due(app: &App, by: Option<Date>) -> Result<Value, Problem> {
    let by = by.unwrap_or_else(|| london_day(app.engine.now()));
    json(&due_by(app, by, Opener::CommandLine("read_retention_due")).await?)
}

/// Everything that is held about a child, with its documents.
pub async fn subject_access(app: &App, child: Uuid) -> Result<SubjectAccessFiles, Problem> {
    let gathered = gathered(app, ChildId(child)).await?;
    let opener = Opener::CommandLine("read_subject_access");
    let said = opener.open(app, gathered.boxes()).await?;
    let held = gathered.held(app, said).await?;
    let mut documents = Vec::new();
    for request in &held.requests {
        for document in &request.documents {
            let (request, id) = (RequestId(request.id), document.document.id());
            documents.extend(fetched(app, request, id).await?);
        }
    }
    let paper = paper::paper(&held);
    let (text, html) = (as_text(&paper), as_html(&paper)?);
    Ok(SubjectAccessFiles { json: json(&held)?, text, html, documents })
}

/// A document under a name that cannot lead anywhere else: its id, and the end of its own name.
async fn fetched(
    app: &App,
    request: RequestId,
    document: DocumentId,
) -> Result<Option<(String, Vec<u8>)>, Problem> {
    let who = ("command-line", "system");
    let doing = ("read_subject_access", "on the command line");
    match app.engine.open_document(who, doing, request, document).await? {
        OpenedDocument::Document { added, bytes, .. } => {
            let name = format!("{document}.{}", added.media_type.extension());
            Ok(Some((name, bytes.to_vec())))
        }
        OpenedDocument::Erased | OpenedDocument::Unknown => Ok(None),
    }
}

fn json(answer: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(answer).map_err(|error| Problem::broken(&error))
}
