//! Subject access requests: somebody asks what is held about a child, and a clock runs.
//!
//! The clock is the law's, not the council's: one calendar month from the day of receipt (UK
//! GDPR, article 12(3)), whether or not that is a working day; by the corresponding day of the
//! next month or, where that month is shorter, its last day; and when that falls on a weekend
//! or a bank holiday, by the next day that is neither (ICO, right of access guidance). While
//! we wait to be shown who asks, it has not begun; while we wait to be told what is meant, it
//! stands still. It may be made two months longer once, for a complex request or many of them,
//! if whoever asked is told within the first month.

mod due;
#[cfg(test)]
mod tests;

pub use due::due_on;

use crate::calendar::Calendar;
use crate::codes::codes;
use crate::event::{Change, ChildEvent};
use crate::ids::SubjectAccessId;
use crate::personal::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// Who asks.
    RequestedBy {
        Parent = "parent", "a parent or carer";
        YoungPerson = "young_person", "the young person";
        Solicitor = "solicitor", "a solicitor";
        Other = "other", "somebody else on the child's behalf";
    }
}

codes! {
    /// What whoever asked must show or say first.
    Awaited {
        Identity = "identity", "proof of who asks";
        Clarification = "clarification", "word of what is meant";
    }
}

codes! {
    /// Why it takes longer: the two reasons of article 12(3).
    ExtendedBecause {
        Complex = "complex", "the request is complex";
        ManyRequests = "many_requests", "there are several requests of the same person";
    }
}

codes! {
    /// What was answered.
    AnsweredHow {
        Provided = "provided", "everything was provided";
        PartlyProvided = "partly_provided", "what may be provided was provided";
        NothingHeld = "nothing_held", "nothing is held";
        Refused = "refused", "it was refused as manifestly unfounded or excessive";
        Withdrawn = "withdrawn", "whoever asked took it back";
    }
}

/// Somebody asked. The words in which they said what they want are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which request for access.
    pub request: SubjectAccessId,
    /// The day it came in, whoever got it.
    pub received_on: Date,
    /// Who asks.
    pub by: RequestedBy,
    /// Whether it is known that they are who they say.
    pub identity_checked: bool,
    /// The last day for the answer; not known until they have shown who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
}

/// We asked back, and the clock stands still. What was asked is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    /// Which.
    pub request: SubjectAccessId,
    /// What for.
    pub awaits: Awaited,
    /// Since which day.
    pub on: Date,
}

/// We were shown or told what we had asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// Which.
    pub request: SubjectAccessId,
    /// On which day.
    pub on: Date,
    /// The last day for the answer from here on.
    pub due_on: Date,
}

/// It takes two months longer. The reason in words is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// Which.
    pub request: SubjectAccessId,
    /// Why.
    pub because: ExtendedBecause,
    /// The last day for the answer from here on.
    pub due_on: Date,
}

/// It was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerGiven {
    /// Which.
    pub request: SubjectAccessId,
    /// What was answered.
    pub how: AnsweredHow,
    /// On which day.
    pub on: Date,
}

/// Where a request for access stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectAccess {
    /// Which.
    pub request: SubjectAccessId,
    /// The day it came in.
    pub received_on: Date,
    /// Who asks.
    pub by: RequestedBy,
    /// The day from which the month counts: of receipt, or of the proof of who asks.
    pub runs_from: Date,
    /// For how many days it stood still.
    pub paused_days: i32,
    /// What is awaited, and since when.
    pub awaits: Option<(Awaited, Date)>,
    /// Why it takes longer.
    pub extended: Option<ExtendedBecause>,
    /// The last day for the answer; `None` while something is awaited.
    pub due_on: Option<Date>,
    /// What was answered, and when.
    pub answered: Option<(AnsweredHow, Date)>,
}

/// What somebody wants to record about a request for access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectAccessCommand {
    /// It came in.
    Ask {
        /// The day.
        received_on: Date,
        /// Who asks.
        by: RequestedBy,
        /// Whether it is known that they are who they say.
        identity_checked: bool,
        /// What they want, if not everything.
        scope: Option<String>,
    },
    /// We ask back on this day.
    AskBack(SubjectAccessId, Awaited, Date, Option<String>),
    /// They answered on this day.
    Resume(SubjectAccessId, Date),
    /// It takes longer.
    Extend(SubjectAccessId, ExtendedBecause, Option<String>),
    /// It was answered on this day.
    Answer(SubjectAccessId, AnsweredHow, Date),
}

