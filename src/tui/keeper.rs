//! The real keeper: what is remembered in a file of the user's, notes in the library, exports in the folder that one works in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::effect::NoteChange;
use super::exports::Tray;
use super::memory::{Keeper, Memory};
use crate::corpus::notes::{Notes, Outcome};
use crate::corpus::{kept, sha256};
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Warned};
use crate::library::Library;

/// How many digits of the sum of a library's folder its memory is named by.
const DIGITS: usize = 16;

/// Keeps everything on the disk.
#[derive(Debug)]
pub struct Cabinet {
    library: Arc<Library>,
    language: Language,
    /// The file of the memory; none where there is nowhere to write.
    memory: Option<PathBuf>,
}

impl Cabinet {
    /// A keeper for a library; `memory` is the file for what is remembered.
    #[must_use]
    pub const fn new(library: Arc<Library>, language: Language, memory: Option<PathBuf>) -> Self {
        Self { library, language, memory }
    }
}

/// The folder that exports go to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    language: Language,
}

impl Folder {
    /// The folder at `path`; the one that one works in where none is given.
    #[must_use]
    pub fn new(path: Option<PathBuf>, language: Language) -> Self {
        Self { path: path.unwrap_or_else(|| PathBuf::from(".")), language }
    }
}

impl Tray for Folder {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
        kept::write_new(&self.path, name, bytes).map_err(|error| error.in_language(self.language))
    }
}

/// The file that remembers a library, within the folder for such files: one for each folder of a library.
#[must_use]
pub fn memory_file(folder: &Path, library: &Path) -> PathBuf {
    let sum = sha256(library.as_os_str().as_encoded_bytes());
    folder.join("libraries").join(format!("{}.json", sum.get(..DIGITS).unwrap_or(&sum)))
}

/// What was remembered. A file that cannot be understood is put aside under another name, which is told, and nothing is remembered.
#[must_use]
pub fn recall(file: &Path) -> Warned<Memory> {
    let told = |chinese: String, english: String| {
        let place = Place { file: Some(file.display().to_string()), ..Place::default() };
        vec![Diagnostic::warning("memory", Bilingual::new(chinese, english), place)]
    };
    let failed = |chinese: String, english: String| Warned { value: Memory::default(), diagnostics: told(chinese, english) };
    let bytes = match kept::read(file) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Warned::clean(Memory::default()),
        Err(error) => {
            let (chinese, english) = (error.in_language(Language::Chinese), error.in_language(Language::English));
            return failed(format!("上次的阅读位置读不出来：{chinese}"), format!("what was remembered cannot be read: {english}"));
        }
    };
    match serde_json::from_slice(&bytes) {
        Ok(memory) => Warned::clean(memory),
        Err(error) => {
            let aside = kept::put_aside(file).map_or_else(|_| "—".to_owned(), |aside| aside.display().to_string());
            failed(
                format!("上次的阅读位置无法辨认（{error}），已另存为 {aside}，从头开始"),
                format!("what was remembered makes no sense ({error}); put aside as {aside}, beginning anew"),
            )
        }
    }
}

impl Keeper for Cabinet {
    fn remember(&mut self, memory: &Memory) -> Result<(), String> {
        let Some(file) = &self.memory else { return Ok(()) };
        let mut bytes = serde_json::to_vec_pretty(memory).map_err(|error| error.to_string())?;
        bytes.push(b'\n');
        kept::write(file, &bytes).map_err(|error| error.in_language(self.language))
    }

    fn change_note(&mut self, change: &NoteChange) -> Result<(Notes, Outcome), String> {
        let changed = self.library.change_note(change.before.as_ref(), change.after.as_ref());
        changed.map_err(|error| error.in_language(self.language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_recalled() {
        let folder = tempfile::tempdir().unwrap();
        let file = memory_file(folder.path(), Path::new("/文库"));
        assert_eq!(recall(&file), Warned::clean(Memory::default()));
        let library = Library::in_memory(&[]).unwrap().value;
        let mut cabinet = Cabinet::new(Arc::new(library), Language::English, Some(file.clone()));
        let memory = Memory { last: Some("甲".to_owned()), split: Some(40), ..Memory::default() };
        cabinet.remember(&memory).unwrap();
        assert_eq!(recall(&file), Warned::clean(memory));
        assert_ne!(file, memory_file(folder.path(), Path::new("/文库二")));
    }

    #[test]
    fn a_memory_that_makes_no_sense_is_put_aside_not_destroyed() {
        let folder = tempfile::tempdir().unwrap();
        let file = memory_file(folder.path(), Path::new("/文库"));
        kept::write(&file, b"{\"last\": ").unwrap();
        let recalled = recall(&file);
        assert_eq!(recalled.value, Memory::default());
        let said = recalled.diagnostics.iter().map(|fault| fault.say(Language::English)).collect::<String>();
        assert!(said.contains("put aside as") && said.contains(".json.bad"), "{said}");
        assert_eq!(kept::read(&file.with_extension("json.bad")).unwrap().as_deref(), Some(b"{\"last\": ".as_slice()));
        assert_eq!(kept::read(&file).unwrap(), None);
    }

    #[test]
    fn an_export_never_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut tray = Folder::new(Some(folder.path().to_owned()), Language::English);
        let names: Vec<_> = (0..3).map(|_| tray.put("celan-甲.md", "字\n".as_bytes()).unwrap()).collect();
        let expected = ["celan-甲.md", "celan-甲-2.md", "celan-甲-3.md"].map(|name| folder.path().join(name));
        assert_eq!(names, expected);
    }
}
