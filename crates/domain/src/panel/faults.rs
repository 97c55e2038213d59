//! Terms of reference that cannot work, found before they are published.

use super::{MemberRole, Panel, Standing};
use crate::ids::AccountId;
use std::collections::{BTreeMap, BTreeSet};

/// The longest meeting, in minutes: a working day.
const MOST_MINUTES: u16 = 480;
/// The most weeks between meetings: a year.
const MOST_WEEKS: u8 = 52;
/// The most members.
const MOST_MEMBERS: usize = 60;
/// The longest name of a panel in addresses: a meeting's name adds its day to it.
const MOST_ID_CHARS: usize = 40;

/// Terms that cannot work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {says}")]
pub struct PanelFault {
    /// Where.
    pub at: PanelFaultAt,
    /// What it should be.
    pub says: String,
}

/// Where in the terms something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PanelFaultAt {
    /// A member of the terms, by its name.
    #[error("{0}")]
    Field(&'static str),
    /// One of the members appointed, from 0.
    #[error("members/{0}")]
    Member(usize),
}

impl Panel {
    /// Everything about these terms that cannot work.
    #[must_use]
    pub fn faults(&self) -> Vec<PanelFault> {
        let mut faults = self.numbers();
        faults.extend(self.appointments());
        let mut say = |field, says: &str| {
            let at = PanelFaultAt::Field(field);
            faults.push(PanelFault { at, says: says.to_owned() });
        };
        for role in self.quorum.roles.keys().filter(|role| !self.membership_roles.contains(role)) {
            let says = format!("“{role}” is not one of the membership roles");
            say("quorum/roles", &says);
        }
        let of_roles: u32 = self.quorum.roles.values().map(|count| u32::from(*count)).sum();
        if u32::from(self.quorum.total) < of_roles.max(1) {
            say("quorum/total", "at least as many as its roles add up to, and at least one");
        }
        let must_name = self.ratify_above.is_some() || self.standing == Standing::Advises;
        if must_name && self.ratified_by.is_none() && !self.members.is_empty() {
            say("ratified_by", "the officer who ratifies: the terms say that somebody must");
        }
        if self.can_grant.is_empty() {
            say("can_grant", "at least one kind of support");
        }
        faults
    }

    fn numbers(&self) -> Vec<PanelFault> {
        let minutes = &self.minutes_for;
        let rising = 0 < minutes.consent
            && minutes.consent <= minutes.standard
            && minutes.standard <= minutes.in_depth;
        let rules = [
            (self.id.as_str().len() <= MOST_ID_CHARS, "id", "at most 40 characters"),
            ((1..=MOST_WEEKS).contains(&self.cycle.every_weeks), "cycle/every_weeks", "1 to 52"),
            (
                (15..=MOST_MINUTES).contains(&self.minutes_available),
                "minutes_available",
                "15 to 480 minutes",
            ),
            (
                rising && minutes.in_depth <= self.minutes_available,
                "minutes_for",
                "minutes that rise with the depth and fit into a meeting",
            ),
            (
                self.papers_due_working_days_before <= 60,
                "papers_due_working_days_before",
                "at most 60 working days",
            ),
            (self.members.len() <= MOST_MEMBERS, "members", "at most 60 members"),
            (
                self.ratify_above.is_none_or(|amount| amount.pence >= 0),
                "ratify_above",
                "an amount of nought or more",
            ),
        ];
        let broken = rules.into_iter().filter(|(kept, ..)| !kept);
        let fault = |(_, field, says): (bool, _, &str)| PanelFault {
            at: PanelFaultAt::Field(field),
            says: says.to_owned(),
        };
        broken.map(fault).collect()
    }

    fn appointments(&self) -> Vec<PanelFault> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for (place, member) in self.members.iter().enumerate() {
            let mut say = |says: String| {
                faults.push(PanelFault { at: PanelFaultAt::Member(place), says });
            };
            if !seen.insert(&member.account) {
                say(format!("“{}” is appointed twice", member.account));
            }
            if !self.membership_roles.contains(&member.role) {
                say(format!("“{}” is not one of the membership roles", member.role));
            }
        }
        let roles: BTreeMap<&AccountId, MemberRole> =
            self.members.iter().map(|member| (&member.account, member.role)).collect();
        for (field, chair) in [("chair", &self.chair), ("vice_chair", &self.vice_chair)] {
            let Some(chair) = chair else { continue };
            let fits = roles
                .get(chair)
                .is_some_and(|role| *role == self.chair_role || field == "vice_chair");
            if !fits {
                let says = if field == "chair" {
                    format!("a member who is {}", self.chair_role.says())
                } else {
                    "a member".to_owned()
                };
                faults.push(PanelFault { at: PanelFaultAt::Field(field), says });
            }
        }
        faults
    }
}
