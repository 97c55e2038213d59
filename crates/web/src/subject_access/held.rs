//! What is held about a child, as it is shown.

use super::apart::Apart;
use super::list::AccessRequestShown;
use crate::audit::access::AccessShown;
use crate::documents::DocumentShown;
use crate::requests::shown::ChildShown;
use crate::retention::kept::KeptShown;
use domain::account::Role;
use domain::child::hold::HoldReason;
use domain::codes::About;
use domain::notice::{NoticeChannel, NoticeKind};
use domain::request::Status;
use engine::Actor;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// Everything that is held about a child.
#[derive(Serialize, ToSchema)]
pub(crate) struct Held {
    pub(crate) child: Uuid,
    /// The instant up to which it is complete,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) gathered_at: Timestamp,
    /// and the position of the log.
    pub(crate) position: u64,
    /// Who the child is, under each of its pseudonyms.
    pub(crate) children: Vec<ChildShown>,
    /// Every request about it, the earliest first.
    pub(crate) requests: Vec<RequestHeld>,
    /// What happened to the child's own record: consent, links, requests for access.
    pub(crate) record: Vec<EventHeld>,
    /// The messages that were sent about its requests. None of them says anything personal.
    pub(crate) notices: Vec<NoticeHeld>,
    /// Who looked, the newest first.
    pub(crate) accesses: Vec<AccessShown>,
    /// Requests for access about it.
    pub(crate) requests_for_access: Vec<AccessRequestShown>,
    /// What keeps it from being erased.
    pub(crate) holds: Vec<HoldHeld>,
    /// Until when it is kept.
    pub(crate) retention: KeptShown,
    /// About other people, apart.
    pub(crate) third_parties: Vec<Apart>,
    /// Where text stands that may name others: to be read before it is given.
    pub(crate) check: Vec<String>,
    /// What is not in here, and why.
    pub(crate) not_included: Vec<&'static str>,
}

/// One request, with everything that was said in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestHeld {
    pub(crate) id: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    pub(crate) reference: String,
    pub(crate) child: Option<Uuid>,
    pub(crate) school_urn: String,
    pub(crate) school_name: Option<String>,
    #[schema(value_type = String, example = "child")]
    pub(crate) about: About,
    #[schema(value_type = String, example = "with_service")]
    pub(crate) status: Status,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) received_at: Timestamp,
    /// Everything that happened, in order, internal notes among it.
    pub(crate) events: Vec<EventHeld>,
    pub(crate) documents: Vec<DocumentHeld>,
}

/// One thing that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventHeld {
    pub(crate) id: Uuid,
    #[serde(rename = "type")]
    #[schema(example = "request.advised")]
    pub(crate) name: String,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) happened_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) recorded_at: Timestamp,
    pub(crate) by: DoneBy,
    /// What happened, in codes.
    #[schema(value_type = Object)]
    pub(crate) codes: Value,
    /// What was said, without what is about others: `{"apart": 1}` stands for number 1 of
    /// `third_parties`.
    #[schema(value_type = Option<Object>)]
    pub(crate) said: Option<Value>,
}

/// Who did something: staff by account and role.
#[derive(Serialize, ToSchema)]
pub(crate) struct DoneBy {
    /// The account; of the front door itself, which part of it.
    #[schema(example = "amara-okafor")]
    pub(crate) account: String,
    #[schema(value_type = Option<String>, example = "adviser")]
    pub(crate) role: Option<Role>,
}

impl From<&Actor> for DoneBy {
    fn from(actor: &Actor) -> Self {
        Self { account: actor.id.clone(), role: actor.role }
    }
}

/// A document, and where to fetch it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentHeld {
    #[serde(flatten)]
    pub(crate) document: DocumentShown,
    #[schema(example = "/api/v1/requests/0193…/documents/0193…")]
    pub(crate) path: String,
}

/// Something that keeps the child's record from being erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct HoldHeld {
    pub(crate) id: Uuid,
    #[schema(value_type = String, example = "tribunal")]
    pub(crate) reason: HoldReason,
    /// The last day on which it holds; null until it is released.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) until: Option<Date>,
    /// Whether it holds now.
    pub(crate) holds: bool,
}

/// A message that was intended.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeHeld {
    #[schema(example = "FD-7K3MQ-9XZT4")]
    pub(crate) reference: String,
    #[schema(value_type = String)]
    pub(crate) kind: NoticeKind,
    pub(crate) says: &'static str,
    #[schema(value_type = String, example = "email")]
    pub(crate) channel: NoticeChannel,
    /// To which school, or
    pub(crate) school_urn: Option<String>,
    /// which account.
    pub(crate) account: Option<String>,
    #[schema(value_type = String, example = "sent")]
    pub(crate) state: &'static str,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) intended_at: Timestamp,
}
