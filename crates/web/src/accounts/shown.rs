//! How accounts and keys are shown.

use super::scope::ScopeBody;
use domain::account::{Account, Key, KeyScope, Role};
use domain::desk::Desk;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Somebody who may come in.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountShown {
    #[schema(example = "asha-rao")]
    id: String,
    /// How the person is called; null for whoever sees no names.
    name: Option<String>,
    #[schema(value_type = String, example = "adviser")]
    role: Role,
    /// The school that it acts for.
    school_urn: Option<String>,
    /// The service that it acts for.
    service: Option<String>,
    /// Nobody comes in by it.
    closed: bool,
    sign_in: SignInState,
    /// How many keys of it are good.
    keys: usize,
}

/// Who comes in by signing in.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SignInState {
    /// Nobody: it has keys, or nothing.
    None,
    /// Whoever shows the address that was invited, first.
    Invited,
    /// The person that it is bound to.
    Bound,
}

impl AccountShown {
    pub(crate) fn of(account: &Account, desk: &Desk, named: bool, now: Timestamp) -> Self {
        let Account { id, name, role, school, service } = account;
        let entrance = desk.entrances.get(id);
        let sign_in = match entrance.map(|it| (&it.identity, &it.invited)) {
            Some((Some(_), _)) => SignInState::Bound,
            Some((None, Some(_))) => SignInState::Invited,
            Some((None, None)) | None => SignInState::None,
        };
        let good = |key: &&Key| key.account == *id && key.is_good(now);
        let school = school.and_then(|school| desk.schools.get(&school));
        Self {
            id: id.to_string(),
            name: named.then(|| name.clone()),
            role: *role,
            school_urn: school.map(|school| school.urn.to_string()),
            service: service.as_ref().map(ToString::to_string),
            closed: !desk.is_open(id),
            sign_in,
            keys: desk.keys.values().filter(good).count(),
        }
    }
}

/// A key, as far as anybody may know it.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyShown {
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: Uuid,
    pub(super) account: String,
    /// What it is for.
    #[schema(example = "Case system, production")]
    pub(super) label: String,
    #[schema(value_type = ScopeBody, example = json!("reading"))]
    pub(super) scope: KeyScope,
    #[schema(value_type = String, format = DateTime)]
    pub(super) issued_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub(super) expires_at: Timestamp,
    /// It opens nothing any more.
    pub(super) expired: bool,
}

impl KeyShown {
    pub(super) fn of(key: &Key, now: Timestamp) -> Self {
        Self {
            id: key.id.0,
            account: key.account.to_string(),
            label: key.label.clone(),
            scope: key.scope.clone(),
            issued_at: key.issued_at,
            expires_at: key.expires_at,
            expired: !key.is_good(now),
        }
    }
}
