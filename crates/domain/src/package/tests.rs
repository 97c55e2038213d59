//! What a package costs, held against sums that are written in another way.

mod faults;
mod money;

use super::*;
use crate::calendar::{Calendar, SchoolTerm};
use crate::county;
use crate::desk::Desk;
use jiff::civil::date;
use serde::Deserialize;

const TERMS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontdoor/county/terms.json"));

#[derive(Deserialize)]
struct Terms {
    terms: Vec<SchoolTerm>,
}

/// The county, with the school terms that it has published.
fn desk() -> Desk {
    let Terms { terms } = serde_json::from_str(TERMS).unwrap();
    let desk = county::desk();
    Desk { calendar: Calendar { terms, ..desk.calendar.clone() }, ..desk }
}

/// Two hours of outreach in every school week of the spring of 2027.
fn outreach() -> ContributionDraft {
    ContributionDraft {
        provider: Provider::Service(county::service("specialist-sen")),
        support: Support::Outreach,
        quantity: TenThousandths::whole(2),
        unit: Unit::Hour,
        frequency: Frequency::TermWeekly,
        unit_cost: Money { pence: 4_500 },
        starts: date(2027, 1, 4),
        ends: date(2027, 4, 30),
        funding: FundingSource::HighNeeds,
        review_on: date(2027, 3, 15),
    }
}

fn draft(contributions: Vec<ContributionDraft>) -> PackageDraft {
    PackageDraft { key_worker_of: Provider::Agency(Agency::Health), contributions }
}

fn priced(contribution: ContributionDraft) -> Contribution {
    let mut package = draft(vec![contribution]).price(&desk()).unwrap();
    package.contributions.remove(0)
}
