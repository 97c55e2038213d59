//! What a client is told when something did not work: RFC 9457 problem details.
//!
//! One type for the whole API. It says what was wrong, where, and what to do, and never
//! repeats a value that could be personal.

mod of_account;
mod of_meeting;

use crate::retention::schedule::of_schedule;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::calendar::CalendarFault;
use domain::child::ChildRefusal;
use domain::child::hold::HoldRefusal;
use domain::desk::DeskRefusal;
use domain::draft::DraftRefusal;
use domain::notice::NoticeRefusal;
use domain::package::PackageFault;
use domain::policy::PolicyFault;
use domain::request::{AnswerFault, Refusal};
use domain::service::ServiceFault;
use domain::triage::RuleSetFault;
use engine::{Failure, MasterKeyUnkept};
use serde::Serialize;
use utoipa::ToSchema;

/// One fault in what was sent, with the place it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// Where: a JSON pointer into the body (RFC 6901), or the name of a query parameter.
    #[schema(example = "/child/upn")]
    pub pointer: String,
    /// What to put right.
    #[schema(example = "the check letter does not fit the digits: one of them was mistyped")]
    pub detail: String,
}

impl Fault {
    /// What is wrong with one member of the body.
    fn of_field(field: &str, says: impl Into<String>) -> Self {
        Self { pointer: format!("/{field}"), detail: says.into() }
    }

    /// What is wrong with one of the answers in `/answers`.
    fn of_answer(fault: &AnswerFault) -> Self {
        let pointer = match fault {
            AnswerFault::UnknownQuestion { place, .. }
            | AnswerFault::AnsweredTwice { place, .. } => format!("/answers/{place}/question"),
            AnswerFault::Empty { place } => format!("/answers/{place}/text"),
            AnswerFault::UnknownDocument { place, document_place, .. } => {
                format!("/answers/{place}/documents/{document_place}")
            }
        };
        Self { pointer, detail: fault.to_string() }
    }
}

/// A problem, as a client reads it (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Which kind of problem: a name that does not change.
    #[serde(rename = "type")]
    #[schema(example = "urn:frontdoor:problem:invalid")]
    pub kind: String,
    /// The kind of problem in words.
    #[schema(example = "Some values are not valid")]
    pub title: &'static str,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// This problem in words, and what to do.
    pub detail: String,
    /// Every fault at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
}

impl Problem {
    fn new(status: StatusCode, name: &str, title: &'static str, detail: impl Into<String>) -> Self {
        let kind = format!("urn:frontdoor:problem:{name}");
        Self { kind, title, status: status.as_u16(), detail: detail.into(), errors: vec![] }
    }

    /// 400: it cannot be read at all.
    pub(crate) fn unreadable(detail: impl Into<String>) -> Self {
        let title = "The request cannot be read";
        Self::new(StatusCode::BAD_REQUEST, "unreadable", title, detail)
    }

