//! The form that a made-up school fills in.

use super::child::{Names, year_group};
use super::dice::Dice;
use super::phrases::Phrases;
use super::theme::Theme;
use domain::codes::{About, Channel, ConsentBy, Progress, SenProvision, Specialist};
use domain::ids::SchoolId;
use domain::intake::{ChildCodes, Consent, Cycle, Intake, Provision, Submission, age_years};
use domain::money::{Money, TenThousandths};
use domain::need::Need;
use domain::personal::{Contact, Identity, Particulars};
use domain::school::School;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Neighbours, in which some of the schools' children live.
const NEIGHBOURS: [&str; 3] = ["846", "886", "938"];

/// A school with the number by which what is made up about it stays the same.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    pub(super) number: usize,
    pub(super) id: SchoolId,
    pub(super) school: School,
}

/// What is the same for every form.
pub(super) struct Stationery {
    pub(super) names: Names,
    pub(super) phrases: Phrases,
}

/// Whether the form of a story takes its chances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    /// As schools are: consent is missing from some, some children live elsewhere.
    Usual,
    /// Nothing is missing, nobody lives elsewhere.
    Complete,
    /// Consent is missing.
    WithoutConsent,
}

impl Stationery {
    /// A form on a theme, filled in on a day.
    pub(super) fn fill_in(
        &self,
        theme: &Theme,
        asking: &Asking,
        on: Date,
        completeness: Completeness,
        dice: &mut Dice,
    ) -> anyhow::Result<Submission> {
        let is_child = theme.about == About::Child;
        let cycles = dice.between(theme.cycles.0..=theme.cycles.1);
        let group = year_group(asking.school.phase, dice);
        let child = match theme.about {
            About::Child => Some(self.names.child(group, on, asking.number, dice)?),
            About::Group | About::School => None,
        };
        let usual = completeness == Completeness::Usual;
        let codes = child
            .as_ref()
            .map(|identity| codes(identity, group, theme.known || cycles > 0, usual, on, dice))
            .transpose()?;
        let primary_need = dice.pick(&theme.needs).copied();
        let intake = Intake {
            channel: channel(dice),
            about: theme.about,
            primary_need,
            other_needs: others(theme, primary_need, dice),
            support_sought: dice.pick(&theme.sought).cloned().unwrap_or_default(),
            concerns: dice.pick(&theme.concerns).cloned().unwrap_or_default(),
            tried: tried(cycles, on, dice),
            provision: provision(dice.between(theme.hours.0..=theme.hours.1), dice),
            specialists: specialists(dice),
            consent: if is_child { consent(completeness, on, dice) } else { None },
            child: codes,
        };
        let particulars = self.particulars(theme, asking, child.as_ref(), &intake, dice);
        Ok(Submission { intake, particulars, child })
    }

    fn particulars(
        &self,
        theme: &Theme,
        asking: &Asking,
        child: Option<&Identity>,
        intake: &Intake,
        dice: &mut Dice,
    ) -> Particulars {
        let name = child.map_or("the child", |child| child.given_name.as_str());
        let phrases = &self.phrases;
        let mut lines =
            |from: &[String], count| (0..count).map(|_| Some(dice.line(from))).collect();
        let tried = lines(&phrases.tried, intake.tried.len());
        let provision = lines(&phrases.provision, intake.provision.len());
        let given = intake.consent.as_ref().is_some_and(|consent| consent.given);
        Particulars {
            requested_by: self.contact(asking),
            description: Some(dice.line(&theme.needs_words).replace("{name}", name)),
            tried,
            provision,
            consent_method: given.then(|| dice.line(&phrases.consent_methods)),
            consent_override: None,
            summary: Some(dice.line(&theme.asks)),
        }
    }

    /// The same person every time, at an address and a number that lead nowhere: `.example`
    /// is reserved by RFC 2606, 01632 960000 to 960999 by Ofcom.
    fn contact(&self, asking: &Asking) -> Contact {
        let mut dice = Dice::new(u64::try_from(asking.number).unwrap_or_default());
        let (given, family) = (dice.line(&self.names.staff), dice.line(&self.names.family));
        let urn = &asking.school.urn;
        Contact {
            role: dice.line(&self.phrases.roles),
            email: Some(format!("{family}@school-{urn}.example").to_lowercase()),
            phone: Some(format!("01632 960{:03}", asking.number)),
            name: format!("{given} {family}"),
        }
    }
}

