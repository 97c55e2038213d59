//! How long records are kept, by class, and what has come to its end.
//!
//! A child's records are kept together and end together: nothing of one request can be made
//! unreadable without the rest, since there is one key. So a child is kept for as long as the
//! request of its that is kept longest, and while any request is open, it is kept.
//!
//! The periods that councils publish differ; those here are what is usual, with the source of
//! each, for a council to change. The record of accesses is in no class: it names children by
//! pseudonym alone, and is kept for as long as there is a log that it vouches for.

#[cfg(test)]
mod tests;

use crate::codes::{Ending, Support, codes};
use crate::request::{Case, Stage, Status};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// What kind of record it is. The first that fits a request is its class.
    RecordClass {
        LookedAfter = "looked_after", "a request for a child who is looked after";
        StatutoryAssessment = "statutory_assessment", "a request for an EHC needs assessment";
        Supported = "supported", "a request that led to support";
        Redirected = "redirected", "a request that another authority took over";
        ClosedWithoutSupport = "closed_without_support", "a request that led to no support";
        Draft = "draft", "what a school has begun to write";
    }
}

codes! {
    /// The day from which the period counts.
    RunsFrom {
        DateOfBirth = "date_of_birth", "the child's date of birth";
        Closed = "closed", "the day on which the request was closed";
        LastActivity = "last_activity", "the last day on which anything happened";
    }
}

/// How long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// So many days.
    Days(u16),
    /// So many years.
    Years(u16),
}

/// How long one class is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRule {
    /// From which day on.
    pub from: RunsFrom,
    /// For how long.
    pub keep: Period,
    /// Where the rule comes from: a regulation, a toolkit, the council's own schedule.
    pub source: String,
}

/// How long each class is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RetentionSchedule {
    /// The rule of every class.
    pub rules: BTreeMap<RecordClass, RetentionRule>,
}

/// Something about a schedule that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionFault {
    /// Of which class.
    pub class: RecordClass,
    /// Which part of its rule; nothing when there is none.
    pub field: &'static str,
    /// What it should be.
    pub says: &'static str,
}

/// What is to be known of a request to tell how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its class.
    pub class: RecordClass,
    /// The day on which it was closed.
    pub closed_on: Date,
    /// The last day on which anything happened.
    pub last_activity_on: Date,
}

/// Until when something is kept, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptUntil {
    /// By the rule of which class.
    pub class: RecordClass,
    /// Since which day the period counts.
    pub since: Date,
    /// The first day on which it need not be kept any more.
    pub due_on: Date,
}

/// The longest period: nobody's record is kept longer than a life.
const MOST_YEARS: u16 = 120;
const MOST_DAYS: u16 = 3_650;

impl Default for RetentionSchedule {
    fn default() -> Self {
        use RecordClass as C;
        let toolkit = "IRMS Toolkit for Schools: SEN files are kept until the child is 25; some \
                       councils keep them until 31 or 35";
        let rule = |from, years, source: &str| RetentionRule {
            from,
            keep: Period::Years(years),
            source: source.to_owned(),
        };
        let born = RunsFrom::DateOfBirth;
        let care = "Care Planning, Placement and Case Review (England) Regulations 2010, \
                    regulation 50: the 75th anniversary of the child's birth";
        let limits = "Limitation Act 1980, section 5: six years";
        let rules = [
            (C::LookedAfter, rule(born, 75, care)),
            (C::StatutoryAssessment, rule(born, 25, toolkit)),
            (C::Supported, rule(born, 25, toolkit)),
            (C::Redirected, rule(RunsFrom::Closed, 6, limits)),
            (C::ClosedWithoutSupport, rule(RunsFrom::Closed, 6, limits)),
            (
                C::Draft,
                RetentionRule {
                    from: RunsFrom::LastActivity,
                    keep: Period::Days(90),
                    source: "UK GDPR, article 5(1)(c) and (e): what was never sent is not needed \
                             once a term has passed"
                        .to_owned(),
                },
            ),
        ];
        Self { rules: rules.into() }
    }
}

