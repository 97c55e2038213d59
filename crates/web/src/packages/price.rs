//! `POST /packages/price`: what a package would cost, before anybody agrees it.
//!
//! The same reckoning as a decision's, under the term dates and the directory of this moment, so
//! that what people see while they put a package together is what the decision will say.

use super::body::{ContributionBody, to_price};
use super::totals::TotalsShown;
use crate::app::App;
use crate::command::Incoming;
use crate::form::Faults;
use crate::openapi::Refused;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use domain::money::Money;
use domain::package::{Contribution, YearCost};
use domain::service::Agency;
use serde::Serialize;
use utoipa::ToSchema;

/// A package to be priced. What is said in words, who the key worker is and when each part is
/// reviewed may be left out.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct PackageToPrice {
    #[schema(min_items = 1, max_items = 30)]
    contributions: Vec<ContributionBody>,
}

/// What a package would cost.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackagePrice {
    /// In the order in which they were given.
    contributions: Vec<ContributionPrice>,
    totals: TotalsShown,
}

/// What a contribution would cost.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContributionPrice {
    #[schema(value_type = String, example = "health")]
    agency: Agency,
    /// What it costs each time that it is given.
    #[schema(value_type = Object, example = json!({"pence": 9_000}))]
    each_time: Money,
    /// How often it is given in each financial year, and what that costs.
    #[schema(value_type = Vec<Object>,
        example = json!([{"from_year": 2026, "times": 11, "amount": {"pence": 99_000}}]))]
    costs: Vec<YearCost>,
    #[schema(value_type = Object, example = json!({"pence": 99_000}))]
    total: Money,
}

/// Say what a package would cost, by agency, by who pays and by financial year. Nothing is
/// stored.
#[utoipa::path(
    post, path = "/packages/price", operation_id = "price_package", tag = "packages",
    request_body(content = PackageToPrice, content_type = "application/json"),
    responses((status = 200, body = PackagePrice), Refused),
)]
pub(crate) async fn price(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Json<PackagePrice>, Problem> {
    let mut faults = Faults::default();
    let draft = to_price(&incoming.body, &mut faults);
    let draft = faults.or(draft)?;
    let desk = app.engine.desk().await?;
    let package = draft.price(&desk).map_err(|wrong| {
        let mut faults = Faults::default();
        for fault in wrong {
            faults.say(&format!("/{}", fault.at), fault.says);
        }
        Problem::invalid(faults.into_inner())
    })?;
    let contributions = package.contributions.iter().map(ContributionPrice::of).collect();
    let totals = TotalsShown::of(package.contributions.iter());
    Ok(Json(PackagePrice { contributions, totals }))
}

impl ContributionPrice {
    fn of(priced: &Contribution) -> Self {
        Self {
            agency: priced.agency,
            each_time: priced.each_time(),
            costs: priced.costs.clone(),
            total: domain::package::totals::total([priced]),
        }
    }
}
