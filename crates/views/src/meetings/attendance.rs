//! Who came to a panel's meetings, and what they did there.

use crate::Error;
use crate::column::{count, nanoseconds, text};
use domain::ids::{AccountId, PanelId};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row};

/// What members did at the meetings of a panel in a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attended {
    /// How many meetings there were: those that began.
    pub held: u64,
    /// Whoever had anything to do with one, by account.
    pub members: Vec<MemberAttendance>,
}

/// What one member did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberAttendance {
    /// Who.
    pub member: AccountId,
    /// To how many meetings they came.
    pub meetings: u64,
    /// How long they were in the room, in whole minutes.
    pub minutes_present: u64,
    /// From how many they sent apologies and stayed away.
    pub apologies: u64,
    /// From how many items they stood aside.
    pub recusals: u64,
    /// How many items they decided,
    pub decisions: u64,
    /// and how many of these without having opened the pack.
    pub unread: u64,
}

/// The meetings that count: a minute of one that is under way counts when it is over.
const HELD: &str = "m.panel = ?1 AND m.starts_at >= ?2 AND m.starts_at < ?3
    AND m.state IN ('open', 'closed', 'signed')";

/// What the members of this panel did at its meetings that started from one instant on until
/// before another.
pub(crate) fn attended(
    rows: &Connection,
    panel: &PanelId,
    (from, before): (Timestamp, Timestamp),
) -> Result<Attended, Error> {
    let asked = (panel.as_str(), nanoseconds(from), nanoseconds(before));
    let held = rows
        .prepare_cached(&format!("SELECT count(*) AS held FROM meetings m WHERE {HELD}"))?
        .query_row(asked, |row| count(row, "held"))?;
    let sql = format!(
        "SELECT a.member, sum(a.came) AS meetings, sum(a.stayed) / 60000000000 AS minutes,
                sum(a.apologised) AS apologies, sum(a.decisions) AS decisions,
                sum(a.unread) AS unread,
                sum((SELECT count(*) FROM recusals r
                     WHERE r.meeting = a.meeting AND r.member = a.member)) AS recusals
         FROM meetings m JOIN attendance a ON a.meeting = m.id
         WHERE {HELD} GROUP BY a.member ORDER BY a.member"
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let members = statement.query_map(asked, MemberAttendance::read)?;
    Ok(Attended { held, members: members.collect::<Result<_>>()? })
}

impl MemberAttendance {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            member: text(row, "member")?,
            meetings: count(row, "meetings")?,
            minutes_present: count(row, "minutes")?,
            apologies: count(row, "apologies")?,
            recusals: count(row, "recusals")?,
            decisions: count(row, "decisions")?,
            unread: count(row, "unread")?,
        })
    }
}
