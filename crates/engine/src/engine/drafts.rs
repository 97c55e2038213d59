//! What a school has begun to write: kept under a key of its own, shredded at its end.

use super::{Addition, Appended, Context, Done, Engine, MOST_ATTEMPTS, SealedBox};
use crate::failure::Failure;
use domain::draft::{Draft, DraftRefusal};
use domain::event::{Change, Event};
use domain::ids::{ChildId, DraftId, RequestId, SchoolId};
use domain::intake::Submission;
use domain::personal::Personal;
use jiff::Timestamp;
use log::{Position, Receipt};
use uuid::Uuid;
use vault::Subject;

/// The longest draft, in bytes, as it is sealed: in base 64, with what stands around it, it
/// fits into one record of the log.
pub const MOST_DRAFT_BYTES: usize = 48_000;

/// A draft as a command left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftDone {
    /// Which.
    pub draft: DraftId,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// The version of its stream.
    pub version: u32,
    /// The last position that the command wrote.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

/// A draft as it stands, with what was last saved of it.
#[derive(Clone, Debug, Default)]
pub struct DraftRead {
    id: Option<DraftId>,
    /// Where it stands.
    pub state: Draft,
    /// The version of its stream.
    pub version: u32,
    /// What it says, sealed.
    pub content: Option<SealedBox>,
}

impl DraftRead {
    /// What ends the draft in the append that makes it a request.
    pub(super) fn ends_as(&self, by: SchoolId, request: RequestId) -> Result<Addition, Failure> {
        let changes = self.state.submit(by, request)?;
        Ok(self.addition(changes, None))
    }

    /// What ends the draft with the child whom it names; nothing when it is over.
    pub(super) fn ends_with(&self, child: ChildId) -> Option<Addition> {
        let changes = self.state.erase_with(child);
        (!changes.is_empty()).then(|| self.addition(changes, None))
    }

    fn addition(&self, changes: Vec<Change>, subject: Option<Uuid>) -> Addition {
        let stream = format!("draft-{}", self.id.map(|id| id.0).unwrap_or_default());
        Addition { stream, expected: self.version, changes, subject }
    }
}

impl Engine {
    /// A draft as it stands.
    pub async fn draft(&self, draft: DraftId) -> Result<DraftRead, Failure> {
        let mut read = DraftRead { id: Some(draft), ..DraftRead::default() };
        for recorded in self.stream(&format!("draft-{draft}")).await? {
            read.version = recorded.version;
            let Some(Event::Draft(event)) = &recorded.event else { continue };
            read.state = read.state.evolve(event, recorded.recorded_at);
            if let Some(sealed) = recorded.sealed {
                read.content = Some(SealedBox { event: recorded.id, sealed });
            }
        }
        Ok(read)
    }

    /// Saves what a school has: as a new draft, or again.
    pub async fn save_draft(
        &self,
        context: &Context,
        draft: Option<DraftId>,
        school: SchoolId,
        said: String,
    ) -> Result<DraftDone, Failure> {
        let personal = Personal::Draft(said.clone());
        if serde_json::to_vec(&personal)?.len() > MOST_DRAFT_BYTES {
            return Err(Failure::TooLong { most_bytes: MOST_DRAFT_BYTES });
        }
        self.writing(self.keep_saving(context, draft, school, said)).await
    }

