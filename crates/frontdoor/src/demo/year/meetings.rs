//! The panels' meetings of the year: called weeks before, given an agenda from whatever waits,
//! read for, held, signed.

use super::{Due, Year};
use crate::demo::dice::Dice;
use crate::demo::people::PANEL_MANAGER;
use crate::demo::phrases::because;
use domain::account::Role;
use domain::calendar::london;
use domain::clock::Promise;
use domain::codes::ReasonCode;
use domain::desk::Desk;
use domain::ids::{AccountId, MeetingId, PanelId, RequestId};
use domain::meeting::event::{CancelReason, MeetingKind, Planned};
use domain::meeting::{MeetingCommand, Phase, Sitting};
use domain::panel::{Depth, Panel, Proposal, Waiting};
use domain::request::event::RuledBy;
use domain::request::{Case, Command, Ruling, Stage, Status};
use engine::{Actor, NewMeeting};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// A meeting is called so long before it starts,
const CALLED_BEFORE_DAYS: i32 = 42;
/// has its agenda,
const AGENDA_BEFORE_DAYS: i32 = 9;
/// its packs,
const PACKS_BEFORE_DAYS: i32 = 8;
/// and its readers.
const READ_BEFORE_DAYS: i32 = 2;
/// Months of meetings that are called ahead.
const CALLED_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 40);
/// More than that left over need more than one meeting.
const MANY: usize = 8;
/// So many clear cases in a hundred are decided by the chair.
const DELEGATED_PERCENT: u32 = 45;

/// What is done to a meeting, before, at or after it.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Agenda,
    Packs,
    Read,
    Arrive(AccountId),
    Depart(AccountId),
    Delegated(RequestId),
    Take(RequestId),
    Close,
    Sign,
}

impl Act {
    /// Whether it can be done as the meeting stands: one that was short is over before the last
    /// would have come or gone.
    fn is_for(&self, sitting: &Sitting) -> bool {
        let open = sitting.phase == Phase::Open;
        match self {
            Self::Agenda | Self::Packs | Self::Read => !open,
            Self::Arrive(_) => open || sitting.phase == Phase::Published,
            Self::Depart(member) => open && sitting.attendance.staying(member).is_some(),
            Self::Delegated(_) | Self::Take(_) | Self::Close => open,
            Self::Sign => sitting.phase == Phase::Closed,
        }
    }
}

impl Year {
    /// Every meeting that the panels' cycles bring, from the first month on.
    pub(super) fn plan_meetings(&mut self, opened: Timestamp, desk: &Desk) {
        let from = london::wall(opened).date().saturating_add(21.days());
        let until = self.now.saturating_add(CALLED_AHEAD).unwrap_or(self.now);
        for panel in desk.panels.values() {
            let dates = panel.cycle.next_dates(&desk.calendar, from, 20).into_iter();
            for starts_at in dates.map(|day| panel.cycle.starts_at(day)) {
                if starts_at < until {
                    let at = before(starts_at, CALLED_BEFORE_DAYS).clamp(opened, self.now);
                    self.plan(at, Due::Call(panel.id.clone(), MeetingKind::Cycle, starts_at));
                }
            }
        }
    }

    pub(super) async fn call(
        &mut self,
        at: Timestamp,
        panel: PanelId,
        kind: MeetingKind,
        starts_at: Timestamp,
    ) -> anyhow::Result<()> {
        let diary = self.engine.desk().await?.diary(&panel);
        let ends_at = starts_at.saturating_add(DAY / 4).unwrap_or(starts_at);
        if diary.overlapping(starts_at, ends_at).is_some() {
            return Ok(());
        }
        let new = NewMeeting { panel, kind, starts_at, minutes: None };
        let done = self.engine.call_meeting(&self.as_member(&manager()?)?, &new).await?;
        // The next one has an agenda before its time, so that there is something to look at.
        let agenda_at = before(starts_at, AGENDA_BEFORE_DAYS);
        let yesterday = self.now.saturating_sub(DAY).unwrap_or(self.now);
        let first_to_come = starts_at > self.now && before(starts_at, 28) <= self.now;
        let agenda_at = if first_to_come { agenda_at.min(yesterday) } else { agenda_at };
        self.plan_act(agenda_at.max(at), &done.sitting.id, Act::Agenda);
        Ok(())
    }

    pub(super) fn plan_act(&mut self, at: Timestamp, meeting: &MeetingId, act: Act) {
        if at < self.now {
            self.plan(at, Due::Meeting(meeting.clone(), act));
        }
    }

