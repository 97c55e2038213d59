//! Who must be in the room for a decision: so many in all, and so many of each role.

use super::MemberRole;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who must be in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quorum {
    /// How many in all.
    pub total: u8,
    /// How many of a role, where a role must be there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<MemberRole, u8>,
}

/// What is missing for a quorum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortfall {
    /// So many more in all.
    pub total: u8,
    /// So many more of a role.
    pub roles: BTreeMap<MemberRole, u8>,
}

impl Quorum {
    /// What is missing when these are in the room and may decide; `None`: it is met.
    pub fn shortfall(&self, present: impl IntoIterator<Item = MemberRole>) -> Option<Shortfall> {
        let mut counted: BTreeMap<MemberRole, u8> = BTreeMap::new();
        let mut total: u8 = 0;
        for role in present {
            let of_role = counted.entry(role).or_default();
            *of_role = of_role.saturating_add(1);
            total = total.saturating_add(1);
        }
        let of_role = |role: &MemberRole| counted.get(role).copied().unwrap_or_default();
        let roles = self.roles.iter().filter_map(|(role, needed)| {
            let missing = needed.saturating_sub(of_role(role));
            (missing > 0).then_some((*role, missing))
        });
        let short = Shortfall { total: self.total.saturating_sub(total), roles: roles.collect() };
        (short != Shortfall::default()).then_some(short)
    }
}

impl std::fmt::Display for Shortfall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let total = (self.total > 0).then(|| format!("{} more in all", self.total));
        let role = |(role, count): (&MemberRole, &u8)| format!("{count} more as {}", role.says());
        let missing: Vec<_> = total.into_iter().chain(self.roles.iter().map(role)).collect();
        f.write_str(&missing.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MemberRole::{EducationAdviser, Health, SchoolLeader};

    fn quorum() -> Quorum {
        Quorum { total: 3, roles: [(EducationAdviser, 1), (SchoolLeader, 1)].into() }
    }

    #[test]
    fn a_quorum_needs_its_number_and_its_roles() {
        assert_eq!(quorum().shortfall([EducationAdviser, SchoolLeader, Health]), None);
        let without_a_school = quorum().shortfall([EducationAdviser, Health, Health]).unwrap();
        assert_eq!(without_a_school.to_string(), "1 more as a headteacher or school leader");
        let alone = quorum().shortfall([EducationAdviser]).unwrap();
        assert_eq!(alone.to_string(), "2 more in all, 1 more as a headteacher or school leader");
    }
}
