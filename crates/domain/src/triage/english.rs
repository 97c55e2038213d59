//! A criterion as a sentence that a head teacher can read.

use super::criterion::{Criterion, Fact, Test, Value};
use crate::codes::{About, Concern, Phase, SchoolKind, SenProvision, Specialist, Support};
use crate::need::{Area, Need};

impl Criterion {
    /// The criterion in plain English.
    #[must_use]
    pub fn says(&self) -> String {
        let values = |last: &str| listed(&self.values, self.fact, last);
        let label = capital(self.fact.says());
        match (self.fact, self.test) {
            (Fact::LookedAfter | Fact::ChildInNeed | Fact::ChildProtection, _) => {
                let not = if self.values == [Value::Flag(false)] { "not " } else { "" };
                format!("The child is {not}{}", self.fact.says())
            }
            (
                Fact::NeedsAll | Fact::SupportSought | Fact::Concerns | Fact::Specialists,
                test @ (Test::AnyOf | Test::AllOf | Test::NoneOf),
            ) => match test {
                Test::NoneOf => format!("{label} do not include {}", values(" or ")),
                Test::AllOf => format!("{label} include {}", values(" and ")),
                Test::Is | Test::AnyOf | Test::AtLeast | Test::AtMost => {
                    format!("{label} include {}", values(" or "))
                }
            },
            (_, Test::Is | Test::AnyOf | Test::AllOf) => format!("{label} is {}", values(" or ")),
            (_, Test::NoneOf) => format!("{label} is not {}", values(" or ")),
            (_, Test::AtLeast) => format!("{label} is at least {}", values(" or ")),
            (_, Test::AtMost) => format!("{label} is at most {}", values(" or ")),
        }
    }
}

fn capital(text: &str) -> String {
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
        Value::Number(number) => number.to_string(),
        Value::Code(code) => named(code, fact).unwrap_or(code).to_owned(),
    }
}

fn pounds(pence: i64) -> String {
    let pounds = (pence / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in pounds.chars().enumerate() {
        if place > 0 && (pounds.len() - place).is_multiple_of(3) && grouped != "-" {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match pence.rem_euclid(100) {
        0 => format!("£{grouped}"),
        rest => format!("£{grouped}.{rest:02}"),
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
