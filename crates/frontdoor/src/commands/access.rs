//! `frontdoor access`: who looked at a child, what somebody looked at, and what is unusual.

use crate::records::{app, asked};
use crate::storage::Place;
use crate::terminal::{say, say_json};
use clap::{ArgGroup, Args};
use jiff::Timestamp;
use std::process::ExitCode;
use uuid::Uuid;
use web::records::{AccessReport, accesses, unusual_reading};

/// Which accesses.
#[derive(Clone, Debug, Args)]
#[command(group(ArgGroup::new("whose").required(true).multiple(true).args(["child", "actor", "unusual"])))]
pub(crate) struct Access {
    /// To this child's data, under any of its pseudonyms
    #[arg(long, value_name = "ID", conflicts_with = "unusual")]
    child: Option<Uuid>,
    /// By this account
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "unusual")]
    actor: Option<String>,
    /// Reading that a person ought to look at, each finding with its reason
    #[arg(long)]
    unusual: bool,
    /// From this instant on; with --unusual the last seven days when left out
    #[arg(long)]
    from: Option<Timestamp>,
    /// Before this instant
    #[arg(long)]
    to: Option<Timestamp>,
    /// At most so many, the newest first
    #[arg(long, default_value_t = 1_000)]
    limit: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Access {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let app = app(place).await?;
        let Self { child, actor, unusual, from, to, limit, json } = self;
        if unusual {
            let found = asked(unusual_reading(&app, from, to).await)?;
            if json {
                say_json(&found)?;
            } else {
                let findings = found["findings"].as_array().map_or(&[][..], Vec::as_slice);
                for finding in findings {
                    say(format_args!("{}  {}", text(&finding["on"]), text(&finding["says"])))?;
                }
                say(format_args!(
                    "{} findings in {} accesses.",
                    findings.len(),
                    found["looked_through"]
                ))?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        let report = AccessReport { child, actor, from, to, limit };
        let found = asked(accesses(&app, report).await)?;
        if json {
            say_json(&found)?;
        } else {
            for it in &found {
                let [at, who, role] = ["at", "who", "role"].map(|field| text(&it[field]));
                let [what, why] = ["operation", "why"].map(|field| text(&it[field]));
                say(format_args!("{}  {at}  {who} ({role})  {what}: {why}", it["entry"]))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}
