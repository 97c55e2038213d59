//! Who decides an item at a moment, and whether they may. Asked by the decision itself and by
//! whoever shows a meeting under way, so that both say the same.

use super::interest::{InterestKind, suggested};
use super::{AtHand, Sitting};
use crate::ids::{AccountId, RequestId};
use crate::panel::{Member, Panel, Shortfall};
use jiff::Timestamp;

/// Who is in the room for one request at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciders<'a> {
    /// Those who decide: appointed, there, and not aside.
    pub deciding: Vec<&'a Member>,
    /// Those who are there and stand aside.
    pub aside: Vec<AccountId>,
}

/// What may be somebody's interest in a request.
pub type Interests = (AccountId, Vec<InterestKind>);

impl Deciders<'_> {
    /// What they lack for a quorum; `None`: nothing.
    #[must_use]
    pub fn shortfall(&self, terms: &Panel) -> Option<Shortfall> {
        terms.quorum.shortfall(self.deciding.iter().map(|member| member.role))
    }
}

impl Sitting {
    /// Who is in the room at a moment, apart from whoever stands aside.
    #[must_use]
    pub fn deciders<'a>(
        &self,
        terms: &'a Panel,
        request: RequestId,
        at: Timestamp,
    ) -> Deciders<'a> {
        let present = self.attendance.in_the_room(at);
        let members = present.into_iter().filter_map(|account| terms.member(account));
        let (aside, deciding): (Vec<_>, Vec<_>) =
            members.partition(|member| self.is_aside(&member.account, request));
        let aside = aside.into_iter().map(|member| member.account.clone()).collect();
        Deciders { deciding, aside }
    }

    /// Which of these members may have an interest in a request of which nobody has said
    /// whether they have.
    #[must_use]
    pub fn unsettled<'a>(
        &self,
        at_hand: &AtHand,
        members: impl IntoIterator<Item = &'a Member>,
    ) -> Vec<Interests> {
        let Some(case) = at_hand.request.case() else { return vec![] };
        let dismissed = self.dismissed.get(&case.id);
        let settled = |member: &AccountId| {
            self.is_aside(member, case.id) || dismissed.is_some_and(|it| it.contains(member))
        };
        let open = members.into_iter().filter(|member| !settled(&member.account));
        let known =
            open.map(|member| (member.account.clone(), suggested(member, case, &at_hand.hands)));
        known.filter(|(_, kinds)| !kinds.is_empty()).collect()
    }
}
