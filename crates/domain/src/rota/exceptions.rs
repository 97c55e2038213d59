//! What stands before the weekly plan: somebody on instead, somebody away, turns swapped.

use super::Month;
use super::layer::Turn;
use crate::codes::codes;
use crate::ids::{AbsenceId, AccountId, SwapId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who is on instead of everybody else, for a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// From,
    pub from: Timestamp,
    /// up to, and not including.
    pub to: Timestamp,
    /// Who is on; `None`: nobody.
    pub adviser: Option<AccountId>,
}

impl Override {
    /// The same, in the months that it touches: each month holds its own part, and so its
    /// version says all there is to say about its days.
    pub fn by_month(&self) -> impl Iterator<Item = (Month, Self)> {
        Month::touched(self.from, self.to).map(|month| {
            let (from, to) = (self.from.max(month.starts_at()), self.to.min(month.ends_at()));
            (month, Self { from, to, adviser: self.adviser.clone() })
        })
    }

    pub(super) fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// Somebody is away. Every month that it touches knows the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its name.
    pub id: AbsenceId,
    /// Who.
    pub adviser: AccountId,
    /// From,
    pub from: Timestamp,
    /// up to, and not including.
    pub to: Timestamp,
}

impl Absence {
    /// Whether somebody is away at an instant.
    #[must_use]
    pub fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

codes! {
    /// What became of a swap.
    SwapState {
        Offered = "offered", "it is offered";
        Accepted = "accepted", "the colleague takes the turn";
        Refused = "refused", "the colleague does not";
        Withdrawn = "withdrawn", "it was taken back";
    }
}

/// A turn offered to a colleague. It names the turn and not its hours, and so follows a shift
/// that moves. Every month that it touches knows the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// Its name.
    pub id: SwapId,
    /// Which turn.
    pub turn: Turn,
    /// Whose turn it is.
    pub holder: AccountId,
    /// Who is asked to take it.
    pub colleague: AccountId,
    /// The colleague's turn that the holder would take in return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_return: Option<Turn>,
}

impl Swap {
    /// The turns that it moves.
    pub fn turns(&self) -> impl Iterator<Item = &Turn> {
        std::iter::once(&self.turn).chain(&self.in_return)
    }

    /// The months of its turns.
    #[must_use]
    pub fn months(&self) -> Vec<Month> {
        let mut months: Vec<Month> = self.turns().map(|turn| Month::of(turn.date)).collect();
        months.dedup();
        months
    }

    /// Who has a turn after the swap, if it was this person's before.
    pub(super) fn instead_of(&self, turn: &Turn, holder: &AccountId) -> Option<&AccountId> {
        if self.turn == *turn && self.holder == *holder {
            Some(&self.colleague)
        } else if self.in_return.as_ref() == Some(turn) && self.colleague == *holder {
            Some(&self.holder)
        } else {
            None
        }
    }
}
