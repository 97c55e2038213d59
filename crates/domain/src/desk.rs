//! What the front desk goes by at a moment: the directory, the rules, the rota, the calendar.
//!
//! Folded from the directory's streams, and handed to decisions as data. Everything that a
//! decision took from here it records by version, so that it can be explained later.

mod command;
mod panels;
mod rules;
mod schools;
#[cfg(test)]
mod tests;
mod workload;

pub use command::{DeskCommand, DeskRefusal};
pub use rules::{DraftedRules, MOST_RULE_DRAFTS};
pub use workload::Workload;

use crate::account::{Account, Entrance, Feed, Key, KeyHash};
use crate::calendar::{BankHolidays, Calendar, Calendars};
use crate::clock::{Allowance, Promise};
use crate::event::DeskEvent;
use crate::ids::{AccountId, Authority, PanelId, SchoolId, ServiceSlug, TeamId, Urn};
use crate::notice::{Recipient, Updates};
use crate::panel::{Diary, Panel};
use crate::policy::Policy;
use crate::retention::RetentionSchedule;
use crate::rota::{Rota, RotaChange};
use crate::school::{History, School};
use crate::service::Service;
use crate::team::Team;
use crate::triage::{RuleSet, RuleSetDraft};
use std::collections::BTreeMap;

/// Everything a decision may look up, as known at one position of the log.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Our own authority; `None` until the council is named, when nobody is redirected.
    pub authority: Option<Authority>,
    /// What the council is called.
    pub council: String,
    /// How strictly promises are watched.
    pub policy: Policy,
    /// How long records are kept.
    pub retention: RetentionSchedule,
    /// Working time.
    pub calendar: Calendar,
    /// Every calendar that was ever published, by version: a ledger is drawn with the one
    /// that its promise was made under.
    pub calendars: BTreeMap<u32, Calendar>,
    /// The active rule set, and its draft as it was activated.
    pub rules: RuleSet,
    /// Every rule set that was ever active, by version.
    pub rule_drafts: BTreeMap<u32, RuleSetDraft>,
    /// What somebody drafted, by number: what was activated among it too.
    pub drafted_rules: BTreeMap<u32, DraftedRules>,
    /// Teams.
    pub teams: BTreeMap<TeamId, Team>,
    /// Rotas by team.
    pub rotas: BTreeMap<TeamId, Rota>,
    /// The directory.
    pub services: BTreeMap<ServiceSlug, Service>,
    /// Panels, by their present terms of reference,
    pub panels: BTreeMap<PanelId, Panel>,
    /// and the versions of those.
    pub terms_versions: BTreeMap<PanelId, u32>,
    /// What each panel has before it.
    pub diaries: BTreeMap<PanelId, Diary>,
    /// Schools.
    pub schools: BTreeMap<SchoolId, School>,
    /// What became of each school: its URNs by their days, and its end.
    pub histories: BTreeMap<SchoolId, History>,
    /// Schools by every URN that they have had.
    pub urns: BTreeMap<Urn, SchoolId>,
    /// Who is told of news, and how; who is not here chose nothing yet.
    pub updates: BTreeMap<Recipient, Updates>,
    /// Accounts.
    pub accounts: BTreeMap<AccountId, Account>,
    /// The token with which each calendar can be read, by hash.
    pub feeds: BTreeMap<(AccountId, Feed), KeyHash>,
    /// Keys that nobody took back, by hash.
    pub keys: BTreeMap<KeyHash, Key>,
    /// How accounts are come in by, where it was ever said.
    pub entrances: BTreeMap<AccountId, Entrance>,
}

impl Default for Desk {
    fn default() -> Self {
        let no_holidays = BankHolidays { division: String::new(), events: Vec::new() };
        Self {
            authority: None,
            council: String::new(),
            policy: Policy::default(),
            retention: RetentionSchedule::default(),
            calendar: Calendar::new(0, no_holidays),
            calendars: BTreeMap::new(),
            rules: RuleSet::unwritten(),
            rule_drafts: BTreeMap::new(),
            drafted_rules: BTreeMap::new(),
            teams: BTreeMap::new(),
            rotas: BTreeMap::new(),
            services: BTreeMap::new(),
            panels: BTreeMap::new(),
            terms_versions: BTreeMap::new(),
            diaries: BTreeMap::new(),
            schools: BTreeMap::new(),
            histories: BTreeMap::new(),
            urns: BTreeMap::new(),
            updates: BTreeMap::new(),
            accounts: BTreeMap::new(),
            feeds: BTreeMap::new(),
            keys: BTreeMap::new(),
            entrances: BTreeMap::new(),
        }
    }
}

impl Calendars for Desk {
    fn of_version(&self, version: u32) -> &Calendar {
        self.calendars.get(&version).unwrap_or(&self.calendar)
    }
}

