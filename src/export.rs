//! Documents → formats that other programs read: one exporter a format, one registry for each sort of thing.
//!
//! Takes a [`Passage`] (a document, a node or a sentence of it, with or without its words), a list of [`Entry`]s (indicators), or
//! what researchers make of hits ([`research`]) and writes bytes into any [`Write`]. A new citation style is a file here and a row in
//! [`STYLES`]; the conformance suite in `export/tests.rs` then runs on it by itself. Opening files and choosing a format are left to
//! the faces.

mod bibtex;
mod concordance_csv;
mod concordance_json;
mod counts_csv;
mod counts_json;
mod csl_json;
mod gbt7714;
mod indicators_csv;
mod indicators_json;
mod markdown;
mod official;
pub mod passage;
mod plain;
pub mod research;
pub mod several;
mod spreadsheet;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use crate::diagnostic::Bilingual;
use crate::document::Document;
use crate::document::indicator::Indicator;
use passage::Passage;

/// A way to write a citation.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// The name typed after `--style`.
    pub name: &'static str,
    /// What it is good for, in Chinese.
    pub chinese: &'static str,
    /// What it is good for, in English.
    pub english: &'static str,
    write: fn(&Passage<'_>, &mut dyn Write) -> io::Result<()>,
}

/// All styles; the first is the default.
pub const STYLES: [Style; 6] = [
    Style {
        name: "official",
        chinese: "公文引用：《标题》（文号）位置",
        english: "as official documents cite",
        write: official::write,
    },
    Style { name: "plain", chinese: "不带符号的一行文字", english: "one line without marks", write: plain::write },
    Style {
        name: "gbt7714", chinese: "GB/T 7714—2015 参考文献", english: "reference after GB/T 7714-2015", write: gbt7714::write
    },
    Style { name: "markdown", chinese: "Markdown", english: "Markdown", write: markdown::write },
    Style { name: "bibtex", chinese: "BibTeX 条目", english: "a BibTeX entry", write: bibtex::write },
    Style {
        name: "csl-json", chinese: "CSL-JSON（Zotero 等）", english: "CSL-JSON (Zotero and others)", write: csl_json::write
    },
];

/// Styles are told apart by their names.
impl PartialEq for Style {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Style {}

impl Style {
    /// The style of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        STYLES.into_iter().find(|style| style.name == name)
    }

    /// Writes the citation of `passage`, a line break at its end.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write(&self, passage: &Passage<'_>, writer: &mut dyn Write) -> io::Result<()> {
        (self.write)(passage, writer)
    }

    /// What the style is good for.
    #[must_use]
    pub fn description(&self) -> Bilingual {
        Bilingual::new(self.chinese, self.english)
    }
}

/// An indicator with the document that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'d> {
    /// The document.
    pub document: &'d Document,
    /// One of its indicators.
    pub indicator: &'d Indicator,
}

impl Entry<'_> {
    /// The locator of the row, written out.
    fn locator(&self) -> String {
        let node = self.document.node(self.indicator.node);
        node.map_or_else(|| self.document.id.to_string(), |node| self.document.locator(node).to_string())
    }
}

/// A way to write a list of indicators.
#[derive(Debug, Clone, Copy)]
pub struct IndicatorFormat {
    /// The name of the option.
    pub name: &'static str,
    write: fn(&[Entry<'_>], &mut dyn Write) -> io::Result<()>,
}

/// All formats of indicators.
pub const INDICATOR_FORMATS: [IndicatorFormat; 2] = [
    IndicatorFormat { name: "csv", write: indicators_csv::write },
    IndicatorFormat { name: "json", write: indicators_json::write },
];

impl IndicatorFormat {
    /// Writes `entries` in their order.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn write(&self, entries: &[Entry<'_>], writer: &mut dyn Write) -> io::Result<()> {
        (self.write)(entries, writer)
    }
}
