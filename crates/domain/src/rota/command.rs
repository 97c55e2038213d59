//! What somebody may do to a month of a rota, and why the rules say no.
//!
//! What reaches over the end of a month is said to every month that it touches, all at once:
//! so the version of a month says all there is to say about its days. History is never
//! edited: what was planned, cancelled or swapped stays told.

use super::exceptions::{Absence, Override, Swap, SwapState};
use super::layer::{Layer, Turn};
use super::{Month, Rota};
use crate::event::{
    AbsenceEnded, AbsenceRecorded, DeskEvent, OverridesSet, ShiftOverridden, ShiftsSet,
    SwapOffered, SwapSettled,
};
use crate::ids::{AbsenceId, AccountId, SwapId, TeamId};
use jiff::{SignedDuration, Timestamp};

mod layers;

pub use layers::{LayerPart, RotaFault};

/// The longest override or absence: a year and a day, which touches at most so many months.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 367);
const MOST_MONTHS: usize = 14;

/// A change to one month of a rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotaCommand {
    /// Set the layers of the month.
    SetLayers(Vec<Layer>),
    /// Put somebody else on, or nobody.
    Override(Override),
    /// Set the overrides of the month, the latest last.
    SetOverrides(Vec<Override>),
    /// Record that somebody is away.
    RecordAbsence(Absence),
    /// Say that they are back from this instant on; one that has not begun never happens.
    EndAbsence(AbsenceId, Timestamp),
    /// Offer a turn, at this instant.
    OfferSwap(Swap, Timestamp),
    /// Answer an offer, or take it back, at this instant: as this person, or for whoever may.
    SettleSwap(SwapId, SwapState, Option<AccountId>, Timestamp),
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RotaRefusal {
    /// The layers have faults.
    #[error("the shifts have {} faults", .0.len())]
    FaultyLayers(Vec<RotaFault>),
    /// An override or an absence ends before it begins, or never seems to.
    #[error("it ends after it begins, and lasts a year at most")]
    Unbounded,
    /// It lies in another month than the one it is told to.
    #[error("it does not lie in {0}")]
    AnotherMonth(Month),
    /// Not of the team.
    #[error("“{0}” is not of this team")]
    UnknownPerson(AccountId),
    /// No such absence.
    #[error("there is no such absence")]
    UnknownAbsence,
    /// Nothing is planned there.
    #[error("there is no shift “{}” on {}", .0.layer, .0.date)]
    UnknownTurn(Turn),
    /// It is somebody else's turn.
    #[error("the shift “{}” on {} is not theirs to give", .0.layer, .0.date)]
    NotTheirTurn(Turn),
    /// It has begun.
    #[error("the shift “{}” on {} has begun", .0.layer, .0.date)]
    TurnHasBegun(Turn),
    /// Somebody swaps with themselves.
    #[error("a swap is with somebody else")]
    WithThemselves,
    /// Another swap moves the same turn.
    #[error("another swap moves the shift “{}” on {}", .0.layer, .0.date)]
    SwapsOverlap(Turn),
    /// No such swap.
    #[error("there is no such swap")]
    UnknownSwap,
    /// It was settled before.
    #[error("the swap was {0} before")]
    SwapIsSettled(SwapState),
    /// A colleague accepts or refuses, whoever offered withdraws.
    #[error("the swap is not theirs to settle so")]
    NotTheirSwap,
}

impl Override {
    /// What each month that it touches is told: its own part.
    pub fn commands(&self) -> Result<Vec<(Month, RotaCommand)>, RotaRefusal> {
        bounded(self.from, self.to)?;
        Ok(self.by_month().map(|(month, part)| (month, RotaCommand::Override(part))).collect())
    }
}

impl RotaCommand {
    /// The months of a rota that the change is told to.
    #[must_use]
    pub fn months(&self, rota: &Rota) -> Vec<Month> {
        let told = |knows: &dyn Fn(&super::MonthRota) -> bool| -> Vec<Month> {
            let months = rota.months.iter().filter(|(_, month)| knows(month));
            months.map(|(month, _)| *month).collect()
        };
        match self {
            // Of the month that is named.
            Self::SetLayers(_) | Self::SetOverrides(_) => vec![],
            Self::Override(it) => Month::touched(it.from, it.to).take(MOST_MONTHS).collect(),
            Self::RecordAbsence(it) => Month::touched(it.from, it.to).take(MOST_MONTHS).collect(),
            Self::OfferSwap(swap, _) => swap.months(),
            Self::EndAbsence(id, _) => told(&|month| month.absences.iter().any(|it| it.id == *id)),
            Self::SettleSwap(id, ..) => {
                told(&|month| month.swaps.iter().any(|(it, _)| it.id == *id))
            }
        }
    }
}

