//! `frontdoor key list`: which keys there are.

use crate::terminal::{say, say_json};
use clap::Args;
use domain::account::{Key, KeyScope};
use domain::ids::AccountId;
use engine::Engine;

#[derive(Debug, Args)]
pub(super) struct List {
    /// Those of this account
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) async fn show(&self, engine: &Engine) -> anyhow::Result<()> {
        let desk = engine.desk().await?;
        let of = |key: &&Key| self.account.as_ref().is_none_or(|account| key.account == *account);
        let mut keys: Vec<&Key> = desk.keys.values().filter(of).collect();
        keys.sort_by_key(|key| (&key.account, key.issued_at));
        if self.json {
            return say_json(&keys);
        }
        for Key { id, account, label, scope, expires_at, .. } in keys {
            let scope = match scope {
                KeyScope::Everything => "everything".to_owned(),
                KeyScope::Reading => "reading".to_owned(),
                KeyScope::Operations(names) => format!("{} operations", names.len()),
            };
            say(format_args!("{id}  {account}  {scope}  until {expires_at}  {label}"))?;
        }
        Ok(())
    }
}
