//! The targets: functions that take any bytes and stop where a promise of the program is broken.
//!
//! One table makes them all ([`TARGETS`]): one for each reader, by the name of its format, and one for each stage after it. The fuzzer
//! calls them from `fuzz_targets/`; `tests/fuzz.rs` calls them with the seeds and some thousand mutations, and holds the table against
//! the registry of readers, `Cargo.toml` of the fuzzer, and the seeds.

mod checks;
pub mod packed;
mod raw;

/// A target by its name.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name of its binary and of its folder of seeds.
    pub name: &'static str,
    /// What it does with the bytes.
    pub run: fn(&[u8]),
}

/// Makes a public function of every target, and the table of all.
macro_rules! targets {
    ($($(#[$about:meta])+ $name:ident => $run:expr;)+) => {
        $($(#[$about])+ pub fn $name(bytes: &[u8]) {
            $run(bytes);
        })+

        /// All targets.
        pub const TARGETS: &[Target] = &[$(Target { name: stringify!($name), run: $name }),+];
    };
}

targets! {
    /// Word documents: the parts of the container in plain text, see [`packed`].
    docx => |bytes| checks::read(&packed::container(bytes));
    /// Old Word documents, as they are.
    doc => checks::read;
    /// OFD files: parts in plain text.
    ofd => |bytes| checks::read(&packed::container(bytes));
    /// Excel workbooks: parts in plain text.
    xlsx => |bytes| checks::read(&packed::container(bytes));
    /// Old Excel workbooks, as they are.
    xls => checks::read;
    /// ODF spreadsheets: parts in plain text.
    ods => |bytes| checks::read(&packed::container(bytes));
    /// PDF files, as they are.
    pdf => checks::read;
    /// Web pages, as they are.
    html => checks::read;
    /// Markdown, as it is.
    md => checks::read;
    /// Plain text in any encoding, as it is.
    txt => checks::read;
    /// Containers as they are, directory and all.
    container => checks::read;
    /// The stage of structure, from raw blocks that no reader need have made, with and without corrections.
    structure => checks::structured;
    /// The normaliser and its map back to the original characters.
    fold => checks::folded;
    /// The parser of queries, and of questions.
    query => checks::queried;
    /// The parser of addresses, and looking them up.
    address => checks::addressed;
    /// The settings of a library.
    settings => checks::configured;
    /// The file of corrections beside a source.
    corrections => checks::corrected;
    /// The settings of a user.
    habits => checks::accustomed;
    /// The file of notes, which people edit.
    notes => checks::noted;
}
