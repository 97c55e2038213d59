//! A connection is kept or is said to be closed: nobody's next request falls into a hole
//! because an answer came before the whole of the one before was read.

use frontdoor_tests::server::Server;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const LONGEST: Duration = Duration::from_secs(10);

/// The head of the next answer on this connection; its body is read too.
fn answer(socket: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if socket.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: u64 = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    io::copy(&mut socket.take(length), &mut io::sink())?;
    Ok(head)
}

/// The status of an answer to a large body, sent with this key; the connection must be good
/// for another request then, or be said to be closed.
fn refused_in_good_order(origin: &str, key: &str) -> String {
    let socket = TcpStream::connect(origin).expect("a connection");
    socket.set_read_timeout(Some(LONGEST)).expect("a time limit");
    socket.set_write_timeout(Some(LONGEST)).expect("a time limit");
    let mut socket = BufReader::new(socket);
    let body = "x".repeat(1_200_000);
    let length = body.len();
    let head =
        format!("host: x\r\nauthorization: bearer {key}\r\ncontent-length: {length}\r\n\r\n");
    // It may be refused before all of it is sent.
    let _sent = write!(socket.get_mut(), "POST /api/v1/requests HTTP/1.1\r\n{head}{body}");
    let refusal = answer(&mut socket).expect("a refusal");
    if !refusal.contains("connection: close") {
        let asked = write!(socket.get_mut(), "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n");
        let alive = asked.and_then(|()| answer(&mut socket));
        assert!(alive.is_ok_and(|head| head.starts_with("http/1.1 200")), "{refusal}");
    }
    refusal.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_refusal_of_a_large_body_leaves_the_connection_in_good_order() {
    let server = Server::empty().await;
    for (key, status) in [("demo-school-900001", "413"), ("unknown", "401"), ("demo-dpo", "403")] {
        assert_eq!(refused_in_good_order(server.address(), key), status, "{key}");
    }
}
