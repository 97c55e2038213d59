//! What the machine room sees: counts, durations and positions, in Prometheus' text format.
//!
//! Nothing personal, and nothing a stranger can multiply: paths are the routes' patterns, and
//! methods and statuses come from short lists.

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use tokio::time::Instant;

const REQUESTS: &str = "frontdoor_http_requests_total";
const DURATION: &str = "frontdoor_http_request_duration_seconds";
const IN_FLIGHT: &str = "frontdoor_http_requests_in_flight";
const LOG_HEAD: &str = "frontdoor_log_head_position";
const LOG_WRITABLE: &str = "frontdoor_log_writable";
const LOG_APPENDS: &str = "frontdoor_log_appends_total";
const LOG_SYNCS: &str = "frontdoor_log_syncs_total";
const VIEWS_POSITION: &str = "frontdoor_views_position";

/// Upper bounds of the duration histogram: from a read out of memory to the answer deadline.
const DURATION_SECONDS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 60.0];

/// Durations are kept one by one until they are folded into the histogram: by a scrape, or,
/// where nobody scrapes, after so many requests.
const FOLD_EVERY_REQUESTS: u64 = 4096;

/// Counts and times every request. To be layered onto the router itself, where the matched
/// path is known.
pub(crate) async fn measure(request: Request, next: Next) -> Response {
    let mut measured = Measured::new(&request);
    let response = next.run(request).await;
    measured.status = class_of(response.status().as_u16());
    response
}

/// Everything measured, for one scrape.
pub(crate) fn render() -> String {
    exporter().render()
}

/// The log: how many records it holds, and whether it takes more.
pub(crate) fn set_log(head: u64, writable: bool) {
    exporter();
    gauge!(LOG_HEAD).set(approximate(head));
    gauge!(LOG_WRITABLE).set(u8::from(writable));
}

/// How far the read models have come, as a position in the log.
pub(crate) fn set_views(position: u64) {
    exporter();
    gauge!(VIEWS_POSITION).set(approximate(position));
}

/// Appends since the start, and the syncs that they shared.
pub(crate) fn set_appends(appends: u64, syncs: u64) {
    exporter();
    counter!(LOG_APPENDS).absolute(appends);
    counter!(LOG_SYNCS).absolute(syncs);
}

/// The process's one exporter, installed at its first use. When something else has installed
/// a recorder before, that one gets the numbers and ours stays empty.
fn exporter() -> &'static PrometheusHandle {
    static EXPORTER: OnceLock<PrometheusHandle> = OnceLock::new();
    EXPORTER.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&DURATION_SECONDS);
        let recorder = builder.unwrap_or_default().build_recorder();
        let handle = recorder.handle();
        match metrics::set_global_recorder(recorder) {
            Ok(()) => describe(),
            Err(error) => tracing::warn!(%error, "metrics are recorded elsewhere"),
        }
        handle
    })
}

fn describe() {
    describe_counter!(REQUESTS, "Requests answered, by method, route and class of status");
    describe_histogram!(DURATION, "Time from a request's head to the head of its answer");
    describe_gauge!(IN_FLIGHT, "Requests being answered now");
    describe_gauge!(LOG_HEAD, "Records in the log");
    describe_gauge!(LOG_WRITABLE, "1 while the log takes records, 0 when it is read-only");
    describe_counter!(LOG_APPENDS, "Appends to the log since the start");
    describe_counter!(LOG_SYNCS, "Syncs to disk since the start; appends share them");
    describe_gauge!(VIEWS_POSITION, "Position in the log that the read models have reached");
}

/// A request being answered. Recorded when dropped, so one whose client hung up counts too.
struct Measured {
    method: &'static str,
    path: String,
    status: &'static str,
    started: Instant,
}

impl Measured {
    fn new(request: &Request) -> Self {
        exporter();
        gauge!(IN_FLIGHT).increment(1);
        Self {
            method: name_of(request.method()),
            path: path_of(request).to_owned(),
            status: "hung_up",
            started: Instant::now(),
        }
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        static RECORDED: AtomicU64 = AtomicU64::new(1);
        let Self { method, status, started, .. } = *self;
        let path = std::mem::take(&mut self.path);
        gauge!(IN_FLIGHT).decrement(1);
        histogram!(DURATION, "method" => method, "path" => path.clone()).record(started.elapsed());
        counter!(REQUESTS, "method" => method, "path" => path, "status" => status).increment(1);
        if RECORDED.fetch_add(1, Relaxed).is_multiple_of(FOLD_EVERY_REQUESTS) {
            exporter().run_upkeep();
        }
    }
}

