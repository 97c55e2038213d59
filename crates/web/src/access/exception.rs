//! Reading by exception: what somebody who broke the glass of one request may read of it.

use super::{Operation, Reach};
use crate::app::App;
use crate::identity::Caller;
use crate::problem::Problem;
use domain::ids::RequestId;
use domain::request::event::GlassReason;
use uuid::Uuid;

/// How the reason of such an access begins in the record of accesses.
pub(crate) const WHY: &str = "break-glass";

impl Operation {
    /// Whether it reads one request, and so may be done by exception.
    #[must_use]
    pub const fn by_exception(self) -> bool {
        matches!(
            self,
            Self::ReadRequest
                | Self::ReadTimeline
                | Self::ReadTriage
                | Self::ReadClocks
                | Self::ReadPackage
                | Self::ListDocuments
                | Self::ReadDocument
        )
    }
}

/// Why the caller may read the request of this path by exception at this moment, if they may.
pub(crate) async fn exception(
    app: &App,
    operation: Operation,
    caller: &Caller,
    path: &str,
) -> Result<Option<GlassReason>, Problem> {
    if !operation.by_exception() || Operation::BreakGlass.reach(caller.role()) == Reach::No {
        return Ok(None);
    }
    let Some(request) = request_of(path) else { return Ok(None) };
    let (state, _) = app.engine.request(request).await?;
    Ok(state.case().and_then(|case| case.glass_of(caller.id(), app.engine.now())))
}

fn request_of(path: &str) -> Option<RequestId> {
    let (_, rest) = path.split_once("/requests/")?;
    Uuid::try_parse(rest.split('/').next()?).ok().map(RequestId)
}
