//! What follows when a panel takes a request up, puts it off, or decides it.
//!
//! A decision without its reason, its criteria, its evidence and its text is refused. One that
//! needs an officer's word changes nothing for the school before that word is given.

use super::super::event::{
    DecisionRatified, DecisionSetAside, Deferred, DepthSet, Evidence, InformationAsked,
    InterestDeclared, PanelDecided, PanelDecision, PutOnAgenda, Redirected, RuledBy,
    TakenOffAgenda,
};
use super::super::ruling::{Decision, Ruling};
use super::super::{Refusal, Stage};
use super::{Decided, Move, Stated, reason_for};
use crate::clock::Promise;
use crate::event::{Change, RequestEvent as E};
use crate::ids::{AccountId, MeetingId, PanelId, ServiceSlug};
use crate::meeting::event::DeferReason;
use crate::meeting::interest::suggested;
use crate::money::Money;
use crate::package::event::PackageEnd;
use crate::package::{Contribution, Package};
use crate::panel::{Depth, Panel};
use crate::personal::{Personal, Words};
use crate::promises::ClockChange;
use crate::request::event::Involved;
use crate::triage::Route;
use std::collections::BTreeSet;

impl Move<'_> {
    pub(in crate::request) fn set_depth(mut self, depth: Depth, stated: Stated) -> Decided {
        let suggested = self.case.suggested_depth().depth;
        if self.case.depth() == depth {
            return Ok(vec![]);
        }
        let reason = reason_for("another depth than the suggested one", &stated)?;
        let set = E::DepthSet(DepthSet { depth, suggested, reason });
        self.unfolding.then(Change::of(set).with(stated.words.personal()));
        Ok(self.done())
    }

    pub(in crate::request) fn put_on_agenda(mut self, meeting: MeetingId) -> Vec<Change> {
        self.unfolding.then(Change::of(E::PutOnAgenda(PutOnAgenda { meeting })));
        self.done()
    }

    pub(in crate::request) fn take_off_agenda(mut self) -> Vec<Change> {
        if let Some(meeting) = self.case.agenda().cloned() {
            self.unfolding.then(Change::of(E::TakenOffAgenda(TakenOffAgenda { meeting })));
        }
        self.done()
    }

    pub(in crate::request) fn declare(
        mut self,
        declared: InterestDeclared,
        words: Words,
    ) -> Vec<Change> {
        self.unfolding.then(Change::of(E::InterestDeclared(declared)).with(words.personal()));
        self.done()
    }

    /// Back to the queue, without anything to ask the school: the clocks run on.
    pub(in crate::request) fn put_off(
        mut self,
        meeting: MeetingId,
        why: DeferReason,
        words: Words,
    ) -> Vec<Change> {
        let deferred = E::Deferred(Deferred { meeting, why });
        self.unfolding.then(Change::of(deferred).with(words.personal()));
        self.done()
    }

    /// The panel's word, from its meeting or from its chair.
    pub(in crate::request) fn ruled(mut self, ruling: Ruling) -> Decided {
        let Some((terms, terms_version)) = self.desk.terms(&ruling.panel) else {
            return Err(Refusal::UnknownPanel(ruling.panel));
        };
        self.may_rule(terms, &ruling.by)?;
        let stated = Stated {
            reason: ruling.reason,
            words: Words { text: ruling.words.text.clone(), ..Words::default() },
        };
        let reason = reason_for("a panel's decision", &stated)?;
        if reason.criteria.iter().chain(&ruling.words.criteria).next().is_none() {
            return Err(Refusal::CriteriaRequired);
        }
        self.relies_on(&ruling.evidence)?;
        let decision = self.priced(terms, &ruling.decision)?;
        let questions = ruling.words.questions.clone();
        if decision == PanelDecision::Defer && questions.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        let awaits = Self::awaits(terms, &decision)?;
        let in_force = awaits.is_none();
        let clocks = if in_force { self.keeps(&decision) } else { vec![] };
        if in_force {
            self.make_way_for(&decision);
        }
        let decided = E::PanelDecided(PanelDecided {
            panel: ruling.panel,
            by: ruling.by,
            terms_version,
            decision: decision.clone(),
            reason,
            evidence: ruling.evidence,
            awaits,
        });
        let words = Personal::Ruling(Box::new(ruling.words));
        self.unfolding.then(Change::of(decided).moving(clocks).with(Some(words)));
        if in_force {
            self.follow_up(decision, questions);
        }
        Ok(self.done())
    }

    /// The officer says whether a decision that awaited their word is in force.
    pub(in crate::request) fn ratified(
        mut self,
        by: AccountId,
        agreed: bool,
        stated: Stated,
    ) -> Decided {
        let Some(pending) = self.case.pending.clone() else {
            return Err(Refusal::NothingToRatify);
        };
        if pending.awaits.as_ref() != Some(&by) {
            return Err(Refusal::NotTheOfficer);
        }
        if !agreed {
            let reason = reason_for("setting a decision aside", &stated)?;
            let aside = E::DecisionSetAside(DecisionSetAside { by: Some(by), reason });
            self.unfolding.then(Change::of(aside).with(stated.words.personal()));
            return Ok(self.done());
        }
        let clocks = self.keeps(&pending.decision);
        self.make_way_for(&pending.decision);
        let ratified = Change::of(E::DecisionRatified(DecisionRatified { by })).moving(clocks);
        self.unfolding.then(ratified.with(stated.words.personal()));
        self.follow_up(pending.decision, vec![]);
        Ok(self.done())
    }

    /// The panel does not stand by what its chair decided: it decides itself.
    pub(in crate::request) fn set_aside(mut self, panel: PanelId, stated: Stated) -> Decided {
        let reason = reason_for("setting a decision aside", &stated)?;
        if self.case.pending.is_none() {
            self.end_package(PackageEnd::SetAside);
        }
        let clocks = self.unfolding.moving_to(&Route::Panel { panel, candidates: vec![] });
        let aside = E::DecisionSetAside(DecisionSetAside { by: None, reason });
        self.unfolding.then(Change::of(aside).moving(clocks).with(stated.words.personal()));
        Ok(self.done())
    }

    /// Whether whoever rules may: the meeting on whose agenda it is, or the chair for a clear
    /// case on nobody's agenda in which they have no interest.
    fn may_rule(&self, terms: &Panel, by: &RuledBy) -> Result<(), Refusal> {
        match (by, &self.case.stage) {
            (RuledBy::Meeting(by), Stage::OnAgenda { meeting, .. }) if by == meeting => Ok(()),
            (RuledBy::Meeting(by), _) => Err(Refusal::NotOnAgenda(by.clone())),
            (RuledBy::Chair(_), Stage::OnAgenda { meeting, .. }) => {
                Err(Refusal::OnAgenda(meeting.clone()))
            }
            (RuledBy::Chair(chair), _) => {
                let member = terms.member(chair).filter(|_| terms.is_chaired_by(chair));
                let member = member.ok_or(Refusal::NotTheChair)?;
                if !suggested(member, self.case, &BTreeSet::new()).is_empty() {
                    return Err(Refusal::Interested);
                }
                let clear = self.case.depth() == Depth::Consent;
                if clear { Ok(()) } else { Err(Refusal::NotClear(self.case.depth())) }
            }
        }
    }

    /// Whether there is evidence, and all of it is there.
    fn relies_on(&self, evidence: &[Evidence]) -> Result<(), Refusal> {
        if evidence.is_empty() {
            return Err(Refusal::EvidenceRequired);
        }
        let intake = &self.case.intake;
        let there = |it: &Evidence| match it {
            Evidence::Request | Evidence::Heard => true,
            Evidence::Cycle(number) => (1..=intake.tried.len()).contains(&usize::from(*number)),
            Evidence::Provision => !intake.provision.is_empty(),
            Evidence::Specialist(specialist) => intake.specialists.contains(specialist),
            Evidence::Document(document) => self.case.documents.contains(document),
        };
        let missing = evidence.iter().position(|it| !there(it));
        missing.map_or(Ok(()), |place| Err(Refusal::UnknownEvidence { place }))
    }

    /// The decision as it is recorded: a package with its price.
    fn priced(&self, terms: &Panel, decision: &Decision) -> Result<PanelDecision, Refusal> {
        Ok(match decision {
            Decision::Package(draft) => {
                // Numbers go on from those of any package before it.
                let before = self.case.support.as_ref().map(|before| before.last_number());
                let package = draft.price_after(before.unwrap_or_default(), self.desk);
                let package = package.map_err(Refusal::FaultyPackage)?;
                Self::may_grant(terms, &package)?;
                PanelDecision::Package { package }
            }
            Decision::Service(service) => {
                self.takes(service)?;
                PanelDecision::Service { service: service.clone() }
            }
            Decision::Advice => PanelDecision::Advice,
            Decision::Defer => PanelDecision::Defer,
            Decision::Decline => PanelDecision::Decline,
            Decision::EhcAssessment => {
                PanelDecision::EhcAssessment { service: self.desk.rules.statutory_service.clone() }
            }
            Decision::Redirect(authority) if self.desk.authority.as_ref() == Some(authority) => {
                return Err(Refusal::OwnAuthority(authority.clone()));
            }
            Decision::Redirect(authority) => {
                PanelDecision::Redirect { authority: authority.clone() }
            }
        })
    }

    /// Whether the terms let the panel grant all of it.
    pub(super) fn may_grant(terms: &Panel, package: &Package) -> Result<(), Refusal> {
        let granted = |given: &Contribution| terms.can_grant.contains(&given.support);
        let mut places = package.contributions.iter().enumerate();
        let beyond = places.find(|(_, given)| !granted(given));
        beyond.map_or(Ok(()), |(place, given)| {
            Err(Refusal::CannotGrant { place, support: given.support })
        })
    }

    /// The officer without whose word it is not in force. To ask the school something needs
    /// nobody's.
    fn awaits(terms: &Panel, decision: &PanelDecision) -> Result<Option<AccountId>, Refusal> {
        let commits = match decision {
            PanelDecision::Defer => return Ok(None),
            PanelDecision::Package { package } => package.total(),
            PanelDecision::Service { .. }
            | PanelDecision::EhcAssessment { .. }
            | PanelDecision::Advice
            | PanelDecision::Decline
            | PanelDecision::Redirect { .. } => Money::default(),
        };
        Ok(terms.must_ratify(commits).map_err(|_| Refusal::NoOfficer)?.cloned())
    }

    /// What a decision that is in force does to promises.
    fn keeps(&self, decision: &PanelDecision) -> Vec<ClockChange> {
        let keeper = self.unfolding.keeper();
        if *decision == PanelDecision::Defer {
            return vec![];
        }
        let mut clocks = keeper.meet(Promise::Respond);
        clocks.extend(keeper.meet(Promise::PanelDecision));
        if let PanelDecision::Service { service } | PanelDecision::EhcAssessment { service } =
            decision
        {
            let route = Route::Service { service: service.clone() };
            clocks.extend(self.unfolding.promises_of(&route));
        }
        clocks
    }

    /// What happens next: services get their parts, the school its questions, another
    /// authority the request.
    fn follow_up(&mut self, decision: PanelDecision, questions: Vec<String>) {
        match decision {
            PanelDecision::Package { package } => {
                let before = self.case.support.as_ref().map(|before| before.package.clone());
                self.give_parts(before.as_ref().unwrap_or(&package), &package);
            }
            PanelDecision::Defer => self.ask_for_the_panel(questions),
            PanelDecision::Redirect { authority } => {
                let clocks = self.unfolding.keeper().meet_and_lapse_the_rest(Promise::Respond);
                let redirected = E::Redirected(Redirected { authority, reason: None });
                self.unfolding.then(Change::of(redirected).moving(clocks));
            }
            PanelDecision::Service { .. }
            | PanelDecision::EhcAssessment { .. }
            | PanelDecision::Advice
            | PanelDecision::Decline => {}
        }
    }

    pub(super) fn give_part(&mut self, service: &ServiceSlug) {
        // The service that leads has the whole of it.
        let has = |case: &crate::request::Case| {
            case.contributing.contains_key(service) || case.leading() == Some(service)
        };
        if self.unfolding.case().is_some_and(has) {
            return;
        }
        let allowance = self.desk.allowance(Promise::FirstContact, Some(service));
        let contact_by = self.unfolding.due(allowance);
        let involved = Involved { service: service.clone(), contact_by };
        self.unfolding.then(Change::of(E::Involved(involved)));
    }

    /// A considered question answers the school; from here on it is the school's turn.
    fn ask_for_the_panel(&mut self, questions: Vec<String>) {
        let numbers = self.case.conversation.next_numbers(questions.len());
        let clocks = self.unfolding.keeper().meet_and_pause_the_rest(Promise::Respond);
        let asked = InformationAsked { missing: vec![], questions: numbers };
        let words = Words { questions, ..Words::default() };
        let asked = Change::of(E::InformationAsked(asked)).moving(clocks);
        self.unfolding.then(asked.with(words.personal()));
    }
}
