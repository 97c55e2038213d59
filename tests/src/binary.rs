//! The binary under test, and what it says when it is run to its end.

use serde_json::Value;
use std::ffi::OsStr;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The longest any command may take that is run to its end.
const LONGEST: Duration = Duration::from_mins(2);

/// Where the binary is: `FRONTDOOR_BIN`, or the release build beside this test's own.
#[must_use]
pub fn path() -> PathBuf {
    if let Some(named) = std::env::var_os("FRONTDOOR_BIN") {
        return named.into();
    }
    let this = std::env::current_exe().expect("a running test has a path");
    let target = this.ancestors().nth(3).expect("a test lies in target/<profile>/deps");
    let binary = target.join("release/frontdoor");
    assert!(binary.is_file(), "first run: cargo build --release -p frontdoor");
    binary
}

/// What a command left behind.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code.
    pub code: i32,
    /// What it said.
    pub stdout: String,
    /// What it said beside that.
    pub stderr: String,
}

impl Ran {
    /// What it said, as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {self:?}"))
    }
}

/// Runs the binary to its end.
pub async fn run<A: AsRef<OsStr>>(arguments: &[A]) -> Ran {
    let child = Command::new(path())
        .args(arguments)
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    finish(child).await
}

async fn finish(mut child: Child) -> Ran {
    let out = drain(child.stdout.take());
    let err = drain(child.stderr.take());
    let until = Instant::now() + LONGEST;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status;
        }
        if Instant::now() > until {
            child.kill().expect("a child can be killed");
            panic!("a command took more than {LONGEST:?}");
        }
        sleep(Duration::from_millis(20)).await;
    };
    let text = |reader: std::thread::JoinHandle<String>| reader.join().expect("a reader ends");
    Ran { code: status.code().unwrap_or(-1), stdout: text(out), stderr: text(err) }
}

/// Reads on a thread of its own: a full pipe would stop the command.
fn drain(stream: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut text = String::new();
        let read = stream.map(|mut stream| stream.read_to_string(&mut text));
        read.transpose().map(|_| text).expect("the binary says text")
    })
}
