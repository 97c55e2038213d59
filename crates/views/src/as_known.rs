//! A request as the read models would have shown it earlier: the same rows, folded from the
//! events of that time alone, and the same questions asked of them.
//!
//! So whoever could see what then, is answered by what answers who can see what now.

use crate::fold::Fold;
use crate::requests::{self, Detail};
use crate::timeline::{self, Entry};
use crate::{Error, Scope};
use domain::ids::RequestId;
use engine::Recorded;

/// A request, and everything that had happened to it.
#[derive(Clone, Debug, PartialEq)]
pub struct AsKnown {
    /// As it stood.
    pub detail: Detail,
    /// What had happened, as far as the scope may know it.
    pub timeline: Vec<Entry>,
}

/// A request as it was known from these events, in the order of their positions: its own, and
/// those of its child and its school. `None` when the scope did not have it.
pub async fn as_known(
    events: Vec<Recorded>,
    scope: Scope,
    request: RequestId,
) -> Result<Option<AsKnown>, Error> {
    let asked = tokio::task::spawn_blocking(move || ask(&events, &scope, request));
    asked.await.map_err(|_cut_off| Error::Closed)?
}

fn ask(events: &[Recorded], scope: &Scope, request: RequestId) -> Result<Option<AsKnown>, Error> {
    let mut fold = Fold::in_memory()?;
    fold.apply(events)?;
    let detail = requests::detail(fold.rows(), scope, request)?;
    let timeline = timeline::timeline(fold.rows(), scope, request)?;
    Ok(detail.zip(timeline).map(|(detail, timeline)| AsKnown { detail, timeline }))
}
