//! A document comes with a request.

use super::Move;
use crate::document::DocumentAdded;
use crate::event::{Change, RequestEvent as E};
use crate::personal::{DocumentName, Personal};

impl Move<'_> {
    /// Whoever works on an open request may add to it. It answers no question by itself.
    pub(crate) fn add_document(mut self, added: DocumentAdded, name: DocumentName) -> Vec<Change> {
        let added = Change::of(E::DocumentAdded(added));
        self.unfolding.then(added.with(Some(Personal::Document(name))));
        self.done()
    }
}
