//! In words: a decision, its grounds, and who made it.

use super::super::Minutes;
use super::super::decision::{
    DecidedBy, DecisionMinuted, DissentMinuted, RatificationMinuted, VotesMinuted,
};
use super::super::person::Person;
use super::{named, quoted};
use crate::paper::Blocks;
use crate::prose::{at_moment, capital, counted, listed, pounds};
use domain::meeting::event::DecisionKind;
use domain::panel::DecidesBy;

impl DecisionMinuted {
    /// What was decided and why. `terms_version`: that by which the meeting was called.
    pub(super) fn write(&self, blocks: &mut Blocks, terms_version: u32) {
        blocks.heading(4, "Decision");
        blocks.paragraph(self.said());
        let criteria = self.reason.criteria.join("\n");
        let other_terms = terms_version != self.terms_version;
        blocks.facts([
            ("Reason", Some(format!("{}.", capital(self.reason.code.says())))),
            ("In words", self.reason.text.as_deref().map(quoted)),
            ("Criteria", Some(criteria).filter(|criteria| !criteria.is_empty())),
            ("Evidence", Some(format!("{}.", capital(&listed(&self.evidence))))),
            (
                "Terms of reference",
                other_terms.then(|| format!("Decided by version {}", self.terms_version)),
            ),
        ]);
        if !self.questions.is_empty() {
            blocks.paragraph("The school is asked:");
            blocks.points(self.questions.clone());
        }
        if let Some(package) = &self.package {
            package.write(blocks);
        }
    }

    fn said(&self) -> String {
        let service = self.service.as_deref().unwrap_or("a service");
        let authority = self.authority.as_deref().unwrap_or("unknown");
        match self.decision {
            DecisionKind::Package => {
                let package = self.package.as_ref();
                let parts = package.map_or(0, |package| package.contributions.len());
                let total = package.map(|package| pounds(package.total)).unwrap_or_default();
                let parts = counted(parts, "contribution", "contributions");
                format!("A package of support was agreed: {parts}, {total} in all.")
            }
            DecisionKind::Service => format!("Support from one service was agreed: {service}."),
            DecisionKind::Advice => "Advice is to be given to the school.".to_owned(),
            DecisionKind::Defer => "Deferred for information that the school is asked for. The \
                                    clock is paused until the school answers."
                .to_owned(),
            DecisionKind::Decline => "Declined.".to_owned(),
            DecisionKind::EhcAssessment => {
                format!("An EHC needs assessment is advised. The request goes to {service}.")
            }
            DecisionKind::Redirect => {
                format!("Redirected to the authority where the child lives, number {authority}.")
            }
        }
    }

    /// Whether it needs an officer's word, and whether that was given.
    pub(super) fn write_ratification(&self, blocks: &mut Blocks) {
        let Some(officer) = &self.awaits else { return };
        blocks.heading(4, "Ratification by the officer");
        blocks.paragraph(self.ratification.as_ref().map_or_else(
            || {
                format!(
                    "This decision is not in force until {} has ratified it, which has not \
                     happened yet.",
                    officer.called()
                )
            },
            RatificationMinuted::said,
        ));
    }
}

impl RatificationMinuted {
    fn said(&self) -> String {
        let (who, when) = (self.by.called(), at_moment(self.at));
        let text = self.text.as_deref().map(|text| format!(" {}", quoted(text)));
        let text = text.unwrap_or_default();
        if self.agreed {
            return format!("Ratified by {who} on {when}. The decision is in force.{text}");
        }
        format!(
            "Not ratified: {who} did not agree, on {when}. The decision is set aside, and the \
             request is back in the panel’s queue.{text}"
        )
    }
}

impl DecidedBy {
    pub(super) fn write(&self, blocks: &mut Blocks, minutes: &Minutes, decision: DecisionKind) {
        blocks.heading(4, "Who decided");
        let count = counted(self.deciding.len(), "member", "members");
        let of_meeting = minutes.chair.as_ref().map(|chair| &chair.account);
        let chair = self.chaired_by.as_ref().filter(|chair| Some(&chair.account) != of_meeting);
        let aside = Some(&self.aside).filter(|aside| !aside.is_empty());
        blocks.facts([
            ("Decided by", Some(format!("{count}: {}", named(&self.deciding)))),
            ("In the chair", chair.map(|chair| format!("{}, for this item", chair.called()))),
            ("Stood aside", aside.map(|aside| named(aside))),
            ("Papers read", Some(self.read())),
            ("How", Some(self.how(minutes.panel.decides_by, decision))),
        ]);
        if !self.dissent.is_empty() {
            blocks.paragraph("Dissent:");
            blocks.points(self.dissent.iter().map(DissentMinuted::said).collect());
        }
    }

    /// Who had read what they decided on.
    fn read(&self) -> String {
        let version = self.pack_version;
        if self.unopened.is_empty() {
            return format!("All had opened version {version}, the latest.");
        }
        let who = named(&self.unopened);
        format!("{who} decided without having opened version {version}, the latest.")
    }

    fn how(&self, panel: DecidesBy, decision: DecisionKind) -> String {
        match &self.votes {
            Some(votes) => votes.said(),
            None if panel == DecidesBy::Majority && decision == DecisionKind::Defer => {
                "Without a vote: none is needed to ask the school something.".to_owned()
            }
            None if self.dissent.is_empty() => "By consensus, without dissent.".to_owned(),
            None => format!(
                "By consensus; the dissent of {} is on record.",
                counted(self.dissent.len(), "member", "members")
            ),
        }
    }
}

impl DissentMinuted {
    fn said(&self) -> String {
        let text = self.text.as_deref().map(|text| format!(": {}", quoted(text)));
        format!("{}{}", self.person.called(), text.unwrap_or_default())
    }
}

impl VotesMinuted {
    fn said(&self) -> String {
        let group = |how: &str, people: &[Person]| match people {
            [] => format!("{how}: none."),
            people => format!("{how}: {} ({}).", people.len(), named(people)),
        };
        let tie = self.for_it.len() == self.against.len();
        let casting = if tie { "\nThe chair’s vote decided." } else { "" };
        let groups = [
            group("For", &self.for_it),
            group("Against", &self.against),
            group("Abstained", &self.abstained),
        ];
        format!("By vote.\n{}{casting}", groups.join("\n"))
    }
}
