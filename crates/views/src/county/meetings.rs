//! The county's panels meet: whatever anybody wants to do at a meeting, decided by the domain.

use super::{County, one_of};
use domain::codes::ReasonCode;
use domain::event::Change;
use domain::ids::{AccountId, MeetingId, PanelId, RequestId};
use domain::meeting::event::{CancelReason, DeferReason, MeetingKind, Planned};
use domain::meeting::interest::InterestKind;
use domain::meeting::{
    Around, AtHand, Deciding, Meeting, MeetingCommand as C, Phase, Schedule, Upshot,
};
use domain::panel::Depth;
use domain::personal::{RulingWords, Words};
use domain::request::event::{Evidence, Reason};
use domain::request::{Decision, Stage};
use jiff::SignedDuration;

impl County {
    /// A meeting is called, or somebody does something to one of the last few.
    pub(crate) fn meet(&mut self) {
        let lately = self.meetings.len().min(3);
        if lately == 0 || self.throw().is_multiple_of(12) {
            return self.call_meeting();
        }
        let back = usize::try_from(self.throw()).unwrap() % lately;
        let index = self.meetings.len() - 1 - back;
        let command = self.meeting_command(index);
        self.convene(index, command);
    }

    fn call_meeting(&mut self) {
        let panel: PanelId = one_of(&["semh", "sensory-physical"], self.throw()).parse().unwrap();
        let hours = i64::try_from(self.throw() % 48).unwrap();
        let starts_at = self.now + SignedDuration::from_hours(hours);
        let Some(meeting) = Meeting::name(&self.desk, &panel, starts_at) else { return };
        let kind = one_of(MeetingKind::ALL, self.throw());
        let schedule = Schedule { meeting: meeting.clone(), panel, kind, starts_at, minutes: None };
        self.meetings.push((meeting, Meeting::NotScheduled));
        self.convene(self.meetings.len() - 1, C::Schedule(schedule));
        if self.meetings.last().is_some_and(|(_, meeting)| meeting.sitting().is_none()) {
            self.meetings.pop();
        }
    }

    fn meeting_command(&mut self, index: usize) -> C {
        let sitting = self.meetings[index].1.sitting();
        let items: Vec<RequestId> =
            sitting.into_iter().flat_map(|it| &it.items).map(|item| item.request).collect();
        let panel = sitting.map(|sitting| sitting.panel.clone());
        let phase = sitting.map(|sitting| sitting.phase.clone());
        let nobodys = RequestId(uuid::Uuid::nil());
        let item = if items.is_empty() { nobodys } else { one_of(&items, self.throw()) };
        let member: AccountId = one_of(&["ann", "bo", "cy"], self.throw()).parse().unwrap();
        let onwards = self.throw().is_multiple_of(2);
        let words = || Words::text("…");
        // As often as not what a meeting is for, so that some come to a decision.
        match phase.filter(|_| onwards) {
            Some(Phase::Published) => return C::Arrive("ann".parse().unwrap()),
            Some(Phase::Open) => {
                let decision = self.decision();
                return C::Decide(Box::new(deciding(item, decision)));
            }
            _ => {}
        }
        match self.throw() % 30 {
            0..4 => C::SetAgenda(self.agenda(panel.as_ref())),
            4..7 => C::Publish,
            7..11 => C::Arrive(member),
            11 => C::Depart(member),
            12 => C::Recuse(member, item, InterestKind::Family, words()),
            13 => C::DismissInterest(member, item, words()),
            14..17 => {
                let decision = self.decision();
                C::Decide(Box::new(deciding(item, decision)))
            }
            17 | 23 => C::PutOff(item, DeferReason::NoTime, words()),
            18 => C::Apologise(member),
            19 => C::OpenPack(member, item),
            20 => C::RenewPack(item),
            21 | 24 => C::Sign("ann".parse().unwrap()),
            22 => {
                let other = one_of(&[None, Some(1), Some(2)], self.throw());
                let other = other.and_then(|back| self.meetings.iter().rev().nth(back));
                C::Cancel(CancelReason::Weather, other.map(|(id, _)| id.clone()))
            }
            _ => C::Close,
        }
    }

    fn decision(&mut self) -> Decision {
        if self.throw().is_multiple_of(3) {
            Decision::Advice
        } else {
            Decision::Package(self.package())
        }
    }

    /// Up to four of what the panel has in its queue or on this agenda.
    fn agenda(&mut self, panel: Option<&PanelId>) -> Vec<Planned> {
        let most = usize::try_from(self.throw() % 5).unwrap();
        let cases = self.requests.iter().rev().filter_map(|(_, request)| request.case());
        let queued = cases.filter(
            |case| matches!(&case.stage, Stage::AwaitingPanel { panel: of } if Some(of) == panel),
        );
        let plan = |request| Planned { request, depth: Depth::Standard, minutes: 15 };
        queued.map(|case| plan(case.id)).take(most).collect()
    }

    fn convene(&mut self, index: usize, command: C) {
        let (_, meeting) = &self.meetings[index];
        let touched = command.touches(meeting.sitting()).into_iter().filter_map(|id| {
            let (_, request) = self.requests.iter().find(|(each, _)| *each == id)?;
            Some((id, AtHand { request: request.clone(), ..AtHand::default() }))
        });
        let requests = touched.collect();
        let other = command.other().and_then(|id| {
            let (_, other) = self.meetings.iter().find(|(each, _)| each == id)?;
            other.sitting()
        });
        let around = Around { desk: &self.desk, requests: &requests, other };
        if let Ok(upshot) = meeting.decide(command, &around, self.moment()) {
            self.come_about(upshot);
        }
    }

    fn come_about(&mut self, upshot: Upshot) {
        for (id, events) in upshot.meetings {
            for event in events {
                let place = self.place_of(&id);
                let state = std::mem::take(&mut self.meetings[place].1);
                self.meetings[place].1 = state.evolve(&event, self.now);
                self.record(format!("meeting-{id}"), Change::of(event), None);
            }
        }
        for event in upshot.diary {
            self.configure(event);
        }
        for (id, changes) in upshot.requests {
            let index = self.requests.iter().position(|(each, _)| *each == id).unwrap();
            self.follow(index, changes);
        }
    }

    fn place_of(&self, id: &MeetingId) -> usize {
        self.meetings.iter().position(|(each, _)| each == id).unwrap()
    }
}

fn deciding(request: RequestId, decision: Decision) -> Deciding {
    let reason = Reason { code: ReasonCode::CriteriaMet, criteria: vec!["a/b".to_owned()] };
    Deciding {
        request,
        decision,
        reason: Some(reason),
        evidence: vec![Evidence::Request],
        words: RulingWords { text: Some("…".to_owned()), ..RulingWords::default() },
        votes: None,
        dissent: vec![],
    }
}
