//! The county's packages of support: agreed by its panels, asked about, reviewed, and over.

use super::{County, one_of, slug};
use domain::calendar::london;
use domain::codes::{ReasonCode, Support};
use domain::ids::{AccountId, MeetingId, RequestId};
use domain::money::{Money, TenThousandths};
use domain::package::{
    ContributionDraft, Frequency, FundingSource, OutcomeMet, PackageDraft, Provider, ReviewResult,
    Unit,
};
use domain::personal::{MeasuredWords, ReviewWords, RulingWords, Words};
use domain::request::event::{Evidence, Reason, RuledBy};
use domain::request::{Case, Command, Decision, Follows, Request, Review, Ruling, Stage};
use domain::service::Agency;
use jiff::ToSpan as _;
use jiff::civil::Date;

impl County {
    /// Somebody does something about a package that is in force, or time does.
    pub(crate) fn support(&mut self) {
        if self.throw().is_multiple_of(3) {
            return self.agree();
        }
        let cases = self.requests.iter().enumerate();
        let supported: Vec<usize> = cases
            .filter(|(_, (_, it))| it.case().is_some_and(|it| it.package_in_force().is_some()))
            .map(|(index, _)| index)
            .collect();
        if supported.is_empty() {
            return;
        }
        let index = one_of(&supported, self.throw());
        let command = self.about_a_package(index);
        let state = &self.requests[index].1;
        if let Ok(changes) = state.decide(command, &self.desk, self.moment()) {
            self.follow(index, changes);
        }
    }

    /// The panel agrees a package for the last request in its queue.
    fn agree(&mut self) {
        let queued = |(_, it): &(RequestId, Request)| {
            it.case().is_some_and(|case| matches!(case.stage, Stage::AwaitingPanel { .. }))
        };
        let Some(index) = self.requests.iter().rposition(queued) else { return };
        let panel = self.requests[index].1.case().and_then(Case::panel).cloned().unwrap();
        let meeting: MeetingId = "meeting-1".parse().unwrap();
        let reason = Reason { code: ReasonCode::CriteriaMet, criteria: vec!["a/b".to_owned()] };
        let ruling = Ruling {
            panel,
            by: RuledBy::Meeting(meeting.clone()),
            decision: Decision::Package(self.package()),
            reason: Some(reason),
            evidence: vec![Evidence::Request],
            words: RulingWords { text: Some("…".to_owned()), ..RulingWords::default() },
        };
        for command in [Command::PutOnAgenda(meeting), Command::Rule(Box::new(ruling))] {
            let state = &self.requests[index].1;
            if let Ok(changes) = state.decide(command, &self.desk, self.moment()) {
                self.follow(index, changes);
            }
        }
    }

    fn about_a_package(&mut self, index: usize) -> Command {
        let service = slug(one_of(&["sensory-support", "outreach"], self.throw()));
        let words = Words::text("…");
        match self.throw() % 6 {
            0 => Command::QueryPart(service, words),
            1 => Command::AnswerQuery(service, words),
            2 => self.review(index),
            _ => Command::Check,
        }
    }

    fn review(&mut self, index: usize) -> Command {
        let support = self.requests[index].1.case().and_then(|case| case.support.clone());
        let contributions = support.iter().flat_map(|it| &it.package.contributions);
        let numbers: Vec<u16> = contributions.map(|each| each.number).collect();
        let outcome = one_of(OutcomeMet::ALL, self.throw());
        let follows = match self.throw() % 8 {
            0 => Follows::End,
            1 => Follows::Refer,
            2..5 => Follows::Change(self.package()),
            _ => Follows::Continue(self.today().saturating_add(3.days())),
        };
        let measured = || MeasuredWords { measure: "…".to_owned() };
        let by: AccountId = "ann".parse().unwrap();
        Command::ReviewPackage(Box::new(Review {
            by,
            as_service: None,
            results: numbers
                .iter()
                .map(|number| ReviewResult { number: *number, outcome })
                .collect(),
            follows,
            words: ReviewWords {
                text: "…".to_owned(),
                measured: numbers.iter().map(|_| measured()).collect(),
                package: None,
            },
        }))
    }

    /// Up to three contributions from today on, for some weeks or years.
    pub(crate) fn package(&mut self) -> PackageDraft {
        let count = self.throw() % 3 + 1;
        let contributions: Vec<_> = (0..count).map(|place| self.contribution(place)).collect();
        let key_worker_of = contributions[0].provider.clone();
        PackageDraft { key_worker_of, contributions }
    }

    fn contribution(&mut self, place: u64) -> ContributionDraft {
        let starts = self.today();
        let days = one_of(&[2, 9, 100, 500], self.throw());
        let provider = match self.throw() % 3 {
            0 => Provider::Agency(one_of(Agency::ALL, self.throw())),
            1 => Provider::Service(slug("outreach")),
            _ => Provider::Service(slug("sensory-support")),
        };
        let all = [Frequency::Once, Frequency::Weekly, Frequency::Monthly];
        ContributionDraft {
            provider,
            support: Support::Outreach,
            // Never two alike.
            quantity: TenThousandths(i64::try_from(place + 1).unwrap() * 7_500),
            unit: Unit::Hour,
            frequency: one_of(&all, self.throw()),
            unit_cost: Money { pence: i64::try_from(self.throw() % 9_000).unwrap() },
            starts,
            ends: starts.saturating_add(days.days()),
            funding: one_of(FundingSource::ALL, self.throw()),
            review_on: starts.saturating_add((days / 2).days()),
        }
    }

    fn today(&self) -> Date {
        london::wall(self.now).date()
    }
}
