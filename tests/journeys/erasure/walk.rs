//! Everything that anybody can be shown: each GET operation that the API describes, about every
//! request, child, document, draft and meeting of a life, as each of the nine roles.

use super::life::{Life, MEETING};
use frontdoor_tests::caller::Caller;
use frontdoor_tests::{binary, caller};
use reqwest::Method;
use std::collections::BTreeSet;

const CALLERS: [&str; 13] = [
    "school-900001",
    "school-900002",
    "adviser",
    "coordinator",
    "service-sensory-support",
    "service-specialist-sen",
    "service-education-welfare",
    "panel",
    "panel-joan-ferris",
    "commissioner",
    "auditor",
    "dpo",
    "admin",
];
/// What answers are also asked for as.
const FORMS: [&str; 3] = ["application/json", "text/html", "text/plain"];

/// What somebody was shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shown {
    pub(super) who: &'static str,
    pub(super) path: String,
    pub(super) form: &'static str,
    /// As the API describes it, with its parameters.
    pub(super) operation: String,
    pub(super) status: u16,
    pub(super) text: String,
}

/// All GET operations that the API describes.
pub(super) async fn operations() -> BTreeSet<String> {
    let described = binary::run(&["openapi"]).await.json();
    let paths = described["paths"].as_object().expect("paths").iter();
    let gets = paths.filter(|(_, methods)| methods["get"].is_object());
    gets.map(|(path, _)| path.strip_prefix(caller::BASE).unwrap_or(path).to_owned()).collect()
}

/// What each role is shown.
pub(super) async fn walk(life: &Life) -> Vec<Shown> {
    let paths: Vec<(String, String)> = operations()
        .await
        .into_iter()
        .flat_map(|operation| {
            let paths = paths_of(life, &operation);
            paths.into_iter().map(move |path| (operation.clone(), path))
        })
        .collect();
    let walks = CALLERS.map(|who| tokio::spawn(ask(life.caller(who), who, paths.clone())));
    let mut shown = Vec::new();
    for walk in walks {
        shown.extend(walk.await.expect("a walk ends"));
    }
    shown.sort();
    shown
}

async fn ask(caller: Caller, who: &'static str, paths: Vec<(String, String)>) -> Vec<Shown> {
    let mut shown = Vec::new();
    for (operation, path) in paths {
        let many = ["/requests/", "/meetings/", "/children/", "/insights/"]
            .iter()
            .any(|place| path.starts_with(place));
        for form in if many { &FORMS[..] } else { &FORMS[..1] } {
            let accept = [("accept", *form)];
            let answer = caller.send(Method::GET, &path, &accept, vec![]).await.expect("an answer");
            assert!(answer.status < 500 && answer.status != 429, "{path}: {answer:?}");
            let (status, text) = (answer.status, answer.text);
            let (operation, path) = (operation.clone(), path.clone());
            shown.push(Shown { who, path, form, operation, status, text });
            // Nobody who may not see it sees it in another form.
            if matches!(status, 403 | 404) {
                break;
            }
        }
    }
    shown
}

/// An operation's paths about this life, and about somebody else.
fn paths_of(life: &Life, operation: &str) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    let requests = [&life.requests[..], &life.others[..]].concat();
    let mut paths = one(operation);
    let mut fill = |name: &str, values: &[String]| {
        let filled = paths.iter().flat_map(|path| values.iter().map(|it| path.replace(name, it)));
        paths = filled.collect::<BTreeSet<_>>().into_iter().collect();
    };
    let place = operation.strip_prefix("/audit").unwrap_or(operation);
    let ids = match place.split('/').nth(1).expect("a place") {
        "requests" => requests.clone(),
        "children" => [&life.children[..], std::slice::from_ref(&life.other_child)].concat(),
        "drafts" => one(&life.draft),
        "meetings" => one(MEETING),
        "panels" => one("communication-interaction"),
        _ => one("demo-adviser"),
    };
    fill("{id}", &ids);
    fill("{document}", &life.documents);
    fill("{request}", &requests);
    fill("{slug}", &["sensory-support", "specialist-sen"].map(str::to_owned));
    fill("{figure}", &["response-times", "gaps", "spend", "feedback"].map(str::to_owned));
    for (name, value) in
        [("{team}", "front-door"), ("{month}", "2026-09"), ("{urn}", "900001"), ("{version}", "1")]
    {
        fill(name, &one(value));
    }
    fill("{number}", &one("1"));
    fill("{position}", &["1", "10", "100"].map(str::to_owned));
    let tiles = ["000", "001", "002", "003"];
    let place = if operation.contains("entries") { "" } else { "tile/0/" };
    fill("{path}", &tiles.map(|tile| format!("{place}{tile}")));
    let asking = asking(life, operation);
    paths.iter().flat_map(|path| asking.iter().map(move |query| format!("{path}{query}"))).collect()
}

/// What is asked for beside the path.
fn asking(life: &Life, operation: &str) -> Vec<String> {
    let groups = |groups: &str| groups.split(' ').map(|it| format!("?group_by={it}")).collect();
    let one = |query: &str| vec![query.to_owned()];
    match operation.trim_end_matches(".csv") {
        "/insights/response-times" => groups("promise service school area need district month"),
        "/insights/feedback" => groups("service month"),
        "/insights/spend" => groups("agency funding panel area service district school"),
        "/requests" => vec![String::new(), format!("?q={}", life.name), "?q=2013-02-17".into()],
        "/audit/proofs/inclusion" => one("?position=1"),
        "/audit/proofs/consistency" => one("?from=1"),
        "/audit/requests/{id}/difference" => {
            ["07:30", "08:30"].map(|at| format!("?from=2026-09-01T{at}:00Z")).to_vec()
        }
        "/audit/access" => vec![format!("?child={}", life.children[0]), "?actor=demo-dpo".into()],
        "/audit/requests/{id}/seen-by" => one("?school_urn=900001"),
        "/audit/events" | "/audit/export" => {
            (0..10).map(|hundred| format!("?after={hundred}00&limit=100")).collect()
        }
        _ => one(""),
    }
}
