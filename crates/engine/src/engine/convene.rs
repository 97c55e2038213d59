//! Something is done to a panel's meeting: what follows for the meeting, for the panel's diary
//! and for requests is one append. So no decision is ever found without its effect on the
//! request, nor an effect without its decision.

use super::merge::subject;
use super::{Addition, Appended, Context, Done, Engine, MOST_ATTEMPTS};
use crate::actor::ActorKind;
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::account::Role;
use domain::event::{Change, DecisionDelegated, DeskEvent, Event};
use domain::ids::{AccountId, MeetingId, PanelId, RequestId};
use domain::meeting::event::{DecisionKind, MeetingKind};
use domain::meeting::{
    Around, AtHand, Meeting, MeetingCommand, MeetingRefusal, Schedule, Sitting, Upshot,
};
use domain::request::event::RuledBy;
use domain::request::{Command, Refusal, Ruling, Stated};
use jiff::Timestamp;
use log::{Position, Receipt};
use std::collections::{BTreeMap, BTreeSet};

/// A meeting as a command left it.
#[derive(Clone, Debug)]
pub struct MeetingDone {
    /// Where it stands.
    pub sitting: Sitting,
    /// The version of its stream.
    pub version: u32,
    /// The last position that the command wrote.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

/// A meeting that is to be called. It gets its name from its panel and its day.
#[derive(Clone, Debug)]
pub struct NewMeeting {
    /// Of which panel.
    pub panel: PanelId,
    /// Why.
    pub kind: MeetingKind,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How long it may take; `None`: as the terms say.
    pub minutes: Option<u16>,
}

/// What one attempt at a command is about.
#[derive(Clone, Copy)]
enum Asked<'a> {
    Call(&'a NewMeeting),
    Do(&'a MeetingId, &'a [MeetingCommand]),
}

impl Engine {
    /// Calls a meeting of a panel.
    pub async fn call_meeting(
        &self,
        context: &Context,
        new: &NewMeeting,
    ) -> Result<MeetingDone, Failure> {
        self.writing(self.keep_convening(context, Asked::Call(new))).await
    }

    /// Does something to a meeting.
    pub async fn convene(
        &self,
        context: &Context,
        meeting: &MeetingId,
        command: MeetingCommand,
    ) -> Result<MeetingDone, Failure> {
        self.convene_all(context, meeting, &[command]).await
    }

    /// Does several things to a meeting, all of them or none.
    pub async fn convene_all(
        &self,
        context: &Context,
        meeting: &MeetingId,
        commands: &[MeetingCommand],
    ) -> Result<MeetingDone, Failure> {
        self.writing(self.keep_convening(context, Asked::Do(meeting, commands))).await
    }

