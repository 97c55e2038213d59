//! Panels' meetings: where each stands, what it takes up, and what each member did.

use crate::column::{integer, nanoseconds};
use crate::meetings::MeetingState;
use domain::event::MeetingEvent as E;
use domain::ids::{AccountId, MeetingId, RequestId};
use domain::meeting::event::{AgendaSet, Cancelled, Decided, Scheduled};
use engine::Recorded;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Result, Transaction, params};

/// What came of an item that was put off.
pub(crate) const DEFERRED: &str = "deferred";

/// Follows one event of a meeting. What precedes its being called has no place.
pub(super) fn follow(rows: &Transaction<'_>, event: &E, recorded: &Recorded) -> Result<()> {
    let Some(id) = recorded.stream.strip_prefix("meeting-") else { return Ok(()) };
    let meeting = Followed { rows, id, at: recorded.effective_at };
    match event {
        E::Scheduled(scheduled) => meeting.called(scheduled, recorded.version)?,
        E::Cancelled(cancelled) => meeting.cancelled(cancelled)?,
        E::AgendaSet(set) => meeting.plan(set)?,
        E::PacksPublished(_) => {
            meeting.goes_on(MeetingState::Scheduled, MeetingState::Published)?;
        }
        E::ApologiesGiven(given) => meeting.apologised(&given.member, true)?,
        E::Arrived(arrived) => meeting.arrived(&arrived.member)?,
        E::Departed(departed) => meeting.departed(Some(&departed.member))?,
        E::Recused(it) => meeting.stands_aside(&it.member, it.request, true)?,
        E::InterestDismissed(it) => meeting.stands_aside(&it.member, it.request, false)?,
        E::Decided(decided) => meeting.decided(decided)?,
        E::Deferred(deferred) => meeting.settle(deferred.request, DEFERRED)?,
        E::Closed(_) => {
            meeting.departed(None)?;
            meeting.goes_on(MeetingState::Open, MeetingState::Closed)?;
        }
        E::MinutesSigned(_) => meeting.goes_on(MeetingState::Closed, MeetingState::Signed)?,
        // Its record says what these are; no list asks for them.
        E::PackOpened(_) | E::DelegationReviewed(_) | E::DecisionRatified(_) => {}
    }
    rows.prepare_cached("UPDATE meetings SET version = ? WHERE id = ?")?
        .execute(params![recorded.version, id])?;
    Ok(())
}

/// The rows of one meeting, at the instant of an event.
struct Followed<'a> {
    rows: &'a Transaction<'a>,
    id: &'a str,
    at: Timestamp,
}

