//! Every page and every form, by who comes for it.

mod administration;
mod audit;
mod common;
mod desk;
mod figures;
mod panel;
mod rota;
mod school;
mod service;

use crate::Door;
use crate::form::Form;
use crate::page::Page;

/// The pages of every area.
pub(crate) fn pages(door: Door) -> impl Iterator<Item = &'static Page> {
    let to_sign_in = if door == Door::Demo { common::SIGN_IN } else { &[] };
    let areas = [
        common::PAGES,
        to_sign_in,
        school::PAGES,
        desk::PAGES,
        rota::PAGES,
        service::PAGES,
        panel::PAGES,
        figures::PAGES,
        audit::PAGES,
        administration::PAGES,
    ];
    areas.into_iter().flatten().copied()
}

/// The forms of every area.
pub(crate) fn forms() -> impl Iterator<Item = &'static Form> {
    [common::FORMS, school::FORMS, desk::FORMS].into_iter().flatten()
}
