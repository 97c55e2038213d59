//! `frontdoor import`: takes over what others keep about the county.
//!
//! The files are read, and what would change is planned, where the API does it too
//! ([`web::import`]); here a plan is shown, and carried out.

mod shown;

use crate::county::by_set_up;
use crate::progress::Progress;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::desk::{Desk, DeskCommand};
use domain::ids::{Authority, TeamId};
use domain::rota::Month;
use engine::{Actor, Context, Engine};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use web::import::schools::{Files, SchoolsPlan};
use web::import::{Done, EntriesPlan, calendar, carry_out, rota, schools, services};

/// So many changes are stored before anybody could read how far it has come.
const FEW: usize = 400;

/// What to import.
#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Schools, from a CSV export of Get Information about Schools
    Schools(Schools),
    /// Services, from a JSON file: {"services": [...]}
    Services(List),
    /// A team's shifts, from an iCalendar file; months that the file has are set anew
    Rota(Rota),
    /// Bank holidays, from <https://www.gov.uk/bank-holidays.json>
    Calendar(List),
}

#[derive(Debug, Args)]
struct Schools {
    /// The export
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The export of links between schools, which tells what became an academy
    #[arg(long, value_name = "FILE.csv")]
    links: Option<PathBuf>,
    /// Whose schools; ours unless given
    #[arg(long, value_name = "NUMBER")]
    authority: Option<Authority>,
    /// Import the rest when some lines are faulty, and list those that were left
    #[arg(long)]
    skip_faulty: bool,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, Args)]
struct List {
    /// The file
    #[arg(value_name = "FILE.json")]
    file: PathBuf,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, Args)]
struct Rota {
    /// The calendar
    #[arg(value_name = "FILE.ics")]
    file: PathBuf,
    /// Whose shifts
    #[arg(long, value_name = "TEAM", default_value = "front-door")]
    team: TeamId,
    /// This month only
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<Month>,
    #[command(flatten)]
    how: How,
}

#[derive(Clone, Copy, Debug, Args)]
struct How {
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// A plan, and what came of it.
#[derive(Serialize)]
struct Told<'a, P> {
    dry_run: bool,
    /// In how many appends it was stored; nought: nothing was.
    batches: usize,
    #[serde(flatten)]
    plan: &'a P,
}

impl Import {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Schools(it) => {
                let files = (read(&it.file)?, it.links.as_deref().map(read).transpose()?);
                let engine = open(place).await?;
                let plan = it.plan(&engine, &files.0, files.1.as_deref()).await?;
                let carried_out = plan.faults.is_empty() || it.skip_faulty;
                let done = it.how.carry_out(&engine, plan.pieces()).await?;
                it.how.tell(&plan, done, || shown::schools(&plan))?;
                Ok(exit_code(carried_out))
            }
            What::Services(it) => it.run(place, services::plan).await,
            What::Calendar(it) => it.run(place, calendar::plan).await,
            What::Rota(Rota { file, team, month, how }) => {
                let plan = |bytes: &[u8], desk: &Desk| rota::plan(bytes, &team, month, desk);
                List { file, how }.run(place, plan).await
            }
        }
    }
}

impl Schools {
    async fn plan(
        &self,
        engine: &Engine,
        schools: &[u8],
        links: Option<&[u8]>,
    ) -> anyhow::Result<SchoolsPlan> {
        let desk = engine.desk().await?;
        let authority = self.authority.as_ref().or(desk.authority.as_ref());
        let authority = authority.context("whose schools? Name the authority with --authority")?;
        Ok(schools::plan(Files { schools, links }, authority, self.skip_faulty, &desk))
    }
}

impl List {
    async fn run(
        self,
        place: &Place,
        plan: impl Fn(&[u8], &Desk) -> EntriesPlan,
    ) -> anyhow::Result<ExitCode> {
        let bytes = read(&self.file)?;
        let engine = open(place).await?;
        let desk = engine.desk().await?;
        let plan = plan(&bytes, &desk);
        let pieces = vec![plan.commands.clone()];
        let pieces = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        let done = self.how.carry_out(&engine, pieces).await?;
        self.how.tell(&plan, done, || shown::entries(&plan))?;
        Ok(exit_code(plan.faults.is_empty()))
    }
}

impl How {
    /// Carries a plan out, unless it is only to be shown.
    async fn carry_out(
        self,
        engine: &Engine,
        pieces: Vec<Vec<DeskCommand>>,
    ) -> anyhow::Result<Option<Done>> {
        if self.dry_run {
            return Ok(None);
        }
        let progress = (pieces.len() > FEW).then(|| Progress::of("schools"));
        let reached = |done, total| {
            if let Some(progress) = &progress {
                progress.reach(done, total);
            }
        };
        let context = Context { actor: Actor::front_door("import"), ..by_set_up(engine)? };
        Ok(Some(carry_out(engine, &context, pieces, &reached).await?))
    }

