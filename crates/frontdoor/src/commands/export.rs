//! `frontdoor export`: events for other programs, each with a proof, or the whole tree as files.

use crate::progress::Progress;
use crate::published;
use crate::storage::Place;
use crate::terminal::say;
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use engine::{Engine, Export as Exporting, ExportFormat};
use log::{Log, Tile};
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to export, and where to.
#[derive(Clone, Debug, Args)]
pub(crate) struct Export {
    /// How each line is written
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Events after this position
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    after: u64,
    /// Events up to this position
    #[arg(long, value_name = "POSITION")]
    until: Option<u64>,
    /// Events of this stream only, such as request-018f…
    #[arg(long)]
    stream: Option<String>,
    /// A file to write to instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Instead of events: the whole tree as files of C2SP tlog-tiles, into this directory
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "stream", "after", "until"])]
    tiles: Option<PathBuf>,
}

/// How a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The event with its bytes in base 64, its index and its proof
    Jsonl,
    /// `CloudEvents` 1.0 in JSON
    Cloudevents,
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Jsonl => Self::Lines,
            Format::Cloudevents => Self::CloudEvents,
        }
    }
}

impl Export {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let engine = place.open()?.engine().await?;
        let note = published::sign(&engine, &place.published()).await?;
        match &self.tiles {
            Some(dir) => write_tiles(&**engine.log(), &note, dir).await?,
            None => self.write_events(engine).await?,
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn write_events(&self, engine: Engine) -> anyhow::Result<()> {
        let mut to: Box<dyn Write> = match &self.out {
            Some(file) => Box::new(BufWriter::new(
                File::create(file).with_context(|| format!("cannot write {}", file.display()))?,
            )),
            None => Box::new(BufWriter::new(std::io::stdout().lock())),
        };
        let (format, stream) = (self.format.into(), self.stream.clone());
        let mut export = Exporting::begin(engine, format, self.after, self.until, stream).await?;
        let progress = Progress::of("events exported");
        while let Some(page) = export.next_page().await? {
            match to.write_all(page.as_bytes()) {
                // Whoever was reading has seen enough, as `head` has.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
                written => written.context("cannot write the export")?,
            }
            let (reached, until) = export.reached();
            progress.reach(reached.saturating_sub(self.after), until.saturating_sub(self.after));
        }
        match to.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed.context("cannot write the export"),
        }
    }
}

/// Every tile that the checkpoint's tree has, and the checkpoint last: whoever finds it finds
/// the tiles too.
async fn write_tiles(log: &dyn Log, note: &str, dir: &Path) -> anyhow::Result<()> {
    let size = log::size_of(note.as_bytes()).context("the checkpoint says no size")?;
    let total = u64::try_from(Tile::all(size).count()).unwrap_or(u64::MAX);
    let progress = Progress::of("tiles written");
    for (done, tile) in (1..).zip(Tile::all(size)) {
        let bytes = tile.read(log).await?.context("the log is shorter than its checkpoint")?;
        write(&dir.join("tile").join(tile.to_string()), &bytes)?;
        progress.reach(done, total);
    }
    drop(progress);
    write(&dir.join("checkpoint"), note.as_bytes())?;
    say(format_args!("{total} tiles of {size} records in {}.", dir.display()))
}

fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let parent = file.parent().map_or(Ok(()), fs::create_dir_all);
    parent
        .and_then(|()| fs::write(file, bytes))
        .with_context(|| format!("cannot write {}", file.display()))
}