impl RetentionSchedule {
    /// Everything about this schedule that makes no sense.
    #[must_use]
    pub fn faults(&self) -> Vec<RetentionFault> {
        let of = |class: &RecordClass| match self.rules.get(class) {
            None => vec![("", "every class needs a rule")],
            Some(rule) => rule.faults(*class),
        };
        let fault = |class: RecordClass| move |(field, says)| RetentionFault { class, field, says };
        RecordClass::ALL.iter().flat_map(|class| of(class).into_iter().map(fault(*class))).collect()
    }

    /// How many days a draft is kept since it was last saved.
    #[must_use]
    pub fn draft_days(&self) -> u16 {
        match self.rules.get(&RecordClass::Draft).map(|rule| rule.keep) {
            Some(Period::Days(days)) => days,
            Some(Period::Years(years)) => years.saturating_mul(366),
            None => MOST_DAYS,
        }
    }

    /// Until when a child is kept whose requests have all ended. `None` when a date of birth
    /// is needed that nobody knows, or when there is no request: a person must decide.
    #[must_use]
    pub fn kept_until(&self, ended: &[Ended], born: Option<Date>) -> Option<KeptUntil> {
        let of = |ended: &Ended| self.rules.get(&ended.class)?.kept_until(ended, born);
        let all: Option<Vec<_>> = ended.iter().map(of).collect();
        all?.into_iter().max_by_key(|kept| kept.due_on)
    }

    /// Whether the date of birth matters to these.
    #[must_use]
    pub fn asks_birth(&self, ended: &[Ended]) -> bool {
        let born = |ended: &Ended| {
            self.rules.get(&ended.class).is_some_and(|rule| rule.from == RunsFrom::DateOfBirth)
        };
        ended.iter().any(born)
    }
}

impl RetentionRule {
    fn faults(&self, class: RecordClass) -> Vec<(&'static str, &'static str)> {
        let draft = class == RecordClass::Draft;
        let from = match self.from {
            RunsFrom::LastActivity => true,
            RunsFrom::DateOfBirth | RunsFrom::Closed => !draft,
        };
        let keep = match self.keep {
            Period::Days(days) => draft && (1..=MOST_DAYS).contains(&days),
            Period::Years(years) => !draft && (1..=MOST_YEARS).contains(&years),
        };
        let kept = if draft { "1 to 3650 days" } else { "1 to 120 years" };
        let rules = [
            (from, "from", "a draft is kept from its last activity"),
            (keep, "keep", kept),
            (!self.source.trim().is_empty(), "source", "where the rule comes from"),
        ];
        let broken = rules.into_iter().filter(|(holds, ..)| !holds);
        broken.map(|(_, field, says)| (field, says)).collect()
    }

    fn kept_until(&self, ended: &Ended, born: Option<Date>) -> Option<KeptUntil> {
        let since = match self.from {
            RunsFrom::DateOfBirth => born?,
            RunsFrom::Closed => ended.closed_on,
            RunsFrom::LastActivity => ended.last_activity_on,
        };
        let span = match self.keep {
            Period::Days(days) => i64::from(days).days(),
            Period::Years(years) => i64::from(years).years(),
        };
        let end = since.saturating_add(span);
        // Nothing goes before the request itself has been over for a while: a young adult of
        // 24 who asks for help is not forgotten the next year.
        let due_on = end.max(ended.closed_on.saturating_add(LEAST_YEARS_CLOSED.years()));
        Some(KeptUntil { class: ended.class, since, due_on })
    }
}

/// A complaint to the Local Government and Social Care Ombudsman may come a year after.
const LEAST_YEARS_CLOSED: i64 = 1;

/// Which class a request is of; `None` while it is open.
#[must_use]
pub fn class_of(case: &Case) -> Option<RecordClass> {
    if case.status() != Status::Closed {
        return None;
    }
    let looked_after = case.intake.child.as_ref().and_then(|child| child.looked_after);
    let ehc = case.intake.support_sought.contains(&Support::EhcAssessment);
    let ended = |ending| case.stage == Stage::Closed { ending };
    Some(if looked_after == Some(true) {
        RecordClass::LookedAfter
    } else if ehc || case.statutory.is_some() {
        RecordClass::StatutoryAssessment
    } else if case.support.is_some() || ended(Ending::SupportComplete) {
        RecordClass::Supported
    } else if ended(Ending::Redirected) {
        RecordClass::Redirected
    } else {
        RecordClass::ClosedWithoutSupport
    })
}
