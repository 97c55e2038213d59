//! The stored shape of everything that is stored. It is for ever: a test that fails here
//! after a change asks for a new schema number and for reading the old one, not for a new
//! snapshot.

use super::*;
use crate::account::Role;
use crate::clock::{Allowance, Promise};
use crate::codes::{
    AdviceKind, Concern, Ending, Missing, OutcomeCode, Phase, ReasonCode, SchoolKind, Specialist,
    Verdict,
};
use crate::county;
use crate::document::{DocumentAdded, DocumentKind, MediaType};
use crate::ids::{ChildId, DocumentId, DraftId, EventId, PanelId, RequestId};
use crate::intake::{ChildCodes, Intake, Provision};
use crate::money::{Money, TenThousandths};
use crate::need::Area;
use crate::notice::{FailureCode, NoticeChannel, NoticeKind, Recipient};
use crate::personal::{Address, Contact, DocumentName, Identity, Particulars, Receipt, Words};
use crate::request::event::{EscalatedAbout, PanelDecision, Reason, RoutedBy};
use crate::rota::{Day, Slot, Turn};
use crate::school::{ClosureReason, ImportFigures, Register};
use crate::service::{Agency, Ages, Offer, Published, ServiceContact, ServiceStatus, Tier};
use crate::statutory::{ExcusalGround, StatutoryDecision};
use crate::team::{Member, Skill};
use crate::triage::{Facts, Route, RuleSet, Triage, Why};
use jiff::civil::{date, time};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use uuid::Uuid;

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn team() -> TeamId {
    TeamId::front_door()
}

fn panel() -> PanelId {
    "semh".parse().unwrap()
}

fn to_service() -> Route {
    Route::Service { service: county::service("sensory-support") }
}

fn to_panel() -> Route {
    Route::Panel { panel: panel(), candidates: vec![county::service("behaviour-support")] }
}

fn reason() -> Reason {
    let criteria = vec!["sensory-support/sensory-need".to_owned()];
    Reason { code: ReasonCode::CriteriaNotMet, criteria }
}

/// Everything a school can say, in codes.
fn intake() -> Intake {
    Intake {
        other_needs: vec![county::need("SLCN")],
        concerns: vec![Concern::RecentDiagnosis],
        provision: vec![Provision {
            hours_per_week: TenThousandths::parse("2.5"),
            weeks_per_year: TenThousandths::parse("38"),
            cost_per_hour: Some(Money { pence: 1650 }),
        }],
        specialists: vec![Specialist::SpecialistTeacher],
        ..county::child_with("HI")
    }
}

fn school() -> School {
    School {
        urn: "126512".parse().unwrap(),
        name: "Ashdown Primary School".to_owned(),
        phase: Phase::Primary,
        kind: SchoolKind::Maintained,
        district: "Downland".to_owned(),
        pupils: 210,
        register: Register {
            authority: "845".parse().ok(),
            establishment: "2034".parse().ok(),
            sort: Some("Community school".to_owned()),
            postcode: Some("TN22 1DL".to_owned()),
            lowest_age: Some(4),
            highest_age: Some(11),
            opened_on: Some(date(1998, 9, 1)),
        },
    }
}

fn schools() -> Vec<DeskEvent> {
    let id = county::PRIMARY_SCHOOL;
    let closed = Closed {
        on: date(2026, 8, 31),
        reason: ClosureReason::Amalgamation,
        successor: "148001".parse().ok(),
    };
    vec![
        DeskEvent::SchoolRegistered(SchoolRegistered { id, school: school() }),
        DeskEvent::SchoolConverted(SchoolConverted {
            id,
            from: "126512".parse().unwrap(),
            to: "148000".parse().unwrap(),
            on: date(2026, 9, 1),
        }),
        DeskEvent::SchoolClosed(SchoolClosed { id, closed }),
        DeskEvent::SchoolReopened(SchoolReopened { id }),
        DeskEvent::SchoolsImported(SchoolsImported {
            figures: ImportFigures { added: 3, changed: 12, converted: 1, ..Default::default() },
        }),
    ]
}

