//! Bringing the index up to date with `corpus/`, when a library is opened or built anew.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;

use super::intake::{Intake, Ready};
use super::reading::{self, File};
use super::{Extractor, Library, LibraryError, Look, side_by_side};
use crate::corpus::ids::Ids;
use crate::corpus::{self, CORRECTIONS_SUFFIX, Corpus, Fingerprint, Settings, SourceFile, Sources, read_corrections, sha256};
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Warned};
use crate::document::locator::DocumentId;
use crate::document::metadata::Source;
use crate::extract::ExtractError;
use crate::index::{Index, IndexError, Opened, Writer, WriterLock};
use crate::structure;

/// How long opening waits for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The code of the diagnostic for a source that the disk did not give.
const UNREAD: &str = "unread-source";

/// Opens the library in `corpus`'s folder.
pub(super) fn open(corpus: Corpus, mut extractor: Box<dyn Extractor>, look: Look) -> Result<Warned<Library>, LibraryError> {
    let settings = Settings::load(corpus.folder())?;
    let words = settings.value.folded_words();
    let opened = match (open_index(&corpus, &words)?, look) {
        (Opened::Ready(index), Look::Quick(now)) if corpus.is_surely(index.fingerprint(), now) => {
            return Ok(Warned::clean(Library::with_index(Some(corpus), index, extractor, settings)));
        }
        (opened, Look::Quick(_) | Look::Close) => opened,
    };
    let sources = corpus.sources()?;
    let mark = Fingerprint::of(&sources).to_string();
    let (reason, old) = match opened {
        Opened::Ready(index) if index.fingerprint() == mark => {
            if let Look::Quick(now) = look {
                corpus.note_checked(&sources, &mark, now);
            }
            return Ok(Warned::clean(Library::with_index(Some(corpus), index, extractor, settings)));
        }
        Opened::Ready(index) => (Bilingual::new("corpus/ 有变动", "corpus/ has changed"), Some(index)),
        Opened::Absent => (Bilingual::new("尚无索引", "there was no index"), None),
        Opened::Unusable(reason) => (reason, None),
    };
    let lock = match WriterLock::take(&corpus.index_folder(), PATIENCE) {
        Ok(lock) => lock,
        Err(error) => return without_writing(corpus, extractor, &sources, old, (&error, settings)),
    };
    let mut diagnostics = Vec::new();
    // Another process may have changed the sources, and done the work, while this one waited for the lock.
    let sources = corpus.sources()?;
    let mark = Fingerprint::of(&sources).to_string();
    let renewed = match open_index(&corpus, &words)? {
        Opened::Ready(index) if index.fingerprint() == mark => index,
        Opened::Ready(_) | Opened::Absent | Opened::Unusable(_) => {
            let changes = bring_up_to_date(&corpus, extractor.as_mut(), &lock, &sources, &mut diagnostics)?;
            extractor.rest();
            diagnostics.insert(0, rebuilt(&reason, changes));
            reopen(&corpus)?
        }
    };
    Ok(Warned { value: Library::with_index(Some(corpus), renewed, extractor, settings), diagnostics })
}

/// Opens the index, where its texts were cut with the words of the user that hold now.
fn open_index(corpus: &Corpus, words: &[String]) -> Result<Opened, LibraryError> {
    Ok(match Index::open(&corpus.index_folder())? {
        Opened::Ready(index) if index.user_words() != words => {
            Opened::Unusable(Bilingual::new("celan.toml 中的用户词有变动", "the words in celan.toml have changed"))
        }
        opened @ (Opened::Ready(_) | Opened::Absent | Opened::Unusable(_)) => opened,
    })
}

