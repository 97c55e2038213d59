//! A request as it was known at a moment, from the events of that time alone.

use super::moment::Then;
use crate::problem::Problem;
use domain::event::{ChildEvent, Event};
use domain::ids::RequestId;
use domain::request::Request;
use engine::{Engine, Recorded};
use views::{AsKnown, Scope, as_known};

/// Everything recorded about a request up to a moment, in order, and whose it is.
pub(super) struct Past {
    request: RequestId,
    events: Vec<Recorded>,
}

impl Past {
    /// What was known of a request; a fault of the question when nothing was yet, and 404 when
    /// nobody has heard of it to this day.
    pub(super) async fn of(
        engine: &Engine,
        request: RequestId,
        then: Then,
    ) -> Result<Self, Problem> {
        match Self::find(engine, request, then).await? {
            Found::Known(past) => Ok(past),
            Found::Later(first) => {
                let detail = format!("the request was received later, at position {first}");
                Err(Problem::fault(then.pointer, detail))
            }
            Found::Never => Err(Problem::not_found()),
        }
    }

    /// The same, for those who ask whether there was anything.
    pub(super) async fn find(
        engine: &Engine,
        request: RequestId,
        then: Then,
    ) -> Result<Found, Problem> {
        let mut events = engine.stream(&format!("request-{request}")).await?;
        let Some(first) = events.first().map(|event| event.position) else {
            return Ok(Found::Never);
        };
        events.retain(|event| event.position <= then.position);
        let happened = events.iter().filter_map(Recorded::happened);
        let state = happened.fold(Request::default(), |state, it| state.evolve(&it));
        let Some(case) = state.case() else { return Ok(Found::Later(first)) };
        let school = case.school;
        if let Some(child) = case.child {
            let of_child = engine.stream(&format!("child-{child}")).await?;
            events.extend(
                of_child
                    .into_iter()
                    .filter(|event| event.position <= then.position || is_erasure(event)),
            );
        }
        events.extend(engine.stream_to(&format!("school-{school}"), then.position).await?);
        events.sort_by_key(|event| event.position);
        Ok(Found::Known(Self { request, events }))
    }

    /// As the read models would have shown it then to this scope.
    pub(super) async fn shown_to(&self, scope: Scope) -> Result<Option<AsKnown>, Problem> {
        Ok(as_known(self.events.clone(), scope, self.request).await?)
    }
}

/// What there was to know of a request.
pub(super) enum Found {
    /// This.
    Known(Past),
    /// Nothing yet: it was received at this position.
    Later(u64),
    /// Nothing, to this day.
    Never,
}

/// That a child was erased since is said of every moment before: its words cannot be shown, and
/// a reader must not think that there were none.
fn is_erasure(event: &Recorded) -> bool {
    matches!(event.event, Some(Event::Child(ChildEvent::Erased(_))))
}
