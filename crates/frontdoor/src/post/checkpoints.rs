//! Checkpoints for others to keep: a checkpoint that lies beside its log proves nothing about a
//! log that was cut back together with it.

use super::open_internet::OpenInternet;
use super::webhook::{Ring, ring};
use super::{PATIENCE, seconds};
use crate::published;
use anyhow::Context as _;
use clap::Args;
use engine::{Engine, webhook_key};
use log::Witnesses;
use reqwest::Client;
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// Where checkpoints go, and whose word about them is taken.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct PublishOptions {
    /// A directory elsewhere that every signed checkpoint is written to, one file for each size,
    /// and `latest`
    #[arg(long, env = "FRONTDOOR_PUBLISH_CHECKPOINTS_TO", value_name = "DIR")]
    publish_checkpoints_to: Option<PathBuf>,
    /// A webhook that every signed checkpoint is sent to
    #[arg(long, env = "FRONTDOOR_PUBLISH_CHECKPOINTS_URL", value_name = "URL")]
    publish_checkpoints_url: Option<String>,
    /// The secret that the webhook is signed with, `whsec_…` (Standard Webhooks)
    #[arg(
        long,
        env = "FRONTDOOR_PUBLISH_CHECKPOINTS_SECRET",
        hide_env_values = true,
        requires = "publish_checkpoints_url"
    )]
    publish_checkpoints_secret: Option<String>,
    /// A witness whose cosignatures are kept with checkpoints: a C2SP key of type 4
    #[arg(long, env = "FRONTDOOR_WITNESS_KEYS", value_name = "KEY", value_delimiter = ',')]
    witness_key: Vec<String>,
}

/// What takes checkpoints out of the house.
pub(crate) struct Publisher {
    dir: Option<PathBuf>,
    hook: Option<Hook>,
}

struct Hook {
    http: Client,
    open_internet: OpenInternet,
    url: String,
    key: Option<Vec<u8>>,
}

impl PublishOptions {
    /// Those whose word is taken.
    pub(crate) fn witnesses(&self) -> anyhow::Result<Witnesses> {
        Ok(Witnesses::new(&self.witness_key)?)
    }

    /// The publisher as configured, if it can be so.
    pub(crate) fn open(&self, or_loopback: bool) -> anyhow::Result<Publisher> {
        let dir = self.publish_checkpoints_to.clone();
        if let Some(dir) = &dir {
            fs::create_dir_all(dir).with_context(|| {
                format!("--publish-checkpoints-to: cannot make {}", dir.display())
            })?;
        }
        let hook = self.publish_checkpoints_url.as_ref().map(|url| self.hook(url, or_loopback));
        Ok(Publisher { dir, hook: hook.transpose()? })
    }

    fn hook(&self, url: &str, or_loopback: bool) -> anyhow::Result<Hook> {
        url::Url::parse(url).context("--publish-checkpoints-url is no address")?;
        let key = self.publish_checkpoints_secret.as_ref().map(|secret| {
            webhook_key(secret).context("--publish-checkpoints-secret is not of the form whsec_…")
        });
        let open_internet = OpenInternet { or_loopback };
        let http = Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(open_internet))
            .build()
            .context("no client for checkpoints")?;
        Ok(Hook { http, open_internet, url: url.to_owned(), key: key.transpose()? })
    }
}

impl Publisher {
    /// Hands a checkpoint to everybody who is to keep it. One who cannot take it now does not
    /// keep the others from it.
    pub(crate) async fn publish(&self, engine: &Engine, note: &str) -> anyhow::Result<()> {
        let written = self.write(note);
        let told = self.tell(engine, note).await;
        written.and(told)
    }

    fn write(&self, note: &str) -> anyhow::Result<()> {
        let Some(dir) = &self.dir else { return Ok(()) };
        let size = log::size_of(note.as_bytes()).unwrap_or_default();
        for name in [size.to_string(), "latest".to_owned()] {
            let file = dir.join(name);
            published::write(&file, note)
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }

    async fn tell(&self, engine: &Engine, note: &str) -> anyhow::Result<()> {
        let Some(hook) = &self.hook else { return Ok(()) };
        let (now, mut lines) = (engine.now(), note.lines());
        let (origin, size, root) = (lines.next(), lines.next(), lines.next());
        let body = json!({
            "type": "checkpoint.signed",
            "timestamp": now.to_string(),
            "data": {"origin": origin, "size": size.and_then(|it| it.parse::<u64>().ok()),
                "root": root, "note": note, "public_key": engine.public_key()},
        });
        let id = format!("checkpoint-{}", size.unwrap_or_default());
        let (key, at, body) = (hook.key.as_deref(), seconds(now), body.to_string());
        let call = Ring { url: &hook.url, key, id: &id, at, body };
        let rung = ring(&hook.http, hook.open_internet, call).await;
        rung.map_err(|why| anyhow::anyhow!("the webhook did not take the checkpoint: {why}"))
    }
}
