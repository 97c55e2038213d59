//! A made-up county and a year of its requests, so that anybody can try the front door.
//!
//! Nothing here writes an event: every change is a command to the engine, one after another
//! in the order of the year, on a clock that is moved by hand. The same seed and the same
//! present give the same year.

mod arrivals;
mod child;
mod closures;
mod dice;
mod form;
mod life;
mod packages;
mod panels;
mod people;
mod phrases;
mod rota;
mod rulings;
mod schools;
#[cfg(test)]
mod tests;
mod theme;
mod year;

pub(crate) use year::{Founded, Plan, found};
