//! Documents of a request: sealed, stored, and only then spoken of in the log.
//!
//! The file comes first, so that the log never names a document that is not there. A crash in
//! between leaves a file that nobody knows of, which [`Engine::tidy`] removes.

use super::merge::subject;
use super::{Context, Done, Engine};
use crate::failure::Failure;
use domain::document::{DocumentAdded, DocumentKind, MediaType};
use domain::event::{Event, RequestEvent};
use domain::ids::{DocumentId, EventId, RequestId};
use domain::personal::{DocumentName, Personal};
use domain::request::{Command, Refusal};
use jiff::Timestamp;
use vault::{Access, Documents, OpenError, Sealed, Subject, Subjects, Zeroizing};

/// A document as it was sent.
#[derive(Clone)]
pub struct NewDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// In which format.
    pub media_type: MediaType,
    /// What people call it.
    pub name: DocumentName,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A document that somebody may read.
pub enum OpenedDocument {
    /// Here it is.
    Document {
        /// What it is, in codes.
        added: DocumentAdded,
        /// What people call it.
        name: DocumentName,
        /// What is in it.
        bytes: Zeroizing<Vec<u8>>,
    },
    /// The child was erased: nobody can read it any more.
    Erased,
    /// The request has no such document.
    Unknown,
}

impl Engine {
    /// Keeps documents here. Without it there is no place for them. Only the first time counts.
    pub fn keep_documents_in(&self, documents: Documents) {
        let _first_counts = self.inner.documents.set(documents);
    }

    pub(super) fn documents(&self) -> Result<&Documents, Failure> {
        self.inner.documents.get().ok_or(Failure::NoDocuments)
    }

    /// Seals a document with the child's key, stores it, and adds it to the request. It is the
    /// last of the request's documents then.
    pub async fn add_document(
        &self,
        context: &Context,
        request: RequestId,
        document: NewDocument,
    ) -> Result<Done, Failure> {
        if let Some(first) = self.answered(context).await? {
            return Ok(first);
        }
        let id = DocumentId(self.inner.ids.fresh(self.now())?);
        let command = self.stored(context, request, id, document).await?;
        let done = self.act(context, request, command).await;
        let unspoken_of = match &done {
            Ok(done) => done.replayed,
            // Nobody knows whether the log has it.
            Err(Failure::Unavailable(_)) => false,
            Err(_) => true,
        };
        if unspoken_of {
            self.documents()?.remove(id.0).await?;
        }
        done
    }

    /// Stores the sealed document, if the request may be given one; answers the command that
    /// adds it.
    async fn stored(
        &self,
        context: &Context,
        request: RequestId,
        id: DocumentId,
        document: NewDocument,
    ) -> Result<Command, Failure> {
        let NewDocument { kind, media_type, name, bytes } = document;
        let size_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let mut added = DocumentAdded {
            document: id,
            kind,
            media_type,
            size_bytes,
            sealed_sha256: String::new(),
        };
        let (state, _) = self.request(request).await?;
        let case = state.case().ok_or(Refusal::NotReceived)?;
        let (at, desk) = (self.moment(context)?, self.desk().await?);
        state.decide(Command::AddDocument(added.clone(), name.clone()), &desk, at)?;
        let (vault, bytes) = (self.inner.vault.clone(), Zeroizing::new(bytes));
        let subject = Subject::new(subject(case));
        let sealed = tokio::task::spawn_blocking(move || vault.seal(subject, id.0, &bytes));
        let sealed = sealed.await.map_err(|_| Failure::Contended)??;
        added.sealed_sha256 = self.documents()?.keep(id.0, &sealed).await?;
        Ok(Command::AddDocument(added, name))
    }

    /// Opens a document of a request, after the access is on record; see [`Engine::open`].
    pub async fn open_document(
        &self,
        (who, role): (&str, &str),
        (operation, why): (&str, &str),
        request: RequestId,
        document: DocumentId,
    ) -> Result<OpenedDocument, Failure> {
        let Some(Found { event, added, named, .. }) = self.find_document(request, document).await?
        else {
            return Ok(OpenedDocument::Unknown);
        };
        let access = Access {
            who: who.to_owned(),
            role: role.to_owned(),
            subjects: Subjects::These(vec![named.subject]),
            operation: operation.to_owned(),
            why: why.to_owned(),
            at: self.now().to_string(),
        };
        let recorded = self.inner.vault.record(access).await?;
        let name = match self.inner.vault.open(&recorded, event.0, &named) {
            Ok(plain) => serde_json::from_slice(&plain)?,
            Err(OpenError::Shredded { .. }) => return Ok(OpenedDocument::Erased),
            Err(error) => return Err(error.into()),
        };
        let Personal::Document(name) = name else { return Ok(OpenedDocument::Unknown) };
        let Some(sealed) = self.documents()?.fetch(document.0, named.subject).await? else {
            // Erased since its name was opened: the file goes after the key.
            let is_erased = self.inner.vault.is_shredded(named.subject);
            return if is_erased { Ok(OpenedDocument::Erased) } else { Err(lost(document)) };
        };
        let vault = self.inner.vault.clone();
        let opened =
            tokio::task::spawn_blocking(move || vault.open(&recorded, document.0, &sealed));
        match opened.await.map_err(|_| Failure::Contended)? {
            Ok(bytes) => Ok(OpenedDocument::Document { added, name, bytes }),
            Err(OpenError::Shredded { .. }) => Ok(OpenedDocument::Erased),
            Err(error) => Err(error.into()),
        }
    }

    /// What the log says of a document, and since when.
    pub async fn document(
        &self,
        request: RequestId,
        document: DocumentId,
    ) -> Result<Option<(DocumentAdded, Timestamp)>, Failure> {
        let found = self.find_document(request, document).await?;
        Ok(found.map(|found| (found.added, found.added_at)))
    }

    async fn find_document(
        &self,
        request: RequestId,
        document: DocumentId,
    ) -> Result<Option<Found>, Failure> {
        let history = self.stream(&format!("request-{request}")).await?;
        Ok(history.into_iter().find_map(|recorded| {
            let Some(Event::Request(RequestEvent::DocumentAdded(added))) = recorded.event else {
                return None;
            };
            let (event, added_at, named) = (recorded.id, recorded.recorded_at, recorded.sealed?);
            (added.document == document).then_some(Found { event, added, added_at, named })
        }))
    }
}

const fn lost(document: DocumentId) -> Failure {
    Failure::DocumentLost { document }
}

/// A document as its event has it.
struct Found {
    event: EventId,
    added: DocumentAdded,
    added_at: Timestamp,
    named: Sealed,
}
