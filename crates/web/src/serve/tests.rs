//! Peers of every kind over real sockets, with limits short enough to watch.

use super::{Limits, Pace, listen, serve};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::sleep as pause;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

const SHORT: Duration = Duration::from_millis(200);
/// More than the system buffers for a connection, on either side.
const LARGE: usize = 32 << 20;
/// Within this, what has to happen must have happened, even on a busy machine.
const SOON: Duration = Duration::from_secs(4);

fn limits() -> Limits {
    let pace = Pace { silence: SHORT, bytes_per_second: 1000 };
    Limits {
        connections: 1000,
        head_within: SHORT,
        request: pace,
        answer_within: SHORT * 2,
        response: pace,
        drain_within: SHORT * 4,
    }
}

async fn address_of(ConnectInfo(peer): ConnectInfo<SocketAddr>) -> String {
    peer.to_string()
}

fn router() -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/peer", get(address_of))
        .route("/echo", post(|body: Bytes| async { body }))
        .route("/large", get(|| async { Body::from(vec![b'x'; LARGE]) }))
        .route("/slow", get(|| sleep(SHORT)))
        .route("/never", get(std::future::pending::<()>))
}

/// A server, and the runtime it runs in. Its peers are threads that block.
struct Running {
    runtime: Runtime,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<io::Result<()>>,
}

fn running(limits: Limits) -> Running {
    let runtime = Runtime::new().unwrap();
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let listener = runtime.block_on(async { listen(anywhere) }).unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async { drop(stopped.await) };
    let ended = runtime.spawn(serve(listener, router(), limits, shutdown));
    Running { runtime, address, stop, ended }
}

impl Running {
    fn saying(&self, words: impl AsRef<[u8]>) -> TcpStream {
        let mut peer = TcpStream::connect(self.address).unwrap();
        peer.set_read_timeout(Some(SOON)).unwrap();
        peer.write_all(words.as_ref()).unwrap();
        peer
    }

    fn answer_to(&self, words: impl AsRef<[u8]>) -> String {
        until_closed(self.saying(words))
    }

    fn stopping<T>(self, meanwhile: impl FnOnce() -> T) -> T {
        self.stop.send(()).unwrap();
        let result = meanwhile();
        self.runtime.block_on(async { timeout(SOON, self.ended).await }).unwrap().unwrap().unwrap();
        assert!(TcpStream::connect(self.address).is_err(), "still listening");
        result
    }
}

/// All that comes until the server closes the connection, which it must do soon.
fn until_closed(mut peer: TcpStream) -> String {
    let mut heard = vec![];
    if let Err(error) = peer.read_to_end(&mut heard) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "still open after {SOON:?}");
    }
    String::from_utf8(heard).unwrap()
}

/// Reads one answer whose body is `hello`, leaving the connection open.
fn hear_hello(peer: &mut TcpStream) {
    let mut heard = vec![];
    while !heard.ends_with(b"hello") {
        let mut byte = [0];
        peer.read_exact(&mut byte).unwrap();
        heard.extend(byte);
    }
}

const GET: &str = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const GET_AND_CLOSE: &str = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

#[test]
fn a_silent_connection_is_closed() {
    assert_eq!(running(limits()).answer_to(""), "");
}

#[test]
fn a_head_that_drips_in_is_closed() {
    let server = running(limits());
    let mut peer = server.saying("GET / HTTP/1.1\r\nHost: x\r\n");
    let start = Instant::now();
    while peer.write_all(b"A: b\r\n").is_ok() {
        assert!(start.elapsed() < SOON, "still open");
        pause(Duration::from_millis(20));
    }
}

#[test]
fn an_idle_connection_is_closed() {
    let server = running(limits());
    let mut peer = server.saying(GET);
    hear_hello(&mut peer);
    peer.write_all(GET.as_bytes()).unwrap();
    hear_hello(&mut peer);
    assert_eq!(until_closed(peer), "");
}

#[test]
fn a_body_that_drips_in_is_answered_408() {
    let server = running(limits());
    let mut peer = server.saying("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n");
    for _ in 0..10 {
        peer.write_all(b"x").unwrap();
        pause(Duration::from_millis(20));
    }
    let answer = until_closed(peer);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("content-type: application/problem+json"), "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
}

#[test]
fn a_slow_but_steady_body_is_waited_for() {
    let request = Pace { silence: SHORT * 3, bytes_per_second: 1000 };
    let server = running(Limits { request, ..limits() });
    let mut peer = server.saying(
        "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10000\r\n\r\n",
    );
    for _ in 0..10 {
        pause(SHORT / 2);
        peer.write_all(&[b'x'; 1000]).unwrap();
    }
    let answer = until_closed(peer);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with(&"x".repeat(10_000)));
}

