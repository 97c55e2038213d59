//! Reading the entry of an account.

use crate::form::{Faults, Form, code, text};
use domain::account::{Account, Role};
use domain::desk::Desk;
use domain::ids::{AccountId, ServiceSlug, Urn};
use utoipa::ToSchema;

/// How somebody is called, and what they are.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"name": "Asha Rao", "role": "adviser"}))]
pub(crate) struct EntryBody {
    /// The account; made from the name when left out.
    #[schema(max_length = 60)]
    id: Option<String>,
    #[schema(max_length = 200)]
    name: String,
    /// `school adviser coordinator service panel commissioner auditor dpo admin`.
    role: String,
    /// The school that it acts for: for the role `school`, required.
    school_urn: Option<String>,
    /// The service that it acts for: for the role `service`, required.
    service: Option<String>,
}

/// Reads everything but the account's own name.
pub(super) fn read(
    form: &mut Form<'_>,
    id: impl FnOnce(&str) -> Option<AccountId>,
    desk: &Desk,
    faults: &mut Faults,
) -> Option<Account> {
    let name = form.required("name", faults, text(200));
    let role: Option<Role> = form.required("role", faults, code);
    let urn: Option<Urn> = form.optional("school_urn", faults, code);
    let school = urn.and_then(|urn| {
        let known = desk.school_by_urn(&urn).map(|(id, _)| id);
        if known.is_none() {
            faults.say("/school_urn", "no school of the directory has this URN");
        }
        known
    });
    let service: Option<ServiceSlug> = form.optional("service", faults, code);
    if service.as_ref().is_some_and(|slug| !desk.services.contains_key(slug)) {
        faults.say("/service", "the directory has no such service");
    }
    let name = name?;
    let id = id(&name);
    if id.is_none() {
        faults.say("/id", "no account can be made from this name; give one");
    }
    Some(Account { id: id?, name, role: role?, school, service })
}
