//! Examining a library: its sources against the index, its trees against the sources, its index against the trees and its own sums.
//!
//! Takes a folder as it is, without bringing anything up to date first; gives what is wrong with it, each thing with the name of its file
//! and what to do. Every source is read anew by the extractor, side by side, so that it takes as long as building the index does.
//! [`repair`] builds the index anew; sources, corrections and notes are the user's own and are never touched.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use super::notes::{Standing, standing};
use super::reading::{self, File};
use super::{Extractor, LibraryError, refresh, side_by_side};
use crate::analysis::verify::verify;
use crate::corpus::ids::Ids;
use crate::corpus::notes::{self, Notes};
use crate::corpus::{Corpus, Settings, SourceFile, Sources, read_corrections, sha256};
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Severity};
use crate::document::Document;
use crate::document::locator::DocumentId;
use crate::document::metadata::Source;
use crate::extract::Limits;
use crate::index::{Index, IndexError, Opened, WriterLock};

/// How long another process that is writing is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// So many units, at most about, are looked up by a piece of their own text.
const MOST_ASKED: usize = 2000;

/// What an examination has looked at, and what it has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// Files in `corpus/`.
    pub sources: usize,
    /// Documents in the index.
    pub documents: usize,
    /// Units that were held against the trees of the sources.
    pub units: usize,
    /// Files of the index whose checksums were computed.
    pub index_files: usize,
    /// Units that were looked up by a piece of their own text.
    pub asked: usize,
    /// Notes whose units were looked for.
    pub notes: usize,
    /// What was found; warnings are trouble, notes are not.
    pub findings: Vec<Diagnostic>,
}

impl Examination {
    /// Whether nothing is wrong; notes of the examination are no trouble.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == Severity::Note)
    }

    /// Whether building the index anew would mend some of it.
    #[must_use]
    pub fn can_be_repaired(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Warning && !is_of_the_user(&finding.code))
    }

    fn found(&mut self, code: &str, file: &str, message: Bilingual) {
        self.findings.push(finding(code, file, message));
    }
}

/// What only its user can mend: files of the user's own.
const OF_THE_USER: [&str; 6] = ["unreadable-source", "unread-source", "settings", "stray-corrections", "ids", "notes"];

fn is_of_the_user(code: &str) -> bool {
    OF_THE_USER.contains(&code)
}

/// A warning about a file, with what to do about it.
fn finding(code: &str, file: &str, message: Bilingual) -> Diagnostic {
    let place = Place { file: Some(file.to_owned()), ..Place::default() };
    let finding = Diagnostic::warning(code, message, place);
    if is_of_the_user(code) {
        return finding;
    }
    finding.with_hint(Bilingual::new(
        "celan doctor --repair 可由 corpus/ 重建索引",
        "`celan doctor --repair` builds the index anew from corpus/",
    ))
}

