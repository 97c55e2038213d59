//! What commands that tell about records have in common: the data directory with its read
//! models, and a refusal of the API as an error of the command line.

use crate::progress::Progress;
use crate::storage::Place;
use views::Views;
use web::identity::Keys;
use web::session::Sessions;
use web::{App, Problem};

/// The data directory, opened, as the API would answer from it.
pub(crate) async fn app(place: &Place) -> anyhow::Result<App> {
    let engine = place.open()?.engine().await?;
    let progress = Progress::of("events read");
    let reached = |it: views::Progress| progress.reach(it.position, it.head);
    let views = Views::open(&place.views(), engine.clone(), &reached).await?;
    views.at_least(engine.head()).await?;
    drop(progress);
    Ok(App { engine, views, keys: Keys::Issued, sessions: Sessions::default() })
}

/// The answer; a problem as an error.
pub(crate) fn asked<T>(answer: Result<T, Problem>) -> anyhow::Result<T> {
    answer.map_err(|problem| anyhow::anyhow!("{}: {}", problem.title, problem.detail))
}
