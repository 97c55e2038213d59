//! Children of the made-up county: never a real one, always with a valid pupil number.

use super::dice::Dice;
use anyhow::Context as _;
use domain::codes::Phase;
use domain::personal::Identity;
use domain::upn::Upn;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde::Deserialize;

/// The made-up council's number, as it stands in pupil numbers.
const AUTHORITY: &str = "865";

/// Names to be mixed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) given: Vec<String>,
    pub(super) family: Vec<String>,
    /// Given names of grown-ups.
    pub(super) staff: Vec<String>,
}

impl Names {
    pub(super) fn read() -> anyhow::Result<Self> {
        serde_json::from_str(include_str!("../../county/demo/names.json"))
            .context("the built-in file demo/names.json cannot be read")
    }

    /// Somebody who works with children.
    pub(super) fn grown_up(&self, dice: &mut Dice) -> String {
        format!("{} {}", dice.line(&self.staff), dice.line(&self.family))
    }

    /// A child in this year group on a day, at the school of this number.
    pub(super) fn child(
        &self,
        year_group: i8,
        on: Date,
        school: usize,
        dice: &mut Dice,
    ) -> anyhow::Result<Identity> {
        let date_of_birth = born(year_group, on, dice);
        let at_school = year_group >= 0 || dice.chance(30);
        let upn = if at_school && dice.chance(94) {
            Some(upn(school, date_of_birth, dice)?)
        } else {
            None
        };
        Ok(Identity {
            given_name: dice.line(&self.given),
            family_name: dice.line(&self.family),
            date_of_birth,
            upn,
            home_postcode: dice.chance(92).then(|| postcode(dice)),
        })
    }
}

/// A year group of a school of this phase.
pub(super) fn year_group(phase: Phase, dice: &mut Dice) -> i8 {
    let (from, to) = match phase {
        Phase::EarlyYears => (-2, -1),
        Phase::Primary => (0, 6),
        Phase::Secondary => (7, 11),
        Phase::Post16 => (12, 13),
        Phase::AllThrough | Phase::Special => (0, 11),
    };
    i8::try_from(dice.between(from..=to)).unwrap_or_default()
}

/// A birth date of the year group: children who turn five between 1 September and 31 August
/// are in year 0 of that school year.
fn born(year_group: i8, on: Date, dice: &mut Dice) -> Date {
    let begins = if on.month() >= 9 { on.year() } else { on.year() - 1 };
    let first = date(begins - 5 - i16::from(year_group), 9, 1);
    let later = i32::try_from(dice.between(0..=364)).unwrap_or_default();
    first.saturating_add(later.days())
}

/// Authority, establishment, the year of entry, a serial number; then the check letter.
fn upn(school: usize, born: Date, dice: &mut Dice) -> anyhow::Result<Upn> {
    let entered = (born.year() + 5).rem_euclid(100);
    let rest = format!("{AUTHORITY}{:04}{entered:02}{:03}", 2_000 + school, dice.between(1..=999));
    let letter = Upn::check_letter(&rest).context("a pupil number is made of digits")?;
    Ok(format!("{letter}{rest}").parse()?)
}

/// A postcode of the area FD, which no post office serves.
fn postcode(dice: &mut Dice) -> String {
    const LETTERS: [char; 20] = [
        'A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'W', 'X',
        'Y', 'Z',
    ];
    let mut letter = || dice.pick(&LETTERS).copied().unwrap_or('A');
    let (first, second) = (letter(), letter());
    format!("FD{} {}{first}{second}", dice.between(1..=28), dice.between(1..=9))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::intake::age_years;

    #[test]
    fn a_child_is_as_old_as_its_year_group() {
        let mut dice = Dice::new(7);
        for (on, day_one) in [(date(2026, 9, 1), true), (date(2026, 8, 31), false)] {
            for year_group in -2..=13 {
                let age = age_years(born(year_group, on, &mut dice), on);
                let youngest = i16::from(year_group) + 4 + i16::from(!day_one);
                assert!((youngest..=youngest + 1).contains(&age), "{year_group}: {age}");
            }
        }
    }

    #[test]
    fn pupil_numbers_are_valid_and_nobody_real_is_named_twice_alike() {
        let names = Names::read().unwrap();
        let mut dice = Dice::new(7);
        for school in 0..239 {
            let child = names.child(4, date(2026, 11, 23), school, &mut dice).unwrap();
            let upn = child.upn.map(String::from).unwrap_or_default();
            assert!(upn.is_empty() || upn.parse::<Upn>().is_ok());
        }
    }
}