    async fn keep_convening(
        &self,
        context: &Context,
        asked: Asked<'_>,
    ) -> Result<MeetingDone, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.first_meeting(receipt, asked).await;
            }
            if let Some(done) = self.try_convene(context, asked).await? {
                return Ok(done);
            }
        }
        Err(Failure::Contended)
    }

    /// One attempt; `None` when somebody else was faster.
    async fn try_convene(
        &self,
        context: &Context,
        asked: Asked<'_>,
    ) -> Result<Option<MeetingDone>, Failure> {
        let at = self.moment(context)?;
        let known = self.known().await?;
        let (id, commands) = match asked {
            Asked::Do(meeting, commands) => (meeting.clone(), commands.to_vec()),
            Asked::Call(new) => {
                let name = Meeting::name(&known.desk, &new.panel, new.starts_at);
                let id = name.ok_or_else(|| MeetingRefusal::UnknownPanel(new.panel.clone()))?;
                (id.clone(), vec![MeetingCommand::Schedule(new.named(id))])
            }
        };
        let (meeting, version) = self.meeting(&id).await?;
        if let Some(expected) = context.expected_version.filter(|expected| *expected != version) {
            return Err(Failure::Stale { expected, actual: version });
        }
        let other = match commands.iter().find_map(MeetingCommand::other) {
            Some(other) => Some((other.clone(), self.meeting(other).await?)),
            None => None,
        };
        let touched = commands.iter().flat_map(|command| command.touches(meeting.sitting()));
        let requests = self.at_hand(touched.collect()).await?;
        let around = Around {
            desk: &known.desk,
            requests: &requests,
            other: other.as_ref().and_then(|(_, (other, _))| other.sitting()),
        };
        let upshot = meeting.decide_all(&commands, &around, at)?;
        if upshot.is_nothing() {
            let sitting = meeting.sitting().cloned().ok_or(MeetingRefusal::NotScheduled)?;
            let position = self.head();
            return Ok(Some(MeetingDone { sitting, version, position, replayed: false }));
        }
        let mut versions: BTreeMap<_, _> =
            other.into_iter().map(|(id, (_, version))| (id, version)).collect();
        versions.insert(id.clone(), version);
        let additions = Self::additions(&upshot, &versions, &known.versions, &requests);
        match self.append(context, at, &additions).await? {
            Appended::Now(written) => {
                let position = written.receipt.last;
                self.meeting_done(&id, position, false).await.map(Some)
            }
            Appended::Before(receipt) => self.first_meeting(receipt, asked).await.map(Some),
            Appended::Conflict => Ok(None),
        }
    }

    /// What a command adds to every stream that it touches.
    fn additions(
        upshot: &Upshot,
        meetings: &BTreeMap<MeetingId, u32>,
        desk: &std::collections::HashMap<String, u32>,
        requests: &BTreeMap<RequestId, AtHand>,
    ) -> Vec<Addition> {
        let mut additions = Vec::new();
        for (id, events) in &upshot.meetings {
            let changes = events.iter().cloned().map(Change::of).collect();
            let expected = meetings.get(id).copied().unwrap_or_default();
            let stream = format!("meeting-{id}");
            additions.push(Addition { stream, expected, changes, subject: None });
        }
        if let Some(first) = upshot.diary.first() {
            let stream = first.stream();
            let expected = desk.get(&stream).copied().unwrap_or_default();
            let changes = upshot.diary.iter().cloned().map(Change::of).collect();
            additions.push(Addition { stream, expected, changes, subject: None });
        }
        for (id, changes) in &upshot.requests {
            let at_hand = requests.get(id);
            additions.push(Addition {
                stream: format!("request-{id}"),
                expected: at_hand.map_or(0, |it| it.version),
                changes: changes.clone(),
                subject: at_hand.and_then(|it| it.request.case()).map(subject),
            });
        }
        additions
    }

    /// Requests as they stand, with who has done anything to them apart from panels' people.
    async fn at_hand(
        &self,
        requests: BTreeSet<RequestId>,
    ) -> Result<BTreeMap<RequestId, AtHand>, Failure> {
        let mut at_hand = BTreeMap::new();
        for id in requests {
            let mut it = AtHand::default();
            for recorded in self.stream(&format!("request-{id}")).await? {
                it.version = recorded.version;
                it.hands.extend(hand(&recorded));
                if let Some(happened) = recorded.happened() {
                    it.follow(recorded.version, &happened);
                }
            }
            at_hand.insert(id, it);
        }
        Ok(at_hand)
    }

    /// One request as a panel's decision looks at it.
    pub async fn request_at_hand(&self, request: RequestId) -> Result<AtHand, Failure> {
        Ok(self.at_hand([request].into()).await?.remove(&request).unwrap_or_default())
    }

    /// A meeting and its version, as of now.
    pub async fn meeting(&self, meeting: &MeetingId) -> Result<(Meeting, u32), Failure> {
        self.meeting_up_to(meeting, Position::new(u64::MAX)).await
    }

    async fn meeting_up_to(
        &self,
        meeting: &MeetingId,
        last: Position,
    ) -> Result<(Meeting, u32), Failure> {
        let mut state = Meeting::default();
        let mut version = 0;
        for recorded in self.stream(&format!("meeting-{meeting}")).await? {
            if recorded.position > last.get() {
                break;
            }
            version = recorded.version;
            if let Some(Event::Meeting(event)) = &recorded.event {
                state = state.evolve(event, recorded.effective_at);
            }
        }
        Ok((state, version))
    }

    async fn meeting_done(
        &self,
        meeting: &MeetingId,
        last: Position,
        replayed: bool,
    ) -> Result<MeetingDone, Failure> {
        let (state, version) = self.meeting_up_to(meeting, last).await?;
        let sitting = state.sitting().cloned().ok_or(Failure::KeyReused)?;
        Ok(MeetingDone { sitting, version, position: last.get(), replayed })
    }

    /// The answer that a command got the first time.
    async fn first_meeting(
        &self,
        receipt: Receipt,
        asked: Asked<'_>,
    ) -> Result<MeetingDone, Failure> {
        if let Asked::Do(meeting, _) = asked {
            return self.meeting_done(meeting, receipt.last, true).await;
        }
        let before = receipt.first.get().saturating_sub(1);
        let called = self.history(before, 1).await?.into_iter().next();
        let called = called.and_then(|it| it.stream.strip_prefix("meeting-")?.parse().ok());
        self.meeting_done(&called.ok_or(Failure::KeyReused)?, receipt.last, true).await
    }

    /// The chair decides a clear case for the panel, which is asked to ratify it when it meets
    /// next: the decision and its place in the panel's diary are one append.
    pub async fn delegate(
        &self,
        context: &Context,
        request: RequestId,
        ruling: Ruling,
    ) -> Result<Done, Failure> {
        self.writing(self.keep_delegating(context, request, ruling)).await
    }

    async fn keep_delegating(
        &self,
        context: &Context,
        request: RequestId,
        ruling: Ruling,
    ) -> Result<Done, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.first_answer(receipt).await;
            }
            if let Some(done) = self.try_delegate(context, request, ruling.clone()).await? {
                return Ok(done);
            }
        }
        Err(Failure::Contended)
    }

    async fn try_delegate(
        &self,
        context: &Context,
        request: RequestId,
        ruling: Ruling,
    ) -> Result<Option<Done>, Failure> {
        let at = self.moment(context)?;
        let known = self.known().await?;
        let (state, version) = self.request(request).await?;
        let case = state.case().ok_or(Refusal::NotReceived)?;
        if let Some(expected) = context.expected_version.filter(|expected| *expected != version) {
            return Err(Failure::Stale { expected, actual: version });
        }
        let panel = ruling.panel.clone();
        let asks_only = ruling.decision.kind() == DecisionKind::Defer;
        let subject = Some(subject(case));
        let changes = state.proceed(Command::Rule(Box::new(ruling)), &known.desk, at)?;
        let mut additions = vec![Addition {
            stream: format!("request-{request}"),
            expected: version,
            changes,
            subject,
        }];
        if !asks_only {
            let event = DeskEvent::DecisionDelegated(DecisionDelegated { panel, request });
            let stream = event.stream();
            let expected = known.versions.get(&stream).copied().unwrap_or_default();
            let changes = vec![Change::of(event)];
            additions.push(Addition { stream, expected, changes, subject: None });
        }
        match self.append(context, at, &additions).await? {
            Appended::Now(written) => {
                Self::done(state, version, at, &additions, &written).map(Some)
            }
            Appended::Before(receipt) => self.first_answer(receipt).await.map(Some),
            Appended::Conflict => Ok(None),
        }
    }

    /// The officer's word on what a panel decided: in its meeting's record too, where a meeting
    /// decided it.
    pub async fn ratify(
        &self,
        context: &Context,
        request: RequestId,
        (officer, agreed): (AccountId, bool),
        stated: Stated,
    ) -> Result<Done, Failure> {
        let (state, _) = self.request(request).await?;
        let pending = state.case().and_then(|case| case.pending.as_ref());
        let Some(RuledBy::Meeting(meeting)) = pending.map(|pending| pending.by.clone()) else {
            let command = Command::Ratify(officer, agreed, stated);
            return self.act(context, request, command).await;
        };
        let command = MeetingCommand::Ratify(request, officer, agreed, stated);
        let done = self.convene(context, &meeting, command).await?;
        let last = Position::new(done.position);
        let (state, version) = self.request_up_to(request, last).await?;
        let case = state.case().cloned().ok_or(Refusal::NotReceived)?;
        Ok(Done { case, version, position: done.position, replayed: done.replayed })
    }
}

impl NewMeeting {
    fn named(&self, meeting: MeetingId) -> Schedule {
        Schedule {
            meeting,
            panel: self.panel.clone(),
            kind: self.kind,
            starts_at: self.starts_at,
            minutes: self.minutes,
        }
    }
}

/// Whose doing an event is, if it is a person's who does not act for a panel: what such a
/// person did to a request before is an interest in it.
fn hand(recorded: &Recorded) -> Option<AccountId> {
    let actor = &recorded.actor;
    let of_panel = actor.role == Some(Role::Panel);
    if actor.kind == ActorKind::Account && !of_panel { actor.id.parse().ok() } else { None }
}
