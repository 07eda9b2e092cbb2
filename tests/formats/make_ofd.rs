//! Sets a document as an OFD file: `cargo run --example make-ofd -- plan.txt plan.ofd`.
//!
//! Reads any file that celan reads; for tests and for trying things out.

#![expect(clippy::print_stderr, clippy::expect_used, reason = "a tool of developers stops at the first surprise")]

#[path = "../common/ofd.rs"]
mod ofd;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: make-ofd FROM TO.ofd");
        std::process::exit(2);
    };
    let bytes = std::fs::read(&from).expect("the document can be opened");
    let raw = celan::extract::extract(&bytes).expect("the document can be read").value;
    std::fs::write(&to, ofd::typeset(&ofd::parts(&raw))).expect("the file can be written");
}
