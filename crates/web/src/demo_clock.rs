//! `PUT /demo/clock`: the clock of a demonstration, which somebody moves by hand.
//!
//! A month of promises takes a month; a demonstration takes an hour. With `--demo-clock` the
//! made-up county's clock stands until it is moved, and whatever falls due on the way happens
//! at its own instant. Without that option these paths do not exist, and the option exists in
//! demonstrations only.

use crate::app::App;
use crate::form::{Faults, Form, instant};
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use engine::{Clock as _, ManualClock, pass_time};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// How far a clock is moved at once, at the most: a year.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 366);

/// What the clock of the demonstration shows.
#[derive(Serialize)]
struct DemoClock {
    now: Timestamp,
}

/// The paths of a demonstration's clock, which is moved by hand.
pub fn routes(clock: Arc<ManualClock>) -> Router<App> {
    let show = {
        let clock = Arc::clone(&clock);
        async move || Json(DemoClock { now: clock.now() })
    };
    let set = async move |State(app): State<App>, body: Bytes| {
        let to = destination(&body, clock.now())?;
        pass_time(&app.engine, &clock, to).await?;
        Ok::<_, Problem>(Json(DemoClock { now: clock.now() }))
    };
    Router::new().route("/demo/clock", get(show).put(set))
}

fn destination(body: &[u8], now: Timestamp) -> Result<Timestamp, Problem> {
    let body: Value =
        serde_json::from_slice(body).map_err(|_| Problem::unreadable("The body is not JSON."))?;
    let mut faults = Faults::default();
    let to = Form::of(&body, "", &mut faults).and_then(|mut form| {
        let to = form.required("now", &mut faults, instant);
        form.done(&mut faults);
        to
    });
    let to = faults.or(to)?;
    let way = to.duration_since(now);
    if way.is_negative() || way > FARTHEST {
        let detail = format!("time goes on, a year at once at the most: it is {now}");
        return Err(Problem::fault("/now", detail));
    }
    Ok(to)
}
