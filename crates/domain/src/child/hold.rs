//! Holds: what is held may not be erased, whoever asks for it and however old it is.
//!
//! A council must keep what a court, a tribunal or an inquiry may ask for. A hold says why and
//! until when; it counts for the child under every pseudonym that a person linked.

use crate::codes::codes;
use crate::ids::HoldId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Why a child's record must be kept.
    HoldReason {
        Litigation = "litigation", "somebody is suing, or may";
        Complaint = "complaint", "a complaint is being looked into";
        Tribunal = "tribunal", "an appeal is before the tribunal";
        Safeguarding = "safeguarding", "an enquiry is made to protect a child";
        Police = "police", "the police asked for it";
        Iicsa = "iicsa", "the inquiry into child sexual abuse asked for it to be kept";
        Other = "other", "another reason, in words";
    }
}

codes! {
    /// Why a hold is released.
    ReleaseReason {
        Ended = "ended", "the reason for it has gone";
        Error = "error", "it should not have been placed";
        Other = "other", "another reason, in words";
    }
}

/// A hold on a child's record; the words for it are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its name.
    pub hold: HoldId,
    /// Why.
    pub reason: HoldReason,
    /// Its last day in London; `None`: until it is released.
    pub until: Option<Date>,
}

impl Hold {
    /// Whether it holds on a day in London, unless it was released.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

/// A hold was released; the words for it are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Which.
    pub hold: HoldId,
    /// Why.
    pub reason: ReleaseReason,
}

/// The holds of one child that nobody has released.
pub(super) type Holds = BTreeMap<HoldId, Hold>;

/// Why a hold cannot be placed or released so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoldRefusal {
    /// There is nothing left to hold.
    #[error("the child was erased, so there is nothing left to hold")]
    Erased,
    /// It would hold nothing.
    #[error("a hold lasts until today at least")]
    Over,
    /// There is no such hold, or it was released.
    #[error("there is no such hold on this child, or it was released before")]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::child::{Child, ChildRefusal, Standing};
    use crate::event::{Change, ChildEvent, Event};
    use crate::ids::ChildId;
    use crate::personal::Words;
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    const ONE: ChildId = ChildId(Uuid::from_u128(7));
    const OTHER: ChildId = ChildId(Uuid::from_u128(8));
    const HOLD: HoldId = HoldId(Uuid::from_u128(9));

    fn at(instant: &str) -> Timestamp {
        instant.parse().unwrap()
    }

    fn known() -> Child {
        Child::Known(Standing::default())
    }

    fn hold(until: Option<Date>) -> Hold {
        Hold { hold: HOLD, reason: HoldReason::Tribunal, until }
    }

    fn after(child: Child, change: &Change) -> Child {
        let Event::Child(event) = &change.event else { panic!("not about a child") };
        child.evolve(event)
    }

    fn held(until: Option<Date>) -> Child {
        let words = Words::text("an appeal was lodged");
        let change = known().hold(hold(until), words, at("2026-11-20T10:00:00Z")).unwrap();
        assert!(change.personal.is_some());
        after(known(), &change)
    }

    #[test]
    fn a_hold_on_one_pseudonym_keeps_all_of_them_from_being_erased() {
        let (held, free) = (held(None), known());
        let erase = Child::erase(&[(OTHER, &free), (ONE, &held)], at("2036-01-01T00:00:00Z"), None);
        assert_eq!(erase, Err(ChildRefusal::Held(vec![HOLD])));
        assert!(Child::erase(&[(OTHER, &free)], at("2036-01-01T00:00:00Z"), None).is_ok());
    }

    #[test]
    fn a_hold_lasts_through_its_last_day_in_london() {
        let held = held(Some(date(2027, 6, 30)));
        let erase = |instant| Child::erase(&[(ONE, &held)], at(instant), None);
        assert_eq!(erase("2027-06-30T22:59:59Z"), Err(ChildRefusal::Held(vec![HOLD])));
        assert!(erase("2027-06-30T23:00:00Z").is_ok());
    }

    #[test]
    fn a_hold_is_released_once_and_holds_no_longer() {
        let held = held(None);
        let released = Released { hold: HOLD, reason: ReleaseReason::Ended };
        let change = held.release(released.clone(), Words::default()).unwrap();
        let free = after(held, &change);
        assert!(Child::erase(&[(ONE, &free)], at("2026-12-01T10:00:00Z"), None).is_ok());
        let again = free.release(released, Words::default());
        assert_eq!(again, Err(HoldRefusal::Unknown.into()));
    }

    #[test]
    fn nothing_is_held_that_is_over_unknown_or_erased() {
        let now = at("2026-11-20T10:00:00Z");
        let place = |child: &Child, until| child.hold(hold(until), Words::default(), now);
        assert_eq!(place(&known(), Some(date(2026, 11, 19))), Err(HoldRefusal::Over.into()));
        assert!(place(&known(), Some(date(2026, 11, 20))).is_ok());
        assert_eq!(place(&Child::Unknown, None), Err(ChildRefusal::Unknown));
        let [erased] = &known().erased(now, None)[..] else { panic!("not erased") };
        let erased = after(known(), erased);
        assert_eq!(place(&erased, None), Err(HoldRefusal::Erased.into()));
    }

    #[test]
    fn an_erasure_that_was_decided_before_is_repeated_whatever_is_held_now() {
        let erased = held(None).erased(at("2026-11-20T10:00:00Z"), None);
        let names: Vec<_> = erased.iter().map(|change| change.event.name()).collect();
        assert_eq!(names, ["child.erased"]);
        assert!(matches!(&erased[0].event, Event::Child(ChildEvent::Erased(_))));
    }
}
