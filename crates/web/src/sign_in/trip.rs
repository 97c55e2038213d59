//! What a browser keeps between leaving for the provider and coming back.

use crate::problem::Problem;
use crate::session::way_back::is_ours;
use crate::session::{hash, sign, verify};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use engine::Engine;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

/// How long somebody may take to sign in.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// Somebody on their way.
pub(super) struct Trip {
    /// What the provider repeats.
    pub(super) state: String,
    /// The page to show at the end, one of ours.
    pub(super) return_to: String,
    ends_at: Timestamp,
}

impl Trip {
    pub(super) fn begin(engine: &Engine, return_to: Option<&str>) -> Result<Self, Problem> {
        let return_to = return_to.unwrap_or("/");
        if !is_ours(return_to) {
            return Err(Problem::fault("return_to", "a path of this server, such as /requests"));
        }
        let ends_at = engine.now().checked_add(LONGEST).unwrap_or(Timestamp::MAX);
        Ok(Self { state: engine::fresh_secret()?, return_to: return_to.to_owned(), ends_at })
    }

    /// As the cookie has it.
    pub(super) fn write(&self, engine: &Engine) -> String {
        let ends_at = self.ends_at.as_microsecond();
        let return_to = BASE64_URL_SAFE_NO_PAD.encode(&self.return_to);
        sign(engine, "signing-in", &format!("{}.{ends_at}.{return_to}", self.state))
    }

    /// The trip that a cookie tells of, if it is one of ours, not over, and the provider repeats
    /// its state.
    pub(super) fn read(engine: &Engine, cookie: &str, state: &str) -> Option<Self> {
        let mut parts = verify(engine, "signing-in", cookie)?.split('.');
        let known = parts.next()?.to_owned();
        let ends_at = Timestamp::from_microsecond(parts.next()?.parse().ok()?).ok()?;
        let return_to = BASE64_URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        let same: bool = known.as_bytes().ct_eq(state.as_bytes()).into();
        let return_to = String::from_utf8(return_to).ok()?;
        (same && engine.now() < ends_at).then_some(Self { state: known, return_to, ends_at })
    }

    /// What the ID token repeats.
    pub(super) fn nonce(&self, engine: &Engine) -> String {
        hash(engine, "nonce", &self.state)
    }

    /// The PKCE verifier: 64 characters of the 43 to 128 that there may be (RFC 7636, 4.1).
    pub(super) fn verifier(&self, engine: &Engine) -> String {
        hash(engine, "verifier", &self.state)
    }
}