/// Builds the index anew; gives what was noticed about the files.
pub(super) fn rebuild(
    corpus: &Corpus,
    extractor: &mut dyn Extractor,
    lock: &WriterLock,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Diagnostic>, LibraryError> {
    corpus.sweep();
    let sources = corpus.sources()?;
    let files: Vec<&SourceFile> = sources.files.iter().collect();
    let words = Settings::load(corpus.folder())?.value.folded_words();
    let writer = Writer::begin_anew(lock, files.iter().map(|source| source.bytes).sum(), &words)?;
    let intake = Intake::new(corpus, None, writer)?;
    let mut diagnostics = Vec::new();
    index(corpus, &intake, extractor, &files, &mut diagnostics, progress)?;
    commit(intake, &sources, &mut diagnostics)?;
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
    extractor: &mut dyn Extractor,
    lock: &WriterLock,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, LibraryError> {
    let mut known: BTreeMap<String, (DocumentId, Source)> = BTreeMap::new();
    let words = Settings::load(corpus.folder())?.value.folded_words();
    let before = match open_index(corpus, &words)? {
        Opened::Ready(index) => Some(index),
        Opened::Absent | Opened::Unusable(_) => None,
    };
    if let Some(index) = &before {
        known.extend(index.sources()?.into_iter().map(|(id, source)| (source.file.clone(), (id, source))));
    }
    let mut changed: Vec<&SourceFile> = Vec::new();
    let mut bytes = 0;
    for source in &sources.files {
        let unchanged = match known.get(&source.name) {
            Some((_, before)) => is_unchanged(corpus, before),
            None => false,
        };
        if unchanged {
            known.remove(&source.name);
        } else {
            bytes += source.bytes;
            changed.push(source);
        }
    }
    let intake = Intake::new(corpus, before.as_deref(), Writer::begin(lock, bytes, &words)?)?;
    let is_changed = |file: &str| changed.iter().any(|source| source.name == file);
    let mut gone = 0;
    for (file, (id, _)) in &known {
        intake.remove(id);
        if !is_changed(file) {
            intake.forget(file);
            gone += 1;
        }
    }
    index(corpus, &intake, extractor, &changed, diagnostics, &mut |_, _| {})?;
    commit(intake, sources, diagnostics)?;
    Ok(changed.len() + gone)
}

/// Whether the bytes of a source and of its corrections are what they were.
fn is_unchanged(corpus: &Corpus, before: &Source) -> bool {
    let same = corpus.read(&before.file).is_ok_and(|bytes| sha256(&bytes) == before.sha256);
    let corrections = || read_corrections(&corpus.path(&before.file)).map(|bytes| bytes.map(|bytes| sha256(&bytes)));
    same && corrections().is_ok_and(|now| now == before.corrections)
}

/// The fingerprint to commit; none while a file could not be read, so that the next opening tries again.
fn mark_of(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let unread = diagnostics.iter().any(|diagnostic| diagnostic.code == UNREAD);
    if unread { String::new() } else { Fingerprint::of(sources).to_string() }
}

/// Reads the sources side by side and indexes them in order; what cannot be read is a diagnostic.
fn index(
    corpus: &Corpus,
    intake: &Intake<'_>,
    extractor: &mut dyn Extractor,
    sources: &[&SourceFile],
    diagnostics: &mut Vec<Diagnostic>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(), LibraryError> {
    let lengths: Vec<u64> = sources.iter().map(|source| source.bytes).collect();
    let mut helpers = side_by_side::helpers(extractor, &lengths);
    let read = |file: usize, extractor: &mut dyn Extractor| {
        let Some(source) = sources.get(file) else { return Ok((None, Vec::new())) };
        read_source(corpus, intake, &source.name, extractor)
    };
    let take = |file: usize, read: Result<(Option<Ready>, Vec<Diagnostic>), LibraryError>| {
        progress(file, sources.len());
        let (ready, noticed) = read?;
        diagnostics.extend(noticed);
        if let Some((ready, source)) = ready.zip(sources.get(file)) {
            intake.put(ready, &source.name)?;
        }
        Ok(ControlFlow::Continue(()))
    };
    let outcome = side_by_side::in_order(&lengths, extractor, &mut helpers, read, take);
    progress(sources.len(), sources.len());
    outcome.map(|_| ())
}

/// Reads a source and makes it ready; gives what was noticed too.
fn read_source(
    corpus: &Corpus,
    intake: &Intake<'_>,
    name: &str,
    extractor: &mut dyn Extractor,
) -> Result<(Option<Ready>, Vec<Diagnostic>), LibraryError> {
    let read = || Ok::<_, corpus::CorpusError>((corpus.read(name)?, read_corrections(&corpus.path(name))?));
    let (bytes, corrections) = match read() {
        Ok(read) => read,
        Err(error) => {
            let message = Bilingual::new(error.in_language(Language::Chinese), error.in_language(Language::English));
            return Ok((None, vec![Diagnostic::warning(UNREAD, message, Place::default())]));
        }
    };
    match reading::read(extractor, File { name, bytes: &bytes, corrections: corrections.as_deref() }) {
        Ok(reading) => Ok((Some(intake.prepare(reading.document, name)?), faults(reading.diagnostics).collect())),
        Err(error) => Ok((None, vec![unreadable(name, &error)])),
    }
}

/// Makes the change valid.
fn commit(intake: Intake<'_>, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Result<(), LibraryError> {
    diagnostics.extend(sources.strays().map(stray));
    intake.commit(&mark_of(sources, diagnostics))
}

/// Reading goes on where writing cannot: with the index as it was while another process renews it, else with one in memory.
fn without_writing(
    corpus: Corpus,
    extractor: Box<dyn Extractor>,
    sources: &Sources,
    old: Option<Box<Index>>,
    (error, settings): (&IndexError, Warned<Settings>),
) -> Result<Warned<Library>, LibraryError> {
    let in_words = |language| error.in_language(language);
    let said = |chinese: &str, english: &str| {
        let chinese = format!("{chinese}（{}）", in_words(Language::Chinese));
        Bilingual::new(chinese, format!("{english} ({})", in_words(Language::English)))
    };
    if let (Some(index), IndexError::Locked { .. }) = (old, error) {
        let message = said("索引正在更新，暂用更新前的内容", "the index is being renewed; showing what it held before");
        let diagnostics = vec![Diagnostic::warning("index-being-renewed", message, Place::default())];
        return Ok(Warned { value: Library::with_index(Some(corpus), index, extractor, settings), diagnostics });
    }
    let files = sources
        .files
        .iter()
        .chain(&sources.corrections)
        .map(|source| Ok((source.name.as_str(), corpus.read(&source.name)?)))
        .collect::<Result<Vec<_>, corpus::CorpusError>>()?;
    let borrowed: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let mut library = in_memory(&borrowed, extractor)?;
    let message = said("索引无法写入，已在内存中建立", "the index cannot be written and was built in memory");
    library.diagnostics.insert(0, Diagnostic::warning("index-in-memory", message, Place::default()));
    Ok(library)
}

/// A library without a folder; files of corrections go with their sources.
pub(super) fn in_memory(files: &[(&str, &[u8])], mut extractor: Box<dyn Extractor>) -> Result<Warned<Library>, LibraryError> {
    let mut ids = Ids::default();
    let mut taken = BTreeSet::new();
    let (mut documents, mut diagnostics) = (Vec::new(), Vec::new());
    let corrections: BTreeMap<&str, &[u8]> =
        files.iter().filter_map(|(name, bytes)| Some((name.strip_suffix(CORRECTIONS_SUFFIX)?, *bytes))).collect();
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(CORRECTIONS_SUFFIX)) {
        match reading::read(extractor.as_mut(), File { name, bytes, corrections: corrections.get(name).copied() }) {
            Ok(reading) => {
                diagnostics.extend(faults(reading.diagnostics));
                let mut document = reading.document;
                document.id = ids.assign(name, &document.id, |id| taken.contains(id));
                taken.insert(document.id.clone());
                documents.push(document);
            }
            Err(error) => diagnostics.push(unreadable(name, &error)),
        }
    }
    Ok(Warned {
        value: Library::with_index(None, Index::in_memory(&documents)?, extractor, Warned::clean(Settings::default())),
        diagnostics,
    })
}

fn rebuilt(reason: &Bilingual, documents: usize) -> Diagnostic {
    let chinese = format!("{}，已由 corpus/ 更新索引（{documents} 个文件）", reason.chinese);
    let english = format!("{}; the index was renewed from corpus/ ({documents} files)", reason.english);
    Diagnostic::note("index-renewed", Bilingual::new(chinese, english), Place::default())
}

/// Of what was noticed about a source, what is wrong with its corrections: they are the user's own words.
fn faults(diagnostics: Vec<Diagnostic>) -> impl Iterator<Item = Diagnostic> {
    diagnostics.into_iter().filter(structure::is_fault)
}

fn stray(name: &str) -> Diagnostic {
    let message = Bilingual::new(
        "没有对应的原文件，更正未采用",
        "there is no source of this name beside it; the corrections are not followed",
    );
    Diagnostic::warning("stray-corrections", message, Place { file: Some(name.to_owned()), ..Place::default() })
}

fn unreadable(name: &str, error: &ExtractError) -> Diagnostic {
    Diagnostic::warning("unreadable-source", error.message(), Place { file: Some(name.to_owned()), ..Place::default() })
}
