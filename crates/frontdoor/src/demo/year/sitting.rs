//! A meeting of the year as it goes: members read, come and go, stand aside, decide.

use super::Year;
use super::meetings::Act;
use crate::demo::rulings::Deliberation;
use domain::desk::Desk;
use domain::ids::{AccountId, RequestId};
use domain::meeting::event::{CancelReason, DeferReason};
use domain::meeting::interest::{InterestKind, suggested};
use domain::meeting::{AtHand, ItemOutcome, MeetingCommand, Sitting};
use domain::panel::{Member, Panel};
use domain::personal::Words;
use domain::request::{Case, Stated};
use jiff::{SignedDuration, Timestamp};

/// So many members in a hundred cannot come,
const AWAY_PERCENT: u32 = 9;
/// and so many packs in a hundred nobody has opened before.
const UNREAD_PERCENT: u32 = 14;
/// So many meetings in a hundred do not take place after all.
const CANCELLED_PERCENT: u32 = 8;
/// What the chair decided is looked at in so many minutes.
const MINUTES_FOR_DELEGATED: i64 = 2;

impl Year {
    /// Members read, or say that they cannot come; the day is planned by who will.
    pub(super) async fn read(
        &mut self,
        at: Timestamp,
        sitting: &Sitting,
        terms: &Panel,
        desk: &Desk,
    ) -> anyhow::Result<()> {
        let mut dice = self.dice();
        if dice.chance(CANCELLED_PERCENT) && self.move_to_the_next(at, sitting, desk).await? {
            return Ok(());
        }
        let mut coming = Vec::new();
        for member in &terms.members {
            let account = &member.account;
            if dice.chance(AWAY_PERCENT) {
                let away = MeetingCommand::Apologise(account.clone());
                self.engine.convene(&self.as_member(account)?, &sitting.id, away).await?;
                continue;
            }
            coming.push(account.clone());
            for item in sitting.items.iter().filter(|item| item.pack().is_some()) {
                if !dice.chance(UNREAD_PERCENT) {
                    let open = MeetingCommand::OpenPack(account.clone(), item.request);
                    self.engine.convene(&self.as_member(account)?, &sitting.id, open).await?;
                }
            }
        }
        self.plan_day(at, sitting, &coming, desk);
        Ok(())
    }

    /// Snow, or a burst pipe: everything goes before the panel's next meeting, if it has one.
    async fn move_to_the_next(
        &mut self,
        at: Timestamp,
        sitting: &Sitting,
        desk: &Desk,
    ) -> anyhow::Result<bool> {
        let diary = desk.diary(&sitting.panel);
        let Some((next, _)) = diary.next_after(sitting.starts_at) else { return Ok(false) };
        let off = MeetingCommand::Cancel(CancelReason::Weather, Some(next.clone()));
        self.manage(&sitting.id, off).await?;
        for item in &sitting.items {
            self.follow_request(at, item.request).await?;
        }
        Ok(true)
    }

    /// Who comes when, and when what is taken up. The room fills before anything is decided.
    fn plan_day(&mut self, at: Timestamp, sitting: &Sitting, coming: &[AccountId], desk: &Desk) {
        let starts = sitting.starts_at.max(at);
        let minute = |minutes: i64| {
            starts.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(starts)
        };
        let mut dice = self.dice();
        for member in coming {
            let late = if dice.chance(6) { 31 } else { 0 };
            let at = before_the_hour(minute(late), dice.between(10..=500));
            self.plan_act(at, &sitting.id, Act::Arrive(member.clone()));
            if dice.chance(5) {
                let at = before_the_hour(minute(100), dice.between(1..=1_000));
                self.plan_act(at, &sitting.id, Act::Depart(member.clone()));
            }
        }
        let mut minutes = 5;
        for request in desk.diary(&sitting.panel).delegated {
            self.plan_act(minute(minutes), &sitting.id, Act::Delegated(request));
            minutes += MINUTES_FOR_DELEGATED;
        }
        for item in &sitting.items {
            minutes += i64::from(item.minutes);
            self.plan_act(minute(minutes), &sitting.id, Act::Take(item.request));
        }
        self.plan_act(minute(minutes + 5), &sitting.id, Act::Close);
    }

