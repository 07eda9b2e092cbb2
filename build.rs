//! How the program is linked: on Linux with glibc at a fixed address, and with the unwinder in it.
//!
//! The tables of PDF glyph names and HTML entities in the readers are some 60,000 pointers, which the dynamic linker would have to
//! correct one by one at every start of a program that can be placed anywhere: 2 of the 4 ms that a command takes. The price is that
//! the program's own code stands at a known address; stack, heap and libraries are still placed at random. The code is safe Rust
//! (`unsafe` is forbidden in this crate), and strangers' files are read by a child process with limits. Set `CELAN_PIE=1` when
//! building to have a position-independent program all the same.
//!
//! `libgcc_s.so`, which the standard library asks for, is needed to unwind the stack after a panic and for nothing else. To load it takes
//! a tenth of a command's time, half of it for questions to the processor which a virtual machine has to answer. Where the compiler that
//! links has the same as an archive, a linker script of that name stands before the library and leads there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CELAN_PIE");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_known = target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64";
    let wants_pie = env::var_os("CELAN_PIE").is_some_and(|value| value == "1");
    if is_known && !wants_pie {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    if is_known {
        link_unwinder();
    }
}

/// Links what unwinds the stack after a panic into the program, where the compiler has it for that.
fn link_unwinder() {
    const UNWINDER: &str = "libgcc_eh.a";
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let asked = Command::new(linker).arg(format!("-print-file-name={UNWINDER}")).output();
    let said = asked.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    // A compiler that does not know the file gives its name back. The path is written out: another linker may be asked to link.
    let Some(folder) = env::var_os("OUT_DIR").map(PathBuf::from).filter(|_| Path::new(&said).is_absolute()) else { return };
    if fs::write(folder.join("libgcc_s.so"), format!("INPUT ( \"{said}\" )\n")).is_ok() {
        println!("cargo::rustc-link-search=native={}", folder.display());
    }
}
