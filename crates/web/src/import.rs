//! What others keep about the county becomes commands: schools, services, bank holidays.
//!
//! Reading a file is an effect of the edge, wherever it came from: the API and the command
//! line both read here. A reading finds every fault at once; a plan says what would change and
//! holds the commands that would change it; only [`carry_out`] changes anything, and does it
//! through the engine like everybody else.

pub mod calendar;
mod carry_out;
mod difference;
mod entries;
mod fault;
pub(crate) mod post;
pub mod rota;
pub mod schools;
pub mod services;
mod text;

pub use carry_out::{Done, carry_out};
pub use difference::FieldChange;
pub use entries::{Became, EntriesPlan, EntryChange};
pub use fault::{Fault, Place};