    /// The panel stands by what its chair decided for it, where it has a quorum.
    pub(super) async fn stand_by(
        &mut self,
        at: Timestamp,
        sitting: &Sitting,
        terms: &Panel,
        request: RequestId,
    ) -> anyhow::Result<()> {
        let at_hand = self.engine.request_at_hand(request).await?;
        let Some(case) = at_hand.request.case() else { return Ok(()) };
        let deciding = self.settle_interests(at, sitting, terms, case, &at_hand).await?;
        if terms.quorum.shortfall(deciding.iter().map(|member| member.role)).is_some() {
            return Ok(());
        }
        let ratified = MeetingCommand::ReviewDelegation(request, true, Stated::default());
        self.manage(&sitting.id, ratified).await
    }

    /// One item: whoever has an interest says so, and the others decide if they are enough.
    pub(super) async fn take_up(
        &mut self,
        at: Timestamp,
        sitting: &Sitting,
        terms: &Panel,
        desk: &Desk,
        request: RequestId,
    ) -> anyhow::Result<()> {
        let at_hand = self.engine.request_at_hand(request).await?;
        let Some(case) = at_hand.request.case() else { return Ok(()) };
        if case.agenda() != Some(&sitting.id) || case.is_waiting() {
            return Ok(());
        }
        let deciding = self.settle_interests(at, sitting, terms, case, &at_hand).await?;
        let short = terms.quorum.shortfall(deciding.iter().map(|member| member.role));
        let command = if short.is_some() {
            let words = Words::text(self.dice.line(&self.stationery.phrases.no_quorum));
            MeetingCommand::PutOff(request, DeferReason::NoQuorum, words)
        } else {
            let room: Vec<_> = deciding.iter().map(|member| member.account.clone()).collect();
            let decided = self.deliberation(at, case, desk).come_to(&room, terms.decides_by);
            MeetingCommand::Decide(Box::new(decided))
        };
        self.manage(&sitting.id, command).await?;
        self.follow_request(at, request).await
    }

    /// Who decides: those in the room, once everybody has said what interest they have.
    async fn settle_interests<'a>(
        &mut self,
        at: Timestamp,
        sitting: &Sitting,
        terms: &'a Panel,
        case: &Case,
        at_hand: &AtHand,
    ) -> anyhow::Result<Vec<&'a Member>> {
        let mut deciding = Vec::new();
        let present = sitting.attendance.in_the_room(at);
        for member in present.into_iter().filter_map(|account| terms.member(account)) {
            let kinds = suggested(member, case, &at_hand.hands);
            let Some(kind) = kinds.first().copied() else {
                deciding.push(member);
                continue;
            };
            let (account, phrases) = (member.account.clone(), &self.stationery.phrases);
            let command = if kind == InterestKind::OwnSchool || self.dice.chance(55) {
                let words = Words::text(self.dice.line(&phrases.recused));
                MeetingCommand::Recuse(account, case.id, kind, words)
            } else {
                deciding.push(member);
                let words = Words::text(self.dice.line(&phrases.no_interest));
                MeetingCommand::DismissInterest(account, case.id, words)
            };
            self.manage(&sitting.id, command).await?;
        }
        Ok(deciding)
    }

    pub(super) fn deliberation<'a>(
        &'a mut self,
        at: Timestamp,
        case: &'a Case,
        desk: &'a Desk,
    ) -> Deliberation<'a> {
        Deliberation {
            case,
            desk,
            phrases: &self.stationery.phrases,
            names: &self.stationery.names,
            larder: &self.larder,
            dice: &mut self.dice,
            at,
        }
    }

    /// What was not reached is back in the queue; the chair signs within days.
    pub(super) async fn close(&mut self, at: Timestamp, sitting: &Sitting) -> anyhow::Result<()> {
        self.manage(&sitting.id, MeetingCommand::Close).await?;
        let open = |item: &&domain::meeting::Item| {
            !matches!(item.outcome, Some(ItemOutcome::Decided(..) | ItemOutcome::Deferred(..)))
        };
        for item in sitting.items.iter().filter(open) {
            self.follow_request(at, item.request).await?;
        }
        let minutes = self.dice.between(300..=2_000);
        let by = self.working_hours.add_working_time(at, SignedDuration::from_mins(minutes));
        self.plan_act(by, &sitting.id, Act::Sign);
        Ok(())
    }
}

fn before_the_hour(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_sub(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
