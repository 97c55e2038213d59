//! One connection: requests and answers in turn, until somebody has had enough.

use super::Limits;
use super::exchange::exchange;
use super::progress::Progress;
use super::socket::Socket;
use axum::Router;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use tokio::net::TcpStream;
use tokio::sync::{Notify, watch};

/// The most of a head, or of a body at a time, that is held for a connection: times the number
/// of connections, the memory that strangers can make us use. Longer heads are answered 431.
const BUFFER_BYTES: usize = 64 * 1024;

/// What all connections share.
pub(super) struct Server {
    router: Router,
    limits: Limits,
    http: http1::Builder,
    /// Whoever keeps us waiting stands in this queue, longest first, to make room if need be.
    waited_for: Notify,
}

impl Server {
    pub(super) fn new(router: Router, limits: Limits) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.head_within)
            .max_buf_size(BUFFER_BYTES);
        Self { router, limits, http, waited_for: Notify::new() }
    }

    /// Closes the connection that has kept us waiting longest: now, or when there is one.
    pub(super) fn make_room(&self) {
        self.waited_for.notify_one();
    }

    /// Takes that back, if it has reached nobody: a place was given up for another reason.
    pub(super) fn room_is_made(&self) {
        pin!(self.waited_for.notified()).enable();
    }

    /// Answers one peer until it leaves, breaks a limit, or has to make room, and, once
    /// `closing` has lost its sender, until it has the answer it waits for.
    pub(super) async fn converse(
        self: Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        mut closing: watch::Receiver<()>,
    ) {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "small answers may be slow");
        }
        let progress = Arc::new(Progress::new());
        let service = service_fn(|request| {
            let (router, progress) = (self.router.clone(), Arc::clone(&progress));
            let answer = exchange(router, request, peer, self.limits, progress);
            async { Ok::<_, Infallible>(answer.await) }
        });
        let socket = TokioIo::new(Socket::new(stream, self.limits.response));
        let mut connection = pin!(self.http.serve_connection(socket, service));
        let mut closing = pin!(closing.changed());
        let mut closed = false;
        let mut has_to_go = pin!(None);

        poll_fn(|cx| {
            if !closed && closing.as_mut().poll(cx).is_ready() {
                closed = true;
                connection.as_mut().graceful_shutdown();
            }
            if let Poll::Ready(ended) = connection.as_mut().poll(cx) {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke off");
                }
                return Poll::Ready(());
            }
            if !progress.is_peers_turn() {
                has_to_go.set(None);
                return Poll::Pending;
            }
            if has_to_go.is_none() {
                has_to_go.set(Some(self.waited_for.notified()));
            }
            has_to_go.as_mut().as_pin_mut().map_or(Poll::Pending, |asked| asked.poll(cx))
        })
        .await;
    }
}
