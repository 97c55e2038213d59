//! A panel's meeting.

pub mod event;
pub mod interest;
