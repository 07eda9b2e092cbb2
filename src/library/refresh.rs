//! Bringing the index up to date with `corpus/`, when a library is opened or built anew.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{Library, LibraryError};
use crate::analysis::verify::verify;
use crate::corpus::ids::Ids;
use crate::corpus::{self, Corpus, SourceFile, fingerprint, sha256};
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Warned};
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::metadata::Source;
use crate::extract::{ExtractError, extract};
use crate::index::{Index, IndexError, Opened, Writer, WriterLock};
use crate::structure::structure;

/// How long opening waits for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The code of the diagnostic for a source that the disk did not give.
const UNREAD: &str = "unread-source";

/// Bytes of a file → document, with the file's name and checksum in it, and what was noticed on the way.
pub(super) fn read_document(name: &str, bytes: &[u8]) -> Result<Warned<Document>, ExtractError> {
    let raw = extract(bytes)?;
    let source = Source { file: name.to_owned(), sha256: sha256(bytes), bytes: bytes.len() as u64 };
    let mut document = structure(raw.value, source);
    document.diagnostics.splice(0..0, raw.diagnostics);
    document.diagnostics.extend(verify(&document.value));
    for diagnostic in &mut document.diagnostics {
        diagnostic.place.file = Some(name.to_owned());
    }
    Ok(document)
}

/// Opens the library in `corpus`'s folder.
pub(super) fn open(corpus: Corpus) -> Result<Warned<Library>, LibraryError> {
    let sources = corpus.sources()?;
    let mark = fingerprint(&sources);
    let (reason, old) = match Index::open(&corpus.index_folder())? {
        Opened::Ready(index) if index.fingerprint() == mark => {
            return Ok(Warned::clean(Library::with_index(Some(corpus), index)?));
        }
        Opened::Ready(index) => (Bilingual::new("corpus/ 有变动", "corpus/ has changed"), Some(index)),
        Opened::Absent => (Bilingual::new("尚无索引", "there was no index"), None),
        Opened::Unusable(reason) => (reason, None),
    };
    let lock = match WriterLock::take(&corpus.index_folder(), PATIENCE) {
        Ok(lock) => lock,
        Err(error) => return without_writing(corpus, &sources, old, &error),
    };
    let mut diagnostics = Vec::new();
    // Another process may have changed the sources, and done the work, while this one waited for the lock.
    let sources = corpus.sources()?;
    let mark = fingerprint(&sources);
    let renewed = match Index::open(&corpus.index_folder())? {
        Opened::Ready(index) if index.fingerprint() == mark => index,
        Opened::Ready(_) | Opened::Absent | Opened::Unusable(_) => {
            let changes = bring_up_to_date(&corpus, &lock, &sources, &mut diagnostics)?;
            diagnostics.insert(0, rebuilt(&reason, changes));
            reopen(&corpus)?
        }
    };
    Ok(Warned { value: Library::with_index(Some(corpus), renewed)?, diagnostics })
}

