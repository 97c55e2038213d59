//! A thousand peers who keep the door waiting in every way there is, while a school is answered.

use frontdoor_tests::server::Server;
use frontdoor_tests::submission::plain;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How many peers of each kind.
const OF_EACH: usize = 250;
/// What is promised, and what a busy machine may take on top.
const WITHIN: Duration = Duration::from_secs(30);
const SLACK: Duration = Duration::from_secs(10);

/// How a peer keeps others waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sloth {
    Silent,
    Head,
    Body,
    Reader,
}

struct Peer {
    socket: TcpStream,
    sloth: Sloth,
    open: bool,
}

impl Peer {
    fn new(origin: &str, sloth: Sloth) -> Self {
        let mut socket = TcpStream::connect(origin).expect("a connection");
        let begin = match sloth {
            Sloth::Silent => String::new(),
            Sloth::Head => "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned(),
            Sloth::Body => "POST /api/v1/requests HTTP/1.1\r\nHost: x\r\n\
                            Authorization: Bearer demo-school-900001\r\n\
                            Content-Length: 5000\r\n\r\n"
                .to_owned(),
            // So many answers that no buffer on the way holds them, and none of them is read.
            Sloth::Reader => "GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40),
        };
        socket.set_nonblocking(true).expect("a socket that does not wait");
        // It may not take all of it, or be closed by now.
        let _sent = socket.write(begin.as_bytes());
        Self { socket, sloth, open: true }
    }

    /// A byte more from those that drip, and a look at whether it is closed.
    fn go_on(&mut self) {
        self.open = match self.sloth {
            // It does not read, so that it learns by writing: a closed peer resets.
            Sloth::Reader => !is_gone(self.socket.write(b"\r\n").map(|_| 1)),
            Sloth::Head | Sloth::Body => {
                !is_gone(self.socket.write(b"x").map(|_| 1)) && !self.has_ended()
            }
            Sloth::Silent => !self.has_ended(),
        };
    }

    /// Reads what there is (a 408, say), up to the end if it has come.
    fn has_ended(&mut self) -> bool {
        let mut taken = [0; 4096];
        loop {
            match self.socket.read(&mut taken) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => return is_gone(Err(error)),
            }
        }
    }
}

fn is_gone(done: io::Result<usize>) -> bool {
    done.is_err_and(|error| !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted))
}

#[tokio::test]
async fn a_thousand_who_keep_it_waiting_are_closed_while_a_school_is_answered() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let sloths = [Sloth::Silent, Sloth::Head, Sloth::Body, Sloth::Reader];
    let mut peers = Vec::new();
    for place in 0..OF_EACH * sloths.len() {
        peers.push(Peer::new(server.address(), sloths[place % sloths.len()]));
    }
    let until = Instant::now() + WITHIN + SLACK;
    let mut answered = 0;
    while peers.iter().any(|peer| peer.open) {
        let open = |sloth| peers.iter().filter(|it| it.open && it.sloth == sloth).count();
        let left: Vec<_> = sloths.iter().map(|sloth| (sloth, open(*sloth))).collect();
        assert!(Instant::now() < until, "still open after {WITHIN:?}: {left:?}");
        school.submit(&plain()).await.expect_status(201);
        school.get("/requests?limit=1").await.expect_status(200);
        answered += 1;
        for peer in peers.iter_mut().filter(|peer| peer.open) {
            peer.go_on();
        }
        sleep(Duration::from_millis(500)).await;
    }
    assert!(answered > 5, "they held out for a while: {answered}");
    school.get("/requests").await.expect_status(200);
}
