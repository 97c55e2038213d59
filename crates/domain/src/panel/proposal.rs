//! What a meeting could take up: proposed from what waits, within the time there is.
//!
//! Whoever waits longest on a promise comes first. What does not fit makes way for something
//! shorter that does, so that no minute is wasted; never for another of the same length. What
//! is left out and promised before the panel next decides is a promise at risk, and whoever
//! builds the agenda is told: a longer meeting, another depth or the chair's own decision can
//! still keep it. The officer proposes by it and a person disposes.

use crate::ids::RequestId;
use crate::panel::Depth;
use jiff::Timestamp;

/// A request that waits for the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub request: RequestId,
    /// When the panel's decision is promised; `None`: nothing is, or not any more.
    pub due_at: Option<Timestamp>,
    /// Since when it waits.
    pub since: Timestamp,
    /// How deep it is discussed.
    pub depth: Depth,
    /// How long that takes.
    pub minutes: u16,
}

/// What a meeting could take up, and what that leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// What it could take up, in this order.
    pub items: Vec<Waiting>,
    /// How long that takes, with what was fixed before.
    pub minutes: u32,
    /// What it could not take up, in promise order.
    pub left_out: Vec<Waiting>,
    /// What of that is promised before the panel's next meeting is over.
    pub at_risk: Vec<Waiting>,
}

impl Proposal {
    /// What fits into so many minutes, of which so many are taken. `decides_next_at`: when the
    /// meeting after this one is over; `None`: no other is in sight, and every promise that is
    /// left out is at risk.
    #[must_use]
    pub fn of(
        mut waiting: Vec<Waiting>,
        minutes_available: u32,
        minutes_taken: u32,
        decides_next_at: Option<Timestamp>,
    ) -> Self {
        waiting.sort_by_key(promise_order);
        let mut proposal = Self { minutes: minutes_taken, ..Self::default() };
        for item in waiting {
            let with_it = proposal.minutes.saturating_add(u32::from(item.minutes));
            if with_it <= minutes_available {
                proposal.minutes = with_it;
                proposal.items.push(item);
            } else {
                proposal.left_out.push(item);
            }
        }
        let too_late = |due: Timestamp| decides_next_at.is_none_or(|next| due < next);
        let at_risk = proposal.left_out.iter().filter(|item| item.due_at.is_some_and(too_late));
        proposal.at_risk = at_risk.copied().collect();
        proposal
    }
}

/// Whose turn it is: the earliest promise, then what is promised nothing; of those, whoever
/// has waited longest.
fn promise_order(item: &Waiting) -> (bool, Option<Timestamp>, Timestamp, RequestId) {
    (item.due_at.is_none(), item.due_at, item.since, item.request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_second(1_764_000_000 + day * 86_400).unwrap()
    }

    fn waiting(number: u128, due: Option<i64>, minutes: u16) -> Waiting {
        let depth = Depth::Standard;
        let request = RequestId(Uuid::from_u128(number));
        Waiting { request, due_at: due.map(day), since: day(0), depth, minutes }
    }

    fn numbers(items: &[Waiting]) -> Vec<u128> {
        items.iter().map(|item| item.request.0.as_u128()).collect()
    }

    #[test]
    fn the_earliest_promise_comes_first_and_something_shorter_fills_the_rest() {
        let queue = vec![
            waiting(1, None, 3),
            waiting(2, Some(20), 30),
            waiting(3, Some(5), 30),
            waiting(4, Some(9), 30),
            waiting(5, Some(30), 15),
        ];
        let proposal = Proposal::of(queue, 90, 12, Some(day(25)));
        assert_eq!(numbers(&proposal.items), [3, 4, 5, 1]);
        assert_eq!(proposal.minutes, 12 + 30 + 30 + 15 + 3);
        assert_eq!(numbers(&proposal.left_out), [2]);
        assert_eq!(numbers(&proposal.at_risk), [2], "promised before day 25");
    }

    #[test]
    fn what_is_left_out_and_can_wait_is_not_at_risk() {
        let queue = vec![waiting(1, Some(30), 30), waiting(2, None, 30)];
        let proposal = Proposal::of(queue.clone(), 20, 0, Some(day(30)));
        assert_eq!(numbers(&proposal.left_out), [1, 2]);
        assert_eq!(numbers(&proposal.at_risk), [0_u128; 0]);
        let without_another_meeting = Proposal::of(queue, 20, 0, None);
        assert_eq!(numbers(&without_another_meeting.at_risk), [1]);
    }

    #[test]
    fn a_meeting_that_is_full_or_over_full_takes_up_nothing() {
        let proposal = Proposal::of(vec![waiting(1, Some(1), 3)], 60, 90, None);
        assert_eq!((proposal.items.len(), proposal.minutes), (0, 90));
    }

    fn queues() -> impl Strategy<Value = Vec<Waiting>> {
        let due = prop::option::weighted(0.8, 0_i64..60);
        let minutes = prop::sample::select(vec![3_u16, 10, 15, 30, 45]);
        prop::collection::vec((due, minutes), 0..60).prop_map(|all| {
            let numbered = all.into_iter().zip(1_u128..);
            numbered.map(|((due, minutes), number)| waiting(number, due, minutes)).collect()
        })
    }

    proptest! {
        #[test]
        fn a_proposal_is_full_fair_and_honest(
            queue in queues(),
            available in 0_u32..300,
            taken in 0_u32..100,
            next in prop::option::of(0_i64..60),
        ) {
            let proposal = Proposal::of(queue.clone(), available, taken, next.map(day));
            let Proposal { items, left_out, at_risk, minutes } = &proposal;

            // Everything is somewhere, once.
            let everywhere: BTreeSet<u128> =
                numbers(items).into_iter().chain(numbers(left_out)).collect();
            prop_assert_eq!(everywhere.len(), queue.len());
            prop_assert_eq!(items.len() + left_out.len(), queue.len());

            // Never over time, except by what was fixed before.
            let of_items: u32 = items.iter().map(|item| u32::from(item.minutes)).sum();
            prop_assert_eq!(*minutes, taken + of_items);
            prop_assert!(items.is_empty() || *minutes <= available);

            for out in left_out {
                // Nothing is left out that would fit.
                prop_assert!(*minutes + u32::from(out.minutes) > available);
                // Nobody is left out for the sake of a later promise of the same length.
                for item in items.iter().filter(|item| item.minutes == out.minutes) {
                    prop_assert!(promise_order(item) < promise_order(out));
                }
                // At risk is exactly what is promised before the panel decides again.
                let late = out.due_at.is_some_and(|due| next.is_none_or(|next| due < day(next)));
                prop_assert_eq!(late, at_risk.contains(out));
            }
            prop_assert!(at_risk.iter().all(|item| left_out.contains(item)));
        }
    }
}
