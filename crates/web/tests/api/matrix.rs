//! Who may do what, asked of every operation that the API describes: as every role, of what is
//! its own, of what is another's and of what there is not; without a key, and with keys that are
//! no good. What is expected is what the table says (`web::access`), and nothing else.
//!
//! Operations come from the description, so a new one is asked about without anybody thinking of
//! it; one that these tests do not know how to address fails them, and says what to add where.

mod described;
mod leaks;
mod outcomes;
mod people;
mod places;
mod world;
