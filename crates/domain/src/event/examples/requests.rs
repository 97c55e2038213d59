//! What happens to requests.

use super::*;

/// A child of whom everything is known, and one who lives elsewhere and of whom little is.
pub(super) fn triages() -> [RequestEvent; 2] {
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
pub(super) fn routes() -> Vec<RequestEvent> {
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

pub(super) fn escalated(about: EscalatedAbout) -> RequestEvent {
    RequestEvent::Escalated(request::Escalated { to: county::name("mira"), about })
}

pub(super) fn arriving() -> Vec<RequestEvent> {
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
        escalated(EscalatedAbout::ReviewOverdue),
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

pub(super) fn answers() -> Vec<request::Answered> {
    let document = DocumentId(Uuid::from_u128(9));
    let answered = |question, documents| request::Answered { question, documents };
    vec![answered(1, vec![]), answered(2, vec![document])]
}

pub(super) fn conversing() -> Vec<RequestEvent> {
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

pub(super) fn going_on() -> Vec<RequestEvent> {
    use RequestEvent as E;
    let service = || county::service("sensory-support");
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
        E::Withdrawn(request::Withdrawn {}),
        E::Closed(request::Closed { ending: Ending::AdviceGiven }),
        E::Reopened(request::Reopened {}),
        E::Noted(request::Noted {}),
        E::GlassBroken(request::GlassBroken {
            account: county::name("lena"),
            role: crate::account::Role::Panel,
            code: request::GlassReason::Safeguarding,
            until: at("2026-11-20T11:00:00Z"),
            told: vec![county::name("amara")],
        }),
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

pub(super) fn by_law_and_elsewhere() -> Vec<RequestEvent> {
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
