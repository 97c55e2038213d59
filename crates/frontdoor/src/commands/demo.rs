//! `frontdoor demo`: makes up a county and a year of its requests.

use crate::county::Council;
use crate::demo::{Founded, Plan, found};
use crate::progress::Progress;
use crate::published;
use crate::storage::{Place, Storage};
use crate::terminal::say;
use clap::Args;
use domain::ids::{AccountId, Authority};
use engine::{Clock as _, Engine, SystemClock};
use jiff::Timestamp;
use std::process::ExitCode;
use std::sync::Arc;

/// The name of the made-up council.
const COUNCIL: &str = "Downsway County Council";

/// How much to make up.
#[derive(Clone, Debug, Args)]
pub(crate) struct Demo {
    /// How many requests the year brought
    #[arg(long = "demo-requests", env = "FRONTDOOR_DEMO_REQUESTS", default_value_t = 1_200)]
    pub(crate) requests: usize,
    /// The same seed gives the same year
    #[arg(long = "demo-seed", env = "FRONTDOOR_DEMO_SEED", default_value_t = 865)]
    pub(crate) seed: u64,
    /// The council's number
    #[arg(long, env = "FRONTDOOR_AUTHORITY", default_value = "865")]
    pub(crate) authority: Authority,
}

impl Demo {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let storage = place.open_or_create()?;
        let made = self.found(&storage, SystemClock.now()).await?;
        let engine = storage.engine().await?;
        must_be_made_up(&engine).await?;
        if made.is_none() {
            say(format_args!("There is a county in {} already.", place.data_dir.display()))?;
        }
        published::sign(&engine, &place.published()).await?;
        Ok(ExitCode::SUCCESS)
    }

    /// Makes the county up, as it is at `now`, unless something is in the log already.
    pub(crate) async fn found(
        &self,
        storage: &Storage,
        now: Timestamp,
    ) -> anyhow::Result<Option<Founded>> {
        if storage.log.head().get() > 0 {
            return Ok(None);
        }
        let plan = Plan {
            requests: self.requests,
            seed: self.seed,
            now,
            council: Council { authority: self.authority.clone(), name: COUNCIL.to_owned() },
        };
        let progress = Progress::of("requests of a made-up year");
        let total = u64::try_from(plan.requests).unwrap_or(u64::MAX);
        let reached = |done| progress.reach(u64::try_from(done).unwrap_or(u64::MAX), total);
        let founded =
            found(Arc::clone(&storage.log), storage.vault.clone(), &plan, reached).await?;
        drop(progress);
        let Founded { schools, requests, events } = &founded;
        say(format_args!(
            "Made up a county: {schools} schools, {requests} requests, {events} events."
        ))?;
        Ok(Some(founded))
    }
}

/// Whether this is a made-up county, whose records anybody may see.
pub(crate) async fn is_made_up(engine: &Engine) -> anyhow::Result<bool> {
    let adviser: AccountId = "demo-adviser".parse()?;
    Ok(engine.desk().await?.accounts.contains_key(&adviser))
}

/// Demo keys open everything to everybody: never a council's records.
pub(crate) async fn must_be_made_up(engine: &Engine) -> anyhow::Result<()> {
    anyhow::ensure!(
        is_made_up(engine).await?,
        "this data directory holds a council's own records, which demo keys must not open; \
         give an empty --data-dir for the demonstration"
    );
    Ok(())
}
