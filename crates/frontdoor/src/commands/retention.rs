//! `frontdoor retention`: what has come to the end of its time. Nothing is disposed of by it.

use crate::records::{app, asked};
use crate::storage::Place;
use crate::terminal::{say, say_json};
use clap::Args;
use jiff::civil::Date;
use std::process::ExitCode;
use web::records::retention_due;

/// By when.
#[derive(Clone, Debug, Args)]
pub(crate) struct Retention {
    /// What falls due until this day, inclusive; today when left out
    #[arg(long, value_name = "DATE")]
    by: Option<Date>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Retention {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let app = app(place).await?;
        let due = asked(retention_due(&app, self.by).await)?;
        if self.json {
            say_json(&due)?;
            return Ok(ExitCode::SUCCESS);
        }
        let items = due["items"].as_array().map_or(&[][..], Vec::as_slice);
        for item in items {
            let [child, why] =
                ["child", "why"].map(|field| item[field].as_str().unwrap_or_default());
            let held = if item["held"] == true { "; held, so it is kept" } else { "" };
            say(format_args!("{child}  {why}{held}"))?;
        }
        let undecided = due["undecided"].as_array().map_or(0, Vec::len);
        say(format_args!("{} due, {undecided} for a person to decide.", items.len()))?;
        Ok(ExitCode::SUCCESS)
    }
}
