//! The checks, in the order in which one depends on another.

use super::Verdict::{Fail, Ok as Fine, Warn};
use super::{Finding, letters};
use crate::post::PostOptions;
use crate::storage::Place;
use domain::calendar::{Calendar, london};
use domain::ids::TeamId;
use domain::rota::Rota;
use engine::Engine;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use views::Views;

/// How far ahead the rota should be whole.
const ROTA_DAYS: usize = 28;
/// The rota is looked at so often.
const EVERY: SignedDuration = SignedDuration::from_mins(30);
/// Below this there is no room for a bad week.
const LEAST_FREE_MEBIBYTES: u64 = 1_024;

/// Everything there is to check. What cannot be reached because of a failure is left out.
pub(super) async fn all(place: &Place, post: &PostOptions) -> Vec<Finding> {
    let mut findings = vec![private(&place.data_dir), space(&place.data_dir)];
    let engine = match opened(place).await {
        Ok(engine) => engine,
        Err(error) => {
            findings.push(Finding::new("storage", Fail, format!("{error:#}")));
            return findings;
        }
    };
    findings.push(Finding::new("storage", Fine, "the log opens, and the master key fits the keys"));
    findings.push(master_key(place));
    findings.push(writable(&engine));
    findings.push(views(place, &engine).await);
    findings.push(letters::dead(&place.views(), &engine).await);
    match engine.desk().await {
        Ok(desk) => {
            let now = engine.now();
            findings.push(calendar(&desk.calendar, london::wall(now).date()));
            let rota = desk.rotas.get(&TeamId::front_door()).cloned().unwrap_or_default();
            findings.push(rota_gaps(&rota, &desk.calendar, now));
            findings.push(letters::channels(&desk, post));
        }
        Err(error) => findings.push(Finding::new("directory", Fail, whole(error))),
    }
    findings
}

async fn opened(place: &Place) -> anyhow::Result<Engine> {
    place.open()?.engine().await
}

/// An error with everything that led to it.
pub(super) fn whole(error: impl Into<anyhow::Error>) -> String {
    format!("{:#}", error.into())
}

/// Nobody else on the machine should be able to look in.
fn private(dir: &Path) -> Finding {
    #[cfg(unix)]
    let open_to_others = std::fs::metadata(dir)
        .map(|it| std::os::unix::fs::PermissionsExt::mode(&it.permissions()) & 0o077 != 0);
    #[cfg(not(unix))]
    let open_to_others = std::fs::metadata(dir).map(|_| false);
    let shown = dir.display();
    match open_to_others {
        Ok(false) => Finding::new("data directory", Fine, format!("{shown} is private")),
        Ok(true) => {
            let says = format!("others may look into {shown}: chmod 700 {shown}");
            Finding::new("data directory", Warn, says)
        }
        Err(error) => Finding::new("data directory", Fail, format!("{shown}: {error}")),
    }
}

/// Asks `df`, which POSIX gives every machine; the standard library does not know.
fn space(dir: &Path) -> Finding {
    let free = Command::new("df")
        .arg("-Pk")
        .arg(dir)
        .output()
        .ok()
        .and_then(|said| free_mebibytes(&String::from_utf8_lossy(&said.stdout)));
    match free {
        Some(free) if free < LEAST_FREE_MEBIBYTES => {
            let says = format!("{free} MiB are free; below {LEAST_FREE_MEBIBYTES} make room soon");
            Finding::new("disk", Warn, says)
        }
        Some(free) => Finding::new("disk", Fine, format!("{free} MiB are free")),
        None => Finding::new("disk", Warn, "cannot tell how much is free; ask `df`"),
    }
}

/// The fourth column of the second line, which is in kibibytes.
fn free_mebibytes(df: &str) -> Option<u64> {
    let kibibytes: u64 = df.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kibibytes / 1_024)
}

fn master_key(place: &Place) -> Finding {
    if place.master_key_is_beside_data() {
        let says = "it lies beside the data it locks; keep it elsewhere and name it with \
                    --master-key-file";
        return Finding::new("master key", Warn, says);
    }
    Finding::new("master key", Fine, "it is kept apart from the data")
}

fn writable(engine: &Engine) -> Finding {
    match engine.log_health().and_then(|()| engine.vault_health()) {
        Ok(()) => Finding::new("log", Fine, format!("{} records, writable", engine.head())),
        Err(why) => Finding::new("log", Fail, why),
    }
}

