//! Everything that minutes are made of, read and opened: the meeting's events, the terms of
//! reference by which it was called, the desk, and what was said of each child.
//!
//! What was said of all children together is opened at once, under one record of access.

use crate::app::{App, Permit};
use crate::identity::Keys;
use crate::problem::Problem;
use domain::desk::Desk;
use domain::event::{ChildEvent, DeskEvent, Event, MeetingEvent, RequestEvent};
use domain::ids::{ChildId, DocumentId, EventId, MeetingId, RequestId, ServiceSlug};
use domain::meeting::{Meeting, Sitting};
use domain::panel::Panel;
use domain::personal::{Identity, Personal};
use domain::request::event::{PanelDecided, RuledBy};
use domain::request::{Case, Request};
use engine::{Recorded, SealedBox};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What minutes are made of.
pub(crate) struct Record {
    pub(super) sitting: Sitting,
    /// The version of the meeting's stream.
    pub(crate) version: u32,
    /// What happened to the meeting.
    pub(super) history: Vec<Recorded>,
    /// The terms of reference by which it was called.
    pub(super) terms: Panel,
    pub(super) desk: Arc<Desk>,
    pub(super) keys: Keys,
    /// Whether names and words may be shown.
    pub(super) named: bool,
    /// The requests that it took up, or whose decision under delegation it looked at.
    pub(super) matters: BTreeMap<RequestId, Matter>,
    /// The requests that its chair had decided and that it did not look at.
    pub(super) unreviewed: BTreeSet<RequestId>,
}

/// One request, as minutes look at it.
pub(super) struct Matter {
    pub(super) events: Vec<Recorded>,
    /// Of whom it is.
    child: Option<(ChildId, Option<SealedBox>)>,
    /// What was opened, by its event; `None`: it was erased.
    opened: BTreeMap<EventId, Option<Personal>>,
}

/// A child's name, as far as it may and can be known.
pub(super) enum Named {
    Nobody,
    Withheld,
    Erased,
    Known(Box<Identity>),
}

impl Record {
    /// Reads and opens it.
    pub(crate) async fn read(
        app: &App,
        permit: &Permit,
        meeting: &MeetingId,
    ) -> Result<Self, Problem> {
        let mut record = Self::unopened(app, permit, meeting).await?;
        record.open(app, permit).await?;
        Ok(record)
    }

    /// Reads it, and opens nothing. A meeting that was never called, or is not
    /// within the caller's reach, is not there.
    pub(super) async fn unopened(
        app: &App,
        permit: &Permit,
        meeting: &MeetingId,
    ) -> Result<Self, Problem> {
        let history = app.engine.stream(&format!("meeting-{meeting}")).await?;
        let sitting = history.iter().fold(Meeting::default(), |state, recorded| {
            let event = recorded.event.as_ref();
            let of_meeting = event.and_then(meeting_event);
            match of_meeting {
                Some(event) => state.evolve(event, recorded.effective_at),
                None => state,
            }
        });
        let sitting = sitting.sitting().filter(|sitting| permit.covers_panel(&sitting.panel));
        let sitting = sitting.cloned().ok_or_else(Problem::not_found)?;
        let desk = app.engine.desk().await?;
        let terms = terms(app, &sitting, &desk).await?;
        let version = history.last().map_or(0, |recorded| recorded.version);
        let matters = BTreeMap::new();
        let (keys, named) = (app.keys, permit.reach.names());
        let unreviewed = unreviewed(app, &sitting, &history).await?;
        let mut record =
            Self { sitting, version, history, terms, desk, keys, named, matters, unreviewed };
        record.read_matters(app).await?;
        Ok(record)
    }

    async fn read_matters(&mut self, app: &App) -> Result<(), Problem> {
        let items = self.sitting.items.iter().map(|item| item.request);
        let reviewed = self.sitting.delegations.iter().map(|reviewed| reviewed.request);
        let delegated = reviewed.chain(self.unreviewed.iter().copied());
        for request in items.chain(delegated).collect::<BTreeSet<_>>() {
            let events = app.engine.stream(&format!("request-{request}")).await?;
            let matter = Matter { events, child: None, opened: BTreeMap::new() };
            let child = matter.case_before(u64::MAX).and_then(|case| case.child);
            let child = match child {
                Some(child) => Some((child, identity_box(app, child).await?)),
                None => None,
            };
            self.matters.insert(request, Matter { child, ..matter });
        }
        Ok(())
    }

