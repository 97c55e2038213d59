//! Every event there is, by the name under which it is stored.
//!
//! An event is codes only; what is personal travels beside it, see [`Change`]. Names and
//! shapes here are for ever: a stored event is never rewritten. A shape that must change
//! gets a new schema number and is upcast when it is read.

use crate::calendar::Calendar;
use crate::child;
use crate::document;
use crate::draft;
use crate::ids::{AbsenceId, Authority, SchoolId, SwapId, TeamId, Urn};
use crate::meeting::event as meeting;
use crate::notice::UpdatesChosen;
use crate::notice::event as notice;
use crate::package::event as package;
use crate::panel::Panel;
use crate::personal::Personal;
use crate::policy::Policy;
use crate::promises::ClockChange;
use crate::request::event as request;
use crate::retention::RetentionSchedule;
use crate::rota::{Absence, Layer, Month, Override, Swap, SwapState};
use crate::school::{Closed, ImportFigures, School};
use crate::service::Service;
use crate::subject_access;
use crate::team::Team;
use crate::triage::RuleSetDraft;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::Deserializer;
use serde::{Deserialize, Serialize};

/// One thing that is to be recorded: the event, what it does to promises, and what is
/// personal about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened, in codes.
    pub event: Event,
    /// What that does to the request's promises.
    pub clocks: Vec<ClockChange>,
    /// What is personal about it; sealed before it is stored.
    pub personal: Option<Personal>,
}

impl Change {
    /// An event that moves no clock and names nobody.
    #[must_use]
    pub fn of(event: impl Into<Event>) -> Self {
        Self { event: event.into(), clocks: Vec::new(), personal: None }
    }

    /// The same, moving these clocks too.
    #[must_use]
    pub fn moving(mut self, clocks: Vec<ClockChange>) -> Self {
        self.clocks.extend(clocks);
        self
    }

    /// The same, with its personal part.
    #[must_use]
    pub fn with(mut self, personal: Option<Personal>) -> Self {
        self.personal = personal;
        self
    }
}

macro_rules! events {
    ($($(#[$gmeta:meta])* $group:ident($part:ident) {
        $($(#[$meta:meta])* $variant:ident($data:ty) = $name:literal @ $schema:literal;)+
    })+) => {
        /// What happened. Past tense, always.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$gmeta])* $part($group),)+
        }

        $(
        $(#[$gmeta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $group {
            $(#[doc = concat!("`", $name, "`.")] $(#[$meta])* $variant($data),)+
        }

        impl From<$group> for Event {
            fn from(event: $group) -> Self {
                Self::$part(event)
            }
        }
        )+

        impl Event {
            /// The name and schema number of every event.
            pub const NAMES: &'static [(&'static str, u16)] = &[$($(($name, $schema),)+)+];

            /// The name under which it is stored.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $($(Self::$part($group::$variant(_)) => $name,)+)+ }
            }

            /// The schema number under which it is stored.
            #[must_use]
            pub const fn schema(&self) -> u16 {
                match self { $($(Self::$part($group::$variant(_)) => $schema,)+)+ }
            }

            /// Reads the data of an event of this name. `Ok(None)`: a name that this version
            /// of the program does not know.
            pub fn read<'de, D: Deserializer<'de>>(
                name: &str,
                data: D,
            ) -> Result<Option<Self>, D::Error> {
                match name {
                    $($($name => {
                        let data = <$data>::deserialize(data)?;
                        Ok(Some(Self::$part($group::$variant(data))))
                    })+)+
                    _ => Ok(None),
                }
            }
        }

        impl Serialize for Event {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self { $($(Self::$part($group::$variant(data)) => data.serialize(to),)+)+ }
            }
        }
    };
}

