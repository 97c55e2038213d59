//! `frontdoor key rotate`: one key gives way to another.

use super::{Issued, by_command_line, end_of_life, fresh_key, fresh_key_id, keys_of};
use anyhow::Context as _;
use clap::Args;
use domain::account::{AccountCommand, Key};
use domain::desk::DeskCommand;
use domain::ids::AccountId;
use engine::Engine;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

#[derive(Debug, Args)]
pub(super) struct Rotate {
    /// Whose
    #[arg(long, value_name = "ID")]
    pub(super) account: AccountId,
    /// Which, as `frontdoor key list` names it
    #[arg(long, value_name = "UUID")]
    pub(super) key: Uuid,
    /// For how many hours the old key stays good; 0 for one that leaked
    #[arg(long, default_value_t = 24)]
    pub(super) overlap_hours: u16,
    /// The instant at which the new key ends; after 90 days unless given
    #[arg(long, value_name = "INSTANT")]
    pub(super) until: Option<Timestamp>,
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Rotate {
    pub(super) async fn rotate(&self, engine: &Engine) -> anyhow::Result<Issued> {
        let keys = keys_of(engine, &self.account).await?;
        let old = keys.into_iter().find(|key| key.id.0 == self.key);
        let old = old.context("the account has no such key; see `frontdoor key list`")?;
        let (secret, now) = (fresh_key()?, engine.now());
        let overlap = SignedDuration::from_hours(i64::from(self.overlap_hours));
        let key = Key {
            id: fresh_key_id(engine)?,
            issued_at: now,
            expires_at: end_of_life(now, self.until)?,
            ..old.clone()
        };
        let of = key.clone();
        let command = AccountCommand::RotateKey {
            old: old.id,
            old_until: now.checked_add(overlap)?,
            key,
            hash: web::identity::hash_of(&secret),
        };
        let commands = vec![DeskCommand::Account(command)];
        engine.configure(&by_command_line(engine)?, commands).await?;
        Ok(Issued { key: secret, of })
    }
}
