//! Knowing people again whom an identity provider vouches for, without keeping who they are.

use super::signed::hash;
use domain::account::IdentityHash;
use engine::Engine;

/// Somebody whom a provider knows by this subject. A subject is unique within its issuer only
/// (`OpenID` Connect Core 1.0, section 5.7).
pub(crate) fn of_subject(engine: &Engine, issuer: &str, subject: &str) -> IdentityHash {
    let issuer = issuer.trim_end_matches('/');
    IdentityHash(hash(engine, "subject", &format!("{issuer}\0{subject}")))
}

/// Somebody by their e-mail address, in whichever case they write it.
pub(crate) fn of_email(engine: &Engine, email: &str) -> IdentityHash {
    IdentityHash(hash(engine, "email", &email.trim().to_lowercase()))
}
