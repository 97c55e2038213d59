//! With a panel: answered meanwhile, put on an agenda, put off, decided.

use super::{Step, Turn, Who, step};
use crate::demo::meetings;
use crate::demo::phrases::because;
use domain::calendar::london;
use domain::clock::Promise;
use domain::codes::{ReasonCode, Support};
use domain::ids::{MeetingId, PanelId, ServiceSlug};
use domain::money::{Money, TenThousandths};
use domain::need::{Area, Need};
use domain::package::{ContributionDraft, Frequency, FundingSource, PackageDraft, Provider, Unit};
use domain::personal::RulingWords;
use domain::request::event::{Evidence, RuledBy};
use domain::request::{Command, Decision, Ruling, Stated, Status};
use domain::service::Agency;
use domain::triage::Route;
use jiff::{SignedDuration, ToSpan as _};

/// Papers are with the members a week before they meet.
const PAPERS_BEFORE_DAYS: i32 = 7;
/// How long a meeting lasts.
const MEETING_MINUTES: i64 = 180;

impl Turn<'_> {
    /// The school hears from the adviser first; then the request waits for its meeting.
    pub(super) fn queued(&mut self, panel: &PanelId) -> Option<Step> {
        if self.is_open(Promise::Respond) {
            let asks = self.life.stays.is_none() && self.life.dice.chance(12);
            let waiting = &self.phrases.waiting_advice;
            return Some(if asks { self.question() } else { self.advice(waiting) });
        }
        let at = self.in_days(1, 3);
        let ready = london::wall(at).date().saturating_add(PAPERS_BEFORE_DAYS.days());
        let from = match self.life.stays {
            Some(Status::OnAgenda) => ready.max(london::wall(self.now).date().tomorrow().ok()?),
            Some(_) | None => ready,
        };
        let meets = meetings::next(panel, from, &self.desk.calendar);
        let meeting = meetings::id(panel, meets).ok()?;
        Some(step(at, Who::Panel, Command::PutOnAgenda(meeting)))
    }

    pub(super) fn on_agenda(&mut self, meeting: &MeetingId) -> Option<Step> {
        let starts = meetings::starts(meeting)?;
        if self.life.dice.chance(5) {
            // The afternoon before, when the papers turn out to be incomplete.
            let at = starts.saturating_sub(SignedDuration::from_hours(18)).ok()?.max(self.at);
            return Some(step(at, Who::Panel, Command::TakeOffAgenda));
        }
        let minutes = self.life.dice.between(0..=MEETING_MINUTES);
        let at = starts.saturating_add(SignedDuration::from_mins(minutes)).ok()?;
        let phrases = self.phrases;
        let (decision, lines) = match self.life.dice.below(100) {
            0..58 => (self.package(), &phrases.package),
            58..78 => (Decision::Service(self.one_service()?), &phrases.panel_service),
            78..92 => (Decision::Advice, &phrases.panel_advice),
            _ => (Decision::Decline, &phrases.panel_decline),
        };
        let code = if decision == Decision::Decline {
            ReasonCode::CriteriaNotMet
        } else {
            ReasonCode::NeedBeyondOrdinary
        };
        let stated = because(code, "terms of reference", lines, &mut self.life.dice);
        let ruling = Ruling {
            panel: self.case.panel()?.clone(),
            by: RuledBy::Meeting(meeting.clone()),
            decision,
            reason: stated.reason,
            evidence: vec![Evidence::Request],
            words: RulingWords { text: stated.words.text, ..RulingWords::default() },
        };
        Some(step(at, Who::Panel, Command::Rule(Box::new(ruling))))
    }

    /// The officer, whose word a decision awaits, gives it within a few days.
    pub(super) fn awaiting_the_officer(&mut self) -> Option<Step> {
        let officer = self.case.pending.as_ref()?.awaits.clone()?;
        let at = self.in_days(1, 4);
        Some(step(at, Who::Panel, Command::Ratify(officer, true, Stated::default())))
    }

    fn package(&self) -> Decision {
        let starts = london::wall(self.at).date();
        let in_months = |months: i32| starts.saturating_add(months.months());
        let provider = Provider::Agency(Agency::Education);
        let outreach = ContributionDraft {
            provider: provider.clone(),
            support: Support::Outreach,
            quantity: TenThousandths::whole(2),
            unit: Unit::Hour,
            frequency: Frequency::Weekly,
            unit_cost: Money { pence: 4_500 },
            starts,
            ends: in_months(10),
            funding: FundingSource::HighNeeds,
            review_on: in_months(5),
        };
        Decision::Package(PackageDraft { key_worker_of: provider, contributions: vec![outreach] })
    }

    /// A candidate, or the service that knows the area best.
    fn one_service(&self) -> Option<ServiceSlug> {
        if let Some(Route::Panel { candidates, .. }) = &self.case.route
            && let Some(candidate) = candidates.first()
        {
            return Some(candidate.clone());
        }
        let best = match self.case.intake.primary_need.map(Need::area) {
            Some(Area::Semh) => "emotional-wellbeing",
            Some(Area::SensoryPhysical) => "sensory-support",
            Some(Area::CognitionLearning | Area::CommunicationInteraction | Area::Other) | None => {
                "specialist-sen"
            }
        };
        best.parse().ok()
    }
}
