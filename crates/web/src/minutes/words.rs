//! Minutes in words, in the order in which a clerk writes them.

mod deciding;
mod item;
mod package;
mod room;

pub(super) use item::depth_said;
pub(super) use room::quorum_needed;

use super::person::Person;
use super::{Minutes, MinutesState};
use crate::paper::{Blocks, Paper};
use crate::prose::{at_moment, bare, capital, day, london_day, moment, time};
use domain::meeting::event::MeetingKind;
use domain::panel::Standing;

impl Minutes {
    /// The minutes as a paper.
    pub(super) fn paper(&self) -> Paper {
        let mut blocks = Blocks::default();
        let opening = day(london_day(self.starts_at));
        blocks.heading(1, format!("{}: minutes of the meeting on {opening}", self.panel.name));
        if let Some(notice) = self.notice() {
            blocks.notice(notice);
        }
        self.particulars(&mut blocks);
        if self.state != MinutesState::Cancelled {
            self.attendance(&mut blocks);
            self.interests(&mut blocks);
            self.delegations(&mut blocks);
            self.business(&mut blocks);
            self.end(&mut blocks);
        }
        Paper { title: format!("Minutes: {}, {opening}", self.panel.name), blocks: blocks.0 }
    }

    /// What these minutes are not.
    fn notice(&self) -> Option<String> {
        Some(match self.state {
            MinutesState::Signed => return None,
            MinutesState::Draft => {
                "Draft: these minutes have not been signed by the chair.".to_owned()
            }
            MinutesState::SoFar => {
                "Draft so far: the meeting is under way, and more may be added.".to_owned()
            }
            MinutesState::NotBegun => "Draft so far: the meeting has not begun.".to_owned(),
            MinutesState::Cancelled => self.not_held(),
        })
    }

    fn not_held(&self) -> String {
        let Some(cancelled) = &self.cancelled else {
            return "This meeting did not take place.".to_owned();
        };
        let went = cancelled.moved_to.as_ref().map_or_else(
            || "Its items went back to the panel’s queue.".to_owned(),
            |meeting| format!("Its items were moved to the meeting {meeting}."),
        );
        format!("This meeting did not take place: {}. {went}", cancelled.why.says())
    }

    fn particulars(&self, blocks: &mut Blocks) {
        let kind = match self.kind {
            MeetingKind::Cycle => "Regular meeting, by the panel’s cycle",
            MeetingKind::Special => "Special meeting",
        };
        let standing = match self.panel.standing {
            Standing::Decides => "",
            Standing::Advises => ". The panel advises, and a named officer decides",
        };
        let terms =
            format!("Version {} of the panel’s terms of reference{standing}", self.terms_version);
        let council = Some(self.panel.council.clone()).filter(|council| !council.is_empty());
        blocks.facts([
            ("Council", council),
            ("Panel", Some(self.panel.name.clone())),
            ("Kind of meeting", Some(kind.to_owned())),
            ("Called for", Some(moment(self.starts_at))),
            ("Opened", self.opened_at.map(time)),
            ("Closed", self.closed_at.map(time)),
            ("Papers were due", Some(moment(self.papers_due_at))),
            ("Terms of reference", Some(terms)),
            (
                "Record",
                Some(format!("Meeting {}, version {} of its record", self.meeting, self.version)),
            ),
        ]);
    }

    fn end(&self, blocks: &mut Blocks) {
        let unreached: Vec<_> = self.not_reached().collect();
        if self.closed_at.is_some()
            && !(unreached.is_empty() && self.delegated_not_reviewed.is_empty())
        {
            blocks.heading(2, "Not reached");
            let back = |item: &&super::item::ItemMinuted| {
                format!("Item {}, {}: back in the panel’s queue.", item.number, item.about.called())
            };
            let mut points: Vec<_> = unreached.iter().map(back).collect();
            points.extend(self.delegated_not_reviewed.iter().map(|reference| {
                format!("{reference}, decided under delegation: awaits the panel’s next meeting.")
            }));
            blocks.points(points);
        }
        if let Some(closed) = self.closed_at {
            blocks.heading(2, "Close");
            blocks.paragraph(format!("The meeting closed at {}.", time(closed)));
        }
        if self.state == MinutesState::Draft || self.state == MinutesState::Signed {
            blocks.heading(2, "Signature");
            blocks.paragraph(self.signature());
        }
    }

    fn signature(&self) -> String {
        match &self.signed {
            Some(signed) => format!(
                "Signed as a true record by {}, on {}.",
                signed.by.with_role(),
                at_moment(signed.at)
            ),
            None => "Not yet signed by the chair.".to_owned(),
        }
    }
}

impl Person {
    /// The name with what they sit on the panel as: `Mira Shah, education adviser`.
    pub(super) fn with_role(&self) -> String {
        let role = self.role.map(|role| format!(", {}", bare(role.says())));
        format!("{}{}", self.called(), role.unwrap_or_default())
    }

    /// The name with role and agency: `Mira Shah, education adviser (Behaviour Support)`.
    pub(in crate::minutes) fn with_agency(&self) -> String {
        let agency = self.agency.as_ref().map(|agency| format!(" ({agency})"));
        format!("{}{}", self.with_role(), agency.unwrap_or_default())
    }
}

/// The names of some people.
fn named(people: &[Person]) -> String {
    let names: Vec<_> = people.iter().map(Person::called).collect();
    crate::prose::listed(&names)
}

/// What somebody said, as it is quoted: with a full stop, and beginning with a capital.
fn quoted(text: &str) -> String {
    let text = capital(text.trim());
    if text.ends_with(['.', '!', '?', '”', ']']) { text } else { format!("{text}.") }
}
