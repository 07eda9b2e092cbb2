//! How the program is linked: on Linux with glibc at a fixed address.
//!
//! The tables of PDF glyph names and HTML entities in the readers are some 60,000 pointers, which the dynamic linker would have to
//! correct one by one at every start of a program that can be placed anywhere: 2 of the 4 ms that a command takes. The price is that
//! the program's own code stands at a known address; stack, heap and libraries are still placed at random. The code is safe Rust
//! (`unsafe` is forbidden in this crate), and strangers' files are read by a child process with limits. Set `CELAN_PIE=1` when
//! building to have a position-independent program all the same.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CELAN_PIE");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_known = target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64";
    let wants_pie = env::var_os("CELAN_PIE").is_some_and(|value| value == "1");
    if is_known && !wants_pie {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
