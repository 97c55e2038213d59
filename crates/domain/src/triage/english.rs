//! A criterion as a sentence that a head teacher can read.

use super::criterion::{Criterion, Fact, Test, Value};
use super::ruleset::{CriterionDraft, WayInDraft};
use crate::codes::{About, Concern, Phase, SchoolKind, SenProvision, Specialist, Support};
use crate::need::{Area, Need};
use std::str::FromStr;

impl Criterion {
    /// The criterion in plain English.
    #[must_use]
    pub fn says(&self) -> String {
        let values = |last: &str| listed(&self.values, self.fact, last);
        let label = capital(self.fact.says());
        let is = if self.test == Test::NoneOf { "is not" } else { "is" };
        match (self.fact, self.test) {
            (Fact::LookedAfter | Fact::ChildInNeed | Fact::ChildProtection, _) => {
                let not = if self.values == [Value::Flag(false)] { "not " } else { "" };
                format!("The child is {not}{}", self.fact.says())
            }
            (Fact::About, _) => format!("The request {is} about {}", values(" or ")),
            (Fact::SupportSought, test) => {
                let include = if test == Test::NoneOf { "does not include" } else { "includes" };
                format!("{label} {include} {}", values(joined_by(test)))
            }
            (Fact::NeedsAll | Fact::Concerns | Fact::Specialists, test) => {
                let include = if test == Test::NoneOf { "do not include" } else { "include" };
                format!("{label} {include} {}", values(joined_by(test)))
            }
            (Fact::YearGroup, Test::AtLeast) => format!("{label} is {} or above", values(" or ")),
            (Fact::YearGroup, Test::AtMost) => format!("{label} is {} or below", values(" or ")),
            (_, Test::AtLeast) => format!("{label} is at least {}", values(" or ")),
            (_, Test::AtMost) => format!("{label} is at most {}", values(" or ")),
            (_, test) => format!("{label} {is} {}", values(joined_by(test))),
        }
    }
}

impl CriterionDraft {
    /// The criterion in plain English; of one with faults, what it is about.
    #[must_use]
    pub fn says(&self) -> String {
        self.checked().map_or_else(
            || {
                let about = meant(&self.fact, Fact::says);
                format!("{}: not said yet", capital(&about))
            },
            |criterion| criterion.says(),
        )
    }
}

impl WayInDraft {
    /// The way in as one sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let mut said = self.criteria.iter().map(CriterionDraft::says);
        let first = said.next().unwrap_or_default();
        said.fold(first, |sentence, next| format!("{sentence}, and {}", small(&next)))
    }
}

/// What a code means; one that nobody knows, as it was written.
pub(super) fn meant<T: FromStr>(code: &str, says: fn(T) -> &'static str) -> String {
    code.parse().map_or_else(|_| code.to_owned(), |known| says(known).to_owned())
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A value of a fact in plain English.
#[must_use]
pub fn value_says(value: &Value, fact: Fact) -> String {
    said(value, fact)
}

fn joined_by(test: Test) -> &'static str {
    if test == Test::AllOf { " and " } else { " or " }
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn listed(values: &[Value], fact: Fact, last: &str) -> String {
    let said: Vec<String> = values.iter().map(|value| said(value, fact)).collect();
    match said.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., final_one] => format!("{}{last}{final_one}", others.join(", ")),
    }
}

fn said(value: &Value, fact: Fact) -> String {
    match value {
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Number(pence) if fact == Fact::ProvisionCostPerYear => pounds(*pence),
        Value::Number(number) if fact == Fact::YearGroup => year_group(*number),
        Value::Number(number) => number.to_string(),
        Value::Code(code) => named(code, fact).unwrap_or(code).to_owned(),
    }
}

fn year_group(number: i64) -> String {
    match number {
        ..0 => format!("nursery ({number})"),
        0 => "reception".to_owned(),
        1.. => format!("year {number}"),
    }
}

fn pounds(pence: i64) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    let (pounds, rest) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    let pounds = pounds.to_string();
    let mut grouped = String::new();
    for (place, digit) in pounds.chars().enumerate() {
        if place > 0 && (pounds.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match rest {
        0 => format!("{sign}£{grouped}"),
        rest => format!("{sign}£{grouped}.{rest:02}"),
    }
}

fn named(code: &str, fact: Fact) -> Option<&'static str> {
    match fact {
        Fact::About => code.parse().map(About::says).ok(),
        Fact::NeedsPrimary | Fact::NeedsAll => {
            Need::ever().find(|need| need.code() == code).map(Need::says)
        }
        Fact::NeedsArea => code.parse().map(Area::says).ok(),
        Fact::SenProvision => code.parse().map(SenProvision::says).ok(),
        Fact::Phase => code.parse().map(Phase::says).ok(),
        Fact::SupportSought => code.parse().map(Support::says).ok(),
        Fact::Concerns => code.parse().map(Concern::says).ok(),
        Fact::Specialists => code.parse().map(Specialist::says).ok(),
        Fact::SchoolKind => code.parse().map(SchoolKind::says).ok(),
        Fact::YearGroup
        | Fact::AgeYears
        | Fact::CyclesCompleted
        | Fact::ProvisionCostPerYear
        | Fact::LookedAfter
        | Fact::ChildInNeed
        | Fact::ChildProtection => None,
    }
}
