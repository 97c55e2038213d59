//! Kinds of need, by the codes of the Department for Education.
//!
//! A dated table, not an enum: codes come and go with the school census (`DS` arrived in
//! 2025), and a request of ten years ago must still read. What is asked for today is
//! looked up for today; what is read from history is looked up for any day.
//!
//! Source: DfE, *Complete the school census*, SEN type of need.

use crate::codes::{UnknownCode, codes};
use jiff::civil::{Date, date};

codes! {
    /// The area of need a code belongs to; every area has its panel.
    Area {
        CognitionLearning = "cognition_learning", "cognition and learning";
        CommunicationInteraction = "communication_interaction", "communication and interaction";
        Semh = "semh", "social, emotional and mental health";
        SensoryPhysical = "sensory_physical", "sensory and physical";
        Other = "other", "other";
    }
}

/// One row of the table of needs.
#[derive(Debug)]
pub struct Row {
    /// The DfE's code.
    pub code: &'static str,
    /// The area it belongs to.
    pub area: Area,
    /// Plain English, to stand inside a sentence.
    pub says: &'static str,
    /// The first day on which it may be used.
    pub from: Date,
    /// The first day on which it may no longer be used.
    pub until: Option<Date>,
}

/// A kind of need: a row of [`TABLE`].
#[derive(Clone, Copy, Debug)]
pub struct Need(&'static Row);

const SINCE_2014: Date = date(2014, 9, 1);

const fn row(code: &'static str, area: Area, says: &'static str, from: Date) -> Row {
    Row { code, area, says, from, until: None }
}

/// Every need that was ever known.
pub static TABLE: [Row; 14] = [
    row("SPLD", Area::CognitionLearning, "specific learning difficulty", SINCE_2014),
    row("MLD", Area::CognitionLearning, "moderate learning difficulty", SINCE_2014),
    row("SLD", Area::CognitionLearning, "severe learning difficulty", SINCE_2014),
    row("PMLD", Area::CognitionLearning, "profound and multiple learning difficulty", SINCE_2014),
    row(
        "SLCN",
        Area::CommunicationInteraction,
        "speech, language and communication needs",
        SINCE_2014,
    ),
    row("ASD", Area::CommunicationInteraction, "autistic spectrum disorder", SINCE_2014),
    row("SEMH", Area::Semh, "social, emotional and mental health needs", SINCE_2014),
    row("HI", Area::SensoryPhysical, "hearing impairment", SINCE_2014),
    row("VI", Area::SensoryPhysical, "vision impairment", SINCE_2014),
    row("MSI", Area::SensoryPhysical, "multi-sensory impairment", SINCE_2014),
    row("PD", Area::SensoryPhysical, "physical disability", SINCE_2014),
    row("DS", Area::Other, "Down syndrome", date(2025, 1, 1)),
    row("OTH", Area::Other, "another difficulty or disability", SINCE_2014),
    row("NSA", Area::Other, "a need that no specialist has assessed yet", SINCE_2014),
];

impl Need {
    /// Every need that may be used on `day`.
    pub fn on(day: Date) -> impl Iterator<Item = Self> {
        Self::ever()
            .filter(move |need| need.0.from <= day && need.0.until.is_none_or(|until| day < until))
    }

    /// Every need that was ever known.
    pub fn ever() -> impl Iterator<Item = Self> {
        TABLE.iter().map(Self)
    }

    /// The need with this code, if it may be used on `day`.
    pub fn parse_on(code: &str, day: Date) -> Result<Self, UnknownCode> {
        Self::on(day).find(|need| need.code() == code).ok_or_else(|| UnknownCode {
            given: code.chars().take(80).collect(),
            expected: Self::on(day).map(Self::code).collect(),
        })
    }

    /// The DfE's code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// The area of need.
    #[must_use]
    pub const fn area(self) -> Area {
        self.0.area
    }

    /// Plain English, to stand inside a sentence.
    #[must_use]
    pub const fn says(self) -> &'static str {
        self.0.says
    }
}

impl PartialEq for Need {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Need {}

impl serde::Serialize for Need {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Need {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        Self::ever()
            .find(|need| need.code() == code)
            .ok_or_else(|| serde::de::Error::custom(format!("no need was ever coded “{code}”")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_only_from_its_first_day() {
        assert!(Need::parse_on("DS", date(2024, 12, 31)).is_err());
        assert_eq!(Need::parse_on("DS", date(2025, 1, 1)).unwrap().area(), Area::Other);
    }

    #[test]
    fn every_need_has_the_area_that_is_published() {
        use Area::{CognitionLearning, CommunicationInteraction, Other, Semh, SensoryPhysical};
        for (area, codes) in [
            (CognitionLearning, "SPLD MLD SLD PMLD"),
            (CommunicationInteraction, "SLCN ASD"),
            (Semh, "SEMH"),
            (SensoryPhysical, "HI VI MSI PD"),
            (Other, "DS OTH NSA"),
        ] {
            let of_area = Need::ever().filter(|need| need.area() == area).map(Need::code);
            assert!(of_area.eq(codes.split(' ')), "{area}");
        }
    }

    #[test]
    fn a_need_is_read_from_history_whatever_the_day() {
        for need in Need::ever() {
            let stored = serde_json::to_string(&need).unwrap();
            assert_eq!(serde_json::from_str::<Need>(&stored).unwrap(), need);
        }
        let unknown = serde_json::from_str::<Need>(r#""ADHD""#).unwrap_err().to_string();
        assert!(unknown.starts_with("no need was ever coded “ADHD”"), "{unknown}");
    }

    #[test]
    fn an_unknown_need_is_told_the_codes_of_the_day() {
        let refused = Need::parse_on("ADHD", date(2026, 11, 23)).unwrap_err();
        assert_eq!(refused.expected.len(), 14);
    }
}