impl Followed<'_> {
    fn called(&self, scheduled: &Scheduled, version: u32) -> Result<()> {
        let lasts = SignedDuration::from_mins(i64::from(scheduled.minutes));
        let starts_at = scheduled.starts_at;
        let ends_at = starts_at.saturating_add(lasts).unwrap_or(starts_at);
        let sql = "INSERT OR REPLACE INTO meetings VALUES
            (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, NULL, ?)";
        self.rows.prepare_cached(sql)?.execute(params![
            self.id,
            scheduled.panel.as_str(),
            scheduled.kind.code(),
            MeetingState::Scheduled.as_str(),
            nanoseconds(starts_at),
            nanoseconds(ends_at),
            scheduled.minutes,
            nanoseconds(scheduled.papers_due_at),
            scheduled.terms_version,
            nanoseconds(self.at),
            version,
        ])?;
        Ok(())
    }

    fn cancelled(&self, cancelled: &Cancelled) -> Result<()> {
        let sql = "UPDATE meetings
            SET state = ?, cancelled_because = ?, moved_to = ?, cancelled_at = ? WHERE id = ?";
        self.rows.prepare_cached(sql)?.execute(params![
            MeetingState::Cancelled.as_str(),
            cancelled.why.code(),
            cancelled.moved_to.as_ref().map(MeetingId::as_str),
            nanoseconds(self.at),
            self.id,
        ])?;
        Ok(())
    }

    fn goes_on(&self, from: MeetingState, to: MeetingState) -> Result<()> {
        let sql = "UPDATE meetings SET state = ? WHERE id = ? AND state = ?";
        let stated = params![to.as_str(), self.id, from.as_str()];
        self.rows.prepare_cached(sql)?.execute(stated)?;
        Ok(())
    }

    fn plan(&self, set: &AgendaSet) -> Result<()> {
        let sql = "DELETE FROM meeting_items WHERE meeting = ?";
        self.rows.prepare_cached(sql)?.execute([self.id])?;
        let sql = "INSERT OR REPLACE INTO meeting_items VALUES (?, ?, ?, ?, ?, NULL)";
        let mut statement = self.rows.prepare_cached(sql)?;
        for (place, item) in (1_u64..).zip(&set.items) {
            let (request, depth) = (item.request.0.into_bytes(), item.depth.code());
            let place = integer(place);
            statement.execute(params![self.id, request, place, depth, item.minutes])?;
        }
        Ok(())
    }

    fn settle(&self, request: RequestId, outcome: &str) -> Result<()> {
        let sql = "UPDATE meeting_items SET outcome = ? WHERE meeting = ? AND request = ?";
        let settled = params![outcome, self.id, request.0.into_bytes()];
        self.rows.prepare_cached(sql)?.execute(settled)?;
        Ok(())
    }

    fn decided(&self, decided: &Decided) -> Result<()> {
        self.settle(decided.request, decided.decision.code())?;
        for member in &decided.deciding {
            self.counts(member, "decisions")?;
        }
        for member in &decided.unopened {
            self.counts(member, "unread")?;
        }
        Ok(())
    }

    fn counts(&self, member: &AccountId, column: &str) -> Result<()> {
        let sql = format!(
            "INSERT INTO attendance (meeting, member, {column}) VALUES (?, ?, 1)
             ON CONFLICT DO UPDATE SET {column} = {column} + 1"
        );
        self.rows.prepare_cached(&sql)?.execute([self.id, member.as_str()])?;
        Ok(())
    }

    /// Whoever comes after all has not stayed away.
    fn arrived(&self, member: &AccountId) -> Result<()> {
        self.goes_on(MeetingState::Scheduled, MeetingState::Open)?;
        self.goes_on(MeetingState::Published, MeetingState::Open)?;
        self.apologised(member, false)?;
        let sql = "UPDATE attendance SET came = 1, here_since = ifnull(here_since, ?)
            WHERE meeting = ? AND member = ?";
        let came = params![nanoseconds(self.at), self.id, member.as_str()];
        self.rows.prepare_cached(sql)?.execute(came)?;
        Ok(())
    }

    fn apologised(&self, member: &AccountId, apologised: bool) -> Result<()> {
        let sql = "INSERT INTO attendance (meeting, member, apologised) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET apologised = excluded.apologised";
        let said = params![self.id, member.as_str(), apologised];
        self.rows.prepare_cached(sql)?.execute(said)?;
        Ok(())
    }

    /// A member leaves the room, or everybody does.
    fn departed(&self, member: Option<&AccountId>) -> Result<()> {
        let sql = "UPDATE attendance
            SET stayed = stayed + max(0, ?1 - here_since), here_since = NULL
            WHERE meeting = ?2 AND here_since IS NOT NULL AND member = ifnull(?3, member)";
        let left = params![nanoseconds(self.at), self.id, member.map(AccountId::as_str)];
        self.rows.prepare_cached(sql)?.execute(left)?;
        Ok(())
    }

    fn stands_aside(&self, member: &AccountId, request: RequestId, aside: bool) -> Result<()> {
        let sql = if aside {
            "INSERT OR IGNORE INTO recusals VALUES (?, ?, ?)"
        } else {
            "DELETE FROM recusals WHERE meeting = ? AND member = ? AND request = ?"
        };
        let said = params![self.id, member.as_str(), request.0.into_bytes()];
        self.rows.prepare_cached(sql)?.execute(said)?;
        Ok(())
    }
}
