//! `GET /schools`: the schools of the county.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::codes::{Phase, SchoolKind};
use domain::ids::{SchoolId, Urn};
use domain::school::School;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A school.
#[derive(Serialize, ToSchema)]
pub(crate) struct SchoolItem {
    #[schema(value_type = String, format = Uuid)]
    id: SchoolId,
    #[schema(value_type = String, example = "900001")]
    urn: Urn,
    name: String,
    #[schema(value_type = String, example = "primary")]
    phase: Phase,
    #[schema(value_type = String, example = "academy")]
    kind: SchoolKind,
    district: String,
    pupils: u32,
}

/// What to look for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SchoolQuery {
    /// This school only.
    urn: Option<String>,
    /// Schools of this phase.
    phase: Option<String>,
    /// Schools run like this.
    kind: Option<String>,
    /// Schools of this district.
    district: Option<String>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
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
    let (urn, phase, kind) = (query.read::<Urn>("urn"), query.read("phase"), query.read("kind"));
    let district = query.text("district");
    let limit = query.limit();
    let after = query.read::<Urn>("cursor");
    query.done()?;

    let wanted = |school: &School| {
        urn.as_ref().is_none_or(|urn| school.urn == *urn)
            && phase.is_none_or(|phase| school.phase == phase)
            && kind.is_none_or(|kind| school.kind == kind)
            && district.as_ref().is_none_or(|district| school.district == *district)
            && after.as_ref().is_none_or(|after| school.urn > *after)
    };
    let desk = app.engine.desk().await?;
    let items = desk
        .urns
        .values()
        .filter_map(|id| Some((*id, desk.schools.get(id)?)))
        .filter(|(_, school)| wanted(school))
        .take(limit + 1)
        .map(|(id, school)| item(id, school))
        .collect();
    Ok(Json(Page::of(items, limit, |last: &SchoolItem| last.urn.to_string())))
}

fn item(id: SchoolId, school: &School) -> SchoolItem {
    let School { urn, name, phase, kind, district, pupils } = school.clone();
    SchoolItem { id, urn, name, phase, kind, district, pupils }
}
