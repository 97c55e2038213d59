//! How much everybody has on their desk: what work is shared out by.

use crate::ids::AccountId;
use std::collections::BTreeMap;

/// Open requests by who is accountable for them. Counted by whoever asks for a decision: a
/// decision about one request does not know the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workload(BTreeMap<AccountId, u32>);

impl Workload {
    /// How many open requests somebody is accountable for.
    #[must_use]
    pub fn of(&self, account: &AccountId) -> u32 {
        self.0.get(account).copied().unwrap_or_default()
    }

    /// Counts one more.
    pub fn add(&mut self, account: AccountId) {
        let open = self.0.entry(account).or_default();
        *open = open.saturating_add(1);
    }
}

impl FromIterator<AccountId> for Workload {
    fn from_iter<T: IntoIterator<Item = AccountId>>(accountable: T) -> Self {
        let mut workload = Self::default();
        accountable.into_iter().for_each(|account| workload.add(account));
        workload
    }
}

impl FromIterator<(AccountId, u32)> for Workload {
    fn from_iter<T: IntoIterator<Item = (AccountId, u32)>>(counted: T) -> Self {
        Self(counted.into_iter().collect())
    }
}