fn rules() -> RuleSetDraft {
    serde_json::from_value(json!({
        "name": "triage",
        "mode": "assisted",
        "statutory_service": "ehc-team",
        "panel_only": {"support_sought": ["funding"]},
        "panel_for_area": {
            "cognition_learning": "learning", "communication_interaction": "learning",
            "semh": "semh", "sensory_physical": "sensory", "other": "learning",
        },
        "services": [{"service": "sensory-support", "ways_in": [{"id": "sensory-need",
            "criteria": [
                {"fact": "needs.primary", "test": "any_of", "values": ["HI", "VI"]},
                {"fact": "age_years", "test": "at_least", "values": [5]},
                {"fact": "looked_after", "test": "is", "values": [false]},
            ]}]}],
    }))
    .unwrap()
}

/// A child of whom everything is known, and one who lives elsewhere and of whom little is.
fn triages() -> [RequestEvent; 2] {
    let rules = RuleSet::check(&rules(), 3).unwrap();
    let hardly_known =
        ChildCodes { home_authority: Some("835".parse().unwrap()), ..ChildCodes::default() };
    let elsewhere = Intake { primary_need: None, child: Some(hardly_known), ..intake() };
    [intake(), elsewhere].map(|intake| {
        let (facts, ours) = (Facts::of(&intake, &school()), "865".parse().unwrap());
        let triage = Triage::decide(&intake, facts, &rules, Some(&ours));
        RequestEvent::Triaged(request::Triaged { triage })
    })
}

/// Every kind of route, by everybody who can send a request there.
fn routes() -> Vec<RequestEvent> {
    let routed = |route, by, reason| RequestEvent::Routed(request::Routed { route, by, reason });
    let missing = vec![Missing::Consent];
    let mut events = vec![
        routed(to_service(), RoutedBy::Overrule, Some(reason())),
        routed(to_panel(), RoutedBy::Bounce, None),
        routed(to_service(), RoutedBy::HandOver, Some(reason())),
        routed(Route::Information { missing }, RoutedBy::Person, None),
        routed(to_panel(), RoutedBy::School, None),
    ];
    let whys = [
        Why::Redirect { authority: "835".parse().unwrap() },
        Why::CriticalIncident,
        Why::Advice,
        Why::Confirm { recommended: Box::new(to_panel()) },
        Why::Declined,
        Why::PanelAdvice,
        Why::Reopened,
        Why::Unanswered,
        Why::OutcomeDisputed,
    ];
    events.extend(whys.map(|why| routed(Route::Duty { why }, RoutedBy::Person, None)));
    events
}

fn escalated(about: EscalatedAbout) -> RequestEvent {
    RequestEvent::Escalated(request::Escalated { to: county::name("mira"), about })
}

fn arriving() -> Vec<RequestEvent> {
    use RequestEvent as E;
    vec![
        E::Received(request::Received {
            request: county::REQUEST,
            school: county::PRIMARY_SCHOOL,
            urn: school().urn,
            child: Some(ChildId(Uuid::from_u128(7))),
            intake: intake(),
        }),
        E::Assigned(request::Assigned {
            team: team(),
            adviser: Some(county::name("amara")),
            rota_version: Some(4),
            from_next_shift_at: Some(at("2026-11-23T09:00:00Z")),
            because: request::AssignedBecause::NextShift,
        }),
        E::RotaGapFound(request::RotaGapFound {
            team: team(),
            until: Some(at("2026-11-23T09:00:00Z")),
        }),
        escalated(EscalatedAbout::RotaGap),
        escalated(EscalatedAbout::Warned { promise: Promise::Respond }),
        escalated(EscalatedAbout::Breached { promise: Promise::FirstContact }),
        E::PromiseWarned(request::PromiseWarned {
            promise: Promise::Respond,
            due_at: at("2026-11-27T17:00:00Z"),
        }),
        E::PromiseBreached(request::PromiseBreached {
            promise: Promise::EhcDecideToAssess,
            due_at: at("2027-01-02T00:00:00Z"),
        }),
        E::PromisesRecalculated(request::PromisesRecalculated { calendar_version: 3 }),
        E::InformationAsked(request::InformationAsked {
            missing: vec![Missing::Consent],
            questions: vec![1, 2],
        }),
        E::InformationSupplied(request::InformationSupplied {
            consent: Some(county::consent()),
            answers: answers(),
            complete: true,
        }),
    ]
}

fn answers() -> Vec<request::Answered> {
    let document = DocumentId(Uuid::from_u128(9));
    let answered = |question, documents| request::Answered { question, documents };
    vec![answered(1, vec![]), answered(2, vec![document])]
}

