//! `frontdoor key`: lets people and systems in, and keeps them out again.

mod issue;
mod list;
mod rotate;
#[cfg(test)]
mod tests;

use crate::county::by_set_up;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use clap::{Args, Subcommand};
use domain::account::{AccountCommand, Key as KnownKey, KeyScope};
use domain::desk::DeskCommand;
use domain::ids::{AccountId, KeyId};
use engine::{Actor, Context, Engine};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::process::ExitCode;
use uuid::Uuid;
use web::access::Operation;

/// How long a key lives unless it is said: ninety days.
const USUAL_LIFE: SignedDuration = SignedDuration::from_hours(24 * 90);

/// What to do with keys.
#[derive(Debug, Args)]
pub(crate) struct Key {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Open an account, unless there is one, and issue a key for it; the key is shown once
    Issue(issue::Issue),
    /// Show which keys there are, never the keys themselves
    List(list::List),
    /// Issue a key in the place of another, which stays good for a while
    Rotate(rotate::Rotate),
    /// Revoke a key of an account, or all of them
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Revoke {
    /// Whose
    #[arg(long, value_name = "ID")]
    account: AccountId,
    /// Which; every key of the account, unless given
    #[arg(long, value_name = "UUID")]
    key: Option<Uuid>,
}

/// A key as it is shown, once.
#[derive(Serialize)]
struct Issued {
    key: String,
    #[serde(flatten)]
    of: KnownKey,
}

impl Issued {
    fn show(&self, as_json: bool) -> anyhow::Result<()> {
        if as_json {
            return say_json(self);
        }
        let Self { key, of: KnownKey { id, account, expires_at, .. } } = self;
        say(key)?;
        eprintln!("The key {id} of {account}, good until {expires_at}; shown this once.");
        Ok(())
    }
}

impl Key {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let engine = place.open()?.engine().await?;
        match self.action {
            Action::Issue(it) => it.issue(&engine).await?.show(it.json)?,
            Action::List(it) => it.show(&engine).await?,
            Action::Rotate(it) => it.rotate(&engine).await?.show(it.json)?,
            Action::Revoke(it) => {
                let (account, count) = (it.account.clone(), it.revoke(&engine).await?);
                say(format_args!("Keys of {account} revoked: {count}."))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Revoke {
    /// Answers how many keys there were.
    async fn revoke(self, engine: &Engine) -> anyhow::Result<usize> {
        let keys = keys_of(engine, &self.account).await?;
        let named = |key: &&KnownKey| self.key.is_none_or(|named| key.id.0 == named);
        let account = || self.account.clone();
        let revoke = |key: &KnownKey| AccountCommand::RevokeKey { account: account(), key: key.id };
        let commands: Vec<_> =
            keys.iter().filter(named).map(revoke).map(DeskCommand::Account).collect();
        anyhow::ensure!(
            self.key.is_none() || !commands.is_empty(),
            "the account “{}” has no such key; see `frontdoor key list`",
            self.account
        );
        let count = commands.len();
        engine.configure(&by_command_line(engine)?, commands).await?;
        Ok(count)
    }
}

/// The keys of an account that nobody took back.
async fn keys_of(engine: &Engine, account: &AccountId) -> anyhow::Result<Vec<KnownKey>> {
    let desk = engine.desk().await?;
    anyhow::ensure!(desk.accounts.contains_key(account), "there is no account “{account}”");
    Ok(desk.keys.values().filter(|key| key.account == *account).cloned().collect())
}

fn by_command_line(engine: &Engine) -> anyhow::Result<Context> {
    Ok(Context { actor: Actor::front_door("command-line"), ..by_set_up(engine)? })
}

/// 256 random bits, after letters by which a leaked one is recognised.
fn fresh_key() -> anyhow::Result<String> {
    Ok(format!("fd_{}", engine::fresh_secret()?))
}

fn fresh_key_id(engine: &Engine) -> anyhow::Result<KeyId> {
    Ok(KeyId(engine.fresh_id()?))
}

/// The end of a key's life: the instant that was given, or the usual one.
fn end_of_life(now: Timestamp, until: Option<Timestamp>) -> anyhow::Result<Timestamp> {
    until.map_or_else(|| Ok(now.checked_add(USUAL_LIFE)?), Ok)
}

/// `everything`, `reading`, or names of operations with commas between them.
fn scope(text: &str) -> Result<KeyScope, String> {
    match text {
        "everything" => return Ok(KeyScope::Everything),
        "reading" => return Ok(KeyScope::Reading),
        _ => {}
    }
    let known = |name: &&str| Operation::ALL.iter().any(|operation| operation.name() == *name);
    let names: Vec<&str> = text.split(',').map(str::trim).collect();
    match names.iter().find(|name| !known(name)) {
        Some(unknown) => Err(format!("the API has no operation “{unknown}”; /docs names them")),
        None => Ok(KeyScope::Operations(names.into_iter().map(str::to_owned).collect())),
    }
}
