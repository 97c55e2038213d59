//! Who sits on the made-up county's panels, from `county/demo/panels.json`: people whom nobody
//! bears a name of, at the county's own schools and services.

use super::people::{PANEL_MANAGER, staff};
use anyhow::Context as _;
use domain::account::{Account, Role};
use domain::desk::{Desk, DeskCommand};
use domain::ids::{AccountId, PanelId, ServiceSlug, Urn};
use domain::panel::{DecidesBy, Member, MemberRole, Panel, Standing};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sittings {
    people: Vec<Person>,
    panels: BTreeMap<PanelId, Sitting>,
}

/// Somebody who sits on panels, always as the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    account: AccountId,
    name: String,
    role: MemberRole,
    school: Option<Urn>,
    service: Option<ServiceSlug>,
}

/// Who sits on one panel, and what its terms say otherwise than the council's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sitting {
    chair: AccountId,
    vice_chair: AccountId,
    members: Vec<AccountId>,
    decides_by: Option<DecidesBy>,
    standing: Option<Standing>,
}

impl Sittings {
    fn read() -> anyhow::Result<Self> {
        serde_json::from_str(include_str!("../../county/demo/panels.json"))
            .context("the built-in file demo/panels.json cannot be read")
    }

    fn member(&self, account: &AccountId, desk: &Desk) -> anyhow::Result<Member> {
        let person = self.people.iter().find(|person| person.account == *account);
        let person = person.with_context(|| format!("nobody is called {account}"))?;
        let school = match &person.school {
            Some(urn) => Some(desk.urns.get(urn).copied().context("no school has this URN")?),
            None => None,
        };
        let (account, service) = (account.clone(), person.service.clone());
        Ok(Member { account, role: person.role, school, service })
    }
}

/// The accounts of everybody who sits on a panel.
pub(super) fn accounts() -> anyhow::Result<Vec<Account>> {
    let people = Sittings::read()?.people.into_iter();
    people.map(|it| staff(it.account.as_str(), &it.name, Role::Panel)).collect()
}

/// The panels that the council has, with everybody appointed to them.
pub(super) fn appointments(desk: &Desk) -> anyhow::Result<Vec<DeskCommand>> {
    let sittings = Sittings::read()?;
    let appoint = |(id, sitting): (&PanelId, &Sitting)| {
        let terms = desk.panels.get(id).with_context(|| format!("there is no panel {id}"))?;
        let members = sitting.members.iter().map(|account| sittings.member(account, desk));
        anyhow::Ok(DeskCommand::EstablishPanel(Panel {
            chair: Some(sitting.chair.clone()),
            vice_chair: Some(sitting.vice_chair.clone()),
            members: members.collect::<anyhow::Result<_>>()?,
            decides_by: sitting.decides_by.unwrap_or(terms.decides_by),
            standing: sitting.standing.unwrap_or(terms.standing),
            ratified_by: Some(PANEL_MANAGER.0.parse()?),
            ..terms.clone()
        }))
    };
    sittings.panels.iter().map(appoint).collect()
}
