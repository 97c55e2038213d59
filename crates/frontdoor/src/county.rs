//! A council's first day: its name, calendar, services, triage rules and panels.
//!
//! The entries come from the files in `county/`, which hold more than decisions need (a
//! panel's quorum, a service's share of traded work); what the domain does not know yet is
//! read over.

use anyhow::Context as _;
use domain::calendar::{BankHolidays, Calendar, SchoolTerm};
use domain::desk::DeskCommand;
use domain::ids::Authority;
use domain::panel::Panel;
use domain::service::Service;
use domain::triage::RuleSetDraft;
use engine::{Actor, Context, Engine};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The division of the United Kingdom whose bank holidays count.
const DIVISION: &str = "england-and-wales";

/// Which council this is.
#[derive(Clone, Debug)]
pub(crate) struct Council {
    pub(crate) authority: Authority,
    pub(crate) name: String,
}

#[derive(Deserialize)]
struct Services {
    services: Vec<Service>,
}

#[derive(Deserialize)]
struct Panels {
    panels: Vec<Panel>,
}

#[derive(Deserialize)]
struct Terms {
    terms: Vec<SchoolTerm>,
}

/// Sets a council up, at once and once only: one that has its name already is left as it is,
/// whatever has been changed since. Answers whether there was anything to do.
pub(crate) async fn found(engine: &Engine, council: &Council) -> anyhow::Result<bool> {
    let desk = engine.desk().await?;
    if let Some(named) = &desk.authority {
        anyhow::ensure!(
            *named == council.authority,
            "this data directory belongs to authority {named}, not to {}; \
             give the one it belongs to, or another --data-dir",
            council.authority
        );
        return Ok(false);
    }
    let context = by_set_up(engine)?;
    engine.configure(&context, first_day(council)?).await?;
    Ok(true)
}

/// Changes that the front door itself makes.
pub(crate) fn by_set_up(engine: &Engine) -> anyhow::Result<Context> {
    let command = engine.fresh_id()?;
    Ok(Context {
        actor: Actor::front_door("set-up"),
        command,
        fingerprint: engine.fingerprint(command.as_bytes()),
        effective_at: None,
        expected_version: None,
    })
}

fn first_day(council: &Council) -> anyhow::Result<Vec<DeskCommand>> {
    let Services { services } = read("services.json", include_str!("../county/services.json"))?;
    let Panels { panels } = read("panels.json", include_str!("../county/panels.json"))?;
    let rules: RuleSetDraft =
        read("ruleset-triage.json", include_str!("../county/ruleset-triage.json"))?;

    let Terms { terms } = read("terms.json", include_str!("../county/terms.json"))?;
    let calendar = Calendar { terms, ..Calendar::new(1, bank_holidays()?) };

    let mut commands = vec![
        DeskCommand::NameCouncil(council.authority.clone(), council.name.clone()),
        DeskCommand::PublishCalendar(calendar),
    ];
    commands.extend(services.into_iter().map(DeskCommand::ListService));
    commands.extend(panels.into_iter().map(DeskCommand::EstablishPanel));
    commands.push(DeskCommand::ActivateRules(rules));
    Ok(commands)
}

fn bank_holidays() -> anyhow::Result<BankHolidays> {
    let file = "bank-holidays.json";
    let mut divisions: BTreeMap<String, BankHolidays> =
        read(file, include_str!("../county/bank-holidays.json"))?;
    divisions.remove(DIVISION).with_context(|| format!("{file} has no division {DIVISION}"))
}

fn read<T: for<'a> Deserialize<'a>>(file: &str, text: &str) -> anyhow::Result<T> {
    serde_json::from_str(text).with_context(|| format!("the built-in file {file} cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use jiff::civil::date;

    fn council(authority: &str) -> Council {
        Council { authority: authority.parse().unwrap(), name: "A council".to_owned() }
    }

    #[tokio::test]
    async fn a_council_is_set_up_once() {
        let (engine, _dir) = fixture::engine();
        assert!(found(&engine, &council("865")).await.unwrap());
        let head = engine.head();

        assert!(!found(&engine, &council("865")).await.unwrap());
        assert_eq!(engine.head(), head);
    }

    #[tokio::test]
    async fn another_council_does_not_move_in() {
        let (engine, _dir) = fixture::engine();
        found(&engine, &council("865")).await.unwrap();
        let refused = found(&engine, &council("846")).await.unwrap_err();
        assert!(refused.to_string().contains("belongs to authority 865"), "{refused}");
    }

    #[tokio::test]
    async fn the_desk_knows_services_panels_rules_and_bank_holidays() {
        let (engine, _dir) = fixture::engine();
        found(&engine, &council("865")).await.unwrap();
        let desk = engine.desk().await.unwrap();
        assert_eq!((desk.services.len(), desk.panels.len()), (12, 4));
        assert_eq!(desk.rules.version, 1);
        assert!(!desk.calendar.is_working_day(date(2026, 12, 28)));
        assert_eq!(desk.calendar.in_term(date(2026, 10, 28)), Some(false));
        assert_eq!(desk.calendar.terms_end(), Some(date(2029, 7, 24)));
        for rule in desk.rules.services() {
            assert!(desk.services.contains_key(&rule.service), "{}", rule.service);
        }
    }
}
