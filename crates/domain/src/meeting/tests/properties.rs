//! Whatever comes and goes: no decision is ever recorded without a quorum, and none is wrongly
//! blocked. The model knows no shifts and no roles of its own: it looks at everything that was
//! said, minute by minute.

use super::*;
use jiff::SignedDuration;
use proptest::prelude::*;

const NAMES: [&str; 7] = ["mira", "theo", "amal", "ruth", "lee", "joan", "hana"];

#[derive(Clone, Copy, Debug)]
enum Step {
    Comes(usize),
    Goes(usize),
    StandsAside(usize, u128),
    TakesPart(usize, u128),
    Decided(u128),
}

/// What a clerk would have written down, in order, each at its minute.
#[derive(Default)]
struct Notebook {
    room: Vec<(i64, usize, bool)>,
    aside: Vec<(usize, u128, bool)>,
}

impl Notebook {
    fn is_there(&self, member: usize, minute: i64) -> bool {
        let mut said = self.room.iter().filter(|(at, who, _)| *who == member && *at <= minute);
        said.next_back().is_some_and(|(.., there)| *there)
    }

    fn is_aside(&self, member: usize, item: u128) -> bool {
        let mut said = self.aside.iter().filter(|(who, what, _)| (*who, *what) == (member, item));
        said.next_back().is_some_and(|(.., aside)| *aside)
    }

    /// Four of them, with an education adviser, a psychologist and a school's leader.
    fn is_quorate(&self, item: u128, minute: i64) -> bool {
        let decides = |who: usize| self.is_there(who, minute) && !self.is_aside(who, item);
        let count = (0..NAMES.len()).filter(|who| decides(*who)).count();
        count >= 4 && (decides(0) || decides(1)) && decides(2) && (decides(3) || decides(4))
    }
}

fn steps() -> impl Strategy<Value = Vec<(Step, bool)>> {
    let member = || 0..NAMES.len();
    let item = || 1..=4_u128;
    let step = prop_oneof![
        6 => member().prop_map(Step::Comes),
        2 => member().prop_map(Step::Goes),
        2 => (member(), item()).prop_map(|(who, what)| Step::StandsAside(who, what)),
        1 => (member(), item()).prop_map(|(who, what)| Step::TakesPart(who, what)),
        4 => item().prop_map(Step::Decided),
    ];
    // A step happens in the minute of the one before, or a minute later.
    prop::collection::vec((step, any::<bool>()), 1..60)
}

/// Nobody has an interest that could be suspected.
fn nobody_is_suspected() -> Story {
    let mut terms = terms();
    for member in &mut terms.members {
        (member.school, member.service) = (None, None);
    }
    given(terms)
        .when(schedule(MEETS))
        .when(agenda(&[1, 2, 3, 4]))
        .when(MeetingCommand::Publish)
        .at(MEETS)
}

fn command(step: Step) -> MeetingCommand {
    match step {
        Step::Comes(member) => arrive(NAMES[member]),
        Step::Goes(member) => depart(NAMES[member]),
        Step::StandsAside(member, item) => recuse(NAMES[member], item),
        Step::TakesPart(member, item) => {
            let words = Words::text("No interest.");
            MeetingCommand::DismissInterest(who(NAMES[member]), request(item), words)
        }
        Step::Decided(item) => decide(item, to_a_service()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_item_is_decided_exactly_when_there_is_a_quorum_for_it(steps in steps()) {
        let mut story = nobody_is_suspected();
        let mut notebook = Notebook::default();
        let (mut minute, mut decided) = (0, BTreeSet::new());
        let mut opened = false;
        for (step, later) in steps {
            minute += i64::from(later);
            let at = at(MEETS) + SignedDuration::from_mins(minute);
            story.at = Moment { effective_at: at, recorded_at: at };
            story = story.when(command(step));
            let accepted = story.last.is_ok();
            match step {
                Step::Decided(item) => {
                    let should = opened
                        && !decided.contains(&item)
                        && notebook.is_quorate(item, minute);
                    prop_assert_eq!(accepted, should, "{:?} {:?}", step, story.last);
                    if accepted {
                        decided.insert(item);
                    }
                }
                Step::Comes(member) if accepted => notebook.room.push((minute, member, true)),
                Step::Goes(member) if accepted => notebook.room.push((minute, member, false)),
                Step::StandsAside(member, item) if accepted => {
                    notebook.aside.push((member, item, true));
                }
                Step::TakesPart(member, item) if accepted => {
                    notebook.aside.push((member, item, false));
                }
                Step::Comes(_) | Step::Goes(_) | Step::StandsAside(..) | Step::TakesPart(..) => {}
            }
            opened = opened || (accepted && matches!(step, Step::Comes(_)));
        }
        // What was decided was decided by exactly those who were a quorum then.
        for item in decided {
            let recorded = story.decided(item);
            let terms = &story.desk.panels[&panel()];
            let roles = recorded.deciding.iter().map(|who| terms.member(who).unwrap().role);
            prop_assert_eq!(terms.quorum.shortfall(roles), None);
            prop_assert!(recorded.aside.iter().all(|who| !recorded.deciding.contains(who)));
        }
    }
}
