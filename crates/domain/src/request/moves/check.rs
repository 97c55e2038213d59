//! What time alone brings about: nobody asks for it, and it is due by an instant.
//!
//! One command looks for all of it, so that a timer need not know what there is to find:
//! [`Case::next_check`] says when to look, and looking when nothing is due adds nothing. So
//! it does no harm to look too often, or from several processes at once.

use super::{Case, Move};
use crate::desk::Desk;
use crate::event::Change;
use jiff::Timestamp;

impl Move<'_> {
    /// Everything that is due by the instant of recording, in the order in which it fell due.
    pub(in crate::request) fn check(self) -> Vec<Change> {
        self.done()
    }
}

impl Case {
    /// When there will be something due if nothing else happens before; `None`: never.
    #[must_use]
    pub const fn next_check(&self, _desk: &Desk) -> Option<Timestamp> {
        None
    }
}
