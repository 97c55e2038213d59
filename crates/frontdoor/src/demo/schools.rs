//! The made-up county's schools: names that no school bears, in six districts.

use super::dice::Dice;
use anyhow::Context as _;
use domain::codes::{Phase, SchoolKind};
use domain::ids::{SchoolId, Urn};
use domain::school::{Register, School};
use serde::Deserialize;

/// Pupils of all schools together: those of a typical county.
const PUPILS: u64 = 69_773;
/// URNs from here on are made up; real ones have not come near.
const FIRST_URN: u32 = 900_001;
/// The county is the same whatever the seed: clients may rely on `demo-school-900001`.
const SEED: u64 = 865;

#[derive(Deserialize)]
struct Places {
    districts: Vec<String>,
    first: Vec<String>,
    second: Vec<String>,
    saints: Vec<String>,
    sorts: Vec<Sort>,
}

/// Schools of one sort.
#[derive(Deserialize)]
struct Sort {
    count: usize,
    phase: Phase,
    kind: SchoolKind,
    /// From and up to so many, before all are scaled to the county's total.
    pupils: (u32, u32),
    /// With `{place}` and `{saint}` to be filled in.
    called: String,
}

/// Every school of the county, in the order of their URNs.
pub(super) fn all() -> anyhow::Result<Vec<(SchoolId, School)>> {
    let places: Places = serde_json::from_str(include_str!("../../county/demo/places.json"))
        .context("the built-in file demo/places.json cannot be read")?;
    let mut dice = Dice::new(SEED);
    let names = names(&places, &mut dice);
    let mut sorts: Vec<&Sort> =
        places.sorts.iter().flat_map(|sort| std::iter::repeat_n(sort, sort.count)).collect();
    dice.shuffle(&mut sorts);
    let drawn: Vec<u32> = sorts
        .iter()
        .map(|sort| sort.pupils.0 + dice.below(sort.pupils.1 - sort.pupils.0))
        .collect();

    (FIRST_URN..)
        .zip(sorts)
        .zip(names.iter().zip(shares(&drawn)))
        .map(|((number, sort), (place, pupils))| {
            let saint = dice.line(&places.saints);
            let school = School {
                urn: Urn::try_from(number.to_string())?,
                name: sort.called.replace("{place}", place).replace("{saint}", &saint),
                phase: sort.phase,
                kind: sort.kind,
                district: dice.line(&places.districts),
                pupils,
                register: Register::default(),
            };
            Ok((id(number), school))
        })
        .collect()
}

/// The id of a made-up school: a UUID of version 8 (RFC 9562), which is for whoever makes it,
/// with the URN in its last digits.
fn id(urn: u32) -> SchoolId {
    let bytes = (u128::from(SEED) << 96 | u128::from(urn)).to_be_bytes();
    SchoolId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// As many places as can be made up, in no particular order.
fn names(places: &Places, dice: &mut Dice) -> Vec<String> {
    let mut names: Vec<String> = places
        .first
        .iter()
        .flat_map(|first| places.second.iter().map(move |second| format!("{first}{second}")))
        .collect();
    dice.shuffle(&mut names);
    names
}

/// The drawn numbers scaled so that they add up to the county's pupils exactly.
fn shares(drawn: &[u32]) -> Vec<u32> {
    let total = drawn.iter().copied().map(u64::from).sum::<u64>().max(1);
    let mut before = 0;
    let mut placed = 0;
    let share = |number: &u32| {
        before += u64::from(*number);
        let up_to_here = before * PUPILS / total;
        let here = up_to_here - placed;
        placed = up_to_here;
        u32::try_from(here).unwrap_or(u32::MAX)
    };
    drawn.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_county_has_239_schools_and_69_773_pupils() {
        let schools = all().unwrap();
        assert_eq!(schools.len(), 239);
        assert_eq!(schools.iter().map(|(_, it)| it.pupils).sum::<u32>(), 69_773);
        assert!(schools.iter().all(|(_, school)| school.pupils > 10));
    }

    #[test]
    fn urns_count_up_from_900001() {
        let urns: Vec<_> = all().unwrap().into_iter().map(|(_, it)| it.urn.to_string()).collect();
        assert_eq!(urns.first().map(String::as_str), Some("900001"));
        assert_eq!(urns.last().map(String::as_str), Some("900239"));
    }

    #[test]
    fn no_two_schools_share_a_name_or_an_id() {
        let schools = all().unwrap();
        let names: BTreeSet<_> = schools.iter().map(|(_, school)| &school.name).collect();
        let ids: BTreeSet<_> = schools.iter().map(|(id, _)| id).collect();
        assert_eq!((names.len(), ids.len()), (239, 239));
        assert!(names.iter().all(|name| !name.contains('{')));
    }
}