/// The route's pattern, such as `/api/v1/requests/{id}`: without anybody's id.
pub(crate) fn path_of(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str)
}

/// A client can invent methods; a label may not be invented.
fn name_of(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn class_of(status: u16) -> &'static str {
    match status {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

/// Prometheus counts in `f64`, which is exact for every position below 2^53.
fn approximate(position: u64) -> f64 {
    let half = |bits: u64| f64::from(u32::try_from(bits & 0xffff_ffff).unwrap_or_default());
    half(position >> 32).mul_add(4_294_967_296.0, half(position))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use std::time::Duration;
    use tower::ServiceExt;

    /// The recorder belongs to the process, so each test has routes of its own.
    async fn call(router: Router, method: &str, uri: &str) {
        let request = Request::builder().method(method).uri(uri).body(Body::empty()).unwrap();
        router.layer(from_fn(measure)).oneshot(request).await.unwrap();
    }

    fn lines_of<'a>(rendered: &'a str, metric: &str, path: &str) -> Vec<&'a str> {
        let path = format!("path=\"{path}\"");
        rendered.lines().filter(|line| line.starts_with(metric) && line.contains(&path)).collect()
    }

    #[tokio::test]
    async fn a_request_is_counted_under_its_route_not_its_id() {
        let router = Router::new().route("/counted/{id}", get(|| async {}));
        call(router, "GET", "/counted/a-child?name=alice").await;

        let rendered = render();
        assert_eq!(
            lines_of(&rendered, REQUESTS, "/counted/{id}"),
            [r#"frontdoor_http_requests_total{method="GET",path="/counted/{id}",status="2xx"} 1"#]
        );
        assert!(!rendered.contains("a-child") && !rendered.contains("alice"));
    }

    #[tokio::test]
    async fn durations_are_a_histogram() {
        let router = Router::new().route("/timed", get(|| async {}));
        call(router, "GET", "/timed").await;

        let rendered = render();
        let buckets = lines_of(&rendered, &format!("{DURATION}_bucket"), "/timed");
        assert_eq!(buckets.len(), DURATION_SECONDS.len() + 1);
        assert!(buckets.last().unwrap().ends_with(r#"le="+Inf"} 1"#), "{buckets:?}");
    }

    #[tokio::test]
    async fn what_a_client_invents_is_no_label() {
        let router = Router::new().route("/inventive", get(|| async {}));
        call(router.clone(), "ALICE", "/inventive").await;
        call(router, "GET", "/alice").await;

        let rendered = render();
        let counted = lines_of(&rendered, REQUESTS, "/inventive");
        assert!(counted[0].contains(r#"method="other""#) && counted[0].contains("4xx"));
        assert!(!lines_of(&rendered, REQUESTS, "unmatched").is_empty());
        assert!(!rendered.to_lowercase().contains("alice"));
    }

    #[tokio::test]
    async fn a_client_that_hangs_up_is_counted_and_no_longer_in_flight() {
        let router = Router::new().route("/left", get(std::future::pending::<()>));
        let waiting = call(router, "GET", "/left");
        assert!(tokio::time::timeout(Duration::from_millis(20), waiting).await.is_err());

        assert!(lines_of(&render(), REQUESTS, "/left")[0].contains(r#"status="hung_up""#));
    }

    #[tokio::test]
    async fn a_failing_handler_is_counted_as_ours() {
        let failing = get(|| async { StatusCode::SERVICE_UNAVAILABLE });
        call(Router::new().route("/failing", failing), "GET", "/failing").await;
        assert!(lines_of(&render(), REQUESTS, "/failing")[0].contains(r#"status="5xx""#));
    }

    #[test]
    fn the_log_and_the_views_say_how_far_they_are() {
        set_log(1200, true);
        set_log(1201, false);
        set_views(1199);
        set_appends(1000, 40);

        let rendered = render();
        for line in [
            "frontdoor_log_head_position 1201",
            "frontdoor_log_writable 0",
            "frontdoor_views_position 1199",
            "frontdoor_log_appends_total 1000",
            "frontdoor_log_syncs_total 40",
            "# TYPE frontdoor_log_syncs_total counter",
        ] {
            assert!(rendered.lines().any(|rendered| rendered == line), "{line}\n{rendered}");
        }
    }

    #[test]
    fn a_position_is_shown_exactly() {
        for position in [0, 1, (1 << 32) - 1, 1 << 32, 5_000_000_001, 1 << 53] {
            assert_eq!(format!("{:.0}", approximate(position)), position.to_string());
        }
    }
}
