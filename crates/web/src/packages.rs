//! Packages of support over the API: what was agreed, what it costs, what a family is told of
//! it, and what services, reviewers and panels do about it.

#[cfg_attr(not(test), expect(dead_code, reason = "a panel's decision reads it, which comes next"))]
pub(crate) mod body;