    fn tell<P: Serialize>(
        self,
        plan: &P,
        done: Option<Done>,
        lines: impl FnOnce() -> Vec<String>,
    ) -> anyhow::Result<()> {
        let batches = done.map_or(0, |done| done.batches);
        if self.json {
            return say_json(&Told { dry_run: self.dry_run, batches, plan });
        }
        for line in lines() {
            say(line)?;
        }
        match batches {
            0 if self.dry_run => say("Nothing was changed: this was a dry run."),
            0 => say("Nothing was changed."),
            1 => say("Stored at once."),
            more => say(format_args!("Stored in {more} batches, each of them whole.")),
        }
    }
}

fn exit_code(fine: bool) -> ExitCode {
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// The data directory, which one process has at a time.
async fn open(place: &Place) -> anyhow::Result<Engine> {
    let storage = place.open().context(
        "an import needs the data directory to itself; while the server runs, send schools to it \
         (POST /api/v1/imports/schools), or stop it first",
    )?;
    storage.engine().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{Council, found};
    use crate::fixture;
    use jiff::civil::date;
    use tempfile::TempDir;

    const SPRING: &str = include_str!("import/spring.csv");
    const AUTUMN: &str = include_str!("import/autumn.csv");

    async fn council() -> (Engine, TempDir) {
        let (engine, dir) = fixture::engine();
        let (authority, name) = ("865".parse().unwrap(), "A council".to_owned());
        found(&engine, &Council { authority, name }).await.unwrap();
        (engine, dir)
    }

    fn schools() -> Schools {
        let how = How { dry_run: false, json: false };
        Schools { file: PathBuf::new(), links: None, authority: None, skip_faulty: false, how }
    }

    async fn import(engine: &Engine, file: &str) -> (SchoolsPlan, Option<Done>) {
        let it = schools();
        let plan = it.plan(engine, file.as_bytes(), None).await.unwrap();
        let done = it.how.carry_out(engine, plan.pieces()).await.unwrap();
        (plan, done)
    }

    #[tokio::test]
    async fn a_dry_run_shows_everything_that_would_become_of_the_schools() {
        let (engine, _dir) = council().await;
        import(&engine, SPRING).await;
        let head = engine.head();
        let plan = schools().plan(&engine, AUTUMN.as_bytes(), None).await.unwrap();
        let dry = How { dry_run: true, json: false };
        assert_eq!(dry.carry_out(&engine, plan.pieces()).await.unwrap(), None);
        assert_eq!(engine.head(), head);
        insta::assert_snapshot!(shown::schools(&plan).join("\n"));
    }

    #[tokio::test]
    async fn an_import_is_stored_and_a_second_one_finds_nothing_to_do() {
        let (engine, _dir) = council().await;
        import(&engine, SPRING).await;
        let (_, done) = import(&engine, AUTUMN).await;
        assert_eq!(done.unwrap().batches, 1);
        let desk = engine.desk().await.unwrap();
        let id = desk.urns[&"900001".parse().unwrap()];
        assert_eq!(desk.urns[&"900501".parse().unwrap()], id);
        assert_eq!(desk.open_school(id, date(2026, 10, 1)).unwrap().as_str(), "900501");

        let head = engine.head();
        let (again, done) = import(&engine, AUTUMN).await;
        assert!(again.changes.is_empty());
        assert_eq!((done.unwrap().batches, engine.head()), (0, head));
    }

    #[tokio::test]
    async fn a_county_larger_than_one_append_is_stored_in_several() {
        let (engine, _dir) = council().await;
        let (header, _) = SPRING.split_once('\n').unwrap();
        let row = |n: u32| {
            let urn = 700_000 + n;
            format!("{urn},865,,,School {n},Community school,Open,,,,,Primary,,,,,Downs\n")
        };
        let file = format!("{header}\n{}", (0..1_500).map(row).collect::<String>());
        let (plan, done) = import(&engine, &file).await;
        assert_eq!((plan.counts.added, done.unwrap().batches), (1_500, 4));
        assert_eq!(engine.desk().await.unwrap().schools.len(), 1_500);
        assert_eq!(import(&engine, &file).await.0.counts.unchanged, 1_500);
    }

    #[tokio::test]
    async fn without_an_authority_nobody_knows_whose_schools_they_are() {
        let (engine, _dir) = fixture::engine();
        let refused = schools().plan(&engine, SPRING.as_bytes(), None).await.err().unwrap();
        assert!(refused.to_string().contains("--authority"), "{refused}");
    }
}
