//! Serving a router over TCP, with a limit on everything a peer can keep us waiting for.
//!
//! `axum::serve` never closes a silent or slow connection, so a thousand of them take the
//! front door away from every school. Here each connection has deadlines ([`Limits`]), and
//! when all places are taken, the peer that has kept us waiting longest makes room for the
//! next one: who sends a whole request at once is always answered.

mod body;
mod connection;
mod exchange;
mod limits;
mod open_files;
mod patience;
mod progress;
mod socket;
#[cfg(test)]
mod tests;

pub use limits::{Limits, Pace};

use axum::Router;
use connection::Server;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

/// How long to leave the listener alone when the machine cannot take another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How many may wait at the door before they are accepted. The usual 128 overflow when a few
/// hundred connect at once, and who then comes in vain tries again a whole second later.
const BACKLOG: u32 = 4096;

/// Listens on `address`, within a tokio runtime.
///
/// # Errors
///
/// Something else listens there, or this process may not.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A restart finds connections of its predecessor that the system still has to wind up.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves `router` to whoever connects to `listener`, until `shutdown` is ready.
///
/// Then no connection is accepted any more, idle ones are closed, and requests in progress
/// have [`Limits::drain_within`] to be answered. When this returns, every connection is
/// closed. Handlers can extract `ConnectInfo<SocketAddr>`: the peer's address.
///
/// # Errors
///
/// The listener has no address, so it is not one. A failing accept is no error: it is logged
/// and tried again.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let places = open_files::connections_at_most(limits.connections);
    tracing::info!(%address, places, "listening");

    let server = Arc::new(Server::new(router, limits));
    let (staying_open, closing) = watch::channel(());
    let mut connections = JoinSet::new();
    tokio::select! {
        () = shutdown => {}
        never = admit(&listener, places, &server, &closing, &mut connections) => match never {},
    }
    drop((listener, staying_open));
    drain(connections, limits.drain_within).await;
    Ok(())
}

/// Takes in whoever comes, as long as there are places; then one for one.
async fn admit(
    listener: &TcpListener,
    places: usize,
    server: &Arc<Server>,
    closing: &watch::Receiver<()>,
    connections: &mut JoinSet<()>,
) -> Infallible {
    loop {
        let accepted = tokio::select! {
            biased;
            Some(ended) = connections.join_next() => {
                log_panic(ended);
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                if connections.len() >= places {
                    wait_for_place(server, connections).await;
                }
                connections.spawn(Arc::clone(server).converse(stream, peer, closing.clone()));
            }
            Err(error) => recover(server, &error).await,
        }
    }
}

/// Returns when a connection has ended: one that was asked to, or any other before that.
async fn wait_for_place(server: &Server, connections: &mut JoinSet<()>) {
    server.make_room();
    if let Some(ended) = connections.join_next().await {
        log_panic(ended);
    }
    server.room_is_made();
}

/// A peer that has gone away again is its own trouble. Anything else (no file descriptor, no
/// memory) is ours: somebody has to leave before trying again, and trying at once would spin.
async fn recover(server: &Server, error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        return;
    }
    tracing::warn!(%error, "cannot accept a connection; is the limit on open files too low?");
    server.make_room();
    sleep(ACCEPT_PAUSE).await;
}

/// Waits for the requests in progress, but not for ever: what is left is dropped with the set.
async fn drain(mut connections: JoinSet<()>, within: Duration) {
    let all_ended = async {
        while let Some(ended) = connections.join_next().await {
            log_panic(ended);
        }
    };
    if timeout(within, all_ended).await.is_err() {
        tracing::warn!(unfinished = connections.len(), "closed before all was answered");
    }
}

fn log_panic(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a connection ended in a panic");
    }
}