/// Examines the library in `folder`; `progress` is told how many of how many sources are done. No other process may write meanwhile,
/// which a lock sees to where the folder can be written.
///
/// # Errors
/// Where `folder` is no library, cannot be listed, or another process is writing to it.
pub fn examine(
    folder: &Path,
    extractor: &mut dyn Extractor,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Examination, LibraryError> {
    let corpus = Corpus::open(folder)?;
    let _lock = match WriterLock::take(&corpus.index_folder(), PATIENCE) {
        Ok(lock) => Some(lock),
        Err(error @ IndexError::Locked { .. }) => return Err(error.into()),
        // Nobody can write there: nothing changes meanwhile.
        Err(_) => None,
    };
    let sources = corpus.sources()?;
    let mut examination = Examination { sources: sources.files.len(), ..Examination::default() };
    let notes = own_files(&corpus, &sources, &mut examination)?;
    match Index::open(&corpus.index_folder()) {
        Opened::Absent => {
            examination.found("index-absent", "index/", Bilingual::new("没有索引", "there is no index"));
            return Ok(examination);
        }
        Opened::Unusable(reason) => {
            examination.found("index-unusable", "index/", reason);
            return Ok(examination);
        }
        Opened::Ready(index) => {
            let outcome = index_itself(&index, &mut examination)
                .and_then(|()| documents(&corpus, &sources, &index, extractor, &mut examination, progress))
                .and_then(|()| units_of_notes(&notes, &index, &mut examination));
            if let Err(error) = outcome {
                examination.found("index-damaged", "index/", in_words(|language| error.in_language(language)));
            }
        }
    }
    extractor.rest();
    Ok(examination)
}

/// Builds the index in `folder` anew from its sources; gives what was noticed about them.
///
/// # Errors
/// Where the index cannot be written.
pub fn repair(
    folder: &Path,
    extractor: &mut dyn Extractor,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Diagnostic>, LibraryError> {
    let corpus = Corpus::open(folder)?;
    let lock = WriterLock::take(&corpus.index_folder(), PATIENCE)?;
    let noticed = refresh::rebuild(&corpus, extractor, &lock, progress)?;
    extractor.rest();
    Ok(noticed)
}

/// The user's own files beside the sources.
fn own_files(corpus: &Corpus, sources: &Sources, examination: &mut Examination) -> Result<Notes, LibraryError> {
    examination.findings.extend(Settings::load(corpus.folder())?.diagnostics);
    examination.findings.extend(sources.strays().map(refresh::stray));
    if let Err(error) = Ids::load(corpus) {
        examination.found("ids", "corpus/ids.json", in_words(|language| error.in_language(language)));
    }
    match notes::load(corpus) {
        Ok(notes) => {
            examination.findings.extend(notes.diagnostics);
            examination.notes = notes.value.iter().count();
            Ok(notes.value)
        }
        Err(error) => {
            examination.found("notes", notes::NOTES_FILE, in_words(|language| error.in_language(language)));
            Ok(Notes::default())
        }
    }
}

/// The notes against the units that they are about; one whose unit is gone is no damage, and worth knowing.
fn units_of_notes(notes: &Notes, index: &Index, examination: &mut Examination) -> Result<(), IndexError> {
    let mut documents: BTreeMap<&DocumentId, Option<Document>> = BTreeMap::new();
    for note in notes.iter() {
        let id = &note.locator.document;
        if !documents.contains_key(id) {
            documents.insert(id, index.document(id)?);
        }
        let document = documents.get(id).and_then(Option::as_ref);
        if document.is_none_or(|document| standing(note, document) == Standing::Vanished) {
            let message = Bilingual::new(
                format!("{} 的笔记找不到它的单元", note.locator),
                format!("the unit of the note on {} is not there", note.locator),
            );
            let place = Place { file: Some(notes::NOTES_FILE.to_owned()), ..Place::default() };
            examination.findings.push(Diagnostic::note("note-without-unit", message, place));
        }
    }
    Ok(())
}

/// The index against its own sums, and tantivy against the shelves.
fn index_itself(index: &Index, examination: &mut Examination) -> Result<(), IndexError> {
    examination.documents = index.document_count();
    let (damaged, files) = index.damaged_files()?;
    examination.index_files = files;
    for file in damaged {
        let message = Bilingual::new("内容与校验和不符", "its bytes are not those that were written");
        examination.found("index-file-damaged", &format!("index/{file}"), message);
    }
    let standing = index.standing(MOST_ASKED)?;
    examination.asked = standing.asked;
    let mut told = |count: usize, code: &str, chinese: &str, english: &str| {
        if count > 0 {
            examination.found(
                code,
                "index/",
                Bilingual::new(format!("{count}个单元{chinese}"), format!("{count} units {english}")),
            );
        }
    };
    told(standing.missing, "unit-missing", "不在检索表中", "are not in the tables that are searched");
    told(standing.repeated, "unit-repeated", "在检索表中重复", "are twice in the tables that are searched");
    told(standing.unproposed, "unit-not-proposed", "用自身文字检索不到", "are not proposed for their own text");
    Ok(())
}

/// The sources against the index, read anew.
fn documents(
    corpus: &Corpus,
    sources: &Sources,
    index: &Index,
    extractor: &mut dyn Extractor,
    examination: &mut Examination,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(), IndexError> {
    let mut known: BTreeMap<String, Vec<(DocumentId, Source)>> = BTreeMap::new();
    for (id, source) in index.sources()? {
        known.entry(source.file.clone()).or_default().push((id, source));
    }
    let files = &sources.files;
    // What is wrong with the settings is told elsewhere.
    let limits = Settings::load(corpus.folder()).map_or(Limits::USUAL, |settings| settings.value.limits);
    let lengths: Vec<u64> = files.iter().map(|source| source.bytes).collect();
    let mut helpers = side_by_side::helpers(extractor, &lengths);
    let read = |file: usize, extractor: &mut dyn Extractor| {
        files.get(file).map(|source| {
            let of_it = known.get(&source.name).map(Vec::as_slice).unwrap_or_default();
            Looking { corpus, index, source, limits: &limits }.at(of_it, extractor)
        })
    };
    let take = |file: usize, seen: Option<Seen>| {
        progress(file, files.len());
        let seen = seen.unwrap_or_default();
        examination.units += seen.units;
        examination.findings.extend(seen.findings);
        Ok::<_, IndexError>(ControlFlow::Continue(()))
    };
    let outcome = side_by_side::in_order(&lengths, extractor, &mut helpers, read, take);
    progress(files.len(), files.len());
    for (file, of_it) in known {
        if files.binary_search_by(|source| source.name.cmp(&file)).is_err() {
            let ids = of_it.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join("、");
            let message =
                Bilingual::new(format!("索引中有 {ids}，而此文件已不在"), format!("the index has {ids}, and the file is gone"));
            examination.found("source-missing", &format!("corpus/{file}"), message);
        }
    }
    outcome.map(drop)
}

/// What was seen of one source.
#[derive(Debug, Default)]
struct Seen {
    units: usize,
    findings: Vec<Diagnostic>,
}

impl Seen {
    fn only(finding: Diagnostic) -> Self {
        Self { units: 0, findings: vec![finding] }
    }
}

/// One source, looked at.
struct Looking<'library> {
    corpus: &'library Corpus,
    index: &'library Index,
    source: &'library SourceFile,
    limits: &'library Limits,
}

impl Looking<'_> {
    /// Holds it against the documents that the index has of it.
    fn at(&self, known: &[(DocumentId, Source)], extractor: &mut dyn Extractor) -> Seen {
        let name = &self.source.name;
        let read = || Ok::<_, crate::corpus::CorpusError>((self.corpus.read(name)?, read_corrections(&self.corpus.path(name))?));
        let (bytes, corrections) = match read() {
            Ok(read) => read,
            Err(error) => return Seen::only(self.finding("unread-source", in_words(|language| error.in_language(language)))),
        };
        let file = File { name, bytes: &bytes, corrections: corrections.as_deref(), limits: self.limits };
        let document = match reading::read(extractor, file) {
            Ok(reading) => reading.document,
            Err(error) => return Seen::only(self.finding("unreadable-source", error.message())),
        };
        let [(id, source)] = known else {
            return Seen::only(if known.is_empty() {
                self.finding("source-not-indexed", Bilingual::new("索引中没有此文件", "the index does not have this file"))
            } else {
                self.finding("source-repeated", Bilingual::new("索引中重复", "the index has this file more than once"))
            });
        };
        if sha256(&bytes) != source.sha256 || corrections.as_deref().map(sha256) != source.corrections {
            let message = Bilingual::new("与索引中登记的内容（SHA-256）不同", "it is not what the index says it was (SHA-256)");
            return Seen::only(self.finding("source-changed", message));
        }
        self.held_against(&Document { id: id.clone(), ..document })
    }

    /// Holds the tree of the source against the tree and the units of the index.
    fn held_against(&self, document: &Document) -> Seen {
        let mut seen = Seen { units: document.nodes.len(), findings: Vec::new() };
        let mut found = |code: &str, message: Bilingual| seen.findings.push(self.finding(code, message));
        if document.rebuilt() != document.text || !verify(document).is_empty() {
            found(
                "tree-broken",
                Bilingual::new("结构与原文不符，请告知作者", "its tree does not make up its text; tell the authors"),
            );
        }
        match self.index.document(&document.id) {
            Ok(Some(indexed)) if indexed == *document => {}
            Ok(Some(indexed)) => found("tree-differs", difference(document, &indexed)),
            Ok(None) => found("tree-differs", Bilingual::new("索引中没有它的结构", "the index does not have its tree")),
            Err(error) => found("index-damaged", in_words(|language| error.in_language(language))),
        }
        match self.index.differing_units(document) {
            Ok(Some(differing)) => {
                if let Some(first) = differing.first() {
                    let place = document.node(*first).map_or_else(String::new, |node| document.locator(node).to_string());
                    found(
                        "unit-differs",
                        Bilingual::new(
                            format!("{}个单元与原文不符，第一个是 {place}", differing.len()),
                            format!("{} units are not those of the source, the first is {place}", differing.len()),
                        ),
                    );
                }
            }
            Ok(None) => {}
            Err(error) => found("index-damaged", in_words(|language| error.in_language(language))),
        }
        seen
    }

    fn finding(&self, code: &str, message: Bilingual) -> Diagnostic {
        finding(code, &format!("corpus/{}", self.source.name), message)
    }
}

/// Where the document of the source and that of the index part.
fn difference(document: &Document, indexed: &Document) -> Bilingual {
    if document.text != indexed.text {
        return Bilingual::new("索引中的文字与原文不同", "its text in the index is not that of the source");
    }
    let first = document.nodes.iter().zip(&indexed.nodes).find(|(own, other)| own != other).map(|(own, _)| own);
    let place = first.map(|node| document.locator(node).to_string()).unwrap_or_default();
    let place = if place.is_empty() { document.id.to_string() } else { place };
    Bilingual::new(
        format!("索引中的结构与原文不同，从 {place} 起"),
        format!("its tree in the index is not that of the source, from {place} on"),
    )
}

fn in_words(in_language: impl Fn(Language) -> String) -> Bilingual {
    Bilingual::new(in_language(Language::Chinese), in_language(Language::English))
}
