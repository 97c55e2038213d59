//! `frontdoor key`: lets people and systems in, and keeps them out again.

use crate::county::by_set_up;
use crate::signing::hex;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::account::{Account, KeyHash, Role};
use domain::desk::{Desk, DeskCommand};
use domain::ids::{AccountId, ServiceSlug, Urn};
use engine::{Actor, Context, Engine};
use jiff::Timestamp;
use serde::Serialize;
use std::process::ExitCode;

/// The longest name of an account.
const LONGEST_ID: usize = 60;

/// What to do with keys.
#[derive(Debug, Args)]
pub(crate) struct Key {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Open an account, unless there is one, and issue a key for it; the key is shown once
    Issue(Issue),
    /// Revoke every key of an account
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Issue {
    /// What the holder is: school, adviser, coordinator, service, panel, commissioner,
    /// auditor, dpo or admin
    #[arg(long)]
    role: Role,
    /// The school a school's key is for
    #[arg(long, value_name = "URN", required_if_eq("role", "school"))]
    school: Option<Urn>,
    /// The service a service's key is for
    #[arg(long, value_name = "SLUG", required_if_eq("role", "service"))]
    service: Option<ServiceSlug>,
    /// How the holder is called
    #[arg(long)]
    name: String,
    /// The account; made from the name unless given
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
    /// The instant at which the key ends, such as 2027-09-01T00:00:00Z
    #[arg(long, value_name = "INSTANT")]
    until: Option<Timestamp>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Revoke {
    /// Whose
    #[arg(long, value_name = "ID")]
    account: AccountId,
}

/// A key as it is shown, once.
#[derive(Serialize)]
struct Issued {
    account: AccountId,
    role: Role,
    key: String,
    expires_at: Option<Timestamp>,
}

impl Key {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let engine = place.open()?.engine();
        match self.action {
            Action::Issue(issue) => {
                let issued = issue.issue(&engine).await?;
                if issue.json {
                    say_json(&issued)?;
                } else {
                    let Issued { account, role, key, .. } = issued;
                    say(key)?;
                    eprintln!("The key of {account} ({role}), shown this once and kept nowhere.");
                }
            }
            Action::Revoke(Revoke { account }) => {
                let count = revoke(&engine, &account).await?;
                say(format_args!("Keys of {account} revoked: {count}."))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Issue {
    async fn issue(&self, engine: &Engine) -> anyhow::Result<Issued> {
        let desk = engine.desk().await?;
        let account = self.account(&desk)?;
        let key = fresh_key()?;
        let hash = web::identity::hash_of(&key);
        let (id, role, expires_at) = (account.id.clone(), account.role, self.until);
        let mut commands = vec![DeskCommand::IssueKey(id.clone(), hash, expires_at)];
        if !desk.accounts.contains_key(&id) {
            commands.insert(0, DeskCommand::OpenAccount(account));
        }
        engine.configure(&by_command_line(engine)?, commands).await?;
        Ok(Issued { account: id, role, key, expires_at })
    }

    /// The account that the key is for; one that there is must be of the same sort.
    fn account(&self, desk: &Desk) -> anyhow::Result<Account> {
        let school = self.school.as_ref().map(|urn| {
            let (id, _) = desk.school_by_urn(urn).with_context(|| no_school(urn))?;
            anyhow::Ok(id)
        });
        if let Some(slug) = &self.service {
            let known = desk.services.contains_key(slug);
            anyhow::ensure!(known, "the directory has no service “{slug}”");
        }
        let id = match &self.account {
            Some(id) => id.clone(),
            None => id_of(&self.name)?,
        };
        let account = Account {
            id,
            name: self.name.clone(),
            role: self.role,
            school: school.transpose()?,
            service: self.service.clone(),
        };
        match desk.accounts.get(&account.id) {
            Some(there) if (there.role, there.school) != (account.role, account.school) => {
                let id = &account.id;
                anyhow::bail!("the account {id} is another's; choose one with --account")
            }
            Some(_) | None => Ok(account),
        }
    }
}

/// Answers how many keys there were.
async fn revoke(engine: &Engine, account: &AccountId) -> anyhow::Result<usize> {
    let desk = engine.desk().await?;
    anyhow::ensure!(desk.accounts.contains_key(account), "there is no account “{account}”");
    let held = |(hash, (holder, _)): (&KeyHash, &(AccountId, _))| {
        (holder == account).then(|| DeskCommand::RevokeKey(hash.clone()))
    };
    let commands: Vec<_> = desk.keys.iter().filter_map(held).collect();
    let count = commands.len();
    engine.configure(&by_command_line(engine)?, commands).await?;
    Ok(count)
}

fn by_command_line(engine: &Engine) -> anyhow::Result<Context> {
    Ok(Context { actor: Actor::front_door("command-line"), ..by_set_up(engine)? })
}

/// 256 random bits, after letters by which a leaked one is recognised.
fn fresh_key() -> anyhow::Result<String> {
    let mut bits = [0; 32];
    vault::entropy::fill(&mut bits)?;
    Ok(format!("fd_{}", hex(&bits)))
}

/// A name as the name of an account: “Asha Rao” is `asha-rao`.
fn id_of(name: &str) -> anyhow::Result<AccountId> {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let id: String = words.join("-").chars().take(LONGEST_ID).collect();
    id.parse().with_context(|| format!("no account can be named after “{name}”; give --account"))
}

fn no_school(urn: &Urn) -> String {
    format!("no school of the directory has the URN {urn}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{Council, found};
    use crate::fixture;
    use tempfile::TempDir;

    fn issue(role: Role, name: &str) -> Issue {
        let name = name.to_owned();
        Issue { role, school: None, service: None, name, account: None, until: None, json: true }
    }

    async fn council() -> (Engine, TempDir) {
        let (engine, dir) = fixture::engine();
        let (authority, name) = ("865".parse().unwrap(), "A council".to_owned());
        found(&engine, &Council { authority, name }).await.unwrap();
        (engine, dir)
    }

    #[tokio::test]
    async fn an_issued_key_is_kept_as_a_hash_until_it_is_revoked() {
        let (engine, _dir) = council().await;
        let Issued { account, key, .. } =
            issue(Role::Adviser, "Asha Rao").issue(&engine).await.unwrap();
        let desk = engine.desk().await.unwrap();
        assert_eq!(desk.accounts[&account].role, Role::Adviser);
        assert_eq!(desk.keys[&web::identity::hash_of(&key)].0, account);

        assert_eq!(revoke(&engine, &account).await.unwrap(), 1);
        assert!(engine.desk().await.unwrap().keys.is_empty());
    }

    #[tokio::test]
    async fn a_second_key_does_not_change_who_the_account_is() {
        let (engine, _dir) = council().await;
        for _ in 0..2 {
            issue(Role::Adviser, "Asha Rao").issue(&engine).await.unwrap();
        }
        assert_eq!(engine.desk().await.unwrap().keys.len(), 2);

        let refused = issue(Role::Admin, "Asha Rao").issue(&engine).await.err().unwrap();
        assert!(refused.to_string().contains("another's"), "{refused}");
    }

    #[tokio::test]
    async fn a_key_for_a_school_or_service_that_is_unknown_is_not_issued() {
        let (engine, _dir) = council().await;
        let school = Issue { school: "900001".parse().ok(), ..issue(Role::School, "A") };
        let service = Issue { service: "magic".parse().ok(), ..issue(Role::Service, "B") };
        for (unknown, named) in [(school, "900001"), (service, "magic")] {
            let refused = unknown.issue(&engine).await.err().unwrap().to_string();
            assert!(refused.contains(named), "{refused}");
        }
    }

    #[test]
    fn names_become_accounts() {
        assert_eq!(id_of(" Zoë O'Neill (Admin)").unwrap().as_str(), "zo-o-neill-admin");
        assert!(id_of("—").is_err());
    }
}
