//! Why somebody looks at personal data: the connection that gave them access, and what they say
//! that they do it for (`Frontdoor-Purpose`). It is what the record of accesses says.

use super::Reach;
use super::exception::WHY;
use crate::app::Permit;
use crate::problem::Problem;
use axum::http::HeaderMap;
use domain::account::{Purpose, Role};
use std::collections::BTreeSet;

/// The header in which a caller may say what they look at personal data for.
pub(crate) const PURPOSE: &str = "frontdoor-purpose";

/// What the caller says that they do it for: codes, apart by commas.
pub(crate) fn purposes(headers: &HeaderMap) -> Result<BTreeSet<Purpose>, Problem> {
    let mut purposes = BTreeSet::new();
    for value in headers.get_all(PURPOSE) {
        let text = value.to_str().unwrap_or("?");
        for code in text.split(',').map(str::trim).filter(|code| !code.is_empty()) {
            let known = code.parse().map_err(|error| unknown(&error));
            purposes.insert(known?);
        }
    }
    Ok(purposes)
}

fn unknown(error: &impl std::fmt::Display) -> Problem {
    Problem::fault("Frontdoor-Purpose", error.to_string())
}

impl Permit {
    /// Under which operation and for which reason an access is put on record.
    pub(crate) fn doing(&self) -> (&'static str, String) {
        let mut why = match self.exception {
            Some(code) => format!("{WHY} {code}"),
            None => self.connection().to_owned(),
        };
        let mut before = ": ";
        for purpose in &self.purposes {
            why.push_str(before);
            why.push_str(purpose.code());
            before = ", ";
        }
        (self.operation.name(), why)
    }

    /// What connects the caller with what they look at.
    fn connection(&self) -> &'static str {
        match self.reach {
            Reach::OwnSchool => "own request",
            Reach::OwnService => "service has a part",
            Reach::OwnLead => "service leads",
            Reach::Panels => "panel",
            Reach::All | Reach::Nameless | Reach::No => by_role(self.caller.role()),
        }
    }
}

const fn by_role(role: Role) -> &'static str {
    match role {
        Role::Adviser | Role::Coordinator => "duty",
        Role::Dpo => "data protection",
        Role::Auditor => "audit",
        Role::Admin => "administration",
        Role::School | Role::Service | Role::Panel | Role::Commissioner => "by role",
    }
}
