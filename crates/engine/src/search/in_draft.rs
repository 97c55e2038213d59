//! Whether a draft names a child who is to be erased.
//!
//! Nobody looks over what an erasure destroys, so only what is certain counts: the pupil number,
//! wherever it stands, or the same name with the same birth date. What is merely alike is left
//! to the school, and to the day on which drafts expire.

use super::SearchIndex;
use super::alike::{Likeness, Reason};
use domain::ids::ChildId;
use domain::personal::Identity;
use serde_json::Value;
use std::sync::PoisonError;

/// Who is looked for, under every pseudonym that can be read still.
pub(crate) struct Sought(Vec<Likeness>);

impl SearchIndex {
    /// Looks for these; whoever was erased already cannot be looked for.
    pub(crate) fn sought(&self, children: impl Iterator<Item = ChildId>) -> Sought {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        Sought(children.filter_map(|child| Some(found.get(&child)?.likeness.clone())).collect())
    }
}

impl Sought {
    /// Whether there is nobody to look for.
    pub(crate) const fn is_nobody(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this draft, as its school saved it, names one of them.
    pub(crate) fn are_named_in(&self, draft: &str) -> bool {
        let said = identity(draft).as_ref().map(Likeness::of);
        let capitals = draft.to_uppercase();
        self.0.iter().any(|sought| {
            let is_same = |said: &Likeness| {
                sought.reasons(said).iter().any(|reason| match reason {
                    Reason::SameUpn | Reason::SameNameSameBirthDate => true,
                    Reason::SameBirthDateNamesAlike | Reason::SameNameBirthDateAlike => false,
                })
            };
            sought.upn().is_some_and(|upn| capitals.contains(upn))
                || said.as_ref().is_some_and(is_same)
        })
    }
}

/// Whom a draft is about, if it says as much as is needed to tell.
fn identity(draft: &str) -> Option<Identity> {
    let draft: Value = serde_json::from_str(draft).ok()?;
    let child = draft.get("child")?;
    let text = |member| child.get(member).and_then(Value::as_str);
    Some(Identity {
        given_name: text("given_name")?.to_owned(),
        family_name: text("family_name")?.to_owned(),
        date_of_birth: text("date_of_birth")?.trim().parse().ok()?,
        upn: None,
        home_postcode: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sought() -> Sought {
        Sought(vec![Likeness::of(&Identity {
            given_name: "Zoë".to_owned(),
            family_name: "Firle".to_owned(),
            date_of_birth: date(2017, 4, 9),
            upn: "B801200005001".parse().ok(),
            home_postcode: None,
        })])
    }

    #[test]
    fn a_child_is_named_by_number_anywhere_or_by_name_and_birth_date() {
        let named = [
            r#"{"child":{"given_name":"ZOE","family_name":"Firle","date_of_birth":"2017-04-09"}}"#,
            r#"{"child":{"given_name":"Firle","family_name":"Zoe","date_of_birth":"2017-04-09"}}"#,
            r#"{"child":{"upn":"b801200005001"}}"#,
            r#"{"summary":"It is B801200005001 again."}"#,
        ];
        for draft in named {
            assert!(sought().are_named_in(draft), "{draft}");
        }
    }

    #[test]
    fn a_child_who_is_merely_alike_is_not_named() {
        let others = [
            r#"{"child":{"given_name":"Zac","family_name":"Firle","date_of_birth":"2017-04-09"}}"#,
            r#"{"child":{"given_name":"Zoe","family_name":"Firle","date_of_birth":"2017-04-08"}}"#,
            r#"{"child":{"given_name":"Zoe","family_name":"Firle"}}"#,
            r#"{"child":{"given_name":"Zoe","family_name":"Firle","date_of_birth":"April"}}"#,
            r#"{"child":7}"#,
            "[]",
            "",
        ];
        for draft in others {
            assert!(!sought().are_named_in(draft), "{draft}");
        }
        let nobody = Sought(vec![]);
        assert!(nobody.is_nobody() && !nobody.are_named_in(r#"{"child":{}}"#));
    }
}
