//! Black-box journeys over HTTP against the real binary, and the check of the crate line.
//! One file is one story; its tests are what must be true of it.

mod clocks;
mod command_line;
mod connections;
mod crate_line;
mod crowd;
mod demo;
mod durability;
mod erasure;
mod faults;
mod flood;
mod full_disk;
mod fuzz;
mod idempotency;
mod importing;
mod lists;
mod master_key;
mod meeting_killed;
mod month;
mod notices;
mod panels;
mod permissions;
mod privacy;
mod publishing;
mod reading;
mod sample;
mod second_opinion;
mod secrets;
mod security_map;
mod service_life;
mod sign_in;
mod third_party;
mod trust;
mod write_ahead;
