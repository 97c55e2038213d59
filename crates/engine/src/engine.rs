//! Commands in, events on disk.
//!
//! Every change takes the same path: load what the decision needs, let the domain decide,
//! seal what is personal, append all of it at once. A version conflict is decided again on
//! the newer state, a bounded number of times; a command that was carried out before gets
//! its first answer.

mod accesses;
mod act;
mod as_known;
mod certificate;
mod checkpoint;
mod children;
mod configure;
mod convene;
mod cover;
mod documents;
mod drafts;
mod erase;
mod events_sought;
mod history;
mod holds;
mod master_key;
mod merge;
mod named_drafts;
mod opening;
mod proof;
mod reach;
mod react;
mod replays;
mod retention;
mod rota_then;
mod subject_access;
mod submit;
mod tidy;
mod verify;

pub use accesses::{AccessRead, AccessesSought};
pub use certificate::Certificate;
pub use children::SameChild;
pub use configure::Configured;
pub use convene::{MeetingDone, NewMeeting};
pub use documents::{NewDocument, OpenedDocument};
pub use drafts::{DraftDone, DraftRead, MOST_DRAFT_BYTES};
pub use erase::Erasure;
pub use events_sought::{EventKind, EventsFound, EventsSought};
pub use holds::{HoldDone, HoldRead, Said};
pub use master_key::{MasterKeyPlace, MasterKeyRotated, MasterKeyUnkept};
pub use opening::{Opened, SealedBox};
pub use proof::{Consistent, Cosigning, Included, Proven, TileRead};
pub use reach::Reached;
pub use react::{Consequence, Reacting, Reaction};
pub use replays::{FactsFrom, Replayed, ReplaysSought};
pub use subject_access::SubjectAccessDone;
pub use verify::Verified;

use crate::actor::Actor;
use crate::clock::Clock;
use crate::deskkeeper::{DeskKeeper, Known};
use crate::docket::Docket;
use crate::failure::Failure;
use crate::ids::Ids;
use crate::search::SearchIndex;
use crate::stored::{self, Circumstances};
use domain::desk::Desk;
use domain::event::Change;
use domain::ids::{EventId, RequestId};
use domain::request::Case;
use jiff::{SignedDuration, Timestamp};
use log::{
    Append, Body, CheckpointSigner, CommandId, Health, Log, Outcome, Position, Receipt,
    StreamAppend, StreamName, Version, Witnesses,
};
use std::sync::{Arc, OnceLock};
use tokio::sync::Mutex;
use uuid::Uuid;
use vault::{Subject, Vault};

/// How often a command is decided again because others were faster.
pub(crate) const MOST_ATTEMPTS: usize = 8;
/// How far back something may be said to have happened: ten years.
const EARLIEST: SignedDuration = SignedDuration::from_hours(24 * 3_660);

/// Who asks for a change, and how to know the question again.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who.
    pub actor: Actor,
    /// The command's id: the same for every retry of it.
    pub command: Uuid,
    /// What was asked, as a keyed hash; see [`Engine::fingerprint`].
    pub fingerprint: [u8; 32],
    /// When it happened, if not now.
    pub effective_at: Option<Timestamp>,
    /// The version that the caller decided upon, if it says so.
    pub expected_version: Option<u32>,
}

/// A request as a command left it.
#[derive(Clone, Debug)]
pub struct Done {
    /// Where the request stands.
    pub case: Case,
    /// The version of its stream.
    pub version: u32,
    /// The last position that the command wrote.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

/// The only way to change anything. Cheap to clone; the clones are one engine.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    log: Arc<dyn Log>,
    vault: Vault,
    clock: Arc<dyn Clock>,
    ids: Ids,
    desk: DeskKeeper,
    docket: Docket,
    search: SearchIndex,
    signer: OnceLock<CheckpointSigner>,
    documents: OnceLock<vault::Documents>,
    master_key: OnceLock<Arc<dyn MasterKeyPlace>>,
    witnesses: OnceLock<Witnesses>,
    erasures: OnceLock<vault::Erasures>,
    /// Held by who changes a stored note, so that no cosignature is lost to another.
    notes: Mutex<()>,
    /// Held by who verifies the log: one at a time.
    verifying: Arc<Mutex<()>>,
}

