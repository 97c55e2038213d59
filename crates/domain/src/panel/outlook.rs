//! When a panel decides next: at the meetings that were called, and then as its cycle has them.

use crate::calendar::london;
use crate::desk::Desk;
use crate::ids::{MeetingId, PanelId};
use jiff::{SignedDuration, Timestamp};

/// A meeting that is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingToCome {
    /// Which; `None`: nobody has called it yet, the cycle says when it would be.
    pub meeting: Option<MeetingId>,
    /// When it starts,
    pub starts_at: Timestamp,
    /// and when it should be over.
    pub ends_at: Timestamp,
}

impl Desk {
    /// The next `count` meetings of a panel that are not over at this instant: those that were
    /// called, then, later than these, the dates of its cycle.
    #[must_use]
    pub fn meetings_to_come(
        &self,
        panel: &PanelId,
        at: Timestamp,
        count: usize,
    ) -> Vec<MeetingToCome> {
        let diary = self.diary(panel);
        let open = diary.meetings.iter().filter(|(_, slot)| !slot.closed && slot.ends_at > at);
        let mut to_come: Vec<_> = open
            .map(|(id, slot)| MeetingToCome {
                meeting: Some(id.clone()),
                starts_at: slot.starts_at,
                ends_at: slot.ends_at,
            })
            .collect();
        to_come.sort_by_key(|meeting| meeting.starts_at);
        to_come.truncate(count);
        let last = to_come.last().map(|meeting| meeting.starts_at);
        let missing = count - to_come.len();
        to_come.extend(self.by_cycle(panel, at, last, missing));
        to_come
    }

    /// Meetings of its cycle that have not begun, on days after that of the last one called.
    fn by_cycle(
        &self,
        panel: &PanelId,
        at: Timestamp,
        called: Option<Timestamp>,
        count: usize,
    ) -> Vec<MeetingToCome> {
        let Some((terms, _)) = self.terms(panel) else { return vec![] };
        let after_called = called.and_then(|last| london::wall(last).date().tomorrow().ok());
        let from = after_called.unwrap_or_else(|| london::wall(at).date());
        // One more than asked for: today's may have begun.
        let dates = terms.cycle.next_dates(&self.calendar, from, count.saturating_add(1));
        let lasts = SignedDuration::from_mins(i64::from(terms.minutes_available));
        let starts = dates.into_iter().map(|date| terms.cycle.starts_at(date));
        let meetings = starts.filter(|starts_at| *starts_at > at).map(|starts_at| {
            let ends_at = starts_at.saturating_add(lasts).unwrap_or(starts_at);
            MeetingToCome { meeting: None, starts_at, ends_at }
        });
        meetings.take(count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{DeskEvent, MeetingEntered, MeetingHeld};

    fn at(instant: &str) -> Timestamp {
        instant.parse().unwrap()
    }

    fn panel() -> PanelId {
        "communication-interaction".parse().unwrap()
    }

    fn entered(desk: &mut Desk, day: &str) {
        let starts_at = at(&format!("{day}T09:30:00Z"));
        let event = DeskEvent::MeetingEntered(MeetingEntered {
            panel: panel(),
            meeting: format!("{}-{day}", panel()).parse().unwrap(),
            starts_at,
            ends_at: starts_at.saturating_add(SignedDuration::from_hours(3)).unwrap(),
        });
        desk.apply(&event, 1);
    }

    fn to_come(desk: &Desk, now: &str, count: usize) -> Vec<(String, bool)> {
        let found = desk.meetings_to_come(&panel(), at(now), count).into_iter();
        found.map(|it| (it.starts_at.to_string(), it.meeting.is_some())).collect()
    }

    #[test]
    fn meetings_that_were_called_come_before_those_that_the_cycle_would_have() {
        let mut desk = crate::county::desk();
        let by_cycle = to_come(&desk, "2026-11-20T10:00:00Z", 2);
        assert!(by_cycle.iter().all(|(_, called)| !called));
        entered(&mut desk, "2026-11-25");
        let found = to_come(&desk, "2026-11-20T10:00:00Z", 2);
        assert_eq!(found[0], ("2026-11-25T09:30:00Z".to_owned(), true));
        assert!(!found[1].1 && found[1].0 > found[0].0);
        assert_eq!(to_come(&desk, "2026-11-25T12:00:00Z", 2), found, "it is under way");
        assert_ne!(to_come(&desk, "2026-11-25T12:30:00Z", 2), found, "it should be over");
    }

    #[test]
    fn a_meeting_that_was_closed_is_not_to_come() {
        let mut desk = crate::county::desk();
        entered(&mut desk, "2026-11-25");
        let meeting = format!("{}-2026-11-25", panel()).parse().unwrap();
        desk.apply(&DeskEvent::MeetingHeld(MeetingHeld { panel: panel(), meeting }), 2);
        assert!(to_come(&desk, "2026-11-25T10:00:00Z", 1).iter().all(|(_, called)| !called));
    }

    #[test]
    fn nobody_knows_when_a_panel_meets_that_there_is_not() {
        let nowhere = "nowhere".parse().unwrap();
        let found = crate::county::desk().meetings_to_come(&nowhere, Timestamp::UNIX_EPOCH, 3);
        assert_eq!(found, []);
    }
}
