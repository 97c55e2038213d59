//! Every page and every form, by who comes for it.

mod common;
mod desk;
mod school;

use crate::Door;
use crate::form::Form;
use crate::page::Page;

/// The pages of every area.
pub(crate) fn pages(door: Door) -> impl Iterator<Item = &'static Page> {
    let to_sign_in = if door == Door::Demo { common::SIGN_IN } else { &[] };
    [common::PAGES, to_sign_in, school::PAGES, desk::PAGES].into_iter().flatten().copied()
}

/// The forms of every area.
pub(crate) fn forms() -> impl Iterator<Item = &'static Form> {
    [common::FORMS, school::FORMS, desk::FORMS].into_iter().flatten()
}
