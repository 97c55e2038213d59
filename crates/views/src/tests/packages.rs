//! Packages and what they commit, held against what the requests themselves say.

use super::{Made, open};
use crate::county::{County, SCHOOLS, school};
use crate::{PackageFilter, PackageItem, PackageSort, Page, Scope, Spend, SpendBy, Views};
use domain::need::Need;
use domain::package::{Contribution, Supported};
use domain::request::Case;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

const ALL_YEARS: (i16, i16) = (2000, 2100);

/// A county whose panels meet all the time.
fn supporting(seed: u64, steps: usize) -> County {
    let mut county = County::new(seed, 30);
    for _ in 0..steps {
        county.step();
        county.meet();
        (0..3).for_each(|_| county.support());
    }
    county
}

async fn all(
    views: &Views,
    scope: &Scope,
    filter: &PackageFilter,
    sort: PackageSort,
) -> Vec<PackageItem> {
    let mut page = Page { limit: 3, cursor: None };
    let mut found = vec![];
    loop {
        let (scope, filter) = (scope.clone(), filter.clone());
        let listing = views.packages(scope, filter, sort, page.clone()).await.unwrap();
        found.extend(listing.items);
        page.cursor = listing.next;
        if page.cursor.is_none() {
            return found;
        }
    }
}

async fn spent(views: &Views, scope: Scope, group_by: SpendBy) -> BTreeMap<Option<String>, i64> {
    let asked = Spend { from_year: ALL_YEARS.0, to_year: ALL_YEARS.1, group_by };
    let groups = views.spend(scope, asked).await.unwrap();
    let of_group = |group: crate::SpendGroup| (group.key.clone(), group.total().pence);
    groups.into_iter().map(of_group).filter(|(_, pence)| *pence != 0).collect()
}

/// What every package commits, in groups that this says of each contribution and its case.
fn expected(
    cases: &[&Case],
    key: impl Fn(&Case, &Supported, &Contribution) -> Option<String>,
) -> BTreeMap<Option<String>, i64> {
    let mut groups = BTreeMap::new();
    for case in cases {
        let Some(support) = &case.support else { continue };
        for each in support.committed() {
            let pence: i64 =
                each.costs.iter().map(|cost| each.each_time().pence * i64::from(cost.times)).sum();
            if pence != 0 {
                *groups.entry(key(case, support, each)).or_insert(0) += pence;
            }
        }
    }
    groups
}

#[tokio::test]
async fn what_is_committed_is_what_requests_say_however_it_is_grouped() {
    let county = supporting(61, 1_500);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let cases: Vec<&Case> = county.requests.iter().filter_map(|(_, it)| it.case()).collect();
    let over = cases.iter().filter_map(|case| case.support.as_ref()?.over).count();
    let goes_on = |it: &&&Case| it.package_in_force().is_some_and(|it| !it.past.is_empty());
    let changed = cases.iter().filter(goes_on).count();
    assert!(over > 0 && changed > 0, "a poor county: {over} over, {changed} changed");

    let agency = expected(&cases, |_, _, each| Some(each.agency.code().to_owned()));
    assert_eq!(spent(&views, Scope::All, SpendBy::Agency).await, agency);
    let funding = expected(&cases, |_, _, each| Some(each.funding.code().to_owned()));
    assert_eq!(spent(&views, Scope::All, SpendBy::Funding).await, funding);
    let panel = expected(&cases, |_, support, _| Some(support.panel.to_string()));
    assert_eq!(spent(&views, Scope::All, SpendBy::Panel).await, panel);
    let service = expected(&cases, |_, _, each| each.provider.service().map(ToString::to_string));
    assert_eq!(spent(&views, Scope::All, SpendBy::Service).await, service);
    let area = expected(&cases, |case, _, _| {
        case.intake.primary_need.map(Need::area).map(|area| area.code().to_owned())
    });
    assert_eq!(spent(&views, Scope::All, SpendBy::Area).await, area);

    let whole: i64 = agency.values().sum();
    assert!(whole > 0);
    for group_by in SpendBy::ALL {
        let groups = spent(&views, Scope::All, *group_by).await;
        assert_eq!(groups.values().sum::<i64>(), whole, "{group_by:?}");
        let mut by_school = 0;
        for n in 0..SCHOOLS {
            by_school +=
                spent(&views, Scope::School(school(n)), *group_by).await.values().sum::<i64>();
        }
        assert_eq!(by_school, whole, "{group_by:?}");
    }
    assert!(spent(&views, Scope::Nothing, SpendBy::Agency).await.is_empty());
}

