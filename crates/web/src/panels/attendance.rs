//! `GET /panels/{id}/attendance`: who comes to a panel's meetings, stands aside, and reads what
//! they decide on.

use super::{OfPanel, terms_of};
use crate::app::{App, Permit};
use crate::insights::days;
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::spreadsheet::{Table, cell};
use axum::Json;
use axum::extract::State;
use domain::calendar::london;
use domain::desk::Desk;
use domain::ids::AccountId;
use domain::panel::{MemberRole, Panel};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use views::{Attended, MemberAttendance};

/// Who came to a panel's meetings.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttendedShown {
    #[schema(example = "semh")]
    panel: String,
    /// Meetings on this day or later,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// and on this day or earlier.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// How many meetings began.
    meetings: u64,
    /// Everybody who is a member now or had to do with one of these meetings.
    members: Vec<MemberAttended>,
}

/// What one member did.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberAttended {
    account: String,
    name: Option<String>,
    /// As what they sit on the panel; null: they do not any more.
    #[schema(value_type = Option<String>, example = "school_leader")]
    role: Option<MemberRole>,
    /// Meetings they came to.
    meetings_attended: u64,
    /// How long they were in the room.
    minutes_present: u64,
    /// Meetings from which they sent apologies.
    apologies: u64,
    /// Items from which they stood aside.
    recusals: u64,
    /// Items they decided,
    decisions: u64,
    /// and how many of these without having opened the pack.
    decisions_without_opening_the_pack: u64,
}

/// Which meetings.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AttendedQuery {
    /// On this day or later; a year ago when left out.
    #[param(format = Date)]
    from: Option<String>,
    /// And on this day or earlier; today when left out.
    #[param(format = Date)]
    to: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// Who comes to a panel's meetings.
#[utoipa::path(
    get, path = "/panels/{id}/attendance", operation_id = "read_panel_attendance", tag = "panels",
    params(OfPanel, AttendedQuery),
    responses((status = 200, body = AttendedShown), Unanswered),
)]
pub(crate) async fn attendance(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<AttendedShown>, Problem> {
    ask(&app, &permit, &id, query).await.map(Json)
}

/// Who comes to a panel's meetings, as a table for a spreadsheet.
#[utoipa::path(
    get, path = "/panels/{id}/attendance.csv", operation_id = "read_panel_attendance_csv",
    tag = "panels",
    params(OfPanel, AttendedQuery),
    responses((status = 200, body = String, content_type = "text/csv"), Unanswered),
)]
pub(crate) async fn attendance_csv(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Table, Problem> {
    let shown = ask(&app, &permit, &id, query).await?;
    let head = "account,name,role,meetings,meetings_attended,minutes_present,apologies,recusals,\
         decisions,decisions_without_opening_the_pack";
    Ok(Table::new(head, shown.members.iter().map(|member| line(member, shown.meetings))))
}

async fn ask(
    app: &App,
    permit: &Permit,
    id: &str,
    mut query: Query,
) -> Result<AttendedShown, Problem> {
    let (from, to) = days(&mut query, app.engine.now());
    let at_least = query.at_least();
    query.done()?;
    let desk = app.engine.desk().await?;
    let (terms, _) = terms_of(&desk, permit, id)?;
    app.fresh(at_least).await?;
    let midnight = |date: Date| london::instant(date.to_datetime(Time::midnight()));
    let within = (midnight(from), midnight(to));
    let attended = app.views.attended(terms.id.clone(), within).await?;
    Ok(AttendedShown {
        panel: terms.id.to_string(),
        from,
        to: to.saturating_sub(1.day()),
        meetings: attended.held,
        members: members(&desk, terms, attended),
    })
}

/// Those who are appointed, in the order of the terms; then those who were.
fn members(desk: &Desk, terms: &Panel, attended: Attended) -> Vec<MemberAttended> {
    let mut did: BTreeMap<AccountId, MemberAttendance> =
        attended.members.into_iter().map(|it| (it.member.clone(), it)).collect();
    let mut shown = Vec::with_capacity(terms.members.len());
    for member in &terms.members {
        let did = did.remove(&member.account);
        shown.push(one(desk, &member.account, Some(member.role), did.as_ref()));
    }
    shown.extend(did.iter().map(|(account, it)| one(desk, account, None, Some(it))));
    shown
}

fn one(
    desk: &Desk,
    account: &AccountId,
    role: Option<MemberRole>,
    did: Option<&MemberAttendance>,
) -> MemberAttended {
    let count = |figure: fn(&MemberAttendance) -> u64| did.map_or(0, figure);
    MemberAttended {
        account: account.to_string(),
        name: desk.accounts.get(account).map(|account| account.name.clone()),
        role,
        meetings_attended: count(|it| it.meetings),
        minutes_present: count(|it| it.minutes_present),
        apologies: count(|it| it.apologies),
        recusals: count(|it| it.recusals),
        decisions: count(|it| it.decisions),
        decisions_without_opening_the_pack: count(|it| it.unread),
    }
}

fn line(member: &MemberAttended, meetings: u64) -> Vec<String> {
    let role = member.role.map(MemberRole::code);
    let texts = [cell(Some(&member.account)), cell(member.name.as_deref()), cell(role)];
    let figures = [
        meetings,
        member.meetings_attended,
        member.minutes_present,
        member.apologies,
        member.recusals,
        member.decisions,
        member.decisions_without_opening_the_pack,
    ];
    texts.into_iter().chain(figures.map(|figure| figure.to_string())).collect()
}
