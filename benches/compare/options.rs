//! What was asked for on the command line.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use crate::{Outcome, tell};

/// The names of the sections, in the order in which they are printed.
const SECTIONS: [&str; 7] = ["corpus", "cold", "dropped", "warm", "size", "build", "large"];

/// What was asked for.
pub(crate) struct Options {
    /// The folder of texts.
    pub(crate) corpus: PathBuf,
    /// Where everything that is made lies.
    pub(crate) work: PathBuf,
    /// The program for whole commands.
    pub(crate) celan: PathBuf,
    /// Runs of a whole command.
    pub(crate) runs: usize,
    /// Runs of a build.
    pub(crate) builds: usize,
    sections: Vec<String>,
}

impl Options {
    /// Reads the arguments of this process; none where no corpus is named, which is said.
    pub(crate) fn of_this_process() -> Outcome<Option<Self>> {
        let mut options = Self {
            corpus: PathBuf::new(),
            work: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/compare"),
            celan: PathBuf::from(env!("CARGO_BIN_EXE_celan")),
            runs: 21,
            builds: 3,
            sections: SECTIONS.map(str::to_owned).to_vec(),
        };
        let mut arguments = std::env::args_os().skip(1);
        while let Some(argument) = arguments.next() {
            // `cargo bench` adds this one by itself.
            if argument == "--bench" {
                continue;
            }
            let name = argument.to_string_lossy().into_owned();
            let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
            options.set(&name, value)?;
        }
        if options.corpus.as_os_str().is_empty() {
            tell("nothing to compare over: --corpus FOLDER names a folder of texts");
            return Ok(None);
        }
        Ok(Some(options))
    }

    fn set(&mut self, name: &str, value: OsString) -> Outcome {
        match name {
            "--corpus" => self.corpus = PathBuf::from(value).canonicalize()?,
            "--work" => self.work = std::path::absolute(PathBuf::from(value))?,
            "--celan" => self.celan = PathBuf::from(value).canonicalize()?,
            "--runs" => self.runs = value.to_string_lossy().parse()?,
            "--builds" => self.builds = value.to_string_lossy().parse()?,
            "--sections" => {
                self.sections = value.to_string_lossy().split(',').map(str::to_owned).collect();
                if let Some(unknown) = self.sections.iter().find(|section| !SECTIONS.contains(&section.as_str())) {
                    return Err(format!("there is no section {unknown}; there are {}", SECTIONS.join(", ")).into());
                }
            }
            _ => return Err(format!("there is no option {name}").into()),
        }
        Ok(())
    }

    /// Copies celan into the work folder, to be run from there, as an installation does and as the other programs came to where they
    /// are: the file that the linker has just written lies in the page cache in single pages, and starts a third of a millisecond later.
    pub(crate) fn install(mut self) -> Outcome<Self> {
        fs::create_dir_all(&self.work)?;
        let installed = self.work.join("celan");
        fs::copy(&self.celan, &installed)?;
        self.celan = installed;
        Ok(self)
    }

    /// Whether a section was asked for.
    pub(crate) fn asked(&self, section: &str) -> bool {
        self.sections.iter().any(|asked| asked == section)
    }
}
