//! The front-door team's rota: weekly shifts by the month, cover for absences, and the gaps
//! that a real rota has.

use super::closures::working_day_from;
use super::people::ADVISERS;
use domain::calendar::{Calendar, london};
use domain::desk::DeskCommand;
use domain::ids::{AccountId, TeamId};
use domain::rota::{Day, Month, Override, Shift};
use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// A month is published so long before its first day: three months are always known.
const PUBLISHED_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 125);
/// Absences are known so long before.
const COVER_KNOWN_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 4);
const MONTHS_BACK: i32 = 13;
const MONTHS_AHEAD: i32 = 3;
/// Mornings on which nobody is on, in days from now: two that schools met, one to be mended.
const GAPS_DAYS: [i32; 3] = [-152, -41, 11];
/// Afternoons that somebody else covers, in days from now.
const COVER_DAYS: [i32; 8] = [-330, -287, -243, -199, -120, -76, -20, 5];

const OPENS: Time = time(9, 0, 0, 0);
const NOON: Time = time(13, 0, 0, 0);
const CLOSES: Time = time(17, 0, 0, 0);

/// The first day of the rota, which is that of the county.
pub(super) fn first_day(now: Timestamp) -> Date {
    month_from(london::wall(now).date(), -MONTHS_BACK)
}

/// Everything that was ever said about the rota, with the instant at which it was said: not
/// before `opened`, not after `now`.
pub(super) fn sayings(
    opened: Timestamp,
    now: Timestamp,
    calendar: &Calendar,
) -> anyhow::Result<Vec<(Timestamp, DeskCommand)>> {
    let advisers =
        ADVISERS.iter().map(|(id, ..)| id.parse()).collect::<Result<Vec<AccountId>, _>>()?;
    let today = london::wall(now).date();
    let said_before = |start: Timestamp, by: SignedDuration| {
        start.saturating_sub(by).unwrap_or(opened).clamp(opened, now)
    };
    let mut sayings = Vec::new();
    for ahead in -MONTHS_BACK..=MONTHS_AHEAD {
        let first = month_from(today, ahead);
        let at = said_before(london::instant(first.to_datetime(OPENS)), PUBLISHED_BEFORE);
        let shifts = shifts(&advisers, ahead);
        let set = DeskCommand::SetShifts(TeamId::front_door(), Month::of(first), shifts);
        sayings.push((at, set));
    }
    let cover = COVER_DAYS.iter().zip(advisers.iter().cycle().cloned().map(Some));
    let cover = cover.map(|(days, adviser)| (*days, NOON, CLOSES, adviser));
    let gaps = GAPS_DAYS.iter().map(|days| (*days, OPENS, NOON, None));
    for (days, from, to, adviser) in cover.chain(gaps) {
        let day = working_day_from(today.saturating_add(days.days()), calendar);
        let [from, to] = [from, to].map(|time| london::instant(day.to_datetime(time)));
        let at = said_before(from, COVER_KNOWN_BEFORE);
        let instead = Override { from, to, adviser };
        let month = Month::of(day);
        sayings.push((at, DeskCommand::OverrideShift(TeamId::front_door(), month, instead)));
    }
    Ok(sayings)
}

/// Two shifts a day. Everybody moves on by one from month to month, so that nobody has all
/// the Mondays.
fn shifts(advisers: &[AccountId], month: i32) -> Vec<Shift> {
    let halves = Day::ALL.iter().take(5).flat_map(|day| [(day, OPENS, NOON), (day, NOON, CLOSES)]);
    let turn = usize::try_from(month.rem_euclid(6)).unwrap_or_default();
    halves
        .zip(advisers.iter().cycle().skip(turn))
        .map(|((day, from, to), adviser)| Shift { day: *day, from, to, adviser: adviser.clone() })
        .collect()
}

fn month_from(today: Date, ahead: i32) -> Date {
    today.first_of_month().saturating_add(ahead.months())
}
