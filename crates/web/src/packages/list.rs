//! `GET /packages`: packages of support that are in force: which end soon, which are to be
//! reviewed, which should have been.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::{PackageFilter, PackageItem, PackageSort};

/// A package as one line of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackageLine {
    request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    school_urn: String,
    school_name: Option<String>,
    panel: String,
    #[schema(value_type = String, format = Date)]
    starts: Date,
    #[schema(value_type = String, format = Date)]
    ends: Date,
    /// When it is reviewed next; null when a review has referred it to the panel.
    #[schema(value_type = Option<String>, format = Date)]
    review_on: Option<Date>,
    /// Since when a review is due that nobody has recorded.
    #[schema(value_type = Option<String>, format = DateTime)]
    review_due_since: Option<Timestamp>,
    /// How often that review was chased.
    chased: u64,
    reviews: u64,
    contributions: u64,
    /// How many services asked about their part and have no answer yet.
    queries: u64,
}

/// Which packages.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct PackagesQuery {
    /// Whose last day is before this one.
    #[param(format = Date)]
    ending_before: Option<String>,
    /// To be reviewed before this day.
    #[param(format = Date)]
    review_due_before: Option<String>,
    /// Whose review has fallen due and is not recorded.
    overdue: Option<bool>,
    /// Agreed by this panel.
    panel: Option<String>,
    /// `ends` or `review_on`, the earliest first; `ends` when left out.
    sort: Option<String>,
    limit: Option<u64>,
    cursor: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// Packages of support that are in force.
#[utoipa::path(
    get, path = "/packages", operation_id = "list_packages", tag = "packages",
    params(PackagesQuery),
    responses((status = 200, body = Page<PackageLine>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<PackageLine>>, Problem> {
    let filter = PackageFilter {
        ending_before: query.read("ending_before"),
        review_due_before: query.read("review_due_before"),
        overdue: query.read("overdue"),
        panel: query.read("panel"),
    };
    let sort = query.read("sort").unwrap_or(PackageSort::Ends);
    let page = views::Page { limit: query.limit(), cursor: query.text("cursor") };
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let listing = app.views.packages(permit.scope(), filter, sort, page).await?;
    let items = listing.items.into_iter().map(shown).collect();
    Ok(Json(Page { items, next: listing.next }))
}

fn shown(item: PackageItem) -> PackageLine {
    PackageLine {
        request: item.request.0,
        reference: item.reference,
        school_urn: item.school_urn.to_string(),
        school_name: item.school_name,
        panel: item.panel.to_string(),
        starts: item.starts,
        ends: item.ends,
        review_on: item.review_on,
        review_due_since: item.review_due_since,
        chased: item.chased,
        reviews: item.reviews,
        contributions: item.contributions,
        queries: item.queries,
    }
}
