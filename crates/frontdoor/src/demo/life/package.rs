//! With a package of support: each service asks about its part or takes it on, and whoever has
//! the key worker reviews it when that is due, or some weeks later.

use super::{DAY_MINUTES, Once, Step, Turn, Who, step};
use crate::demo::phrases::say;
use domain::calendar::london;
use domain::package::{
    Contribution, ContributionDraft, Frequency, OutcomeMet, PackageDraft, ReviewResult, Supported,
};
use domain::personal::{MeasuredWords, ReviewWords};
use domain::request::{Command, Follows, Review};
use jiff::civil::{Date, time};
use jiff::{SignedDuration, ToSpan as _};

const FOUND: [OutcomeMet; 5] =
    [OutcomeMet::Met, OutcomeMet::Met, OutcomeMet::Partly, OutcomeMet::Partly, OutcomeMet::NotMet];

impl Turn<'_> {
    /// A package goes on until its time is over or a review ends it.
    pub(super) fn packaged(&mut self, support: &Supported) -> Option<Step> {
        if let Some(service) = support.queries.first() {
            let words = say(&self.phrases.query_answers, &mut self.life.dice);
            let answer = Command::AnswerQuery(service.clone(), words);
            return Some(step(self.in_days(1, 3), Who::Panel, answer));
        }
        self.contributed().or_else(|| self.note()).or_else(|| self.review(support))
    }

    /// Each service that contributes asks, or takes its part on; then it calls the family.
    fn contributed(&mut self) -> Option<Step> {
        let parts = || self.case.contributing.iter();
        let offered = parts().find(|(_, part)| !part.accepted);
        let (service, part) =
            offered.or_else(|| parts().find(|(_, part)| part.contacted_at.is_none()))?;
        let who = Who::Service(service.clone());
        let minutes = self.life.dice.between(30..=DAY_MINUTES);
        let at = self.in_minutes(minutes);
        if part.accepted {
            let words = say(&self.phrases.contact, &mut self.life.dice);
            return Some(step(at, who, Command::RecordContact(service.clone(), words)));
        }
        if !self.life.did(Once::Queried) && self.life.dice.chance(12) {
            self.life.note(Once::Queried);
            let words = say(&self.phrases.queries, &mut self.life.dice);
            return Some(step(at, who, Command::QueryPart(service.clone(), words)));
        }
        Some(step(at, who, Command::Accept(service.clone())))
    }

    /// On its day or in the two weeks after; now and then so late that somebody is reminded.
    fn review(&mut self, support: &Supported) -> Option<Step> {
        let on_its_day = london::instant(support.package.review_on.to_datetime(time(10, 0, 0, 0)));
        let days = if self.life.dice.chance(15) { 14..=20 } else { 0..=6 };
        let minutes =
            self.life.dice.between(*days.start() * DAY_MINUTES..=days.end() * DAY_MINUTES);
        let from = on_its_day.max(self.at);
        let at = self.desk.calendar.add_working_time(from, SignedDuration::from_mins(minutes + 7));
        let day = london::wall(at).date();
        let running: Vec<&Contribution> = support.running_on(day).collect();
        if running.is_empty() || support.package.ends()? <= day {
            return None;
        }
        let results = running.iter().map(|each| ReviewResult {
            number: each.number,
            outcome: self.life.dice.pick(&FOUND).copied().unwrap_or(OutcomeMet::Partly),
        });
        let results = results.collect();
        let measured = running
            .iter()
            .map(|_| MeasuredWords { measure: self.life.dice.line(&self.phrases.measures) });
        let words = ReviewWords {
            measured: measured.collect(),
            text: self.life.dice.line(&self.phrases.reviews),
            package: None,
        };
        let (follows, words) = self.follows(support, &running, day, words);
        let by = super::PANEL_MANAGER.0.parse().ok()?;
        let review = Review { by, as_service: None, results, follows, words };
        Some(step(at, Who::Panel, Command::ReviewPackage(Box::new(review))))
    }

    fn follows(
        &mut self,
        support: &Supported,
        running: &[&Contribution],
        day: Date,
        words: ReviewWords,
    ) -> (Follows, ReviewWords) {
        let again_on = day.saturating_add(70.days());
        let luck = self.life.dice.below(100);
        if luck < 25 && !support.package.contributions.is_empty() {
            let regular = running.iter().filter(|each| each.frequency != Frequency::Once);
            let reduced: Vec<_> = regular.filter_map(|each| reduced(each, day)).collect();
            if let Some(first) = reduced.first() {
                let key_worker_of = first.provider.clone();
                let package = self.larder.described(&reduced, self.names, &mut self.life.dice);
                let draft = PackageDraft { key_worker_of, contributions: reduced };
                return (Follows::Change(draft), ReviewWords { package: Some(package), ..words });
            }
        }
        let goes_on = support.running_on(again_on).next().is_some();
        match luck {
            25..31 => (Follows::Refer, words),
            31..70 if goes_on => (Follows::Continue(again_on), words),
            _ => (Follows::End, words),
        }
    }
}

/// Half as much of it, for what is left of its time.
fn reduced(each: &Contribution, day: Date) -> Option<ContributionDraft> {
    let starts = day.tomorrow().ok()?;
    let review_on = starts.saturating_add(42.days());
    (review_on < each.ends).then(|| ContributionDraft {
        provider: each.provider.clone(),
        support: each.support,
        quantity: domain::money::TenThousandths(each.quantity.0 / 2),
        unit: each.unit,
        frequency: each.frequency,
        unit_cost: each.unit_cost,
        starts,
        ends: each.ends,
        funding: each.funding,
        review_on,
    })
}