impl Rota {
    /// What follows from a change to a month. `Ok(None)`: it is so already.
    pub fn decide(
        &self,
        team: TeamId,
        month: Month,
        command: RotaCommand,
    ) -> Result<Option<DeskEvent>, RotaRefusal> {
        use RotaCommand as C;
        let known = self.months.get(&month);
        let event = match command {
            C::SetLayers(layers) if known.is_some_and(|it| it.layers == layers) => return Ok(None),
            C::SetLayers(layers) => {
                layers::check(month, &layers, self.team()).map_err(RotaRefusal::FaultyLayers)?;
                DeskEvent::ShiftsSet(ShiftsSet { team, month, layers })
            }
            C::Override(instead) => {
                self.check_override(month, &instead)?;
                DeskEvent::ShiftOverridden(ShiftOverridden { team, month, instead })
            }
            C::SetOverrides(overrides) => {
                overrides.iter().try_for_each(|each| self.check_override(month, each))?;
                if known.is_some_and(|it| it.overrides == overrides) {
                    return Ok(None);
                }
                DeskEvent::OverridesSet(OverridesSet { team, month, overrides })
            }
            C::RecordAbsence(absence) => {
                bounded(absence.from, absence.to)?;
                self.check_person(&absence.adviser)?;
                if known.is_some_and(|it| it.absences.contains(&absence)) {
                    return Ok(None);
                }
                DeskEvent::AbsenceRecorded(AbsenceRecorded { team, month, absence })
            }
            C::EndAbsence(absence, at) => {
                let mut absences = known.iter().flat_map(|it| &it.absences);
                absences.find(|it| it.id == absence).ok_or(RotaRefusal::UnknownAbsence)?;
                DeskEvent::AbsenceEnded(AbsenceEnded { team, month, absence, at })
            }
            C::OfferSwap(swap, now) => {
                self.check_swap(&swap, now)?;
                DeskEvent::SwapOffered(SwapOffered { team, month, swap })
            }
            C::SettleSwap(swap, how, by, now) => {
                self.check_settling(month, swap, how, by.as_ref(), now)?;
                DeskEvent::SwapSettled(SwapSettled { team, month, swap, how })
            }
        };
        Ok(Some(event))
    }

    fn check_override(&self, month: Month, instead: &Override) -> Result<(), RotaRefusal> {
        bounded(instead.from, instead.to)?;
        if instead.from < month.starts_at() || month.ends_at() < instead.to {
            return Err(RotaRefusal::AnotherMonth(month));
        }
        instead.adviser.as_ref().map_or(Ok(()), |who| self.check_person(who))
    }

    /// A rota names whom it likes until its team is formed; then it names the team's people.
    fn check_person(&self, who: &AccountId) -> Result<(), RotaRefusal> {
        let known = self.team().is_none_or(|team| team.has(who));
        if known { Ok(()) } else { Err(RotaRefusal::UnknownPerson(who.clone())) }
    }

    fn check_swap(&self, swap: &Swap, now: Timestamp) -> Result<(), RotaRefusal> {
        self.check_person(&swap.colleague)?;
        if swap.holder == swap.colleague {
            return Err(RotaRefusal::WithThemselves);
        }
        let givers = [&swap.holder, &swap.colleague];
        for (turn, giver) in swap.turns().zip(givers) {
            let (begins, holder) = self.turn(turn)?;
            if begins <= now {
                return Err(RotaRefusal::TurnHasBegun(turn.clone()));
            }
            if self.is_moved(turn, swap.id) {
                return Err(RotaRefusal::SwapsOverlap(turn.clone()));
            }
            if holder != *giver {
                return Err(RotaRefusal::NotTheirTurn(turn.clone()));
            }
        }
        Ok(())
    }

    /// When a turn begins, and whose it is, as planned.
    fn turn(&self, turn: &Turn) -> Result<(Timestamp, AccountId), RotaRefusal> {
        let unknown = || RotaRefusal::UnknownTurn(turn.clone());
        let month = self.months.get(&Month::of(turn.date)).ok_or_else(unknown)?;
        let layer = month.layers.iter().find(|it| it.id == turn.layer).ok_or_else(unknown)?;
        let (begins, _) = layer.hours_on(turn.date).ok_or_else(unknown)?;
        let holder = match layer.slot_on(turn.date).ok_or_else(unknown)? {
            super::Slot::Adviser(adviser) => adviser,
            super::Slot::Skill(skill) => self
                .with_skill(month, layer, turn.date, begins, *skill)
                .ok_or_else(|| RotaRefusal::NotTheirTurn(turn.clone()))?,
        };
        Ok((begins, holder.clone()))
    }

    /// Whether another swap, offered or accepted, moves a turn.
    fn is_moved(&self, turn: &Turn, by_another_than: SwapId) -> bool {
        let swaps = self.months.get(&Month::of(turn.date)).into_iter().flat_map(|it| &it.swaps);
        let stands = |state: SwapState| matches!(state, SwapState::Offered | SwapState::Accepted);
        swaps
            .filter(|(swap, state)| swap.id != by_another_than && stands(*state))
            .any(|(swap, _)| swap.turns().any(|moved| moved == turn))
    }

    fn check_settling(
        &self,
        month: Month,
        id: SwapId,
        how: SwapState,
        by: Option<&AccountId>,
        now: Timestamp,
    ) -> Result<(), RotaRefusal> {
        let mut swaps = self.months.get(&month).into_iter().flat_map(|it| &it.swaps);
        let (swap, state) =
            swaps.find(|(swap, _)| swap.id == id).ok_or(RotaRefusal::UnknownSwap)?;
        let whose = match how {
            SwapState::Withdrawn => &swap.holder,
            SwapState::Accepted | SwapState::Refused | SwapState::Offered => &swap.colleague,
        };
        if by.is_some_and(|by| by != whose) {
            return Err(RotaRefusal::NotTheirSwap);
        }
        if *state != SwapState::Offered || how == SwapState::Offered {
            return Err(RotaRefusal::SwapIsSettled(*state));
        }
        // What was planned may have changed since the offer.
        if how == SwapState::Accepted { self.check_swap(swap, now) } else { Ok(()) }
    }
}

fn bounded(from: Timestamp, to: Timestamp) -> Result<(), RotaRefusal> {
    let lasts = to.duration_since(from);
    let fits = lasts.is_positive() && lasts <= LONGEST;
    if fits { Ok(()) } else { Err(RotaRefusal::Unbounded) }
}
