//! The story's own arithmetic: how long each school waited for its answer, counted minute by
//! minute, and what the figures must therefore say.

use frontdoor_tests::due;
use frontdoor_tests::story::Story;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

/// One promise to answer a school, as the story tells it.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) received: Timestamp,
    /// When the school was waited for, and until when.
    pub(super) waited: Vec<(Timestamp, Timestamp)>,
    /// When somebody answered; not yet.
    pub(super) answered: Option<Timestamp>,
    /// The days on which the council is closed, as far as it was known in time.
    pub(super) closures: Vec<Date>,
}

impl Waiting {
    /// The working minutes that the school waited for us.
    fn minutes(&self, until: Timestamp) -> i64 {
        let minutes = |from, to| due::working_minutes(from, to, &self.closures);
        let waited: i64 = self.waited.iter().map(|(from, to)| minutes(*from, *to)).sum();
        minutes(self.received, until) - waited
    }

    /// Whether so much time is within five working days after the day of receipt: what was left
    /// of that day, and five whole ones.
    fn in_time(&self, until: Timestamp) -> bool {
        let due = due::at_close_after(self.received, 5);
        self.minutes(until) <= due::working_minutes(self.received, due, &[])
    }
}

/// Every answer that the month owed.
#[derive(Debug, Default)]
pub(super) struct Figures(Vec<Waiting>);

impl Figures {
    pub(super) fn add(&mut self, answered: Waiting) {
        self.0.push(answered);
    }

    /// The group of the promise to respond, as the front door should report it at `now`.
    fn expected(&self, now: Timestamp) -> Value {
        let answers = || self.0.iter().filter_map(|it| Some((it, it.answered?)));
        let mut minutes: Vec<i64> = answers().map(|(it, at)| it.minutes(at)).collect();
        minutes.sort_unstable();
        let late_answers = answers().filter(|(it, at)| !it.in_time(*at)).count();
        let waiting = self.0.iter().filter(|it| it.answered.is_none());
        let (running, late) = waiting.partition::<Vec<_>, _>(|it| it.in_time(now));
        let kept = minutes.len() - late_answers;
        let rank = |percent: usize| minutes[(minutes.len() * percent).div_ceil(100) - 1];
        json!({
            "key": "respond", "name": null,
            "count": self.0.len(),
            "kept": kept,
            "breached": late_answers + late.len(),
            "running": running.len(),
            "share_kept": share(kept, kept + late_answers + late.len()),
            "median_working_minutes": rank(50),
            "p90_working_minutes": rank(90),
            "longest_working_minutes": minutes.last(),
        })
    }

    /// Compares with what the commissioner is told.
    pub(super) async fn are_those_of(&self, story: &Story) {
        let path = "/insights/response-times?from=2026-11-30&to=2026-12-31&group_by=promise";
        let told = story.caller("commissioner").get(path).await.expect(200);
        let groups = told["items"].as_array().expect("groups");
        let respond = groups.iter().find(|group| group["key"] == "respond");
        assert_eq!(respond, Some(&self.expected(story.now())));
    }
}

/// A share to four decimal places.
fn share(part: usize, whole: usize) -> f64 {
    let [part, whole] = [part, whole].map(|count| u32::try_from(count).expect("a small number"));
    (f64::from(part) / f64::from(whole) * 10_000.0).round() / 10_000.0
}
