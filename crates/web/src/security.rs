//! What whoever watches over the door has to see: who came in, who was refused and why, who used
//! an exception, who asks too often (OWASP ASVS 5.0, V16.3).
//!
//! Every such line of our log has the target `security`, so that it can be filtered, counted and
//! sent on by itself, and has codes, account ids and addresses only: a line that names a child or
//! repeats a key would be worth more to an attacker than to whoever looks for one.

use crate::access::Operation;
use domain::ids::AccountId;
use domain::request::event::GlassReason;
use std::net::IpAddr;

/// Something that is told to whoever watches.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happening<'a> {
    /// Somebody signed in, and whether their provider reports a second factor.
    #[cfg(feature = "sign-in")]
    SignedIn { account: &'a AccountId, second_factor: bool },
    /// Somebody tried to.
    #[cfg(feature = "sign-in")]
    NotSignedIn { why: Why },
    /// Somebody left.
    SignedOut { account: &'a AccountId },
    /// Somebody asked for something and showed nothing that opens the door.
    Unknown { why: Why },
    /// Somebody asked for what is not theirs to do.
    Refused { account: &'a AccountId, operation: Operation, why: Why },
    /// Somebody may read a request by exception from now on.
    GlassBroken { account: &'a AccountId, why: GlassReason },
    /// Somebody asks more often than anybody needs to.
    TooMany { by: &'static str, address: IpAddr },
}

/// Why somebody does not come in, or does not get on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Neither key nor cookie.
    NothingShown,
    /// A key that nobody has, or has no longer.
    Key,
    /// A session that is over, or a cookie that was altered.
    Session,
    /// The role may not.
    Role,
    /// The role may, and this key may not.
    Scope,
    /// By a cookie, and not from a page of ours: perhaps another site's doing.
    NotOurPage,
    /// The provider sends somebody back without a code.
    #[cfg(feature = "sign-in")]
    NoCode,
    /// The cookie of the way there is missing, over, altered, or of another way.
    #[cfg(feature = "sign-in")]
    NotOnTheWay,
    /// The provider's word does not stand up to checking.
    #[cfg(feature = "sign-in")]
    NotVouchedFor,
    /// One factor, where two are asked for.
    #[cfg(feature = "sign-in")]
    OneFactor,
    /// Known to the provider, and not let in by any account.
    #[cfg(feature = "sign-in")]
    NoAccount,
}

impl Why {
    const fn code(self) -> &'static str {
        match self {
            Self::NothingShown => "nothing_shown",
            Self::Key => "key",
            Self::Session => "session",
            Self::Role => "role",
            Self::Scope => "scope",
            Self::NotOurPage => "not_our_page",
            #[cfg(feature = "sign-in")]
            Self::NoCode => "no_code",
            #[cfg(feature = "sign-in")]
            Self::NotOnTheWay => "not_on_the_way",
            #[cfg(feature = "sign-in")]
            Self::NotVouchedFor => "not_vouched_for",
            #[cfg(feature = "sign-in")]
            Self::OneFactor => "one_factor",
            #[cfg(feature = "sign-in")]
            Self::NoAccount => "no_account",
        }
    }
}

/// Writes it down. What is in order is told as information, everything else as a warning.
pub(crate) fn record(happening: Happening<'_>) {
    match happening {
        #[cfg(feature = "sign-in")]
        Happening::SignedIn { account, second_factor } => {
            tracing::info!(target: "security", event = "signed_in", %account, second_factor);
        }
        #[cfg(feature = "sign-in")]
        Happening::NotSignedIn { why } => {
            tracing::warn!(target: "security", event = "not_signed_in", why = why.code());
        }
        Happening::SignedOut { account } => {
            tracing::info!(target: "security", event = "signed_out", %account);
        }
        Happening::Unknown { why } => {
            tracing::warn!(target: "security", event = "unknown", why = why.code());
        }
        Happening::Refused { account, operation, why } => {
            let (operation, why) = (operation.name(), why.code());
            tracing::warn!(target: "security", event = "refused", %account, operation, why);
        }
        Happening::GlassBroken { account, why } => {
            let why = why.code();
            tracing::warn!(target: "security", event = "glass_broken", %account, why);
        }
        Happening::TooMany { by, address } => {
            tracing::warn!(target: "security", event = "too_many", by, %address);
        }
    }
}
