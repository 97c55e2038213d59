//! The rota: who is on duty at an instant, under which version of it.
//!
//! A rota is kept by the month, each month with a version of its own. Layers say who is on
//! week by week, and several people may be on at once; overrides, the latest first, say who
//! is on instead of them all; whoever is absent is not on; a swap that was accepted hands a
//! turn to a colleague. A gap never loses a request: the next shift takes it, and a warning
//! is recorded.

mod change;
mod command;
mod exceptions;
mod gaps;
mod layer;
mod month;
mod next_shift;
mod own_shifts;
mod stretches;
#[cfg(test)]
mod tests;

pub use change::RotaChange;
pub use command::{LayerPart, RotaCommand, RotaFault, RotaRefusal};
pub use exceptions::{Absence, Override, Swap, SwapState};
pub use gaps::Gap;
pub use layer::{Layer, Shift, Slot, Turn};
pub use month::{Day, Month, NotAMonth};
pub use next_shift::{Answering, Duty};
pub use own_shifts::OwnShift;
pub use stretches::Stretch;

use crate::calendar::london;
use crate::ids::{AccountId, LayerId};
use crate::team::{Skill, Team};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One month of a team's rota.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthRota {
    /// How often it was changed.
    pub version: u32,
    /// Who is on, week by week.
    pub layers: Vec<Layer>,
    /// Who is on instead, the latest last.
    pub overrides: Vec<Override>,
    /// Who is away.
    pub absences: Vec<Absence>,
    /// Turns that were offered, and what became of the offer.
    pub swaps: Vec<(Swap, SwapState)>,
}

/// The rota of one team, as known at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rota {
    team: Option<Team>,
    months: BTreeMap<Month, MonthRota>,
}

/// Somebody who is on at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// Who is on.
    pub adviser: AccountId,
    /// In which layer; `None`: by an override.
    pub layer: Option<LayerId>,
    /// For which skill, if the layer asks for one.
    pub skill: Option<Skill>,
    /// Under which version of the month.
    pub rota_version: u32,
}

impl Rota {
    /// Follows a change of the team whose rota it is.
    pub fn apply_team(&mut self, team: Team) {
        self.team = Some(team);
    }

    /// Follows a change of one month, which takes that month to `version`.
    pub fn apply(&mut self, month: Month, version: u32, change: RotaChange) {
        let rota = self.months.entry(month).or_default();
        rota.version = version;
        match change {
            RotaChange::Layers(layers) => rota.layers = layers,
            RotaChange::Override(new) => rota.overrides.push(new),
            RotaChange::Overrides(overrides) => rota.overrides = overrides,
            RotaChange::Absence(absence) => rota.absences.push(absence),
            RotaChange::AbsenceEnds(id, at) => {
                for absence in rota.absences.iter_mut().filter(|absence| absence.id == id) {
                    absence.to = absence.to.min(at);
                }
                rota.absences.retain(|absence| absence.from < absence.to);
            }
            RotaChange::SwapOffered(swap) => rota.swaps.push((swap, SwapState::Offered)),
            RotaChange::SwapSettled(id, how) => {
                let swaps = rota.swaps.iter_mut().filter(|(swap, _)| swap.id == id);
                swaps.for_each(|(_, state)| *state = how);
            }
        }
    }

    /// The team, once it was formed.
    #[must_use]
    pub fn team(&self) -> Option<&Team> {
        self.team.as_ref()
    }

    /// A month, once anything was said about it.
    #[must_use]
    pub fn month(&self, month: Month) -> Option<&MonthRota> {
        self.months.get(&month)
    }

    /// Every month that anything was said about, in order.
    pub fn months(&self) -> impl Iterator<Item = (Month, &MonthRota)> {
        self.months.iter().map(|(month, rota)| (*month, rota))
    }

