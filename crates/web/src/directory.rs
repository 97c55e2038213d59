//! What the front desk goes by: schools, services, rules, duty.

pub(crate) mod duty;
pub(crate) mod list_service;
pub(crate) mod rulesets;
pub(crate) mod schools;
pub(crate) mod services;
