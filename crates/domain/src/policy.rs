//! How strictly the council watches its own promises: settings, each with a default.

use crate::ids::AccountId;
use serde::{Deserialize, Serialize};

/// The longest wait, in working days, that a setting may ask for: a working year.
const MOST_WORKING_DAYS: u32 = 260;
/// The same in working minutes, of eight hours a day.
const MOST_WORKING_MINUTES: u32 = MOST_WORKING_DAYS * 8 * 60;

/// When somebody is warned, reminded, or told that a promise was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// At which part of a promise's time its adviser is warned, in percent: of working time,
    /// for a statutory promise of calendar time.
    pub warn_at_percent: u8,
    /// How long after a breach it is escalated, in working minutes. None: at once.
    pub escalate_after_working_minutes: u32,
    /// Who is told of a breach where the team has no line manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalate_to: Option<AccountId>,
    /// How long the school is left with a question before it is reminded, in working days.
    pub remind_after_working_days: u32,
    /// How long a question may stay unanswered before it goes back to the adviser, in working
    /// days.
    pub question_lapses_after_working_days: u32,
    /// How long a review of a package that is due may stay unrecorded before it is asked for
    /// again, in working days.
    pub chase_review_after_working_days: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            warn_at_percent: 75,
            escalate_after_working_minutes: 0,
            escalate_to: None,
            remind_after_working_days: 3,
            question_lapses_after_working_days: 15,
            chase_review_after_working_days: 5,
        }
    }
}

/// A setting that makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {says}")]
pub struct PolicyFault {
    /// Which setting, by its name.
    pub field: &'static str,
    /// What it should be.
    pub says: &'static str,
}

impl Policy {
    /// Everything about these settings that makes no sense.
    #[must_use]
    pub fn faults(&self) -> Vec<PolicyFault> {
        let days = 1..=MOST_WORKING_DAYS;
        let rules = [
            ((1..=99).contains(&self.warn_at_percent), "warn_at_percent", "a number from 1 to 99"),
            (
                self.escalate_after_working_minutes <= MOST_WORKING_MINUTES,
                "escalate_after_working_minutes",
                "a number from 0 to 124800, which is a working year",
            ),
            (
                days.contains(&self.remind_after_working_days),
                "remind_after_working_days",
                "a number from 1 to 260, which is a working year",
            ),
            (
                days.contains(&self.question_lapses_after_working_days),
                "question_lapses_after_working_days",
                "a number from 1 to 260, which is a working year",
            ),
            (
                days.contains(&self.chase_review_after_working_days),
                "chase_review_after_working_days",
                "a number from 1 to 260, which is a working year",
            ),
            (
                self.remind_after_working_days < self.question_lapses_after_working_days,
                "question_lapses_after_working_days",
                "later than the school is reminded",
            ),
        ];
        let broken = rules.into_iter().filter(|(kept, ..)| !kept);
        broken.map(|(_, field, says)| PolicyFault { field, says }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_council_does_not_set_has_its_default() {
        let stored = r#"{"warn_at_percent": 50}"#;
        let policy: Policy = serde_json::from_str(stored).unwrap();
        assert_eq!(policy, Policy { warn_at_percent: 50, ..Policy::default() });
        assert_eq!(policy.faults(), []);
    }

    #[test]
    fn every_setting_that_makes_no_sense_is_named() {
        let policy = Policy {
            warn_at_percent: 100,
            escalate_after_working_minutes: u32::MAX,
            escalate_to: None,
            remind_after_working_days: 0,
            question_lapses_after_working_days: 0,
            chase_review_after_working_days: 0,
        };
        let fields: Vec<_> = policy.faults().iter().map(|fault| fault.field).collect();
        assert_eq!(
            fields,
            [
                "warn_at_percent",
                "escalate_after_working_minutes",
                "remind_after_working_days",
                "question_lapses_after_working_days",
                "chase_review_after_working_days",
                "question_lapses_after_working_days",
            ]
        );
    }
}