/// Why the rules say no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubjectAccessRefusal {
    /// There is none.
    #[error("there is no such request for access")]
    Unknown,
    /// Nothing has happened on a day to come.
    #[error("this day is still to come")]
    DayToCome,
    /// It would have happened before the request, or before what it answers.
    #[error("this day is before {0}, on which it could first happen")]
    TooEarly(Date),
    /// It is over.
    #[error("the request for access was answered already")]
    Answered,
    /// Something is awaited already.
    #[error("{} is awaited already", .0.says())]
    Awaits(Awaited),
    /// Nothing is awaited.
    #[error("nothing is awaited of whoever asked")]
    NothingAwaited,
    /// It was made longer already.
    #[error("the time was made longer already, and only once is lawful")]
    Extended,
    /// Article 12(3): within the first month.
    #[error("the time can be made longer until {0}, the end of the first month")]
    TooLateToExtend(Date),
}

use SubjectAccessCommand as Command;
use SubjectAccessRefusal as Refusal;

impl SubjectAccess {
    /// A request for access came in; `request` is its new id.
    pub fn ask(
        request: SubjectAccessId,
        command: Command,
        (today, calendar): (Date, &Calendar),
    ) -> Result<Vec<Change>, Refusal> {
        let Command::Ask { received_on, by, identity_checked, scope } = command else {
            return Err(Refusal::Unknown);
        };
        within(received_on, Date::MIN, today)?;
        let due_on = identity_checked.then(|| due_on(received_on, false, 0, calendar));
        let asked = Asked { request, received_on, by, identity_checked, due_on };
        let words = Words { text: scope, ..Words::default() };
        Ok(vec![Change::of(ChildEvent::SubjectAccessAsked(asked)).with(words.personal())])
    }

    /// What follows from saying this of it on a day, by the calendar of that day.
    pub fn decide(
        &self,
        command: Command,
        (today, calendar): (Date, &Calendar),
    ) -> Result<Vec<Change>, Refusal> {
        let request = self.request;
        match (self.answered, self.awaits, command) {
            (_, _, Command::Ask { .. }) => Err(Refusal::Unknown),
            (Some(_), _, _) => Err(Refusal::Answered),
            (None, Some((awaited, _)), Command::AskBack(..) | Command::Extend(..)) => {
                Err(Refusal::Awaits(awaited))
            }
            (None, None, Command::AskBack(_, awaits, on, text)) => {
                within(on, self.received_on, today)?;
                let paused = ChildEvent::SubjectAccessPaused(Paused { request, awaits, on });
                Ok(said(paused, text))
            }
            (None, None, Command::Resume(..)) => Err(Refusal::NothingAwaited),
            (None, Some((_, since)), Command::Resume(_, on)) => {
                within(on, since, today)?;
                let due_on = self.resumed(on).due(calendar);
                let resumed = Resumed { request, on, due_on };
                Ok(said(ChildEvent::SubjectAccessResumed(resumed), None))
            }
            (None, None, Command::Extend(_, because, text)) => {
                let due_on = self.extendable(because, today, calendar)?;
                let extended = Extended { request, because, due_on };
                Ok(said(ChildEvent::SubjectAccessExtended(extended), text))
            }
            (None, _, Command::Answer(_, how, on)) => {
                within(on, self.received_on, today)?;
                let answered = AnswerGiven { request, how, on };
                Ok(said(ChildEvent::SubjectAccessAnswered(answered), None))
            }
        }
    }

