//! What a school sends: the codes in one part, everything personal in another.
//!
//! The split happens here, once, by type. Triage, clocks and statistics see [`Intake`]
//! only, so they go on working, unchanged, after a child has been erased.

use crate::codes::{
    About, Channel, Concern, ConsentBy, Missing, Progress, SenProvision, Specialist, Support,
};
use crate::ids::Authority;
use crate::money::{Money, TenThousandths, yearly_cost};
use crate::need::Need;
use crate::personal::{Identity, Particulars};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A request for support as submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The codes.
    pub intake: Intake,
    /// Who asks, and their words.
    pub particulars: Particulars,
    /// Who the child is, when the request is about a child.
    pub child: Option<Identity>,
}

/// What triage and statistics need to know of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// How it reached the front door.
    pub channel: Channel,
    /// Whom it is about.
    pub about: About,
    /// The main need.
    pub primary_need: Option<Need>,
    /// Further needs.
    pub other_needs: Vec<Need>,
    /// What is asked for.
    pub support_sought: Vec<Support>,
    /// What worries the school.
    pub concerns: Vec<Concern>,
    /// Assess-plan-do-review cycles.
    pub tried: Vec<Cycle>,
    /// What the school provides.
    pub provision: Vec<Provision>,
    /// Specialists already involved.
    pub specialists: Vec<Specialist>,
    /// Consent, when anything was said of it.
    pub consent: Option<Consent>,
    /// Codes about the child.
    pub child: Option<ChildCodes>,
}

/// Codes about a child that name nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildCodes {
    /// Whole years of age on the day of receipt, in London.
    pub age_years: Option<i16>,
    /// -2 and -1 nursery, 0 reception, 1 to 13.
    pub year_group: Option<i8>,
    /// The authority in which the child lives; `None` is ours.
    pub home_authority: Option<Authority>,
    /// What the school already provides.
    pub sen_provision: Option<SenProvision>,
    /// Looked after by an authority.
    pub looked_after: Option<bool>,
    /// A child in need.
    pub child_in_need: Option<bool>,
    /// On a child protection plan.
    pub child_protection: Option<bool>,
}

/// One assess-plan-do-review cycle, without its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// When it began.
    pub started: Option<Date>,
    /// When it was reviewed; a cycle without a review is not complete.
    pub reviewed: Option<Date>,
    /// What came of it.
    pub outcome: Option<Progress>,
}

/// One costed provision, without its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision {
    /// Hours a week, 0 to 168.
    pub hours_per_week: Option<TenThousandths>,
    /// Weeks a year, 0 to 53.
    pub weeks_per_year: Option<TenThousandths>,
    /// Cost of an hour.
    pub cost_per_hour: Option<Money>,
}

/// What was said of consent, without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Given or not.
    pub given: bool,
    /// By whom.
    pub by: Option<ConsentBy>,
    /// On which day.
    pub on: Option<Date>,
    /// Safeguarding requires the request without consent; the reason is sealed.
    pub overridden: bool,
}

impl Intake {
    /// What must be there before anybody may look at the request.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let consented = self.consent.as_ref().is_some_and(|said| said.given || said.overridden);
        match self.about {
            About::Child if !consented => vec![Missing::Consent],
            About::Child | About::Group | About::School => vec![],
        }
    }

    /// How many cycles of support were completed: tried, and reviewed.
    #[must_use]
    pub fn cycles_completed(&self) -> usize {
        self.tried.iter().filter(|cycle| cycle.reviewed.is_some()).count()
    }

    /// What the school's provision costs in a year. An item without its figures adds
    /// nothing.
    #[must_use]
    pub fn provision_cost_per_year(&self) -> Money {
        yearly_cost(self.provision.iter().filter_map(|item| {
            Some((item.hours_per_week?, item.weeks_per_year?, item.cost_per_hour?))
        }))
    }
}

/// Whole years of age on `day`.
#[must_use]
pub fn age_years(date_of_birth: Date, day: Date) -> i16 {
    let had_birthday = (day.month(), day.day()) >= (date_of_birth.month(), date_of_birth.day());
    day.year() - date_of_birth.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_child_is_a_year_older_on_the_birthday_and_not_before() {
        assert_eq!(age_years(date(2017, 4, 9), date(2026, 4, 8)), 8);
        assert_eq!(age_years(date(2017, 4, 9), date(2026, 4, 9)), 9);
        assert_eq!(age_years(date(2016, 2, 29), date(2025, 2, 28)), 8);
    }
}