    /// 401: nobody knows the caller.
    pub(crate) fn unauthenticated() -> Self {
        let detail = "Send a valid key as “Authorization: Bearer <key>”.";
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "Who are you?", detail)
    }

    /// 403: the caller's role may not do this.
    pub(crate) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "You may not do this", detail)
    }

    /// 403: whoever tried to sign in does not come in.
    #[cfg(feature = "sign-in")]
    pub(crate) fn no_entry(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "no-entry", "You cannot be signed in", detail)
    }

    /// 503: nobody can sign in now.
    #[cfg(feature = "sign-in")]
    pub(crate) fn no_sign_in(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "no-sign-in", "Nobody can sign in now", detail)
    }

    /// 404: there is no such thing, or none that the caller may know of.
    pub(crate) fn not_found() -> Self {
        let detail = "There is nothing here, or nothing that you may see.";
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// 405: not with this method.
    pub(crate) fn wrong_method() -> Self {
        let detail = "This path exists, but not with this method.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method", "Wrong method", detail)
    }

    /// 409: the state of things does not allow it.
    pub(crate) fn conflict(detail: impl Into<String>) -> Self {
        let title = "This cannot be done now";
        Self::new(StatusCode::CONFLICT, "conflict", title, detail)
    }

    /// 412: the caller decided on something that has changed since.
    pub(crate) fn stale(detail: impl Into<String>) -> Self {
        let title = "It has changed since you read it";
        Self::new(StatusCode::PRECONDITION_FAILED, "stale", title, detail)
    }

    /// 413: too much at once.
    pub(crate) fn too_large(most_bytes: usize) -> Self {
        let detail = format!("A request may have at most {most_bytes} bytes.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large", detail)
    }

    /// 410: the child was erased.
    pub(crate) fn erased() -> Self {
        let detail = "The child was erased, so nobody can read this any more.";
        Self::new(StatusCode::GONE, "erased", "Erased", detail)
    }

    /// 415: not a format that is taken.
    pub(crate) fn unsupported(detail: impl Into<String>) -> Self {
        let title = "This format is not taken";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported", title, detail)
    }

    /// 422: it can be read, but some values are wrong.
    pub(crate) fn invalid(errors: Vec<Fault>) -> Self {
        let detail = match errors.as_slice() {
            [whole] if whole.pointer.is_empty() => format!("The body: {}", whole.detail),
            [one] => format!("{}: {}", one.pointer, one.detail),
            many => format!("There are {} faults; each is named in “errors”.", many.len()),
        };
        let title = "Some values are not valid";
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { errors, ..Self::new(status, "invalid", title, detail) }
    }

    /// 422 with a single fault.
    pub(crate) fn fault(pointer: &str, detail: impl Into<String>) -> Self {
        Self::invalid(vec![Fault { pointer: pointer.to_owned(), detail: detail.into() }])
    }

    /// What is wrong with a panel's decision.
    fn of_ruling(refusal: &Refusal) -> Self {
        let pointer = if let Refusal::FaultyPackage(faults) = refusal {
            let of = |it: &PackageFault| Fault::of_field(&format!("package/{}", it.at), &it.says);
            return Self::invalid(faults.iter().map(of).collect());
        } else if let Refusal::UnknownEvidence { place } = refusal {
            format!("/evidence/{place}")
        } else if let Refusal::CannotGrant { place, .. } = refusal {
            format!("/package/contributions/{place}/support")
        } else {
            "/evidence".to_owned()
        };
        Self::fault(&pointer, refusal.to_string())
    }

    /// 503: it cannot be stored now, or nobody knows whether it was.
    pub(crate) fn unavailable() -> Self {
        let detail = "It is not known whether this was stored. Try again with the same \
                      Idempotency-Key: it will be stored once.";
        let title = "This cannot be stored now";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", title, detail)
    }

    /// 503: a read model has not caught up.
    pub(crate) fn behind() -> Self {
        let detail = "The position asked for with “at_least” has not been reached yet. Try again.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "behind", "Not yet", detail)
    }

    /// 429: more requests than one caller may send. `Retry-After` says when the next may come.
    pub(crate) fn too_many(after_seconds: u64) -> Response {
        let detail = format!("Slow down: the next request is answered in {after_seconds} s.");
        let title = "Too many requests";
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", title, detail);
        let mut response = problem.into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(after_seconds));
        response
    }

    /// 500: a bug of ours. What was said of it is in our log.
    pub(crate) fn bug() -> Self {
        let detail = "Something is wrong on our side. It is not known whether this was stored: \
                      try again with the same Idempotency-Key.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", "Something is wrong", detail)
    }

    /// 500: something here is broken. The cause goes to our log, not to the client.
    pub(crate) fn broken(cause: &dyn std::error::Error) -> Self {
        tracing::error!(cause = %chain(cause), "a request failed");
        let detail = "Something is wrong on our side. Nothing was stored.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", "Something is wrong", detail)
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let unknown_caller = status == StatusCode::UNAUTHORIZED;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if unknown_caller {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match &refusal {
            Refusal::NotReceived => Self::not_found(),
            Refusal::UnknownSchool | Refusal::SchoolClosed(_) => {
                Self::fault("/school_urn", refusal.to_string())
            }
            Refusal::UnknownService(_) => Self::fault("/service", refusal.to_string()),
            Refusal::UnknownPanel(_) => Self::fault("/panel", refusal.to_string()),
            Refusal::UnknownAdviser(_) => Self::fault("/adviser", refusal.to_string()),
            Refusal::ReasonRequired(_) => Self::fault("/reason", refusal.to_string()),
            Refusal::EvidenceRequired
            | Refusal::UnknownEvidence { .. }
            | Refusal::FaultyPackage(_)
            | Refusal::CannotGrant { .. } => Self::of_ruling(&refusal),
            Refusal::FaultyReview(faults) => {
                let of = |it: &PackageFault| Fault::of_field(&it.at, &it.says);
                Self::invalid(faults.iter().map(of).collect())
            }
            Refusal::CriteriaRequired => Self::fault("/reason/criteria", refusal.to_string()),
            Refusal::IntoItself => Self::fault("/into", refusal.to_string()),
            Refusal::NothingSaid | Refusal::TextRequired => {
                Self::fault("/text", refusal.to_string())
            }
            Refusal::UnknownSignpost { place, .. } => {
                Self::fault(&format!("/services/{place}"), refusal.to_string())
            }
            Refusal::Answers(faults) => {
                Self::invalid(faults.iter().map(Fault::of_answer).collect())
            }
            Refusal::OwnAuthority(_) => Self::fault("/authority", refusal.to_string()),
            Refusal::DayToCome => Self::fault("/received_on", refusal.to_string()),
            Refusal::NoGround { .. } => Self::fault("/ground", refusal.to_string()),
            Refusal::NoPackage
            | Refusal::NothingQueried(_)
            | Refusal::NotTheKeyWorker
            | Refusal::BeyondTerms(_)
            | Refusal::AnotherPanel { .. }
            | Refusal::NotOnAgenda(_)
            | Refusal::OnAgenda(_)
            | Refusal::NotTheChair
            | Refusal::Interested
            | Refusal::NotClear(_)
            | Refusal::NoOfficer
            | Refusal::NothingToRatify
            | Refusal::NotTheOfficer
            | Refusal::AlreadyReceived
            | Refusal::AlreadyInvolved(_)
            | Refusal::NotInvolved(_)
            | Refusal::OnlyTheLead
            | Refusal::AlreadyRedirected(_)
            | Refusal::NotRedirected
            | Refusal::NotReceipted
            | Refusal::NotTheStatutoryService(_)
            | Refusal::NotStatutory
            | Refusal::OutOfOrder { .. }
            | Refusal::Closed
            | Refusal::NotClosed
            | Refusal::NotNow { .. }
            | Refusal::AnotherService { .. }
            | Refusal::AlreadyWithService(_)
            | Refusal::ServiceGone(_)
            | Refusal::AlreadyWithPanel
            | Refusal::AlreadyAccepted
            | Refusal::NotAccepted
            | Refusal::NoAdvice
            | Refusal::NotAnswered
            | Refusal::SurvivorClosed
            | Refusal::OtherSchool
            | Refusal::NotTheSame
            | Refusal::LosesStatutoryClock => Self::conflict(refusal.to_string()),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::MeetingRefused(refusal) => refusal.into(),
            Failure::DeskRefused(DeskRefusal::FaultyService(faults)) => {
                let fault = |fault: ServiceFault| Fault {
                    pointer: fault.pointer,
                    detail: fault.detail.to_owned(),
                };
                Self::invalid(faults.into_iter().map(fault).collect())
            }
            Failure::DeskRefused(DeskRefusal::FaultyRules(faults)) => {
                let fault = |it: RuleSetFault| Fault { pointer: it.pointer, detail: it.detail };
                Self::invalid(faults.into_iter().map(fault).collect())
            }
            Failure::DeskRefused(DeskRefusal::Rota(refusal)) => refusal.into(),
            Failure::DeskRefused(DeskRefusal::Account(refusal)) => refusal.into(),
            Failure::DeskRefused(DeskRefusal::FaultyCalendar(faults)) => {
                let fault = |it: CalendarFault| Fault::of_field(it.field, it.says);
                Self::invalid(faults.into_iter().map(fault).collect())
            }
            Failure::DeskRefused(DeskRefusal::FaultyRetention(faults)) => of_schedule(faults),
            Failure::SubjectAccessRefused(refusal) => refusal.into(),
            Failure::MasterKey(
                unkept @ (MasterKeyUnkept::Elsewhere | MasterKeyUnkept::Unfinished),
            ) => Self::conflict(unkept.to_string()),
            Failure::MasterKey(unkept @ MasterKeyUnkept::Unwritable(_)) => Self::broken(&unkept),
            Failure::DeskRefused(DeskRefusal::FaultyPolicy(faults)) => {
                let fault = |it: PolicyFault| Fault::of_field(it.field, it.says);
                Self::invalid(faults.into_iter().map(fault).collect())
            }
            Failure::ChildRefused(
                ChildRefusal::Unknown | ChildRefusal::Hold(HoldRefusal::Unknown),
            )
            | Failure::NoticeRefused(NoticeRefusal::Unknown)
            | Failure::DraftRefused(DraftRefusal::Unknown) => Self::not_found(),
            Failure::ChildRefused(ChildRefusal::Hold(HoldRefusal::Over)) => {
                Self::fault("/until", failure.to_string())
            }
            Failure::ChildRefused(_)
            | Failure::NoticeRefused(_)
            | Failure::DraftRefused(DraftRefusal::Submitted)
            | Failure::DeskRefused(_)
            | Failure::Erased
            | Failure::Contended => Self::conflict(failure.to_string()),
            Failure::TooLong { most_bytes } => Self::too_large(most_bytes),
            Failure::KeyReused => Self::fault("Idempotency-Key", failure.to_string()),
            Failure::Stale { .. } => Self::stale(failure.to_string()),
            Failure::Untimely => Self::fault("/effective_at", failure.to_string()),
            Failure::Unavailable(_) | Failure::Vault(_) => {
                tracing::error!(cause = %chain(&failure), "nothing can be stored");
                Self::unavailable()
            }
            Failure::Log(_)
            | Failure::Sealed(_)
            | Failure::Unreadable(_)
            | Failure::Shape(_)
            | Failure::Checkpoint(_)
            | Failure::NoSigner
            | Failure::NoDocuments
            | Failure::DocumentLost { .. }
            | Failure::Entropy(_) => Self::broken(&failure),
        }
    }
}

impl From<views::Error> for Problem {
    fn from(error: views::Error) -> Self {
        match error {
            views::Error::Cursor => Self::fault("cursor", error.to_string()),
            views::Error::Behind { .. } | views::Error::Closed => Self::behind(),
            views::Error::History(failure) => failure.into(),
            views::Error::InUse { .. } | views::Error::Directory { .. } | views::Error::Rows(_) => {
                Self::broken(&error)
            }
        }
    }
}
