//! What has to hold, whatever the bytes: each function stops (panics) where it does not.

use std::fmt::Write;
use std::sync::OnceLock;

use celan::analysis::verify::verify;
use celan::corpus::notes::{Note, Notes};
use celan::corpus::{BUILT_IN, BUILT_IN_NAME, Settings};
use celan::diagnostic::{Bilingual, Diagnostic};
use celan::document::Document;
use celan::document::locator::Locator;
use celan::document::metadata::Source;
use celan::extract::{RawDocument, RawTable, Shape, extract};
use celan::index::{pack, unpack};
use celan::query::address::{self, Target};
use celan::query::{MOST_CLAUSES, parse, understand};
use celan::structure::{Corrections, corrected as structure_with};
use celan::text::fold::{fold, folded as fold_only};
use celan::text::safe::safe_line;
use celan::tui::habits::Habits;

use super::raw;

/// A file is read or refused with a reason in both languages; what is read has blocks that tile its text, and becomes a document.
pub fn read(bytes: &[u8]) {
    match extract(bytes) {
        Ok(read) => {
            tiled(&read.value);
            said(&read.diagnostics);
            check_document(read.value, &Corrections::default());
        }
        Err(error) => bilingual(&error.message()),
    }
}

/// A document is made of any raw blocks, whatever corrections there are, and nothing of the text is lost.
pub fn structured(bytes: &[u8]) {
    let raw = raw::document(bytes);
    tiled(&raw);
    let lines = raw.text.matches('\n').count() + 1;
    // The same bytes say which lines a person calls a heading.
    let mut orders = String::new();
    for (number, byte) in bytes.iter().enumerate().step_by(17).take(8) {
        let line = 1 + (number + usize::from(*byte)) % lines;
        let _ = writeln!(orders, "[[heading]]\nline = {line}\nlevel = {}", 1 + byte % 6);
    }
    check_document(raw.clone(), &Corrections::default());
    check_document(raw, &Corrections::read(orders.as_bytes()).value);
}

/// A file of corrections is read, what is wrong with it said; the beginning of the plan is kept whole by any of them.
pub fn corrected(bytes: &[u8]) {
    let read = Corrections::read(bytes);
    said(&read.diagnostics);
    let beginning = String::from_utf8_lossy(BUILT_IN.get(..1 << 11).unwrap_or(BUILT_IN)).replace('\u{FFFD}', "");
    if let Ok(raw) = extract(beginning.as_bytes()) {
        check_document(raw.value, &read.value);
    }
}

/// Makes a document of a raw one and checks its promises.
fn check_document(raw: RawDocument, corrections: &Corrections) {
    let text = raw.text.clone();
    let source = Source { file: "fuzz.txt".to_owned(), ..Source::default() };
    let made = structure_with(raw, source, corrections);
    said(&made.diagnostics);
    let document = made.value;
    assert_eq!(document.text, text, "the text is the document's");
    assert_eq!(document.rebuilt(), text, "the tree gives the text back");
    let tree = pack(&document).expect("the tree can be packed");
    assert_eq!(unpack(&tree, &text).as_ref(), Some(&document), "what passes between processes and onto the shelf is the document");
    let wrong: Vec<String> = verify(&document).iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    for (index, node) in document.walk() {
        assert_eq!(node.address.to_string().parse().ok().as_ref(), Some(&node.address), "an address is read back");
        let _ = (document.citation(index), document.unit_text(node));
    }
}

/// The blocks of a raw document tile its text, the rows of a table the table, and cells lie in their row.
fn tiled(raw: &RawDocument) {
    let mut end = 0;
    assert_eq!(raw.blocks.is_empty(), raw.text.is_empty(), "a text has blocks");
    for block in &raw.blocks {
        assert_eq!(block.span.start, end, "blocks tile the text");
        end = block.span.end;
        let own = raw.text.get(block.span.clone()).expect("a block begins and ends between characters");
        match &block.shape {
            Shape::Paragraph(hint) => assert!(own.trim_start().get(hint.markup..).is_some(), "markup is within the block"),
            Shape::Table(table) => tabled(&raw.text, table, end),
        }
    }
    assert_eq!(end, raw.text.len(), "the last block ends with the text");
}

fn tabled(text: &str, table: &RawTable, end_of_block: usize) {
    let mut end = table.rows.first().expect("a table has rows").span.start;
    for row in &table.rows {
        assert_eq!(row.span.start, end, "rows tile the table");
        end = row.span.end;
        let mut last = row.span.start;
        for cell in &row.cells {
            assert!(last <= cell.span.start && cell.span.end <= end, "cells lie in their row, in order");
            last = cell.span.end;
            assert!(text.get(cell.span.clone()).is_some(), "a cell begins and ends between characters");
        }
    }
    assert_eq!(end, end_of_block, "the last row ends with the table");
}