    /// Everybody who is on at this very instant, in the order of the layers.
    #[must_use]
    pub fn people(&self, at: Timestamp) -> Vec<OnDuty> {
        let date = london::wall(at).date();
        let Some(month) = self.months.get(&Month::of(date)) else { return vec![] };
        if let Some(instead) = month.overrides.iter().rev().find(|each| each.covers(at)) {
            let adviser = instead.adviser.clone().filter(|who| !month.is_absent(who, at));
            let rota_version = month.version;
            let on = |adviser| OnDuty { adviser, layer: None, skill: None, rota_version };
            return adviser.map(on).into_iter().collect();
        }
        let mut people: Vec<OnDuty> = Vec::new();
        for layer in &month.layers {
            if layer.hours_on(date).is_none_or(|(from, to)| at < from || to <= at) {
                continue;
            }
            if let Some(on) = self.has_turn(month, layer, date, at)
                && people.iter().all(|other| other.adviser != on.adviser)
            {
                people.push(on);
            }
        }
        people
    }

    /// Who is on at this very instant; of several, the one of the first layer.
    #[must_use]
    pub fn on_duty(&self, at: Timestamp) -> Option<OnDuty> {
        self.people(at).into_iter().next()
    }

    /// Who has a layer's turn of a date, at an instant of it.
    fn has_turn(
        &self,
        month: &MonthRota,
        layer: &Layer,
        date: Date,
        at: Timestamp,
    ) -> Option<OnDuty> {
        let (planned, skill) = match layer.slot_on(date)? {
            Slot::Adviser(adviser) => (adviser, None),
            Slot::Skill(skill) => (self.with_skill(month, layer, date, at, *skill)?, Some(*skill)),
        };
        let turn = Turn { layer: layer.id.clone(), date };
        let adviser = month.after_swaps(&turn, planned);
        (!month.is_absent(adviser, at)).then(|| OnDuty {
            adviser: adviser.clone(),
            layer: Some(turn.layer),
            skill,
            rota_version: month.version,
        })
    }

    /// The member whose week it is among those with a skill who are there.
    fn with_skill(
        &self,
        month: &MonthRota,
        layer: &Layer,
        date: Date,
        at: Timestamp,
        skill: Skill,
    ) -> Option<&AccountId> {
        let members = self.team.iter().flat_map(|team| &team.members);
        let able: Vec<&AccountId> = members
            .filter(|member| member.skills.contains(&skill))
            .map(|member| &member.account)
            .collect();
        let first = layer.weeks_on(date).checked_rem(able.len())?;
        let in_turn = able[first..].iter().chain(&able[..first]).copied();
        in_turn.into_iter().find(|adviser| !month.is_absent(adviser, at))
    }

    /// Everything at which it may change who is on, between two instants, in order.
    fn boundaries(&self, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let (first, last) = (london::wall(from).date(), london::wall(to).date());
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        let mut boundaries: Vec<Timestamp> = days
            .take_while(|day| *day <= last)
            .filter_map(|day| Some((day, self.months.get(&Month::of(day))?)))
            .flat_map(|(day, month)| month.boundaries_on(day))
            .filter(|at| from <= *at && *at < to)
            .collect();
        boundaries.sort_unstable();
        boundaries.dedup();
        boundaries
    }
}

impl MonthRota {
    /// Whether somebody is away at an instant of this month.
    #[must_use]
    pub fn is_absent(&self, adviser: &AccountId, at: Timestamp) -> bool {
        self.absences.iter().any(|absence| absence.adviser == *adviser && absence.covers(at))
    }

    /// Who has a turn, after what was swapped.
    fn after_swaps<'a>(&'a self, turn: &Turn, planned: &'a AccountId) -> &'a AccountId {
        let accepted = self.swaps.iter().filter(|(_, state)| *state == SwapState::Accepted);
        let mut swapped = accepted.filter_map(|(swap, _)| swap.instead_of(turn, planned));
        swapped.next().unwrap_or(planned)
    }

    /// The instants of a day at which it may change who is on.
    fn boundaries_on(&self, day: Date) -> impl Iterator<Item = Timestamp> {
        let hours = self.layers.iter().filter_map(move |layer| layer.hours_on(day));
        let overrides = self.overrides.iter().map(|each| (each.from, each.to));
        let absences = self.absences.iter().map(|each| (each.from, each.to));
        hours.chain(overrides).chain(absences).flat_map(|(from, to)| [from, to])
    }
}
