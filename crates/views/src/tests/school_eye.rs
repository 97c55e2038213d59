//! What a school could see at any moment of any request's life: never what is not for it.

use super::{Made, county, open};
use crate::{AsKnown, Scope, as_known};
use domain::event::{Event, RequestEvent};
use domain::request::Case;
use engine::Recorded;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What nobody tells a school, by name: written down here apart from what decides it.
const NEVER: [&str; 8] = [
    "request.noted",
    "request.escalated",
    "request.rota_gap_found",
    "request.criteria_gap_found",
    "request.promise_warned",
    "request.depth_set",
    "request.interest_declared",
    "request.part_queried",
];

/// What is known of a request, and of its child and school, in order.
fn story(events: &[Recorded], case: &Case) -> Vec<Recorded> {
    let child = case.child.map(|child| format!("child-{child}"));
    let streams: BTreeSet<_> = [format!("request-{}", case.id), format!("school-{}", case.school)]
        .into_iter()
        .chain(child)
        .collect();
    events.iter().filter(|event| streams.contains(&event.stream)).cloned().collect()
}

fn is_for_it(known: &AsKnown) {
    for entry in &known.timeline {
        assert!(!NEVER.contains(&entry.name.as_str()), "{}", entry.name);
        assert!(entry.words_visible_to_school || entry.sealed.is_none(), "{}", entry.name);
        assert!(!entry.because.is_empty());
    }
    // A decision that an officer has yet to ratify is not in force.
    let last = known.timeline.iter().rev().find_map(|entry| {
        let Some(Event::Request(RequestEvent::PanelDecided(decided))) = &entry.event else {
            return None;
        };
        Some(decided)
    });
    let ratified = || known.timeline.iter().any(|it| it.name == "request.decision_ratified");
    assert!(last.is_none_or(|decided| decided.awaits.is_none() || ratified()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn a_school_could_never_see_what_is_not_for_it(seed in 0..10_000_u64) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let county = county(seed, 80);
            let dir = tempfile::tempdir().unwrap();
            let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
            for case in county.requests.iter().filter_map(|(_, request)| request.case()) {
                let story = story(&county.events, case);
                let (own, id) = (Scope::School(case.school), case.id);
                for end in 1..=story.len() {
                    let then = story[..end].to_vec();
                    let seen = as_known(then.clone(), own.clone(), id).await.unwrap();
                    seen.iter().for_each(is_for_it);
                    let other = Scope::School(crate::county::school(case.school.0.as_u64_pair().1 + 1));
                    assert_eq!(as_known(then, other, id).await.unwrap(), None);
                }
                let now = as_known(story, own.clone(), id).await.unwrap().unwrap();
                assert_eq!(Some(now.timeline), views.timeline(own.clone(), id).await.unwrap());
                let live = views.request(own, id).await.unwrap().unwrap();
                assert_eq!(now.detail.case, live.case);
                assert_eq!(now.detail.asked, live.asked);
            }
        });
    }
}
