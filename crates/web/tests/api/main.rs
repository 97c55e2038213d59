//! The API as its callers see it, over a log in memory.

extern crate frontdoor_web as web;

mod access;
mod county;
mod reading;
mod writing;