    fn extendable(
        &self,
        because: ExtendedBecause,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Date, Refusal> {
        match (self.extended, self.due_on) {
            (Some(_), _) => Err(Refusal::Extended),
            (None, Some(end)) if today > end => Err(Refusal::TooLateToExtend(end)),
            (None, _) => Ok(Self { extended: Some(because), ..self.clone() }.due(calendar)),
        }
    }

    /// As it stands once what was awaited came on this day. Without proof of who asks the month
    /// had not begun; otherwise it goes on where it stood still.
    fn resumed(&self, on: Date) -> Self {
        let mut resumed = self.clone();
        match resumed.awaits.take() {
            Some((Awaited::Identity, _)) => (resumed.runs_from, resumed.paused_days) = (on, 0),
            Some((Awaited::Clarification, since)) => resumed.paused_days += (on - since).get_days(),
            None => {}
        }
        resumed
    }

    fn due(&self, calendar: &Calendar) -> Date {
        due_on(self.runs_from, self.extended.is_some(), self.paused_days, calendar)
    }

    /// Follows one event of the child's stream: the requests for access that it had before, as
    /// they stand after it. An event about one that is not there changes nothing.
    #[must_use]
    pub fn follow(mut all: Vec<Self>, event: &ChildEvent) -> Vec<Self> {
        if let ChildEvent::SubjectAccessAsked(asked) = event {
            all.push(Self::begun(asked));
        }
        for one in &mut all {
            one.evolve(event);
        }
        all
    }

    /// Which request for access an event is about, if it is about one.
    #[must_use]
    pub fn spoken_of(event: &ChildEvent) -> Option<SubjectAccessId> {
        match event {
            ChildEvent::SubjectAccessAsked(it) => Some(it.request),
            ChildEvent::SubjectAccessPaused(it) => Some(it.request),
            ChildEvent::SubjectAccessResumed(it) => Some(it.request),
            ChildEvent::SubjectAccessExtended(it) => Some(it.request),
            ChildEvent::SubjectAccessAnswered(it) => Some(it.request),
            ChildEvent::Registered(_)
            | ChildEvent::ConsentRecorded(_)
            | ChildEvent::Linked(_)
            | ChildEvent::Unlinked(_)
            | ChildEvent::Held(_)
            | ChildEvent::HoldReleased(_)
            | ChildEvent::Erased(_) => None,
        }
    }

    /// As it stands once it was asked.
    #[must_use]
    pub fn begun(asked: &Asked) -> Self {
        let Asked { request, received_on, by, identity_checked, due_on } = *asked;
        let awaits = (!identity_checked).then_some((Awaited::Identity, received_on));
        Self {
            request,
            received_on,
            by,
            runs_from: received_on,
            paused_days: 0,
            awaits,
            extended: None,
            due_on,
            answered: None,
        }
    }

    /// Follows one event, if it is about this request for access.
    pub fn evolve(&mut self, event: &ChildEvent) {
        if Self::spoken_of(event) != Some(self.request) {
            return;
        }
        match event {
            ChildEvent::SubjectAccessPaused(it) => {
                (self.awaits, self.due_on) = (Some((it.awaits, it.on)), None);
            }
            ChildEvent::SubjectAccessResumed(it) => {
                *self = Self { due_on: Some(it.due_on), ..self.resumed(it.on) };
            }
            ChildEvent::SubjectAccessExtended(it) => {
                (self.extended, self.due_on) = (Some(it.because), Some(it.due_on));
            }
            ChildEvent::SubjectAccessAnswered(it) => self.answered = Some((it.how, it.on)),
            ChildEvent::SubjectAccessAsked(_)
            | ChildEvent::Registered(_)
            | ChildEvent::ConsentRecorded(_)
            | ChildEvent::Linked(_)
            | ChildEvent::Unlinked(_)
            | ChildEvent::Held(_)
            | ChildEvent::HoldReleased(_)
            | ChildEvent::Erased(_) => {}
        }
    }
}

/// Nothing has happened in time to come, or before it could.
fn within(on: Date, earliest: Date, today: Date) -> Result<(), Refusal> {
    match on {
        on if on > today => Err(Refusal::DayToCome),
        on if on < earliest => Err(Refusal::TooEarly(earliest)),
        _ => Ok(()),
    }
}

fn said(event: ChildEvent, text: Option<String>) -> Vec<Change> {
    let words = Words { text, ..Words::default() };
    vec![Change::of(event).with(words.personal())]
}