#[test]
fn a_handler_that_never_answers_is_answered_for() {
    let server = running(limits());
    let answer = server.answer_to("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
}

#[test]
fn a_peer_that_does_not_read_is_cut_off() {
    let server = running(limits());
    let peer = server.saying("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    pause(SHORT * 4);
    assert!(until_closed(peer).len() < LARGE, "it got everything");
}

#[test]
fn a_peer_that_reads_gets_a_large_answer() {
    let server = running(Limits::default());
    let answer = server.answer_to("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(answer.len() > LARGE);
}

#[test]
fn who_is_quick_is_answered_beside_300_who_are_not() {
    let patience = SHORT * 6;
    let request = Pace { silence: patience, bytes_per_second: 1000 };
    let server = running(Limits { head_within: patience, request, ..limits() });
    let begun = Instant::now();
    let mut slow = vec![];
    for words in ["", "GET / HT", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"] {
        slow.extend((0..100).map(|_| server.saying(words)));
    }
    for _ in 0..20 {
        assert!(server.answer_to(GET_AND_CLOSE).ends_with("hello"));
    }
    assert!(begun.elapsed() < patience, "they waited for the slow ones");
    for peer in slow {
        until_closed(peer);
    }
}

#[test]
fn when_all_places_are_taken_who_waited_longest_makes_room() {
    let forever = Duration::from_mins(1);
    let server = running(Limits { connections: 8, head_within: forever, ..limits() });
    let mut silent = vec![];
    for _ in 0..50 {
        silent.push(server.saying(""));
        assert!(server.answer_to(GET_AND_CLOSE).ends_with("hello"));
    }
    assert_eq!(until_closed(silent.remove(0)), "");
    let mut newest = silent.remove(48);
    newest.write_all(GET.as_bytes()).unwrap();
    hear_hello(&mut newest);
}

#[test]
fn who_waits_for_an_answer_does_not_make_room() {
    let server = running(Limits { connections: 1, ..limits() });
    let waiting = server.saying("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    pause(SHORT / 3);
    assert!(server.answer_to(GET_AND_CLOSE).ends_with("hello"));
    assert!(until_closed(waiting).starts_with("HTTP/1.1 200 "));
}

#[test]
fn stopping_lets_a_running_request_finish_and_closes_the_rest() {
    let long = SOON * 4;
    let server = running(Limits { head_within: long, drain_within: long, ..limits() });
    let silent = server.saying("");
    let mut idle = server.saying(GET);
    hear_hello(&mut idle);
    let running = server.saying("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    pause(SHORT / 3);

    server.stopping(|| {
        assert_eq!(until_closed(silent), "");
        assert_eq!(until_closed(idle), "");
        assert!(until_closed(running).starts_with("HTTP/1.1 200 "));
    });
}

#[test]
fn stopping_does_not_wait_for_ever() {
    let server = running(Limits { answer_within: SOON * 4, ..limits() });
    let never = server.saying("GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    pause(SHORT / 3);

    assert_eq!(server.stopping(|| until_closed(never)), "");
}

#[test]
fn a_request_with_two_lengths_smuggles_nothing() {
    let server = running(limits());
    let lengths = ["Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n"];
    for lengths in [lengths.concat(), [lengths[1], lengths[0]].concat()] {
        let request = format!("POST /echo HTTP/1.1\r\nHost: x\r\n{lengths}\r\n0\r\n\r\n{GET}");
        let answer = server.answer_to(request);
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
        assert!(!answer.contains("hello"), "{answer}");
    }
}

#[test]
fn a_request_that_contradicts_itself_is_refused() {
    let server = running(limits());
    for lengths in [
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: +4",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
    ] {
        let request = format!("POST /echo HTTP/1.1\r\nHost: x\r\n{lengths}\r\n\r\n0\r\n\r\n{GET}");
        let answer = server.answer_to(request);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{lengths}: {answer}");
        assert!(!answer.contains("hello"), "{lengths}: {answer}");
    }
}

#[test]
fn an_answer_given_before_the_body_has_come_is_read() {
    let server = running(limits());
    let mut peer = server.saying("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n");
    for _ in 0..20 {
        pause(Duration::from_millis(10));
        peer.write_all(&[b'x'; 10_000]).unwrap();
    }
    let answer = until_closed(peer);
    assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
}

#[test]
fn a_handler_knows_its_peer() {
    let server = running(limits());
    let peer = server.saying("GET /peer HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let address = peer.local_addr().unwrap().to_string();
    assert!(until_closed(peer).ends_with(&address));
}
