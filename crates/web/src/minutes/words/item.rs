//! In words: each item of the agenda, and what the chair had decided for the panel.

use super::super::Minutes;
use super::super::item::{About, DelegatedMinuted, ItemMinuted, OutcomeMinuted, PackMinuted};
use super::super::person::Person;
use super::super::record::ERASED;
use super::{named, quoted};
use crate::paper::Blocks;
use crate::prose::{at_moment, capital, counted, day, london_day, time};
use domain::meeting::event::DeferReason;
use domain::panel::Depth;

impl Minutes {
    pub(super) fn delegations(&self, blocks: &mut Blocks) {
        if self.delegated.is_empty() {
            return;
        }
        blocks.heading(2, "Decisions made by the chair under delegation");
        for it in &self.delegated {
            it.write(blocks, self.terms_version);
        }
    }

    pub(super) fn business(&self, blocks: &mut Blocks) {
        blocks.heading(2, "Items");
        if self.items.is_empty() {
            blocks.paragraph("There was nothing on the agenda.");
        }
        for item in &self.items {
            item.write(blocks, self);
        }
    }

    pub(super) fn not_reached(&self) -> impl Iterator<Item = &ItemMinuted> {
        let unreached =
            |item: &&ItemMinuted| matches!(item.outcome, Some(OutcomeMinuted::NotReached));
        self.items.iter().filter(unreached)
    }
}

impl About {
    /// By reference, and by name where it may be shown.
    pub(super) fn called(&self) -> String {
        let child = self.child_said().filter(|_| self.child.is_some() || self.child_erased);
        let child = child.map(|child| format!(", {child}"));
        format!("{}{}", self.reference, child.unwrap_or_default())
    }

    fn child_said(&self) -> Option<String> {
        let erased = || self.child_erased.then(|| ERASED.to_owned());
        let withheld = || self.has_child.then(|| "Name not shown".to_owned());
        self.child.clone().or_else(erased).or_else(withheld)
    }

    fn need_said(&self) -> Option<String> {
        self.need.map(|need| format!("{} ({})", capital(need.says()), need.code()))
    }

    fn decide_by_said(&self) -> String {
        let due = self.decide_by.map(|at| format!("A decision by {}", day(london_day(at))));
        due.unwrap_or_else(|| "No date: the clock was paused, or nothing was promised".to_owned())
    }
}

impl ItemMinuted {
    fn write(&self, blocks: &mut Blocks, minutes: &Minutes) {
        blocks.heading(3, format!("Item {}: {}", self.number, self.about.called()));
        let planned = counted(usize::from(self.minutes), "minute", "minutes");
        blocks.facts([
            ("Child", self.about.child_said()),
            ("School", Some(self.about.school.clone())),
            ("Need", self.about.need_said()),
            ("Promised", Some(self.about.decide_by_said())),
            ("Depth", Some(format!("{}, {planned} planned", depth_said(self.depth)))),
            ("Papers", Some(self.papers_said())),
        ]);
        match &self.outcome {
            None => blocks.paragraph("Not taken yet."),
            Some(OutcomeMinuted::NotReached) => blocks.paragraph(
                "Not reached before the meeting closed. The request is back in the panel’s queue.",
            ),
            Some(OutcomeMinuted::Deferred { why, at, text, missing }) => {
                blocks.heading(4, "Deferred");
                blocks.paragraph(deferred_said(*why, &time(*at), missing.as_deref()));
                if let Some(text) = text {
                    blocks.paragraph(quoted(text));
                }
            }
            Some(OutcomeMinuted::Decided { decision, by }) => {
                decision.write(blocks, minutes.terms_version);
                by.write(blocks, minutes, decision.decision);
                decision.write_ratification(blocks);
            }
        }
    }

    fn papers_said(&self) -> String {
        let each: Vec<_> = self.packs.iter().map(PackMinuted::said).collect();
        if each.is_empty() { "None were published.".to_owned() } else { each.join("\n") }
    }
}

/// How deep an item is discussed, as an agenda says it.
pub(in crate::minutes) const fn depth_said(depth: Depth) -> &'static str {
    match depth {
        Depth::Consent => "Consent item",
        Depth::Standard => "Standard",
        Depth::InDepth => "In depth",
    }
}

impl PackMinuted {
    fn said(&self) -> String {
        let late = if self.late { " (late: after papers were due)" } else { "" };
        let documents = counted(self.documents, "document", "documents");
        let when = at_moment(self.published_at);
        format!("Version {}, {documents}, published on {when}{late}.", self.version)
    }
}

fn deferred_said(why: DeferReason, at: &str, missing: Option<&str>) -> String {
    let because = match (why, missing) {
        (DeferReason::NoQuorum, Some(missing)) => {
            format!("for want of a quorum for this item, which lacked {missing}")
        }
        (DeferReason::NoQuorum, None) => "for want of a quorum for this item".to_owned(),
        (DeferReason::Information, _) => "for information that the panel needs first".to_owned(),
        (DeferReason::NoTime, _) => "for want of time".to_owned(),
        (DeferReason::Attendance, _) => {
            "because somebody who is needed for it was not there".to_owned()
        }
        (DeferReason::Gone, _) => {
            return "Not taken: the request had left the panel’s queue.".to_owned();
        }
    };
    format!(
        "Deferred at {at} {because}. No decision was made, and the request is back in the \
         panel’s queue."
    )
}

impl DelegatedMinuted {
    fn write(&self, blocks: &mut Blocks, terms_version: u32) {
        blocks.heading(3, self.about.called());
        let at = self.decision.as_ref().map(|decision| at_moment(decision.decided_at));
        blocks.facts([
            ("Child", self.about.child_said()),
            ("School", Some(self.about.school.clone())),
            ("Need", self.about.need_said()),
            ("Promised", Some(self.about.decide_by_said())),
            ("Decided by", self.decided_by.as_ref().map(Person::with_role)),
            ("Decided on", at),
        ]);
        if let Some(decision) = &self.decision {
            decision.write(blocks, terms_version);
            decision.write_ratification(blocks);
        }
        let who = named(&self.deciding);
        blocks.heading(4, "The panel’s word");
        blocks.paragraph(if self.ratified_by_panel {
            format!("The panel ratified this decision: {who}.")
        } else {
            format!(
                "The panel did not ratify this decision: {who}. It is set aside, and the request \
                 is back in the panel’s queue."
            )
        });
        if let Some(text) = &self.set_aside_because {
            blocks.paragraph(quoted(text));
        }
    }
}
