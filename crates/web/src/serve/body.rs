//! The two bodies of an exchange, each telling how far it has come.

use super::Pace;
use super::patience::Patience;
use super::progress::Progress;
use axum::body::Body;
use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// What a handler sees when the body stalls; the client is answered with 408 instead.
#[derive(Debug, thiserror::Error)]
#[error("the body of the request arrived too slowly")]
pub(super) struct TooSlow;

/// A request's body, given up when it arrives too slowly.
pub(super) struct RequestBody {
    incoming: Incoming,
    patience: Patience,
    progress: Arc<Progress>,
}

impl RequestBody {
    pub(super) fn new(incoming: Incoming, pace: Pace, progress: Arc<Progress>) -> Self {
        if incoming.is_end_stream() {
            progress.our_turn();
        }
        Self { incoming, patience: Patience::new(pace), progress }
    }
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(cx) else {
            ready!(self.patience.poll_lost(cx));
            self.progress.body_stalled();
            return Poll::Ready(Some(Err(TooSlow.into())));
        };
        if let Some(Ok(frame)) = &frame {
            self.patience.moved(frame.data_ref().map_or(0, Bytes::len));
            self.progress.body_moved();
        }
        if frame.is_none() || self.incoming.is_end_stream() {
            self.progress.our_turn();
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

/// An answer's body. When it has been handed over, it is the peer's turn again.
pub(super) struct ResponseBody {
    body: Body,
    progress: Arc<Progress>,
}

impl ResponseBody {
    pub(super) fn new(body: Body, progress: Arc<Progress>) -> Self {
        progress.our_turn();
        Self { body, progress }
    }
}

impl Drop for ResponseBody {
    fn drop(&mut self) {
        self.progress.peers_turn();
    }
}

impl HttpBody for ResponseBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
