//! Who receives messages on this machine: a webhook and a mail server, of few lines each. They
//! block on threads of their own, and know nothing of how a message is sent.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The longest anything may take to arrive.
const LONGEST: Duration = Duration::from_secs(30);

/// What a receiver got, in the order in which it came.
#[derive(Debug)]
pub struct Letterbox<T> {
    address: SocketAddr,
    arrived: Arc<Mutex<Vec<T>>>,
}

/// A call of a webhook.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// The first line.
    pub line: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Call {
    /// A header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// An e-mail.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// To whom the envelope was.
    pub to: String,
    /// What was in it, headers and all.
    pub text: String,
}

/// What a webhook answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// This status.
    Status(u16),
    /// That it is elsewhere.
    Elsewhere(String),
    /// Nothing at all, for as long as the other side waits.
    Silence,
}

impl<T: Clone + Send + 'static> Letterbox<T> {
    fn open(receive: impl Fn(TcpStream, &Mutex<Vec<T>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a socket has an address");
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let (shared, receive) = (Arc::clone(&arrived), Arc::new(receive));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, receive) = (Arc::clone(&shared), Arc::clone(&receive));
                std::thread::spawn(move || receive(stream, &shared));
            }
        });
        Self { address, arrived }
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What has arrived so far.
    #[must_use]
    pub fn arrived(&self) -> Vec<T> {
        self.arrived.lock().expect("nobody panics with it").clone()
    }

    /// What has arrived once it is at least so many.
    pub async fn wait_for(&self, least: usize) -> Vec<T> {
        let until = Instant::now() + LONGEST;
        loop {
            let arrived = self.arrived();
            if arrived.len() >= least {
                return arrived;
            }
            assert!(Instant::now() < until, "{} of {least} arrived", arrived.len());
            sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Letterbox<Call> {
    /// A webhook that answers so, one after the other, and then always that all is well.
    #[must_use]
    pub fn answering(replies: &[Reply]) -> Self {
        let replies = replies.to_vec();
        Self::open(move |mut stream, arrived| {
            let Some(call) = read_call(&stream) else { return };
            let turn = {
                let mut arrived = arrived.lock().expect("nobody panics with it");
                arrived.push(call);
                arrived.len() - 1
            };
            let head = match replies.get(turn).unwrap_or(&Reply::Status(204)) {
                Reply::Status(status) => format!("{status} So"),
                Reply::Elsewhere(url) => format!("307 There\r\nLocation: {url}"),
                // Until the other side hangs up.
                Reply::Silence => return drop(stream.read(&mut [0])),
            };
            let end = "Content-Length: 0\r\nConnection: close\r\n\r\n";
            // Who asked may be gone.
            let _sent = stream.write_all(format!("HTTP/1.1 {head}\r\n{end}").as_bytes());
        })
    }

    /// An address of the webhook.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/news", self.address)
    }
}

fn read_call(stream: &TcpStream) -> Option<Call> {
    let mut reader = BufReader::new(stream);
    let mut call = Call { line: line(&mut reader)?, ..Call::default() };
    loop {
        let header = line(&mut reader)?;
        let Some((name, value)) = header.split_once(": ") else { break };
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        call.headers.insert(name, HeaderValue::from_str(value).ok()?);
    }
    let mut body = vec![0; call.header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    call.body = String::from_utf8(body).ok()?;
    Some(call)
}

impl Letterbox<Mail> {
    /// A mail server that takes everything.
    #[must_use]
    pub fn of_mail() -> Self {
        Self::open(|stream, arrived| {
            // Who sent may be gone in the middle of it.
            let _ended = take_mail(&stream, arrived);
        })
    }
}

/// One conversation, as RFC 5321 has it.
fn take_mail(stream: &TcpStream, arrived: &Mutex<Vec<Mail>>) -> Option<()> {
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    let mut say = |text: &str| writer.write_all(format!("{text}\r\n").as_bytes()).ok();
    say("220 mail.example")?;
    let mut mail = Mail::default();
    loop {
        let said = line(&mut reader)?;
        match said.get(..4).unwrap_or_default() {
            "RCPT" => said["RCPT TO:".len()..].clone_into(&mut mail.to),
            "DATA" => {
                say("354 go on")?;
                loop {
                    let text = line(&mut reader)?;
                    if text == "." {
                        break;
                    }
                    mail.text.push_str(text.strip_prefix('.').unwrap_or(&text));
                    mail.text.push('\n');
                }
                arrived.lock().ok()?.push(std::mem::take(&mut mail));
            }
            "QUIT" => return say("221 bye"),
            _ => {}
        }
        say("250 mail.example")?;
    }
}

/// A line without its end; `None` when there is none any more.
fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let read = reader.read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}
