//! `GET /rotas/{team}/days`: the rota as it comes out, day by day, in whole weeks as on a
//! calendar on the wall: who is on, and the working time in which nobody is.

use super::{OfTeam, month, rota_of};
use crate::app::{App, Permit};
use crate::directory::duty::{PersonItem, person};
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::calendar::{DayKind, london};
use domain::desk::Desk;
use domain::rota::{Day, Month, Rota, Stretch};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A month or a week of a rota.
#[derive(Serialize, ToSchema)]
pub(crate) struct RotaDaysBody {
    #[schema(example = "front-door")]
    team: String,
    /// The month asked about, or that of most of the week.
    #[schema(example = "2026-11")]
    month: String,
    /// The day in London.
    #[schema(value_type = String, format = Date)]
    today: Date,
    /// The month before, or the Monday of the week before,
    #[schema(example = "2026-10")]
    before: String,
    /// and the one after.
    #[schema(example = "2026-12")]
    after: String,
    /// Whole weeks, also where the month begins or ends within one.
    weeks: Vec<WeekItem>,
}

/// A week.
#[derive(Serialize, ToSchema)]
pub(crate) struct WeekItem {
    #[schema(value_type = String, format = Date)]
    monday: Date,
    /// All seven.
    days: Vec<DayItem>,
}

/// A day.
#[derive(Serialize, ToSchema)]
pub(crate) struct DayItem {
    #[schema(value_type = String, format = Date)]
    date: Date,
    #[schema(value_type = String, example = "monday")]
    day: Day,
    /// `working`, `weekend`, `bank_holiday` or `closure`.
    #[schema(value_type = String, example = "working")]
    kind: &'static str,
    /// What the bank holiday or the closure is called.
    title: Option<String>,
    /// Who is on, in order.
    on: Vec<StretchItem>,
    /// Working time in which nobody is.
    nobody: Vec<NobodyItem>,
}

/// The same people are on.
#[derive(Serialize, ToSchema)]
pub(crate) struct StretchItem {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// The first answers for what arrives.
    people: Vec<PersonItem>,
}

/// Nobody is on.
#[derive(Serialize, ToSchema)]
pub(crate) struct NobodyItem {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
}

/// Which days.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DaysQuery {
    /// The month.
    #[param(example = "2026-11")]
    month: Option<String>,
    /// A day of the week, or an instant of it; the present week when neither is given.
    #[param(example = "2026-11-25")]
    week: Option<String>,
}

/// Who is on, day by day, in a week or a month; and when nobody is.
#[utoipa::path(
    get, path = "/rotas/{team}/days", operation_id = "read_rota_days", tag = "rota",
    params(OfTeam, DaysQuery),
    responses((status = 200, body = RotaDaysBody), Unanswered),
)]
pub(crate) async fn days(
    State(app): State<App>,
    _: Permit,
    Place(team): Place,
    mut query: Query,
) -> Result<Json<RotaDaysBody>, Problem> {
    let today = london::wall(app.engine.now()).date();
    let by_month = query.has("month");
    let week = query.instant("week").map(|at| london::wall(at).date());
    if by_month && week.is_some() {
        query.say("week", "one of: month, week");
    }
    let month = month(&app, &mut query);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let asked =
        if by_month { Asked::of_month(month) } else { Asked::of_week(week.unwrap_or(today)) };
    let mondays =
        std::iter::successors(Some(asked.first), |day| Some(day.saturating_add(7.days())));
    let weeks = mondays.take_while(|monday| *monday <= asked.last).map(|monday| WeekItem {
        monday,
        days: (0..7).map(|ahead| day(&desk, rota, monday.saturating_add(ahead.days()))).collect(),
    });
    let (weeks, month) = (weeks.collect(), asked.month.to_string());
    let (before, after) = (asked.before, asked.after);
    Ok(Json(RotaDaysBody { team: team.to_string(), month, today, before, after, weeks }))
}

/// From which day to which, and what stands beside it.
struct Asked {
    /// A Monday.
    first: Date,
    last: Date,
    month: Month,
    before: String,
    after: String,
}

impl Asked {
    fn of_month(month: Month) -> Self {
        let (first, last) = (month.first_day(), month.first_day().last_of_month());
        let beside = |days: i32| {
            let from = if days < 0 { first } else { last };
            Month::of(from.saturating_add(days.days())).to_string()
        };
        Self { first: monday(first), last, month, before: beside(-1), after: beside(1) }
    }

    fn of_week(date: Date) -> Self {
        let first = monday(date);
        let later = |days: i32| first.saturating_add(days.days());
        Self {
            first,
            last: later(6),
            month: Month::of(later(3)),
            before: later(-7).to_string(),
            after: later(7).to_string(),
        }
    }
}

/// The Monday of a date's week.
fn monday(date: Date) -> Date {
    date.saturating_sub(date.weekday().since(Weekday::Monday).days())
}

fn day(desk: &Desk, rota: &Rota, date: Date) -> DayItem {
    let midnight = |date: Date| london::instant(date.to_datetime(<_>::default()));
    let (from, to) = (midnight(date), date.tomorrow().map_or(Timestamp::MAX, midnight));
    let stretch = |Stretch { from, to, people }: Stretch| StretchItem {
        from,
        to,
        people: people.into_iter().map(|on| person(desk, on)).collect(),
    };
    let gaps = rota.gaps(&desk.calendar, from, to).into_iter();
    let (kind, title) = match desk.calendar.day_kind(date) {
        DayKind::Working => ("working", None),
        DayKind::Weekend => ("weekend", None),
        DayKind::BankHoliday => ("bank_holiday", desk.calendar.bank_holidays.get(&date)),
        DayKind::Closure => ("closure", desk.calendar.closures.get(&date)),
    };
    DayItem {
        date,
        day: Day::from(date.weekday()),
        kind,
        title: title.cloned(),
        on: rota.stretches(from, to).into_iter().map(stretch).collect(),
        nobody: gaps.map(|gap| NobodyItem { from: gap.from, to: gap.to }).collect(),
    }
}
