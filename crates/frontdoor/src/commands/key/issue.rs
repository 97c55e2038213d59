//! `frontdoor key issue`: an account, unless there is one, and a key for it.

use super::{Issued, by_command_line, end_of_life, fresh_key, fresh_key_id, scope};
use anyhow::Context as _;
use clap::Args;
use domain::account::{Account, AccountCommand, Key, KeyScope, Role};
use domain::desk::{Desk, DeskCommand};
use domain::ids::{AccountId, ServiceSlug, Urn};
use engine::Engine;
use jiff::Timestamp;

#[derive(Debug, Args)]
pub(super) struct Issue {
    /// What the holder is: school, adviser, coordinator, service, panel, commissioner,
    /// auditor, dpo or admin
    #[arg(long)]
    pub(super) role: Role,
    /// The school a school's key is for
    #[arg(long, value_name = "URN", required_if_eq("role", "school"))]
    pub(super) school: Option<Urn>,
    /// The service a service's key is for
    #[arg(long, value_name = "SLUG", required_if_eq("role", "service"))]
    pub(super) service: Option<ServiceSlug>,
    /// How the holder is called
    #[arg(long)]
    pub(super) name: String,
    /// The account; made from the name unless given
    #[arg(long, value_name = "ID")]
    pub(super) account: Option<AccountId>,
    /// What the key is for
    #[arg(long, default_value = "Issued on the command line")]
    pub(super) label: String,
    /// How much of what the role may do it may do: everything, reading, or names of operations
    /// with commas between them
    #[arg(long, default_value = "everything", value_parser = scope)]
    pub(super) scope: KeyScope,
    /// The instant at which the key ends, such as 2027-09-01T00:00:00Z, within 366 days; after 90
    /// days unless given
    #[arg(long, value_name = "INSTANT")]
    pub(super) until: Option<Timestamp>,
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Issue {
    pub(super) async fn issue(&self, engine: &Engine) -> anyhow::Result<Issued> {
        let desk = engine.desk().await?;
        let account = self.account(&desk)?;
        let (secret, now) = (fresh_key()?, engine.now());
        let key = Key {
            id: fresh_key_id(engine)?,
            account: account.id.clone(),
            label: self.label.clone(),
            scope: self.scope.clone(),
            issued_at: now,
            expires_at: end_of_life(now, self.until)?,
        };
        let (of, hash) = (key.clone(), web::identity::hash_of(&secret));
        let mut commands = vec![DeskCommand::Account(AccountCommand::IssueKey { key, hash })];
        if !desk.accounts.contains_key(&account.id) {
            commands.insert(0, DeskCommand::OpenAccount(account));
        }
        engine.configure(&by_command_line(engine)?, commands).await?;
        Ok(Issued { key: secret, of })
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
        let account = Account {
            id: self.id()?,
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

    fn id(&self) -> anyhow::Result<AccountId> {
        let name = &self.name;
        let after = || {
            AccountId::after(name)
                .with_context(|| format!("no account can be named after “{name}”; give --account"))
        };
        self.account.clone().map_or_else(after, Ok)
    }
}

fn no_school(urn: &Urn) -> String {
    format!("no school of the directory has the URN {urn}")
}
