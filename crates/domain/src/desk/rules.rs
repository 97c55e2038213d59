//! The triage criteria of the desk: drafts of them, and the versions that came to decide.
//!
//! A draft may be full of faults while somebody works on it; what is activated has none. An
//! activation says why, and of which draft it came.

use super::{Desk, DeskRefusal};
use crate::event::{DeskEvent, RuleSetActivated, RulesDraftSaved, RulesDrafted};
use crate::triage::{RuleSet, RuleSetDraft};

/// More drafts than anybody keeps track of.
pub const MOST_RULE_DRAFTS: usize = 500;

/// What somebody means to put in the place of the rules in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftedRules {
    /// The version in force when it was begun; 0: none was.
    pub based_on: u32,
    /// The rules as last saved.
    pub rules: RuleSetDraft,
    /// The version that it became, if it was activated.
    pub activated_as: Option<u32>,
}

impl Desk {
    /// The rules that a draft begins with, unless it says others: those in force.
    #[must_use]
    pub fn rules_as_drafted(&self) -> RuleSetDraft {
        self.rule_drafts.get(&self.rules.version).cloned().unwrap_or_default()
    }

    pub(super) fn draft_rules(&self, rules: RuleSetDraft) -> Result<DeskEvent, DeskRefusal> {
        if self.drafted_rules.len() >= MOST_RULE_DRAFTS {
            return Err(DeskRefusal::TooManyRuleDrafts);
        }
        let draft = self.drafted_rules.last_key_value().map_or(0, |(last, _)| *last) + 1;
        let based_on = self.rules.version;
        Ok(DeskEvent::RulesDrafted(RulesDrafted { draft, based_on, rules }))
    }

    pub(super) fn save_rules(
        &self,
        draft: u32,
        rules: RuleSetDraft,
    ) -> Result<Option<DeskEvent>, DeskRefusal> {
        let is_so = self.open_draft(draft)?.rules == rules;
        Ok((!is_so).then_some(DeskEvent::RulesDraftSaved(RulesDraftSaved { draft, rules })))
    }

    pub(super) fn activate_draft(
        &self,
        draft: u32,
        reason: String,
    ) -> Result<DeskEvent, DeskRefusal> {
        let rules = self.open_draft(draft)?.rules.clone();
        RuleSet::check(&rules, 0).map_err(DeskRefusal::FaultyRules)?;
        let (of_draft, reason) = (Some(draft), Some(reason));
        Ok(DeskEvent::RuleSetActivated(RuleSetActivated { draft: rules, of_draft, reason }))
    }

    fn open_draft(&self, draft: u32) -> Result<&DraftedRules, DeskRefusal> {
        let drafted = self.drafted_rules.get(&draft).ok_or(DeskRefusal::UnknownRuleDraft(draft))?;
        match drafted.activated_as {
            None => Ok(drafted),
            Some(version) => Err(DeskRefusal::RuleDraftActivated { draft, version }),
        }
    }

    pub(super) fn follow_draft(&mut self, event: &DeskEvent) {
        if let DeskEvent::RulesDrafted(RulesDrafted { draft, based_on, rules }) = event {
            let (based_on, rules) = (*based_on, rules.clone());
            let drafted = DraftedRules { based_on, rules, activated_as: None };
            self.drafted_rules.insert(*draft, drafted);
        } else if let DeskEvent::RulesDraftSaved(saved) = event
            && let Some(drafted) = self.drafted_rules.get_mut(&saved.draft)
        {
            drafted.rules = saved.rules.clone();
        }
    }

    /// A version is the count of activations; drafts do not count.
    ///
    /// Total: a rule set that this program can no longer read leaves the one before it in force.
    pub(super) fn activate(&mut self, activated: &RuleSetActivated) {
        let version = self.rule_drafts.last_key_value().map_or(0, |(last, _)| *last) + 1;
        if let Ok(rules) = RuleSet::check(&activated.draft, version) {
            self.rules = rules;
        }
        self.rule_drafts.insert(version, activated.draft.clone());
        let of_draft = activated.of_draft.and_then(|draft| self.drafted_rules.get_mut(&draft));
        if let Some(drafted) = of_draft {
            drafted.activated_as = Some(version);
        }
    }
}
