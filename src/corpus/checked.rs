//! What is remembered of the last look at every source, so that opening a large library need not look at thousands of files.
//!
//! In a library of more than a thousand sources it is enough for a minute that no folder has another time than then: that of a folder
//! changes when a file in it is added, removed, renamed or replaced by another of its name, which is how editors save. A file that is
//! written over in place is noticed when that time is over, or when somebody asks for all files to be looked at. The note stands in
//! `index/`; where it cannot be written or understood, every opening looks at every file.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::sources::since_1970;
use super::{Corpus, Survey};

/// Up to so many sources and corrections each one is looked at every time.
const MANY: usize = 1000;

/// How long a look at every source is good for.
const LATELY: Duration = Duration::from_mins(1);

/// A folder that was changed so shortly before may change once more without another time: file systems count in steps of up to two
/// seconds.
const STEP: Duration = Duration::from_secs(2);

/// Name of the file within `index/`.
const FILE: &str = "checked.json";

/// The note.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Checked {
    /// When, in nanoseconds since 1970.
    time: u128,
    /// What `corpus/` looked like.
    fingerprint: String,
    /// Its folders with their times.
    folders: Vec<(String, u128)>,
}

impl Corpus {
    /// Whether, at the time `now`, the sources can be taken to be those of this fingerprint without a look at each of them.
    #[must_use]
    pub fn is_surely(&self, fingerprint: &str, now: SystemTime) -> bool {
        let note = || serde_json::from_slice::<Checked>(&std::fs::read(self.index_folder().join(FILE)).ok()?).ok();
        let age = |checked: &Checked| since_1970(now).checked_sub(checked.time);
        note().is_some_and(|checked| {
            checked.fingerprint == fingerprint
                && age(&checked).is_some_and(|age| age < LATELY.as_nanos())
                && checked.folders.iter().all(|(name, time)| modified(&self.path(name)) == Some(*time))
        })
    }

    /// Notes that all sources were looked at after the time `now`, and what was seen.
    pub fn note_checked(&self, survey: Survey, now: SystemTime) {
        let settled = |(_, time): &(String, u128)| time.saturating_add(STEP.as_nanos()) < since_1970(now);
        if survey.numbers.len() <= MANY || !survey.folders.iter().all(settled) {
            return;
        }
        let fingerprint = survey.fingerprint().to_string();
        if let Ok(note) = serde_json::to_vec(&Checked { time: since_1970(now), fingerprint, folders: survey.folders }) {
            self.note(FILE, &note);
        }
    }

    /// Notes something in `index/` that can be done without: where it cannot be written, later calls only take longer.
    pub(super) fn note(&self, name: &str, bytes: &[u8]) {
        let write = || {
            let mut file = tempfile::Builder::new().prefix(".tmp").tempfile_in(self.index_folder())?;
            file.write_all(bytes)?;
            file.persist(self.index_folder().join(name)).map_err(std::io::Error::from)
        };
        let _: std::io::Result<_> = write();
    }
}

fn modified(folder: &Path) -> Option<u128> {
    Some(since_1970(std::fs::symlink_metadata(folder).ok().filter(std::fs::Metadata::is_dir)?.modified().ok()?))
}
