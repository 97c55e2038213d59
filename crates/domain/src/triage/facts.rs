//! The facts that criteria are tested against, as they were on the day of receipt.

use super::criterion::Fact;
use crate::codes::{About, Concern, Phase, SchoolKind, SenProvision, Specialist, Support};
use crate::intake::Intake;
use crate::money::Money;
use crate::need::{Area, Need};
use crate::school::School;
use serde::{Deserialize, Serialize};

/// Everything a criterion may ask about. `None` is “not known”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Whom the request is about.
    pub about: About,
    /// The main need.
    #[serde(rename = "needs.primary")]
    pub primary: Option<Need>,
    /// The main need and the others.
    #[serde(rename = "needs.all")]
    pub all: Vec<Need>,
    /// The area of the main need.
    #[serde(rename = "needs.area")]
    pub area: Option<Area>,
    /// What the school already provides.
    pub sen_provision: Option<SenProvision>,
    /// -2 to 13.
    pub year_group: Option<i8>,
    /// Whole years on the day received, in London.
    pub age_years: Option<i16>,
    /// The school's phase.
    pub phase: Phase,
    /// What is asked for.
    pub support_sought: Vec<Support>,
    /// What worries the school.
    pub concerns: Vec<Concern>,
    /// Cycles tried and reviewed.
    pub cycles_completed: u16,
    /// Pence.
    pub provision_cost_per_year: i64,
    /// Specialists already involved.
    pub specialists: Vec<Specialist>,
    /// Looked after by an authority.
    pub looked_after: Option<bool>,
    /// A child in need.
    pub child_in_need: Option<bool>,
    /// On a child protection plan.
    pub child_protection: Option<bool>,
    /// How the school is run.
    #[serde(rename = "school.kind")]
    pub school_kind: SchoolKind,
}

/// The value of one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Actual {
    /// Not known: somebody can ask.
    Unknown,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// One code.
    Code(&'static str),
    /// Several codes.
    Codes(Vec<&'static str>),
}

impl Facts {
    /// The facts of a request from this school.
    #[must_use]
    pub fn of(intake: &Intake, school: &School) -> Self {
        let child = intake.child.clone().unwrap_or_default();
        let primary = intake.primary_need;
        let Money { pence } = intake.provision_cost_per_year();
        Self {
            about: intake.about,
            primary,
            all: primary.into_iter().chain(intake.other_needs.iter().copied()).collect(),
            area: primary.map(Need::area),
            sen_provision: child.sen_provision,
            year_group: child.year_group,
            age_years: child.age_years,
            phase: school.phase,
            support_sought: intake.support_sought.clone(),
            concerns: intake.concerns.clone(),
            cycles_completed: u16::try_from(intake.cycles_completed()).unwrap_or(u16::MAX),
            provision_cost_per_year: pence,
            specialists: intake.specialists.clone(),
            looked_after: child.looked_after,
            child_in_need: child.child_in_need,
            child_protection: child.child_protection,
            school_kind: school.kind,
        }
    }

    /// The value of one fact.
    #[must_use]
    pub fn actual(&self, fact: Fact) -> Actual {
        let code = |code: Option<&'static str>| code.map_or(Actual::Unknown, Actual::Code);
        let flag = |flag: Option<bool>| flag.map_or(Actual::Unknown, Actual::Flag);
        let number = |number: Option<i64>| number.map_or(Actual::Unknown, Actual::Number);
        match fact {
            Fact::About => Actual::Code(self.about.code()),
            Fact::NeedsPrimary => code(self.primary.map(Need::code)),
            Fact::NeedsAll => Actual::Codes(self.all.iter().map(|each| each.code()).collect()),
            Fact::NeedsArea => code(self.area.map(Area::code)),
            Fact::SenProvision => code(self.sen_provision.map(SenProvision::code)),
            Fact::YearGroup => number(self.year_group.map(i64::from)),
            Fact::AgeYears => number(self.age_years.map(i64::from)),
            Fact::Phase => Actual::Code(self.phase.code()),
            Fact::SupportSought => {
                Actual::Codes(self.support_sought.iter().map(|each| each.code()).collect())
            }
            Fact::Concerns => Actual::Codes(self.concerns.iter().map(|each| each.code()).collect()),
            Fact::CyclesCompleted => Actual::Number(i64::from(self.cycles_completed)),
            Fact::ProvisionCostPerYear => Actual::Number(self.provision_cost_per_year),
            Fact::Specialists => {
                Actual::Codes(self.specialists.iter().map(|each| each.code()).collect())
            }
            Fact::LookedAfter => flag(self.looked_after),
            Fact::ChildInNeed => flag(self.child_in_need),
            Fact::ChildProtection => flag(self.child_protection),
            Fact::SchoolKind => Actual::Code(self.school_kind.code()),
        }
    }
}
