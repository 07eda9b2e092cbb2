//! The program `celan`: hands its arguments to the command line of the library crate.

use std::process::ExitCode;

fn main() -> ExitCode {
    celan::cli::main()
}