/// What one command adds to one stream.
pub(crate) struct Addition {
    pub(crate) stream: String,
    pub(crate) expected: u32,
    pub(crate) changes: Vec<Change>,
    /// Under whose key personal parts are sealed.
    pub(crate) subject: Option<Uuid>,
}

/// An addition whose events have their ids.
pub(crate) struct Written {
    pub(crate) receipt: Receipt,
    pub(crate) ids: Vec<Vec<EventId>>,
}

/// What came of an append.
pub(crate) enum Appended {
    Now(Written),
    Before(Receipt),
    Conflict,
}

impl Engine {
    /// An engine over this log and this vault.
    #[must_use]
    pub fn new(log: Arc<dyn Log>, vault: Vault, clock: Arc<dyn Clock>, ids: Ids) -> Self {
        let desk = DeskKeeper::new(Arc::clone(&log));
        let docket = Docket::new(Arc::clone(&log));
        let search = SearchIndex::default();
        Self {
            inner: Arc::new(Inner {
                log,
                vault,
                clock,
                ids,
                desk,
                docket,
                search,
                signer: OnceLock::new(),
                documents: OnceLock::new(),
                master_key: OnceLock::new(),
                witnesses: OnceLock::new(),
                erasures: OnceLock::new(),
                notes: Mutex::default(),
                verifying: Arc::default(),
            }),
        }
    }

    /// The present instant, by the engine's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// A new id.
    pub fn fresh_id(&self) -> Result<Uuid, Failure> {
        self.inner.ids.fresh(self.now())
    }

    /// A keyed hash of what was asked, by which a retry is told from another question.
    #[must_use]
    pub fn fingerprint(&self, asked: &[u8]) -> [u8; 32] {
        self.inner.vault.fingerprint(asked)
    }

    /// The directory, rules, rota and calendar as known now.
    pub async fn desk(&self) -> Result<Arc<Desk>, Failure> {
        Ok(self.writing(self.inner.desk.current()).await?.desk)
    }

    /// The open requests as of the last acknowledged position at the time of the call, or later.
    pub async fn docket(&self) -> Result<&Docket, Failure> {
        self.writing(self.inner.docket.follow()).await?;
        Ok(&self.inner.docket)
    }

    /// The log, for those who prove things about it.
    #[must_use]
    pub fn log(&self) -> &Arc<dyn Log> {
        &self.inner.log
    }