fn conversing() -> Vec<RequestEvent> {
    use RequestEvent as E;
    let service = county::service("sensory-support");
    vec![
        E::Advised(request::Advised { kind: AdviceKind::Strategies }),
        E::Signposted(request::Signposted { services: vec![service.clone()] }),
        E::AdviceAccepted(request::AdviceAccepted {}),
        E::Reminded(request::Reminded { missing: vec![Missing::Consent], questions: vec![2] }),
        E::QuestionLapsed(request::QuestionLapsed { missing: vec![], questions: vec![1, 2] }),
        E::AdviceDeclined(request::AdviceDeclined {}),
        E::OutcomeConfirmed(request::OutcomeConfirmed {}),
        E::OutcomeDisputed(request::OutcomeDisputed {}),
        E::FeedbackGiven(request::FeedbackGiven {
            quick: Verdict::Yes,
            helped: Verdict::Partly,
            service: Some(service),
        }),
    ]
}

fn going_on() -> Vec<RequestEvent> {
    use RequestEvent as E;
    let service = || county::service("sensory-support");
    let meeting = || "2026-12-03".parse().unwrap();
    let decided = |decision| {
        E::PanelDecided(request::PanelDecided { panel: panel(), decision, reason: reason() })
    };
    vec![
        E::CriteriaGapFound(request::CriteriaGapFound {
            services: vec![service(), county::service("specialist-sen")],
            codes: vec![ReasonCode::CriteriaNotMet, ReasonCode::WrongService],
        }),
        E::Accepted(request::Accepted { service: service() }),
        E::Declined(request::Declined { service: service(), reason: reason() }),
        E::FirstContactMade(request::FirstContactMade { service: service() }),
        E::Involved(request::Involved {
            service: service(),
            contact_by: at("2026-11-24T17:00:00Z"),
        }),
        E::ContributionAccepted(request::ContributionAccepted { service: service() }),
        E::ContributionDeclined(request::ContributionDeclined {
            service: service(),
            reason: reason(),
        }),
        E::Released(request::Released { service: service() }),
        E::OutcomeRecorded(request::OutcomeRecorded {
            service: service(),
            outcome: OutcomeCode::GoalsMet,
        }),
        E::PutOnAgenda(request::PutOnAgenda { meeting: meeting() }),
        E::TakenOffAgenda(request::TakenOffAgenda { meeting: meeting() }),
        decided(PanelDecision::Package),
        decided(PanelDecision::Service { service: service() }),
        decided(PanelDecision::Advice),
        decided(PanelDecision::Decline),
        E::Withdrawn(request::Withdrawn {}),
        E::Closed(request::Closed { ending: Ending::AdviceGiven }),
        E::Reopened(request::Reopened {}),
        E::Noted(request::Noted {}),
        E::DocumentAdded(DocumentAdded {
            document: DocumentId(Uuid::from_u128(0xD0C)),
            kind: DocumentKind::Report,
            media_type: MediaType::Pdf,
            size_bytes: 48_213,
            sealed_sha256: "9f86".to_owned(),
        }),
        E::Merged(request::Merged { into: RequestId(Uuid::from_u128(0xFE)) }),
        E::Absorbed(request::Absorbed { from: county::REQUEST }),
    ]
}

fn by_law_and_elsewhere() -> Vec<RequestEvent> {
    use RequestEvent as E;
    let authority = || "835".parse().unwrap();
    let service = || county::service("statutory-sen");
    vec![
        E::Redirected(request::Redirected { authority: authority(), reason: Some(reason()) }),
        E::ReceiptRecorded(request::ReceiptRecorded {
            authority: authority(),
            received_on: date(2026, 12, 3),
        }),
        E::StatutoryDecided(request::StatutoryDecided {
            service: service(),
            decision: StatutoryDecision::NotAssess,
            reason: Some(reason()),
        }),
        E::ExcusalRecorded(request::ExcusalRecorded {
            service: service(),
            promise: Promise::EhcFinalPlan,
            ground: ExcusalGround::AbsentFromArea,
        }),
    ]
}

fn children() -> Vec<ChildEvent> {
    let shredded_at = at("2026-11-20T10:00:00Z");
    vec![
        ChildEvent::Registered(child::Registered { child: ChildId(Uuid::from_u128(7)) }),
        ChildEvent::ConsentRecorded(child::ConsentRecorded { consent: county::consent() }),
        ChildEvent::Linked(child::Linked { other: ChildId(Uuid::from_u128(8)) }),
        ChildEvent::Unlinked(child::Unlinked { other: ChildId(Uuid::from_u128(8)) }),
        ChildEvent::Erased(child::Erased { shredded_at }),
    ]
}

