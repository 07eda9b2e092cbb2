//! How the program is linked: on Linux with glibc at a fixed address, with the unwinder in it and, where that can be had, the C library.
//!
//! The tables of PDF glyph names and HTML entities in the readers are some 60,000 pointers, which the dynamic linker would have to
//! correct one by one at every start of a program that can be placed anywhere: 2 of the 4 ms that a command took. The price is that
//! the program's own code stands at a known address; stack, heap and mapped files are still placed at random. The code is safe Rust
//! (`unsafe` is forbidden in this crate), and strangers' files are read by a child process with limits.
//!
//! Of the 1.3 ms that a command took after that, 0.3 to 0.4 went into finding and mapping the C library and that of mathematics, looking their
//! functions up, and taking it all away again. Where the compiler that links has both as archives (Debian and Ubuntu install them with
//! the compiler) they are linked into the program, which then needs nothing on the system but a kernel; where it has not, they are
//! loaded as usual. The standard library asks for them by name, as shared libraries: linker scripts of these names stand before the libraries and
//! lead to the archives.
//!
//! `libgcc_s.so`, which the standard library asks for, is needed to unwind the stack after a panic and for nothing else. To load it takes
//! a tenth of a command's time, half of it for questions to the processor which a virtual machine has to answer. Where the compiler that
//! links has the same as an archive, that is linked in the same way.
//!
//! Set `CELAN_PIE=1` when building to have a position-independent program all the same, with the C library of the system.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the standard library asks for, and what of it there may be as an archive.
const LIBRARIES: [&str; 6] = ["c", "m", "pthread", "dl", "rt", "util"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CELAN_PIE");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_known = target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64";
    let Some(folder) = env::var_os("OUT_DIR").map(PathBuf::from).filter(|_| is_known) else { return };
    if let Some(unwinder) = archive("gcc_eh")
        && lead(&folder, "gcc_s", &unwinder)
    {
        println!("cargo::rustc-link-search=native={}", folder.display());
    }
    if env::var_os("CELAN_PIE").is_some_and(|value| value == "1") {
        return;
    }
    println!("cargo::rustc-link-arg-bins=-no-pie");
    let is_asked_for = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    let is_for_here = env::var("HOST").is_ok_and(|host| env::var("TARGET").is_ok_and(|target| target == host));
    if is_for_here && !is_asked_for && link_c_library(&folder.join("static")) {
        println!("cargo::rustc-link-arg-bins=-static");
    }
}

/// Has the program find archives where it looks for the C library; false where one of them is not there. Tests and examples are linked as
/// usual.
fn link_c_library(folder: &Path) -> bool {
    let is_led = |name: &str| archive(name).is_some_and(|archive| lead(folder, name, &archive));
    let is_there = fs::create_dir_all(folder).is_ok() && LIBRARIES.into_iter().all(is_led);
    if is_there {
        println!("cargo::rustc-link-arg-bins=-L{}", folder.display());
    }
    is_there
}

/// Where the compiler that links has the archive of this name.
fn archive(name: &str) -> Option<String> {
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let asked = Command::new(linker).arg(format!("-print-file-name=lib{name}.a")).output().ok()?;
    let said = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    // A compiler that does not know the file gives its name back. The path is written out: another linker may be asked to link.
    let archive = Some(said).filter(|said| Path::new(said).is_absolute())?;
    println!("cargo::rerun-if-changed={archive}");
    Some(archive)
}

/// Writes a linker script that stands for a shared library and leads to an archive; whether that could be done.
fn lead(folder: &Path, name: &str, archive: &str) -> bool {
    fs::write(folder.join(format!("lib{name}.so")), format!("INPUT ( \"{archive}\" )\n")).is_ok()
}
