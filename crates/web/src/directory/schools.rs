//! `GET /schools`, `GET /schools/{urn}`: the schools of the county.
//!
//! A school is found by every URN that it ever had, and listed once, under the present one.

mod item;

pub(crate) use item::SchoolItem;

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::calendar::london;
use domain::desk::Desk;
use domain::ids::{SchoolId, Urn};
use domain::school::School;
use jiff::civil::Date;
use utoipa::IntoParams;

/// What to look for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SchoolQuery {
    /// The school that has or had this URN.
    urn: Option<String>,
    /// Schools whose name contains this, or whose URN begins with it.
    q: Option<String>,
    /// Schools of this phase.
    phase: Option<String>,
    /// Schools run like this.
    kind: Option<String>,
    /// Schools of this district.
    district: Option<String>,
    /// `true`: open today; `false`: closed.
    open: Option<bool>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
}

/// Which school.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfSchool {
    /// A URN that the school has or had.
    #[param(example = "900001")]
    urn: String,
}

/// The schools of the county, by URN.
#[utoipa::path(
    get, path = "/schools", operation_id = "list_schools", tag = "directory",
    params(SchoolQuery),
    responses((status = 200, body = Page<SchoolItem>), Unanswered),
)]
pub(crate) async fn schools(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<SchoolItem>>, Problem> {
    let desk = app.engine.desk().await?;
    let today = london::wall(app.engine.now()).date();
    let wanted = wanted(&mut query, &desk, today);
    let limit = query.limit();
    let after = query.read::<Urn>("cursor");
    query.done()?;

    let items = desk
        .urns
        .iter()
        .filter(|(urn, _)| after.as_ref().is_none_or(|after| *urn > after))
        .filter_map(|(urn, id)| Some((*id, desk.schools.get(id).filter(|it| it.urn == *urn)?)))
        .filter(|(id, school)| wanted(*id, school))
        .take(limit + 1)
        .map(|(id, school)| SchoolItem::of(id, school, &desk, today))
        .collect();
    Ok(Json(Page::of(items, limit, |last: &SchoolItem| last.urn.to_string())))
}

/// Reads the filters; answers which schools pass.
fn wanted<'a>(
    query: &mut Query,
    desk: &'a Desk,
    today: Date,
) -> impl Fn(SchoolId, &School) -> bool + 'a {
    let urn = query.read::<Urn>("urn").map(|urn| desk.urns.get(&urn).copied());
    let q = query.text("q").map(|q| q.trim().to_lowercase());
    let (phase, kind) = (query.read("phase"), query.read("kind"));
    let district = query.text("district");
    let open = query.read::<bool>("open");
    move |id, school| {
        urn.is_none_or(|holder| holder == Some(id))
            && q.as_ref().is_none_or(|q| {
                school.name.to_lowercase().contains(q) || school.urn.as_str().starts_with(q)
            })
            && phase.is_none_or(|phase| school.phase == phase)
            && kind.is_none_or(|kind| school.kind == kind)
            && district.as_ref().is_none_or(|district| school.district == *district)
            && open.is_none_or(|open| desk.open_school(id, today).is_ok() == open)
    }
}

/// One school, by any URN that it ever had.
#[utoipa::path(
    get, path = "/schools/{urn}", operation_id = "read_school", tag = "directory",
    params(OfSchool),
    responses((status = 200, body = SchoolItem), Unanswered),
)]
pub(crate) async fn school(
    State(app): State<App>,
    _: Permit,
    Place(urn): Place,
) -> Result<Json<SchoolItem>, Problem> {
    let desk = app.engine.desk().await?;
    let today = london::wall(app.engine.now()).date();
    let urn = urn.parse().map_err(|_| Problem::not_found())?;
    let (id, school) = desk.school_by_urn(&urn).ok_or_else(Problem::not_found)?;
    Ok(Json(SchoolItem::of(id, school, &desk, today)))
}
