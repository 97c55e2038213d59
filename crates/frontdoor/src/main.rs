//! Front Door, the binary: configuration, wiring, subcommands.

#![expect(clippy::print_stderr, reason = "whoever started it learns so why it failed")]

mod archive;
mod cli;
mod commands;
mod county;
mod demo;
mod draft_expiry;
#[cfg(test)]
mod fixture;
mod logging;
mod master_key;
mod post;
mod progress;
mod published;
mod rates;
mod records;
mod signing;
mod storage;
mod terminal;

use clap::Parser as _;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::Cli::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("frontdoor: {error:#}");
            ExitCode::FAILURE
        }
    }
}
