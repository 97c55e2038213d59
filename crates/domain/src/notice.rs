//! Messages about a request: to its school, or to a line manager.
//!
//! What is to be sent is stored before anything is sent, and so is what came of every try:
//! a message may arrive twice, but never gets lost, and always has the same name
//! ([`NoticeId`]), so that who gets it twice can tell. It says which request has news, and of
//! what kind, and nothing about anybody.

mod back_off;
pub mod event;
mod news;
mod open_internet;
#[cfg(test)]
mod tests;
mod updates;

pub use back_off::BackOff;
pub use news::{Addressed, NoticeKind, news};
pub use open_internet::is_on_the_open_internet;
pub use updates::{NoticeChannel, Recipient, Updates, UpdatesChosen};

use crate::codes::codes;
use crate::event::{Change, NoticeEvent};
use crate::ids::{EventId, NotANoticeId, NoticeId, RequestId};
use event::{AttemptFailed, GivenUp, Intended, PutBack, Sent};
use jiff::Timestamp;

codes! {
    /// Why a message was not delivered.
    FailureCode {
        NotConfigured = "not_configured", "this front door does not send by this channel";
        NoAddress = "no_address", "no address is known, or it cannot be read";
        ForbiddenAddress = "forbidden_address", "the address is not one on the open internet";
        Unreachable = "unreachable", "nobody answers there";
        TimedOut = "timed_out", "the answer took too long";
        Refused = "refused", "the other side refused it";
        Redirected = "redirected", "the other side pointed elsewhere, where nothing is sent";
        Failing = "failing", "the other side has a fault";
    }
}

impl NoticeId {
    /// The name of the message about an event to somebody: always the same one.
    ///
    /// To a school it is the event's id; to an account, that and the account.
    pub fn of(cause: EventId, to: &Recipient) -> Result<Self, NotANoticeId> {
        match to {
            Recipient::School(_) => cause.to_string().parse(),
            Recipient::Account(account) => format!("{cause}-{account}").parse(),
        }
    }
}

/// A message, and how its delivery goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Notice {
    /// Nobody intended it.
    #[default]
    NotIntended,
    /// It is to be delivered, or was.
    Intended(Box<Message>),
}

/// What is to be said, to whom, and how far that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its name.
    pub id: NoticeId,
    /// To whom.
    pub to: Recipient,
    /// About which request.
    pub request: RequestId,
    /// What there is to know.
    pub kind: NoticeKind,
    /// By which channel.
    pub channel: NoticeChannel,
    /// How far it is.
    pub delivery: Delivery,
}

/// How far the delivery of a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It waits for its next try.
    Waiting {
        /// How often it was tried since it was intended or put back.
        attempts: u32,
        /// When it is tried next; `None`: at once.
        next_at: Option<Timestamp>,
    },
    /// It was taken by the other side.
    Sent,
    /// It was tried often enough: a person has to look.
    GivenUp,
}

/// What may be done about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeCommand {
    /// It is to be delivered.
    Intend(Intended),
    /// The other side took it.
    RecordSent,
    /// A try failed.
    RecordFailure(FailureCode, BackOff),
    /// A person puts it back among those that wait.
    PutBack,
}

/// Why the rules say no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeRefusal {
    /// There is no such message.
    #[error("there is no such message")]
    Unknown,
    /// It was delivered.
    #[error("the message was delivered; there is nothing to try again")]
    Sent,
    /// It waits already.
    #[error("the message waits to be delivered already")]
    Waiting,
}

impl Notice {
    /// Every rule of a message. `Ok([])`: it is so already.
    pub fn decide(
        &self,
        command: NoticeCommand,
        now: Timestamp,
    ) -> Result<Vec<Change>, NoticeRefusal> {
        use NoticeCommand as C;
        let event = match (self, command) {
            (Self::NotIntended, C::Intend(intended)) => NoticeEvent::Intended(intended),
            (Self::NotIntended, _) => return Err(NoticeRefusal::Unknown),
            (Self::Intended(_), C::Intend(_)) => return Ok(vec![]),
            (Self::Intended(message), command) => match (message.delivery, command) {
                (Delivery::Sent, C::PutBack) => return Err(NoticeRefusal::Sent),
                (Delivery::Waiting { .. }, C::PutBack) => return Err(NoticeRefusal::Waiting),
                (Delivery::GivenUp, C::PutBack) => NoticeEvent::PutBack(PutBack {}),
                // Two processes may have delivered it; one word about it is enough. Nor is a
                // failure of one of them news when it is over for the other.
                (Delivery::Sent, _) | (Delivery::GivenUp, C::RecordFailure(..)) => {
                    return Ok(vec![]);
                }
                (_, C::RecordSent) => NoticeEvent::Sent(Sent {}),
                (Delivery::Waiting { attempts, .. }, C::RecordFailure(why, back_off)) => {
                    message.failed(attempts + 1, why, back_off, now)
                }
                (_, C::Intend(_)) => return Ok(vec![]),
            },
        };
        Ok(vec![Change::of(event)])
    }

    /// Follows one event. Total: history is never argued with.
    #[must_use]
    pub fn evolve(self, event: &NoticeEvent) -> Self {
        match (self, event) {
            (Self::NotIntended, NoticeEvent::Intended(intended)) => {
                Self::Intended(Box::new(Message::intended(intended)))
            }
            (Self::NotIntended, _) => Self::NotIntended,
            (Self::Intended(mut message), event) => {
                message.delivery = match *event {
                    NoticeEvent::Intended(_) => message.delivery,
                    NoticeEvent::Sent(_) => Delivery::Sent,
                    NoticeEvent::AttemptFailed(AttemptFailed { attempt, next_at, .. }) => {
                        Delivery::Waiting { attempts: attempt, next_at: Some(next_at) }
                    }
                    NoticeEvent::GivenUp(_) => Delivery::GivenUp,
                    NoticeEvent::PutBack(_) => Delivery::AT_ONCE,
                };
                Self::Intended(message)
            }
        }
    }

    /// The message, once it was intended.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        match self {
            Self::NotIntended => None,
            Self::Intended(message) => Some(message),
        }
    }
}

impl Delivery {
    const AT_ONCE: Self = Self::Waiting { attempts: 0, next_at: None };
}

impl Message {
    fn intended(intended: &Intended) -> Self {
        let Intended { notice, to, request, kind, channel } = intended.clone();
        Self { id: notice, to, request, kind, channel, delivery: Delivery::AT_ONCE }
    }

    /// The `attempt`-th try failed: another follows, or it was the last.
    fn failed(
        &self,
        attempt: u32,
        why: FailureCode,
        back_off: BackOff,
        now: Timestamp,
    ) -> NoticeEvent {
        match back_off.next(&self.id, attempt, now) {
            Some(next_at) => NoticeEvent::AttemptFailed(AttemptFailed { attempt, why, next_at }),
            None => NoticeEvent::GivenUp(GivenUp { attempts: attempt, why }),
        }
    }
}