    /// The vault, for those who keep its keys.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    pub(crate) fn search(&self) -> &SearchIndex {
        &self.inner.search
    }

    pub(crate) async fn known(&self) -> Result<Known, Failure> {
        self.inner.desk.current().await
    }

    /// Does something that writes. Once the log has closed itself for writing, its reads may
    /// fail of the same cause; whoever wants to write is told that cause, and may try again.
    pub(crate) async fn writing<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        work.await.map_err(|failure| match (failure, self.inner.log.health()) {
            (Failure::Log(_), Health::ReadOnly { since, reason }) => {
                Failure::Unavailable(log::Error::ReadOnly { since, reason })
            }
            (failure, _) => failure,
        })
    }

    /// The receipt of a command that was carried out before, if it asked the same.
    pub(crate) async fn receipt(&self, context: &Context) -> Result<Option<Receipt>, Failure> {
        match self.inner.log.receipt(CommandId::new(context.command)).await? {
            Some(receipt) if receipt.fingerprint != context.fingerprint => Err(Failure::KeyReused),
            receipt => Ok(receipt),
        }
    }

    /// When something happened and when it was recorded.
    pub(crate) fn moment(&self, context: &Context) -> Result<domain::request::Moment, Failure> {
        let recorded_at = self.now();
        let effective_at = context.effective_at.unwrap_or(recorded_at);
        let age = recorded_at.duration_since(effective_at);
        if age.is_negative() || age > EARLIEST {
            return Err(Failure::Untimely);
        }
        Ok(domain::request::Moment { effective_at, recorded_at })
    }

    /// Seals and appends everything a command adds, at once.
    pub(crate) async fn append(
        &self,
        context: &Context,
        at: domain::request::Moment,
        additions: &[Addition],
    ) -> Result<Appended, Failure> {
        let circumstances = Circumstances {
            recorded_at: at.recorded_at,
            effective_at: at.effective_at,
            actor: context.actor.clone(),
            command_id: context.command,
            causation_id: None,
            correlation_id: context.command,
        };
        let written = additions.iter().map(|addition| self.write(addition, &circumstances));
        let written: Vec<_> = written.collect::<Result<_, Failure>>()?;
        let (streams, ids): (Vec<_>, Vec<_>) = written.into_iter().unzip();
        let append = Append {
            command: CommandId::new(context.command),
            fingerprint: context.fingerprint,
            streams,
            cursor: None,
        };
        match self.inner.log.append(append).await? {
            Outcome::Appended(receipt) => Ok(Appended::Now(Written { receipt, ids })),
            Outcome::Duplicate(receipt) if receipt.fingerprint != context.fingerprint => {
                Err(Failure::KeyReused)
            }
            Outcome::Duplicate(receipt) => Ok(Appended::Before(receipt)),
            Outcome::VersionConflict { .. } | Outcome::CursorMoved { .. } => Ok(Appended::Conflict),
        }
    }

    /// Gives every event its id, and seals and writes it.
    fn write(
        &self,
        addition: &Addition,
        circumstances: &Circumstances,
    ) -> Result<(StreamAppend, Vec<EventId>), Failure> {
        let mut bodies = Vec::with_capacity(addition.changes.len());
        let mut ids = Vec::with_capacity(addition.changes.len());
        for change in &addition.changes {
            let id = EventId(self.inner.ids.fresh(circumstances.recorded_at)?);
            let sealed = self.seal(id, change, addition.subject)?;
            let body = stored::write(id, change, sealed, circumstances)?;
            bodies.push(Body::try_new(body).map_err(log::Error::from)?);
            ids.push(id);
        }
        let stream = StreamName::try_new(&addition.stream).map_err(log::Error::from)?;
        Ok((StreamAppend { stream, expected: Version::new(addition.expected), bodies }, ids))
    }

    fn seal(
        &self,
        id: EventId,
        change: &Change,
        subject: Option<Uuid>,
    ) -> Result<Option<vault::Sealed>, Failure> {
        let (Some(personal), Some(subject)) = (&change.personal, subject) else { return Ok(None) };
        let plain = vault::Zeroizing::new(serde_json::to_vec(personal)?);
        Ok(Some(self.inner.vault.seal(Subject::new(subject), id.0, &plain)?))
    }

    /// The answer that a command got the first time: its request as it left it then.
    async fn first_answer(&self, receipt: Receipt) -> Result<Done, Failure> {
        let before = Position::new(receipt.first.get().saturating_sub(1));
        let written = receipt.last.get().saturating_sub(before.get());
        let records =
            self.inner.log.read(before, usize::try_from(written).unwrap_or(usize::MAX)).await?;
        let request = records
            .iter()
            .find_map(|record| record.stream.as_str().strip_prefix("request-")?.parse().ok())
            .map(RequestId)
            .ok_or(Failure::KeyReused)?;
        let (state, version) = self.request_up_to(request, receipt.last).await?;
        let case = state.case().cloned().ok_or(Failure::KeyReused)?;
        Ok(Done { case, version, position: receipt.last.get(), replayed: true })
    }
}
