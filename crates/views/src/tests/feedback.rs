//! Figures of feedback equal a second opinion: the events themselves, counted without SQL.

use super::{Made, county, open};
use crate::county::{County, SCHOOLS, school, slug};
use crate::{Feedback, FeedbackBy, FeedbackGroup, Scope, Verdicts};
use domain::calendar::london;
use domain::codes::Verdict;
use domain::event::{Event, RequestEvent};
use domain::ids::RequestId;
use engine::Recorded;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The last feedback about each request.
fn last_said(county: &County) -> BTreeMap<RequestId, (&Recorded, Verdict, Verdict)> {
    let said = county.events.iter().filter_map(|recorded| {
        let Some(Event::Request(RequestEvent::FeedbackGiven(it))) = &recorded.event else {
            return None;
        };
        Some((recorded.request().unwrap(), (recorded, it.quick, it.helped)))
    });
    said.collect()
}

/// How many requests have this key: by the verdict on speed, then by that on help.
fn counted(county: &County, asked: &Feedback) -> BTreeMap<Option<String>, [u64; 6]> {
    let mut counted: BTreeMap<Option<String>, [u64; 6]> = BTreeMap::new();
    for (request, (recorded, quick, helped)) in last_said(county) {
        let day = london::wall(recorded.effective_at).date();
        if day < asked.from || day >= asked.to {
            continue;
        }
        let key = match asked.group_by {
            FeedbackBy::Month => Some(day.strftime("%Y-%m").to_string()),
            FeedbackBy::Service => had_last(county, request, recorded.position),
        };
        let place = |verdict| Verdict::ALL.iter().position(|each| *each == verdict).unwrap();
        let six = counted.entry(key).or_default();
        six[place(quick)] += 1;
        six[3 + place(helped)] += 1;
    }
    counted
}

/// The service to which a request was sent last before a position, unless it declined.
fn had_last(county: &County, request: RequestId, before: u64) -> Option<String> {
    let of_it = |it: &&Recorded| it.position < before && it.request() == Some(request);
    county.events.iter().filter(of_it).fold(None, |had, recorded| {
        let json = serde_json::to_value(recorded.event.as_ref().unwrap()).unwrap();
        let routes = [&json["route"], &json["triage"]["outcome"]];
        let sent = routes.into_iter().find(|route| route["kind"] == "service");
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        match (recorded.name.as_str(), sent) {
            ("request.declined", _) => None,
            ("request.panel_decided", _) => text(&json["service"]).or(had),
            (_, Some(route)) => text(&route["service"]),
            _ => had,
        }
    })
}

fn shown(group: &FeedbackGroup) -> (Option<String>, [u64; 6]) {
    let Verdicts { yes, partly, no } = group.quick;
    let helped = group.helped;
    (group.key.clone(), [yes, partly, no, helped.yes, helped.partly, helped.no])
}

fn whole_year(group_by: FeedbackBy) -> Feedback {
    Feedback { from: date(2026, 1, 1), to: date(2027, 1, 1), group_by }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn feedback_is_what_the_events_say(seed: u64, from in 1..300_i16, days in 0..120_i32) {
        let county = county(seed, 500);
        let dir = tempfile::tempdir().unwrap();
        let first = Date::constant(2026, 1, 1).first_of_year();
        let from = first.checked_add(jiff::Span::new().days(from)).unwrap();
        let to = from.checked_add(jiff::Span::new().days(days)).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
            for group_by in FeedbackBy::ALL {
                let ranged = Feedback { from, to, group_by: *group_by };
                for asked in [whole_year(*group_by), ranged] {
                    let groups = views.feedback(Scope::All, asked.clone()).await.unwrap();
                    let shown: BTreeMap<_, _> = groups.iter().map(shown).collect();
                    prop_assert_eq!(shown, counted(&county, &asked));
                }
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn a_school_sees_its_own_feedback_and_a_service_that_about_requests_it_has() {
    let county = county(30, 600);
    let dir = tempfile::tempdir().unwrap();
    let views = open(dir.path(), &Made::of(&county.events)).await.unwrap();
    let asked = whole_year(FeedbackBy::Month);
    let count = |groups: Vec<FeedbackGroup>| groups.iter().map(|group| group.count).sum::<u64>();
    let everybody = count(views.feedback(Scope::All, asked.clone()).await.unwrap());
    let mut schools = 0;
    for n in 0..SCHOOLS {
        schools += count(views.feedback(Scope::School(school(n)), asked.clone()).await.unwrap());
    }
    assert_eq!(schools, everybody);
    assert!(everybody > 0, "a county that says nothing tests nothing");
    let own = Scope::Service(slug("outreach"));
    assert!(count(views.feedback(own, asked.clone()).await.unwrap()) < everybody);
    assert_eq!(views.feedback(Scope::Nothing, asked).await.unwrap(), []);
}
