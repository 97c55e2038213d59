//! Whose rows somebody may know of.
//!
//! A scope is part of the SQL of every question about requests, so that no filter, count or
//! page can tell of a row outside it.

use crate::clause::{Clause, names};
use domain::ids::{PanelId, SchoolId, ServiceSlug};
use std::collections::BTreeSet;

/// Whose requests an answer may be about. For whom which scope holds is decided elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's: the council's own staff.
    All,
    /// Those of one school.
    School(SchoolId),
    /// Those in which one service has a part: it leads, or led when they ended, or contributes.
    Service(ServiceSlug),
    /// Those that were last sent to one service, so that it leads.
    Lead(ServiceSlug),
    /// Those that are before one of these panels, or that one of them decided.
    Panels(BTreeSet<PanelId>),
    /// Nobody's.
    Nothing,
}

impl Scope {
    /// What a row of `requests` must be, under this name.
    pub(crate) fn restrict(&self, table: &str, clause: &mut Clause) {
        match self {
            Self::All => {}
            Self::School(school) => {
                let school = school.0.into_bytes().to_vec();
                clause.and(&format!("{table}.school = ?"), [school.into()]);
            }
            Self::Service(service) => {
                let part = format!(
                    "{table}.number IN (SELECT request FROM request_services WHERE service = ?)"
                );
                clause.and(&part, [service.to_string().into()]);
            }
            Self::Lead(service) => {
                clause.and(&format!("{table}.service = ?"), [service.to_string().into()]);
            }
            Self::Panels(panels) => {
                let part = format!(
                    "{table}.number IN (SELECT request FROM request_panels \
                     WHERE panel IN (SELECT value FROM json_each(?)))"
                );
                clause.and(&part, [names(panels)]);
            }
            Self::Nothing => clause.and("0", []),
        }
    }
}
