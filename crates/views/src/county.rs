//! A made-up county for tests and benchmarks: schools that ask, and what then happens to
//! their requests, decided by the domain itself and recorded as the engine records it, with
//! boxes that nobody can open. The same seed gives the same history.

// By its path, as benchmarks take this file in from elsewhere.
#[path = "county/meetings.rs"]
mod meetings;
#[path = "county/packages.rs"]
mod packages;

use domain::calendar::{BankHolidays, Calendar};
use domain::child::{Child, Erased, Linked, Unlinked};
use domain::codes::{
    About, AdviceKind, Channel, Ending, OutcomeCode, Phase, ReasonCode, SchoolKind, Support,
    Verdict,
};
use domain::desk::{Desk, Workload};
use domain::draft::{Discarded, Saved, Submitted};
use domain::event::{
    CalendarPublished, Change, ChildEvent, DeskEvent, DraftEvent, PanelEstablished,
    RuleSetActivated, SchoolRegistered, ServiceListed, TeamFormed,
};
use domain::ids::{ChildId, DraftId, EventId, MeetingId, RequestId, SchoolId, ServiceSlug, TeamId};
use domain::intake::{Consent, Intake, Submission};
use domain::meeting::Meeting;
use domain::need::Need;
use domain::personal::{Identity, Particulars, RulingWords, Words};
use domain::request::event::{Evidence, Reason, RuledBy};
use domain::request::{
    Agreement, Command, Decision, Feedback, Moment, Request, Ruling, Stated, Submit,
};
use domain::school::{Register, School};
use engine::{Actor, Recorded};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// How many schools the county has.
pub(crate) const SCHOOLS: u64 = 12;

const RULES: &str = r#"{"name": "triage", "panel_for_area": {"semh": "semh",
    "sensory_physical": "sensory-physical", "cognition_learning": "semh",
    "communication_interaction": "semh", "other": "semh"},
    "services": [{"service": "sensory-support", "ways_in": [{"id": "sensory-need", "criteria":
        [{"fact": "needs.primary", "test": "any_of", "values": ["HI", "VI"]}]}]},
        {"service": "outreach", "ways_in": [{"id": "asked", "criteria":
        [{"fact": "support_sought", "test": "any_of", "values": ["outreach"]}]}]}]}"#;

/// The county, and everything that has happened in it.
pub(crate) struct County {
    pub(crate) events: Vec<Recorded>,
    pub(crate) requests: Vec<(RequestId, Request)>,
    pub(crate) meetings: Vec<(MeetingId, Meeting)>,
    pub(crate) now: Timestamp,
    desk: Desk,
    versions: HashMap<String, u32>,
    dice: u64,
    box_bytes: u64,
}

/// A number as if thrown: `SplitMix64` (Steele, Lea and Flood, 2014).
fn mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn one_of<T: Copy>(choices: &[T], thrown: u64) -> T {
    let count = u64::try_from(choices.len()).unwrap();
    choices[usize::try_from(thrown % count).unwrap()]
}

/// The `n`-th school's id.
pub(crate) fn school(n: u64) -> SchoolId {
    SchoolId(Uuid::from_u64_pair(0x5C00, n % SCHOOLS))
}

pub(crate) fn slug(text: &str) -> ServiceSlug {
    text.parse().unwrap()
}

