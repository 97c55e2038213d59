//! Everything that happened to a request, in order, and what a school may see of it.

use crate::clause::Clause;
use crate::column::{count, id, json, text};
use crate::requests::sealed_box;
use crate::{Error, Scope, refold};
use domain::event::{Event, RequestEvent as E};
use domain::ids::{EventId, RequestId};
use engine::{Actor, SealedBox};
use jiff::Timestamp;
use rusqlite::{Connection, Result as Rows, Row, params_from_iter};

/// One thing that happened. Not `Serialize`, so that a box is not sent by accident.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the log.
    pub position: u64,
    /// Its place in the request's stream.
    pub version: u32,
    /// Its id.
    pub id: EventId,
    /// The name of its type.
    pub name: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it happened.
    pub effective_at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What happened, in codes; `None` when its type is not known to this program.
    pub event: Option<Event>,
    /// What is personal about it, sealed.
    pub sealed: Option<SealedBox>,
    /// Whether the request's school may know of it.
    pub visible_to_school: bool,
    /// Whether the school may read the words in its box.
    pub words_visible_to_school: bool,
    /// Why the school sees of it what it sees.
    pub because: &'static str,
}

/// The events of a request that this scope may know of; `None` when it does not have the
/// request. A school is given what it may see and no box that it may not read.
pub(crate) fn timeline(
    rows: &Connection,
    scope: &Scope,
    request: RequestId,
) -> Result<Option<Vec<Entry>>, Error> {
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and("r.id = ?", [request.0.into_bytes().to_vec().into()]);
    let sql = format!(
        "SELECT t.* FROM requests r JOIN timeline t ON t.request = r.number {} ORDER BY t.position",
        clause.sql(),
    );
    let mut entries = rows
        .prepare_cached(&sql)?
        .query_map(params_from_iter(clause.values()), read)?
        .collect::<Rows<Vec<_>>>()?;
    if entries.is_empty() {
        return Ok(None);
    }
    come_into_force(&mut entries);
    if let Scope::School(_) = scope {
        entries.retain(|entry| entry.visible_to_school);
        for entry in entries.iter_mut().filter(|entry| !entry.words_visible_to_school) {
            entry.sealed = None;
        }
    }
    Ok(Some(entries))
}

/// A decision that awaited an officer's word is for the school once the word was given.
fn come_into_force(entries: &mut [Entry]) {
    let mut pending = None;
    for place in 0..entries.len() {
        let Some(Event::Request(event)) = &entries[place].event else { continue };
        if let E::PanelDecided(decided) = event {
            pending = decided.awaits.is_some().then_some(place);
        } else if let E::DecisionRatified(_) = event
            && let Some(decided) = pending.take()
        {
            entries[decided].visible_to_school = true;
            entries[decided].words_visible_to_school = true;
            entries[decided].because = "a decision that has come into force";
        }
    }
}

fn read(row: &Row<'_>) -> Rows<Entry> {
    let event = refold::event(row)?;
    let sight = Sight::of(event.as_ref());
    Ok(Entry {
        position: count(row, "position")?,
        version: row.get("version")?,
        id: EventId(id(row, "id")?),
        name: row.get("name")?,
        recorded_at: text(row, "recorded_at")?,
        effective_at: text(row, "effective_at")?,
        actor: json(row, "actor")?,
        sealed: sealed_box(row, "id", "sealed")?,
        visible_to_school: sight != Sight::Internal,
        words_visible_to_school: sight == Sight::Words,
        because: because(event.as_ref(), sight),
        event,
    })
}

/// What a school sees of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// Nothing.
    Internal,
    /// That it happened.
    Event,
    /// That it happened, and what was said.
    Words,
}

/// Why a school sees of an event what it sees.
const fn because(event: Option<&Event>, sight: Sight) -> &'static str {
    match (event, sight) {
        (Some(Event::Request(E::Noted(_))), _) => "an internal note: never shown to a school",
        (Some(Event::Request(E::Escalated(_))), _) => {
            "an escalation to a line manager: never shown"
        }
        (Some(Event::Request(E::PanelDecided(_) | E::DecisionSetAside(_))), Sight::Internal) => {
            "a decision that is not in force: not shown until it is"
        }
        (_, Sight::Internal) => "said among those who work on it: never shown",
        (_, Sight::Event) => {
            "what became of its own request; why, and in which words, stays inside"
        }
        (_, Sight::Words) => "its own words, or words meant for it",
    }
}

impl Sight {
    const fn of(event: Option<&Event>) -> Self {
        let Some(Event::Request(event)) = event else { return Self::Internal };
        match event {
            // What is not in force, or never was, the school does not hear of.
            E::PanelDecided(decided) if decided.awaits.is_some() => Self::Internal,
            E::DecisionSetAside(aside) if aside.by.is_some() => Self::Internal,
            E::PromiseWarned(_)
            | E::Noted(_)
            | E::GlassBroken(_)
            | E::RotaGapFound(_)
            | E::Escalated(_)
            | E::CriteriaGapFound(_)
            // What a panel says to itself, and services to it.
            | E::DepthSet(_)
            | E::InterestDeclared(_)
            | E::PartQueried(_)
            | E::QueryAnswered(_) => Self::Internal,
            // Why a person went against the rules, and what a family said to a service, stays
            // among those who work on it. The others have no words.
            E::Routed(_)
            | E::FirstContactMade(_)
            | E::Triaged(_)
            | E::PromiseBreached(_)
            | E::PromisesRecalculated(_)
            | E::Assigned(_)
            | E::Reminded(_)
            | E::QuestionLapsed(_)
            | E::Accepted(_)
            | E::PutOnAgenda(_)
            | E::Absorbed(_)
            // What services say to each other, and what another authority says to us.
            | E::Involved(_)
            | E::ContributionAccepted(_)
            | E::ContributionDeclined(_)
            | E::Released(_)
            | E::ReceiptRecorded(_)
            | E::ExcusalRecorded(_)
            | E::Deferred(_)
            | E::DecisionRatified(_)
            | E::DecisionSetAside(_)
            | E::ContributionEnded(_)
            | E::ReviewFellDue(_)
            | E::ReviewChased(_)
            | E::PackageEnded(_)
            | E::TakenOffAgenda(_) => Self::Event,
            // The school's own words, and those meant for it: reasons are owed to it.
            E::Received(_)
            | E::InformationAsked(_)
            | E::InformationSupplied(_)
            | E::Advised(_)
            | E::Signposted(_)
            | E::AdviceAccepted(_)
            | E::AdviceDeclined(_)
            | E::OutcomeConfirmed(_)
            | E::OutcomeDisputed(_)
            | E::FeedbackGiven(_)
            | E::Declined(_)
            | E::Redirected(_)
            | E::StatutoryDecided(_)
            | E::OutcomeRecorded(_)
            | E::PanelDecided(_)
            | E::PackageReviewed(_)
            | E::Withdrawn(_)
            | E::DocumentAdded(_)
            | E::Merged(_)
            | E::Closed(_)
            | E::Reopened(_) => Self::Words,
        }
    }
}
