//! The real server on a directory and a port of its own.

use crate::binary;
use crate::caller::Caller;
use std::fs::{File, OpenOptions};
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

/// The longest a server may take to be ready: it may have to found a county first.
const LONGEST: Duration = Duration::from_mins(1);
/// How often another port is tried when somebody else was faster.
const MOST_TRIES: usize = 5;

/// A server; killed when dropped.
#[derive(Debug)]
pub struct Server {
    home: TempDir,
    data: PathBuf,
    options: Vec<String>,
    wrapper: Vec<String>,
    running: Option<Child>,
    address: String,
}

impl Server {
    /// The demo county without a single request.
    pub async fn empty() -> Self {
        Self::with(&["--demo", "--demo-requests", "0"]).await
    }

    /// A server with these options, on a fresh directory.
    pub async fn with(options: &[&str]) -> Self {
        Self::wrapped(|_| Vec::new(), options).await
    }

    /// A server on a data directory that there is.
    pub async fn on(data: &Path, options: &[&str]) -> Self {
        let mut server = Self::new(options);
        server.data = data.to_owned();
        server.start().await;
        server
    }

    /// A server on a fresh directory, run by another program, which is told where its own
    /// files may go.
    pub async fn wrapped(wrapper: impl Fn(&Path) -> Vec<String>, options: &[&str]) -> Self {
        let mut server = Self::new(options);
        server.wrapper = wrapper(server.home.path());
        server.start().await;
        server
    }

    fn new(options: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let data = home.path().join("data");
        let options = options.iter().map(ToString::to_string).collect();
        Self { home, data, options, wrapper: Vec::new(), running: None, address: String::new() }
    }

    /// Starts on what is there, and waits until it is ready.
    pub async fn start(&mut self) {
        for _ in 0..MOST_TRIES {
            self.spawn();
            if self.is_ready().await {
                return;
            }
        }
        panic!("the server does not start:\n{}", self.said());
    }

    fn spawn(&mut self) {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        self.address = free.expect("a free port").to_string();
        let mut line = self.wrapper.clone();
        line.push(binary::path().to_str().expect("a path of plain text").to_owned());
        let child = Command::new(&line[0])
            .args(&line[1..])
            .arg("serve")
            .args(&self.options)
            .args(self.how_people_come_in())
            .args(["--listen", &self.address, "--data-dir"])
            .arg(&self.data)
            .stdin(Stdio::null())
            .stdout(self.output("stdout"))
            .stderr(self.output("stderr"))
            .spawn();
        self.running = Some(child.unwrap_or_else(|error| panic!("{}: {error}", line[0])));
    }

    /// By keys alone, where it is no demonstration and no provider is named.
    fn how_people_come_in(&self) -> Option<&'static str> {
        let said = |it: &String| matches!(it.as_str(), "--demo" | "--oidc-issuer" | "--keys-only");
        (!self.options.iter().any(said)).then_some("--keys-only")
    }

    fn output(&self, name: &str) -> File {
        let path = self.home.path().join(name);
        OpenOptions::new().create(true).append(true).open(path).expect("a file for the output")
    }

    /// Whether it became ready, rather than ended.
    async fn is_ready(&mut self) -> bool {
        let until = Instant::now() + LONGEST;
        let caller = self.anonymous();
        while Instant::now() < until {
            let running = self.running.as_mut().expect("it was started");
            if running.try_wait().expect("a child can be waited for").is_some() {
                return false;
            }
            let asked = caller.send(reqwest::Method::GET, "/health/ready", &[], Vec::new());
            if asked.await.is_ok_and(|answer| answer.status == 200) {
                return true;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("the server is not ready after {LONGEST:?}:\n{}", self.said());
    }

    /// Kills it, as `kill -9` does.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.running.take() {
            // It may have ended by itself.
            let _killed = child.kill();
            child.wait().expect("a child can be waited for");
        }
    }

    /// Asks it to stop, as a service manager does, and waits. Says its exit code; where a signal
    /// ended it, that signal and 128, as shells do.
    pub async fn stop(&mut self) -> i32 {
        let mut child = self.running.take().expect("it runs");
        let asked = Command::new("kill").arg(child.id().to_string()).status();
        assert!(asked.expect("there is a program called kill").success());
        let until = Instant::now() + LONGEST;
        while Instant::now() < until {
            if let Some(status) = child.try_wait().expect("a child can be waited for") {
                let by_signal = || status.signal().map_or(-1, |signal| 128 + signal);
                return status.code().unwrap_or_else(by_signal);
            }
            sleep(Duration::from_millis(20)).await;
        }
        self.running = Some(child);
        panic!("the server does not stop:\n{}", self.said());
    }

    /// Its data directory.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.data
    }

    /// Where everything lies that it left behind, what it said included.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it said.
    #[must_use]
    pub fn said(&self) -> String {
        let read = |name| std::fs::read_to_string(self.home.path().join(name)).unwrap_or_default();
        read("stdout") + &read("stderr")
    }

    /// A caller without a key.
    #[must_use]
    pub fn anonymous(&self) -> Caller {
        Caller::new(&format!("http://{}", self.address), None)
    }

    /// A caller with a key of the demonstration: `adviser`, `school-900001`, ….
    #[must_use]
    pub fn demo(&self, who: &str) -> Caller {
        self.anonymous().with_key(&format!("demo-{who}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
