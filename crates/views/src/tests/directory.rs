//! The directory is listed as it is today, and its past versions are kept.

use super::{Made, county, open};
use crate::county::SCHOOLS;
use crate::{Page, SchoolFilter};
use domain::codes::Phase;

#[tokio::test]
async fn pages_of_schools_hold_each_once_by_name_though_names_repeat() {
    let log = Made::of(&county(40, 0).events);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &log).await.unwrap();
    let mut page = Page { limit: 5, cursor: None };
    let mut found = vec![];
    loop {
        let listing = views.schools(SchoolFilter::default(), page.clone()).await.unwrap();
        found.extend(listing.items);
        page.cursor = listing.next;
        if page.cursor.is_none() {
            break;
        }
    }
    assert!(found.is_sorted_by_key(|each| (each.school.name.clone(), each.id)));
    found.dedup_by_key(|each| each.id);
    assert_eq!(u64::try_from(found.len()).unwrap(), SCHOOLS);
}

#[tokio::test]
async fn a_school_is_found_by_its_present_urn_district_or_phase() {
    let mut county = county(41, 0);
    county.register(2, 200_002);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let none = SchoolFilter::default;
    for (filter, count) in [
        (SchoolFilter { urn: "200002".parse().ok(), ..none() }, 1),
        (SchoolFilter { urn: "100002".parse().ok(), ..none() }, 0),
        (SchoolFilter { phase: Some(Phase::Primary), ..none() }, 6),
        (SchoolFilter { district: Some("District 1".to_owned()), ..none() }, 5),
    ] {
        let found = views.schools(filter.clone(), Page::default()).await.unwrap().items;
        assert_eq!(found.len(), count, "{filter:?}");
    }
}

#[tokio::test]
async fn every_version_of_rules_and_calendar_can_be_looked_up() {
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county(42, 0).events)).await.unwrap();
    assert_eq!(views.rule_set_versions().await.unwrap(), [1]);
    assert_eq!(views.rule_set(1).await.unwrap().unwrap().name, "triage");
    assert_eq!(views.rule_set(2).await.unwrap(), None);
    for (version, known) in [(0, true), (1, true), (2, false)] {
        let calendar = views.calendar(version).await.unwrap();
        assert_eq!(calendar.map(|calendar| calendar.version), known.then_some(version));
    }
    let services = views.services().await.unwrap();
    let slugs: Vec<_> = services.iter().map(|service| service.slug.as_str()).collect();
    assert_eq!(slugs, ["outreach", "sensory-support", "statutory-sen"]);
}
