//! A request as it was at one version of its stream, with everything that was said in it by
//! then: what a pack is made of. Nothing that came later can get in, since it is read from the
//! log up to that version and no further.

use super::pack::PromiseShown;
use crate::app::{App, Permit};
use crate::documents::{DocumentShown, name};
use crate::problem::Problem;
use crate::requests::read::{RequestShown, as_it_was};
use crate::requests::shown::{Unsealed, identity, particulars};
use crate::requests::timeline::EventShown;
use crate::requests::triage::{TriageShown, explained};
use domain::event::{Event, RequestEvent as E};
use domain::ids::EventId;
use domain::meeting::event::Pack;
use domain::meeting::is_paper;
use domain::personal::Personal;
use domain::request::{Case, Request};
use engine::{Recorded, SealedBox};
use std::collections::HashMap;
use views::{Detail, Scope};

/// What a pack is made of.
pub(super) struct PackWords {
    pub(super) request: RequestShown,
    pub(super) triage: Option<TriageShown>,
    pub(super) promises: Vec<PromiseShown>,
    pub(super) documents: Vec<DocumentShown>,
    pub(super) conversation: Vec<EventShown>,
}

/// What was in the boxes, by the event that each stands beside.
type Said = HashMap<EventId, Personal>;

/// Everything that a pack shows, opened as far as the caller may know it.
pub(super) async fn gather(app: &App, permit: &Permit, pack: &Pack) -> Result<PackWords, Problem> {
    let mut history = app.engine.stream(&format!("request-{}", pack.request)).await?;
    history.retain(|recorded| recorded.version <= pack.request_version);
    let case = as_then(&history).ok_or_else(Problem::not_found)?;
    let found = app.views.request(Scope::All, pack.request).await?;
    let mut detail = found.ok_or_else(Problem::not_found)?;
    let who = detail.item.identity.clone();
    let said = open(app, permit, who.iter().cloned().chain(boxes(&history)).collect()).await?;
    detail.item.version = pack.request_version;
    detail.asked = asked(&history);
    detail.case = case;
    let desk = app.engine.desk().await?;
    let triage = detail.case.triage.clone().map(|triage| explained(triage, &desk));
    let promises = promises(&detail.case);
    let unsealed = Unsealed {
        identity: who.and_then(|each| identity(said.get(&each.event).cloned())),
        particulars: first(&history).and_then(|id| particulars(said.get(&id).cloned())),
    };
    let request = request(detail, unsealed, &said);
    let (documents, conversation) = (documents(&history, pack, &said), spoken(history, &said)?);
    Ok(PackWords { request, triage, promises, documents, conversation })
}

fn as_then(history: &[Recorded]) -> Option<Case> {
    let happened = history.iter().filter_map(Recorded::happened);
    let state = happened.fold(Request::default(), |state, it| state.evolve(&it));
    state.case().cloned()
}

/// What was sealed beside what a pack shows, in order.
fn boxes(history: &[Recorded]) -> Vec<SealedBox> {
    let of = |recorded: &Recorded| {
        let sealed = recorded.sealed.clone()?;
        Some(SealedBox { event: recorded.id, sealed })
    };
    history.iter().filter(|recorded| is_shown(recorded)).filter_map(of).collect()
}

async fn open(app: &App, permit: &Permit, boxes: Vec<SealedBox>) -> Result<Said, Problem> {
    let events: Vec<_> = boxes.iter().map(|each| each.event).collect();
    let opened = permit.open(app, boxes).await?;
    Ok(events.into_iter().zip(opened).filter_map(|(event, it)| Some((event, it?))).collect())
}

/// What members need of a request's history: what was said, and what a panel decided before.
fn is_shown(recorded: &Recorded) -> bool {
    let Some(Event::Request(event)) = &recorded.event else { return false };
    is_paper(event) || matches!(event, E::Deferred(_) | E::PanelDecided(_) | E::DecisionSetAside(_))
}

/// The event in which the request was received.
fn first(history: &[Recorded]) -> Option<EventId> {
    let received = |it: &&Recorded| matches!(it.event, Some(Event::Request(E::Received(_))));
    history.iter().find(received).map(|recorded| recorded.id)
}

/// The boxes that hold questions to the school.
fn asked(history: &[Recorded]) -> Vec<SealedBox> {
    let asks = |it: &&Recorded| matches!(it.event, Some(Event::Request(E::InformationAsked(_))));
    let asking: Vec<_> = history.iter().filter(asks).cloned().collect();
    boxes(&asking)
}

fn request(detail: Detail, unsealed: Unsealed, said: &Said) -> RequestShown {
    let asked: Vec<_> = detail.asked.iter().map(|each| said.get(&each.event).cloned()).collect();
    as_it_was(detail, unsealed, asked.into_iter())
}

fn promises(case: &Case) -> Vec<PromiseShown> {
    let shown = case.clocks.iter().map(|clock| PromiseShown {
        promise: clock.promise,
        started_at: clock.started_at,
        due_at: clock.due_at,
        stopped_at: clock.stopped_at,
    });
    shown.collect()
}

fn documents(history: &[Recorded], pack: &Pack, said: &Said) -> Vec<DocumentShown> {
    let added = history.iter().filter_map(|recorded| {
        let Some(Event::Request(E::DocumentAdded(added))) = &recorded.event else { return None };
        let name = name(said.get(&recorded.id).cloned());
        let shown = || DocumentShown::of(added, recorded.recorded_at, name);
        pack.documents.contains(&added.document).then(shown)
    });
    added.collect()
}

/// What was said, apart from the request itself and its documents, which stand elsewhere.
fn spoken(history: Vec<Recorded>, said: &Said) -> Result<Vec<EventShown>, Problem> {
    let elsewhere = |recorded: &Recorded| {
        matches!(
            recorded.event,
            Some(Event::Request(E::Received(_) | E::Triaged(_) | E::DocumentAdded(_)))
        )
    };
    let spoken = history.into_iter().filter(|it| is_shown(it) && !elsewhere(it));
    spoken
        .map(|recorded| {
            let words = said.get(&recorded.id).cloned();
            EventShown::of(recorded, words)
        })
        .collect()
}