    async fn keep_saving(
        &self,
        context: &Context,
        draft: Option<DraftId>,
        school: SchoolId,
        said: String,
    ) -> Result<DraftDone, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.first_draft(receipt).await;
            }
            let at = self.moment(context)?;
            let read = match draft {
                Some(draft) => self.draft(draft).await?,
                None => DraftRead {
                    id: Some(DraftId(self.inner.ids.fresh(at.recorded_at)?)),
                    ..DraftRead::default()
                },
            };
            let id = read.id.ok_or(DraftRefusal::Unknown)?;
            if draft.is_some() {
                read.state.open_to(school)?;
                expect(context, read.version)?;
            }
            let changes = read.state.save(id, school, said.clone())?;
            self.inner.vault.create_key(Subject::new(id.0)).await?;
            match self.append(context, at, &[read.addition(changes, Some(id.0))]).await? {
                Appended::Now(written) => {
                    return Ok(DraftDone {
                        draft: id,
                        saved_at: at.recorded_at,
                        version: read.version + 1,
                        position: written.receipt.last.get(),
                        replayed: false,
                    });
                }
                Appended::Before(receipt) => return self.first_draft(receipt).await,
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    /// Throws a draft away. Its key goes first: what cannot be recorded can be asked for again.
    pub async fn discard_draft(
        &self,
        context: &Context,
        draft: DraftId,
        school: SchoolId,
    ) -> Result<u64, Failure> {
        let discard = |read: &DraftRead| {
            let changes = read.state.discard(school)?;
            expect(context, read.version)?;
            Ok(changes)
        };
        self.writing(self.end_draft(context, draft, discard)).await
    }

    /// Throws a draft away that nobody has saved for so many days. One that is younger, or is
    /// not there, stays as it is.
    pub async fn expire_draft(
        &self,
        context: &Context,
        draft: DraftId,
        after_days: u16,
    ) -> Result<u64, Failure> {
        let now = self.now();
        let expire = |read: &DraftRead| Ok(read.state.expire(now, after_days));
        self.writing(self.end_draft(context, draft, expire)).await
    }

    async fn end_draft(
        &self,
        context: &Context,
        draft: DraftId,
        decide: impl Fn(&DraftRead) -> Result<Vec<Change>, Failure>,
    ) -> Result<u64, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return Ok(receipt.last.get());
            }
            let read = self.draft(draft).await?;
            let changes = decide(&read)?;
            if changes.is_empty() {
                return Ok(self.head());
            }
            self.inner.vault.shred(Subject::new(draft.0)).await?;
            let at = self.moment(context)?;
            match self.append(context, at, &[read.addition(changes, None)]).await? {
                Appended::Now(written) => return Ok(written.receipt.last.get()),
                Appended::Before(receipt) => return Ok(receipt.last.get()),
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    /// Makes a draft, as it was read, a request: in one append, and once. Then its key goes.
    pub async fn submit_draft(
        &self,
        context: &Context,
        draft: &DraftRead,
        school: SchoolId,
        submission: Submission,
    ) -> Result<Done, Failure> {
        expect(context, draft.version)?;
        let done = self.writing(self.try_submit(context, school, submission, Some(draft))).await?;
        self.shred_ended(draft.id).await;
        Ok(done)
    }

    /// The answer that a command got, if it was carried out before.
    pub async fn answered(&self, context: &Context) -> Result<Option<Done>, Failure> {
        match self.receipt(context).await? {
            Some(receipt) => self.first_answer(receipt).await.map(Some),
            None => Ok(None),
        }
    }

    /// The request is stored, so that its sender is told so whatever becomes of the key. One
    /// that stays is shredded by the next [`tidy`](Engine::tidy).
    async fn shred_ended(&self, draft: Option<DraftId>) {
        let Some(draft) = draft else { return };
        if let Err(error) = self.inner.vault.shred(Subject::new(draft.0)).await {
            tracing::error!(%error, %draft, "the key of a submitted draft was not shredded");
        }
    }

    async fn first_draft(&self, receipt: Receipt) -> Result<DraftDone, Failure> {
        let before = Position::new(receipt.first.get().saturating_sub(1));
        let saved = self.history(before.get(), 1).await?.into_iter().next();
        let saved = saved.and_then(|saved| Some((saved.draft()?, saved)));
        let (draft, saved) = saved.ok_or(Failure::KeyReused)?;
        let position = receipt.last.get();
        let (saved_at, version) = (saved.recorded_at, saved.version);
        Ok(DraftDone { draft, saved_at, version, position, replayed: true })
    }
}

fn expect(context: &Context, actual: u32) -> Result<(), Failure> {
    match context.expected_version {
        Some(expected) if expected != actual => Err(Failure::Stale { expected, actual }),
        Some(_) | None => Ok(()),
    }
}
