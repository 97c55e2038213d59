//! Sessions: who signed in, until when, in a cookie that nobody can write but us.
//!
//! The cookie carries the whole session and a keyed hash over it, under a key that every node
//! has; so no node needs to remember one. That a session was ended early is in the log, which
//! every node follows.

mod cookie;
pub(crate) mod csrf;
pub(crate) mod identity;
mod signed;
pub(crate) mod way_back;

#[cfg(feature = "sign-in")]
pub(crate) use signed::hash;
pub(crate) use signed::{sign, verify};

use axum::http::{HeaderMap, HeaderValue};
use domain::ids::{AccountId, SessionId};
use engine::Engine;
use jiff::{SignedDuration, Timestamp};

/// A cookie older than this is renewed by the next answer.
const RENEWED_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// One sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// By which it is ended.
    pub id: SessionId,
    /// As which account.
    pub account: AccountId,
    /// When it began.
    pub started_at: Timestamp,
    /// When its holder was last heard of, to the minute.
    pub seen_at: Timestamp,
}

/// How long somebody who signed in stays in, and how their cookie is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// The longest without a word from them, in minutes.
    pub idle_minutes: i64,
    /// The longest at all, in minutes.
    pub absolute_minutes: i64,
    /// What the address of this server begins with, as browsers see it:
    /// `https://frontdoor.example`. Where it is `http`, cookies go without encryption.
    pub public_origin: String,
}

impl Default for Sessions {
    fn default() -> Self {
        let public_origin = "https://localhost".to_owned();
        Self { idle_minutes: 30, absolute_minutes: 10 * 60, public_origin }
    }
}

impl Sessions {
    /// The session that a browser shows, if it is genuine and goes on as far as time goes.
    pub(crate) fn shown(
        &self,
        headers: &HeaderMap,
        engine: &Engine,
        now: Timestamp,
    ) -> Option<Session> {
        let text = cookie::value(headers, self.cookie_name())?;
        let session = Session::read(verify(engine, "session", text)?)?;
        let idle = SignedDuration::from_mins(self.idle_minutes);
        let begun = session.started_at <= now && session.seen_at <= now;
        let seen = now.duration_since(session.seen_at) < idle;
        (begun && seen && now < self.ends_at(&session)).then_some(session)
    }

    /// Whether a browser shows anything that would be a session.
    pub(crate) fn is_shown(&self, headers: &HeaderMap) -> bool {
        cookie::value(headers, self.cookie_name()).is_some()
    }

    /// When a session ends, whatever its holder does.
    pub(crate) fn ends_at(&self, session: &Session) -> Timestamp {
        let longest = SignedDuration::from_mins(self.absolute_minutes);
        session.started_at.checked_add(longest).unwrap_or(Timestamp::MAX)
    }

    /// When a session ends unless its holder is heard of before.
    pub(crate) fn idle_at(&self, session: &Session) -> Timestamp {
        let idle = SignedDuration::from_mins(self.idle_minutes);
        let idle_at = session.seen_at.checked_add(idle).unwrap_or(Timestamp::MAX);
        idle_at.min(self.ends_at(session))
    }

    /// The cookie of a session that goes on, if the one shown is no longer new.
    pub(crate) fn renewed(&self, session: &Session, engine: &Engine) -> Option<HeaderValue> {
        let now = engine.now();
        let stale = now.duration_since(session.seen_at) > RENEWED_AFTER;
        let seen = Session { seen_at: now, ..session.clone() };
        stale.then(|| self.cookie(&seen, engine)).flatten()
    }

    /// The cookie of a session, as `Set-Cookie` says it.
    #[must_use]
    pub fn cookie(&self, session: &Session, engine: &Engine) -> Option<HeaderValue> {
        let text = sign(engine, "session", &session.write());
        let until = self.ends_at(session).duration_since(session.seen_at);
        self.set_cookie(self.cookie_name(), &text, until.as_secs())
    }

    /// What makes a browser forget its session.
    pub(crate) fn no_cookie(&self) -> Option<HeaderValue> {
        self.set_cookie(self.cookie_name(), "", 0)
    }

    /// What a browser keeps while its holder signs in.
    #[cfg(feature = "sign-in")]
    pub(crate) fn signing_in(&self, text: &str) -> Option<HeaderValue> {
        self.set_cookie(self.signing_in_name(), text, 600)
    }

    /// What makes a browser forget that.
    #[cfg(feature = "sign-in")]
    pub(crate) fn no_signing_in(&self) -> Option<HeaderValue> {
        self.set_cookie(self.signing_in_name(), "", 0)
    }

    /// What a browser kept while its holder signed in.
    #[cfg(feature = "sign-in")]
    pub(crate) fn shown_signing_in<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        cookie::value(headers, self.signing_in_name())
    }

    #[cfg(feature = "sign-in")]
    fn signing_in_name(&self) -> &'static str {
        if self.is_secure() { "__Host-frontdoor-signing-in" } else { "frontdoor-signing-in" }
    }

    /// A cookie that comes back to us alone, and that no script reads.
    fn set_cookie(&self, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.is_secure() { "; Secure" } else { "" };
        let cookie =
            format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::try_from(cookie).ok()
    }

    /// `__Host-` makes a browser take it over https only, for this host only, from this host
    /// only (RFC 6265bis, 4.1.3.2). Without https, on this machine, there is no such promise.
    fn cookie_name(&self) -> &'static str {
        if self.is_secure() { "__Host-frontdoor" } else { "frontdoor" }
    }

    fn is_secure(&self) -> bool {
        !self.public_origin.starts_with("http://")
    }
}

impl Session {
    /// As the cookie has it. An account's name has no full stop in it.
    fn write(&self) -> String {
        let Self { id, account, started_at, seen_at } = self;
        let (started_at, seen_at) = (started_at.as_microsecond(), seen_at.as_microsecond());
        format!("{id}.{account}.{started_at}.{seen_at}")
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut next = || parts.next();
        let id = SessionId(next()?.parse().ok()?);
        let account = next()?.parse().ok()?;
        let mut instant = || Timestamp::from_microsecond(next()?.parse().ok()?).ok();
        Some(Self { id, account, started_at: instant()?, seen_at: instant()? })
    }
}

/// The token that a page's forms carry, so that a form of another site is told from ours.
#[must_use]
pub fn csrf_token(engine: &Engine, session: &Session) -> String {
    csrf::token(engine, session)
}