impl County {
    /// A county with schools, services, panels, rules and a calendar, and no request yet.
    /// Its boxes hold so many bytes.
    pub(crate) fn new(seed: u64, box_bytes: u64) -> Self {
        let mut county = Self {
            events: vec![],
            requests: vec![],
            meetings: vec![],
            now: "2026-01-05T09:30:00Z".parse().unwrap(),
            desk: Desk::default(),
            versions: HashMap::new(),
            dice: seed,
            box_bytes,
        };
        let none = BankHolidays { division: String::new(), events: vec![] };
        let calendar = Calendar::new(1, none);
        county.configure(DeskEvent::CalendarPublished(CalendarPublished { calendar }));
        let draft = serde_json::from_str(RULES).unwrap();
        county.configure(DeskEvent::RuleSetActivated(RuleSetActivated {
            draft,
            of_draft: None,
            reason: None,
        }));
        let team =
            r#"{"id": "front-door", "name": "Front door", "manager": "moira", "members": []}"#;
        let team = serde_json::from_str(team).unwrap();
        county.configure(DeskEvent::TeamFormed(TeamFormed { team }));
        for n in 0..SCHOOLS {
            county.register(n, 100_000 + n);
        }
        for slug in ["sensory-support", "outreach", "statutory-sen"] {
            let entry = format!(
                r#"{{"slug": "{slug}", "name": "The {slug} service", "agency": "education",
                    "first_contact_working_days": 2, "offers": []}}"#
            );
            let service = serde_json::from_str(&entry).unwrap();
            county.configure(DeskEvent::ServiceListed(ServiceListed { service }));
        }
        for id in ["semh", "sensory-physical"] {
            let entry = format!(
                r#"{{"id": "{id}", "name": "{id}", "area": "semh", "chair_role": "health",
                    "cycle": {{"first_on": "2026-01-07", "every_weeks": 4, "starts": "09:30:00"}},
                    "membership_roles": ["health"], "quorum": {{"total": 1}}, "chair": "ann",
                    "members": [{{"account": "ann", "role": "health"}},
                                {{"account": "bo", "role": "health"}}],
                    "papers_due_working_days_before": 5, "minutes_available": 180,
                    "can_grant": ["outreach"]}}"#
            );
            let panel = serde_json::from_str(&entry).unwrap();
            county.configure(DeskEvent::PanelEstablished(PanelEstablished { panel }));
        }
        county
    }

    /// Enters a school under this URN, or gives it another.
    pub(crate) fn register(&mut self, n: u64, urn: u64) {
        let entry = School {
            urn: urn.to_string().parse().unwrap(),
            name: format!("School {}", n % 5),
            phase: if n.is_multiple_of(2) { Phase::Primary } else { Phase::Secondary },
            kind: SchoolKind::Maintained,
            district: format!("District {}", (n + urn / 100_000) % 3),
            pupils: 200,
            register: Register::default(),
        };
        let registered = SchoolRegistered { id: school(n), school: entry };
        self.configure(DeskEvent::SchoolRegistered(registered));
    }

    /// Something happens, of everything that can: or nothing, if what was tried is refused.
    pub(crate) fn step(&mut self) {
        let minutes = i64::try_from(self.throw() % 90).unwrap();
        self.now += SignedDuration::from_mins(minutes);
        match self.throw() % 100 {
            0 => self.register(2, 200_002),
            1 => self.erase(),
            2..28 => self.submit(),
            28 => self.link(),
            29 => self.draft(),
            30..50 => self.meet(),
            50..60 => self.support(),
            _ => self.act(),
        }
    }

    /// A school asks.
    pub(crate) fn submit(&mut self) {
        let request = RequestId(self.id());
        let school = school(self.throw());
        let intake = self.intake();
        let child = (intake.about == About::Child).then(|| ChildId(self.id()));
        let submission = Submission { intake, particulars: Particulars::default(), child: None };
        let workload = Workload::default();
        let submit =
            Submit { request, child, school, team: TeamId::front_door(), workload, submission };
        let command = Command::Submit(Box::new(submit));
        let changes = Request::NotReceived.decide(command, &self.desk, self.moment()).unwrap();
        self.requests.push((request, Request::NotReceived));
        self.follow(self.requests.len() - 1, changes);
        if let Some(child) = child {
            for change in Child::register(child, identity(), None) {
                self.record(format!("child-{child}"), change, Some(child.0));
            }
        }
    }

    fn intake(&mut self) -> Intake {
        let about = one_of(&[About::Child, About::Child, About::Group], self.throw());
        let need = one_of(&["HI", "VI", "SEMH", "MLD", "ASD"], self.throw());
        let sought = one_of(
            &[Support::Advice, Support::Outreach, Support::Assessment, Support::EhcAssessment],
            self.throw(),
        );
        let given = !self.throw().is_multiple_of(4);
        Intake {
            channel: Channel::Api,
            about,
            primary_need: Need::ever().find(|it| it.code() == need),
            other_needs: vec![],
            support_sought: vec![sought],
            concerns: vec![],
            tried: vec![],
            provision: vec![],
            specialists: vec![],
            consent: Some(consent(given)),
            child: None,
        }
    }

    /// Somebody does something to one of the last few dozen requests.
    pub(crate) fn act(&mut self) {
        let lately = self.requests.len().min(40);
        let Some(last) = self.requests.len().checked_sub(1) else { return };
        let back = usize::try_from(self.throw()).unwrap() % lately;
        let (index, command) = (last - back, self.command());
        let state = &self.requests[index].1;
        if let Ok(changes) = state.decide(command, &self.desk, self.moment()) {
            self.follow(index, changes);
        }
    }

    fn command(&mut self) -> Command {
        let words = || Words::text("…");
        let reason = Reason { code: ReasonCode::Other, criteria: vec!["a criterion".to_owned()] };
        let stated = Stated { reason: Some(reason), words: words() };
        let service = slug(one_of(&["sensory-support", "outreach"], self.throw()));
        match self.throw() % 24 {
            0 | 1 => Command::SupplyInformation(Some(consent(true)), vec![], words()),
            2 => Command::Withdraw(words()),
            3 => Command::AskInformation(words()),
            4 => Command::Advise(AdviceKind::Strategies, words()),
            5 => Command::Route(service, stated),
            6 => Command::ReferToPanel(None, stated),
            7 | 8 => Command::Accept(service),
            9 => Command::Decline(service, stated),
            10 => Command::RecordContact(service, words()),
            11 => Command::RecordOutcome(service, OutcomeCode::GoalsMet, words()),
            12 => Command::PutOnAgenda("meeting-1".parse().unwrap()),
            13 => Command::Rule(Box::new(Ruling {
                panel: "semh".parse().unwrap(),
                by: RuledBy::Meeting("meeting-1".parse().unwrap()),
                decision: Decision::Service(service),
                reason: stated.reason,
                evidence: vec![Evidence::Request],
                words: RulingWords { text: stated.words.text, ..RulingWords::default() },
            })),
            14 => Command::Close(Ending::SupportComplete, words()),
            15 => Command::Reopen(words()),
            16 => Command::Signpost(vec![service], words()),
            17 => Command::GoOn(words()),
            18 => Command::ConfirmOutcome(Agreement::Disputed, words()),
            19 | 20 => self.feedback(),
            21 | 22 => {
                let to = one_of(&["sensory-support", "outreach", "statutory-sen"], self.throw());
                Command::HandOver(service, slug(to), stated)
            }
            _ => Command::Note(words()),
        }
    }

    fn feedback(&mut self) -> Command {
        let quick = one_of(Verdict::ALL, self.throw());
        let helped = one_of(Verdict::ALL, self.throw());
        Command::GiveFeedback(Feedback { quick, helped }, Words::text("…"))
    }

    /// A person links the children of two requests, or takes it back.
    fn link(&mut self) {
        let child = |county: &mut Self| {
            let found = usize::try_from(county.throw()).unwrap().checked_rem(county.requests.len());
            found.and_then(|index| county.requests[index].1.case()?.child)
        };
        let (Some(one), Some(other)) = (child(self), child(self)) else { return };
        let apart = self.throw().is_multiple_of(3);
        for (child, other) in [(one, other), (other, one)] {
            let event = if apart {
                ChildEvent::Unlinked(Unlinked { other })
            } else {
                ChildEvent::Linked(Linked { other })
            };
            self.record(format!("child-{child}"), Change::of(event), None);
        }
    }

    /// A school saves a draft, perhaps twice, and submits it, discards it or lets it lie.
    fn draft(&mut self) {
        let (draft, school) = (DraftId(self.id()), school(self.throw()));
        let saved = || Change::of(DraftEvent::Saved(Saved { draft, school }));
        let stream = format!("draft-{draft}");
        self.record(stream.clone(), saved(), None);
        let end = match self.throw() % 4 {
            0 => DraftEvent::Submitted(Submitted { request: RequestId(draft.0) }),
            1 => DraftEvent::Discarded(Discarded { expired: false, erased_with: None }),
            2 => DraftEvent::Saved(Saved { draft, school }),
            _ => return,
        };
        self.record(stream, Change::of(end), None);
    }

    fn erase(&mut self) {
        let found = usize::try_from(self.throw()).unwrap().checked_rem(self.requests.len());
        let case = found.and_then(|index| self.requests[index].1.case());
        if let Some(child) = case.and_then(|case| case.child) {
            let erased = Erased { shredded_at: self.now, reason: None };
            self.record(format!("child-{child}"), Change::of(ChildEvent::Erased(erased)), None);
        }
    }

    fn configure(&mut self, event: DeskEvent) {
        let stream = event.stream();
        let version = self.versions.get(&stream).copied().unwrap_or_default() + 1;
        self.desk.apply(&event, version);
        self.record(stream, Change::of(event), None);
    }

    fn follow(&mut self, index: usize, changes: Vec<Change>) {
        let id = self.requests[index].0;
        for change in changes {
            self.record(format!("request-{id}"), change, Some(id.0));
            let recorded = self.events.last().unwrap();
            let state = std::mem::take(&mut self.requests[index].1);
            self.requests[index].1 = state.evolve(&recorded.happened().unwrap());
        }
    }

    /// Appends one event to a stream.
    pub(crate) fn record(&mut self, stream: String, change: Change, subject: Option<Uuid>) {
        let id = EventId(self.id());
        let version = self.versions.entry(stream.clone()).or_default();
        *version += 1;
        let version = *version;
        let boxed = change.personal.is_some().then_some(subject).flatten();
        self.events.push(Recorded {
            position: u64::try_from(self.events.len() + 1).unwrap(),
            stream,
            version,
            id,
            name: change.event.name().to_owned(),
            recorded_at: self.now,
            effective_at: self.now,
            actor: Actor::front_door("county"),
            command_id: id.0,
            causation_id: None,
            correlation_id: id.0,
            sealed: boxed.map(|subject| {
                let ciphertext = "AAAA".repeat(usize::try_from(self.box_bytes / 3).unwrap());
                let json = format!(
                    r#"{{"subject": "{subject}", "key": "{subject}", "ciphertext": "{ciphertext}"}}"#
                );
                serde_json::from_str(&json).unwrap()
            }),
            clocks: change.clocks,
            event: Some(change.event),
        });
    }

    fn moment(&self) -> Moment {
        Moment { effective_at: self.now, recorded_at: self.now }
    }

    fn throw(&mut self) -> u64 {
        self.dice = mix(self.dice);
        self.dice
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.throw(), self.throw())
    }
}

fn consent(given: bool) -> Consent {
    Consent { given, by: None, on: None, overridden: false }
}

fn identity() -> Identity {
    Identity {
        given_name: "Ivy".to_owned(),
        family_name: "Made-Up".to_owned(),
        date_of_birth: date(2017, 4, 9),
        upn: None,
        home_postcode: None,
    }
}
