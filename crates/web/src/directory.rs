//! What the front desk goes by: schools, services, rules, duty, the
//! calendar, the policy, and what was escalated under it.

pub(crate) mod calendar;
pub(crate) mod duty;
pub(crate) mod escalations;
pub(crate) mod list_service;
pub(crate) mod open_referral;
pub(crate) mod policy;
pub(crate) mod rulesets;
pub(crate) mod schools;
pub(crate) mod services;
pub(crate) mod work;