    /// Opens what was said at this meeting of every child, at once.
    async fn open(&mut self, app: &App, permit: &Permit) -> Result<(), Problem> {
        if !self.named {
            return Ok(());
        }
        let meeting = self.sitting.id.clone();
        let mut boxes = Vec::new();
        for (request, matter) in &self.matters {
            if self.unreviewed.contains(request) && self.sitting.item(*request).is_none() {
                continue; // Only its reference is in the minutes.
            }
            boxes.extend(matter.boxes(&meeting).into_iter().map(|each| (*request, each)));
        }
        let sealed = boxes.iter().map(|(_, each)| each.clone()).collect();
        let opened = permit.open(app, sealed).await?;
        for ((request, sealed), opened) in boxes.into_iter().zip(opened) {
            if let Some(matter) = self.matters.get_mut(&request) {
                matter.opened.insert(sealed.event, opened);
            }
        }
        Ok(())
    }

    /// The school of a request, by its name in the directory.
    pub(super) fn school(&self, case: &Case) -> String {
        let listed = self.desk.schools.get(&case.school).map(|school| school.name.clone());
        listed.unwrap_or_else(|| format!("URN {}", case.urn))
    }

    /// A service by its name in the directory.
    pub(super) fn service(&self, slug: &ServiceSlug) -> String {
        let listed = self.desk.services.get(slug);
        listed.map_or_else(|| slug.to_string(), |service| service.name.clone())
    }
}

impl Matter {
    /// The request as it stood before an event of its stream.
    pub(super) fn case_before(&self, position: u64) -> Option<Case> {
        let mut request = Request::default();
        for recorded in self.events.iter().filter(|recorded| recorded.position < position) {
            if let Some(happened) = recorded.happened() {
                request = request.evolve(&happened);
            }
        }
        request.case().cloned()
    }

    /// What happened to the request, with the event's own record.
    pub(super) fn happened(&self) -> impl DoubleEndedIterator<Item = (&Recorded, &RequestEvent)> {
        self.events.iter().filter_map(|recorded| {
            let Some(Event::Request(event)) = &recorded.event else { return None };
            Some((recorded, event))
        })
    }

    /// What the panel decided, by this meeting or, under delegation, by its chair before an
    /// instant of the log.
    pub(super) fn decided(&self, by: &Ruled<'_>) -> Option<(&Recorded, &PanelDecided)> {
        self.happened().rev().find_map(|(recorded, event)| {
            let RequestEvent::PanelDecided(decided) = event else { return None };
            let is_it = match (by, &decided.by) {
                (Ruled::AtMeeting(meeting), RuledBy::Meeting(by)) => *meeting == by,
                (Ruled::ByChairBefore(position), RuledBy::Chair(_)) => {
                    recorded.position < *position
                }
                (Ruled::AtMeeting(_) | Ruled::ByChairBefore(_), _) => false,
            };
            is_it.then_some((recorded, decided))
        })
    }

    /// What was said beside an event; none where it may not be shown, or was erased.
    pub(super) fn said(&self, event: EventId) -> Option<&Personal> {
        self.opened.get(&event)?.as_ref()
    }

    /// Whether what was said beside an event was erased.
    pub(super) fn is_erased(&self, event: EventId) -> bool {
        self.opened.get(&event).is_some_and(Option::is_none)
    }

    /// The text that was said beside an event.
    pub(super) fn text(&self, event: EventId) -> Option<String> {
        match self.said(event) {
            Some(Personal::Words(words)) => words.text.clone(),
            Some(Personal::Ruling(words)) => words.text.clone(),
            Some(_) => None,
            None => self.is_erased(event).then(|| ERASED.to_owned()),
        }
    }

    /// The name of the child.
    pub(super) fn named(&self) -> Named {
        let Some((_, sealed)) = &self.child else { return Named::Nobody };
        let opened = sealed.as_ref().and_then(|sealed| self.opened.get(&sealed.event));
        match opened {
            Some(Some(Personal::Child(identity))) => Named::Known(Box::new(identity.clone())),
            Some(None) => Named::Erased,
            Some(Some(_)) | None => Named::Withheld,
        }
    }

