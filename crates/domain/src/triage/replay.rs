//! A past triage, decided again on purpose.
//!
//! Whoever doubts a decision gives the rules of its version, the facts and the authority of its
//! day to [`Triage::decide`], and compares. What must come of it is the same triage, to the last
//! criterion; where it does not, it can be said which part of what went in was another.

use super::Triage;

/// A triage as it was recorded, and as it is decided again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// As recorded.
    pub original: Triage,
    /// As decided again.
    pub replayed: Triage,
}

/// Why a triage that is decided again comes out as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The facts are not those that were recorded.
    Facts,
    /// What is missing from the request is not what was recorded as missing.
    Missing,
    /// Whether the child lives in another authority is not what was recorded.
    Authority,
    /// It was decided by rules of another version.
    Rules,
    /// All that went in is the same, and something else came out: what was recorded is not what
    /// these rules say.
    Record,
}

impl Cause {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Missing => "missing",
            Self::Authority => "authority",
            Self::Rules => "rules",
            Self::Record => "record",
        }
    }

    /// In plain English.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Facts => "The facts are not those that were recorded.",
            Self::Missing => "What is missing is not what was recorded as missing.",
            Self::Authority => "The child's home authority is not the one that was recorded.",
            Self::Rules => "Rules of another version decide otherwise.",
            Self::Record => "The same rules and facts do not lead to what was recorded.",
        }
    }
}

impl Replay {
    /// Whether it comes out as recorded: by the same version of the rules to the last
    /// criterion, by another where it leads.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let Self { original, replayed } = self;
        if original.ruleset_version == replayed.ruleset_version {
            original == replayed
        } else {
            original.outcome == replayed.outcome
        }
    }

    /// Why it does not; empty when it does.
    #[must_use]
    pub fn causes(&self) -> Vec<Cause> {
        if self.is_same() {
            return vec![];
        }
        let Self { original, replayed } = self;
        let inputs = [
            (original.facts != replayed.facts, Cause::Facts),
            (original.missing != replayed.missing, Cause::Missing),
            (original.elsewhere != replayed.elsewhere, Cause::Authority),
            (original.ruleset_version != replayed.ruleset_version, Cause::Rules),
        ];
        let mut causes: Vec<_> =
            inputs.into_iter().filter_map(|(differs, cause)| differs.then_some(cause)).collect();
        if causes.is_empty() {
            causes.push(Cause::Record);
        }
        causes
    }
}
