//! Conflicts of interest: suggested from what is known, declared by the member, and settled
//! one way or the other before an item is decided.

use crate::codes::codes;
use crate::ids::AccountId;
use crate::panel::Member;
use crate::request::Case;
use std::collections::BTreeSet;

codes! {
    /// What interest somebody has in a request.
    InterestKind {
        OwnSchool = "own_school", "it comes from the member's own school";
        OwnService = "own_service", "the member's own service has a part in it";
        EarlierInvolvement = "earlier_involvement", "the member has dealt with it before";
        Family = "family", "the member knows the family";
        Financial = "financial", "the member would gain or lose by it";
        Other = "other", "another interest";
    }
}

/// Whatever is known that may be an interest of this member in this request. `hands` are the
/// accounts that have done anything to it, beyond what this panel does.
#[must_use]
pub fn suggested(member: &Member, case: &Case, hands: &BTreeSet<AccountId>) -> Vec<InterestKind> {
    let own_school = member.school == Some(case.school);
    let own_service = member.service.as_ref().is_some_and(|service| {
        case.is_with(service)
            || case.declined_by.contains(service)
            || case.bounces.iter().any(|bounce| bounce.service == *service)
    });
    let involved =
        hands.contains(&member.account) || case.adviser.as_ref() == Some(&member.account);
    let kinds = [
        (own_school, InterestKind::OwnSchool),
        (own_service, InterestKind::OwnService),
        (involved, InterestKind::EarlierInvolvement),
    ];
    kinds.into_iter().filter_map(|(has, kind)| has.then_some(kind)).collect()
}
