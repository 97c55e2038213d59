//! For whom sealed boxes are opened, if for anybody.
//!
//! What is shown of a request is made by the same functions for whoever reads it; only the
//! opening differs.

use crate::app::{App, Permit};
use crate::problem::Problem;
use domain::personal::Personal;
use engine::SealedBox;

/// Who reads.
pub(crate) enum Reader<'a> {
    /// A caller, as far as the permit reaches.
    Permitted(&'a App, &'a Permit),
}

impl Reader<'_> {
    /// Opens boxes, in order, once the access is on record; `None`: the reader may not know
    /// what is in it, or nobody can any more.
    pub(crate) async fn open(
        &self,
        boxes: Vec<SealedBox>,
    ) -> Result<Vec<Option<Personal>>, Problem> {
        match self {
            Self::Permitted(app, permit) => permit.open(app, boxes).await,
        }
    }
}
