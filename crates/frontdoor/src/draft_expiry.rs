//! Drafts that nobody has saved for as long as the retention schedule says are thrown away.
//!
//! Nothing waits for it, so it is looked at now and then, not on the minute. Of several
//! processes that look at once, the log hears one.

use crate::county::by_set_up;
use engine::{Actor, Context, Engine};
use jiff::SignedDuration;
use std::time::Duration;
use views::Views;

/// How often it is looked.
const PAUSE: Duration = Duration::from_mins(10);

/// Throws away what is too old, now and then, until it is stopped.
pub(crate) async fn keep_expiring(engine: Engine, views: Views) {
    loop {
        if let Err(error) = expire(&engine, &views).await {
            tracing::warn!(%error, "old drafts could not be thrown away and are tried again");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Throws away every draft that is too old. Answers how many there were.
pub(crate) async fn expire(engine: &Engine, views: &Views) -> anyhow::Result<usize> {
    let days = engine.desk().await?.retention.draft_days();
    let age = SignedDuration::from_hours(24 * i64::from(days));
    let drafts = views.drafts_untouched_since(engine.now().checked_sub(age)?).await?;
    for draft in &drafts {
        let context = Context { actor: Actor::front_door("timers"), ..by_set_up(engine)? };
        engine.expire_draft(&context, draft.id, days).await?;
    }
    Ok(drafts.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Place;
    use domain::ids::SchoolId;
    use engine::ManualClock;
    use std::sync::Arc;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_draft_that_nobody_resumed_is_gone_after_the_days_of_the_schedule() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().join("data"));
        let clock = Arc::new(ManualClock::at("2026-11-20T10:00:00Z".parse().unwrap()));
        let engine = place.open_or_create().unwrap().engine_by(clock.clone()).await.unwrap();
        let views = Views::open(&place.views(), engine.clone(), &|_| {}).await.unwrap();
        let school = SchoolId(Uuid::from_u128(1));
        let context = by_set_up(&engine).unwrap();
        engine.save_draft(&context, None, school, "{}".to_owned()).await.unwrap();
        views.at_least(engine.head()).await.unwrap();

        clock.set("2027-02-18T09:59:59Z".parse().unwrap());
        assert_eq!(expire(&engine, &views).await.unwrap(), 0);
        clock.set("2027-02-18T10:00:00Z".parse().unwrap());
        assert_eq!(expire(&engine, &views).await.unwrap(), 1);
        views.at_least(engine.head()).await.unwrap();
        assert_eq!(views.drafts(school, 9).await.unwrap(), []);
        assert_eq!(expire(&engine, &views).await.unwrap(), 0);
        views.close().await;
    }
}
