//! The one binary.

mod county;
mod demo;
#[cfg(test)]
mod fixture;

fn main() {}
