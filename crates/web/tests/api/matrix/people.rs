//! Who asks: every role, and of those who see a part only, one from either side of the world.

use super::world::SideName;
use domain::account::Role;

/// Somebody who asks.
#[derive(Clone, Copy)]
pub(super) struct Person {
    pub(super) key: &'static str,
    pub(super) role: Role,
    /// The side that is their own, where they have one.
    pub(super) side: SideName,
}

const fn on(side: SideName, role: Role, key: &'static str) -> Person {
    Person { key, role, side }
}

/// Everybody.
pub(super) const PEOPLE: [Person; 12] = [
    on(SideName::Ours, Role::School, "demo-school-900001"),
    on(SideName::Theirs, Role::School, "demo-school-900002"),
    on(SideName::Ours, Role::Service, "demo-service-sensory-support"),
    on(SideName::Theirs, Role::Service, "demo-service-education-welfare"),
    on(SideName::Ours, Role::Panel, "key-mira"),
    on(SideName::Theirs, Role::Panel, "key-lena"),
    on(SideName::Ours, Role::Adviser, "demo-adviser"),
    on(SideName::Ours, Role::Coordinator, "demo-coordinator"),
    on(SideName::Ours, Role::Commissioner, "demo-commissioner"),
    on(SideName::Ours, Role::Auditor, "demo-auditor"),
    on(SideName::Ours, Role::Dpo, "demo-dpo"),
    on(SideName::Ours, Role::Admin, "demo-admin"),
];

/// Keys that open nothing: none, unknown ones, one that was taken back, one that has expired.
pub(super) const NO_GOOD: [&str; 6] =
    ["", "x", "demo-nobody", "demo-school-999999", "key-revoked", "key-expired"];
