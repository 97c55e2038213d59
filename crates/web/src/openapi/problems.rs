//! What operations may answer instead of what was asked for: described once, and referred to by
//! every operation.

use crate::problem::Problem;
use utoipa::{IntoResponses, ToResponse};

macro_rules! problems {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(ToResponse)]
        #[response(content_type = "application/problem+json")]
        #[expect(dead_code, reason = "this type describes, it is never made")]
        pub(crate) struct $name(Problem);
    )+};
}

problems! {
    /// It cannot be read.
    Unreadable;
    /// Nobody knows the caller.
    Unauthenticated;
    /// The caller's role may not do this.
    Forbidden;
    /// There is no such thing, or none that the caller may know of.
    NotFound;
    /// The state of things does not allow it.
    Conflict;
    /// It has changed since it was read.
    Stale;
    /// Too much at once.
    TooLarge;
    /// Some values are not valid; every fault is named.
    Invalid;
    /// More requests than one caller or one address may send; `Retry-After` says, in seconds, when
    /// the next may come.
    TooMany;
    /// Something here is broken. What it was is in our log.
    Broken;
    /// It cannot be stored now, or nobody knows whether it was; or the position of `at_least` has
    /// not been reached, or an access cannot be recorded.
    Unavailable;
}

/// What any operation may answer instead of what was asked for.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "these types describe, they are never made")]
pub(crate) enum Refused {
    #[response(status = 400)]
    Unreadable(#[ref_response] Unreadable),
    #[response(status = 401)]
    Unauthenticated(#[ref_response] Unauthenticated),
    #[response(status = 403)]
    Forbidden(#[ref_response] Forbidden),
    #[response(status = 404)]
    NotFound(#[ref_response] NotFound),
    #[response(status = 409)]
    Conflict(#[ref_response] Conflict),
    #[response(status = 412)]
    Stale(#[ref_response] Stale),
    #[response(status = 413)]
    TooLarge(#[ref_response] TooLarge),
    #[response(status = 422)]
    Invalid(#[ref_response] Invalid),
    #[response(status = 429)]
    TooMany(#[ref_response] TooMany),
    #[response(status = 500)]
    Broken(#[ref_response] Broken),
    #[response(status = 503)]
    Unavailable(#[ref_response] Unavailable),
}

/// What a question may answer instead of what was asked for.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "these types describe, they are never made")]
pub(crate) enum Unanswered {
    #[response(status = 401)]
    Unauthenticated(#[ref_response] Unauthenticated),
    #[response(status = 403)]
    Forbidden(#[ref_response] Forbidden),
    #[response(status = 404)]
    NotFound(#[ref_response] NotFound),
    #[response(status = 422)]
    Invalid(#[ref_response] Invalid),
    #[response(status = 429)]
    TooMany(#[ref_response] TooMany),
    #[response(status = 500)]
    Broken(#[ref_response] Broken),
    #[response(status = 503)]
    Unavailable(#[ref_response] Unavailable),
}