    pub(super) async fn meet(
        &mut self,
        at: Timestamp,
        meeting: MeetingId,
        act: Act,
    ) -> anyhow::Result<()> {
        let desk = self.engine.desk().await?;
        let (state, _) = self.engine.meeting(&meeting).await?;
        let Some(sitting) = state.sitting() else { return Ok(()) };
        let Some(terms) = desk.panels.get(&sitting.panel) else { return Ok(()) };
        if !act.is_for(sitting) {
            return Ok(());
        }
        match act {
            Act::Agenda => self.agenda(at, sitting, terms, &desk).await,
            Act::Packs => self.manage(&meeting, MeetingCommand::Publish).await,
            Act::Read => self.read(at, sitting, terms, &desk).await,
            Act::Arrive(member) => self.manage(&meeting, MeetingCommand::Arrive(member)).await,
            Act::Depart(member) => self.manage(&meeting, MeetingCommand::Depart(member)).await,
            Act::Delegated(request) => self.stand_by(at, sitting, terms, request).await,
            Act::Take(request) => self.take_up(at, sitting, terms, &desk, request).await,
            Act::Close => self.close(at, sitting).await,
            Act::Sign => self.sign(sitting, terms).await,
        }
    }

    /// The panel manager's doing.
    pub(super) async fn manage(
        &self,
        meeting: &MeetingId,
        command: MeetingCommand,
    ) -> anyhow::Result<()> {
        let verb = command.verb();
        let done = self.engine.convene(&self.as_member(&manager()?)?, meeting, command).await;
        done.map(drop).map_err(|failure| {
            anyhow::Error::new(failure).context(format!("{meeting}: {verb} was not possible"))
        })
    }

    pub(super) fn as_member(&self, account: &AccountId) -> anyhow::Result<engine::Context> {
        self.context(Actor::account(account, Role::Panel))
    }

    /// Takes up what waits longest, within the time; a clear case goes to the chair.
    async fn agenda(
        &mut self,
        at: Timestamp,
        sitting: &Sitting,
        terms: &Panel,
        desk: &Desk,
    ) -> anyhow::Result<()> {
        let mut waiting = Vec::new();
        for (story, case) in self.queue(sitting).await? {
            let case = self.look_at_depth(case).await?;
            let clear = case.depth() == Depth::Consent && self.is_free(story);
            if clear && self.dice.chance(DELEGATED_PERCENT) {
                self.delegate(at, story, &case, terms, desk).await?;
            } else {
                waiting.push(awaiting(&case, terms));
            }
        }
        let mut stays = Vec::new();
        for item in &sitting.items {
            let (request, _) = self.engine.request(item.request).await?;
            // What was withdrawn since it was put there is gone.
            if request.case().and_then(Case::agenda) == Some(&sitting.id) {
                stays.push(planned_again(item));
            }
        }
        let taken = stays.iter().map(|item| u32::from(item.minutes)).sum();
        let proposal = Proposal::of(waiting, u32::from(sitting.minutes), taken, None);
        self.call_special(at, sitting, proposal.left_out.len());
        let items: Vec<_> = stays.into_iter().chain(proposal.items.iter().map(planned)).collect();
        let diary = self.engine.desk().await?.diary(&sitting.panel);
        if items.is_empty() && diary.delegated.is_empty() {
            let off = MeetingCommand::Cancel(CancelReason::NoItems, None);
            return self.manage(&sitting.id, off).await;
        }
        let requests: Vec<_> = items.iter().map(|item| item.request).collect();
        if !items.is_empty() {
            self.manage(&sitting.id, MeetingCommand::SetAgenda(items)).await?;
        }
        for request in requests {
            self.follow_request(at, request).await?;
        }
        let packs_at = before(sitting.starts_at, PACKS_BEFORE_DAYS).max(at);
        let read_at = before(sitting.starts_at, READ_BEFORE_DAYS);
        self.plan_act(packs_at, &sitting.id, Act::Packs);
        self.plan_act(read_at, &sitting.id, Act::Read);
        Ok(())
    }

    /// What there is no time for is decided between two meetings of the cycle, in a special one.
    fn call_special(&mut self, at: Timestamp, sitting: &Sitting, left_out: usize) {
        if sitting.kind != MeetingKind::Cycle {
            return;
        }
        let weeks: &[i32] = match left_out {
            0 => &[],
            1..=MANY => &[2],
            _ => &[1, 2, 3],
        };
        for week in weeks {
            let starts_at = before(sitting.starts_at, -7 * week);
            let due = Due::Call(sitting.panel.clone(), MeetingKind::Special, starts_at);
            if at < self.now {
                self.plan(at, due);
            }
        }
    }

