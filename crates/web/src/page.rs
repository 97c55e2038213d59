//! A page of a list: `{"items": […], "next": "<cursor>" | null}`.

use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The items, in the order asked for.
    pub(crate) items: Vec<T>,
    /// Where the next page begins, as `cursor`; null when this is the last.
    pub(crate) next: Option<String>,
}

impl<T> Page<T> {
    /// The first `limit` of these, which must hold one more than that if there are more.
    /// `cursor` says where the page after an item begins.
    pub(crate) fn of(mut items: Vec<T>, limit: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(cursor);
        Self { items, next }
    }
}
