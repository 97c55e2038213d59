//! A panel's meeting, told as given, when, then.
//!
//! The panel for communication and interaction is called on Friday 20 November 2026 to meet on
//! Thursday 3 December at 09:30; four requests wait for it.

mod after;
mod calling;
mod deciding;
mod properties;
mod room;

use super::event::{DeferReason, MeetingKind, Planned};
use super::*;
use crate::codes::{AdviceKind, ReasonCode};
use crate::county;
use crate::desk::Desk;
use crate::event::{Event, PanelEstablished};
use crate::ids::{AccountId, EventId};
use crate::intake::Intake;
use crate::panel::{Depth, Member, MemberRole, Panel};
use crate::personal::{RulingWords, Words};
use crate::request::event::{Evidence, Reason};
use crate::request::{Case, Command, Decision, Happened, Request, Stated, Status, Submit};
use uuid::Uuid;

const MEETS: &str = "2026-12-03T09:30:00Z";

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn moment(instant: &str) -> Moment {
    Moment { effective_at: at(instant), recorded_at: at(instant) }
}

fn panel() -> PanelId {
    "communication-interaction".parse().unwrap()
}

fn who(name: &str) -> AccountId {
    county::name(name)
}

fn request(number: u128) -> RequestId {
    RequestId(Uuid::from_u128(0xFD00 + number))
}

/// The terms of the county with everybody appointed who is needed, and more: Ruth leads the
/// school that asks, Joan the service that could help.
fn terms() -> Panel {
    use MemberRole as R;
    let member =
        |name: &str, role| Member { account: who(name), role, school: None, service: None };
    let mut terms = county::desk().panels[&panel()].clone();
    terms.chair = Some(who("mira"));
    terms.vice_chair = Some(who("theo"));
    terms.ratified_by = Some(who("head-of-send"));
    terms.members = vec![
        member("mira", R::EducationAdviser),
        member("theo", R::EducationAdviser),
        member("amal", R::EducationalPsychologist),
        Member { school: Some(county::PRIMARY_SCHOOL), ..member("ruth", R::SchoolLeader) },
        member("lee", R::SchoolLeader),
        Member {
            service: Some(county::service("specialist-sen")),
            ..member("joan", R::ServiceManager)
        },
        member("hana", R::Health),
    ];
    terms
}

/// A panel's work as it is being told.
#[derive(Clone)]
struct Story {
    desk: Desk,
    meetings: BTreeMap<MeetingId, Meeting>,
    requests: BTreeMap<RequestId, AtHand>,
    here: MeetingId,
    at: Moment,
    events: u128,
    last: Result<Upshot, MeetingRefusal>,
}

/// The panel, and requests in its queue.
fn given(terms: Panel) -> Story {
    let mut desk = county::desk();
    assert_eq!(terms.faults(), []);
    desk.apply(&DeskEvent::PanelEstablished(PanelEstablished { panel: terms }), 3);
    let story = Story {
        desk,
        meetings: BTreeMap::new(),
        requests: BTreeMap::new(),
        here: "communication-interaction-2026-12-03".parse().unwrap(),
        at: moment("2026-11-20T10:00:00Z"),
        events: 0,
        last: Ok(Upshot::default()),
    };
    (1..=4).fold(story, |story, number| {
        // The school has heard from the adviser meanwhile.
        let advice = Command::Advise(AdviceKind::Strategies, Words::text("Until then: …"));
        story.received(number, county::for_a_panel()).meanwhile(number, advice)
    })
}

/// The meeting is called, and two requests are on its agenda.
fn called() -> Story {
    given(terms()).when(schedule(MEETS)).when(agenda(&[1, 2]))
}

/// It is under way, with enough members for anything but a request of Ruth's school.
fn under_way() -> Story {
    let story = called().at("2026-11-24T10:00:00Z").when(MeetingCommand::Publish).at(MEETS);
    ["mira", "amal", "lee", "hana", "theo"]
        .into_iter()
        .fold(story, |story, name| story.when(arrive(name)))
        .at("2026-12-03T09:45:00Z")
}

fn schedule(starts_at: &str) -> MeetingCommand {
    let starts_at = at(starts_at);
    let day = crate::calendar::london::wall(starts_at).date();
    let meeting = format!("{}-{day}", panel()).parse().unwrap();
    let (panel, kind, minutes) = (panel(), MeetingKind::Cycle, None);
    MeetingCommand::Schedule(Schedule { meeting, panel, kind, starts_at, minutes })
}

fn agenda(numbers: &[u128]) -> MeetingCommand {
    let item = |number| Planned { request: request(number), depth: Depth::Standard, minutes: 15 };
    MeetingCommand::SetAgenda(numbers.iter().copied().map(item).collect())
}

fn arrive(name: &str) -> MeetingCommand {
    MeetingCommand::Arrive(who(name))
}

fn depart(name: &str) -> MeetingCommand {
    MeetingCommand::Depart(who(name))
}

fn recuse(name: &str, number: u128) -> MeetingCommand {
    let kind = InterestKind::Family;
    MeetingCommand::Recuse(who(name), request(number), kind, Words::text("A neighbour."))
}

