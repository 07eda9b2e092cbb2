//! What is remembered of the last look at every source, so that opening a large library need not look at thousands of files.
//!
//! In a library of more than a thousand sources it is enough for a minute that no folder has another time than then: that of a folder
//! changes when a file in it is added, removed, renamed or replaced by another of its name, which is how editors save. A file that is
//! written over in place is noticed when that time is over, or when somebody asks for all files to be looked at. The note stands in
//! `index/`; where it cannot be written or understood, every opening looks at every file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::sources::since_1970;
use super::{Corpus, Sources};

/// Up to so many sources each one is looked at every time.
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
        let note = || serde_json::from_slice::<Checked>(&std::fs::read(self.note()).ok()?).ok();
        let age = |checked: &Checked| since_1970(now).checked_sub(checked.time);
        note().is_some_and(|checked| {
            checked.fingerprint == fingerprint
                && age(&checked).is_some_and(|age| age < LATELY.as_nanos())
                && checked.folders.iter().all(|(name, time)| modified(&self.path(name)) == Some(*time))
        })
    }

    /// Notes that these sources, which have this fingerprint, were all looked at after the time `now`.
    pub fn note_checked(&self, sources: &Sources, fingerprint: &str, now: SystemTime) {
        let settled = |(_, time): &(String, u128)| time.saturating_add(STEP.as_nanos()) < since_1970(now);
        if sources.files.len() <= MANY || !sources.folders.iter().all(settled) {
            return;
        }
        let note = Checked { time: since_1970(now), fingerprint: fingerprint.to_owned(), folders: sources.folders.clone() };
        // Without the note the next opening looks at every source, which is right and only takes longer.
        let _ = serde_json::to_vec(&note).map_err(std::io::Error::from).and_then(|bytes| {
            let mut file = tempfile::Builder::new().prefix(".tmp").tempfile_in(self.index_folder())?;
            file.write_all(&bytes)?;
            Ok(file.persist(self.note())?)
        });
    }

    fn note(&self) -> PathBuf {
        self.index_folder().join(FILE)
    }
}

fn modified(folder: &Path) -> Option<u128> {
    Some(since_1970(std::fs::symlink_metadata(folder).ok().filter(std::fs::Metadata::is_dir)?.modified().ok()?))
}