events! {
    /// Of a request for support: stream `request-{id}`.
    RequestEvent(Request) {
        Received(request::Received) = "request.received" @ 1;
        Triaged(request::Triaged) = "request.triaged" @ 1;
        Assigned(request::Assigned) = "request.assigned" @ 1;
        /// To the line manager.
        Escalated(request::Escalated) = "request.escalated" @ 1;
        /// A warning.
        RotaGapFound(request::RotaGapFound) = "request.rota_gap_found" @ 1;
        PromiseWarned(request::PromiseWarned) = "request.promise_warned" @ 1;
        PromiseBreached(request::PromiseBreached) = "request.promise_breached" @ 1;
        PromisesRecalculated(request::PromisesRecalculated) = "request.promises_recalculated" @ 1;
        InformationAsked(request::InformationAsked) = "request.information_asked" @ 1;
        InformationSupplied(request::InformationSupplied) = "request.information_supplied" @ 1;
        Reminded(request::Reminded) = "request.reminded" @ 1;
        QuestionLapsed(request::QuestionLapsed) = "request.question_lapsed" @ 1;
        Advised(request::Advised) = "request.advised" @ 1;
        Signposted(request::Signposted) = "request.signposted" @ 1;
        AdviceAccepted(request::AdviceAccepted) = "request.advice_accepted" @ 1;
        AdviceDeclined(request::AdviceDeclined) = "request.advice_declined" @ 1;
        Routed(request::Routed) = "request.routed" @ 1;
        /// A warning.
        CriteriaGapFound(request::CriteriaGapFound) = "request.criteria_gap_found" @ 1;
        Accepted(request::Accepted) = "request.accepted" @ 1;
        Declined(request::Declined) = "request.declined" @ 1;
        FirstContactMade(request::FirstContactMade) = "request.first_contact_made" @ 1;
        Involved(request::Involved) = "request.involved" @ 1;
        ContributionAccepted(request::ContributionAccepted) = "request.contribution_accepted" @ 1;
        ContributionDeclined(request::ContributionDeclined) = "request.contribution_declined" @ 1;
        Released(request::Released) = "request.released" @ 1;
        Redirected(request::Redirected) = "request.redirected" @ 1;
        ReceiptRecorded(request::ReceiptRecorded) = "request.receipt_recorded" @ 1;
        StatutoryDecided(request::StatutoryDecided) = "request.statutory_decided" @ 1;
        ExcusalRecorded(request::ExcusalRecorded) = "request.excusal_recorded" @ 1;
        OutcomeRecorded(request::OutcomeRecorded) = "request.outcome_recorded" @ 1;
        OutcomeConfirmed(request::OutcomeConfirmed) = "request.outcome_confirmed" @ 1;
        OutcomeDisputed(request::OutcomeDisputed) = "request.outcome_disputed" @ 1;
        FeedbackGiven(request::FeedbackGiven) = "request.feedback_given" @ 1;
        PutOnAgenda(request::PutOnAgenda) = "request.put_on_agenda" @ 1;
        TakenOffAgenda(request::TakenOffAgenda) = "request.taken_off_agenda" @ 1;
        DepthSet(request::DepthSet) = "request.depth_set" @ 1;
        InterestDeclared(request::InterestDeclared) = "request.interest_declared" @ 1;
        Deferred(request::Deferred) = "request.deferred" @ 1;
        PanelDecided(request::PanelDecided) = "request.panel_decided" @ 1;
        DecisionRatified(request::DecisionRatified) = "request.decision_ratified" @ 1;
        DecisionSetAside(request::DecisionSetAside) = "request.decision_set_aside" @ 1;
        PartQueried(package::PartQueried) = "request.part_queried" @ 1;
        QueryAnswered(package::QueryAnswered) = "request.query_answered" @ 1;
        ContributionEnded(package::ContributionEnded) = "request.contribution_ended" @ 1;
        ReviewFellDue(package::ReviewFellDue) = "request.review_fell_due" @ 1;
        ReviewChased(package::ReviewChased) = "request.review_chased" @ 1;
        PackageReviewed(package::PackageReviewed) = "request.package_reviewed" @ 1;
        PackageEnded(package::PackageEnded) = "request.package_ended" @ 1;
        Withdrawn(request::Withdrawn) = "request.withdrawn" @ 1;
        Closed(request::Closed) = "request.closed" @ 1;
        Reopened(request::Reopened) = "request.reopened" @ 1;
        Noted(request::Noted) = "request.noted" @ 1;
        GlassBroken(request::GlassBroken) = "request.glass_broken" @ 1;
        DocumentAdded(document::DocumentAdded) = "request.document_added" @ 1;
        Merged(request::Merged) = "request.merged" @ 1;
        Absorbed(request::Absorbed) = "request.absorbed" @ 1;
    }
    /// Of a child: stream `child-{id}`.
    ChildEvent(Child) {
        Registered(child::Registered) = "child.registered" @ 1;
        ConsentRecorded(child::ConsentRecorded) = "child.consent_recorded" @ 1;
        Linked(child::Linked) = "child.linked" @ 1;
        Unlinked(child::Unlinked) = "child.unlinked" @ 1;
        Held(child::hold::Hold) = "child.held" @ 1;
        HoldReleased(child::hold::Released) = "child.hold_released" @ 1;
        Erased(child::Erased) = "child.erased" @ 1;
        SubjectAccessAsked(subject_access::Asked) = "child.subject_access_asked" @ 1;
        SubjectAccessPaused(subject_access::Paused) = "child.subject_access_paused" @ 1;
        SubjectAccessResumed(subject_access::Resumed) = "child.subject_access_resumed" @ 1;
        SubjectAccessExtended(subject_access::Extended) = "child.subject_access_extended" @ 1;
        SubjectAccessAnswered(subject_access::AnswerGiven) = "child.subject_access_answered" @ 1;
    }
    /// Of what a school has begun to write: stream `draft-{id}`.
    DraftEvent(Draft) {
        Saved(draft::Saved) = "draft.saved" @ 1;
        Submitted(draft::Submitted) = "draft.submitted" @ 1;
        Discarded(draft::Discarded) = "draft.discarded" @ 1;
    }
    /// Of a panel's meeting: stream `meeting-{id}`.
    MeetingEvent(Meeting) {
        Scheduled(meeting::Scheduled) = "meeting.scheduled" @ 1;
        Cancelled(meeting::Cancelled) = "meeting.cancelled" @ 1;
        AgendaSet(meeting::AgendaSet) = "meeting.agenda_set" @ 1;
        PacksPublished(meeting::PacksPublished) = "meeting.packs_published" @ 1;
        PackOpened(meeting::PackOpened) = "meeting.pack_opened" @ 1;
        ApologiesGiven(meeting::ApologiesGiven) = "meeting.apologies_given" @ 1;
        Arrived(meeting::Arrived) = "meeting.arrived" @ 1;
        Departed(meeting::Departed) = "meeting.departed" @ 1;
        Recused(meeting::Recused) = "meeting.recused" @ 1;
        InterestDismissed(meeting::InterestDismissed) = "meeting.interest_dismissed" @ 1;
        Decided(meeting::Decided) = "meeting.decided" @ 1;
        Deferred(meeting::Deferred) = "meeting.deferred" @ 1;
        DelegationReviewed(meeting::DelegationReviewed) = "meeting.delegation_reviewed" @ 1;
        Closed(meeting::Closed) = "meeting.closed" @ 1;
        MinutesSigned(meeting::MinutesSigned) = "meeting.minutes_signed" @ 1;
        DecisionRatified(meeting::DecisionRatified) = "meeting.decision_ratified" @ 1;
    }
    /// Of a message about a request: stream `notice-{id}`.
    NoticeEvent(Notice) {
        Intended(notice::Intended) = "notice.intended" @ 1;
        Sent(notice::Sent) = "notice.sent" @ 1;
        AttemptFailed(notice::AttemptFailed) = "notice.attempt_failed" @ 1;
        GivenUp(notice::GivenUp) = "notice.given_up" @ 1;
        PutBack(notice::PutBack) = "notice.put_back" @ 1;
    }
    /// Of what the front desk goes by: every other stream.
    DeskEvent(Desk) {
        CouncilNamed(CouncilNamed) = "council.named" @ 1;
        PolicySet(PolicySet) = "policy.set" @ 1;
        RetentionSet(RetentionSet) = "retention.set" @ 1;
        MasterKeyRotated(MasterKeyRotated) = "keys.master_rotated" @ 1;
        CalendarPublished(CalendarPublished) = "calendar.published" @ 1;
        ServiceListed(ServiceListed) = "service.listed" @ 1;
        RulesDrafted(RulesDrafted) = "ruleset.drafted" @ 1;
        RulesDraftSaved(RulesDraftSaved) = "ruleset.draft_saved" @ 1;
        RuleSetActivated(RuleSetActivated) = "ruleset.activated" @ 1;
        TeamFormed(TeamFormed) = "team.formed" @ 1;
        ShiftsSet(ShiftsSet) = "rota.shifts_set" @ 1;
        ShiftOverridden(ShiftOverridden) = "rota.overridden" @ 1;
        OverridesSet(OverridesSet) = "rota.overrides_set" @ 1;
        AbsenceRecorded(AbsenceRecorded) = "rota.absence_recorded" @ 1;
        AbsenceEnded(AbsenceEnded) = "rota.absence_ended" @ 1;
        SwapOffered(SwapOffered) = "rota.swap_offered" @ 1;
        SwapSettled(SwapSettled) = "rota.swap_settled" @ 1;
        PanelEstablished(PanelEstablished) = "panel.established" @ 1;
        MeetingEntered(MeetingEntered) = "diary.meeting_entered" @ 1;
        MeetingStruck(MeetingStruck) = "diary.meeting_struck" @ 1;
        MeetingHeld(MeetingHeld) = "diary.meeting_held" @ 1;
        DecisionDelegated(DecisionDelegated) = "diary.decision_delegated" @ 1;
        DelegationSettled(DelegationSettled) = "diary.delegation_settled" @ 1;
        SchoolRegistered(SchoolRegistered) = "school.registered" @ 1;
        SchoolConverted(SchoolConverted) = "school.converted" @ 1;
        SchoolClosed(SchoolClosed) = "school.closed" @ 1;
        SchoolReopened(SchoolReopened) = "school.reopened" @ 1;
        SchoolsImported(SchoolsImported) = "schools.imported" @ 1;
        UpdatesChosen(UpdatesChosen) = "updates.chosen" @ 1;
        AccountOpened(AccountOpened) = "account.opened" @ 1;
        AccountChanged(AccountChanged) = "account.changed" @ 1;
        AccountClosed(AccountClosed) = "account.closed" @ 1;
        AccountInvited(AccountInvited) = "account.invited" @ 1;
        SignInBound(SignInBound) = "account.sign_in_bound" @ 1;
        SignedIn(SignedIn) = "account.signed_in" @ 1;
        SessionEnded(SessionEnded) = "account.session_ended" @ 1;
        SessionsEnded(SessionsEnded) = "account.sessions_ended" @ 1;
        KeyIssued(KeyIssued) = "account.key_issued" @ 1;
        KeyRotated(KeyRotated) = "account.key_rotated" @ 1;
        KeyRevoked(KeyRevoked) = "account.key_revoked" @ 1;
        FeedIssued(FeedIssued) = "account.feed_issued" @ 1;
        FeedRevoked(FeedRevoked) = "account.feed_revoked" @ 1;
    }
}

