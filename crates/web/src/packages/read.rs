//! `GET /requests/{id}/package`: the package of support that a panel agreed, what it costs, and
//! what became of it.

use crate::access::Reach;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::packages::totals::TotalsShown;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::read::detail;
use axum::Json;
use axum::extract::State;
use domain::codes::Support;
use domain::ids::ServiceSlug;
use domain::money::Money;
use domain::package::event::PackageEnd;
use domain::package::{
    Contribution, Frequency, FundingSource, OutcomeMet, Provider, Supported, Unit, YearCost,
};
use domain::personal::{ContributionWords, KeyWorker, PackageWords, Personal};
use domain::service::Agency;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// A package of support, as far as the reader may know it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackageShown {
    /// The panel that agreed it.
    panel: String,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// Why it is over: `ran_out reviewed replaced set_aside request_ended`; null while it is in
    /// force.
    #[schema(value_type = Option<String>)]
    over: Option<PackageEnd>,
    /// The one person whom the family can always ask.
    #[schema(value_type = Option<Object>, example = json!({"name": "Sam Ashdown",
        "role": "Specialist teacher", "contact": "01273 555 0142"}))]
    key_worker: Option<KeyWorker>,
    /// For whom the key worker works: a service, or an agency outside the directory.
    #[schema(value_type = Object, example = json!({"service": "specialist-sen"}))]
    key_worker_of: Provider,
    /// The last day of its last contribution.
    #[schema(value_type = Option<String>, format = Date)]
    ends: Option<Date>,
    /// When it is reviewed next; null when it is over, or back before the panel.
    #[schema(value_type = Option<String>, format = Date)]
    review_on: Option<Date>,
    /// Since when a review is due that nobody has recorded.
    #[schema(value_type = Option<String>, format = DateTime)]
    review_due_since: Option<Timestamp>,
    /// How often that review was chased.
    chased: u16,
    /// How many reviews there were.
    reviews: u16,
    /// The services that asked about their part and have no answer yet. Not shown to the school.
    #[schema(value_type = Vec<String>)]
    queries: Vec<ServiceSlug>,
    contributions: Vec<ContributionShown>,
    /// What was given before a review or the panel changed it, or of one that is over.
    past: Vec<ContributionShown>,
    /// What all of it commits, what was given before included.
    totals: TotalsShown,
}

/// A contribution, with its words where the reader may see them.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContributionShown {
    number: u16,
    /// The service of the directory that gives it, if it is one.
    #[schema(value_type = Option<String>)]
    service: Option<ServiceSlug>,
    #[schema(value_type = String)]
    agency: Agency,
    what: Option<String>,
    outcome: Option<String>,
    lead: Option<String>,
    #[schema(value_type = String)]
    support: Support,
    #[schema(value_type = Option<f64>)]
    quantity: Option<serde_json::Number>,
    #[schema(value_type = String)]
    unit: Unit,
    #[schema(value_type = String)]
    frequency: Frequency,
    #[schema(value_type = Object, example = json!({"pence": 4500}))]
    unit_cost: Money,
    #[schema(value_type = String, format = Date)]
    starts: Date,
    #[schema(value_type = String, format = Date)]
    ends: Date,
    #[schema(value_type = String)]
    funding: FundingSource,
    #[schema(value_type = String, format = Date)]
    review_on: Date,
    /// What the last review found of it.
    #[schema(value_type = Option<String>)]
    found: Option<OutcomeMet>,
    /// How often it is given in each financial year, by the year in which that begins, and what
    /// that costs.
    #[schema(value_type = Vec<Object>,
        example = json!([{"from_year": 2026, "times": 11, "amount": {"pence": 99000}}]))]
    costs: Vec<YearCost>,
    #[schema(value_type = Object, example = json!({"pence": 126_000}))]
    total: Money,
}

/// The package of support of a request. Whoever may not see names gets its codes and costs.
#[utoipa::path(
    get, path = "/requests/{id}/package", operation_id = "read_package", tag = "packages",
    params(OfRequest, AtLeast),
    responses((status = 200, body = PackageShown), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<PackageShown>, Problem> {
    let detail = detail(&app, &permit, &id, query).await?;
    let support = detail.case.support.ok_or_else(Problem::not_found)?;
    let boxes = detail.described.into_iter().collect();
    let opened = permit.open(&app, boxes).await?.into_iter().next().flatten();
    let mut shown = PackageShown::of(*support, package_words(opened));
    if permit.reach == Reach::OwnSchool {
        shown.queries.clear();
    }
    Ok(Json(shown))
}

/// A package in words, if that is what was in the box.
pub(super) fn package_words(personal: Option<Personal>) -> Option<PackageWords> {
    let personal = personal?;
    if let Personal::Ruling(ruling) = personal {
        ruling.package
    } else if let Personal::Review(review) = personal {
        review.package
    } else {
        None
    }
}

impl PackageShown {
    fn of(support: Supported, words: Option<PackageWords>) -> Self {
        let totals = TotalsShown::of(support.committed());
        let (key_worker, said) =
            words.map_or((None, vec![]), |words| (Some(words.key_worker), words.contributions));
        let said = said.into_iter().map(Some).chain(std::iter::repeat(None));
        let ends = support.package.ends();
        let found = |number: u16| support.found.get(&number).copied();
        let contributions = support.package.contributions.into_iter().zip(said);
        let contributions = contributions
            .map(|(codes, words)| ContributionShown::of(found(codes.number), codes, words))
            .collect();
        let past = support.past.into_iter();
        Self {
            panel: support.panel.to_string(),
            since: support.since,
            over: support.over,
            key_worker,
            key_worker_of: support.package.key_worker_of,
            ends,
            review_on: support.review_on,
            review_due_since: support.review_due_since,
            chased: support.chased,
            reviews: support.reviews,
            queries: support.queries.into_iter().collect(),
            contributions,
            past: past.map(|codes| ContributionShown::of(None, codes, None)).collect(),
            totals,
        }
    }
}

impl ContributionShown {
    fn of(
        found: Option<OutcomeMet>,
        codes: Contribution,
        words: Option<ContributionWords>,
    ) -> Self {
        let total = domain::package::totals::total([&codes]);
        let (what, outcome, lead) =
            words.map_or((None, None, None), |it| (Some(it.what), Some(it.outcome), Some(it.lead)));
        Self {
            number: codes.number,
            service: codes.provider.service().cloned(),
            agency: codes.agency,
            what,
            outcome,
            lead,
            support: codes.support,
            quantity: codes.quantity.to_string().parse().ok(),
            unit: codes.unit,
            frequency: codes.frequency,
            unit_cost: codes.unit_cost,
            starts: codes.starts,
            ends: codes.ends,
            funding: codes.funding,
            review_on: codes.review_on,
            found,
            costs: codes.costs,
            total,
        }
    }
}