#[tokio::test]
async fn years_are_kept_apart_and_the_ends_are_included() {
    let county = supporting(62, 1_000);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let cases = county.requests.iter().filter_map(|(_, it)| it.case());
    let mut expected: BTreeMap<i16, i64> = BTreeMap::new();
    for support in cases.filter_map(|case| case.support.as_ref()) {
        for cost in support.committed().flat_map(|each| &each.costs) {
            *expected.entry(cost.from_year).or_default() += cost.amount.pence;
        }
    }
    assert!(expected.len() > 1, "a poor county: {expected:?}");
    for (year, pence) in expected {
        let asked = Spend { from_year: year, to_year: year, group_by: SpendBy::FinancialYear };
        let groups = views.spend(Scope::All, asked).await.unwrap();
        let [only] = groups.as_slice() else { panic!("{groups:?}") };
        assert_eq!((only.key.as_deref(), only.total().pence), (Some(&*year.to_string()), pence));
    }
}

#[tokio::test]
async fn a_list_has_every_package_in_force_once_and_what_is_asked_for() {
    let county = supporting(63, 1_500);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let cases = county.requests.iter().filter_map(|(_, it)| it.case());
    let in_force: Vec<(&Case, &Supported)> =
        cases.filter_map(|case| Some((case, case.package_in_force()?))).collect();
    let ends: BTreeSet<Date> = in_force.iter().filter_map(|(_, it)| it.package.ends()).collect();
    let middle = ends.iter().nth(ends.len() / 2).unwrap().tomorrow().unwrap();

    let asked = |filter: PackageFilter, says: &dyn Fn(&Supported) -> bool| {
        let expected: BTreeSet<_> =
            in_force.iter().filter(|(_, it)| says(it)).map(|(case, _)| case.id).collect();
        (filter, expected)
    };
    let questions = [
        asked(PackageFilter::default(), &|_| true),
        asked(PackageFilter { ending_before: Some(middle), ..PackageFilter::default() }, &|it| {
            it.package.ends() < Some(middle)
        }),
        asked(
            PackageFilter { review_due_before: Some(middle), ..PackageFilter::default() },
            &|it| it.review_on.is_some_and(|day| day < middle),
        ),
        asked(PackageFilter { overdue: Some(true), ..PackageFilter::default() }, &|it| {
            it.review_due_since.is_some()
        }),
        asked(PackageFilter { panel: "semh".parse().ok(), ..PackageFilter::default() }, &|it| {
            it.panel.as_str() == "semh"
        }),
    ];
    for (filter, expected) in questions {
        let items = all(&views, &Scope::All, &filter, PackageSort::Ends).await;
        assert!(items.is_sorted_by_key(|item| item.ends));
        let found: BTreeSet<_> = items.iter().map(|item| item.request).collect();
        assert_eq!((items.len(), &found), (expected.len(), &expected), "{filter:?}");
        assert!(!expected.is_empty(), "a poor county for {filter:?}");
    }
    let by_review =
        all(&views, &Scope::All, &PackageFilter::default(), PackageSort::ReviewOn).await;
    assert!(by_review.is_sorted_by_key(|item| item.review_on) && !by_review.is_empty());
}
