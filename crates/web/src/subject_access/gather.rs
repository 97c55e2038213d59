//! Gathering what is held about a child: what there is, before anything is opened; and what it
//! says, once it is.

use super::apart::Parting;
use super::held::{DocumentHeld, DoneBy, EventHeld, Held, HoldHeld, NoticeHeld, RequestHeld};
use super::list::AccessRequestShown;
use crate::app::App;
use crate::audit::access::{AccessShown, subjects_of};
use crate::documents::DocumentShown;
use crate::problem::Problem;
use crate::requests::shown::ChildShown;
use crate::retention::kept::KeptShown;
use crate::routes::BASE;
use domain::child::Child;
use domain::event::{Event, RequestEvent};
use domain::ids::{ChildId, EventId, RequestId};
use domain::notice::Recipient;
use domain::personal::{Identity, Personal};
use domain::subject_access::SubjectAccess;
use engine::{AccessesSought, HoldRead, Recorded, SealedBox};
use std::collections::BTreeMap;
use views::{Entry, Item, NoticeFilter, NoticeItem, Scope};

/// More accesses than a paper can list; there are more in `GET /audit/access`.
const MOST_ACCESSES: usize = 10_000;
/// More messages than one request ever causes.
const MOST_NOTICES: usize = 1_000;

/// What is not in what is gathered, and why.
const NOT_INCLUDED: [&str; 4] = [
    "Drafts that a school has begun and not sent: only that school can open them, and nothing \
     says whom they are about.",
    "The contents of documents: each is listed with the path to fetch it.",
    "What was taken out of here before: exports, printed papers and e-mails of people.",
    "Information about other people is in “third_parties”, for a person to decide about.",
];

/// What there is about a child.
pub(crate) struct Gathered {
    child: ChildId,
    /// Every pseudonym with its stream.
    streams: Vec<(ChildId, Vec<Recorded>)>,
    requests: Vec<(Item, Vec<Entry>)>,
    notices: Vec<NoticeItem>,
}

/// What there is about a child, under all its pseudonyms; 404 when nobody knows it.
pub(crate) async fn gathered(app: &App, child: ChildId) -> Result<Gathered, Problem> {
    let same = app.views.same_child(child).await?;
    let mut streams = Vec::with_capacity(same.len());
    for each in &same {
        streams.push((*each, app.engine.stream(&format!("child-{each}")).await?));
    }
    if streams.iter().all(|(_, events)| events.is_empty()) {
        return Err(Problem::not_found());
    }
    let (mut requests, mut notices) = (Vec::new(), Vec::new());
    for item in app.views.requests_of(same).await? {
        let entries = app.views.timeline(Scope::All, item.id).await?.unwrap_or_default();
        let filter = NoticeFilter { request: Some(item.id), ..NoticeFilter::default() };
        let page = views::Page { limit: MOST_NOTICES, cursor: None };
        notices.extend(app.views.notices(Scope::All, filter, page).await?.items);
        requests.push((item, entries));
    }
    Ok(Gathered { child, streams, requests, notices })
}

impl Gathered {
    /// Every box there is.
    pub(crate) fn boxes(&self) -> Vec<SealedBox> {
        let of_child = |recorded: &Recorded| {
            let sealed = recorded.sealed.clone()?;
            Some(SealedBox { event: recorded.id, sealed })
        };
        let children = self.streams.iter().flat_map(|(_, events)| events).filter_map(of_child);
        let requests = self.requests.iter().flat_map(|(_, entries)| entries);
        children.chain(requests.filter_map(|entry| entry.sealed.clone())).collect()
    }

    /// What it says; `opened` is what was in the boxes, in their order.
    pub(crate) async fn held(
        self,
        app: &App,
        opened: Vec<Option<Personal>>,
    ) -> Result<Held, Problem> {
        let events = self.boxes().into_iter().map(|each| each.event);
        let opened = events.zip(opened).filter_map(|(event, said)| Some((event, said?)));
        let said = Said(opened.collect());
        let mut parting = Parting::default();
        let requests: Vec<_> = (0..)
            .zip(&self.requests)
            .map(|(at, (item, entries))| said.request(item, entries, at, &mut parting))
            .collect::<Result<_, _>>()?;
        let record = self.streams.iter().flat_map(|(_, events)| events);
        let record = (0..)
            .zip(record)
            .map(|(at, event)| said.of_child(event, &format!("/record/{at}"), &mut parting))
            .collect::<Result<_, _>>()?;
        let subjects = subjects_of(app, self.child).await?;
        let sought = AccessesSought { subjects, ..AccessesSought::default() };
        let accesses = app.engine.accesses(sought, MOST_ACCESSES).await?;
        Ok(Held {
            child: self.child.0,
            gathered_at: app.engine.now(),
            position: app.engine.head(),
            children: self.streams.iter().map(|it| said.child(it)).collect(),
            record,
            notices: self.notices.iter().map(notice).collect(),
            accesses: accesses.into_iter().map(AccessShown::from).collect(),
            requests_for_access: self.requests_for_access(),
            holds: held_by(app.engine.holds(self.child).await?),
            retention: self.retention(app, said.born(&self.streams)).await?,
            requests,
            third_parties: parting.others,
            check: parting.check,
            not_included: NOT_INCLUDED.to_vec(),
        })
    }

