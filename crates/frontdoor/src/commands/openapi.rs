//! `frontdoor openapi`: prints the API description, or tells whether a file still is it.

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
}

impl Openapi {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let description = web::openapi().to_pretty_json()?;
        let Some(path) = self.check else {
            say(description)?;
            return Ok(ExitCode::SUCCESS);
        };
        let kept =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        anyhow::ensure!(
            kept.trim_end() == description.trim_end(),
            "{0} is not what the API is now; `frontdoor openapi > {0}` writes it anew",
            path.display()
        );
        Ok(ExitCode::SUCCESS)
    }
}
