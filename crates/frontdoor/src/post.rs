//! The post at the edge: carries messages out of the house, by e-mail, webhook or GOV.UK Notify.
//!
//! A message says which request has news and of what kind, and links to it. Nothing personal
//! is in it: who may know more signs in and reads.

mod checkpoints;
mod mail;
mod notify;
mod open_internet;
mod webhook;

use anyhow::Context as _;
pub(crate) use checkpoints::{PublishOptions, Publisher};
use clap::Args;
use domain::notice::{BackOff, FailureCode, Message, NoticeChannel};
use domain::personal::Address;
use engine::{Courier, Engine, Letter, Post, Postmaster};
use jiff::Timestamp;
use mail::Mail;
use notify::Notify;
pub(crate) use open_internet::OpenInternet;
use std::sync::Arc;
use std::time::Duration;

/// How long the other side may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How messages leave the house.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct PostOptions {
    /// What the address of this server begins with for others, in messages and when people sign
    /// in, such as <https://frontdoor.example>
    #[arg(long, env = "FRONTDOOR_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub(crate) public_url: String,
    /// The mail server, such as <smtps://user:password@mail.example>; for STARTTLS, such as
    /// <smtp://mail.example:587?tls=required>
    #[arg(long, env = "FRONTDOOR_SMTP_URL", hide_env_values = true, requires = "mail_from")]
    pub(crate) smtp_url: Option<String>,
    /// Who e-mail is from, such as `Front Door <front-door@council.example>`
    #[arg(long, env = "FRONTDOOR_MAIL_FROM")]
    mail_from: Option<String>,
    /// An API key of GOV.UK Notify
    #[arg(long, env = "FRONTDOOR_NOTIFY_KEY", hide_env_values = true)]
    notify_key: Option<String>,
    /// The template of GOV.UK Notify, with the fields `reference`, `news` and `link`
    #[arg(long, env = "FRONTDOOR_NOTIFY_TEMPLATE")]
    notify_template: Option<String>,
    /// Where GOV.UK Notify is
    #[arg(
        long,
        env = "FRONTDOOR_NOTIFY_URL",
        default_value = "https://api.notifications.service.gov.uk"
    )]
    notify_url: String,
    /// How long to wait before a message is tried for the second time, in seconds
    #[arg(long, env = "FRONTDOOR_POST_RETRY_BASE_SECONDS", default_value_t = 30)]
    post_retry_base_seconds: u32,
    /// Deliver webhooks on this machine too; with --demo only
    #[arg(long)]
    pub(crate) allow_loopback_webhooks: bool,
}

impl PostOptions {
    /// What the address of this server begins with, as others see it.
    pub(crate) fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The options without which nothing is sent by a channel; `None` when they are there.
    pub(crate) fn missing(&self, channel: NoticeChannel) -> Option<&'static str> {
        match channel {
            NoticeChannel::Email if self.smtp_url.is_none() => Some("--smtp-url and --mail-from"),
            NoticeChannel::Notify if self.notify_key.is_none() => {
                Some("--notify-key and --notify-template")
            }
            NoticeChannel::Email
            | NoticeChannel::Notify
            | NoticeChannel::Webhook
            | NoticeChannel::None => None,
        }
    }

    /// The post as configured, if it can be so: nobody but a demonstration rings its own
    /// machine.
    pub(crate) fn open(&self, demo: bool) -> anyhow::Result<PostOffice> {
        anyhow::ensure!(
            demo || !self.allow_loopback_webhooks,
            "--allow-loopback-webhooks lets whoever chooses a webhook reach this machine; \
             it goes with --demo only"
        );
        let back_off = BackOff { base_seconds: self.post_retry_base_seconds, ..BackOff::default() };
        Ok(PostOffice { courier: Arc::new(Outside::new(self)?), back_off })
    }
}

/// What intends and delivers messages.
pub(crate) struct PostOffice {
    courier: Arc<Outside>,
    back_off: BackOff,
}

impl PostOffice {
    /// Does so for ever.
    pub(crate) async fn run(self, engine: Engine) {
        let post = Post::new(engine.clone(), self.courier, self.back_off);
        tokio::join!(engine.react(Postmaster), post.run());
    }
}

/// What a message says, whatever carries it.
struct News {
    reference: String,
    says: &'static str,
    link: String,
}

impl News {
    fn of(message: &Message, public_url: &str) -> Self {
        let base = public_url.trim_end_matches('/');
        Self {
            reference: message.request.reference(),
            says: message.kind.says(),
            link: format!("{base}/api/v1/requests/{}", message.request),
        }
    }
}

/// Carries messages out by the channel that was chosen.
struct Outside {
    http: reqwest::Client,
    open_internet: OpenInternet,
    public_url: String,
    mail: Option<Mail>,
    notify: Option<Notify>,
}

impl Outside {
    fn new(options: &PostOptions) -> anyhow::Result<Self> {
        let open_internet = OpenInternet { or_loopback: options.allow_loopback_webhooks };
        let client = || {
            reqwest::Client::builder()
                .timeout(PATIENCE)
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
        };
        let http = client().dns_resolver(Arc::new(open_internet)).build();
        let http = http.context("no client for webhooks")?;
        let notify = options.notify_key.as_ref().map(|key| {
            let http = client().build().context("no client for GOV.UK Notify")?;
            let template = options.notify_template.clone();
            let template = template.context("--notify-key needs --notify-template")?;
            Notify::new(http, &options.notify_url, key, template)
        });
        let mail = options.smtp_url.as_ref().zip(options.mail_from.as_ref());
        let mail = mail.map(|(url, from)| Mail::new(url, from));
        Ok(Self {
            http,
            open_internet,
            public_url: options.public_url.clone(),
            mail: mail.transpose()?,
            notify: notify.transpose()?,
        })
    }
}

impl Courier for Outside {
    async fn deliver(&self, letter: &Letter) -> Result<(), FailureCode> {
        let news = News::of(&letter.message, &self.public_url);
        match (letter.message.channel, &letter.address) {
            (NoticeChannel::Webhook, Some(Address::Webhook { url, secret })) => {
                webhook::deliver(&self.http, self.open_internet, letter, &news, url, secret).await
            }
            (NoticeChannel::Notify, Some(Address::Email(to))) => match &self.notify {
                Some(notify) => notify.deliver(letter, &news, to).await,
                None => Err(FailureCode::NotConfigured),
            },
            // Without a mail server the message waits, and says so.
            (NoticeChannel::Email, Some(Address::Email(to))) => match &self.mail {
                Some(mail) => mail.deliver(letter, &news, to).await,
                None => Err(FailureCode::NotConfigured),
            },
            // The choice has changed since, to something this message was not meant for.
            _ => Err(FailureCode::NoAddress),
        }
    }
}

/// What an answer means. It is never read: what it says is nothing to us.
fn taken(answer: reqwest::Result<reqwest::Response>) -> Result<(), FailureCode> {
    let status = match answer {
        Ok(answer) => answer.status(),
        Err(error) if error.is_timeout() => return Err(FailureCode::TimedOut),
        Err(error) if OpenInternet::refused(&error) => return Err(FailureCode::ForbiddenAddress),
        Err(_) => return Err(FailureCode::Unreachable),
    };
    if status.is_success() {
        Ok(())
    } else if status.is_redirection() {
        Err(FailureCode::Redirected)
    } else if status.is_server_error() {
        Err(FailureCode::Failing)
    } else {
        Err(FailureCode::Refused)
    }
}

/// An instant as the seconds since 1970 that signatures want.
fn seconds(at: Timestamp) -> String {
    at.as_second().to_string()
}
