//! Rules are drafted, saved with whatever faults they have, and activated without one.

use super::*;
use crate::desk::{DeskCommand, DeskRefusal};

fn begun() -> (Desk, RuleSetDraft) {
    let mut desk = county::desk();
    let rules = RuleSetDraft { services: vec![], ..county::rules() };
    follow(&mut desk, DeskCommand::DraftRules(rules.clone()));
    (desk, rules)
}

fn follow(desk: &mut Desk, command: DeskCommand) {
    let event = desk.decide(command).unwrap().unwrap();
    desk.apply(&event, 2);
}

fn activate(draft: u32) -> DeskCommand {
    DeskCommand::ActivateRuleDraft(draft, "Too many went to panels.".to_owned())
}

#[test]
fn a_draft_decides_nothing_until_it_is_activated_and_then_is_the_next_version() {
    let (mut desk, rules) = begun();
    assert_eq!(desk.drafted_rules[&1].based_on, 1);
    assert_eq!((desk.rules.version, desk.rule_drafts.len()), (1, 1));
    follow(&mut desk, activate(1));
    assert_eq!(desk.rules.version, 2);
    assert_eq!(desk.rule_drafts[&2], rules);
    assert_eq!(desk.drafted_rules[&1].activated_as, Some(2));
}

#[test]
fn a_draft_with_faults_is_kept_and_not_activated() {
    let (mut desk, rules) = begun();
    let oracle = RuleSetDraft { mode: Some("oracle".to_owned()), ..rules.clone() };
    follow(&mut desk, DeskCommand::SaveRuleDraft(1, oracle));
    let refused = desk.decide(activate(1)).unwrap_err();
    assert!(matches!(refused, DeskRefusal::FaultyRules(faults) if faults[0].pointer == "/mode"));
    follow(&mut desk, DeskCommand::SaveRuleDraft(1, rules));
    assert!(desk.decide(activate(1)).is_ok());
}

#[test]
fn saving_what_is_saved_records_nothing() {
    let (desk, rules) = begun();
    assert_eq!(desk.decide(DeskCommand::SaveRuleDraft(1, rules)), Ok(None));
}

#[test]
fn what_was_activated_is_not_changed_or_activated_again() {
    let (mut desk, rules) = begun();
    follow(&mut desk, activate(1));
    let over = DeskRefusal::RuleDraftActivated { draft: 1, version: 2 };
    assert_eq!(desk.decide(activate(1)), Err(over.clone()));
    assert_eq!(desk.decide(DeskCommand::SaveRuleDraft(1, rules)), Err(over));
    assert_eq!(desk.decide(activate(9)), Err(DeskRefusal::UnknownRuleDraft(9)));
}
