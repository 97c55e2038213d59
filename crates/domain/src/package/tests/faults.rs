//! A package that cannot be is refused with everything that is wrong with it.

use super::*;
use crate::service::ServiceStatus;

fn faults(contributions: Vec<ContributionDraft>, desk: &Desk) -> Vec<String> {
    let refused = draft(contributions).price(desk).unwrap_err();
    refused.iter().map(|fault| fault.at.clone()).collect()
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let nought = ContributionDraft {
        provider: Provider::Service(county::service("nowhere")),
        quantity: TenThousandths::whole(0),
        unit_cost: Money { pence: -1 },
        ends: date(2027, 1, 3),
        ..outreach()
    };
    let too_much = ContributionDraft {
        quantity: TenThousandths::whole(-2),
        unit_cost: Money { pence: MOST_UNIT_COST_PENCE + 1 },
        review_on: date(2027, 5, 1),
        ..outreach()
    };
    assert_eq!(
        faults(vec![nought, too_much], &desk()),
        [
            "contributions/0/service",
            "contributions/0/quantity",
            "contributions/0/unit_cost/pence",
            "contributions/0/ends",
            "contributions/1/quantity",
            "contributions/1/unit_cost/pence",
            "contributions/1/review_on",
        ]
    );
}

#[test]
fn three_years_to_the_day_are_the_most() {
    let until = |ends| ContributionDraft { frequency: Frequency::Weekly, ends, ..outreach() };
    assert!(draft(vec![until(date(2030, 1, 3))]).price(&desk()).is_ok());
    assert_eq!(faults(vec![until(date(2030, 1, 4))], &desk()), ["contributions/0/ends"]);
}

#[test]
fn a_package_has_contributions_and_not_the_same_one_twice() {
    assert_eq!(faults(vec![], &desk()), ["contributions"]);
    assert_eq!(faults(vec![outreach(), outreach()], &desk()), ["contributions/1"]);
    let many: Vec<_> = (1..=31)
        .map(|hours| ContributionDraft { quantity: TenThousandths::whole(hours), ..outreach() })
        .collect();
    assert_eq!(faults(many, &desk()), ["contributions"]);
}

#[test]
fn whoever_gives_it_or_has_the_key_worker_is_in_the_directory_and_takes_requests() {
    let mut desk = desk();
    let gone = county::service("specialist-sen");
    desk.services.get_mut(&gone).unwrap().status = ServiceStatus::Inactive;
    let package =
        PackageDraft { key_worker_of: Provider::Service(gone), ..draft(vec![outreach()]) };
    let refused = package.price(&desk).unwrap_err();
    let at: Vec<_> = refused.iter().map(|fault| fault.at.as_str()).collect();
    assert_eq!(at, ["key_worker_of", "contributions/0/service"]);
}

#[test]
fn what_goes_by_terms_ends_within_those_that_are_published() {
    let beyond =
        ContributionDraft { starts: date(2029, 1, 8), ends: date(2029, 7, 30), ..outreach() };
    let beyond = ContributionDraft { review_on: date(2029, 3, 1), ..beyond };
    assert_eq!(faults(vec![beyond], &desk()), ["contributions/0/ends"]);
    assert_eq!(faults(vec![outreach()], &county::desk()), ["contributions/0/ends"]);
    let in_the_summer =
        ContributionDraft { starts: date(2027, 7, 26), ends: date(2027, 8, 20), ..outreach() };
    let in_the_summer = ContributionDraft { review_on: date(2027, 8, 2), ..in_the_summer };
    assert_eq!(faults(vec![in_the_summer], &desk()), ["contributions/0/ends"]);
}