/// Opening the read models mends them; how much there was to do says how they were.
async fn views(place: &Place, engine: &Engine) -> Finding {
    let folded = AtomicU64::new(0);
    let reached = |_: views::Progress| {
        folded.fetch_add(1, Ordering::Relaxed);
    };
    match Views::open(&place.views(), engine.clone(), &reached).await {
        Ok(views) => {
            let position = views.position();
            views.close().await;
            let behind = folded.into_inner() > 0;
            let was = if behind {
                "were behind or of another version, and follow again"
            } else {
                "follow"
            };
            Finding::new("read models", Fine, format!("they {was}, up to position {position}"))
        }
        Err(error) => Finding::new("read models", Fail, whole(error)),
    }
}

/// Bank holidays are known a year ahead, so that no promise counts one as a working day.
fn calendar(calendar: &Calendar, today: Date) -> Finding {
    let in_a_year = today.saturating_add(1.year());
    let last = calendar.bank_holidays.last_key_value().map(|(date, _)| *date);
    match last {
        Some(last) if last.year() >= in_a_year.year() => {
            Finding::new("calendar", Fine, format!("bank holidays are known up to {last}"))
        }
        Some(last) => {
            let says = format!("no bank holiday is known after {last}; publish those that follow");
            Finding::new("calendar", Warn, says)
        }
        None => Finding::new("calendar", Warn, "no bank holidays are known; publish them"),
    }
}

/// Working time of the next weeks in which nobody is on duty.
fn rota_gaps(rota: &Rota, calendar: &Calendar, now: Timestamp) -> Finding {
    let today = london::wall(now).date();
    let days = std::iter::successors(Some(today), |day| day.tomorrow().ok()).take(ROTA_DAYS);
    let mut gaps: Vec<Timestamp> = Vec::new();
    for day in days.filter(|day| calendar.is_working_day(*day)) {
        let mut was_on = true;
        let opens = london::instant(day.to_datetime(calendar.opens));
        let instants = std::iter::successors(Some(opens), |at| at.saturating_add(EVERY).ok());
        for at in instants.take_while(|at| calendar.is_open(*at)) {
            let is_on = rota.on_duty(at).is_some();
            if was_on && !is_on {
                gaps.push(at);
            }
            was_on = is_on;
        }
    }
    let Some(first) = gaps.first().map(|at| london::wall(*at)) else {
        return Finding::new("rota", Fine, "somebody is on duty throughout the next four weeks");
    };
    let (day, time) = (first.date(), first.time().strftime("%H:%M").to_string());
    let says = format!(
        "gaps in the next four weeks: {}, the first from {time} on {day}; fill the shifts",
        gaps.len()
    );
    Finding::new("rota", Warn, says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::{BankHoliday, BankHolidays};
    use domain::rota::{Day, Layer, Month, RotaChange, Shift};
    use jiff::civil::{date, time};

    fn calendar_up_to(last: Date) -> Calendar {
        let day = BankHoliday {
            title: "A holiday".to_owned(),
            date: last,
            notes: String::new(),
            bunting: false,
        };
        Calendar::new(1, BankHolidays { division: String::new(), events: vec![day] })
    }

    #[test]
    fn a_calendar_that_ends_within_a_year_is_warned_about() {
        let today = date(2026, 11, 23);
        assert_eq!(calendar(&calendar_up_to(date(2027, 12, 28)), today).verdict, Fine);
        assert_eq!(calendar(&calendar_up_to(date(2026, 12, 28)), today).verdict, Warn);
    }

    #[test]
    fn a_gap_in_the_rota_is_found_with_its_hour() {
        let now = "2026-11-23T08:00:00Z".parse().unwrap();
        let mut rota = Rota::default();
        let shift = |day: &Day, until| Shift {
            day: *day,
            from: time(9, 0, 0, 0),
            to: time(until, 0, 0, 0),
            adviser: "amara".parse().unwrap(),
        };
        let week = |friday| {
            let days = Day::ALL.iter().take(5);
            days.map(|day| shift(day, if *day == Day::Friday { friday } else { 17 })).collect()
        };
        for month in ["2026-11", "2026-12"] {
            let month: Month = month.parse().unwrap();
            rota.apply(month, 1, RotaChange::Layers(Layer::weekly(month, week(17))));
        }
        let calendar = calendar_up_to(date(2026, 12, 25));
        assert_eq!(rota_gaps(&rota, &calendar, now).verdict, Fine);

        let month: Month = "2026-11".parse().unwrap();
        rota.apply(month, 2, RotaChange::Layers(Layer::weekly(month, week(12))));
        let says = rota_gaps(&rota, &calendar, now).says;
        assert!(says.contains("weeks: 1, the first from 12:00 on 2026-11-27"), "{says}");
    }

    #[test]
    fn free_space_is_read_from_df() {
        let said = "Filesystem 1024-blocks Used Available Capacity Mounted on\n\
                    /dev/vda 264055804 14058604 81485824 15% /\n";
        assert_eq!(free_mebibytes(said), Some(79_576));
        assert_eq!(free_mebibytes("df: no such file"), None);
    }
}
