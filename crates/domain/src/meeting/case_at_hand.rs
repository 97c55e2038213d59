//! What a meeting's decision looks at beside the meeting itself: the desk, and the requests
//! that it touches, as they stand and as each step leaves them.

use super::{Sitting, is_paper};
use crate::desk::Desk;
use crate::ids::{AccountId, RequestId};
use crate::request::{Case, Happened, Request};
use std::collections::{BTreeMap, BTreeSet};

/// A request that a command touches.
#[derive(Clone, Debug, Default)]
pub struct AtHand {
    /// The request as it stands.
    pub request: Request,
    /// The version of its stream.
    pub version: u32,
    /// The version of the last event of which members would read in a pack.
    pub papers_version: u32,
    /// Who has done anything to it, apart from panels' people.
    pub hands: BTreeSet<AccountId>,
}

/// Everything that a decision may look up.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// What the front desk goes by.
    pub desk: &'a Desk,
    /// The requests that the command touches.
    pub requests: &'a BTreeMap<RequestId, AtHand>,
    /// The meeting to which items go, when this one is cancelled.
    pub other: Option<&'a Sitting>,
}

impl AtHand {
    /// Follows one event of the request's stream, which has this version.
    pub fn follow(&mut self, version: u32, happened: &Happened<'_>) {
        self.version = version;
        if is_paper(happened.event) {
            self.papers_version = version;
        }
        self.request = std::mem::take(&mut self.request).evolve(happened);
    }
}

impl<'a> Around<'a> {
    /// A request, if it was received.
    pub(super) fn case(&self, request: RequestId) -> Option<&'a Case> {
        self.requests.get(&request)?.request.case()
    }
}
