//! The program `celan`: hands its arguments to the command line of the library crate.

fn main() {}
