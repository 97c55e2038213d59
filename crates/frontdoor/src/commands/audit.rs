//! `frontdoor audit`: questions about the past, for an auditor with a copy of the data directory.

mod told;

use crate::progress::Progress;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use anyhow::anyhow;
use clap::{Args, Subcommand};
use domain::ids::{RequestId, Urn};
use engine::{Engine, ReplaysSought};
use jiff::Timestamp;
use serde_json::Value;
use std::process::ExitCode;
use uuid::Uuid;
use web::Problem;
use web::audit::{Auditor, Moment, Named};

/// What is asked.
#[derive(Clone, Debug, Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    question: Question,
    /// As JSON
    #[arg(long, global = true)]
    json: bool,
    /// Show names and words; the reading goes on record, with --who and --why
    #[arg(long, global = true, requires = "who", requires = "why")]
    with_names: bool,
    /// Who reads
    #[arg(long, global = true)]
    who: Option<String>,
    /// Why
    #[arg(long, global = true)]
    why: Option<String>,
}

#[derive(Clone, Debug, Subcommand)]
enum Question {
    /// A request as it stood at a moment, with the checkpoint that proves it
    Request {
        /// The request's id
        request: Uuid,
        #[command(flatten)]
        moment: AsAt,
    },
    /// What changed about a request between two moments
    Difference {
        /// The request's id
        request: Uuid,
        /// The earlier moment: an instant, or a position of the log
        #[arg(long, value_parser = moment)]
        from: Moment,
        /// The later one; now when left out
        #[arg(long, value_parser = moment)]
        to: Option<Moment>,
    },
    /// Decide past triages again, and tell which come out otherwise; exit code 2 when one does
    Replay {
        /// Those of this request alone
        #[arg(long, conflicts_with_all = ["from", "to"])]
        request: Option<Uuid>,
        /// Those recorded at this instant or later
        #[arg(long)]
        from: Option<Timestamp>,
        /// And before this one
        #[arg(long)]
        to: Option<Timestamp>,
        /// By the rules of this version, to compare with
        #[arg(long, conflicts_with = "request")]
        ruleset_version: Option<u32>,
    },
    /// What a school could see of a request at a moment, and why
    SeenBy {
        /// The request's id
        request: Uuid,
        /// The school
        #[arg(long)]
        school_urn: Urn,
        #[command(flatten)]
        moment: AsAt,
    },
}

/// A moment; now when nothing is said.
#[derive(Clone, Copy, Debug, Args)]
struct AsAt {
    /// What had been recorded by this instant, such as 2026-05-04T09:30:00Z
    #[arg(long, conflicts_with = "position")]
    as_at: Option<Timestamp>,
    /// What had been recorded up to this position of the log
    #[arg(long)]
    position: Option<u64>,
}

impl AsAt {
    fn moment(self) -> Moment {
        let position = self.position.map_or(Moment::Now, Moment::Position);
        self.as_at.map_or(position, Moment::Instant)
    }
}

/// An instant, or a position when it is nothing but digits.
fn moment(text: &str) -> Result<Moment, String> {
    let instant = || text.parse().map(Moment::Instant).map_err(|error| format!("{error}"));
    text.parse().map(Moment::Position).or_else(|_| instant())
}

impl Audit {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let engine = place.open()?.engine().await?;
        let named = self.who.clone().zip(self.why.clone()).filter(|_| self.with_names);
        let named = named.map(|(who, why)| Named { who, why });
        let answer = self.question.answer(&engine, named.as_ref()).await;
        let answer = answer.map_err(|problem| anyhow!(problem.detail))?;
        if self.json {
            say_json(&answer)?;
        } else {
            told::tell(&answer).into_iter().try_for_each(say)?;
        }
        let differs = answer["different"].as_u64().is_some_and(|count| count > 0);
        Ok(if differs || answer["same"] == false { ExitCode::from(2) } else { ExitCode::SUCCESS })
    }
}

impl Question {
    async fn answer(&self, engine: &Engine, named: Option<&Named>) -> Result<Value, Problem> {
        let auditor = Auditor { engine, named };
        match self {
            Self::Request { request, moment } => {
                auditor.request(RequestId(*request), moment.moment()).await
            }
            Self::Difference { request, from, to } => {
                let to = to.unwrap_or(Moment::Now);
                auditor.difference(RequestId(*request), (*from, to)).await
            }
            Self::Replay { request: Some(request), .. } => {
                auditor.replay(RequestId(*request)).await
            }
            Self::Replay { request: None, from, to, ruleset_version } => {
                let progress = Progress::of("events");
                let (from, to, ruleset_version) = (*from, *to, *ruleset_version);
                let sought =
                    ReplaysSought { from, to, ruleset_version, ..ReplaysSought::default() };
                auditor.replays(sought, |done, total| progress.reach(done, total)).await
            }
            Self::SeenBy { request, school_urn, moment } => {
                auditor.seen_by(RequestId(*request), school_urn, moment.moment()).await
            }
        }
    }
}
