//! `GET|PUT /calendar`: when the council works, which is what every promise is counted in, and
//! when schools are open.

use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::entry::{Entry, entry};
use crate::form::{Faults, Form, date, list, text, via};
use crate::openapi::{Refused, Unanswered, Write};
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::extract::State;
use domain::calendar::{Calendar, MOST_DAYS, MOST_TERMS, MOST_TITLE_CHARS, SchoolTerm};
use domain::desk::DeskCommand;
use jiff::civil::{Date, Time};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Working hours, Monday to Friday on the clocks of London, less bank holidays and closures.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarShown {
    /// Counts up with each publication.
    version: u32,
    #[schema(example = "09:00")]
    opens: String,
    #[schema(example = "17:00")]
    closes: String,
    bank_holidays: Vec<BankHolidayBody>,
    closures: Vec<ClosureBody>,
    /// When schools are open, each half of a term by itself. They change no working time.
    terms: Vec<TermBody>,
}

/// The whole calendar: what is left out is not closed any more.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct CalendarBody {
    #[schema(example = "09:00")]
    opens: String,
    #[schema(example = "17:00")]
    closes: String,
    #[schema(max_items = 365)]
    bank_holidays: Option<Vec<BankHolidayBody>>,
    #[schema(max_items = 365)]
    closures: Option<Vec<ClosureBody>>,
    #[schema(max_items = 90)]
    terms: Option<Vec<TermBody>>,
}

/// A day on which the whole of England and Wales is closed.
#[derive(Serialize, ToSchema)]
pub(crate) struct BankHolidayBody {
    #[schema(value_type = String, format = Date, example = "2026-12-25")]
    date: Date,
    #[schema(max_length = 100, example = "Christmas Day")]
    title: String,
}

/// A day on which the authority is closed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosureBody {
    #[schema(value_type = String, format = Date, example = "2026-12-29")]
    date: Date,
    #[schema(max_length = 100, example = "Closed between the years")]
    reason: String,
}

/// One half of a school term.
#[derive(Serialize, ToSchema)]
pub(crate) struct TermBody {
    #[schema(max_length = 100, example = "Autumn 2026, first half")]
    name: String,
    /// The first school day.
    #[schema(value_type = String, format = Date, example = "2026-09-01")]
    from: Date,
    /// The last school day.
    #[schema(value_type = String, format = Date, example = "2026-10-23")]
    to: Date,
}

impl CalendarShown {
    fn of(calendar: &Calendar) -> Self {
        let wall = |time: Time| time.strftime("%H:%M").to_string();
        let holiday =
            |(date, title): (&Date, &String)| BankHolidayBody { date: *date, title: title.clone() };
        let closure =
            |(date, reason): (&Date, &String)| ClosureBody { date: *date, reason: reason.clone() };
        let term =
            |term: &SchoolTerm| TermBody { name: term.name.clone(), from: term.from, to: term.to };
        Self {
            version: calendar.version,
            opens: wall(calendar.opens),
            closes: wall(calendar.closes),
            bank_holidays: calendar.bank_holidays.iter().map(holiday).collect(),
            closures: calendar.closures.iter().map(closure).collect(),
            terms: calendar.terms.iter().map(term).collect(),
        }
    }
}

/// The calendar in force.
#[utoipa::path(
    get, path = "/calendar", operation_id = "read_calendar", tag = "directory",
    responses((status = 200, body = CalendarShown), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    _: Permit,
    query: Query,
) -> Result<Entry<CalendarShown>, Problem> {
    query.done()?;
    let desk = app.engine.desk().await?;
    Ok(entry(desk.calendar.version, CalendarShown::of(&desk.calendar)))
}

/// Publish another calendar. Promises that are open and that it affects are recalculated: the
/// working time that is left stays the same, and what was counted stays as it was.
#[utoipa::path(
    put, path = "/calendar", operation_id = "publish_calendar", tag = "directory",
    params(Write),
    request_body(content = CalendarBody, content_type = "application/json"),
    responses((status = 200, body = CalendarShown), Refused),
)]
pub(crate) async fn publish(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<CalendarShown>, Problem> {
    let mut faults = Faults::default();
    let calendar = calendar(&incoming.body, &mut faults);
    for fault in calendar.iter().flat_map(Calendar::faults) {
        faults.say(&format!("/{}", fault.field), fault.says);
    }
    let command = DeskCommand::PublishCalendar(faults.or(calendar)?);
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    let desk = app.engine.desk().await?;
    Ok(Written::now(done, None, CalendarShown::of(&desk.calendar)))
}

/// Its version is that of its stream, which the engine knows.
fn calendar(body: &Value, faults: &mut Faults) -> Option<Calendar> {
    let mut form = Form::of(body, "", faults)?;
    let opens = form.required("opens", faults, time);
    let closes = form.required("closes", faults, time);
    let holidays = form.optional("bank_holidays", faults, list(MOST_DAYS, day("title")));
    let closures = form.optional("closures", faults, list(MOST_DAYS, day("reason")));
    let mut terms = form.list("terms", MOST_TERMS, faults, term);
    form.done(faults);
    terms.sort_by_key(|term| term.from);
    let bank_holidays = by_date("/bank_holidays", holidays.unwrap_or_default(), faults);
    let closures = by_date("/closures", closures.unwrap_or_default(), faults);
    Some(Calendar { version: 0, opens: opens?, closes: closes?, bank_holidays, closures, terms })
}

fn day(what: &'static str) -> impl Fn(&Value, &str, &mut Faults) -> Option<(String, Date, String)> {
    move |value, at, faults| {
        let mut form = Form::of(value, at, faults)?;
        let date = form.required("date", faults, date);
        let says = form.required(what, faults, text(MOST_TITLE_CHARS));
        form.done(faults);
        Some((format!("{at}/date"), date?, says?))
    }
}

fn term(value: &Value, at: &str, faults: &mut Faults) -> Option<SchoolTerm> {
    let mut form = Form::of(value, at, faults)?;
    let name = form.required("name", faults, text(MOST_TITLE_CHARS));
    let from = form.required("from", faults, date);
    let to = form.required("to", faults, date);
    form.done(faults);
    Some(SchoolTerm { name: name?, from: from?, to: to? })
}

fn by_date(
    list: &str,
    days: Vec<(String, Date, String)>,
    faults: &mut Faults,
) -> BTreeMap<Date, String> {
    let mut by_date = BTreeMap::new();
    for (at, date, says) in days {
        if by_date.insert(date, says).is_some() {
            faults.say(&at, format!("{date} is twice in {list}"));
        }
    }
    by_date
}

/// A time on the clock, `HH:MM`.
fn time(value: &Value, at: &str, faults: &mut Faults) -> Option<Time> {
    via(value, at, faults, |text| {
        let time = Time::strptime("%H:%M", text).ok().filter(|_| text.len() == 5);
        time.ok_or_else(|| "a time of the day, written 09:00".to_owned())
    })
}
