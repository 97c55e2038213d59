//! How far long work has come: a bar for people, a line now and then for files.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many lines a piece of work writes where nobody watches a bar.
const LINES: u64 = 10;

/// One piece of work. What is left of it on the terminal goes when it does.
pub(crate) struct Progress {
    what: &'static str,
    bar: Option<ProgressBar>,
    /// The last tenth that was told of.
    told: AtomicU64,
}

impl Progress {
    /// Work on so many things, called `what` in the plural.
    pub(crate) fn of(what: &'static str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            let style = ProgressStyle::with_template("{bar:40} {pos} of {len} {msg} ({eta} left)");
            bar.set_message(what);
            match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        Self { what, bar, told: AtomicU64::new(0) }
    }

    /// So many are done.
    pub(crate) fn reach(&self, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
            return;
        }
        let tenth = done * LINES / total.max(1);
        if self.told.fetch_max(tenth, Ordering::Relaxed) < tenth {
            eprintln!("{done} of {total} {}", self.what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
