//! The command line.

use crate::commands::{access, audit, retention, rotate_master_key, subject_access};
use crate::commands::{
    backup, demo, doctor, erase, export, import, key, openapi, replay, restore, serve, verify,
};
use crate::logging::Logging;
use crate::storage::Place;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Front Door: the single place where a school asks its council for help with a child who has
/// special educational needs or a disability
#[derive(Debug, Parser)]
#[command(name = "frontdoor", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    logging: Logging,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API
    Serve(Box<serve::Serve>),
    /// Make up a county and a year of its requests, without serving it
    Demo(demo::Demo),
    /// Make the read models anew from the first event on
    Replay(replay::Replay),
    /// Check every record and every checkpoint; exit code 2 when something was altered
    Verify(verify::Verify),
    /// Print the API description
    Openapi(openapi::Openapi),
    /// See whether everything is in order; exit code 1 for a warning, 2 for a failure
    Doctor(doctor::Doctor),
    /// Write out events with their proofs, or the whole tree as files, for other programs
    Export(export::Export),
    /// Ask how things stood, what changed, what a school could see; decide past triages again
    Audit(audit::Audit),
    /// Make a child's personal data unreadable, for good
    Erase(erase::Erase),
    /// Tell who looked at a child, what somebody looked at, and what is unusual
    Access(access::Access),
    /// Tell what has come to the end of its time; nothing is disposed of
    Retention(retention::Retention),
    /// Write everything that is held about a child to files, documents among them
    SubjectAccess(subject_access::SubjectAccess),
    /// Wrap every key by a new master key, while the server is stopped
    RotateMasterKey(rotate_master_key::RotateMasterKey),
    /// Copy the data, and apart from them the keys; the server must be stopped
    Backup(backup::Backup),
    /// Bring back what was backed up, without whoever was erased since
    Restore(restore::Restore),
    /// Import schools, services or bank holidays; --dry-run shows what would change
    Import(import::Import),
    /// Issue and revoke keys of the API
    Key(key::Key),
}

impl Cli {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        self.logging.begin()?;
        let place = &self.place;
        match self.command {
            Command::Serve(it) => it.run(place).await,
            Command::Demo(it) => it.run(place).await,
            Command::Replay(it) => it.run(place).await,
            Command::Verify(it) => it.run(place).await,
            Command::Openapi(it) => it.run(),
            Command::Doctor(it) => it.run(place).await,
            Command::Export(it) => it.run(place).await,
            Command::Audit(it) => it.run(place).await,
            Command::Erase(it) => it.run(place).await,
            Command::Access(it) => it.run(place).await,
            Command::Retention(it) => it.run(place).await,
            Command::SubjectAccess(it) => it.run(place).await,
            Command::RotateMasterKey(it) => it.run(place).await,
            Command::Backup(it) => it.run(place).await,
            Command::Restore(it) => it.run(place).await,
            Command::Import(it) => it.run(place).await,
            Command::Key(it) => it.run(place).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
