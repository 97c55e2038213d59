//! What a connection and the request on it tell each other.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Whose turn it is on one connection. Flags of one conversation, almost always of one task:
/// nothing else is ordered by them.
#[derive(Debug)]
pub(super) struct Progress {
    peers_turn: AtomicBool,
    body_moved: AtomicBool,
    body_stalled: AtomicBool,
}

impl Progress {
    /// Of a new connection: the peer speaks first.
    pub(super) fn new() -> Self {
        Self {
            peers_turn: AtomicBool::new(true),
            body_moved: AtomicBool::new(false),
            body_stalled: AtomicBool::new(false),
        }
    }

    /// Whether a request, or the rest of one, is still to come. Who is waited for can be sent
    /// away to make room; who is waiting for an answer cannot.
    pub(super) fn is_peers_turn(&self) -> bool {
        self.peers_turn.load(Relaxed)
    }

    /// The peer is to send its (next) request.
    pub(super) fn peers_turn(&self) {
        self.peers_turn.store(true, Relaxed);
    }

    /// The request is here, as far as anybody wants it.
    pub(super) fn our_turn(&self) {
        self.peers_turn.store(false, Relaxed);
    }

    /// Another part of a body has arrived.
    pub(super) fn body_moved(&self) {
        self.body_moved.store(true, Relaxed);
    }

    /// Whether a part of a body has arrived since this was last asked.
    pub(super) fn has_body_moved(&self) -> bool {
        self.body_moved.swap(false, Relaxed)
    }

    /// The body arrives too slowly. There is no next request after that.
    pub(super) fn body_stalled(&self) {
        self.body_stalled.store(true, Relaxed);
    }

    pub(super) fn has_body_stalled(&self) -> bool {
        self.body_stalled.load(Relaxed)
    }
}