fn drafts() -> Vec<DraftEvent> {
    let (draft, school) = (DraftId(Uuid::from_u128(5)), county::PRIMARY_SCHOOL);
    vec![
        DraftEvent::Saved(draft::Saved { draft, school }),
        DraftEvent::Submitted(draft::Submitted { request: county::REQUEST }),
        DraftEvent::Discarded(draft::Discarded { expired: true }),
    ]
}

fn calendar() -> Calendar {
    let named = |day, name: &str| [(day, name.to_owned())].into();
    Calendar {
        version: 2,
        opens: time(9, 0, 0, 0),
        closes: time(17, 0, 0, 0),
        bank_holidays: named(date(2026, 12, 25), "Christmas Day"),
        closures: named(date(2026, 12, 24), "Christmas closure"),
    }
}

fn policy() -> Policy {
    Policy { escalate_to: Some(county::name("farah")), ..Policy::default() }
}

fn published() -> Published {
    let some = |text: &str| Some(text.to_owned());
    Published {
        description: some("Teachers of the deaf and of children with a visual impairment."),
        url: some("https://downland.example/sensory"),
        eligibility: some("Children with a diagnosed loss of hearing or sight."),
        ages: Some(Ages { minimum: 0, maximum: 25 }),
        opening_hours: some("Monday to Friday, 9am to 5pm, in term time"),
        contact: Some(ServiceContact {
            name: some("Sensory support desk"),
            email: some("sensory@downland.example"),
            phone: some("01632 960001"),
        }),
    }
}

fn places() -> Vec<DeskEvent> {
    let offer = Offer { tier: Tier::CapacityBuilding, title: "Awareness training".to_owned() };
    let service = Service {
        slug: county::service("sensory-support"),
        name: "Sensory impairment service".to_owned(),
        agency: Agency::Education,
        first_contact_working_days: 2,
        offers: vec![offer],
        status: ServiceStatus::TemporarilyClosed,
        capacity_cases: Some(40),
        public: published(),
    };
    let panel = Panel { id: panel(), name: "SEMH panel".to_owned(), area: Area::Semh };
    let (authority, name) = ("865".parse().unwrap(), "Downland County Council".to_owned());
    vec![
        DeskEvent::CouncilNamed(CouncilNamed { authority, name }),
        DeskEvent::PolicySet(PolicySet { policy: policy() }),
        DeskEvent::CalendarPublished(CalendarPublished { calendar: calendar() }),
        DeskEvent::ServiceListed(ServiceListed { service }),
        DeskEvent::RuleSetActivated(RuleSetActivated { draft: rules() }),
        DeskEvent::PanelEstablished(PanelEstablished { panel }),
    ]
}

fn people() -> Vec<DeskEvent> {
    let hash = || KeyHash("5e88".to_owned());
    let account = Account {
        id: county::name("amara"),
        name: "Amara Osei".to_owned(),
        role: Role::Service,
        school: Some(county::PRIMARY_SCHOOL),
        service: Some(county::service("sensory-support")),
    };
    let team_formed = TeamFormed {
        team: Team {
            id: team(),
            name: "Front door".to_owned(),
            manager: county::name("mira"),
            members: vec![Member { account: county::name("amara"), skills: vec![Skill::Sensory] }],
        },
    };
    vec![
        DeskEvent::TeamFormed(team_formed),
        DeskEvent::AccountOpened(AccountOpened { account }),
        DeskEvent::KeyIssued(KeyIssued {
            account: county::name("amara"),
            hash: hash(),
            expires_at: Some(at("2027-11-20T10:00:00Z")),
        }),
        DeskEvent::FeedIssued(FeedIssued { account: county::name("amara"), hash: hash() }),
        DeskEvent::FeedRevoked(FeedRevoked { account: county::name("amara") }),
        DeskEvent::KeyRevoked(KeyRevoked { account: county::name("amara"), hash: hash() }),
    ]
}

