//! `frontdoor openapi`: prints the API description, or the page of who may do what, or tells
//! whether a file still is it.

use crate::terminal::say;
use anyhow::Context as _;
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to do with the description.
#[derive(Clone, Debug, Args)]
pub(crate) struct Openapi {
    /// Compare with this file instead of printing
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Not the description, but the page of who may do what (docs/access.md)
    #[arg(long)]
    access: bool,
}

impl Openapi {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let description =
            if self.access { web::access::page() } else { web::openapi().to_pretty_json()? };
        let Some(path) = self.check else {
            say(description.trim_end())?;
            return Ok(ExitCode::SUCCESS);
        };
        let kept =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        anyhow::ensure!(
            kept.trim_end() == description.trim_end(),
            "{0} is not what the API is now; `frontdoor openapi{1} > {0}` writes it anew",
            path.display(),
            if self.access { " --access" } else { "" },
        );
        Ok(ExitCode::SUCCESS)
    }
}
