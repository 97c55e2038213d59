//! Why the rules of a meeting say no: always with the rule, and with what to do.

use super::Phase;
use super::interest::InterestKind;
use crate::ids::{AccountId, MeetingId, PanelId, RequestId};
use crate::panel::Shortfall;
use crate::request::Refusal;
use jiff::Timestamp;

/// Why something cannot be done to a meeting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeetingRefusal {
    /// There is no such meeting.
    #[error("there is no such meeting")]
    NotScheduled,
    /// The name is taken.
    #[error("a meeting of this name was already called")]
    AlreadyScheduled,
    /// There is no such panel.
    #[error("there is no panel “{0}”")]
    UnknownPanel(PanelId),
    /// It would begin before now.
    #[error("a meeting is called for a time that is still to come, or for today")]
    InThePast,
    /// Longer than a meeting can be.
    #[error("a meeting takes 15 to 480 minutes")]
    Length,
    /// The panel meets then already.
    #[error("the panel meets at that time already: “{0}”")]
    Overlaps(MeetingId),
    /// Not at this point.
    #[error("the meeting {}, so {verb} is not possible now", .phase.says())]
    NotNow {
        /// What would have been done.
        verb: &'static str,
        /// Where it stands.
        phase: Phase,
    },
    /// A request is twice on the agenda.
    #[error("the request is on the agenda twice")]
    Twice {
        /// Which of the items, from 0.
        place: usize,
    },
    /// A request cannot be taken up.
    #[error("the request is not in the panel's queue")]
    NotInQueue {
        /// Which of the items, from 0.
        place: usize,
    },
    /// More than there is time for.
    #[error("the agenda takes {planned} minutes, and the meeting has {available}")]
    Overfull {
        /// What is planned.
        planned: u32,
        /// What there is.
        available: u16,
    },
    /// There is nothing to publish.
    #[error("there is nothing on the agenda")]
    NothingToPublish,
    /// The items cannot go there.
    #[error("items can go only to a meeting of the same panel that has not begun")]
    CannotMoveTo(MeetingId),
    /// Somebody whom the terms of reference do not appoint.
    #[error("“{0}” is not appointed to the panel")]
    NotAMember(AccountId),
    /// It has not begun.
    #[error("the meeting is on another day: nobody can arrive before it")]
    NotYet,
    /// They are there.
    #[error("“{0}” is in the room already")]
    AlreadyThere(AccountId),
    /// They are not.
    #[error("“{0}” is not in the room")]
    NotThere(AccountId),
    /// It would change who decided something.
    #[error("something was decided at {0}: who was there before that can no longer change")]
    BeforeDecision(Timestamp),
    /// They left later than they would have come, or came later than they would have left.
    #[error("“{0}” came or left at a later time than this")]
    OutOfOrder(AccountId),
    /// The request is not for this meeting.
    #[error("the request is not on the agenda of this meeting")]
    NotOnAgenda,
    /// It is settled.
    #[error("the item has been decided or deferred already")]
    Settled,
    /// There is no pack of it.
    #[error("no pack of the item has been published")]
    NoPack,
    /// They stand aside.
    #[error("“{0}” stands aside from this item")]
    Aside(AccountId),
    /// Somebody may have an interest, and nobody has said whether.
    #[error(
        "an interest is not settled: {}. Record that the member stands aside, or that there is \
         no interest", listed(.0)
    )]
    Interests(Vec<(AccountId, Vec<InterestKind>)>),
    /// An interest is dismissed without a word.
    #[error("say why there is no interest")]
    SayWhyNot,
    /// Not enough of those who are needed.
    #[error("there is no quorum for this item: {0}. It can only be deferred")]
    NoQuorum(Shortfall),
    /// The panel votes.
    #[error("the panel decides by the votes of those in the room: say how each voted")]
    VotesRequired,
    /// It does not.
    #[error("the panel decides by consensus: say who dissents, not how anybody voted")]
    NoVotes,
    /// Somebody voted or dissents who cannot, or twice, or did not vote.
    #[error("“{0}” is not among those who decide this item, or is named twice")]
    NotDeciding(AccountId),
    /// Somebody has not voted.
    #[error("“{0}” decides this item and has not voted")]
    HasNotVoted(AccountId),
    /// More against than for.
    #[error("the votes do not carry it: {in_favour} for, {against} against")]
    NotCarried {
        /// So many for.
        in_favour: usize,
        /// So many against.
        against: usize,
    },
    /// Its chair has not decided that.
    #[error("the chair has decided nothing on this request that awaits the panel's word")]
    NothingDelegated,
    /// Somebody else signs.
    #[error("only the panel's chair or vice-chair signs the minutes")]
    NotTheChair,
    /// The rules of a request say no.
    #[error(transparent)]
    Request(#[from] Refusal),
    /// The rules of a request say no to one of several.
    #[error("{refusal}")]
    OfItem {
        /// Of which request.
        request: RequestId,
        /// Why.
        refusal: Refusal,
    },
}

impl Phase {
    /// In a few words, after “the meeting”.
    #[must_use]
    pub const fn says(&self) -> &'static str {
        match self {
            Self::Planned => "is being prepared",
            Self::Published => "has not begun",
            Self::Open => "is under way",
            Self::Closed => "is over",
            Self::Signed => "is over and its minutes are signed",
            Self::Cancelled => "was called off",
        }
    }

    /// As a code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Published => "published",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Signed => "signed",
            Self::Cancelled => "cancelled",
        }
    }
}

fn listed(interests: &[(AccountId, Vec<InterestKind>)]) -> String {
    let one = |(member, kinds): &(AccountId, Vec<InterestKind>)| {
        let kinds: Vec<_> = kinds.iter().map(|kind| kind.says()).collect();
        format!("“{member}” ({})", kinds.join("; "))
    };
    interests.iter().map(one).collect::<Vec<_>>().join(", ")
}
