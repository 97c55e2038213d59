//! Messages, as they are listed: what was to be said to whom, and whether it was.

use crate::clause::Clause;
use crate::column::{id, instant, maybe_id, maybe_instant, maybe_text, text};
use crate::listing::{Key, Listing, Page, Place};
use crate::words::words;
use crate::{Error, Scope};
use domain::ids::SchoolId;
use domain::ids::{AccountId, NoticeId, RequestId, Urn};
use domain::notice::{FailureCode, NoticeChannel, NoticeKind, Recipient};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params_from_iter};

words! {
    /// How far a message is.
    NoticeState {
        /// It waits for its first or its next try.
        Waiting = "waiting";
        /// The other side took it.
        Sent = "sent";
        /// It was tried often enough.
        GivenUp = "given_up";
    }
}

/// Which messages: those for which everything said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeFilter {
    /// To this school, by any URN it ever had.
    pub school_urn: Option<Urn>,
    /// About this request.
    pub request: Option<RequestId>,
    /// How far it is.
    pub state: Option<NoticeState>,
    /// What it says.
    pub kind: Option<NoticeKind>,
}

/// A message as one line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeItem {
    /// Its name.
    pub id: NoticeId,
    /// To whom; `None` never occurs but in a damaged row.
    pub to: Option<Recipient>,
    /// The URN of the school it is to, today.
    pub school_urn: Option<Urn>,
    /// About which request.
    pub request: RequestId,
    /// What it says.
    pub kind: NoticeKind,
    /// By which channel.
    pub channel: NoticeChannel,
    /// How far it is.
    pub state: NoticeState,
    /// How many tries failed since it was intended or put back.
    pub failures: u32,
    /// Why the last that failed did.
    pub why: Option<FailureCode>,
    /// When it was intended.
    pub intended_at: Timestamp,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    /// When it was sent or given up.
    pub settled_at: Option<Timestamp>,
    /// The version of its stream.
    pub version: u32,
}

/// The order of the one list there is: latest first.
const ORDER: &str = "-number";

/// A page of the messages of this scope that pass this filter. A school sees those to itself.
pub(crate) fn list(
    rows: &Connection,
    scope: &Scope,
    filter: &NoticeFilter,
    page: &Page,
) -> Result<Listing<NoticeItem>, Error> {
    let place = page.place(ORDER)?;
    let mut clause = Clause::default();
    match scope {
        Scope::All => {}
        Scope::School(school) => {
            clause.and("n.school = ?", [school.0.into_bytes().to_vec().into()]);
        }
        Scope::Service(_) | Scope::Lead(_) | Scope::Panels(_) | Scope::Nothing => {
            clause.and("0", []);
        }
    }
    clause.and_if(
        "n.school = (SELECT school FROM urns WHERE urn = ?)",
        filter.school_urn.clone().map(String::from),
    );
    clause.and_if("n.request = ?", filter.request.map(|it| it.0.into_bytes().to_vec()));
    clause.and_if("n.state = ?", filter.state.map(|it| it.as_str().to_owned()));
    clause.and_if("n.kind = ?", filter.kind.map(|it| it.code().to_owned()));
    if let Some(place) = &place {
        clause.and("n.number < ?", [(&place.key).into()]);
    }
    let sql = format!(
        "SELECT n.*, s.urn AS school_urn FROM notices n LEFT JOIN schools s ON s.id = n.school
         {} ORDER BY n.number DESC LIMIT {}",
        clause.sql(),
        page.rows(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut found = Vec::new();
    while let Some(row) = selected.next()? {
        let (value, key) = (Key::Null, row.get("number")?);
        found.push((read(row)?, Place { order: ORDER.to_owned(), value, key }));
    }
    Ok(page.of(found))
}

fn read(row: &Row<'_>) -> Result<NoticeItem> {
    let school = maybe_id(row, "school")?.map(|it| Recipient::School(SchoolId(it)));
    let account: Option<AccountId> = maybe_text(row, "account")?;
    Ok(NoticeItem {
        id: text(row, "id")?,
        to: school.or(account.map(Recipient::Account)),
        school_urn: maybe_text(row, "school_urn")?,
        request: RequestId(id(row, "request")?),
        kind: text(row, "kind")?,
        channel: text(row, "channel")?,
        state: text(row, "state")?,
        failures: row.get("failures")?,
        why: maybe_text(row, "why")?,
        intended_at: instant(row, "intended_at")?,
        next_at: maybe_instant(row, "next_at")?,
        settled_at: maybe_instant(row, "settled_at")?,
        version: row.get("version")?,
    })
}

/// How many messages a scope has, by how far they are: what waits, what nobody could deliver.
pub(crate) fn count(rows: &Connection, state: NoticeState) -> Result<u64, Error> {
    let sql = "SELECT count(*) AS n FROM notices WHERE state = ?";
    let mut statement = rows.prepare_cached(sql)?;
    Ok(statement.query_row([state.as_str()], |row| crate::column::count(row, "n"))?)
}