/// Which council this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouncilNamed {
    /// Its number; children of other authorities are redirected.
    pub authority: Authority,
    /// Its name.
    pub name: String,
}

/// How strictly promises are watched from here on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySet {
    /// Every setting.
    pub policy: Policy,
}

/// Every key is wrapped by another master key from here on. Nothing more is said of it: its
/// place is the business of whoever runs the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MasterKeyRotated {}

/// How long records are kept from here on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionSet {
    /// The rule of every class.
    pub schedule: RetentionSchedule,
}

/// Working hours, bank holidays and closures, as known from here on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPublished {
    /// The calendar; its version is that of the stream.
    pub calendar: Calendar,
}

/// A service of the directory, new or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceListed {
    /// The whole entry.
    pub service: Service,
}

/// Somebody began to draft a change of the rules. It decides nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesDrafted {
    /// Its number, counted from 1.
    pub draft: u32,
    /// The version in force then; 0: none was.
    pub based_on: u32,
    /// What it said.
    pub rules: RuleSetDraft,
}

/// A draft of rules was saved, with whatever faults it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesDraftSaved {
    /// Which draft.
    pub draft: u32,
    /// What it says now.
    pub rules: RuleSetDraft,
}

/// A rule set decides from here on. Its version is the count of activations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSetActivated {
    /// The rules as drafted; they passed the check.
    pub draft: RuleSetDraft,
    /// The draft that they were; `None` for those of a set-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_draft: Option<u32>,
    /// Why, as it is published with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A team, new or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamFormed {
    /// The whole entry.
    pub team: Team,
}

