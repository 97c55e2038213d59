//! An `OpenID` provider on this machine (`tests/oidc`), and a browser to sign in with.

use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, Url, header};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// Where the front door says that browsers find it. Nobody listens there: the browser here takes
/// what follows the host to the server that it tests.
pub const PUBLIC_URL: &str = "http://127.0.0.1:1";
/// By which the provider knows the front door.
pub const CLIENT_SECRET: &str = "canary-of-a-client-secret-which-is-long-enough";
/// By which DfE Sign-in's API knows it.
pub const API_SECRET: &str = "canary-of-an-api-secret-which-is-long-enough";

/// The provider; killed when dropped.
pub struct Provider {
    running: Child,
    /// Held open: a provider whose word nobody can hear any more ends.
    _says: BufReader<ChildStdout>,
    issuer: String,
    secrets: TempDir,
}

impl Provider {
    /// Starts one.
    #[must_use]
    pub fn started() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc");
        assert!(
            folder.join("node_modules").is_dir(),
            "first: npm ci --ignore-scripts in tests/oidc"
        );
        let mut running = Command::new("node")
            .arg(folder.join("provider.mjs"))
            .args([&format!("{PUBLIC_URL}/sign-in/callback"), CLIENT_SECRET, API_SECRET])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node runs the provider");
        let mut says = BufReader::new(running.stdout.take().expect("what it says"));
        let mut line = String::new();
        says.read_line(&mut line).expect("a line");
        let said: Value = serde_json::from_str(&line).expect("where it is");
        let issuer = said["issuer"].as_str().expect("an issuer").to_owned();
        let secrets = tempfile::tempdir().expect("a directory");
        Self { running, _says: says, issuer, secrets }
    }

    /// The options of a front door that people sign in to with this provider.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        let secret = self.secret("client", CLIENT_SECRET);
        let options = [
            ("--oidc-issuer", self.issuer.as_str()),
            ("--oidc-client-id", "front-door"),
            ("--oidc-client-secret-file", &secret),
            ("--public-url", PUBLIC_URL),
        ];
        options.iter().flat_map(|(name, value)| [name, *value]).map(str::to_owned).collect()
    }

    /// The same, where the provider is DfE Sign-in.
    #[must_use]
    pub fn options_of_dfe(&self) -> Vec<String> {
        let (secret, api) = (self.secret("api", API_SECRET), format!("{}/dfe", self.issuer));
        let more = [
            ("--dfe-api-url", api.as_str()),
            ("--dfe-service-id", "FRONTDOOR"),
            ("--dfe-api-secret-file", &secret),
            ("--dfe-role", "SENCO=school"),
        ];
        let more = more.iter().flat_map(|(name, value)| [name, *value]).map(str::to_owned);
        self.options().into_iter().chain(more).collect()
    }

    fn secret(&self, name: &str, secret: &str) -> String {
        let path: PathBuf = self.secrets.path().join(name);
        let mut file = std::fs::File::create(&path).expect("a file");
        writeln!(file, "{secret}").expect("it is written");
        path.to_str().expect("a path of plain text").to_owned()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.running.kill());
        drop(self.running.wait());
    }
}

/// A browser: it keeps cookies, host by host, and follows nothing by itself.
pub struct Browser {
    http: Client,
    server: String,
    cookies: BTreeMap<(String, String), String>,
}

impl Browser {
    /// One that finds the front door at this origin.
    #[must_use]
    pub fn of(server: &str) -> Self {
        let http = Client::builder().redirect(Policy::none()).no_proxy().build();
        let server = server.to_owned();
        Self { http: http.expect("a client"), server, cookies: BTreeMap::new() }
    }

    /// Asks for a page.
    pub async fn get(&mut self, url: &str) -> Response {
        self.send(Method::GET, url, None).await
    }

    /// Sends a form, as a page of the front door's own would.
    pub async fn post(&mut self, url: &str, form: &str) -> Response {
        self.send(Method::POST, url, Some(form)).await
    }

    /// Every cookie that it keeps.
    #[must_use]
    pub fn cookies(&self) -> Vec<String> {
        self.cookies.values().cloned().collect()
    }

    /// Signs in as somebody, up to the address that the provider sends it back to.
    pub async fn sign_in_as(&mut self, login: &str) -> String {
        let away = self.get(&format!("{PUBLIC_URL}/sign-in")).await;
        let address = location(&away);
        self.sign_in_at(&address, login).await
    }

    /// The same, from the provider's address on.
    pub async fn sign_in_at(&mut self, address: &str, login: &str) -> String {
        let mut url = address.to_owned();
        for _ in 0..6 {
            let page = self.get(&url).await;
            url = if page.status().is_redirection() {
                absolute(&url, &location(&page))
            } else {
                let sent = self.post(&url, &format!("login={login}")).await;
                absolute(&url, &location(&sent))
            };
            if url.starts_with(PUBLIC_URL) {
                return url;
            }
        }
        panic!("the provider sends nobody back from {address}");
    }

    async fn send(&mut self, method: Method, url: &str, form: Option<&str>) -> Response {
        let host = |url: &str| {
            let url = Url::parse(url).expect("an address");
            url.origin().ascii_serialization()
        };
        let (jar, path) = (host(url), url.strip_prefix(PUBLIC_URL));
        let reached = path.map_or_else(|| url.to_owned(), |path| format!("{}{path}", self.server));
        let cookies = self.cookies.iter().filter(|((host, _), _)| *host == jar);
        let cookies = cookies.map(|((_, name), value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let mut request = self.http.request(method, reached).header(header::COOKIE, cookies);
        if let Some(form) = form {
            let kind = "application/x-www-form-urlencoded";
            request = request.header(header::CONTENT_TYPE, kind).body(form.to_owned());
            request = request.header(header::ORIGIN, &jar);
        }
        let answer = request.send().await.expect("an answer");
        for set in answer.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a cookie");
            let key = (jar.clone(), name.to_owned());
            if value.is_empty() {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        answer
    }
}

/// Where an answer sends a browser.
#[must_use]
pub fn location(answer: &Response) -> String {
    let location = answer.headers().get(header::LOCATION);
    let location = location.unwrap_or_else(|| panic!("it sends nobody on: {answer:?}"));
    location.to_str().expect("text").to_owned()
}

fn absolute(base: &str, location: &str) -> String {
    let base = Url::parse(base).expect("an address");
    base.join(location).expect("an address").to_string()
}
