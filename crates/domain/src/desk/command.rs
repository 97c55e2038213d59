//! What somebody may do to the directory, the rules, the rota and the calendar.

use super::{Desk, MOST_RULE_DRAFTS};
use crate::account::{Account, AccountCommand, AccountRefusal, Feed, KeyHash};
use crate::calendar::{Calendar, CalendarFault};
use crate::event::{
    CalendarPublished, CouncilNamed, DeskEvent, FeedIssued, FeedRevoked, MasterKeyRotated,
    PolicySet, RetentionSet, RuleSetActivated, SchoolsImported, ServiceListed, TeamFormed,
};
use crate::ids::{AccountId, Authority, SchoolId, TeamId, Urn};
use crate::notice::{Recipient, UpdatesChosen};
use crate::panel::{Panel, PanelFault};
use crate::policy::{Policy, PolicyFault};
use crate::retention::{RetentionFault, RetentionSchedule};
use crate::rota::{Layer, Month, Override, Rota, RotaCommand, RotaRefusal, Shift};
use crate::school::{Closed, ImportFigures, School};
use crate::service::{Service, ServiceFault};
use crate::team::Team;
use crate::triage::{RuleSet, RuleSetDraft, RuleSetFault};
use jiff::civil::Date;

/// What somebody wants to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskCommand {
    /// Say which council this is.
    NameCouncil(Authority, String),
    /// Set how strictly promises are watched.
    SetPolicy(Policy),
    /// Keep records for so long.
    SetRetention(RetentionSchedule),
    /// Say that another master key is in force.
    RecordMasterKey,
    /// Publish working hours, bank holidays and closures.
    PublishCalendar(Calendar),
    /// List a service, or change its entry.
    ListService(Service),
    /// Let a rule set decide from here on.
    ActivateRules(RuleSetDraft),
    /// Begin to draft other rules.
    DraftRules(RuleSetDraft),
    /// Save a draft of rules.
    SaveRuleDraft(u32, RuleSetDraft),
    /// Let a draft decide from here on, for this reason.
    ActivateRuleDraft(u32, String),
    /// Form a team, or change it.
    FormTeam(Team),
    /// Set the weekly shifts of a month, in the simplest way to say it.
    SetShifts(TeamId, Month, Vec<Shift>),
    /// Put somebody else on, or nobody.
    OverrideShift(TeamId, Month, Override),
    /// Change a month of a rota.
    ChangeRota(TeamId, Month, RotaCommand),
    /// Establish a panel, or change its entry.
    EstablishPanel(Panel),
    /// Enter a school, or change its entry.
    RegisterSchool(SchoolId, School),
    /// Give a school another URN from a day on: it becomes an academy, and stays the school
    /// that it was.
    ConvertSchool(SchoolId, Urn, Date),
    /// Record a school's end, or change what is recorded of it.
    CloseSchool(SchoolId, Closed),
    /// Record that a school has not ended after all.
    ReopenSchool(SchoolId),
    /// Record what an import of schools came to.
    RecordImport(ImportFigures),
    /// Choose how somebody is told of news.
    ChooseUpdates(UpdatesChosen),
    /// Let somebody in.
    OpenAccount(Account),
    /// Change who comes in, and how.
    Account(AccountCommand),
    /// Let a calendar be read with this token, and with none before it.
    IssueFeed(AccountId, Feed, KeyHash),
    /// Let a calendar be read with no token.
    RevokeFeed(AccountId, Feed),
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskRefusal {
    /// The rule set has faults.
    #[error("the rule set has {} faults", .0.len())]
    FaultyRules(Vec<RuleSetFault>),
    /// No such draft.
    #[error("there is no draft {0} of the rules")]
    UnknownRuleDraft(u32),
    /// It decides already, or did.
    #[error("draft {draft} was activated as version {version}; begin another to change that")]
    RuleDraftActivated {
        /// The draft,
        draft: u32,
        /// and what it became.
        version: u32,
    },
    /// More than anybody keeps track of.
    #[error("there are {MOST_RULE_DRAFTS} drafts of the rules; go on with one of them")]
    TooManyRuleDrafts,
    /// A calendar that nobody can have meant.
    #[error("the calendar has {} faults", .0.len())]
    FaultyCalendar(Vec<CalendarFault>),
    /// Settings that make no sense.
    #[error("the policy has {} faults", .0.len())]
    FaultyPolicy(Vec<PolicyFault>),
    /// A schedule that makes no sense.
    #[error("the retention schedule has {} faults", .0.len())]
    FaultyRetention(Vec<RetentionFault>),
    /// The entry of a service has faults.
    #[error("the entry of the service has {} faults", .0.len())]
    FaultyService(Vec<ServiceFault>),
    /// Terms of reference that cannot work.
    #[error("the terms of reference have {} faults", .0.len())]
    FaultyPanel(Vec<PanelFault>),
    /// Another school has this URN.
    #[error("another school has the URN {0}")]
    UrnTaken(Urn),
    /// A school gets another URN by being converted, which has a day.
    #[error("the school has the URN {0}; it gets another one by being converted, on a day")]
    UrnChanges(Urn),
    /// No such school.
    #[error("there is no such school in the directory")]
    UnknownSchool,
    /// It would be converted or closed before it had its present URN.
    #[error("the school opened under its present URN on {0}, which is later")]
    BeforeItOpened(Date),
    /// The rules of a rota say no.
    #[error(transparent)]
    Rota(#[from] RotaRefusal),
    /// The rules of accounts say no.
    #[error(transparent)]
    Account(#[from] AccountRefusal),
    /// No such account.
    #[error("there is no account “{0}”")]
    UnknownAccount(AccountId),
}

impl Desk {
    /// What follows from a change to the directory. `Ok(None)`: it is so already.
    pub fn decide(&self, command: DeskCommand) -> Result<Option<DeskEvent>, DeskRefusal> {
        use DeskCommand as C;
        use DeskEvent as E;
        let event = match command {
            C::NameCouncil(authority, name)
                if self.authority.as_ref() == Some(&authority) && self.council == name =>
            {
                return Ok(None);
            }
            C::NameCouncil(authority, name) => E::CouncilNamed(CouncilNamed { authority, name }),
            C::SetPolicy(policy) if self.policy == policy => return Ok(None),
            C::SetPolicy(policy) => self.watching_by(policy)?,
            C::RecordMasterKey => E::MasterKeyRotated(MasterKeyRotated {}),
            C::SetRetention(schedule) if self.retention == schedule => return Ok(None),
            C::SetRetention(schedule) => match schedule.faults() {
                faults if faults.is_empty() => E::RetentionSet(RetentionSet { schedule }),
                faults => return Err(DeskRefusal::FaultyRetention(faults)),
            },
            C::PublishCalendar(calendar) if self.works_by(&calendar) => return Ok(None),
            C::PublishCalendar(calendar) => match calendar.faults() {
                faults if faults.is_empty() => E::CalendarPublished(CalendarPublished { calendar }),
                faults => return Err(DeskRefusal::FaultyCalendar(faults)),
            },
            C::ListService(service) => return self.list(service),
            C::ActivateRules(draft) => {
                RuleSet::check(&draft, 0).map_err(DeskRefusal::FaultyRules)?;
                E::RuleSetActivated(RuleSetActivated { draft, of_draft: None, reason: None })
            }
            C::DraftRules(rules) => self.draft_rules(rules)?,
            C::SaveRuleDraft(draft, rules) => return self.save_rules(draft, rules),
            C::ActivateRuleDraft(draft, reason) => self.activate_draft(draft, reason)?,
            C::FormTeam(team) if self.teams.get(&team.id) == Some(&team) => return Ok(None),
            C::FormTeam(team) => E::TeamFormed(TeamFormed { team }),
            C::SetShifts(team, month, shifts) => {
                let layers = Layer::weekly(month, shifts);
                return self.change_rota(team, month, RotaCommand::SetLayers(layers));
            }
            C::OverrideShift(team, month, instead) => {
                return self.change_rota(team, month, RotaCommand::Override(instead));
            }
            C::ChangeRota(team, month, change) => return self.change_rota(team, month, change),
            C::EstablishPanel(panel) => return self.establish(panel),
            C::RegisterSchool(id, school) => return self.register(id, school),
            C::ConvertSchool(id, to, on) => return self.convert(id, to, on),
            C::CloseSchool(id, closed) => return self.close(id, closed),
            C::ReopenSchool(id) => return self.reopen(id),
            C::RecordImport(figures) => E::SchoolsImported(SchoolsImported { figures }),
            C::ChooseUpdates(chosen) => self.choose(chosen)?,
            C::OpenAccount(account) => return self.open_account(account),
            C::Account(command) => return self.decide_account(command),
            C::IssueFeed(account, feed, hash) => return Ok(self.issue_feed(account, feed, hash)),
            C::RevokeFeed(account, feed) => return Ok(self.revoke_feed(account, feed)),
        };
        Ok(Some(event))
    }

    fn list(&self, service: Service) -> Result<Option<DeskEvent>, DeskRefusal> {
        let faults = service.faults();
        if !faults.is_empty() {
            return Err(DeskRefusal::FaultyService(faults));
        }
        let known = self.services.get(&service.slug) == Some(&service);
        Ok((!known).then_some(DeskEvent::ServiceListed(ServiceListed { service })))
    }

    /// Whether this calendar is the one in force, whatever version it says it has.
    fn works_by(&self, calendar: &Calendar) -> bool {
        let version = self.calendar.version;
        self.calendars.contains_key(&version)
            && self.calendar == Calendar { version, ..calendar.clone() }
    }

    fn watching_by(&self, policy: Policy) -> Result<DeskEvent, DeskRefusal> {
        let faults = policy.faults();
        if !faults.is_empty() {
            return Err(DeskRefusal::FaultyPolicy(faults));
        }
        match &policy.escalate_to {
            Some(account) if !self.accounts.contains_key(account) => {
                Err(DeskRefusal::UnknownAccount(account.clone()))
            }
            Some(_) | None => Ok(DeskEvent::PolicySet(PolicySet { policy })),
        }
    }

    fn change_rota(
        &self,
        team: TeamId,
        month: Month,
        change: RotaCommand,
    ) -> Result<Option<DeskEvent>, DeskRefusal> {
        let nothing = Rota::default();
        let rota = self.rotas.get(&team).unwrap_or(&nothing);
        Ok(rota.decide(team, month, change)?)
    }

    fn choose(&self, chosen: UpdatesChosen) -> Result<DeskEvent, DeskRefusal> {
        match &chosen.to {
            Recipient::School(school) if !self.schools.contains_key(school) => {
                Err(DeskRefusal::UnknownSchool)
            }
            Recipient::Account(account) if !self.accounts.contains_key(account) => {
                Err(DeskRefusal::UnknownAccount(account.clone()))
            }
            Recipient::School(_) | Recipient::Account(_) => Ok(DeskEvent::UpdatesChosen(chosen)),
        }
    }

    fn issue_feed(&self, account: AccountId, feed: Feed, hash: KeyHash) -> Option<DeskEvent> {
        let key = (account, feed);
        let is_so = self.feeds.get(&key) == Some(&hash);
        let (account, feed) = key;
        (!is_so).then_some(DeskEvent::FeedIssued(FeedIssued { account, feed, hash }))
    }

    fn revoke_feed(&self, account: AccountId, feed: Feed) -> Option<DeskEvent> {
        let key = (account, feed);
        let is_there = self.feeds.contains_key(&key);
        let (account, feed) = key;
        is_there.then_some(DeskEvent::FeedRevoked(FeedRevoked { account, feed }))
    }
}

impl DeskEvent {
    /// The stream that an event belongs to.
    #[must_use]
    pub fn stream(&self) -> String {
        match self {
            Self::MasterKeyRotated(_) => "keys".to_owned(),
            Self::CouncilNamed(_) | Self::PolicySet(_) | Self::RetentionSet(_) => {
                "council".to_owned()
            }
            Self::CalendarPublished(_) => "calendar".to_owned(),
            Self::ServiceListed(listed) => format!("service-{}", listed.service.slug),
            Self::RulesDrafted(_) | Self::RulesDraftSaved(_) | Self::RuleSetActivated(_) => {
                "ruleset-triage".to_owned()
            }
            Self::TeamFormed(formed) => format!("team-{}", formed.team.id),
            Self::ShiftsSet(set) => format!("rota-{}-{}", set.team, set.month),
            Self::ShiftOverridden(it) => format!("rota-{}-{}", it.team, it.month),
            Self::OverridesSet(set) => format!("rota-{}-{}", set.team, set.month),
            Self::AbsenceRecorded(it) => format!("rota-{}-{}", it.team, it.month),
            Self::AbsenceEnded(ended) => format!("rota-{}-{}", ended.team, ended.month),
            Self::SwapOffered(offered) => format!("rota-{}-{}", offered.team, offered.month),
            Self::SwapSettled(settled) => format!("rota-{}-{}", settled.team, settled.month),
            Self::PanelEstablished(established) => format!("panel-{}", established.panel.id),
            Self::MeetingEntered(entered) => format!("diary-{}", entered.panel),
            Self::MeetingStruck(struck) => format!("diary-{}", struck.panel),
            Self::MeetingHeld(held) => format!("diary-{}", held.panel),
            Self::DecisionDelegated(delegated) => format!("diary-{}", delegated.panel),
            Self::DelegationSettled(settled) => format!("diary-{}", settled.panel),
            Self::SchoolRegistered(registered) => format!("school-{}", registered.id),
            Self::SchoolConverted(converted) => format!("school-{}", converted.id),
            Self::SchoolClosed(closed) => format!("school-{}", closed.id),
            Self::SchoolsImported(_) => "schools".to_owned(),
            Self::SchoolReopened(reopened) => format!("school-{}", reopened.id),
            Self::UpdatesChosen(chosen) => chosen.to.stream(),
            Self::AccountOpened(opened) => format!("account-{}", opened.account.id),
            Self::AccountChanged(changed) => format!("account-{}", changed.account.id),
            Self::AccountClosed(closed) => format!("account-{}", closed.account),
            Self::AccountInvited(invited) => format!("account-{}", invited.account),
            Self::SignInBound(bound) => format!("account-{}", bound.account),
            Self::SignedIn(signed_in) => format!("account-{}", signed_in.account),
            Self::SessionEnded(ended) => format!("account-{}", ended.account),
            Self::SessionsEnded(ended) => format!("account-{}", ended.account),
            Self::KeyIssued(issued) => format!("account-{}", issued.key.account),
            Self::KeyRotated(rotated) => format!("account-{}", rotated.key.account),
            Self::FeedIssued(issued) => format!("account-{}", issued.account),
            Self::FeedRevoked(revoked) => format!("account-{}", revoked.account),
            Self::KeyRevoked(revoked) => format!("account-{}", revoked.account),
        }
    }
}
