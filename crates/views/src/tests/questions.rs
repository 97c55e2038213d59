//! Answers are whole, in order, exact, and of their scope.

use super::{Made, county, nobody, open};
use crate::county::{SCHOOLS, school, slug};
use crate::{Filter, GroupBy, Item, Overdue, Page, ResponseTimes, Scope, Sort, SortBy, Views};
use domain::clock::Promise;
use domain::ids::RequestId;
use domain::request::{Case, Request, Status};
use jiff::Timestamp;
use std::collections::BTreeSet;

type Says<'a> = Box<dyn Fn(&Case) -> bool + 'a>;

async fn all(views: &Views, scope: &Scope, filter: &Filter, sort: Sort, limit: usize) -> Vec<Item> {
    let mut page = Page { limit, cursor: None };
    let mut items = vec![];
    loop {
        let (scope, filter) = (scope.clone(), filter.clone());
        let listing = views.requests(scope, filter, sort, page.clone()).await.unwrap();
        assert!(listing.items.len() <= limit);
        items.extend(listing.items);
        page.cursor = listing.next;
        if page.cursor.is_none() {
            return items;
        }
    }
}

fn due(item: &Item) -> Option<Timestamp> {
    item.owed.as_ref()?.falls_due_at()
}

fn cases(requests: &[(RequestId, Request)]) -> impl Iterator<Item = &Case> {
    requests.iter().filter_map(|(_, state)| state.case())
}

#[tokio::test]
async fn pages_hold_every_request_once_in_every_order() {
    let mut county = county(20, 300);
    // Many of one instant.
    (0..15).for_each(|_| county.submit());
    let log = Made::of(&county.events);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &log).await.unwrap();
    let everything: BTreeSet<_> = county.requests.iter().map(|(id, _)| *id).collect();

    for by in SortBy::ALL {
        for descending in [false, true] {
            let sort = Sort { by: *by, descending };
            let items = all(&views, &Scope::All, &Filter::default(), sort, 4).await;
            let ids: BTreeSet<_> = items.iter().map(|item| item.id).collect();
            assert_eq!((items.len(), &ids), (everything.len(), &everything), "{sort}");
            let in_order = items.is_sorted_by(|a, b| {
                let order = match by {
                    SortBy::ReceivedAt => a.received_at.cmp(&b.received_at),
                    SortBy::Reference => a.reference.cmp(&b.reference),
                    SortBy::RespondBy => match (a.respond_by, b.respond_by) {
                        (Some(a), Some(b)) => a.cmp(&b),
                        (a, b) => return a.is_some() >= b.is_some(),
                    },
                    SortBy::DueAt => match (due(a), due(b)) {
                        (Some(a), Some(b)) => a.cmp(&b),
                        (a, b) => return a.is_some() >= b.is_some(),
                    },
                };
                if descending { order.is_ge() } else { order.is_le() }
            });
            assert!(in_order, "{sort}");
        }
    }
}

#[tokio::test]
async fn a_school_service_or_panel_never_learns_of_the_requests_of_another() {
    let county = county(21, 500);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let schools = (0..SCHOOLS).map(school).map(Scope::School);
    let services = ["sensory-support", "outreach"].map(slug).map(Scope::Service);
    let panels = [&["semh"][..], &["sensory-physical"], &["semh", "sensory-physical"], &[]];
    let panels =
        panels.map(|own| Scope::Panels(own.iter().map(|it| it.parse().unwrap()).collect()));
    let panels = panels.into_iter().chain([Scope::Nothing]);

    for scope in schools.chain(services).chain(panels) {
        let own = |case: &Case| match &scope {
            Scope::All => true,
            Scope::School(school) => case.school == *school,
            Scope::Service(service) => case.is_with(service),
            Scope::Lead(service) => matches!(&case.route,
                Some(domain::triage::Route::Service { service: with }) if with == service),
            Scope::Panels(panels) => case.panels().into_iter().any(|it| panels.contains(it)),
            Scope::Nothing => false,
        };
        let theirs: BTreeSet<_> =
            cases(&county.requests).filter(|case| own(case)).map(|case| case.id).collect();
        let ids = Some(county.requests.iter().map(|(id, _)| *id).collect());
        for filter in [Filter::default(), Filter { ids, ..Filter::default() }] {
            let listed = all(&views, &scope, &filter, Sort::default(), 200).await;
            assert_eq!(listed.iter().map(|item| item.id).collect::<BTreeSet<_>>(), theirs);
        }
        let counted = views.counts(scope.clone(), nobody(), county.now).await.unwrap();
        assert_eq!(usize::try_from(counted.total()).unwrap(), theirs.len());
        for (id, _) in &county.requests {
            let detail = views.request(scope.clone(), *id).await.unwrap();
            let timeline = views.timeline(scope.clone(), *id).await.unwrap();
            assert_eq!(detail.is_some(), theirs.contains(id));
            assert_eq!(timeline.is_some(), theirs.contains(id));
        }
    }
}