fn channel(dice: &mut Dice) -> Channel {
    match dice.below(100) {
        0..52 => Channel::Web,
        52..84 => Channel::Api,
        84..95 => Channel::Phone,
        _ => Channel::Email,
    }
}

fn others(theme: &Theme, primary: Option<Need>, dice: &mut Dice) -> Vec<Need> {
    let other = if dice.chance(35) { dice.pick(&theme.others).copied() } else { None };
    other.filter(|other| Some(*other) != primary).into_iter().collect()
}

/// The latest cycle was reviewed some weeks ago, each lasted eight to twelve.
fn tried(cycles: i64, on: Date, dice: &mut Dice) -> Vec<Cycle> {
    let mut reviewed = on.saturating_sub(dice.between(3..=35).days());
    let mut tried: Vec<_> = (0..cycles)
        .map(|_| {
            let started = reviewed.saturating_sub(dice.between(56..=84).days());
            let outcome = match dice.below(10) {
                0..5 => Progress::None,
                5..9 => Progress::Some,
                _ => Progress::Good,
            };
            let cycle =
                Cycle { started: Some(started), reviewed: Some(reviewed), outcome: Some(outcome) };
            reviewed = started.saturating_sub(dice.between(2..=20).days());
            cycle
        })
        .collect();
    tried.reverse();
    tried
}

/// So many hours a week in terms of 38 weeks, in one or two parts.
fn provision(hours: i64, dice: &mut Dice) -> Vec<Provision> {
    let group = if hours > 4 && dice.chance(40) { 2 } else { 0 };
    [hours - group, group]
        .into_iter()
        .filter(|hours| *hours > 0)
        .map(|hours| Provision {
            hours_per_week: Some(TenThousandths(hours * 10_000)),
            weeks_per_year: Some(TenThousandths::whole(38)),
            cost_per_hour: Some(Money { pence: 1_400 + 25 * dice.between(0..=20) }),
        })
        .collect()
}

fn specialists(dice: &mut Dice) -> Vec<Specialist> {
    let involved = [
        Specialist::SpeechLanguageTherapy,
        Specialist::EarlyHelp,
        Specialist::SpecialistTeacher,
        Specialist::OccupationalTherapy,
    ];
    let one = if dice.chance(22) { dice.pick(&involved).copied() } else { None };
    one.into_iter().collect()
}

fn consent(completeness: Completeness, on: Date, dice: &mut Dice) -> Option<Consent> {
    let missing = match completeness {
        Completeness::Usual => dice.chance(9),
        Completeness::Complete => false,
        Completeness::WithoutConsent => true,
    };
    if missing {
        let said = dice.chance(50);
        return said.then_some(Consent { given: false, by: None, on: None, overridden: false });
    }
    let by = match dice.below(20) {
        0 => ConsentBy::Carer,
        _ => ConsentBy::Parent,
    };
    let day = on.saturating_sub(dice.between(0..=25).days());
    Some(Consent { given: true, by: Some(by), on: Some(day), overridden: false })
}

/// What is told about a child in codes.
fn codes(
    identity: &Identity,
    group: i8,
    known: bool,
    usual: bool,
    on: Date,
    dice: &mut Dice,
) -> anyhow::Result<ChildCodes> {
    let sen_provision = match (known, dice.below(100)) {
        (true, 0..6) => SenProvision::Plan,
        (true, _) | (false, 0..35) => SenProvision::Support,
        (false, _) => SenProvision::None,
    };
    let home = if usual && dice.chance(2) { dice.pick(&NEIGHBOURS) } else { None };
    Ok(ChildCodes {
        age_years: Some(age_years(identity.date_of_birth, on)),
        year_group: Some(group),
        home_authority: home.map(|number| number.parse()).transpose()?,
        sen_provision: Some(sen_provision),
        looked_after: Some(usual && dice.chance(2)),
        child_in_need: Some(dice.chance(7)),
        child_protection: Some(dice.chance(2)),
    })
}
