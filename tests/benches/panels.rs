//! How fast a panel's queue of ten thousand is answered about.
//!
//! Everything is asked in one run and told as a multiple of what reading one request takes in
//! the same run: these machines are noisy, so only the ratios can be quoted.
#![expect(clippy::print_stdout, reason = "a benchmark speaks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use frontdoor_tests::caller::Caller;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const QUEUED: usize = 10_000;
const CLIENTS: usize = 64;
const TIMES: usize = 40;
const PANEL: &str = "/panels/semh";

#[tokio::main]
async fn main() {
    let server = Server::empty().await;
    let started = Instant::now();
    let last = fill(&server.demo("school-900001")).await;
    println!("{QUEUED} requests queued in {:.0} s", started.elapsed().as_secs_f64());
    let panel = server.demo("panel");
    let id = last["id"].as_str().unwrap_or_default();

    let baseline = median(&panel, &format!("/requests/{id}")).await;
    println!("baseline: reading one request: {:.1} ms", milliseconds(baseline));
    let queue = format!("{PANEL}/queue");
    let page = panel.get(&queue).await.expect(200);
    let next = page["next"].as_str().unwrap_or_default();
    tell(&panel, "the queue, its first 50", &queue, baseline).await;
    tell(&panel, "the queue, the next 50", &format!("{queue}?cursor={next}"), baseline).await;
    tell(&panel, "the queue, 50 at risk", &format!("{queue}?at_risk=true"), baseline).await;
    tell(&panel, "an agenda proposal", &format!("{PANEL}/agenda-proposal"), baseline).await;
    tell(&panel, "every panel's figures", "/panels", baseline).await;
    let (agenda, pack) = published(&panel, &page["items"][0]).await;
    tell(&panel, "a meeting's agenda", &agenda, baseline).await;
    tell(&panel, "the pack of one item", &pack, baseline).await;
    let again = median(&panel, &format!("/requests/{id}")).await;
    println!("baseline again: {:.1} ms", milliseconds(again));
}

/// What only the panel for social, emotional and mental health can grant, so often.
async fn fill(school: &Caller) -> Value {
    let mut body = submission::plain();
    body["needs"]["primary"] = json!("SEMH");
    body["support_sought"] = json!(["funding"]);
    let tasks = (0..CLIENTS).map(|client| {
        let (school, body) = (school.clone(), body.clone());
        let mine = (client..QUEUED).step_by(CLIENTS).count();
        tokio::spawn(async move {
            let mut last = Value::Null;
            for _ in 0..mine {
                last = school.submit(&body).await.expect(201);
            }
            last
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut last = Value::Null;
    for task in tasks {
        last = task.await.expect("a client finishes");
    }
    assert_eq!(last["route"]["panel"], "semh", "{last}");
    last
}

/// A meeting with this item, published; answers where its agenda and the item's pack are.
async fn published(panel: &Caller, line: &Value) -> (String, String) {
    let called = panel.post(&format!("{PANEL}/meetings"), &json!({})).await.expect(201);
    let meeting = called["id"].as_str().unwrap_or_default();
    let item = json!({"request": line["id"], "depth": line["depth"], "minutes": line["minutes"]});
    let agenda = format!("/meetings/{meeting}/agenda");
    panel.put(&agenda, &json!({"items": [item]})).await.expect_status(200);
    panel.post(&format!("/meetings/{meeting}/publish"), &json!({})).await.expect_status(200);
    let request = line["id"].as_str().unwrap_or_default();
    let pack = format!("/meetings/{meeting}/items/{request}/pack");
    (agenda, pack)
}

async fn tell(caller: &Caller, what: &str, path: &str, baseline: Duration) {
    let took = median(caller, path).await;
    let ratio = took.as_secs_f64() / baseline.as_secs_f64();
    println!("{what}: {:.1} ms = {ratio:.1} × baseline", milliseconds(took));
}

/// Half of the answers took this long or less.
async fn median(caller: &Caller, path: &str) -> Duration {
    let mut took = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let asked = Instant::now();
        caller.get(path).await.expect_status(200);
        took.push(asked.elapsed());
    }
    took.sort_unstable();
    took.get(TIMES / 2).copied().unwrap_or_default()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
