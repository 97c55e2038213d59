//! An item is decided, or put off: by whoever is in the room at that moment and stands not
//! aside, if they are a quorum.

use super::super::event::{self, DecisionKind, DeferReason, DelegationReviewed, Votes};
use super::super::{Deciders, Deciding, MeetingRefusal};
use super::{Decided, Step};
use crate::event::{DelegationSettled, DeskEvent, Event, MeetingEvent as E, RequestEvent};
use crate::ids::{AccountId, RequestId};
use crate::panel::{DecidesBy, Panel};
use crate::personal::Words;
use crate::request::event::RuledBy;
use crate::request::{Command, Ruling, Stated};
use std::collections::BTreeSet;

impl<'a> Step<'a> {
    pub(in crate::meeting) fn decide(mut self, deciding: Deciding) -> Decided {
        let request = deciding.request;
        let item = self.open_item(request)?;
        let pack_version = item.pack().ok_or(MeetingRefusal::NoPack)?.version;
        let kind = deciding.decision.kind();
        let room = self.room(request)?;
        if kind != DecisionKind::Defer {
            self.is_valid(request, &room)?;
        }
        let chaired_by = self.chair(&room)?;
        let accounts: Vec<_> = room.deciding.iter().map(|it| it.account.clone()).collect();
        let dissenting: Vec<_> = deciding.dissent.iter().map(|it| it.member.clone()).collect();
        each_once_among(&accounts, &dissenting)?;
        self.carried(&accounts, deciding.votes.as_ref(), chaired_by.as_ref(), kind)?;
        let unread = |account: &&AccountId| !item.is_read_by(account);
        let unopened = accounts.iter().filter(unread).cloned().collect();
        let votes = deciding.votes.clone();
        self.rule(deciding)?;
        let decided = event::Decided {
            request,
            decision: kind,
            deciding: accounts,
            aside: room.aside,
            chaired_by,
            votes,
            dissenting,
            pack_version,
            unopened,
            awaits: self.awaits(request),
        };
        self.happens(E::Decided(decided));
        Ok(self.upshot)
    }

    /// The decision as the request's own rules take it.
    fn rule(&mut self, deciding: Deciding) -> Result<(), MeetingRefusal> {
        let mut words = deciding.words;
        words.dissent = deciding.dissent;
        let ruling = Ruling {
            panel: self.sitting.panel.clone(),
            by: RuledBy::Meeting(self.sitting.id.clone()),
            decision: deciding.decision,
            reason: deciding.reason,
            evidence: deciding.evidence,
            words,
        };
        self.request(deciding.request, Command::Rule(Box::new(ruling)))
    }

    /// The officer whose word the decision just made awaits.
    fn awaits(&self, request: RequestId) -> Option<AccountId> {
        let changes = self.upshot.requests.get(&request)?;
        changes.iter().find_map(|change| match &change.event {
            Event::Request(RequestEvent::PanelDecided(decided)) => decided.awaits.clone(),
            Event::Request(_)
            | Event::Child(_)
            | Event::Draft(_)
            | Event::Meeting(_)
            | Event::Notice(_)
            | Event::Desk(_) => None,
        })
    }

    pub(in crate::meeting) fn put_off(
        mut self,
        request: RequestId,
        why: DeferReason,
        words: Words,
    ) -> Decided {
        self.open_item(request)?;
        let meeting = self.sitting.id.clone();
        self.request(request, Command::PutOff(meeting, why, words))?;
        self.happens(E::Deferred(event::Deferred { request, why }));
        Ok(self.upshot)
    }

    /// The panel stands by what its chair decided for it, or decides itself.
    pub(in crate::meeting) fn review_delegation(
        mut self,
        request: RequestId,
        ratified: bool,
        stated: Stated,
    ) -> Decided {
        if !self.is_delegated(request) {
            return Err(MeetingRefusal::NothingDelegated);
        }
        let room = self.room(request)?;
        self.is_valid(request, &room)?;
        if !ratified {
            let panel = self.sitting.panel.clone();
            self.request(request, Command::SetAside(panel, stated))?;
        }
        let deciding = room.deciding.iter().map(|it| it.account.clone()).collect();
        self.happens(E::DelegationReviewed(DelegationReviewed { request, ratified, deciding }));
        let panel = self.sitting.panel.clone();
        self.enter(DeskEvent::DelegationSettled(DelegationSettled { panel, request }));
        Ok(self.upshot)
    }

