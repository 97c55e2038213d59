//! Schools from an export of the register, first as a rehearsal.

use crate::form::{Does, Form, How, Takes};
use crate::page::{OpenTo, Page};

static SCHOOLS: Page = Page {
    at: "/schools/import",
    template: "administration/import.html",
    asks: &[],
    open_to: OpenTo::Who("import_schools"),
};

pub(super) const PAGES: &[&Page] = &[&SCHOOLS];

pub(super) static FORMS: &[Form] = &[Form::new(
    &SCHOOLS,
    Does::Bring {
        to: "/imports/schools",
        takes: Takes {
            most_bytes: 16 * 1024 * 1024,
            how: How::Alone { kind: "text/csv", passed: &["dry_run", "skip_faulty"] },
        },
        then: None,
    },
)];