impl Desk {
    /// Follows one event, which took its stream to `version`. Total.
    pub fn apply(&mut self, event: &DeskEvent, version: u32) {
        match event {
            DeskEvent::CouncilNamed(named) => {
                self.authority = Some(named.authority.clone());
                self.council.clone_from(&named.name);
            }
            DeskEvent::PolicySet(set) => self.policy = set.policy.clone(),
            DeskEvent::RetentionSet(set) => self.retention = set.schedule.clone(),
            DeskEvent::CalendarPublished(published) => {
                self.calendar = Calendar { version, ..published.calendar.clone() };
                self.calendars.insert(version, self.calendar.clone());
            }
            DeskEvent::ServiceListed(listed) => {
                let service = listed.service.clone();
                self.services.insert(service.slug.clone(), service);
            }
            DeskEvent::RulesDrafted(_) | DeskEvent::RulesDraftSaved(_) => self.follow_draft(event),
            DeskEvent::RuleSetActivated(activated) => self.activate(activated),
            DeskEvent::TeamFormed(formed) => {
                let team = formed.team.clone();
                self.rotas.entry(team.id.clone()).or_default().apply_team(team.clone());
                self.teams.insert(team.id.clone(), team);
            }
            DeskEvent::ShiftsSet(_)
            | DeskEvent::ShiftOverridden(_)
            | DeskEvent::OverridesSet(_)
            | DeskEvent::AbsenceRecorded(_)
            | DeskEvent::AbsenceEnded(_)
            | DeskEvent::SwapOffered(_)
            | DeskEvent::SwapSettled(_) => self.follow_rota(event, version),
            DeskEvent::PanelEstablished(established) => {
                let panel = established.panel.clone();
                self.terms_versions.insert(panel.id.clone(), version);
                self.panels.insert(panel.id.clone(), panel);
            }
            DeskEvent::MeetingEntered(_)
            | DeskEvent::MeetingStruck(_)
            | DeskEvent::MeetingHeld(_)
            | DeskEvent::DecisionDelegated(_)
            | DeskEvent::DelegationSettled(_) => self.follow_diary(event),
            DeskEvent::SchoolRegistered(registered) => {
                self.enter_school(registered.id, &registered.school);
            }
            DeskEvent::SchoolConverted(it) => self.convert_school(it.id, &it.to, it.on),
            DeskEvent::SchoolClosed(it) => {
                self.histories.entry(it.id).or_default().closed = Some(it.closed.clone());
            }
            // For whoever audits; the schools' own events say what to go by.
            DeskEvent::SchoolsImported(_) | DeskEvent::MasterKeyRotated(_) => {}
            DeskEvent::SchoolReopened(it) => {
                self.histories.entry(it.id).or_default().closed = None;
            }
            DeskEvent::UpdatesChosen(chosen) => {
                let (channel, subject) = (chosen.channel, chosen.subject);
                self.updates.insert(chosen.to.clone(), Updates { channel, subject, version });
            }
            DeskEvent::FeedIssued(_)
            | DeskEvent::FeedRevoked(_)
            | DeskEvent::AccountOpened(_)
            | DeskEvent::AccountChanged(_)
            | DeskEvent::AccountClosed(_)
            | DeskEvent::AccountInvited(_)
            | DeskEvent::SignInBound(_)
            | DeskEvent::SignedIn(_)
            | DeskEvent::SessionEnded(_)
            | DeskEvent::SessionsEnded(_)
            | DeskEvent::KeyIssued(_)
            | DeskEvent::KeyRotated(_)
            | DeskEvent::KeyRevoked(_) => self.follow_account(event),
        }
    }

    fn follow_rota(&mut self, event: &DeskEvent, version: u32) {
        if let Some((team, month, change)) = RotaChange::of(event) {
            self.rotas.entry(team.clone()).or_default().apply(month, version, change);
        }
    }

    /// How long a promise may take. `service` matters for its first contact only.
    #[must_use]
    pub fn allowance(&self, promise: Promise, service: Option<&ServiceSlug>) -> Allowance {
        match promise {
            Promise::Acknowledge => Allowance::WorkingDays(1),
            Promise::Respond => Allowance::WorkingDays(5),
            Promise::PanelDecision => Allowance::WorkingDays(30),
            Promise::FirstContact => service
                .and_then(|slug| self.services.get(slug))
                .map_or(Allowance::WorkingDays(5), Service::first_contact),
            // SEND Regulations 2014, regulation 5(1).
            Promise::EhcDecideToAssess => Allowance::CalendarWeeks(6),
            // Regulation 10(1).
            Promise::EhcDecideNotToIssue => Allowance::CalendarWeeks(16),
            // Regulation 13(2).
            Promise::EhcFinalPlan => Allowance::CalendarWeeks(20),
        }
    }
}
