//! How long the server takes for a page: over the county of the demonstration, and over a hundred
//! thousand requests.
//!
//! Every kind of page is fetched by whoever it is for, over one open connection, beside what the
//! same connection takes for nothing (`/health/live`) and for the API's own answer. These machines
//! are noisy, so only the ratios can be quoted. `PAGES_REQUESTS` says another number than a hundred
//! thousand, to try the benchmark itself.
#![expect(clippy::print_stdout, reason = "a benchmark speaks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use frontdoor_tests::dice::Dice;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission;
use reqwest::Client;
use reqwest::redirect::Policy;
use serde_json::Value;
use std::time::{Duration, Instant};

/// A year of the demonstration's county.
const USUAL: usize = 1_200;
/// Far more than any county has.
const MANY: usize = 100_000;
const SCHOOLS: usize = 64;
const TIMES: usize = 30;

/// Pages, by whom they are for; `{request}` and `{draft}` stand for one of theirs.
const PAGES: &[(&str, &str, &str)] = &[
    ("a school's start", "school-900001", "/"),
    ("a school's requests", "school-900001", "/requests"),
    ("a school's request", "school-900001", "/requests/{request}"),
    ("a school's task list", "school-900001", "/drafts/{draft}"),
    ("an adviser's start", "adviser", "/"),
    ("an adviser's list", "adviser", "/requests"),
    ("an adviser's request", "adviser", "/requests/{request}"),
    ("a coordinator's start", "coordinator", "/"),
    ("a service's board", "service-sensory-support", "/services/sensory-support/work"),
    ("a panel's queue", "panel", "/panels/semh"),
    ("a commissioner's start", "commissioner", "/"),
    ("figures", "commissioner", "/figures"),
    ("response times", "commissioner", "/figures/response-times"),
    ("flow", "commissioner", "/figures/flow"),
    ("queues", "commissioner", "/figures/queues"),
    ("spending", "commissioner", "/figures/spend"),
    ("behind a number", "commissioner", "/figures/flow/requests?of=received"),
    ("the administrator's start", "admin", "/"),
    ("the administrator's schools", "admin", "/schools"),
    ("the officer's start", "dpo", "/"),
    ("the auditor's start", "auditor", "/"),
    ("the auditor's events", "auditor", "/audit"),
];

/// What some of them ask of the API, by itself.
const ANSWERS: &[(&str, &str, &str)] = &[
    ("API: an adviser's list", "adviser", "/api/v1/requests?sort=respond_by&limit=50"),
    ("API: response times", "commissioner", "/api/v1/insights/response-times?group_by=month"),
    ("API: flow", "commissioner", "/api/v1/insights/flow"),
    ("API: queues", "commissioner", "/api/v1/insights/queues"),
];

#[tokio::main]
async fn main() {
    let many = std::env::var("PAGES_REQUESTS").ok().and_then(|said| said.parse().ok());
    let many: usize = many.unwrap_or(MANY);
    let server = Server::with(&["--demo", "--demo-requests", &USUAL.min(many).to_string()]).await;
    let begun = server.demo("school-900001").post("/drafts", &submission::plain()).await;
    begun.expect_status(201);
    println!("{} requests, a year of the demonstration", USUAL.min(many));
    measure(&server).await;
    let started = Instant::now();
    submit(&server, many.saturating_sub(USUAL)).await;
    println!("\n{many} requests, submitted in {:.0} s", started.elapsed().as_secs_f64());
    measure(&server).await;
}

/// Submits so many more, from many schools at once.
async fn submit(server: &Server, requests: usize) {
    let schools = (0..SCHOOLS).map(|school| {
        let caller = server.demo(&format!("school-{}", 900_001 + school));
        tokio::spawn(async move {
            let mut dice = Dice::new(u64::try_from(school).unwrap_or_default());
            for _ in (school..requests).step_by(SCHOOLS) {
                caller.submit(&submission::random(&mut dice)).await;
            }
        })
    });
    let schools: Vec<_> = schools.collect();
    for school in schools {
        school.await.expect("a school finishes");
    }
}

async fn measure(server: &Server) {
    let nobody = Visitor::nobody(server);
    let baseline = nobody.median("/health/live").await;
    println!("baseline, /health/live: {:.2} ms", milliseconds(baseline.took));
    for (what, who, path) in PAGES.iter().chain(ANSWERS) {
        let visitor = Visitor::who(server, who).await;
        match visitor.filled(path).await {
            Some(path) => tell(what, &visitor.median(&path).await, baseline.took),
            None => println!("{what:<28} there is none"),
        }
    }
    println!("baseline again: {:.2} ms", milliseconds(nobody.median("/health/live").await.took));
}

/// A page, as often as it was fetched.
struct Fetched {
    /// Half of the times took this long or less.
    took: Duration,
    /// As large as it is, unpacked.
    bytes: usize,
}

/// Somebody at a browser, or as good as.
struct Visitor {
    http: Client,
    origin: String,
    cookie: String,
}

impl Visitor {
    fn nobody(server: &Server) -> Self {
        let http = Client::builder().no_proxy().redirect(Policy::none()).build();
        let origin = format!("http://{}", server.address());
        Self { http: http.expect("a client"), origin, cookie: String::new() }
    }

    /// Who chose in the demonstration to be this person.
    async fn who(server: &Server, who: &str) -> Self {
        let mut visitor = Self::nobody(server);
        let door = format!("{}/sign-in/demo", visitor.origin);
        let sent = visitor.http.post(door).header("origin", &visitor.origin);
        let sent = sent.header("content-type", "application/x-www-form-urlencoded");
        let answer = sent.body(format!("key=demo-{who}")).send().await.expect("an answer");
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next());
        visitor.cookie = cookie.unwrap_or_else(|| panic!("{who} is let in")).to_owned();
        visitor
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let asked = self.http.get(format!("{}{path}", self.origin)).header("cookie", &self.cookie);
        let answer = asked.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer
    }

    /// The path with the first of what stands in its hole.
    async fn filled(&self, path: &str) -> Option<String> {
        for (hole, list) in [("{request}", "requests"), ("{draft}", "drafts")] {
            if path.contains(hole) {
                let listed = self.get(&format!("/api/v1/{list}")).await.text().await;
                let listed: Value = serde_json::from_str(&listed.ok()?).ok()?;
                return Some(path.replace(hole, listed["items"][0]["id"].as_str()?));
            }
        }
        Some(path.to_owned())
    }

    async fn median(&self, path: &str) -> Fetched {
        let (mut took, mut bytes) = (Vec::with_capacity(TIMES), 0);
        for _ in 0..TIMES {
            let asked = Instant::now();
            bytes = self.get(path).await.bytes().await.expect("a body").len();
            took.push(asked.elapsed());
        }
        took.sort_unstable();
        Fetched { took: took.get(TIMES / 2).copied().unwrap_or_default(), bytes }
    }
}

fn tell(what: &str, fetched: &Fetched, baseline: Duration) {
    let ratio = fetched.took.as_secs_f64() / baseline.as_secs_f64();
    let (took, bytes) = (milliseconds(fetched.took), fetched.bytes);
    println!("{what:<28} {took:>8.2} ms = {ratio:>6.1} × baseline, {bytes:>6} bytes");
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
