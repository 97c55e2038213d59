//! Who is who in minutes: accounts, with their names where names may be shown.

use super::record::Record;
use domain::ids::AccountId;
use domain::panel::{Member, MemberRole};
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Person {
    /// The account.
    #[schema(example = "mira-shah")]
    pub(crate) account: String,
    /// Null where names are not shown.
    pub(crate) name: Option<String>,
    /// What they sit on the panel as; null for somebody who is not a member.
    #[schema(value_type = Option<String>, example = "education_adviser")]
    pub(crate) role: Option<MemberRole>,
    /// The service or school that they come from.
    pub(crate) agency: Option<String>,
}

impl Person {
    /// The name, or what stands for it.
    pub(crate) fn called(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.account.clone())
    }
}

impl Record {
    /// Somebody of the panel, as the terms appointed them when the meeting was called; else as
    /// they are appointed now.
    pub(super) fn person(&self, account: &AccountId) -> Person {
        let now = self.desk.panels.get(&self.sitting.panel);
        let member = self.terms.member(account).or_else(|| now?.member(account));
        Person {
            account: account.to_string(),
            name: self.name(account),
            role: member.map(|member| member.role),
            agency: member.and_then(|member| self.agency(member)),
        }
    }

    /// Several of the panel, in the order in which they sit.
    pub(super) fn people<'a>(
        &self,
        accounts: impl IntoIterator<Item = &'a AccountId>,
    ) -> Vec<Person> {
        let mut accounts: Vec<_> = accounts.into_iter().collect();
        accounts.sort_by_key(|account| self.seat(account));
        accounts.into_iter().map(|account| self.person(account)).collect()
    }

    fn name(&self, account: &AccountId) -> Option<String> {
        let known = self.keys.account(account, &self.desk).map(|known| known.name);
        self.named.then(|| known.unwrap_or_else(|| account.to_string()))
    }

    fn agency(&self, member: &Member) -> Option<String> {
        let service = member.service.as_ref().map(|slug| self.service(slug));
        let school = || Some(self.desk.schools.get(&member.school?)?.name.clone());
        service.or_else(school)
    }
}