#[tokio::test]
async fn a_school_is_shown_no_internal_note_and_no_words_about_an_overrule() {
    let county = county(22, 600);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let mut withheld = BTreeSet::new();
    for case in cases(&county.requests) {
        let whole = views.timeline(Scope::All, case.id).await.unwrap().unwrap();
        let shown = views.timeline(Scope::School(case.school), case.id).await.unwrap().unwrap();
        assert!(shown.iter().all(|entry| entry.visible_to_school));
        assert!(shown.iter().all(|entry| entry.words_visible_to_school || entry.sealed.is_none()));
        let hidden = whole.iter().filter(|entry| !entry.visible_to_school);
        withheld.extend(hidden.map(|entry| entry.name.clone()));
        let silent = whole.iter().filter(|it| it.sealed.is_some() && !it.words_visible_to_school);
        withheld.extend(silent.map(|entry| entry.name.clone()));
        assert_eq!(
            whole.len(),
            shown.len() + whole.iter().filter(|e| !e.visible_to_school).count()
        );
    }
    for name in ["request.noted", "request.rota_gap_found", "request.routed"] {
        assert!(withheld.contains(name), "{name} is not in {withheld:?}");
    }
    assert!(!withheld.contains("request.advised"));
}

#[tokio::test]
async fn a_filter_finds_what_the_requests_themselves_say() {
    let county = county(23, 500);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let one = cases(&county.requests).find(|case| case.child.is_some()).unwrap();
    let overdue = |is| Some(Overdue { is, at: county.now });
    let late = |case: &Case| {
        let open = case.clocks.latest(Promise::Respond).is_some_and(|it| it.stopped_at.is_none());
        open && case.respond_by().is_some_and(|due| due < county.now)
    };
    let open = |case: &Case| case.status() != Status::Closed;
    let behind = |case: &Case| {
        case.clocks.open().any(|clock| clock.due_at.is_some_and(|due| due < county.now))
    };
    let same = |case: &Case| case.id == one.id;
    let none = Filter::default;
    let reference = Some(format!(" {} ", one.id.reference().to_lowercase()));
    let filters: Vec<(Filter, Says<'_>)> = vec![
        (
            Filter { status: Some(one.status()), ..none() },
            Box::new(|it| it.status() == one.status()),
        ),
        (
            Filter { need: one.intake.primary_need, ..none() },
            Box::new(|it| it.intake.primary_need == one.intake.primary_need),
        ),
        (Filter { reference, ..none() }, Box::new(same)),
        (Filter { child: one.child, ..none() }, Box::new(same)),
        (Filter { children: Some(vec![one.child.unwrap()]), ..none() }, Box::new(same)),
        (Filter { children: Some(vec![]), ..none() }, Box::new(|_| false)),
        (Filter { open: Some(true), ..none() }, Box::new(open)),
        (Filter { open: Some(false), ..none() }, Box::new(move |it| !open(it))),
        (Filter { waits_for_school: Some(true), ..none() }, Box::new(Case::waits_for_school)),
        (Filter { waits_for_school: Some(false), ..none() }, Box::new(|it| !it.waits_for_school())),
        (Filter { late: overdue(true), ..none() }, Box::new(behind)),
        (Filter { late: overdue(false), ..none() }, Box::new(move |it| !behind(it))),
        (Filter { overdue: overdue(true), ..none() }, Box::new(late)),
        (Filter { overdue: overdue(false), ..none() }, Box::new(move |it| !late(it))),
        // School 2 was given the second of these URNs later on; both find all of it.
        (
            Filter { school_urn: "100002".parse().ok(), ..none() },
            Box::new(|it| it.school == school(2)),
        ),
        (
            Filter { school_urn: "200002".parse().ok(), ..none() },
            Box::new(|it| it.school == school(2)),
        ),
        (Filter { school_urn: "999999".parse().ok(), ..none() }, Box::new(|_| false)),
    ];
    for (filter, says) in filters {
        let found = all(&views, &Scope::All, &filter, Sort::default(), 100).await;
        let found: BTreeSet<_> = found.iter().map(|item| item.id).collect();
        let expected: BTreeSet<_> =
            cases(&county.requests).filter(|case| says(case)).map(|case| case.id).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
    let mut advisers = cases(&county.requests).filter(|case| open(case));
    let adviser = advisers.find_map(|case| case.adviser.clone()).unwrap();
    let counted = views.counts(Scope::All, adviser.clone(), county.now).await.unwrap();
    let number = |says: &dyn Fn(&Case) -> bool| {
        u64::try_from(cases(&county.requests).filter(|case| says(case)).count()).unwrap()
    };
    assert!(counted.overdue > 0 && counted.late > 0 && counted.of_adviser > 0);
    assert_eq!(counted.overdue, number(&late));
    assert_eq!(counted.late, number(&behind));
    assert_eq!(counted.waits_for_school, number(&Case::waits_for_school));
    assert_eq!(counted.open(), number(&open));
    assert_eq!(counted.of_adviser, number(&|it| open(it) && it.adviser.as_ref() == Some(&adviser)));
}

#[tokio::test]
async fn an_erasure_is_shown_and_changes_no_figure() {
    let county = county(24, 600);
    let (erased, kept): (Vec<_>, Vec<_>) =
        county.events.iter().cloned().partition(|event| event.name == "child.erased");
    assert!(!erased.is_empty());
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let with = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let without = open(other.path(), &Made::of(&kept)).await.unwrap();
    let asked = ResponseTimes {
        from: "2026-01-01".parse().unwrap(),
        to: "2027-01-01".parse().unwrap(),
        group_by: GroupBy::Need,
        promise: None,
        now: county.now,
    };
    assert_eq!(
        with.response_times(Scope::All, asked.clone()).await.unwrap(),
        without.response_times(Scope::All, asked).await.unwrap()
    );
    let child = erased[0].child();
    let filter = Filter { child, ..Filter::default() };
    let found = all(&with, &Scope::All, &filter, Sort::default(), 10).await;
    assert!(found[0].child_erased && found[0].identity.is_some());
}