    /// The stories that wait for this meeting's panel, and have heard from an adviser.
    async fn queue(&self, sitting: &Sitting) -> anyhow::Result<Vec<(usize, Case)>> {
        let mut queue = Vec::new();
        for (number, story) in self.stories.iter().enumerate() {
            let kept = match story.life.stays() {
                Some(Status::OnAgenda) => sitting.starts_at > self.now,
                Some(Status::AwaitingPanel) => false,
                Some(_) | None => true,
            };
            if !kept || story.queued_for.as_ref() != Some(&sitting.panel) {
                continue;
            }
            let (request, _) = self.engine.request(story.request).await?;
            let waits = |case: &&Case| {
                let answered = case.clocks.latest(Promise::Respond);
                matches!(&case.stage, Stage::AwaitingPanel { panel } if *panel == sitting.panel)
                    && answered.is_none_or(|clock| clock.stopped_at.is_some())
            };
            queue.extend(request.case().filter(waits).cloned().map(|case| (number, case)));
        }
        Ok(queue)
    }

    fn is_free(&self, story: usize) -> bool {
        self.stories.get(story).is_some_and(|story| story.life.stays().is_none())
    }

    /// Now and then the panel manager sees a case differently than its suggestion.
    async fn look_at_depth(&mut self, case: Case) -> anyhow::Result<Case> {
        if !self.dice.chance(12) {
            return Ok(case);
        }
        let depth = match case.depth() {
            Depth::Consent | Depth::InDepth => Depth::Standard,
            Depth::Standard => Depth::Consent,
        };
        let lines = &self.stationery.phrases.depth_changed;
        let code = ReasonCode::ProfessionalJudgement;
        let stated = because(code, "terms of reference", lines, &mut self.dice);
        let context = self.as_member(&manager()?)?;
        let command = Command::SetDepth(depth, stated);
        Ok(self.engine.act(&context, case.id, command).await?.case)
    }

    async fn delegate(
        &mut self,
        at: Timestamp,
        story: usize,
        case: &Case,
        terms: &Panel,
        desk: &Desk,
    ) -> anyhow::Result<()> {
        let Some(chair) = terms.chair.clone() else { return Ok(()) };
        let decided = self.deliberation(at, case, desk).come_to(&[], terms.decides_by);
        let ruling = Ruling {
            panel: terms.id.clone(),
            by: RuledBy::Chair(chair.clone()),
            decision: decided.decision,
            reason: decided.reason,
            evidence: decided.evidence,
            words: decided.words,
        };
        let context = self.as_member(&chair)?;
        let done = self.engine.delegate(&context, case.id, ruling).await?;
        self.follow(story, at, &done.case).await
    }

    async fn sign(&mut self, sitting: &Sitting, terms: &Panel) -> anyhow::Result<()> {
        let Some(chair) = terms.chair.clone() else { return Ok(()) };
        let context = self.as_member(&chair)?;
        self.engine.convene(&context, &sitting.id, MeetingCommand::Sign(chair)).await?;
        Ok(())
    }

    /// What comes next for a request that a meeting did something to.
    pub(super) async fn follow_request(
        &mut self,
        at: Timestamp,
        request: RequestId,
    ) -> anyhow::Result<()> {
        let story = self.stories.iter().position(|story| story.request == request);
        let (state, _) = self.engine.request(request).await?;
        let (Some(story), Some(case)) = (story, state.case()) else { return Ok(()) };
        self.follow(story, at, case).await
    }

    /// Dice for one thing that happens at meetings.
    pub(super) fn dice(&mut self) -> Dice {
        self.dice.fork()
    }
}

pub(super) fn manager() -> anyhow::Result<AccountId> {
    Ok(PANEL_MANAGER.0.parse()?)
}

pub(super) fn before(at: Timestamp, days: i32) -> Timestamp {
    at.saturating_sub(DAY.saturating_mul(days)).unwrap_or(at)
}

fn awaiting(case: &Case, terms: &Panel) -> Waiting {
    let depth = case.depth();
    Waiting {
        request: case.id,
        due_at: case.clocks.latest(Promise::PanelDecision).and_then(|clock| clock.due_at),
        since: case.received_at,
        depth,
        minutes: terms.minutes_for.depth(depth),
    }
}

fn planned(waiting: &Waiting) -> Planned {
    let Waiting { request, depth, minutes, .. } = *waiting;
    Planned { request, depth, minutes }
}

fn planned_again(item: &domain::meeting::Item) -> Planned {
    Planned { request: item.request, depth: item.depth, minutes: item.minutes }
}