    pub(super) fn is_delegated(&self, request: RequestId) -> bool {
        self.around.desk.diary(&self.sitting.panel).delegated.contains(&request)
    }

    /// Who is in the room, apart from whoever stands aside.
    fn room(&self, request: RequestId) -> Result<Deciders<'a>, MeetingRefusal> {
        Ok(self.sitting.deciders(self.terms()?, request, self.at.effective_at))
    }

    /// Whether these may decide: no interest is unsettled, and they are a quorum.
    fn is_valid(&self, request: RequestId, room: &Deciders<'_>) -> Result<(), MeetingRefusal> {
        let at_hand = self.around.requests.get(&request);
        let deciding = room.deciding.iter().copied();
        let unsettled = at_hand.map(|it| self.sitting.unsettled(it, deciding)).unwrap_or_default();
        if !unsettled.is_empty() {
            return Err(MeetingRefusal::Interests(unsettled));
        }
        let short = room.shortfall(self.terms()?);
        short.map_or(Ok(()), |short| Err(MeetingRefusal::NoQuorum(short)))
    }

    /// Who is in the chair: the chair, else the vice-chair, else a member who could be.
    fn chair(&self, room: &Deciders<'_>) -> Result<Option<AccountId>, MeetingRefusal> {
        let terms = self.terms()?;
        let there = |account: &AccountId| room.deciding.iter().any(|it| it.account == *account);
        let named = terms.chair.iter().chain(&terms.vice_chair).find(|account| there(account));
        let able = room.deciding.iter().find(|member| member.role == terms.chair_role);
        Ok(named.or(able.map(|member| &member.account)).cloned())
    }

    /// Whether the votes carry it, where the panel votes. A tie is the chair's to break. To
    /// ask the school something needs no vote.
    fn carried(
        &self,
        deciding: &[AccountId],
        votes: Option<&Votes>,
        chair: Option<&AccountId>,
        kind: DecisionKind,
    ) -> Result<(), MeetingRefusal> {
        let terms: &Panel = self.terms()?;
        let votes = match (terms.decides_by, votes) {
            (DecidesBy::Consensus, None) => return Ok(()),
            (DecidesBy::Consensus, Some(_)) => return Err(MeetingRefusal::NoVotes),
            (DecidesBy::Majority, None) if kind == DecisionKind::Defer => return Ok(()),
            (DecidesBy::Majority, None) => return Err(MeetingRefusal::VotesRequired),
            (DecidesBy::Majority, Some(votes)) => votes,
        };
        let all = votes.for_it.iter().chain(&votes.against).chain(&votes.abstained);
        let all: Vec<_> = all.cloned().collect();
        each_once_among(deciding, &all)?;
        if let Some(silent) = deciding.iter().find(|account| !all.contains(account)) {
            return Err(MeetingRefusal::HasNotVoted(silent.clone()));
        }
        let (in_favour, against) = (votes.for_it.len(), votes.against.len());
        let casting = chair.is_some_and(|chair| votes.for_it.contains(chair));
        if in_favour > against || (in_favour == against && casting) {
            return Ok(());
        }
        Err(MeetingRefusal::NotCarried { in_favour, against })
    }
}

/// Everybody named is one of these, and named once.
fn each_once_among(these: &[AccountId], named: &[AccountId]) -> Result<(), MeetingRefusal> {
    let mut seen = BTreeSet::new();
    let wrong = named.iter().find(|account| !these.contains(account) || !seen.insert(*account));
    wrong.map_or(Ok(()), |account| Err(MeetingRefusal::NotDeciding(account.clone())))
}
