//! The table told: in the API's description, operation by operation, and as a page.
//!
//! Both are made from the table that the guard asks, so they cannot say anything else.

use super::{Operation, Reach};
use domain::account::{Purpose, Role};
use domain::request::event::GlassReason;
use std::fmt::Write as _;

impl Reach {
    /// Every reach, the narrowest first.
    pub const ALL: &'static [Self] = &[
        Self::No,
        Self::OwnSchool,
        Self::OwnService,
        Self::OwnLead,
        Self::Panels,
        Self::Nameless,
        Self::All,
    ];

    /// Its name, as in `x-roles`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::OwnSchool => "own_school",
            Self::OwnService => "own_service",
            Self::OwnLead => "own_lead",
            Self::Panels => "own_panels",
            Self::All => "all",
            Self::Nameless => "nameless",
        }
    }

    /// What it means, to stand after the role's name.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::No => "not at all: 403",
            Self::OwnSchool => "what is of the caller's own school; anything else is not there",
            Self::OwnService => {
                "requests in which the caller's own service leads or contributes; anything else is \
                 not there"
            }
            Self::OwnLead => {
                "requests that were sent to the caller's own service; anything else is not there"
            }
            Self::Panels => {
                "requests before the caller's own panels or decided by them, and their meetings: \
                 panels whose terms of reference name the caller as member, chair, vice-chair, \
                 manager or officer; anything else is not there"
            }
            Self::All => "everything, names included",
            Self::Nameless => "everything, without anybody's name or free text",
        }
    }
}

impl Operation {
    /// Who may, in one sentence.
    #[must_use]
    pub fn who_may(self) -> String {
        let may = Role::ALL.iter().filter(|role| self.reach(**role) != Reach::No);
        let each: Vec<_> =
            may.map(|role| format!("`{}` ({})", role.code(), self.reach(*role).code())).collect();
        format!("Who may, and how far it reaches: {}.", each.join(", "))
    }
}

/// The page: what each reach means, and the whole table.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(INTRODUCTION);
    for reach in Reach::ALL {
        line(&mut page, &format!("- `{}`: {}.", reach.code(), reach.says()));
    }
    line(&mut page, BY_EXCEPTION);
    for reason in GlassReason::ALL {
        line(&mut page, &format!("- `{}`: {}.", reason.code(), reason.says()));
    }
    line(&mut page, PURPOSES);
    for purpose in Purpose::ALL {
        line(&mut page, &format!("- `{}`: {}.", purpose.code(), purpose.says()));
    }
    line(&mut page, SCOPES);
    line(&mut page, "\n## The table\n");
    let roles: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
    line(&mut page, &format!("| operation | {} |", roles.join(" | ")));
    line(&mut page, &format!("|---|{}", "---|".repeat(roles.len())));
    for operation in Operation::ALL {
        let reaches = Role::ALL.iter().map(|role| operation.reach(*role));
        let cells = reaches.map(|reach| if reach == Reach::No { "" } else { reach.code() });
        let cells: Vec<_> = cells.collect();
        line(&mut page, &format!("| `{}` | {} |", operation.name(), cells.join(" | ")));
    }
    page
}

fn line(page: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _written = writeln!(page, "{text}");
}

const INTRODUCTION: &str = "\
# Who may do what

This page is printed by `frontdoor openapi --access` from `crates/web/src/access.rs`, the table \
that the guard in front of every operation asks; a test fails when it says something else. An \
operation is named as in the API's description (`operationId`), where `x-roles` says the same.

Without a key that is good every operation answers 401, whatever there is. What the caller may \
not know of answers 404, exactly as what there is not.

How far a role reaches:

";

const BY_EXCEPTION: &str = "
## By exception

Whoever may `break_glass` and has no part in a request may read that one request, with names, for \
1 to 240 minutes: `read_request`, `read_timeline`, `read_triage`, `read_clocks`, `read_package`, \
`list_documents`, `read_document`; no list shows it. It needs the exact id or reference, a code \
and words. It is an event in the request's timeline, which its school does not see; whoever is \
accountable and the data protection officers are sent a notice; every access under it is on \
record with the code; `read_broken_glass` reports who, why, until when and what was then read. \
The codes:
";

const PURPOSES: &str = "
## Why somebody looked

Every answer with personal data is preceded by a line in the record of accesses that says what \
connects the caller with it: own request, service has a part, panel, duty, data protection, \
break-glass. A caller may add what it is for, in the header `Frontdoor-Purpose`, one or several \
codes apart by commas; an unknown code is refused with 422:
";

const SCOPES: &str = "
## What a key may do of it

A key has a scope, which narrows what its account's role may do and never widens it: an operation \
has to be in the role's column of the table and in the key's scope, and is refused with 403 \
otherwise. How far it reaches is the role's in any case. The scope is said when the key is issued \
(`issue_key`), stays the same when it is rotated, and is read in `read_me`:

- `everything`: all that the role may do.
- `reading`: of that, whatever is asked for with GET, and so changes nothing.
- `{\"operations\": [...]}`: of that, these operations, by their names in the table.

Whoever signed in has no key, and may do all that the role may do. The token in a calendar's \
address opens that calendar and no operation.";
