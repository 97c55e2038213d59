//! Accounts and their keys: who may come in, as what, and what becomes of a key.

use crate::ask::{Ask, may, must};
use crate::form::Form;
use crate::page::{OpenTo, Page};
use axum::http::Method;

static ACCOUNTS: Page = Page {
    at: "/accounts",
    template: "accounts/list.html",
    asks: &[must("accounts", "/accounts?limit=100").with(&["role", "cursor"])],
    open_to: OpenTo::Who("list_accounts"),
};

static NEW: Page = Page {
    at: "/accounts/new",
    template: "accounts/entry.html",
    asks: &[must("services", "/services?limit=200")],
    open_to: OpenTo::Who("open_account"),
};

static ACCOUNT: Page = Page {
    at: "/accounts/{id}",
    template: "accounts/account.html",
    asks: &[
        must("account", "/accounts/{id}"),
        may("keys", "/accounts/{id}/keys", "list_keys"),
        may("updates", "/accounts/{id}/updates", "change_account"),
    ],
    open_to: OpenTo::Who("read_account"),
};

static CHANGE: Page = Page {
    at: "/accounts/{id}/edit",
    template: "accounts/entry.html",
    asks: &[must("account", "/accounts/{id}"), must("services", "/services?limit=200")],
    open_to: OpenTo::Who("change_account"),
};

const ONE: &[Ask] = &[must("account", "/accounts/{id}")];
const WITH_KEYS: &[Ask] = &[must("account", "/accounts/{id}"), must("keys", "/accounts/{id}/keys")];

/// A page for one thing that is done with an account.
const fn deed(
    at: &'static str,
    template: &'static str,
    asks: &'static [Ask],
    operation: &'static str,
) -> Page {
    Page { at, template, asks, open_to: OpenTo::Who(operation) }
}

static INVITE: Page =
    deed("/accounts/{id}/sign-in", "accounts/sign_in.html", ONE, "invite_account");
static SESSIONS: Page =
    deed("/accounts/{id}/end-sessions", "accounts/end_sessions.html", ONE, "end_sessions");
static ISSUE: Page = deed("/accounts/{id}/keys/new", "accounts/key_issue.html", ONE, "issue_key");
static ROTATE: Page =
    deed("/accounts/{id}/keys/{which}/rotate", "accounts/key_rotate.html", WITH_KEYS, "rotate_key");
static REVOKE: Page =
    deed("/accounts/{id}/keys/{which}/revoke", "accounts/key_revoke.html", WITH_KEYS, "revoke_key");

static UPDATES: Page = Page {
    at: "/accounts/{id}/updates",
    template: "accounts/updates.html",
    asks: &[must("account", "/accounts/{id}"), must("updates", "/accounts/{id}/updates")],
    open_to: OpenTo::Who("change_account"),
};

pub(super) const PAGES: &[&Page] =
    &[&ACCOUNTS, &NEW, &ACCOUNT, &CHANGE, &INVITE, &SESSIONS, &ISSUE, &ROTATE, &REVOKE, &UPDATES];

pub(super) static FORMS: &[Form] = &[
    Form::post(&NEW, "/accounts", "/accounts/{answer.id}?done=account-opened"),
    Form::put(&CHANGE, "/accounts/{id}", "/accounts/{id}?done=saved"),
    Form::put(&INVITE, "/accounts/{id}/sign-in", "/accounts/{id}?done=invited"),
    Form::post(&SESSIONS, "/accounts/{id}/end-sessions", "/accounts/{id}?done=sessions-ended"),
    Form::tell(&ISSUE, Method::POST, "/accounts/{id}/keys"),
    Form::tell(&ROTATE, Method::POST, "/accounts/{id}/keys/{which}/rotate"),
    Form::delete(&REVOKE, "/accounts/{id}/keys/{which}", "/accounts/{id}?done=key-revoked"),
    Form::tell(&UPDATES, Method::PUT, "/accounts/{id}/updates"),
];
