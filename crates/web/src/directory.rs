//! What the front desk goes by, to read: schools, services, rules, duty.

pub(crate) mod duty;
pub(crate) mod rulesets;
pub(crate) mod schools;
pub(crate) mod services;
