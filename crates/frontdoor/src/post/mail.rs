//! E-mail, handed to the council's own mail server by SMTP.
//!
//! The name of a message is in its `Message-ID`, so that a mailbox which gets it twice can tell.

use super::{News, PATIENCE};
use anyhow::Context as _;
use domain::notice::FailureCode;
use engine::Letter;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::error::Error;
use std::net::IpAddr;
use std::time::SystemTime;
use url::Url;

pub(super) struct Mail {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// The mail server at `url` (`smtp://` or `smtps://`), and who the mail is from.
    pub(super) fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        keeps_passwords(url)?;
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("--smtp-url is no address of a mail server")?
            .timeout(Some(PATIENCE))
            .build();
        let from = from.parse().context("--mail-from is no address of e-mail")?;
        Ok(Self { server, from })
    }

    pub(super) async fn deliver(
        &self,
        letter: &Letter,
        news: &News,
        to: &str,
    ) -> Result<(), FailureCode> {
        let to = to.parse().map_err(|_| FailureCode::NoAddress)?;
        let mail = self.write(letter, news, to).map_err(|_| FailureCode::NoAddress)?;
        // A bound of our own: the server may keep a conversation going for ever.
        match tokio::time::timeout(PATIENCE * 3, self.server.send(mail)).await {
            Ok(sent) => sent.map(drop).map_err(|error| why(&error)),
            Err(_) => Err(FailureCode::TimedOut),
        }
    }

    fn write(
        &self,
        letter: &Letter,
        news: &News,
        to: Address,
    ) -> Result<Message, lettre::error::Error> {
        let name = format!("<{}@{}>", letter.message.id, self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(format!("News on {}", news.reference))
            .message_id(Some(name))
            .date(SystemTime::from(letter.at))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(format!(
                "There is news on {}: {}.\r\n\r\nTo read more, sign in: {}\r\n",
                news.reference, news.says, news.link
            ))
    }
}

/// A password does not travel in the clear, unless it stays on this machine.
fn keeps_passwords(url: &str) -> anyhow::Result<()> {
    let url = Url::parse(url).context("--smtp-url is no address of a mail server")?;
    let tls = url.scheme() == "smtps"
        || url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    // Addresses are told apart from names for the schemes of the web only.
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
    anyhow::ensure!(
        url.password().is_none() || tls || here,
        "--smtp-url would send a password in the clear: begin it with smtps://, or end it with \
         ?tls=required for STARTTLS"
    );
    Ok(())
}

fn why(error: &smtp::Error) -> FailureCode {
    if error.is_timeout() || timed_out(error) {
        FailureCode::TimedOut
    } else if error.is_permanent() {
        FailureCode::Refused
    } else if error.is_transient() || error.is_response() {
        FailureCode::Failing
    } else {
        FailureCode::Unreachable
    }
}

/// Connecting took too long, which is told as any other failure to connect.
fn timed_out(error: &smtp::Error) -> bool {
    let cause = error.source().and_then(<dyn Error>::downcast_ref::<std::io::Error>);
    cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::TimedOut)
}

/// Nobody's absence notice answers it (RFC 3834).
#[derive(Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_travels_by_tls_or_not_at_all() {
        let from = "Front Door <front-door@council.example>";
        for url in [
            "smtp://mail.example",
            "smtp://user:word@127.0.0.1:2525",
            "smtps://user:word@mail.example",
            "smtp://user:word@mail.example:587?tls=required",
        ] {
            assert!(Mail::new(url, from).is_ok(), "{url}");
        }
        for url in [
            "smtp://user:word@mail.example",
            "smtp://user:word@mail.example?tls=opportunistic",
            "http://mail.example",
            "mail.example",
        ] {
            assert!(Mail::new(url, from).is_err(), "{url}");
        }
        assert!(Mail::new("smtp://mail.example", "nobody").is_err());
    }
}
