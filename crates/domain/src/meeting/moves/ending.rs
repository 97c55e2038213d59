//! A meeting ends: it is closed, its minutes are signed, what needs an officer's word gets it.

use super::super::event::{Closed, DecisionRatified, DeferReason, Deferred, MinutesSigned};
use super::super::{ItemOutcome, MeetingRefusal};
use super::{Decided, Step};
use crate::event::{DeskEvent, MeetingEvent as E, MeetingHeld};
use crate::ids::{AccountId, RequestId};
use crate::personal::Words;
use crate::request::{Command, Refusal, Stated};

impl Step<'_> {
    /// What was not reached goes back to the queue; what has left the queue meanwhile is gone.
    pub(in crate::meeting) fn close(mut self) -> Decided {
        let decided = self.sitting.last_decided_at;
        if let Some(decided) = decided.filter(|decided| self.at.effective_at < *decided) {
            return Err(MeetingRefusal::BeforeDecision(decided));
        }
        let open = self.sitting.items.iter().filter(|item| item.outcome.is_none());
        let requests: Vec<_> = open.map(|item| item.request).collect();
        for request in requests {
            let why = if self.has_still(request) { DeferReason::NoTime } else { DeferReason::Gone };
            if why == DeferReason::NoTime {
                let meeting = self.sitting.id.clone();
                self.request(request, Command::PutOff(meeting, why, Words::default()))?;
            }
            self.happens(E::Deferred(Deferred { request, why }));
        }
        self.happens(E::Closed(Closed {}));
        let (panel, meeting) = (self.sitting.panel.clone(), self.sitting.id.clone());
        self.enter(DeskEvent::MeetingHeld(MeetingHeld { panel, meeting }));
        Ok(self.upshot)
    }

    pub(in crate::meeting) fn sign(mut self, by: AccountId) -> Decided {
        if !self.terms()?.is_chaired_by(&by) {
            return Err(MeetingRefusal::NotTheChair);
        }
        self.happens(E::MinutesSigned(MinutesSigned { by }));
        Ok(self.upshot)
    }

    pub(in crate::meeting) fn ratify(
        mut self,
        request: RequestId,
        by: AccountId,
        agreed: bool,
        stated: Stated,
    ) -> Decided {
        let item = self.sitting.item(request).ok_or(MeetingRefusal::NotOnAgenda)?;
        let awaits = match &item.outcome {
            Some(ItemOutcome::Decided(decided, _)) if item.ratification.is_none() => {
                decided.awaits.is_some()
            }
            Some(_) | None => false,
        };
        if !awaits {
            return Err(Refusal::NothingToRatify.into());
        }
        self.request(request, Command::Ratify(by.clone(), agreed, stated))?;
        self.happens(E::DecisionRatified(DecisionRatified { request, by, agreed }));
        Ok(self.upshot)
    }
}
