//! A team: who shares a rota, what each of them is good at, and who manages them.
//!
//! A request is never without somebody accountable. Where the rota names nobody, it is the
//! line manager, and to the line manager goes every escalation.

use crate::codes::codes;
use crate::ids::{AccountId, TeamId};
use crate::need::{Area, Need};
use serde::{Deserialize, Serialize};

codes! {
    /// What somebody on a rota is good at.
    Skill {
        EducationalPsychology = "educational_psychology", "educational psychology";
        SpecialistTeacher = "specialist_teacher", "specialist teaching";
        Learning = "learning", "cognition and learning";
        Communication = "communication", "communication and autism";
        Behaviour = "behaviour", "behaviour and mental health";
        Sensory = "sensory", "hearing and vision";
        Physical = "physical", "physical disability";
        EarlyYears = "early_years", "early years";
        Statutory = "statutory", "EHC assessments and plans";
    }
}

impl Skill {
    /// The skills that fit an area of need; none for an area that is no area in particular.
    #[must_use]
    pub const fn of_area(area: Area) -> &'static [Self] {
        match area {
            Area::CognitionLearning => {
                &[Self::Learning, Self::SpecialistTeacher, Self::EducationalPsychology]
            }
            Area::CommunicationInteraction => &[Self::Communication, Self::SpecialistTeacher],
            Area::Semh => &[Self::Behaviour, Self::EducationalPsychology],
            Area::SensoryPhysical => &[Self::Sensory, Self::Physical],
            Area::Other => &[],
        }
    }

    /// The skills that fit a need: those of its area, unless the need is narrower or wider
    /// than that.
    #[must_use]
    pub fn of_need(need: Need) -> &'static [Self] {
        match need.code() {
            "HI" | "VI" | "MSI" => &[Self::Sensory],
            "PD" => &[Self::Physical],
            "SLD" | "PMLD" => &[Self::Learning, Self::EducationalPsychology],
            "DS" => &[Self::Learning, Self::Communication],
            _ => Self::of_area(need.area()),
        }
    }
}

/// Somebody who shares a team's rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub account: AccountId,
    /// What they are good at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Skill>,
}

/// A team with a rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its name in events.
    pub id: TeamId,
    /// What it is called.
    pub name: String,
    /// The line manager: accountable where the rota names nobody.
    pub manager: AccountId,
    /// Who shares the rota, in an order that breaks ties.
    pub members: Vec<Member>,
}

impl Team {
    /// The member with this account.
    #[must_use]
    pub fn member(&self, account: &AccountId) -> Option<&Member> {
        self.members.iter().find(|member| member.account == *account)
    }

    /// Whether somebody belongs to it, as a member or as its line manager.
    #[must_use]
    pub fn has(&self, account: &AccountId) -> bool {
        self.manager == *account || self.member(account).is_some()
    }

    /// Whether a member is good at any of these.
    #[must_use]
    pub fn is_good_at(&self, account: &AccountId, skills: &[Skill]) -> bool {
        self.member(account)
            .is_some_and(|member| member.skills.iter().any(|skill| skills.contains(skill)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_of_a_particular_area_has_somebody_who_is_good_at_it() {
        for need in Need::ever().filter(|need| need.area() != Area::Other) {
            assert!(!Skill::of_need(need).is_empty(), "{}", need.code());
        }
    }

    #[test]
    fn a_need_asks_for_no_skill_that_its_area_does_not() {
        for need in Need::ever().filter(|need| need.area() != Area::Other) {
            let of_area = Skill::of_area(need.area());
            let all = Skill::of_need(need).iter().all(|skill| of_area.contains(skill));
            assert!(all, "{}", need.code());
        }
    }
}
