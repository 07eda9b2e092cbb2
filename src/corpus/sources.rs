//! Listing the sources, and telling whether they changed.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

use super::corrections::{CORRECTIONS_SUFFIX, is_corrections};
use super::ids::IDS_FILE;
use super::walk::walk;
use super::{Corpus, CorpusError};
use crate::diagnostic::Bilingual;
use crate::extract::Limits;

/// A file in `corpus/`, not yet read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Its path within `corpus/`, parts separated by `/`.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the system does not say.
    pub modified: u128,
}

/// What a look at every source tells, without a list of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// The number of each source and file of corrections.
    pub(super) numbers: Vec<u128>,
    /// The folders, as in [`Sources::folders`].
    pub(super) folders: Vec<(String, u128)>,
}

impl Survey {
    /// What `corpus/` looks like.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_numbers(&self.numbers)
    }
}

/// What is in `corpus/`, each list sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// The sources.
    pub files: Vec<SourceFile>,
    /// The files of corrections, each named after its source: `foo.txt.celan.toml`.
    pub corrections: Vec<SourceFile>,
    /// The folders, `corpus/` itself being the one without a name, with the times when they were changed as they were before their
    /// files were listed.
    pub folders: Vec<(String, u128)>,
    /// What is there and is no source, by a name that can be shown, with the reason.
    pub left_out: Vec<(String, LeftOut)>,
}

/// Why something in `corpus/` is no source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A symbolic link, which may lead anywhere.
    Link,
    /// A pipe, a socket or a device, which may never end.
    Special,
    /// A name that is no Unicode, so that no manifest and no citation could name it.
    Name,
}

impl LeftOut {
    /// What is told of it.
    #[must_use]
    pub fn message(self) -> Bilingual {
        match self {
            Self::Link => Bilingual::new(
                "是符号链接，未读取；请用 celan add 加入它指向的文件",
                "this is a symbolic link and was not followed: add the file that it leads to with `celan add`",
            ),
            Self::Special => {
                Bilingual::new("是管道、设备或套接字，未读取", "this is a pipe, a device or a socket and was not read")
            }
            Self::Name => Bilingual::new(
                "文件名不是有效的 UTF-8，未读取；请改名",
                "its name is no valid UTF-8 and it was not read: rename it",
            ),
        }
    }
}

impl Sources {
    /// The corrections of the source of this name.
    #[must_use]
    pub fn corrections_of(&self, name: &str) -> Option<&SourceFile> {
        let wanted = format!("{name}{CORRECTIONS_SUFFIX}");
        self.corrections.get(self.corrections.binary_search_by(|file| file.name.cmp(&wanted)).ok()?)
    }

    /// The names of files of corrections whose source is not there.
    pub fn strays(&self) -> impl Iterator<Item = &str> {
        let source = |name: &str| self.files.binary_search_by(|file| file.name.as_str().cmp(name)).is_ok();
        let names = self.corrections.iter().map(|file| file.name.as_str());
        names.filter(move |name| !name.strip_suffix(CORRECTIONS_SUFFIX).is_some_and(source))
    }
}

impl Corpus {
    /// The sources: all files of `corpus/` and its folders but hidden ones and celan's own. Links are not followed.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub fn sources(&self) -> Result<Sources, CorpusError> {
        let mut sources = Sources::default();
        self.visit(&mut |met| match met {
            Met::Folder(name, time) => sources.folders.push((name, time)),
            Met::Source(file) => sources.files.push(file),
            Met::Corrections(file) => sources.corrections.push(file),
            Met::LeftOut(name, reason) => sources.left_out.push((name, reason)),
        })?;
        sources.files.sort();
        sources.corrections.sort();
        sources.left_out.sort();
        Ok(sources)
    }

    /// Looks at every source and remembers none: what is needed to tell that nothing has changed.
    ///
    /// # Errors
    /// Those of [`Corpus::sources`].
    pub fn survey(&self) -> Result<Survey, CorpusError> {
        let mut survey = Survey::default();
        self.visit(&mut |met| match met {
            Met::Folder(name, time) => survey.folders.push((name, time)),
            Met::Source(file) | Met::Corrections(file) => survey.numbers.push(number(&file)),
            Met::LeftOut(..) => {}
        })?;
        Ok(survey)
    }

    fn visit(&self, tell: &mut dyn FnMut(Met)) -> Result<(), CorpusError> {
        let root = self.sources_folder();
        if !root.is_dir() {
            return Ok(());
        }
        let metadata = std::fs::symlink_metadata(&root).map_err(|source| CorpusError::Io { path: root.clone(), source })?;
        if let Some(folder) = named(&root, &root, &metadata) {
            tell(Met::Folder(folder.name, folder.modified));
        }
        walk(&root, &mut |path, metadata| {
            if let Some(reason) = why_left_out(path, metadata) {
                let shown = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().into_owned();
                return tell(Met::LeftOut(shown, reason));
            }
            let Some(file) = named(&root, path, metadata).filter(|file| file.name != IDS_FILE) else { return };
            tell(if metadata.is_dir() {
                Met::Folder(file.name, file.modified)
            } else if is_corrections(path) {
                Met::Corrections(file)
            } else {
                Met::Source(file)
            });
        })
    }

    /// What is at this path in `corpus/`; none where there is no file.
    #[must_use]
    pub fn source(&self, path: &Path) -> Option<SourceFile> {
        named(&self.sources_folder(), path, &std::fs::symlink_metadata(path).ok()?)
    }
}

