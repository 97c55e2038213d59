//! `frontdoor doctor`: looks at everything that has to be in order, and says what to do
//! about what is not.

mod checks;
mod letters;

use crate::post::PostOptions;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use clap::Args;
use serde::Serialize;
use std::process::ExitCode;

/// How to tell about it.
#[derive(Clone, Debug, Args)]
pub(crate) struct Doctor {
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    post: PostOptions,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Ok,
    Warn,
    Fail,
}

/// What was looked at, and what was seen.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Finding {
    check: &'static str,
    verdict: Verdict,
    says: String,
}

impl Finding {
    fn new(check: &'static str, verdict: Verdict, says: impl Into<String>) -> Self {
        Self { check, verdict, says: says.into() }
    }
}

impl Doctor {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let findings = checks::all(place, &self.post).await;
        if self.json {
            say_json(&findings)?;
        } else {
            for Finding { check, verdict, says } in &findings {
                let verdict = match verdict {
                    Verdict::Ok => "ok  ",
                    Verdict::Warn => "WARN",
                    Verdict::Fail => "FAIL",
                };
                say(format_args!("{verdict}  {check}: {says}"))?;
            }
        }
        Ok(exit_code(&findings))
    }
}

fn exit_code(findings: &[Finding]) -> ExitCode {
    match findings.iter().map(|finding| finding.verdict).max() {
        None | Some(Verdict::Ok) => ExitCode::SUCCESS,
        Some(Verdict::Warn) => ExitCode::from(1),
        Some(Verdict::Fail) => ExitCode::from(2),
    }
}
