//! What the program says about itself while it runs: to standard error, never anything
//! personal.

use clap::{Args, ValueEnum};
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// How to log.
#[derive(Clone, Debug, Args)]
pub(crate) struct Logging {
    /// For people, or for machines
    #[arg(long, env = "FRONTDOOR_LOG_FORMAT", default_value = "human", global = true)]
    log_format: Format,
    /// What is logged: error, warn, info, debug or trace, or a filter as in `RUST_LOG`
    #[arg(long, env = "RUST_LOG", default_value = "info", global = true)]
    log_level: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Human,
    Json,
}

impl Logging {
    /// From here on, for the whole process.
    pub(crate) fn begin(&self) -> anyhow::Result<()> {
        let filter = EnvFilter::try_new(&self.log_level)?;
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        match self.log_format {
            Format::Human => log.with_ansi(std::io::stderr().is_terminal()).init(),
            Format::Json => log.json().init(),
        }
        std::panic::set_hook(Box::new(report));
        Ok(())
    }
}

/// A bug of ours: where it is, and what it says as long as the compiler wrote every word of it.
/// Text that was put together at the time may quote a child's file, so it is left out.
fn report(panic: &std::panic::PanicHookInfo<'_>) {
    let says = panic.payload().downcast_ref::<&'static str>().copied();
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, says = says.unwrap_or("not told here"), "a bug: it panicked");
}
