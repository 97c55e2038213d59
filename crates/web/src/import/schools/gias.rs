//! The words of the national register (Get Information about Schools), and what each means
//! here.
//!
//! Tables, so that what becomes of a type of establishment can be looked up and argued with.
//! The names are those of the register's own lists; a name that is in none of them is a
//! fault, never a guess.

use domain::codes::{Phase, SchoolKind};
use domain::school::ClosureReason;

/// A type of establishment that may ask this front door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) kind: SchoolKind,
    phase: Of,
}

/// Where the phase of a type of establishment comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The type itself.
    Itself(Phase),
    /// The column `PhaseOfEducation (name)`; where it does not apply, the ages.
    Row,
}

const EARLY_YEARS: Of = Of::Itself(Phase::EarlyYears);
const SPECIAL: Of = Of::Itself(Phase::Special);
const POST_16: Of = Of::Itself(Phase::Post16);

use SchoolKind::{Academy, College, EarlyYears, Independent, Maintained};

/// `TypeOfEstablishment (name)`. The register counts city technology colleges and
/// non-maintained special schools as outside the authority's; so do we.
const SORTS: &[(&str, SchoolKind, Of)] = &[
    ("Academy 16 to 19 sponsor led", Academy, POST_16),
    ("Academy 16-19 converter", Academy, POST_16),
    ("Academy alternative provision converter", Academy, Of::Row),
    ("Academy alternative provision sponsor led", Academy, Of::Row),
    ("Academy converter", Academy, Of::Row),
    ("Academy secure 16 to 19", Academy, POST_16),
    ("Academy special converter", Academy, SPECIAL),
    ("Academy special sponsor led", Academy, SPECIAL),
    ("Academy sponsor led", Academy, Of::Row),
    ("City technology college", Independent, Of::Row),
    ("Community school", Maintained, Of::Row),
    ("Community special school", Maintained, SPECIAL),
    ("EY Setting", EarlyYears, EARLY_YEARS),
    ("Foundation school", Maintained, Of::Row),
    ("Foundation special school", Maintained, SPECIAL),
    ("Free schools", Academy, Of::Row),
    ("Free schools 16 to 19", Academy, POST_16),
    ("Free schools alternative provision", Academy, Of::Row),
    ("Free schools special", Academy, SPECIAL),
    ("Further education", College, POST_16),
    ("Local authority nursery school", Maintained, EARLY_YEARS),
    ("Non-maintained special school", Independent, SPECIAL),
    ("Other independent school", Independent, Of::Row),
    ("Other independent special school", Independent, SPECIAL),
    ("Pupil referral unit", Maintained, Of::Row),
    ("Secure units", Maintained, Of::Row),
    ("Sixth form centres", College, POST_16),
    ("Special post 16 institution", College, SPECIAL),
    ("Studio schools", Academy, Of::Row),
    ("University technical college", Academy, Of::Row),
    ("Voluntary aided school", Maintained, Of::Row),
    ("Voluntary controlled school", Maintained, Of::Row),
];

/// Types in the register that ask no council in England for support.
const ELSEWHERE: &[&str] = &[
    "British schools overseas",
    "European schools",
    "Higher education institutions",
    "Institution funded by other government department",
    "Miscellaneous",
    "Offshore schools",
    "Online provider",
    "Playing for success centres",
    "Service children's education",
    "Welsh establishment",
];

/// What a type of establishment is; `Ok(None)`: one that does not ask us.
pub(super) fn sort(name: &str) -> Result<Option<Sort>, &'static str> {
    let known = SORTS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
    match known {
        Some((_, kind, phase)) => Ok(Some(Sort { kind: *kind, phase: *phase })),
        None if ELSEWHERE.iter().any(|known| known.eq_ignore_ascii_case(name)) => Ok(None),
        None => Err("the register has no such type of establishment"),
    }
}

/// The phase of a school, from its type, `PhaseOfEducation (name)` and its ages in years.
pub(super) fn phase(
    sort: Sort,
    name: &str,
    lowest_age: Option<u8>,
    highest_age: Option<u8>,
) -> Result<Phase, &'static str> {
    let named = match name.to_ascii_lowercase().as_str() {
        "nursery" => Some(Phase::EarlyYears),
        "primary" | "middle deemed primary" => Some(Phase::Primary),
        "secondary" | "middle deemed secondary" => Some(Phase::Secondary),
        "16 plus" => Some(Phase::Post16),
        "all-through" | "all through" => Some(Phase::AllThrough),
        "" | "not applicable" => None,
        _ => return Err("the register has no such phase of education"),
    };
    Ok(match (sort.phase, named) {
        (Of::Itself(phase), _) | (Of::Row, Some(phase)) => phase,
        (Of::Row, None) => by_ages(lowest_age, highest_age),
    })
}

