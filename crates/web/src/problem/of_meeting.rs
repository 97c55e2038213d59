//! What a client is told when the rules of a meeting say no.

use super::Problem;
use domain::meeting::MeetingRefusal as R;

impl From<R> for Problem {
    fn from(refusal: R) -> Self {
        let says = refusal.to_string();
        let pointer = match refusal {
            R::NotScheduled | R::UnknownPanel(_) => return Self::not_found(),
            R::Request(refusal) | R::OfItem { refusal, .. } => return refusal.into(),
            R::InThePast => "/starts_at".to_owned(),
            R::Length => "/minutes".to_owned(),
            R::Twice { place } | R::NotInQueue { place } => format!("/items/{place}/request"),
            R::Overfull { .. } => "/items".to_owned(),
            R::CannotMoveTo(_) => "/move_to".to_owned(),
            R::SayWhyNot => "/text".to_owned(),
            R::NotAMember(_) => "/member".to_owned(),
            R::VotesRequired | R::NoVotes | R::HasNotVoted(_) | R::NotDeciding(_) => {
                "/votes".to_owned()
            }
            R::AlreadyScheduled
            | R::Overlaps(_)
            | R::NotNow { .. }
            | R::NothingToPublish
            | R::NotYet
            | R::AlreadyThere(_)
            | R::NotThere(_)
            | R::BeforeDecision(_)
            | R::OutOfOrder(_)
            | R::NotOnAgenda
            | R::Settled
            | R::NoPack
            | R::Aside(_)
            | R::Interests(_)
            | R::NoQuorum(_)
            | R::NotCarried { .. }
            | R::NothingDelegated
            | R::NotTheChair => return Self::conflict(says),
        };
        Self::fault(&pointer, says)
    }
}