    fn requests_for_access(&self) -> Vec<AccessRequestShown> {
        let of_child = |(child, events): &(ChildId, Vec<Recorded>)| {
            let asked = events.iter().filter_map(|recorded| match &recorded.event {
                Some(Event::Child(event)) => Some(event),
                _ => None,
            });
            let all = asked.fold(vec![], SubjectAccess::follow);
            all.iter().map(|one| AccessRequestShown::of(*child, one)).collect::<Vec<_>>()
        };
        self.streams.iter().flat_map(of_child).collect()
    }

    async fn retention(
        &self,
        app: &App,
        born: Option<jiff::civil::Date>,
    ) -> Result<KeptShown, Problem> {
        let ids: Vec<RequestId> = self.requests.iter().map(|(item, _)| item.id).collect();
        KeptShown::of(app, &ids, born).await
    }
}

/// What was in the boxes, by the event of each.
struct Said(BTreeMap<EventId, Personal>);

impl Said {
    fn identity(&self, events: &[Recorded]) -> Option<Identity> {
        let who = |recorded: &Recorded| match self.0.get(&recorded.id) {
            Some(Personal::Child(identity)) => Some(identity.clone()),
            _ => None,
        };
        events.iter().find_map(who)
    }

    fn born(&self, streams: &[(ChildId, Vec<Recorded>)]) -> Option<jiff::civil::Date> {
        streams.iter().find_map(|(_, events)| self.identity(events)).map(|who| who.date_of_birth)
    }

    fn child(&self, (child, events): &(ChildId, Vec<Recorded>)) -> ChildShown {
        let own = events.iter().filter_map(|recorded| match &recorded.event {
            Some(Event::Child(event)) => Some(event),
            _ => None,
        });
        let state = own.fold(Child::default(), Child::evolve);
        ChildShown::of(*child, self.identity(events), state.is_erased())
    }

    fn request(
        &self,
        item: &Item,
        entries: &[Entry],
        at: usize,
        parting: &mut Parting,
    ) -> Result<RequestHeld, Problem> {
        let events = (0..).zip(entries).map(|(place, entry)| {
            self.of_request(entry, &format!("/requests/{at}/events/{place}"), parting)
        });
        let events = events.collect::<Result<_, _>>()?;
        Ok(RequestHeld {
            id: item.id.0,
            reference: item.reference.clone(),
            child: item.child.map(|child| child.0),
            school_urn: item.urn.to_string(),
            school_name: item.school_name.clone(),
            about: item.about,
            status: item.status,
            received_at: item.received_at,
            events,
            documents: entries.iter().filter_map(|entry| self.document(item.id, entry)).collect(),
        })
    }

    fn document(&self, request: RequestId, entry: &Entry) -> Option<DocumentHeld> {
        let Some(Event::Request(RequestEvent::DocumentAdded(added))) = &entry.event else {
            return None;
        };
        let name = match self.0.get(&entry.id) {
            Some(Personal::Document(name)) => Some(name.clone()),
            _ => None,
        };
        let path = format!("{BASE}/requests/{request}/documents/{}", added.document);
        Some(DocumentHeld { document: DocumentShown::of(added, entry.recorded_at, name), path })
    }

    fn of_request(
        &self,
        entry: &Entry,
        place: &str,
        parting: &mut Parting,
    ) -> Result<EventHeld, Problem> {
        Ok(EventHeld {
            id: entry.id.0,
            name: entry.name.clone(),
            happened_at: entry.effective_at,
            recorded_at: entry.recorded_at,
            by: DoneBy::from(&entry.actor),
            codes: codes(entry.event.as_ref())?,
            said: self.said(entry.id, place, parting),
        })
    }

    fn of_child(
        &self,
        recorded: &Recorded,
        place: &str,
        parting: &mut Parting,
    ) -> Result<EventHeld, Problem> {
        Ok(EventHeld {
            id: recorded.id.0,
            name: recorded.name.clone(),
            happened_at: recorded.effective_at,
            recorded_at: recorded.recorded_at,
            by: DoneBy::from(&recorded.actor),
            codes: codes(recorded.event.as_ref())?,
            said: self.said(recorded.id, place, parting),
        })
    }

    fn said(
        &self,
        event: EventId,
        place: &str,
        parting: &mut Parting,
    ) -> Option<serde_json::Value> {
        parting.part(self.0.get(&event)?, &format!("{place}/said"))
    }
}

fn held_by(holds: Vec<HoldRead>) -> Vec<HoldHeld> {
    let shown = |read: HoldRead| HoldHeld {
        id: read.hold.hold.0,
        reason: read.hold.reason,
        until: read.hold.until,
        holds: read.holds,
    };
    holds.into_iter().map(shown).collect()
}

fn codes(event: Option<&Event>) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(event).map_err(|error| Problem::broken(&error))
}

fn notice(item: &NoticeItem) -> NoticeHeld {
    let account = match &item.to {
        Some(Recipient::Account(account)) => Some(account.to_string()),
        Some(Recipient::School(_)) | None => None,
    };
    NoticeHeld {
        reference: item.request.reference(),
        kind: item.kind,
        says: item.kind.says(),
        channel: item.channel,
        school_urn: item.school_urn.as_ref().map(ToString::to_string),
        account,
        state: item.state.as_str(),
        intended_at: item.intended_at,
    }
}
