//! Writes a document that celan reads in the formats that other programs make others from.
//!
//! `cargo run --example make-formats -- DOCUMENT FOLDER` writes `plan.fodt` (flat `OpenDocument`, from which `LibreOffice` makes .docx, .doc,
//! .odt and .pdf) and `plan.html`. The paragraphs are the document's, laid out as GB/T 9704-2012 has it; the tables have merged cells,
//! running heads and page numbers stand where they do in print. Punctuation does not hang into the margin: `LibreOffice` leaves the
//! hanging marks out of a PDF.

#![expect(clippy::print_stderr, clippy::format_push_string, reason = "a small program of its own, read more often than run")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use celan::document::Document;
use celan::document::kind::Kind;
use celan::document::metadata::Source;
use celan::document::node::{Node, NodeIndex};
use celan::extract::{Shape, extract};
use celan::structure::structure;

/// A part of the document as it is printed.
enum Part<'text> {
    Paragraph(&'text str),
    Table { caption: String, rows: Vec<Vec<Cell>> },
}

/// A cell and how far it reaches; a row leaves out those that cells above reach into.
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
    start: usize,
}

fn main() {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(document), Some(folder)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: make-formats DOCUMENT FOLDER");
        std::process::exit(2);
    };
    if let Err(error) = make(&document, &folder) {
        eprintln!("{}: {error}", document.display());
        std::process::exit(1);
    }
}

fn make(document: &Path, folder: &Path) -> io::Result<()> {
    let raw = extract(&fs::read(document)?).map_err(io::Error::other)?.value;
    let read = structure(raw.clone(), Source::default()).value;
    let mut tables = read.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Table);
    let parts: Vec<Part<'_>> = raw
        .blocks
        .iter()
        .filter_map(|block| match &block.shape {
            Shape::Paragraph(_) => raw.text.get(block.span.clone()).map(|text| Part::Paragraph(text.trim())),
            Shape::Table(_) => tables.next().map(|(at, node)| table(&read, NodeIndex(at), node)),
        })
        .collect();
    fs::create_dir_all(folder)?;
    fs::write(folder.join("plan.fodt"), flat_document(&parts, &read.metadata.title))?;
    fs::write(folder.join("plan.html"), page(&parts, &read.metadata.title))
}

fn table<'text>(document: &Document, at: NodeIndex, head: &Node) -> Part<'text> {
    let below = document.nodes.iter().skip(at.0 + 1).take_while(|node| node.kind == Kind::Row);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for node in std::iter::once(head).chain(below) {
        let mut row = Vec::new();
        for cell in &node.cells {
            // A cell that goes on from above stands nowhere in the text.
            let above = rows
                .iter_mut()
                .rev()
                .find_map(|row: &mut Vec<Cell>| row.iter_mut().find(|above| above.start == cell.columns.start));
            match above.filter(|_| cell.span.is_empty() && !cell.text.is_empty()) {
                Some(above) => above.rows += 1,
                None => row.push(Cell { text: cell.text.clone(), columns: cell.columns.len(), rows: 1, start: cell.columns.start }),
            }
        }
        rows.push(row);
    }
    Part::Table { caption: head.title.clone(), rows }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn flat_document(parts: &[Part<'_>], title: &str) -> String {
    let mut body = String::new();
    for part in parts {
        match part {
            Part::Paragraph(text) => {
                let style =
                    if text.chars().count() <= 30 && !text.ends_with('。') && !text.contains('、') { "Line" } else { "Text" };
                body += &format!("<text:p text:style-name=\"{style}\">{}</text:p>\n", escaped(text));
            }
            Part::Table { caption, rows } => {
                body += &format!(
                    "<text:p text:style-name=\"Line\">{}</text:p>\n<table:table table:style-name=\"Grid\">",
                    escaped(caption)
                );
                let columns = rows.first().map_or(0, |row| row.iter().map(|cell| cell.columns).sum());
                body += &format!("<table:table-column table:number-columns-repeated=\"{columns}\"/>");
                for row in flat_rows(rows, columns) {
                    body += &row;
                }
                body += "</table:table>\n";
            }
        }
    }
    FLAT.replace("@TITLE@", &escaped(title)).replace("@BODY@", &body)
}

fn flat_rows(rows: &[Vec<Cell>], columns: usize) -> Vec<String> {
    let reached = |at: usize, column: usize| {
        let above = rows.iter().take(at).enumerate();
        above
            .flat_map(|(from, row)| row.iter().map(move |cell| (from, cell)))
            .any(|(from, cell)| from + cell.rows > at && (cell.start..cell.start + cell.columns).contains(&column))
    };
    let written = rows.iter().enumerate().map(|(at, row)| {
        let mut line = String::from("<table:table-row>");
        for column in 0..columns {
            match row.iter().find(|cell| cell.start == column) {
                Some(cell) => line += &format!(
                    "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\" table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"><text:p text:style-name=\"Small\">{}</text:p></table:table-cell>",
                    cell.columns, cell.rows, escaped(&cell.text)
                ),
                None if reached(at, column) || row.iter().any(|cell| (cell.start..cell.start + cell.columns).contains(&column)) => {
                    line += "<table:covered-table-cell/>";
                }
                None => line += "<table:table-cell table:style-name=\"Cell\"/>",
            }
        }
        line + "</table:table-row>\n"
    });
    written.collect()
}

fn page(parts: &[Part<'_>], title: &str) -> String {
    let mut body = String::new();
    for part in parts {
        match part {
            Part::Paragraph(text) => body += &format!("<p>{}</p>\n", escaped(text)),
            Part::Table { caption, rows } => {
                body += &format!("<table border=1><caption>{}</caption>\n", escaped(caption));
                for row in rows {
                    body += "<tr>";
                    for cell in row {
                        let _ = write!(body, "<td colspan={} rowspan={}>{}</td>", cell.columns, cell.rows, escaped(&cell.text));
                    }
                    body += "</tr>\n";
                }
                body += "</table>\n";
            }
        }
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n<body><div class=\"nav\"><a \
         href=\"/\">首页</a> <a href=\"/zwgk\">政务公开</a></div>\n<div id=\"zoom\">\n{body}</div>\n<div class=\"footer\">主办单位：某网站</div></body></html>\n",
        escaped(title)
    )
}

const FLAT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Serif" svg:font-family="'Noto Serif CJK SC'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="28pt" style:punctuation-wrap="simple"/><style:text-properties style:font-name="Serif" style:font-name-asian="Serif" fo:font-size="16pt" style:font-size-asian="16pt" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="Text" style:family="paragraph"><style:paragraph-properties fo:text-indent="32pt" fo:text-align="justify"/></style:style>
<style:style style:name="Line" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:paragraph-properties fo:text-align="center" fo:line-height="14pt"/><style:text-properties fo:font-size="10pt" style:font-size-asian="10pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="Grid" style:family="table"><style:table-properties style:width="156mm" table:align="margins"/></style:style>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="1mm" style:vertical-align="middle"/></style:style>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="25mm" fo:margin-bottom="25mm" fo:margin-left="28mm" fo:margin-right="26mm"/><style:header-style><style:header-footer-properties fo:min-height="10mm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="10mm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:header><text:p text:style-name="Small">@TITLE@</text:p></style:header><style:footer><text:p text:style-name="Small">— <text:page-number/> —</text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>
@BODY@</office:text></office:body></office:document>
"#;
