//! What is promised, and how long it may take.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, weeks_after};

/// Something a school, or the law, may expect by a due instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// The school knows that its request has arrived and who is accountable.
    Acknowledge,
    /// A person or a service has answered the school.
    Respond,
    /// The panel has decided.
    PanelDecision,
    /// The service has been in touch with the family.
    FirstContact,
    /// The authority has decided whether to assess for an EHC plan: regulation 5 of the
    /// Special Educational Needs and Disability Regulations 2014.
    EhcDecideToAssess,
    /// The authority has decided whether to issue a plan, if it does not: regulation 10.
    EhcDecideNotToIssue,
    /// The final plan is there: regulation 13.
    EhcFinalPlan,
}

impl Promise {
    /// Every promise, in the order of a request's life.
    pub const ALL: [Self; 7] = [
        Self::Acknowledge,
        Self::Respond,
        Self::PanelDecision,
        Self::FirstContact,
        Self::EhcDecideToAssess,
        Self::EhcDecideNotToIssue,
        Self::EhcFinalPlan,
    ];

    /// Those that a statute makes, in the order in which they fall due.
    pub const STATUTORY: [Self; 3] =
        [Self::EhcDecideToAssess, Self::EhcDecideNotToIssue, Self::EhcFinalPlan];

    /// Its name wherever it is written: in the API, in events, in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Respond => "respond",
            Self::PanelDecision => "panel_decision",
            Self::FirstContact => "first_contact",
            Self::EhcDecideToAssess => "ehc_decide_to_assess",
            Self::EhcDecideNotToIssue => "ehc_decide_not_to_issue",
            Self::EhcFinalPlan => "ehc_final_plan",
        }
    }

    /// Whether a statute made it. Such a clock never pauses: regulation 10 excuses lateness,
    /// it does not stop time.
    #[must_use]
    pub fn is_statutory(self) -> bool {
        Self::STATUTORY.contains(&self)
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no promise has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no promise {0:?}; there are acknowledge, respond, panel_decision, first_contact, \
     ehc_decide_to_assess, ehc_decide_not_to_issue and ehc_final_plan"
)]
pub struct UnknownPromise(pub String);

impl FromStr for Promise {
    type Err = UnknownPromise;

    fn from_str(name: &str) -> Result<Self, UnknownPromise> {
        Self::ALL
            .into_iter()
            .find(|promise| promise.as_str() == name)
            .ok_or_else(|| UnknownPromise(name.to_owned()))
    }
}

/// How long a promise may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowance {
    /// To the close of the n-th working day after that of receipt.
    WorkingDays(u32),
    /// To the end of the day so many weeks on.
    CalendarWeeks(u32),
}

impl Allowance {
    /// When a promise with this allowance falls due, if nothing pauses it.
    #[must_use]
    pub fn due(self, received: Timestamp, calendar: &Calendar) -> Timestamp {
        match self {
            Self::WorkingDays(days) => calendar.close_of_working_day_after(received, days),
            Self::CalendarWeeks(weeks) => weeks_after(received, weeks),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_has_one_name_everywhere() {
        for promise in Promise::ALL {
            assert_eq!(promise.as_str().parse(), Ok(promise));
            assert_eq!(serde_json::to_value(promise).unwrap(), promise.as_str());
        }
    }

    #[test]
    fn an_unknown_promise_is_refused_with_those_there_are() {
        let error = "reply".parse::<Promise>().unwrap_err().to_string();
        assert!(error.contains(r#""reply""#), "{error}");
        for promise in Promise::ALL {
            assert!(error.contains(promise.as_str()), "{error}");
        }
    }

    #[test]
    fn an_allowance_is_stored_with_its_unit() {
        let stored = serde_json::to_string(&Allowance::WorkingDays(5)).unwrap();
        assert_eq!(stored, r#"{"working_days":5}"#);
    }
}
