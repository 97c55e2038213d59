//! Packages of support over the API: what was agreed, what it costs, what a family is told of
//! it, and what services, reviewers and panels do about it.

pub(crate) mod body;
pub(crate) mod family;
pub(crate) mod list;
pub(crate) mod price;
pub(crate) mod read;
pub(crate) mod totals;