    /// The event with which a document came.
    pub(super) fn added(&self, document: DocumentId) -> Option<&Recorded> {
        let mut happened = self.happened();
        let added = happened.find(|(_, event)| {
            matches!(event, RequestEvent::DocumentAdded(added) if added.document == document)
        });
        added.map(|(recorded, _)| recorded)
    }

    /// Whatever is sealed of what this meeting did, and of what it relied on.
    fn boxes(&self, meeting: &MeetingId) -> Vec<SealedBox> {
        let child = self.child.as_ref().and_then(|(_, sealed)| sealed.clone());
        let ours = self.happened().filter(|(_, event)| concerns(event, meeting));
        let sealed = ours.filter_map(|(recorded, _)| {
            Some(SealedBox { event: recorded.id, sealed: recorded.sealed.clone()? })
        });
        child.into_iter().chain(sealed).collect()
    }
}

/// What stands for words that nobody can read any more.
pub(super) const ERASED: &str = "[erased]";

/// In which way something was decided.
pub(super) enum Ruled<'a> {
    AtMeeting(&'a MeetingId),
    ByChairBefore(u64),
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only what minutes quote is opened; of a new event they quote nothing"
)]
fn concerns(event: &RequestEvent, meeting: &MeetingId) -> bool {
    match event {
        RequestEvent::PanelDecided(decided) => match &decided.by {
            RuledBy::Meeting(by) => by == meeting,
            RuledBy::Chair(_) => true,
        },
        RequestEvent::InterestDeclared(declared) => declared.meeting == *meeting,
        RequestEvent::Deferred(deferred) => deferred.meeting == *meeting,
        RequestEvent::DecisionRatified(_)
        | RequestEvent::DecisionSetAside(_)
        | RequestEvent::DocumentAdded(_) => true,
        _ => false,
    }
}

pub(super) fn meeting_event(event: &Event) -> Option<&MeetingEvent> {
    if let Event::Meeting(event) = event { Some(event) } else { None }
}

/// The terms of reference at the version by which the meeting was called.
async fn terms(app: &App, sitting: &Sitting, desk: &Desk) -> Result<Panel, Problem> {
    let stream = app.engine.stream(&format!("panel-{}", sitting.panel)).await?;
    let then = stream.into_iter().find(|it| it.version == sitting.terms_version);
    match then.and_then(|it| it.event) {
        Some(Event::Desk(DeskEvent::PanelEstablished(established))) => Ok(established.panel),
        Some(_) | None => desk.panels.get(&sitting.panel).cloned().ok_or_else(Problem::not_found),
    }
}

/// What the chair had decided for the panel when the meeting ended, and the panel has not
/// looked at.
async fn unreviewed(
    app: &App,
    sitting: &Sitting,
    history: &[Recorded],
) -> Result<BTreeSet<RequestId>, Problem> {
    let closed = history.iter().find(|it| {
        matches!(it.event.as_ref().and_then(meeting_event), Some(MeetingEvent::Closed(_)))
    });
    let end = closed.map_or(u64::MAX, |it| it.position);
    let mut delegated = BTreeSet::new();
    for recorded in app.engine.stream(&format!("diary-{}", sitting.panel)).await? {
        if recorded.position > end {
            break;
        }
        if let Some(Event::Desk(DeskEvent::DecisionDelegated(it))) = &recorded.event {
            delegated.insert(it.request);
        } else if let Some(Event::Desk(DeskEvent::DelegationSettled(it))) = &recorded.event {
            delegated.remove(&it.request);
        }
    }
    Ok(delegated)
}

/// The box in which it stands who a child is.
async fn identity_box(app: &App, child: ChildId) -> Result<Option<SealedBox>, Problem> {
    let stream = app.engine.stream(&format!("child-{child}")).await?;
    Ok(stream.into_iter().find_map(|recorded| match recorded.event {
        Some(Event::Child(ChildEvent::Registered(_))) => {
            Some(SealedBox { event: recorded.id, sealed: recorded.sealed? })
        }
        Some(_) | None => None,
    }))
}
