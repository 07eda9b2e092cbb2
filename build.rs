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
//! Of the twelve megabytes of code a quick command executes 0.7, which is strewn over all of them and mapped bit by bit: a sixth of its time. So
//! what such commands execute is laid side by side (`benches/order`), by a linker script that adds to the linker's own. It goes by the names
//! that `.cargo/config.toml` asks the compiler for; where they are others, the order is the usual one.
//!
//! All this is asked of the linker for an empty program first, and left out where it refuses.
//!
//! Set `CELAN_PIE=1` when building to have a position-independent program all the same, with the C library of the system.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the standard library asks for, and what of it there may be as an archive.
const LIBRARIES: [&str; 6] = ["c", "m", "pthread", "dl", "rt", "util"];

/// Has the program stand at a fixed address.
const FIXED: &str = "-no-pie";

/// What is laid side by side: a function a line, with stars for what is another in another build. Each has a section of its own.
const ORDER: &str = "benches/order/functions.txt";

/// Has LLD write the program and not fill a mapping of it (the option says the opposite: LLD 22 has taken the two for one another). A program that
/// has just been linked is otherwise held in memory in single pages, which a new process takes longer to map: an eighth of its time, until
/// the program is copied, or read from the disk again.
const AT_ONCE: &str = "-Wl,--mmap-output-file";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CELAN_PIE");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    let is_known = target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64";
    let Some(folder) = env::var_os("OUT_DIR").map(PathBuf::from).filter(|_| is_known) else { return };
    if let Some(unwinder) = archive("gcc_eh")
        && lead(&folder, "gcc_s", &[unwinder])
    {
        println!("cargo::rustc-link-search=native={}", folder.display());
    }
    if env::var_os("CELAN_PIE").is_some_and(|value| value == "1") {
        return;
    }
    let is_asked_for = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    let is_for_here = env::var("HOST").is_ok_and(|host| env::var("TARGET").is_ok_and(|target| target == host));
    if !is_for_here {
        println!("cargo::rustc-link-arg-bins={FIXED}");
        return;
    }
    let fixed = vec![FIXED.to_owned()];
    let archives = if is_asked_for { Vec::new() } else { link_c_library(&folder.join("static")) };
    let usual = [fixed.clone(), archives].concat();
    let mut possible = vec![usual.clone(), fixed];
    // A program for trying things out is linked sooner without.
    if env::var("OPT_LEVEL").is_ok_and(|level| level != "0") {
        let ordered: Vec<_> = usual.into_iter().chain(order(&folder)).collect();
        let written = ordered.iter().cloned().chain([AT_ONCE.to_owned()]).collect();
        possible.splice(0..0, [written, ordered]);
    }
    for argument in possible.into_iter().find(|arguments| links(&folder, arguments)).into_iter().flatten() {
        println!("cargo::rustc-link-arg-bins={argument}");
    }
}

/// The arguments with which the program finds archives where it looks for the C library; none where one of them is not there. Tests and
/// examples are linked as usual.
fn link_c_library(folder: &Path) -> Vec<String> {
    let is_led = |name: &str| {
        // GNU's linker reads archives once, and that of C needs the compiler's own.
        let needed = if name == "c" { ["gcc", "gcc_eh"].as_slice() } else { &[] };
        let archives: Option<Vec<_>> = std::iter::once(&name).chain(needed).map(|name| archive(name)).collect();
        archives.is_some_and(|archives| lead(folder, name, &archives))
    };
    let is_there = fs::create_dir_all(folder).is_ok() && LIBRARIES.into_iter().all(is_led);
    if is_there { vec![format!("-L{}", folder.display()), "-static".to_owned()] } else { Vec::new() }
}

/// The argument with which the linker lays side by side what quick commands execute; none where the script cannot be written.
fn order(folder: &Path) -> Option<String> {
    println!("cargo::rerun-if-changed={ORDER}");
    let mut script = "SECTIONS { .text.order : {\n".to_owned();
    for function in fs::read_to_string(ORDER).ok()?.lines().filter(|line| !line.starts_with('#')) {
        let _ = writeln!(script, "*(.text.{function}* .text.unlikely.{function}*)");
    }
    script.push_str("} } INSERT BEFORE .text;\n");
    let path = folder.join("order.ld");
    fs::write(&path, script).is_ok().then(|| format!("-T{}", path.display()))
}

/// Whether an empty program can be linked with these arguments.
fn links(folder: &Path, arguments: &[String]) -> bool {
    let Some(compiler) = env::var_os("RUSTC") else { return false };
    let source = folder.join("empty.rs");
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let mut command = Command::new(compiler);
    command.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        command.arg("-C").arg([OsString::from("linker="), linker].into_iter().collect::<OsString>());
    }
    command.arg("-L").arg(folder).args(arguments.iter().map(|argument| format!("-Clink-arg={argument}")));
    command.arg(&source).arg("-o").arg(folder.join("empty"));
    fs::write(&source, "fn main() {}\n").is_ok() && command.output().is_ok_and(|output| output.status.success())
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

/// Writes a linker script that stands for a shared library and leads to archives; whether that could be done.
fn lead(folder: &Path, name: &str, archives: &[String]) -> bool {
    fs::write(folder.join(format!("lib{name}.so")), format!("GROUP ( \"{}\" )\n", archives.join("\" \""))).is_ok()
}