fn layers() -> Vec<Layer> {
    vec![
        Layer {
            id: "monday-1".parse().unwrap(),
            days: vec![Day::Monday],
            dates: vec![],
            from: time(9, 0, 0, 0),
            to: time(17, 0, 0, 0),
            slots: vec![Slot::Adviser(county::name("amara"))],
            rotates_every_weeks: 1,
            since: date(2026, 11, 1),
        },
        Layer {
            id: "late".parse().unwrap(),
            days: vec![],
            dates: vec![date(2026, 11, 24)],
            from: time(17, 0, 0, 0),
            to: time(0, 0, 0, 0),
            slots: vec![Slot::Skill(Skill::Sensory), Slot::Adviser(county::name("ben"))],
            rotates_every_weeks: 2,
            since: date(2026, 9, 1),
        },
    ]
}

fn rotas() -> Vec<DeskEvent> {
    let month: Month = "2026-11".parse().unwrap();
    let (from, to) = (at("2026-11-23T09:00:00Z"), at("2026-11-23T12:00:00Z"));
    let instead = |adviser| Override { from, to, adviser };
    let overrides = vec![instead(None), instead(Some(county::name("ben")))];
    let absence = AbsenceId(Uuid::from_u128(0xAB));
    let id = SwapId(Uuid::from_u128(0x5A));
    let turn = |layer: &str| Turn { layer: layer.parse().unwrap(), date: date(2026, 11, 23) };
    let swap = |in_return| Swap {
        id,
        turn: turn("monday-1"),
        holder: county::name("amara"),
        colleague: county::name("ben"),
        in_return,
    };
    let offered = |in_return| {
        DeskEvent::SwapOffered(SwapOffered { team: team(), month, swap: swap(in_return) })
    };
    let settled = |how| DeskEvent::SwapSettled(SwapSettled { team: team(), month, swap: id, how });
    vec![
        DeskEvent::ShiftsSet(ShiftsSet { team: team(), month, layers: layers() }),
        DeskEvent::ShiftOverridden(ShiftOverridden {
            team: team(),
            month,
            instead: instead(Some(county::name("ben"))),
        }),
        DeskEvent::OverridesSet(OverridesSet { team: team(), month, overrides }),
        DeskEvent::AbsenceRecorded(AbsenceRecorded {
            team: team(),
            month,
            absence: Absence { id: absence, adviser: county::name("amara"), from, to },
        }),
        DeskEvent::AbsenceEnded(AbsenceEnded { team: team(), month, absence, at: to }),
        offered(None),
        offered(Some(turn("late"))),
        settled(SwapState::Accepted),
        settled(SwapState::Refused),
        settled(SwapState::Withdrawn),
    ]
}

fn updates_chosen() -> DeskEvent {
    let to = Recipient::School(county::PRIMARY_SCHOOL);
    let subject = county::PRIMARY_SCHOOL.0;
    DeskEvent::UpdatesChosen(UpdatesChosen { to, channel: NoticeChannel::Webhook, subject })
}

fn notices() -> Vec<NoticeEvent> {
    let intended = |to: Recipient, kind| {
        NoticeEvent::Intended(notice::Intended {
            notice: crate::ids::NoticeId::of(EventId(Uuid::from_u128(77)), &to).unwrap(),
            to,
            request: county::REQUEST,
            kind,
            channel: NoticeChannel::Email,
        })
    };
    let (why, next_at) = (FailureCode::Unreachable, at("2026-11-20T10:00:30Z"));
    vec![
        intended(Recipient::School(county::PRIMARY_SCHOOL), NoticeKind::Accepted),
        intended(Recipient::Account(county::name("mira")), NoticeKind::PromiseBroken),
        NoticeEvent::Sent(notice::Sent {}),
        NoticeEvent::AttemptFailed(notice::AttemptFailed { attempt: 1, why, next_at }),
        NoticeEvent::GivenUp(notice::GivenUp { attempts: 16, why }),
        NoticeEvent::PutBack(notice::PutBack {}),
    ]
}

fn examples() -> Vec<Event> {
    let requests = arriving().into_iter().chain(triages()).chain(routes()).chain(conversing());
    let requests = requests.chain(going_on()).chain(by_law_and_elsewhere()).map(Event::from);
    let desk =
        places().into_iter().chain(schools()).chain(people()).chain(rotas()).map(Event::from);
    let others = children().into_iter().map(Event::from);
    let others = others.chain(drafts().into_iter().map(Event::from));
    let others = others.chain(notices().into_iter().map(Event::from));
    requests.chain(others).chain(desk).chain([updates_chosen().into()]).collect()
}

