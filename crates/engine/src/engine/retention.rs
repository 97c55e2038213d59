//! When a request ended, which is what its retention counts from.

use super::Engine;
use crate::actor::ActorKind;
use crate::failure::Failure;
use domain::calendar::london;
use domain::ids::RequestId;
use domain::request::{Request, Status};
use domain::retention::{Ended, class_of};

impl Engine {
    /// Of which class a request is, and when it ended; `None` while it is open, or when there
    /// is none.
    pub async fn ended(&self, request: RequestId) -> Result<Option<Ended>, Failure> {
        let (mut state, mut closed_on, mut last) = (Request::default(), None, None);
        for recorded in self.stream(&format!("request-{request}")).await? {
            let Some(happened) = recorded.happened() else { continue };
            let day = london::wall(recorded.effective_at).date();
            state = state.evolve(&happened);
            let closed = state.case().is_some_and(|case| case.status() == Status::Closed);
            closed_on = if closed { closed_on.or(Some(day)) } else { None };
            if recorded.actor.kind == ActorKind::Account {
                last = Some(day);
            }
        }
        let class = state.case().and_then(class_of);
        Ok(class.zip(closed_on).map(|(class, closed_on)| Ended {
            class,
            closed_on,
            last_activity_on: last.unwrap_or(closed_on),
        }))
    }
}