/// The layers of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftsSet {
    /// Whose rota.
    pub team: TeamId,
    /// Which month.
    pub month: Month,
    /// The layers, instead of any before.
    pub layers: Vec<Layer>,
}

/// Somebody is on instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftOverridden {
    /// Whose rota.
    pub team: TeamId,
    /// Which month.
    pub month: Month,
    /// When, and who.
    pub instead: Override,
}

/// Who is on instead, for a month as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverridesSet {
    /// Whose rota.
    pub team: TeamId,
    /// Which month.
    pub month: Month,
    /// The overrides, the latest last, instead of any before.
    pub overrides: Vec<Override>,
}

/// Somebody is away. Told to every month that it touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceRecorded {
    /// Whose rota.
    pub team: TeamId,
    /// Which month.
    pub month: Month,
    /// The whole of it.
    pub absence: Absence,
}

/// They are back earlier, or were never away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceEnded {
    /// Whose rota.
    pub team: TeamId,
    /// Which month.
    pub month: Month,
    /// Which absence.
    pub absence: AbsenceId,
    /// From which instant on.
    pub at: Timestamp,
}

/// A turn was offered to a colleague. Told to every month that it touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapOffered {
    /// Whose rota.
    pub team: TeamId,
    /// Which month.
    pub month: Month,
    /// What is offered, to whom.
    pub swap: Swap,
}