#[test]
fn every_event_has_an_example() {
    for name in Event::NAMES {
        let has_it = examples().iter().any(|event| (event.name(), event.schema()) == *name);
        assert!(has_it, "{name:?}");
    }
}

/// One file for each event and schema number, with every example of it.
#[test]
fn the_shape_of_every_event_is_what_it_was() {
    let mut shapes: BTreeMap<String, String> = BTreeMap::new();
    for event in examples() {
        let data = serde_json::to_string_pretty(&event).unwrap();
        let file = shapes.entry(format!("{}.{}", event.name(), event.schema())).or_default();
        writeln!(file, "{data}").unwrap();
    }
    let mut golden = insta::Settings::clone_current();
    golden.set_snapshot_path("golden");
    golden.set_prepend_module_to_snapshot(false);
    golden.set_omit_expression(true);
    let _bound = golden.bind_to_scope();
    for (file, shape) in &shapes {
        insta::assert_snapshot!(file.as_str(), shape);
    }
}

#[test]
fn every_event_reads_back_as_itself() {
    for event in examples() {
        let stored = serde_json::to_string(&event).unwrap();
        let mut data = serde_json::Deserializer::from_str(&stored);
        assert_eq!(Event::read(event.name(), &mut data).unwrap(), Some(event));
    }
}

#[test]
fn the_shape_of_every_clock_change_is_what_it_was() {
    let (promise, due_at) = (Promise::FirstContact, at("2026-11-27T17:00:00Z"));
    let started = |promise, allowance| ClockChange::Started {
        promise,
        allowance,
        due_at,
        calendar_version: 2,
    };
    let changes = [
        started(promise, Allowance::WorkingDays(5)),
        started(Promise::EhcDecideToAssess, Allowance::CalendarWeeks(6)),
        ClockChange::Paused { promise: Promise::Respond },
        ClockChange::Resumed { promise: Promise::PanelDecision, due_at },
        ClockChange::Recalculated { promise: Promise::PanelDecision, due_at, calendar_version: 3 },
        ClockChange::Stopped {
            promise: Promise::Acknowledge,
            at: due_at,
            met: true,
            kept: true,
            working_minutes: 480,
        },
    ];
    insta::assert_snapshot!(serde_json::to_string_pretty(&changes).unwrap());
    let stored = serde_json::to_string(&changes).unwrap();
    assert_eq!(serde_json::from_str::<Vec<ClockChange>>(&stored).unwrap(), changes);
}

#[test]
fn the_shape_of_everything_sealed_is_what_it_was() {
    let some = |text: &str| Some(text.to_owned());
    let particulars = Particulars {
        requested_by: Contact {
            name: "Jo Firle".to_owned(),
            role: "SENCO".to_owned(),
            email: some("senco@school.example"),
            phone: some("01632 960000"),
        },
        description: some("What we see in class."),
        tried: vec![some("Small group"), None],
        provision: vec![some("Teaching assistant")],
        consent_method: some("written"),
        consent_override: some("safeguarding"),
        summary: some("Help, please."),
    };
    let identity = Identity {
        given_name: "Ivy".to_owned(),
        family_name: "Jevington".to_owned(),
        date_of_birth: date(2017, 4, 9),
        upn: Some("B801200005001".parse().unwrap()),
        home_postcode: some("SN15 1ZZ"),
    };
    let questions = vec!["Which hours?".to_owned()];
    let answers = vec![some("Ten to eleven."), None];
    let words = Words { text: some("We met."), questions, answers, consent: some("by telephone") };
    let sealed = [
        Personal::Request(Box::new(particulars)),
        Personal::Child(identity),
        Personal::Draft("{}".to_owned()),
        Personal::Document(DocumentName {
            file_name: "Ivy.pdf".to_owned(),
            title: some("Ivy's report"),
        }),
        Personal::Receipt(Receipt { their_reference: some("SEN/26/117"), by: some("R. Pell") }),
        Personal::Words(words),
        Personal::Words(Words::text("Only this.")),
        Personal::Address(Address::Email("office@school.example".to_owned())),
        Personal::Address(Address::Webhook {
            url: "https://school.example/news".to_owned(),
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
        }),
    ];
    insta::assert_snapshot!(serde_json::to_string_pretty(&sealed).unwrap());
    let stored = serde_json::to_string(&sealed).unwrap();
    assert!(serde_json::from_str::<Vec<Personal>>(&stored).unwrap() == sealed);
}
