//! The closed lists of codes that a request is described with.
//!
//! Inconsistent labels damage every figure downstream, so a code is parsed once, at the
//! edge, and is an enum from there on. Needs are not here: their list changes over the
//! years, see [`crate::need`].

/// A word that is not in the list it was looked up in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not one of: {}", .expected.join(", "))]
pub struct UnknownCode {
    /// What was given.
    pub given: String,
    /// What would have been understood.
    pub expected: Vec<&'static str>,
}

/// Declares a list of codes: the enum, its codes as text, its plain English, its parser.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $says:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`: ", $says, ".")] $(#[$vmeta])* $variant,)+
        }

        impl $name {
            /// Every code of this list, in the order in which it is published.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it stands in requests, events and filters.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The code in plain English, to stand inside a sentence.
            #[must_use]
            pub const fn says(self) -> &'static str {
                match self { $(Self::$variant => $says,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;

            fn from_str(given: &str) -> Result<Self, Self::Err> {
                match given {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::codes::UnknownCode {
                        given: given.chars().take(80).collect(),
                        expected: vec![$($code,)+],
                    }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                code.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Whom a request is about.
    About {
        Child = "child", "a child";
        Group = "group", "a group of children";
        School = "school", "a whole school";
    }
}

codes! {
    /// How a request reached the front door.
    Channel {
        Api = "api", "the school's own system";
        Web = "web", "the web form";
        Phone = "phone", "the telephone";
        Email = "email", "e-mail";
    }
}

codes! {
    /// What a school asks for.
    Support {
        Advice = "advice", "advice";
        Assessment = "assessment", "an assessment";
        Outreach = "outreach", "outreach";
        Inreach = "inreach", "in-reach";
        Training = "training", "training";
        Funding = "funding", "funding";
        Equipment = "equipment", "equipment";
        IctAssessment = "ict_assessment", "an ICT assessment";
        SpecialistHlta = "specialist_hlta", "a specialist teaching assistant";
        PlacementSupport = "placement_support", "support for a placement";
        Reintegration = "reintegration", "reintegration";
        EhcAssessment = "ehc_assessment", "an EHC needs assessment";
    }
}

codes! {
    /// What worries the school.
    Concern {
        ExclusionRisk = "exclusion_risk", "risk of exclusion";
        PermanentlyExcluded = "permanently_excluded", "permanent exclusion";
        PlacementBreakdown = "placement_breakdown", "a placement breaking down";
        PartTimeTimetable = "part_time_timetable", "a part-time timetable";
        PoorAttendance = "poor_attendance", "poor attendance";
        MissingEducation = "missing_education", "missing education";
        Medical = "medical", "a medical condition";
        NewArrivalEal = "new_arrival_eal", "a new arrival with English as an additional language";
        TravellerFamily = "traveller_family", "a Traveller family";
        CriticalIncident = "critical_incident", "a critical incident";
        RecentDiagnosis = "recent_diagnosis", "a recent diagnosis";
    }
}

codes! {
    /// Specialists who are already involved.
    Specialist {
        EducationalPsychology = "educational_psychology", "an educational psychologist";
        Camhs = "camhs", "child and adolescent mental health services";
        SpecialistTeacher = "specialist_teacher", "a specialist teacher";
        SpeechLanguageTherapy = "speech_language_therapy", "a speech and language therapist";
        OccupationalTherapy = "occupational_therapy", "an occupational therapist";
        Physiotherapy = "physiotherapy", "a physiotherapist";
        EarlyHelp = "early_help", "early help";
    }
}

codes! {
    /// What the school already provides for the child, as in the school census.
    SenProvision {
        None = "N", "no special educational provision";
        Support = "K", "SEN support";
        Plan = "E", "an EHC plan";
    }
}

codes! {
    /// What came of one assess-plan-do-review cycle.
    Progress {
        None = "no_progress", "no progress";
        Some = "some_progress", "some progress";
        Good = "good_progress", "good progress";
    }
}

codes! {
    /// Who consented.
    ConsentBy {
        Parent = "parent", "a parent";
        Carer = "carer", "a carer";
        YoungPerson = "young_person", "the young person";
    }
}

codes! {
    /// The phase of education a school belongs to.
    Phase {
        EarlyYears = "early_years", "early years";
        Primary = "primary", "primary";
        Secondary = "secondary", "secondary";
        Post16 = "post_16", "post-16";
        AllThrough = "all_through", "all-through";
        Special = "special", "special";
    }
}

codes! {
    /// How a school is run, which decides what is free to it and what is traded.
    SchoolKind {
        Maintained = "maintained", "a maintained school";
        Academy = "academy", "an academy";
        Independent = "independent", "an independent school";
        EarlyYears = "early_years", "an early years setting";
        College = "college", "a college";
    }
}

codes! {
    /// What is missing before a request can be looked at.
    Missing {
        Consent = "consent", "the consent of a parent, carer or the young person";
    }
}

codes! {
    /// Why a service declines, or a person overrules the rules.
    ReasonCode {
        CriteriaNotMet = "criteria_not_met", "the criteria are not met";
        CriteriaMet = "criteria_met", "the criteria are met";
        NoCapacity = "no_capacity", "there is no capacity";
        WrongService = "wrong_service", "another service is the right one";
        AlreadyInvolved = "already_involved", "a service is already involved";
        NewInformation = "new_information", "new information has come in";
        UrgentNeed = "urgent_need", "the need is urgent";
        ProfessionalJudgement = "professional_judgement", "it is a professional judgement";
        Safeguarding = "safeguarding", "safeguarding requires it";
        NeedBeyondOrdinary = "need_beyond_ordinary",
            "the need goes beyond what a school ordinarily provides";
        OrdinarySupportFirst = "ordinary_support_first",
            "what a school ordinarily provides has not been tried";
        EvidenceMissing = "evidence_missing", "the evidence does not suffice";
        Other = "other", "another reason";
    }
}

codes! {
    /// What kind of advice a school was given.
    AdviceKind {
        Strategies = "strategies", "strategies for the classroom";
        Training = "training", "training for staff";
        Resources = "resources", "resources and materials";
        Signposting = "signposting", "where else to ask";
        NextSteps = "next_steps", "what to do next";
    }
}

codes! {
    /// What a school says when it is asked how it went.
    Verdict {
        Yes = "yes", "yes";
        Partly = "partly", "partly";
        No = "no", "no";
    }
}

codes! {
    /// How a request ended.
    Ending {
        AdviceGiven = "advice_given", "advice was given";
        SupportComplete = "support_complete", "the support is complete";
        Signposted = "signposted", "the school was pointed elsewhere";
        Redirected = "redirected", "the home authority took it over";
        NoAnswer = "no_answer", "the school did not answer";
        NotEligible = "not_eligible", "it is not for the front door";
        Duplicate = "duplicate", "it repeats another request";
        Withdrawn = "withdrawn", "the school withdrew it";
    }
}

codes! {
    /// What a school is told the support came to.
    OutcomeCode {
        GoalsMet = "goals_met", "the goals were met";
        GoalsPartlyMet = "goals_partly_met", "the goals were partly met";
        GoalsNotMet = "goals_not_met", "the goals were not met";
        SupportInPlace = "support_in_place", "the support is in place";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code of a list reads back as itself, as text and as JSON, and shares its text
    /// with no other.
    macro_rules! reads_back {
        ($($list:ty),+) => {$({
            let mut codes: Vec<_> = <$list>::ALL.iter().map(|code| code.code()).collect();
            for code in <$list>::ALL {
                assert_eq!(code.code().parse(), Ok(*code));
                let stored = serde_json::to_string(code).unwrap();
                assert_eq!(stored, format!("\"{code}\""));
                assert_eq!(serde_json::from_str::<$list>(&stored).unwrap(), *code);
            }
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), <$list>::ALL.len());
        })+};
    }

    #[test]
    fn every_code_reads_back_as_itself_and_as_no_other() {
        reads_back!(About, Channel, Support, Concern, Specialist, SenProvision, Progress);
        reads_back!(ConsentBy, Phase, SchoolKind, Missing, ReasonCode, Ending, OutcomeCode);
        reads_back!(AdviceKind, Verdict);
    }

    #[test]
    fn a_long_wrong_code_is_not_repeated_in_full() {
        let refused = "x".repeat(10_000).parse::<About>().unwrap_err();
        assert_eq!(refused.given.len(), 80);
    }

    #[test]
    fn an_unknown_code_is_told_what_would_have_been_understood() {
        let refused = "nonsense".parse::<About>().unwrap_err();
        assert_eq!(refused.to_string(), "“nonsense” is not one of: child, group, school");
    }
}
