//! When and by whom rules were drafted, saved and activated: what the desk does not keep, and the
//! stream does.

use crate::access::{Operation, Reach};
use crate::app::Permit;
use crate::problem::Problem;
use domain::event::{DeskEvent, Event};
use engine::{Engine, Recorded};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The stream of the rules.
const STREAM: &str = "ruleset-triage";

/// Something that was done to the rules.
#[derive(Clone)]
pub(super) struct Deed {
    pub(super) at: Timestamp,
    /// By which account, or which part of the front door.
    pub(super) by: String,
    /// Why, where that is said.
    pub(super) reason: Option<String>,
    /// Of which draft.
    pub(super) draft: Option<u32>,
}

/// What was done to the rules, by version and by draft.
#[derive(Default)]
pub(super) struct History {
    /// How each version came to decide, by its number.
    pub(super) activated: BTreeMap<u32, Deed>,
    /// How each draft was begun,
    pub(super) begun: BTreeMap<u32, Deed>,
    /// and last saved.
    pub(super) saved: BTreeMap<u32, Deed>,
}

impl History {
    pub(super) async fn of(engine: &Engine) -> Result<Self, Problem> {
        let mut history = Self::default();
        for recorded in engine.stream(STREAM).await? {
            history.follow(&recorded);
        }
        Ok(history)
    }

    fn follow(&mut self, recorded: &Recorded) {
        let Some(Event::Desk(event)) = &recorded.event else { return };
        let (at, by) = (recorded.recorded_at, recorded.actor.id.clone());
        let deed = |draft, reason| Deed { at, by, reason, draft };
        if let DeskEvent::RuleSetActivated(activated) = event {
            let version = u32::try_from(self.activated.len()).unwrap_or(u32::MAX).saturating_add(1);
            self.activated.insert(version, deed(activated.of_draft, activated.reason.clone()));
        } else if let DeskEvent::RulesDrafted(drafted) = event {
            let begun = deed(Some(drafted.draft), None);
            self.saved.insert(drafted.draft, begun.clone());
            self.begun.insert(drafted.draft, begun);
        } else if let DeskEvent::RulesDraftSaved(saved) = event {
            self.saved.insert(saved.draft, deed(Some(saved.draft), None));
        }
    }
}

/// Whether the reader may know who did it: whoever sees drafts of the rules.
pub(super) fn names_whom(permit: &Permit) -> bool {
    Operation::ReadRuleDraft.reach(permit.caller.role()) != Reach::No
}

/// Which draft was begun by this event, if one was.
pub(super) fn drafted(recorded: &Recorded) -> Option<u32> {
    match &recorded.event {
        Some(Event::Desk(DeskEvent::RulesDrafted(drafted))) => Some(drafted.draft),
        _ => None,
    }
}