/// Folding twice is folding once; each character of the folded form maps back to one that folds to it; a part is found in the whole.
pub fn folded(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let whole = fold(&text);
    assert_eq!(fold_only(&text), whole.text, "with the map and without");
    assert_eq!(fold_only(&whole.text), whole.text, "twice is once");
    let mut before = 0;
    for (at, character) in whole.text.char_indices() {
        let span = whole.original(at..at + character.len_utf8());
        assert!(before <= span.start, "the map goes forward");
        before = span.start;
        let source = text.get(span.clone()).expect("spans lie between characters");
        if !character.is_whitespace() {
            assert!(fold_only(source).contains(character), "{character:?} from {source:?}");
            assert!(whole.folded_position(span.start) <= at, "the first character of a source is not after its others");
        }
    }
    // What is typed has no white space around it.
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for parts in 2..5 {
        let (one, other) = (bounds[(bounds.len() - 1) / parts], bounds[(bounds.len() - 1) * (parts - 1) / parts]);
        let part = text.get(one.min(other)..one.max(other)).expect("bounds lie between characters").trim();
        assert!(whole.text.contains(&fold_only(part)), "{part:?} is found where it stands");
    }
}

/// Any query is read, within the bounds; it asks for something wherever something is visible.
pub fn queried(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let query = parse(&typed);
    assert_eq!(query.typed, typed);
    assert!(query.terms().len() <= MOST_CLAUSES, "{} terms", query.terms().len());
    assert_eq!(query.clause.is_none(), fold_only(&typed).is_empty(), "what is visible is searched");
    said(&query.readings);
    if let Some(question) = understand(&typed) {
        assert!(!format!("{question:?}").is_empty());
    }
}

/// Any address is read or is none; where it is found, what it points at is there.
pub fn addressed(bytes: &[u8]) {
    static PLAN: OnceLock<Document> = OnceLock::new();
    let plan = PLAN.get_or_init(|| {
        let source = Source { file: BUILT_IN_NAME.to_owned(), ..Source::default() };
        structure_with(extract(BUILT_IN).expect("the plan is read").value, source, &Corrections::default()).value
    });
    let typed = String::from_utf8_lossy(bytes);
    for typed in typed.lines().chain([&*typed]) {
        for pattern in address::parse(typed).into_iter().chain(address::number(typed)) {
            match address::resolve(plan, &pattern) {
                Some(Target::Node(node)) => assert!(plan.node(node).is_some(), "{typed:?}"),
                Some(Target::Sentence { node, span }) => {
                    let unit = plan.node(node).expect("a sentence has a unit");
                    assert!(unit.span.start <= span.start && span.end <= unit.span.end, "{typed:?}");
                    assert!(plan.text.get(span).is_some(), "{typed:?}");
                }
                Some(Target::Document) | None => {}
            }
        }
    }
}

/// Any settings are read, what is wrong with them said; what holds can be used.
pub fn configured(bytes: &[u8]) {
    let read = Settings::read(bytes);
    said(&read.diagnostics);
    assert!(read.value.words.iter().all(|word| !word.trim().is_empty()));
    assert!(read.value.synonyms.iter().all(|group| group.len() >= 2));
    let words = read.value.folded_words();
    assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once");
}

/// Any settings of a user are read, what is wrong with them said.
pub fn accustomed(bytes: &[u8]) {
    said(&Habits::read(bytes, "config.toml").diagnostics);
}

/// Any file of notes is kept to the letter; what is put into it is there when it is read again.
pub fn noted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut read = Notes::read(&text);
    said(&read.diagnostics);
    assert_eq!(read.value.written(), text, "what is read is written");
    // The words of a note are any words, too: here the file's own, but for carriage returns at the end of lines.
    let words = text.trim().lines().map(|line| line.trim_end_matches('\r')).collect::<Vec<_>>().join("\n").trim_end().to_owned();
    let locator: Locator = "甲-1/2.3".parse().expect("a locator");
    // One on a unit has the sum of its text, one on a document has none.
    let sha256 = bytes.len().is_multiple_of(2).then(|| "0".repeat(64));
    let note = Note { locator, quotation: "引文".to_owned(), sha256, text: words };
    read.value.put(None, Some(&Note { text: text.into_owned(), ..note.clone() }));
    let again = Notes::read(&read.value.written());
    assert!(again.value.iter().any(|own| *own == note), "what is put is there");
    assert_eq!(again.value.iter().count(), read.value.iter().count(), "nothing becomes a note that was none");
}

/// Diagnostics speak both languages.
fn said(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        bilingual(&diagnostic.message);
    }
}

/// A message is there in both languages, and a terminal can be told it.
fn bilingual(message: &Bilingual) {
    for said in [&message.chinese, &message.english] {
        assert!(!said.is_empty(), "{message:?}");
        assert!(!safe_line(said).chars().any(char::is_control));
    }
}