/// The offer was answered, or taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapSettled {
    /// Whose rota.
    pub team: TeamId,
    /// Which month.
    pub month: Month,
    /// Which swap.
    pub swap: SwapId,
    /// How.
    pub how: SwapState,
}

/// A panel, new or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelEstablished {
    /// The whole entry.
    pub panel: Panel,
}

mod diary;
pub use diary::{DecisionDelegated, DelegationSettled, MeetingEntered, MeetingHeld, MeetingStruck};

/// A school, new or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolRegistered {
    /// The school for as long as it exists.
    pub id: SchoolId,
    /// The whole entry.
    pub school: School,
}

/// A school has another URN from a day on, as when it becomes an academy. It is the same
/// school, with its requests and its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolConverted {
    /// Which school.
    pub id: SchoolId,
    /// Its URN until then.
    pub from: Urn,
    /// Its URN from then on.
    pub to: Urn,
    /// The first day under it.
    pub on: Date,
}

/// A school ends. Its requests stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolClosed {
    /// Which school.
    pub id: SchoolId,
    /// When, why, and what takes its place.
    pub closed: Closed,
}

/// A school is open after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolReopened {
    /// Which school.
    pub id: SchoolId,
}

/// Somebody imported schools; stored with the last of what that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolsImported {
    /// What it came to.
    pub figures: ImportFigures,
}

mod accounts;
pub use accounts::{
    AccountChanged, AccountClosed, AccountInvited, AccountOpened, FeedIssued, FeedRevoked,
    KeyIssued, KeyRevoked, KeyRotated, SessionEnded, SessionsEnded, SignInBound, SignedIn,
};

#[cfg(test)]
mod examples;
#[cfg(test)]
mod golden;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_events_share_a_name() {
        let mut names: Vec<_> = Event::NAMES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Event::NAMES.len());
    }

    #[test]
    fn a_name_that_nobody_knows_is_not_an_error() {
        let data = serde::de::value::UnitDeserializer::<serde::de::value::Error>::new();
        assert_eq!(Event::read("request.teleported", data), Ok(None));
    }
}
