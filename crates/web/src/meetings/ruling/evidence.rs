//! What a decision relies on, as people write it: `request`, `cycle:1`, `document:<id>`.

use crate::form::{Faults, via};
use domain::ids::DocumentId;
use domain::request::event::Evidence;
use serde_json::Value;
use uuid::Uuid;

/// What it should be.
const EXPECTED: &str = "request, provision, heard, cycle:<number>, specialist:<code> or \
                        document:<id>";

/// One thing that a decision relies on.
pub(super) fn evidence(value: &Value, at: &str, faults: &mut Faults) -> Option<Evidence> {
    via(value, at, faults, |text| read(text).ok_or_else(|| EXPECTED.to_owned()))
}

fn read(text: &str) -> Option<Evidence> {
    match text.split_once(':') {
        None => match text {
            "request" => Some(Evidence::Request),
            "provision" => Some(Evidence::Provision),
            "heard" => Some(Evidence::Heard),
            _ => None,
        },
        Some(("cycle", number)) => number.parse().ok().map(Evidence::Cycle),
        Some(("specialist", code)) => code.parse().ok().map(Evidence::Specialist),
        Some(("document", id)) => {
            Uuid::try_parse(id).ok().map(|id| Evidence::Document(DocumentId(id)))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::codes::Specialist;

    #[test]
    fn evidence_reads_as_people_write_it() {
        let id = Uuid::from_u128(7);
        for (text, expected) in [
            ("request".to_owned(), Some(Evidence::Request)),
            ("heard".to_owned(), Some(Evidence::Heard)),
            ("cycle:2".to_owned(), Some(Evidence::Cycle(2))),
            ("specialist:camhs".to_owned(), Some(Evidence::Specialist(Specialist::Camhs))),
            (format!("document:{id}"), Some(Evidence::Document(DocumentId(id)))),
            ("cycle".to_owned(), None),
            ("cycle:-1".to_owned(), None),
            ("specialist:nobody".to_owned(), None),
            ("document:7".to_owned(), None),
            ("the request".to_owned(), None),
        ] {
            assert_eq!(read(&text), expected, "{text}");
        }
    }
}