/// Builds the index anew; gives what was noticed about the files.
pub(super) fn rebuild(
    corpus: &Corpus,
    lock: &WriterLock,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Diagnostic>, LibraryError> {
    let sources = corpus.sources()?;
    let mut writer = Writer::begin_anew(lock, sources.iter().map(|source| source.bytes).sum())?;
    let mut ids = Ids::load(corpus)?;
    let mut taken = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (done, source) in sources.iter().enumerate() {
        progress(done, sources.len());
        add_source(corpus, &mut writer, &mut ids, &mut taken, &source.name, &mut diagnostics)?;
    }
    progress(sources.len(), sources.len());
    ids.save(corpus)?;
    writer.commit(&mark_of(&sources, &diagnostics))?;
    Ok(diagnostics)
}

pub(super) fn reopen(corpus: &Corpus) -> Result<Box<Index>, LibraryError> {
    match Index::open(&corpus.index_folder())? {
        Opened::Ready(index) => Ok(index),
        Opened::Absent | Opened::Unusable(_) => Err(IndexError::Damaged { file: "meta.json".to_owned() }.into()),
    }
}

/// Adds what is new in `corpus/`, removes what has gone; gives how many files were touched.
fn bring_up_to_date(
    corpus: &Corpus,
    lock: &WriterLock,
    sources: &[SourceFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, LibraryError> {
    let mut known: BTreeMap<String, (DocumentId, String)> = BTreeMap::new();
    if let Opened::Ready(index) = Index::open(&corpus.index_folder())? {
        known.extend(index.heads()?.into_iter().map(|(id, head)| (head.source.file, (id, head.source.sha256))));
    }
    let mut changed = Vec::new();
    let mut bytes = 0;
    for source in sources {
        let unchanged = match known.get(&source.name) {
            Some((_, checksum)) => corpus.read(&source.name).is_ok_and(|bytes| sha256(&bytes) == *checksum),
            None => false,
        };
        if unchanged {
            known.remove(&source.name);
        } else {
            bytes += source.bytes;
            changed.push(&source.name);
        }
    }
    let mut writer = Writer::begin(lock, bytes)?;
    let mut ids = Ids::load(corpus)?;
    for (file, (id, _)) in &known {
        writer.remove(id);
        if !changed.contains(&file) {
            ids.forget(file);
        }
    }
    let mut taken = kept_ids(corpus, &known)?;
    for name in &changed {
        add_source(corpus, &mut writer, &mut ids, &mut taken, name, diagnostics)?;
    }
    ids.save(corpus)?;
    writer.commit(&mark_of(sources, diagnostics))?;
    Ok(changed.len() + known.keys().filter(|file| !changed.contains(file)).count())
}

/// The ids of the documents that stay: those in the index but not among the `going`.
fn kept_ids(corpus: &Corpus, going: &BTreeMap<String, (DocumentId, String)>) -> Result<BTreeSet<DocumentId>, LibraryError> {
    let Opened::Ready(index) = Index::open(&corpus.index_folder())? else { return Ok(BTreeSet::new()) };
    Ok(index.heads()?.into_iter().filter(|(_, head)| !going.contains_key(&head.source.file)).map(|(id, _)| id).collect())
}

/// The fingerprint to commit; none while a file could not be read, so that the next opening tries again.
fn mark_of(sources: &[SourceFile], diagnostics: &[Diagnostic]) -> String {
    let unread = diagnostics.iter().any(|diagnostic| diagnostic.code == UNREAD);
    if unread { String::new() } else { fingerprint(sources) }
}

fn add_source(
    corpus: &Corpus,
    writer: &mut Writer,
    ids: &mut Ids,
    taken: &mut BTreeSet<DocumentId>,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), LibraryError> {
    let bytes = match corpus.read(name) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = Bilingual::new(error.in_language(Language::Chinese), error.in_language(Language::English));
            diagnostics.push(Diagnostic::warning(UNREAD, message, Place::default()));
            return Ok(());
        }
    };
    match read_document(name, &bytes) {
        Ok(Warned { value: mut document, .. }) => {
            document.id = ids.assign(name, &document.id, |id| taken.contains(id));
            taken.insert(document.id.clone());
            writer.add(&document)?;
        }
        Err(error) => diagnostics.push(unreadable(name, &error)),
    }
    Ok(())
}

/// Reading goes on where writing cannot: with the index as it was while another process renews it, else with one in memory.
fn without_writing(
    corpus: Corpus,
    sources: &[SourceFile],
    old: Option<Box<Index>>,
    error: &IndexError,
) -> Result<Warned<Library>, LibraryError> {
    let in_words = |language| error.in_language(language);
    let said = |chinese: &str, english: &str| {
        let chinese = format!("{chinese}（{}）", in_words(Language::Chinese));
        Bilingual::new(chinese, format!("{english} ({})", in_words(Language::English)))
    };
    if let (Some(index), IndexError::Locked { .. }) = (old, error) {
        let message = said("索引正在更新，暂用更新前的内容", "the index is being renewed; showing what it held before");
        let diagnostics = vec![Diagnostic::warning("index-being-renewed", message, Place::default())];
        return Ok(Warned { value: Library::with_index(Some(corpus), index)?, diagnostics });
    }
    let files = sources
        .iter()
        .map(|source| Ok((source.name.as_str(), corpus.read(&source.name)?)))
        .collect::<Result<Vec<_>, corpus::CorpusError>>()?;
    let borrowed: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let mut library = in_memory(&borrowed)?;
    let message = said("索引无法写入，已在内存中建立", "the index cannot be written and was built in memory");
    library.diagnostics.insert(0, Diagnostic::warning("index-in-memory", message, Place::default()));
    Ok(library)
}

/// A library without a folder.
pub(super) fn in_memory(files: &[(&str, &[u8])]) -> Result<Warned<Library>, LibraryError> {
    let mut ids = Ids::default();
    let mut taken = BTreeSet::new();
    let (mut documents, mut diagnostics) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        match read_document(name, bytes) {
            Ok(Warned { value: mut document, .. }) => {
                document.id = ids.assign(name, &document.id, |id| taken.contains(id));
                taken.insert(document.id.clone());
                documents.push(document);
            }
            Err(error) => diagnostics.push(unreadable(name, &error)),
        }
    }
    Ok(Warned { value: Library::with_index(None, Index::in_memory(&documents)?)?, diagnostics })
}

fn rebuilt(reason: &Bilingual, documents: usize) -> Diagnostic {
    let chinese = format!("{}，已由 corpus/ 更新索引（{documents} 个文件）", reason.chinese);
    let english = format!("{}; the index was renewed from corpus/ ({documents} files)", reason.english);
    Diagnostic::note("index-renewed", Bilingual::new(chinese, english), Place::default())
}

fn unreadable(name: &str, error: &ExtractError) -> Diagnostic {
    Diagnostic::warning("unreadable-source", error.message(), Place { file: Some(name.to_owned()), ..Place::default() })
}