/// Something in `corpus/`.
enum Met {
    Folder(String, u128),
    Source(SourceFile),
    Corrections(SourceFile),
    LeftOut(String, LeftOut),
}

fn why_left_out(path: &Path, metadata: &std::fs::Metadata) -> Option<LeftOut> {
    if metadata.is_symlink() {
        Some(LeftOut::Link)
    } else if !metadata.is_dir() && !metadata.is_file() {
        Some(LeftOut::Special)
    } else {
        path.file_name().is_none_or(|name| name.to_str().is_none()).then_some(LeftOut::Name)
    }
}

fn named(root: &Path, path: &Path, metadata: &std::fs::Metadata) -> Option<SourceFile> {
    let name = path.strip_prefix(root).ok().and_then(Path::to_str)?;
    Some(SourceFile {
        name: name.replace(std::path::MAIN_SEPARATOR, "/"),
        bytes: metadata.len(),
        modified: metadata.modified().map_or(0, since_1970),
    })
}

/// A time in nanoseconds since 1970; 0 before.
pub(super) fn since_1970(time: SystemTime) -> u128 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos())
}

/// What is different whenever a source or its corrections were added, removed, renamed or written.
///
/// A sum over the files, so that one file more or less needs no look at the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fingerprint {
    files: u64,
    sum: u128,
}

impl Fingerprint {
    /// That of all `sources`.
    #[must_use]
    pub fn of(sources: &Sources) -> Self {
        let mut fingerprint = Self::default();
        for file in sources.files.iter().chain(&sources.corrections) {
            fingerprint.add(file);
        }
        fingerprint
    }

    /// That of files of these numbers, in any order.
    pub(super) fn of_numbers(numbers: &[u128]) -> Self {
        Self { files: numbers.len() as u64, sum: numbers.iter().fold(0, |sum, number| sum.wrapping_add(*number)) }
    }

    /// With this file too.
    pub fn add(&mut self, file: &SourceFile) {
        self.files = self.files.wrapping_add(1);
        self.sum = self.sum.wrapping_add(number(file));
    }

    /// Without this file, which was there as it is said to be.
    pub fn remove(&mut self, file: &SourceFile) {
        self.files = self.files.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(number(file));
    }

    /// The fingerprint that was written so; none where it was not.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let (files, sum) = written.split_once('-')?;
        Some(Self { files: files.parse().ok()?, sum: u128::from_str_radix(sum, 16).ok()? })
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:032x}", self.files, self.sum)
    }
}

/// A number for a file, as good as different for all that are.
pub(super) fn number(file: &SourceFile) -> u128 {
    let mut digest = Sha256::new();
    digest.update(file.name.as_bytes());
    digest.update([0]);
    digest.update(file.bytes.to_le_bytes());
    digest.update(file.modified.to_le_bytes());
    digest.finalize().first_chunk().map_or(0, |first| u128::from_le_bytes(*first))
}

/// The files that a path stands for: a folder stands for all files in it with one of the `extensions` (any, where none is given),
/// hidden ones and links left out; a file stands for itself, whatever its name.
///
/// # Errors
/// Where the path does not exist or a folder cannot be read.
pub fn expand(path: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, CorpusError> {
    let metadata = std::fs::metadata(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    walk(path, &mut |file, metadata| {
        if !metadata.is_file() {
            return;
        }
        let extension = file.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        if extensions.is_empty() || extension.is_some_and(|extension| extensions.contains(&extension.as_str())) {
            files.push(file.to_owned());
        }
    })?;
    files.sort();
    Ok(files)
}

/// The bytes of a file, in the library or not.
///
/// # Errors
/// Where it cannot be read, is no file (a pipe or a device would be waited for, perhaps for ever), or is longer than allowed.
pub fn read_outside(path: &Path, limits: &Limits) -> Result<Vec<u8>, CorpusError> {
    let most = limits.file << 20;
    read_up_to(path, most)?.ok_or_else(|| CorpusError::TooLong { path: path.to_owned(), limit: most })
}

/// The bytes of a file; none where there are more than `most`. Neither a pipe nor a device is opened, which would be waited for.
pub(super) fn read_up_to(path: &Path, most: u64) -> Result<Option<Vec<u8>>, CorpusError> {
    let failed = |source| CorpusError::Io { path: path.to_owned(), source };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(CorpusError::NotAFile { path: path.to_owned() });
    }
    let promised = metadata.len();
    if promised > most {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(promised).unwrap_or_default());
    // A file may grow while it is read, and those of `/proc` promise nothing.
    File::open(path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes)).map_err(failed)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Its length; 0 where it cannot be told.
#[must_use]
pub fn length(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}