/// Independent schools and referral units have no phase in the register. A preparatory
/// school goes to 13.
const fn by_ages(lowest: Option<u8>, highest: Option<u8>) -> Phase {
    match (lowest, highest) {
        (_, Some(..=5)) => Phase::EarlyYears,
        (Some(16..), _) => Phase::Post16,
        (Some(10..), _) => Phase::Secondary,
        (_, Some(..=13)) => Phase::Primary,
        _ => Phase::AllThrough,
    }
}

/// What `EstablishmentStatus (name)` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Open,
    Closed,
    /// Not a school yet, or never one.
    NotYet,
}

pub(super) fn status(name: &str) -> Result<Status, &'static str> {
    match name.to_ascii_lowercase().as_str() {
        "open" | "open, but proposed to close" => Ok(Status::Open),
        "closed" | "de-registered as ey setting" => Ok(Status::Closed),
        "proposed to open"
        | "pending approval"
        | "rejected opening"
        | "application rejected"
        | "created in error"
        | "quarantine" => Ok(Status::NotYet),
        _ => Err("the register has no such status"),
    }
}

/// Whether a `ReasonEstablishmentClosed (name)` says that the school goes on under another
/// URN.
pub(super) fn goes_on(reason: &str) -> bool {
    const GOES_ON: [&str; 8] = [
        "Academy Converter",
        "Academy Free School",
        "Change in status",
        "Change Religious Character",
        "For Academy",
        "Fresh Start",
        "Transferred to new sponsor",
        "Re-brokered",
    ];
    GOES_ON.iter().any(|known| known.eq_ignore_ascii_case(reason))
}

/// Why a school closed that does not go on.
pub(super) fn closure(reason: &str) -> ClosureReason {
    match reason.to_ascii_lowercase().as_str() {
        "closure" | "closed" => ClosureReason::Closure,
        "result of amalgamation/merger" | "result of amalgamation" | "merged" => {
            ClosureReason::Amalgamation
        }
        "new provision"
        | "for academy"
        | "academy converter"
        | "academy free school"
        | "fresh start" => ClosureReason::NewProvision,
        _ => ClosureReason::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_establishment_has_its_kind_and_phase() {
        let row = |(name, ..): &(&str, SchoolKind, Of)| {
            let sort = sort(name).unwrap().unwrap();
            let of = |phase| super::phase(sort, phase, Some(4), Some(11)).unwrap().code();
            let (given, without) = (of("Secondary"), of("Not applicable"));
            format!("{name}: {}, {given}, {without}", sort.kind.code())
        };
        let table: Vec<_> = SORTS.iter().map(row).collect();
        insta::assert_snapshot!(table.join("\n"));
    }

    #[test]
    fn every_phase_of_the_register_is_one_of_ours() {
        let community = sort("community SCHOOL").unwrap().unwrap();
        for (name, expected) in [
            ("Nursery", Phase::EarlyYears),
            ("Primary", Phase::Primary),
            ("Middle deemed primary", Phase::Primary),
            ("Secondary", Phase::Secondary),
            ("Middle deemed secondary", Phase::Secondary),
            ("16 plus", Phase::Post16),
            ("All-through", Phase::AllThrough),
            ("Not applicable", Phase::AllThrough),
        ] {
            assert_eq!(phase(community, name, None, None), Ok(expected), "{name}");
        }
        assert!(phase(community, "Tertiary", None, None).is_err());
    }

    #[test]
    fn where_the_register_has_no_phase_the_ages_say_it() {
        let independent = sort("Other independent school").unwrap().unwrap();
        for (ages, expected) in [
            ((2, 5), Phase::EarlyYears),
            ((3, 11), Phase::Primary),
            ((7, 13), Phase::Primary),
            ((11, 18), Phase::Secondary),
            ((13, 18), Phase::Secondary),
            ((16, 19), Phase::Post16),
            ((5, 16), Phase::AllThrough),
        ] {
            let found = phase(independent, "Not applicable", Some(ages.0), Some(ages.1));
            assert_eq!(found, Ok(expected), "{ages:?}");
        }
    }

    #[test]
    fn types_that_are_elsewhere_are_known_and_others_are_not() {
        for name in ELSEWHERE {
            assert_eq!(sort(name), Ok(None), "{name}");
        }
        assert!(sort("Hogwarts").is_err());
        assert!(status("Haunted").is_err());
        assert_eq!(status("Open, but proposed to close"), Ok(Status::Open));
        assert_eq!(status("Proposed to open"), Ok(Status::NotYet));
    }
}
