//! Who comes and goes, and who stands aside from what.
//!
//! What was decided stays valid: nobody can come or go, later, before an instant at which
//! something was decided.

use super::super::MeetingRefusal;
use super::super::event::{ApologiesGiven, Arrived, Departed, InterestDismissed, Recused};
use super::super::interest::InterestKind;
use super::{Decided, Step};
use crate::calendar::london;
use crate::event::MeetingEvent as E;
use crate::ids::{AccountId, RequestId};
use crate::personal::Words;
use crate::request::Command;
use crate::request::event::InterestDeclared;

impl Step<'_> {
    pub(in crate::meeting) fn apologise(mut self, member: AccountId) -> Decided {
        self.appointed(&member)?;
        if !self.sitting.apologies.contains(&member) {
            self.happens(E::ApologiesGiven(ApologiesGiven { member }));
        }
        Ok(self.upshot)
    }

    pub(in crate::meeting) fn arrive(mut self, member: AccountId) -> Decided {
        self.appointed(&member)?;
        let day = |at| london::wall(at).date();
        if day(self.at.effective_at) < day(self.sitting.starts_at) {
            return Err(MeetingRefusal::NotYet);
        }
        if self.sitting.attendance.staying(&member).is_some() {
            return Err(MeetingRefusal::AlreadyThere(member));
        }
        let left = self.sitting.attendance.last_left(&member);
        if left.is_some_and(|left| self.at.effective_at < left) {
            return Err(MeetingRefusal::OutOfOrder(member));
        }
        self.changes_nothing_decided()?;
        self.happens(E::Arrived(Arrived { member }));
        Ok(self.upshot)
    }

    pub(in crate::meeting) fn depart(mut self, member: AccountId) -> Decided {
        let Some(stay) = self.sitting.attendance.staying(&member) else {
            return Err(MeetingRefusal::NotThere(member));
        };
        if self.at.effective_at < stay.arrived_at {
            return Err(MeetingRefusal::OutOfOrder(member));
        }
        self.changes_nothing_decided()?;
        self.happens(E::Departed(Departed { member }));
        Ok(self.upshot)
    }

    /// At the very instant of a decision the room was as it was then.
    fn changes_nothing_decided(&self) -> Result<(), MeetingRefusal> {
        match self.sitting.last_decided_at {
            Some(decided) if self.at.effective_at <= decided => {
                Err(MeetingRefusal::BeforeDecision(decided))
            }
            Some(_) | None => Ok(()),
        }
    }

    pub(in crate::meeting) fn recuse(
        mut self,
        member: AccountId,
        request: RequestId,
        kind: InterestKind,
        words: Words,
    ) -> Decided {
        self.can_be_settled(&member, request)?;
        let aside = self.sitting.recused.get(&request).and_then(|aside| aside.get(&member));
        if aside == Some(&kind) {
            return Ok(self.upshot);
        }
        self.declare(&member, request, Some(kind), words)?;
        self.happens(E::Recused(Recused { member, request, kind }));
        Ok(self.upshot)
    }

    /// There is no interest, and why not.
    pub(in crate::meeting) fn dismiss(
        mut self,
        member: AccountId,
        request: RequestId,
        words: Words,
    ) -> Decided {
        self.can_be_settled(&member, request)?;
        if words.text.as_ref().is_none_or(|text| text.trim().is_empty()) {
            return Err(MeetingRefusal::SayWhyNot);
        }
        self.declare(&member, request, None, words)?;
        self.happens(E::InterestDismissed(InterestDismissed { member, request }));
        Ok(self.upshot)
    }

    fn can_be_settled(&self, member: &AccountId, request: RequestId) -> Result<(), MeetingRefusal> {
        self.appointed(member)?;
        if self.is_delegated(request) {
            return Ok(());
        }
        self.open_item(request).map(|_| ())
    }

    /// What is said of a child stands in the child's own request.
    fn declare(
        &mut self,
        member: &AccountId,
        request: RequestId,
        kind: Option<InterestKind>,
        words: Words,
    ) -> Result<(), MeetingRefusal> {
        let meeting = self.sitting.id.clone();
        let declared = InterestDeclared { meeting, member: member.clone(), kind };
        self.request(request, Command::DeclareInterest(declared, words))
    }
}
