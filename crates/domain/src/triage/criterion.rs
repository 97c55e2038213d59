//! One criterion: a fact, a test, and what it is tested against.

use super::facts::{Actual, Facts};
use crate::codes::{About, Concern, Phase, SchoolKind, SenProvision, Specialist, Support, codes};
use crate::need::{Area, Need};
use serde::{Deserialize, Serialize};

codes! {
    /// What may be asked about.
    Fact {
        About = "about", "whom the request is about";
        NeedsPrimary = "needs.primary", "the primary need";
        NeedsAll = "needs.all", "the needs";
        NeedsArea = "needs.area", "the area of need";
        SenProvision = "sen_provision", "the school's provision";
        YearGroup = "year_group", "the year group";
        AgeYears = "age_years", "the child's age in years";
        Phase = "phase", "the school's phase";
        SupportSought = "support_sought", "the support sought";
        Concerns = "concerns", "the concerns";
        CyclesCompleted = "cycles_completed", "the number of cycles tried and reviewed";
        ProvisionCostPerYear = "provision_cost_per_year", "the yearly cost of provision";
        Specialists = "specialists", "the specialists already involved";
        LookedAfter = "looked_after", "looked after";
        ChildInNeed = "child_in_need", "a child in need";
        ChildProtection = "child_protection", "on a child protection plan";
        SchoolKind = "school.kind", "the kind of school";
    }
}

codes! {
    /// How a fact is tested.
    Test {
        Is = "is", "is";
        AnyOf = "any_of", "is any of";
        AllOf = "all_of", "includes all of";
        NoneOf = "none_of", "is none of";
        AtLeast = "at_least", "is at least";
        AtMost = "at_most", "is at most";
    }
}

/// What a fact is tested against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A code.
    Code(String),
}

/// One criterion of a rule set, checked when the rule set was drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// What is asked about.
    pub fact: Fact,
    /// How.
    pub test: Test,
    /// Against what.
    pub values: Vec<Value>,
}

/// What kind of value a fact has, hence which tests it may be put to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// One of these codes.
    Code(Vec<&'static str>),
    /// Several of these codes.
    Codes(Vec<&'static str>),
}

impl Fact {
    /// What kind of value it has.
    #[must_use]
    pub fn kind(self) -> Kind {
        let needs = || Need::ever().map(Need::code).collect();
        match self {
            Fact::About => Kind::Code(all(About::ALL, About::code)),
            Fact::NeedsPrimary => Kind::Code(needs()),
            Fact::NeedsAll => Kind::Codes(needs()),
            Fact::NeedsArea => Kind::Code(all(Area::ALL, Area::code)),
            Fact::SenProvision => Kind::Code(all(SenProvision::ALL, SenProvision::code)),
            Fact::Phase => Kind::Code(all(Phase::ALL, Phase::code)),
            Fact::SchoolKind => Kind::Code(all(SchoolKind::ALL, SchoolKind::code)),
            Fact::SupportSought => Kind::Codes(all(Support::ALL, Support::code)),
            Fact::Concerns => Kind::Codes(all(Concern::ALL, Concern::code)),
            Fact::Specialists => Kind::Codes(all(Specialist::ALL, Specialist::code)),
            Fact::YearGroup
            | Fact::AgeYears
            | Fact::CyclesCompleted
            | Fact::ProvisionCostPerYear => Kind::Number,
            Fact::LookedAfter | Fact::ChildInNeed | Fact::ChildProtection => Kind::Flag,
        }
    }
}

fn all<T: Copy>(list: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    list.iter().map(|each| code(*each)).collect()
}

impl Criterion {
    /// Whether the facts meet it. `None`: the fact is not known, and might have met it.
    ///
    /// What is not known meets `none_of` and no other test.
    #[must_use]
    pub fn met(&self, facts: &Facts) -> Option<bool> {
        let actual = facts.actual(self.fact);
        if actual == Actual::Unknown {
            return (self.test == Test::NoneOf).then_some(true);
        }
        Some(match self.test {
            Test::Is => self.values.iter().all(|value| holds(&actual, value)),
            Test::AnyOf => self.values.iter().any(|value| holds(&actual, value)),
            Test::AllOf => self.values.iter().all(|value| holds(&actual, value)),
            Test::NoneOf => !self.values.iter().any(|value| holds(&actual, value)),
            Test::AtLeast => self.bound().is_some_and(|bound| number(&actual) >= Some(bound)),
            Test::AtMost => self.bound().is_some_and(|bound| number(&actual) <= Some(bound)),
        })
    }

    fn bound(&self) -> Option<i64> {
        self.values.iter().find_map(|value| match value {
            Value::Number(bound) => Some(*bound),
            Value::Flag(_) | Value::Code(_) => None,
        })
    }
}

fn number(actual: &Actual) -> Option<i64> {
    match actual {
        Actual::Number(number) => Some(*number),
        Actual::Unknown | Actual::Flag(_) | Actual::Code(_) | Actual::Codes(_) => None,
    }
}

/// Whether the fact is, or contains, this value.
fn holds(actual: &Actual, value: &Value) -> bool {
    match (actual, value) {
        (Actual::Flag(flag), Value::Flag(wanted)) => flag == wanted,
        (Actual::Number(number), Value::Number(wanted)) => number == wanted,
        (Actual::Code(code), Value::Code(wanted)) => code == wanted,
        (Actual::Codes(codes), Value::Code(wanted)) => codes.iter().any(|code| code == wanted),
        (
            Actual::Unknown
            | Actual::Flag(_)
            | Actual::Number(_)
            | Actual::Code(_)
            | Actual::Codes(_),
            Value::Flag(_) | Value::Number(_) | Value::Code(_),
        ) => false,
    }
}
