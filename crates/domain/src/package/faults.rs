//! What makes a package one that nobody can have meant, or that nobody may agree.

use super::occasions::{ends_beyond_terms, occasions};
use super::{ContributionDraft, Frequency, PackageDraft, PackageFault, Provider};
use crate::desk::Desk;
use crate::money::TenThousandths;
use jiff::ToSpan as _;

/// The most contributions to one package.
pub const MOST_CONTRIBUTIONS: usize = 30;
/// The most of anything that is given at once, in units.
pub const MOST_UNITS: i32 = 1_000;
/// The most that one unit may cost, in pence: a hundred thousand pounds.
pub const MOST_UNIT_COST_PENCE: i64 = 10_000_000;
/// What is agreed for longer than so many years is endless.
pub const MOST_YEARS: i32 = 3;

impl PackageDraft {
    /// Everything that is wrong with it, all at once.
    pub(super) fn faults(&self, desk: &Desk) -> Vec<PackageFault> {
        let mut faults = Vec::new();
        let mut say = |at: String, says: String| faults.push(PackageFault { at, says });
        if let Some(says) = no_provider(&self.key_worker_of, desk) {
            say("key_worker_of".to_owned(), says);
        }
        let count = self.contributions.len();
        if count == 0 {
            say("contributions".to_owned(), "at least one contribution".to_owned());
        } else if count > MOST_CONTRIBUTIONS {
            let says = format!("at most {MOST_CONTRIBUTIONS} contributions; there are {count}");
            say("contributions".to_owned(), says);
        }
        for (place, draft) in self.contributions.iter().enumerate() {
            let here = |field: &str| format!("contributions/{place}{field}");
            draft.faults(desk, |field, says| say(here(&format!("/{field}")), says));
            if let Some(first) = self.contributions.iter().position(|other| other == draft)
                && first < place
            {
                let says = format!("the same as contribution {first}: give more of that instead");
                say(here(""), says);
            }
        }
        faults
    }
}

impl ContributionDraft {
    fn faults(&self, desk: &Desk, mut say: impl FnMut(&str, String)) {
        if let Some(says) = no_provider(&self.provider, desk) {
            say("service", says);
        }
        let most = TenThousandths::whole(MOST_UNITS);
        if self.quantity <= TenThousandths::whole(0) || self.quantity > most {
            say("quantity", format!("more than 0, and at most {MOST_UNITS}"));
        }
        if !(0..=MOST_UNIT_COST_PENCE).contains(&self.unit_cost.pence) {
            say("unit_cost/pence", format!("from 0 to {MOST_UNIT_COST_PENCE}"));
        }
        let endless = self.ends >= self.starts.saturating_add(MOST_YEARS.years());
        if self.ends < self.starts {
            say("ends", "not before it starts".to_owned());
        } else if endless {
            let says = format!("within {MOST_YEARS} years of its start: nothing is endless");
            say("ends", says);
        } else {
            self.faults_of_time(desk, say);
        }
    }

    /// Of one that starts and ends as it should.
    fn faults_of_time(&self, desk: &Desk, mut say: impl FnMut(&str, String)) {
        if self.review_on < self.starts || self.review_on > self.ends {
            say("review_on", "from its first day to its last".to_owned());
        }
        let calendar = &desk.calendar;
        let in_terms = self.frequency == Frequency::TermWeekly;
        if in_terms && ends_beyond_terms(self.starts, self.ends, calendar) {
            say(
                "ends",
                calendar.terms_end().map_or_else(
                    || "no school terms are published, so nothing can go by them".to_owned(),
                    |last| {
                        format!("within the school terms that are published, which end on {last}")
                    },
                ),
            );
        } else if occasions(self.frequency, self.starts, self.ends, calendar).next().is_none() {
            say("ends", "it would never be given: no school week lies in its time".to_owned());
        }
    }
}

fn no_provider(provider: &Provider, desk: &Desk) -> Option<String> {
    let service = provider.service()?;
    match desk.services.get(service) {
        None => Some(format!("the directory has no service “{service}”")),
        Some(entry) if !entry.takes_requests() => {
            Some(format!("the service “{service}” takes no requests any more"))
        }
        Some(_) => None,
    }
}
