//! Bringing the index up to date with `corpus/`, when a library is opened or built anew.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;

use super::intake::{Intake, Ready};
use super::reading::{self, File};
use super::{Extractor, Library, LibraryError, Look, side_by_side};
use crate::corpus::ids::Ids;
use crate::corpus::{
    self, CORRECTIONS_SUFFIX, Corpus, CorpusError, Fingerprint, LeftOut, Seen, Settings, SourceFile, Sources, read_corrections,
    sha256,
};
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Warned};
use crate::document::locator::DocumentId;
use crate::document::metadata::Source;
use crate::extract::{ExtractError, Limits};
use crate::index::{Index, IndexError, Opened, Writer, WriterLock};
use crate::structure;

/// How long opening waits for another process that is writing, where there is no index to read meanwhile.
const PATIENCE: Duration = Duration::from_secs(2);

/// The code of the diagnostic for a source that the disk did not give.
const UNREAD: &str = "unread-source";

/// The code of the diagnostic for a library whose index is in memory only.
const IN_MEMORY: &str = "index-in-memory";

/// Who reads files, and who is told how many of how many are done.
struct Work<'work> {
    extractor: &'work mut dyn Extractor,
    progress: &'work mut dyn FnMut(usize, usize),
}

/// Opens the library in `corpus`'s folder.
pub(super) fn open(
    corpus: Corpus,
    mut extractor: Box<dyn Extractor>,
    look: Look,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Warned<Library>, LibraryError> {
    let settings = Settings::load(corpus.folder())?;
    let words = settings.value.folded_words();
    let opened = match (open_index(&corpus, &words, look), look) {
        (Opened::Ready(index), Look::Quick(now)) if corpus.is_surely(index.fingerprint(), now) => {
            return Ok(Warned::clean(Library::with_index(Some(corpus), index, extractor, settings)));
        }
        (opened, Look::Quick(_) | Look::Close) => opened,
    };
    let survey = corpus.survey()?;
    let (reason, old) = match opened {
        Opened::Ready(index) if index.fingerprint() == survey.fingerprint().to_string() => {
            corpus.note_seen(&survey);
            if let Look::Quick(now) = look {
                corpus.note_checked(survey, now);
            }
            return Ok(Warned::clean(Library::with_index(Some(corpus), index, extractor, settings)));
        }
        Opened::Ready(index) => (Bilingual::new("corpus/ 有变动", "corpus/ has changed"), Some(index)),
        Opened::Absent => (Bilingual::new("尚无索引", "there was no index"), None),
        Opened::Unusable(reason) => (reason, None),
    };
    // Who reads does not wait as long as there is something to read.
    let patience = if old.is_some() { Duration::ZERO } else { PATIENCE };
    let lock = match WriterLock::take(&corpus.index_folder(), patience) {
        Ok(lock) => lock,
        Err(error) => return without_writing(corpus, extractor, old, (&error, settings)),
    };
    // Another process may have changed the sources, and done the work, while this one waited for the lock.
    let sources = corpus.sources()?;
    match renewed(&corpus, Work { extractor: extractor.as_mut(), progress }, &lock, (&sources, &reason)) {
        Ok(renewed) => {
            let value = Library::with_index(Some(corpus), renewed.value, extractor, settings);
            Ok(Warned { value, diagnostics: renewed.diagnostics })
        }
        // A full disk is no reason not to read.
        Err(error) => without_writing(corpus, extractor, None, (&unwritten(error)?, settings)),
    }
}

/// The index, brought up to date with the sources, for the reason given.
fn renewed(
    corpus: &Corpus,
    mut work: Work<'_>,
    lock: &WriterLock,
    (sources, reason): (&Sources, &Bilingual),
) -> Result<Warned<Box<Index>>, LibraryError> {
    let words = Settings::load(corpus.folder())?.value.folded_words();
    match open_index(corpus, &words, Look::Close) {
        Opened::Ready(index) if index.fingerprint() == Fingerprint::of(sources).to_string() => return Ok(Warned::clean(index)),
        Opened::Ready(_) | Opened::Absent | Opened::Unusable(_) => {}
    }
    let mut diagnostics = Vec::new();
    let brought = match bring_up_to_date(corpus, &mut work, lock, sources, &mut diagnostics) {
        // What there was cannot be built upon.
        Err(error) if error.is_damage() => rebuild(corpus, work.extractor, lock, work.progress).map(|noticed| {
            diagnostics = noticed;
            sources.files.len()
        }),
        brought => brought,
    };
    work.extractor.rest();
    diagnostics.insert(0, rebuilt(reason, brought?));
    Ok(Warned { value: reopen(corpus)?, diagnostics })
}

/// The failure of writing an index, where that is what failed.
fn unwritten(error: LibraryError) -> Result<IndexError, LibraryError> {
    match error {
        LibraryError::Index(error) => Ok(error),
        LibraryError::Corpus(CorpusError::Io { path, source }) => Ok(IndexError::Io { path, source }),
        LibraryError::Corpus(_)
        | LibraryError::NoSuchDocument { .. }
        | LibraryError::ReadOnly
        | LibraryError::Unreadable { .. } => Err(error),
    }
}

/// Opens the index, where its texts were cut with the words of the user that hold now.
fn open_index(corpus: &Corpus, words: &[String], look: Look) -> Opened {
    let folder = corpus.index_folder();
    let opened = match look {
        Look::Quick(_) => Index::open_at_hand(&folder),
        Look::Close => Index::open(&folder),
    };
    match opened {
        Opened::Ready(index) if index.user_words() != words => {
            Opened::Unusable(Bilingual::new("celan.toml 中的用户词有变动", "the words in celan.toml have changed"))
        }
        opened @ (Opened::Ready(_) | Opened::Absent | Opened::Unusable(_)) => opened,
    }
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
    index(corpus, &intake, &mut Work { extractor, progress }, &files, &mut diagnostics)?;
    commit(intake, &sources, &mut diagnostics)?;
    Ok(diagnostics)
}

pub(super) fn reopen(corpus: &Corpus) -> Result<Box<Index>, LibraryError> {
    match Index::open(&corpus.index_folder()) {
        Opened::Ready(index) => Ok(index),
        Opened::Absent | Opened::Unusable(_) => Err(IndexError::Damaged { file: "meta.json".to_owned() }.into()),
    }
}

/// Adds what is new in `corpus/`, removes what has gone; gives how many files were touched.
fn bring_up_to_date(
    corpus: &Corpus,
    work: &mut Work<'_>,
    lock: &WriterLock,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, LibraryError> {
    let mut known: BTreeMap<String, (DocumentId, Source)> = BTreeMap::new();
    let mut seen = Seen::default();
    let words = Settings::load(corpus.folder())?.value.folded_words();
    let before = match open_index(corpus, &words, Look::Close) {
        Opened::Ready(index) => Some(index),
        Opened::Absent | Opened::Unusable(_) => None,
    };
    if let Some(index) = &before {
        seen = corpus.seen(index.fingerprint());
        known.extend(index.sources()?.into_iter().map(|(id, source)| (source.file.clone(), (id, source))));
    }
    let mut changed: Vec<&SourceFile> = Vec::new();
    let mut bytes = 0;
    for source in &sources.files {
        let unchanged = match known.get(&source.name) {
            Some((_, before)) => is_as_seen(&seen, sources, source, before) || is_unchanged(corpus, before),
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
    // Both lists are sorted by name.
    let is_changed = |file: &str| changed.binary_search_by(|source| source.name.as_str().cmp(file)).is_ok();
    let mut gone = 0;
    for (file, (id, _)) in &known {
        intake.remove(id);
        if !is_changed(file) {
            intake.forget(file);
            gone += 1;
        }
    }
    index(corpus, &intake, work, &changed, diagnostics)?;
    commit(intake, sources, diagnostics)?;
    Ok(changed.len() + gone)
}

/// Whether a source and its corrections look as they did when the index was as it is.
fn is_as_seen(seen: &Seen, sources: &Sources, source: &SourceFile, before: &Source) -> bool {
    let corrections = sources.corrections_of(&source.name);
    seen.holds(source) && corrections.map_or(before.corrections.is_none(), |file| seen.holds(file))
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
    Work { extractor, progress }: &mut Work<'_>,
    sources: &[&SourceFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), LibraryError> {
    let limits = Settings::load(corpus.folder())?.value.limits;
    let lengths: Vec<u64> = sources.iter().map(|source| source.bytes).collect();
    let mut helpers = side_by_side::helpers(*extractor, &lengths);
    let read = |file: usize, extractor: &mut dyn Extractor| {
        let Some(source) = sources.get(file) else { return Ok((None, Vec::new())) };
        read_source(corpus, intake, Wanted { name: &source.name, limits: &limits }, extractor)
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
    let outcome = side_by_side::in_order(&lengths, *extractor, &mut helpers, read, take);
    progress(sources.len(), sources.len());
    outcome.map(|_| ())
}

/// A source to be read, and how much it may hold and take.
#[derive(Clone, Copy)]
struct Wanted<'source> {
    name: &'source str,
    limits: &'source Limits,
}

/// Reads a source and makes it ready; gives what was noticed too.
fn read_source(
    corpus: &Corpus,
    intake: &Intake<'_>,
    Wanted { name, limits }: Wanted<'_>,
    extractor: &mut dyn Extractor,
) -> Result<(Option<Ready>, Vec<Diagnostic>), LibraryError> {
    let path = corpus.path(name);
    let read = || Ok::<_, corpus::CorpusError>((corpus::read_outside(&path, limits)?, read_corrections(&path)?));
    let (bytes, corrections) = match read() {
        Ok(read) => read,
        Err(error) => {
            let message = Bilingual::new(error.in_language(Language::Chinese), error.in_language(Language::English));
            return Ok((None, vec![Diagnostic::warning(UNREAD, message, Place::default())]));
        }
    };
    match reading::read(extractor, File { name, bytes: &bytes, corrections: corrections.as_deref(), limits }) {
        Ok(reading) => Ok((Some(intake.prepare(reading.document, name)?), faults(reading.diagnostics).collect())),
        Err(error) => Ok((None, vec![unreadable(name, &error)])),
    }
}

/// Makes the change valid.
fn commit(intake: Intake<'_>, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Result<(), LibraryError> {
    diagnostics.extend(sources.strays().map(stray));
    diagnostics.extend(sources.left_out.iter().map(|(name, reason)| left_out(name, *reason)));
    intake.commit(&mark_of(sources, diagnostics))
}

/// Reading goes on where writing cannot: with the index as it was while another process renews it, else with one in memory.
fn without_writing(
    corpus: Corpus,
    extractor: Box<dyn Extractor>,
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
    let mut library = all_in_memory(&corpus, extractor, &corpus.sources()?)?;
    let message = said("索引无法写入，已在内存中建立", "the index cannot be written and was built in memory");
    library.diagnostics.insert(0, Diagnostic::warning(IN_MEMORY, message, Place::default()));
    Ok(library)
}

/// Opens the library without its index.
pub(super) fn open_in_memory(corpus: &Corpus, extractor: Box<dyn Extractor>) -> Result<Warned<Library>, LibraryError> {
    let mut library = all_in_memory(corpus, extractor, &corpus.sources()?)?;
    let message = Bilingual::new("索引不可用，已在内存中建立", "the index is of no use and was built in memory");
    library.diagnostics.insert(0, Diagnostic::warning(IN_MEMORY, message, Place::default()));
    Ok(library)
}

/// A library of these sources that lives in memory only.
fn all_in_memory(corpus: &Corpus, extractor: Box<dyn Extractor>, sources: &Sources) -> Result<Warned<Library>, LibraryError> {
    let files = sources
        .files
        .iter()
        .chain(&sources.corrections)
        .map(|source| Ok((source.name.as_str(), corpus.read(&source.name)?)))
        .collect::<Result<Vec<_>, corpus::CorpusError>>()?;
    let borrowed: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    in_memory(&borrowed, extractor)
}

/// A library without a folder; files of corrections go with their sources.
pub(super) fn in_memory(files: &[(&str, &[u8])], mut extractor: Box<dyn Extractor>) -> Result<Warned<Library>, LibraryError> {
    let mut ids = Ids::default();
    let mut taken = BTreeSet::new();
    let (mut documents, mut diagnostics) = (Vec::new(), Vec::new());
    let corrections: BTreeMap<&str, &[u8]> =
        files.iter().filter_map(|(name, bytes)| Some((name.strip_suffix(CORRECTIONS_SUFFIX)?, *bytes))).collect();
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(CORRECTIONS_SUFFIX)) {
        let file = File { name, bytes, corrections: corrections.get(name).copied(), limits: &Limits::USUAL };
        match reading::read(extractor.as_mut(), file) {
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

pub(super) fn stray(name: &str) -> Diagnostic {
    let message = Bilingual::new(
        "没有对应的原文件，更正未采用",
        "there is no source of this name beside it; the corrections are not followed",
    );
    Diagnostic::warning("stray-corrections", message, Place { file: Some(name.to_owned()), ..Place::default() })
}

fn left_out(name: &str, reason: LeftOut) -> Diagnostic {
    Diagnostic::warning("no-source", reason.message(), Place { file: Some(name.to_owned()), ..Place::default() })
}

fn unreadable(name: &str, error: &ExtractError) -> Diagnostic {
    Diagnostic::warning("unreadable-source", error.message(), Place { file: Some(name.to_owned()), ..Place::default() })
}
