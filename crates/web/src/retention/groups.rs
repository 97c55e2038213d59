//! Children with all their pseudonyms, whose requests have all ended: who may have come to the
//! end of their time.

use super::kept::all_ended;
use crate::app::App;
use crate::opener::Opener;
use crate::problem::Problem;
use crate::requests::shown::identity;
use domain::ids::{ChildId, RequestId};
use domain::retention::{Ended, KeptUntil, RetentionSchedule};
use engine::SealedBox;
use jiff::civil::Date;

/// The most boxes that are opened under one access.
const MOST_AT_ONCE: usize = 2_000;

/// A child whose requests have all ended.
pub(crate) struct Group {
    /// Every pseudonym, the one that was asked about first.
    pub(crate) children: Vec<ChildId>,
    ended: Vec<Ended>,
    /// Who it is, sealed.
    identity: Option<SealedBox>,
}

/// Why a child is in no group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// There is no such child, or it has no request.
    Unknown,
    /// A request about it is open.
    Open,
    /// It was erased.
    Erased,
}

impl Group {
    /// The child with everything that decides how long it is kept.
    pub(crate) async fn of(app: &App, child: ChildId) -> Result<Result<Self, Kept>, Problem> {
        let children = app.views.same_child(child).await?;
        let items = app.views.requests_of(children.clone()).await?;
        if items.is_empty() {
            return Ok(Err(Kept::Unknown));
        }
        if items.iter().any(|item| item.child_erased) {
            return Ok(Err(Kept::Erased));
        }
        let requests: Vec<RequestId> = items.iter().map(|item| item.id).collect();
        let Some(ended) = all_ended(app, &requests).await? else { return Ok(Err(Kept::Open)) };
        let identity = items.into_iter().find_map(|item| item.identity);
        Ok(Ok(Self { children, ended, identity }))
    }
}

/// Until when each of these is kept, in their order. Dates of birth are sealed: `opener` opens
/// them, and those alone that matter.
pub(crate) async fn kept_until(
    app: &App,
    schedule: &RetentionSchedule,
    groups: &[Group],
    opener: Opener<'_>,
) -> Result<Vec<Option<KeptUntil>>, Problem> {
    let mut all = Vec::with_capacity(groups.len());
    for some in groups.chunks(MOST_AT_ONCE) {
        let asks = |group: &&Group| schedule.asks_birth(&group.ended);
        let boxes = some.iter().filter(asks).filter_map(|group| group.identity.clone()).collect();
        let mut born = opener.open(app, boxes).await?.into_iter();
        for group in some {
            let sealed = group.identity.is_some() && asks(&group);
            let who = if sealed { born.next().flatten() } else { None };
            let born: Option<Date> = identity(who).map(|who| who.date_of_birth);
            all.push(schedule.kept_until(&group.ended, born));
        }
    }
    Ok(all)
}