fn reason() -> Reason {
    let criteria = vec!["specialist-sen/autism".to_owned()];
    Reason { code: ReasonCode::NeedBeyondOrdinary, criteria }
}

fn deciding(number: u128, decision: Decision) -> Deciding {
    Deciding {
        request: request(number),
        decision,
        reason: Some(reason()),
        evidence: vec![Evidence::Request],
        words: RulingWords {
            text: Some("He needs more than his school can give.".to_owned()),
            questions: vec!["What did the speech therapist find?".to_owned()],
            ..RulingWords::default()
        },
        votes: None,
        dissent: vec![],
    }
}

fn decide(number: u128, decision: Decision) -> MeetingCommand {
    MeetingCommand::Decide(Box::new(deciding(number, decision)))
}

fn to_a_service() -> Decision {
    Decision::Service(county::service("sensory-support"))
}

impl Story {
    /// The primary school asks.
    fn received(mut self, number: u128, intake: Intake) -> Self {
        let Command::Submit(submit) = county::submit(intake) else { panic!("no submission") };
        let submit = Submit { request: request(number), ..*submit };
        let command = Command::Submit(Box::new(submit));
        let changes = Request::NotReceived.decide(command, &self.desk, self.at).unwrap();
        self.follow(request(number), &changes);
        self
    }

    fn at(mut self, instant: &str) -> Self {
        self.at = moment(instant);
        self
    }

    /// From here on another meeting is told of.
    fn meeting(mut self, starts_at: &str) -> Self {
        let day = crate::calendar::london::wall(at(starts_at)).date();
        self.here = format!("{}-{day}", panel()).parse().unwrap();
        self
    }

    /// Somebody wants to do this; what is accepted happens, everywhere.
    fn when(mut self, command: MeetingCommand) -> Self {
        let other = command.other().cloned();
        let meeting = self.meetings.get(&self.here).cloned().unwrap_or_default();
        let around = Around {
            desk: &self.desk,
            requests: &self.requests,
            other: other.and_then(|other| self.meetings.get(&other)?.sitting()),
        };
        self.last = meeting.decide(command, &around, self.at);
        let Ok(upshot) = self.last.clone() else { return self };
        for (id, events) in &upshot.meetings {
            let meeting = self.meetings.remove(id).unwrap_or_default();
            let at = self.at.effective_at;
            let now = events.iter().fold(meeting, |meeting, event| meeting.evolve(event, at));
            self.meetings.insert(id.clone(), now);
        }
        for event in &upshot.diary {
            self.desk.apply(event, 1);
        }
        for (id, changes) in &upshot.requests {
            self.follow(*id, changes);
        }
        self
    }

    /// Somebody does this to a request, outside the meeting.
    fn meanwhile(mut self, number: u128, command: Command) -> Self {
        let at_hand = self.requests[&request(number)].request.clone();
        let changes = at_hand.proceed(command, &self.desk, self.at).unwrap();
        self.follow(request(number), &changes);
        self
    }

    fn follow(&mut self, id: RequestId, changes: &[crate::event::Change]) {
        let at_hand = self.requests.entry(id).or_default();
        for change in changes {
            let Event::Request(event) = &change.event else { continue };
            self.events += 1;
            let happened = Happened {
                id: EventId(Uuid::from_u128(self.events)),
                effective_at: self.at.effective_at,
                event,
                clocks: &change.clocks,
            };
            at_hand.follow(at_hand.version + 1, &happened);
        }
    }

    /// These things happened, wherever: the meeting first, then the diary, then requests.
    #[track_caller]
    fn then(self, expected: &[&str]) -> Self {
        let upshot = self.last.as_ref().unwrap();
        let meetings = upshot.meetings.values().flatten().cloned().map(Event::from);
        let diary = upshot.diary.iter().cloned().map(Event::from);
        let requests = upshot.requests.values().flatten().map(|change| change.event.clone());
        let all: Vec<_> = meetings.chain(diary).chain(requests).map(|it| it.name()).collect();
        assert_eq!(all, expected);
        self
    }

    #[track_caller]
    fn then_nothing(self) -> Self {
        assert_eq!(self.last, Ok(Upshot::default()));
        self
    }

    #[track_caller]
    fn then_refused(self, refusal: &MeetingRefusal) -> Self {
        assert_eq!(self.last.as_ref(), Err(refusal));
        self
    }

    /// It is refused in these words.
    #[track_caller]
    fn then_refused_as(self, words: &str) -> Self {
        assert_eq!(self.last.as_ref().unwrap_err().to_string(), words);
        self
    }

    #[track_caller]
    fn then_request_is(self, number: u128, status: Status) -> Self {
        assert_eq!(self.case(number).status(), status, "request {number}");
        self
    }

    fn case(&self, number: u128) -> &Case {
        self.requests[&request(number)].request.case().unwrap()
    }

    fn sitting(&self) -> &Sitting {
        self.meetings[&self.here].sitting().unwrap()
    }

    fn item(&self, number: u128) -> &Item {
        self.sitting().item(request(number)).unwrap()
    }

    fn decided(&self, number: u128) -> &event::Decided {
        match self.item(number).outcome.as_ref().unwrap() {
            ItemOutcome::Decided(decided, _) => decided,
            ItemOutcome::Deferred(..) => panic!("deferred"),
        }
    }
}
