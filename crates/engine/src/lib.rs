//! The only way to change anything: load, decide, seal, append.
//!
//! [`Engine`] joins the pure [`domain`] to the world: it loads what a decision needs from
//! the log, lets the domain decide, seals what is personal with the child's key, and appends
//! all of it at once. It is also the only one who opens what is sealed, after the access is
//! on record.

mod actor;
mod clock;
mod deskkeeper;
mod docket;
mod engine;
mod export;
mod failure;
mod ids;
mod passing;
mod post;
mod postmaster;
mod search;
mod stored;
mod timers;
mod updates;

pub use actor::{Actor, ActorKind};
pub use clock::{Clock, ManualClock, SystemClock};
pub use docket::{Docket, Docketed};
pub use engine::{
    AccessRead, AccessesSought, Certificate, Configured, Consequence, Consistent, Context,
    Cosigning, Done, DraftDone, DraftRead, Engine, Erasure, EventKind, EventsFound, EventsSought,
    FactsFrom, HoldDone, HoldRead, Included, MOST_DRAFT_BYTES, MasterKeyPlace, MasterKeyRotated,
    MasterKeyUnkept, MeetingDone, NewDocument, NewMeeting, Opened, OpenedDocument, Proven, Reached,
    Reacting, Reaction, Replayed, ReplaysSought, Said, SameChild, SealedBox, SubjectAccessDone,
    TileRead, Verified,
};
pub use export::{Export, ExportFormat};
pub use failure::Failure;
pub use ids::{Ids, fresh_secret, name_of_a_question};
pub use log::{Checkpoint, Cosigned, Hash};
pub use passing::pass_time;
pub use post::{CarriedOn, Courier, Letter, Post};
pub use postmaster::Postmaster;
pub use search::{Alike, Reason};
pub use stored::{Recorded, Unreadable, read};
pub use updates::webhook_key;
