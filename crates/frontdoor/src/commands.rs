//! What the program does, one command each.

pub(crate) mod access;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod key;
pub(crate) mod openapi;
pub(crate) mod replay;
pub(crate) mod restore;
pub(crate) mod retention;
pub(crate) mod rotate_master_key;
pub(crate) mod serve;
pub(crate) mod subject_access;
pub(crate) mod verify;
