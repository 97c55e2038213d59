//! In words: who was there, whether they were a quorum, who had an interest in what.

use super::super::item::InterestMinuted;
use super::super::person::Person;
use super::super::room::{MetShown, Present, StayShown, minute};
use super::super::{Minutes, MinutesState};
use super::quoted;
use crate::paper::Blocks;
use crate::prose::{bare, counted, listed, time};
use domain::meeting::interest::InterestKind;
use domain::panel::MemberRole;
use std::collections::BTreeMap;

impl Minutes {
    pub(super) fn attendance(&self, blocks: &mut Blocks) {
        if self.state == MinutesState::NotBegun {
            return;
        }
        blocks.heading(2, "Attendance");
        let chair = self.chair.as_ref().map(Person::with_role);
        let nobody = || "Nobody appointed to chair was present".to_owned();
        blocks.facts([("In the chair", Some(chair.unwrap_or_else(nobody)))]);
        let each = |people: &[Person]| people.iter().map(Person::with_agency).collect();
        let groups = [
            ("Present", self.present.iter().map(|it| self.presence(it)).collect()),
            ("Apologies", each(&self.apologies)),
            ("Absent without apologies", each(&self.absent)),
        ];
        for (heading, people) in groups {
            let people: Vec<String> = people;
            blocks.heading(3, heading);
            if people.is_empty() {
                blocks.paragraph("None.");
            }
            blocks.points(people);
        }
        blocks.heading(3, "Quorum");
        blocks.paragraph(self.quorum_said());
    }

    fn presence(&self, present: &Present) -> String {
        let mut said = Vec::new();
        let mut stays = present.stays.iter();
        if let Some(first) = stays.next() {
            if present.late {
                said.push(format!("arrived {}", time(first.arrived_at)));
            }
            said.extend(self.left(first));
        }
        for stay in stays {
            said.push(format!("returned {}", time(stay.arrived_at)));
            said.extend(self.left(stay));
        }
        let who = present.person.with_agency();
        if said.is_empty() { who } else { format!("{who}: {}", listed(&said)) }
    }

    /// When somebody left, unless it was when all did.
    fn left(&self, stay: &StayShown) -> Option<String> {
        let departed = stay.departed_at.filter(|left| self.closed_at.is_none_or(|end| *left < end));
        departed.map(|departed| format!("left {}", time(departed)))
    }

    fn quorum_said(&self) -> String {
        let needed = quorum_needed(self.quorum.total, &self.quorum.roles);
        format!(
            "A quorum is {needed}. {} For each item the quorum was worked out at the moment of \
             the decision, from those in the room without those who stood aside.",
            self.met_said()
        )
    }

    fn met_said(&self) -> String {
        let opened = self.opened_at;
        let whole = |met: &MetShown| {
            let from_the_start = opened.is_some_and(|at| minute(met.from) <= minute(at));
            from_the_start && (met.to.is_none() || met.to == self.closed_at)
        };
        let stretch = |met: &MetShown| match met.to.filter(|to| Some(*to) != self.closed_at) {
            Some(to) => format!("from {} to {}", time(met.from), time(to)),
            None => format!("from {}", time(met.from)),
        };
        match self.quorum.met.as_slice() {
            [] => "The meeting was at no time quorate.".to_owned(),
            [only] if whole(only) => "The meeting was quorate throughout.".to_owned(),
            several => {
                let stretches: Vec<_> = several.iter().map(stretch).collect();
                format!("The meeting was quorate {}.", listed(&stretches))
            }
        }
    }

    /// Declarations of interest, item by item.
    pub(super) fn interests(&self, blocks: &mut Blocks) {
        blocks.heading(2, "Declarations of interest");
        let of_items = self.items.iter().flat_map(|item| {
            let about = format!("Item {} ({})", item.number, item.about.reference);
            item.interests.iter().map(move |interest| interest.said(&about))
        });
        let of_delegated = self.delegated.iter().flat_map(|it| {
            let about = format!("Decision under delegation ({})", it.about.reference);
            it.interests.iter().map(move |interest| interest.said(&about))
        });
        let declared: Vec<_> = of_items.chain(of_delegated).collect();
        if declared.is_empty() {
            blocks.paragraph("None.");
        }
        blocks.points(declared);
    }
}

impl InterestMinuted {
    fn said(&self, about: &str) -> String {
        let who = self.person.called();
        let what = match (self.interest, self.attended) {
            (Some(interest), true) => {
                format!("{who} declared an interest ({}) and stood aside.", why(interest))
            }
            (Some(interest), false) => format!(
                "an interest of {who} is on record ({}); {who} was not present.",
                why(interest)
            ),
            (None, _) => {
                format!("whether {who} had an interest was considered, and none was found.")
            }
        };
        let text = self.text.as_deref().map(|text| format!(" {}", quoted(text)));
        format!("{about}: {what}{}", text.unwrap_or_default())
    }
}

fn why(interest: InterestKind) -> String {
    interest.says().replace('\'', "’")
}

/// `4 members, among them at least 1 education adviser and 1 senco`.
pub(in crate::minutes) fn quorum_needed(total: u8, roles: &BTreeMap<MemberRole, u8>) -> String {
    let total = counted(usize::from(total), "member", "members");
    let role = |(role, count): (&MemberRole, &u8)| match role {
        MemberRole::Health | MemberRole::SocialCare => format!("{count} from {}", role.says()),
        MemberRole::EducationAdviser
        | MemberRole::EducationalPsychologist
        | MemberRole::SchoolLeader
        | MemberRole::Senco
        | MemberRole::ServiceManager
        | MemberRole::SenLead => format!("{count} {}", bare(role.says())),
    };
    let roles: Vec<_> = roles.iter().map(role).collect();
    if roles.is_empty() {
        return total;
    }
    format!("{total}, among them at least {}", listed(&roles))
}
