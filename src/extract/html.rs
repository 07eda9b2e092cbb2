//! The reader of web pages (.html, .htm): saved pages, whole or the piece that a crawler kept.
//!
//! 1. The page is decoded (`decode`; what it declares of its encoding is believed only where the bytes agree) and parsed as browsers
//!    do (html5ever through `scraper`).
//! 2. `container` finds the element that holds the document among menus and footers.
//! 3. `walk` writes its visible text: a block element is a paragraph between blank lines, `<br>` begins a line; `table` writes
//!    tables of data, the cells of a row between tabs.
//! 4. `info` reads the title, number, issuer and date that the page says of the document: hints for `structure`.
//!
//! The extracted text is what a reader of the page sees, white space collapsed as browsers do. What the text means is left to
//! `structure`; scripts, style sheets, hidden elements and forms are left out.

mod container;
mod depth;
mod info;
mod table;
mod walk;

use scraper::Html;

use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};

use super::decode::{self, Decoded};
use super::error::ExtractError;
use super::limits::Limits;
use super::{RawDocument, tiled};

/// The label of an encoding is looked for in so many bytes (the HTML standard looks at 1024).
const HEAD: usize = 4096;
/// Elements that a piece of a page may begin with.
const FIRST_TAGS: [&str; 22] = [
    "!doctype", "html", "head", "body", "div", "table", "tbody", "p", "span", "h1", "h2", "h3", "section", "article", "center",
    "font", "meta", "title", "ul", "ol", "style", "main",
];

/// Whether the bytes are a web page: the first thing in it, comments apart, is a tag of HTML.
pub(super) fn accepts(bytes: &[u8]) -> bool {
    // Most files have no tag at all, or do not begin with one: that is told without decoding them, by their first visible character
    // where that is ASCII, which is the same in all encodings but UTF-16.
    let beginning = bytes.get(..HEAD).unwrap_or(bytes);
    let first = beginning.trim_ascii_start().first().filter(|_| !beginning.contains(&0));
    if first.is_some_and(|first| first.is_ascii_graphic() && *first != b'<') {
        return false;
    }
    let plain = || str::from_utf8(bytes).ok().map(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text));
    let may_be = bytes.contains(&b'<') && plain().is_none_or(begins_as_html);
    may_be && text(bytes).is_ok_and(|decoded| begins_as_html(&decoded.text))
}

/// Reads a web page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Warned<RawDocument>, ExtractError> {
    let decoded = text(bytes)?;
    let deepest = usize::try_from(limits.page_nesting).unwrap_or(usize::MAX);
    depth::check_source(&decoded.text, deepest)?;
    let page = Html::parse_document(&decoded.text);
    depth::check_tree(&page, deepest)?;
    let written = walk::write(container::find(&page));
    let mut diagnostics: Vec<Diagnostic> = decode::gaps(&decoded).into_iter().collect();
    diagnostics.extend(noticed(&written));
    let blocks = tiled(&written.text, written.blocks);
    let encoding = Some(decoded.encoding);
    let document = RawDocument { text: written.text, blocks, encoding, hints: info::hints(&page), ..RawDocument::default() };
    Ok(Warned { value: document, diagnostics })
}

/// What a reader of the page would want to know.
fn noticed(written: &walk::Written) -> Option<Diagnostic> {
    if written.text.trim().is_empty() {
        let message = Bilingual::new("这个网页没有可见的文字", "this page has no visible text");
        let hint = Bilingual::new(
            "正文可能由脚本生成：请在浏览器中另存为完整网页",
            "scripts may make it: save the complete page in a browser",
        );
        return Some(Diagnostic::warning("no-text", message, Place::default()).with_hint(hint));
    }
    let count = written.absurd_spans;
    let message = Bilingual::new(
        format!("表格中{count}处单元格声称的跨行跨列数不合常理，已按上限读取"),
        format!("{count} cell(s) of tables claim to cover an absurd number of rows or columns: read as the most that is allowed"),
    );
    (count > 0).then(|| Diagnostic::warning("absurd-span", message, Place::default()))
}

fn text(bytes: &[u8]) -> Result<Decoded<'_>, ExtractError> {
    decode::decode(bytes, declared(bytes).as_deref())
}

/// `<meta charset=gb2312>`, `<meta content="text/html; charset=gb2312">`: the label of the encoding.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let label: String = after.chars().take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')).collect();
    Some(label)
}

fn begins_as_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    // A saved page may begin with the address that it came from, in a comment; XHTML begins with a declaration.
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = after.trim_start();
    }
    if let Some((_, after)) = rest.strip_prefix("<?xml").and_then(|declaration| declaration.split_once("?>")) {
        rest = after.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    // A name ends with white space, `/` or `>` (HTML standard, §13.2.5.8): <P＝0.05 is no tag.
    let Some((name, _)) = tag.split_once(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '/' | '>')) else {
        return false;
    };
    FIRST_TAGS.iter().any(|first| name.eq_ignore_ascii_case(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_with_a_whole_tag() {
        for page in ["<p>正文", "\u{FEFF} \n<P class=x>正文", "<!-- a --><div\n>", "<!DOCTYPE html>"] {
            assert!(accepts(page.as_bytes()), "{page}");
        }
        for text in ["<P＝0.05", "<P®", "<p", "<plan>", "# <p>", "正文<p>", "<", ""] {
            assert!(!accepts(text.as_bytes()), "{text}");
        }
        let wide: Vec<u8> = "\u{FEFF}<p>正文".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(accepts(&wide), "UTF-16");
    }
}
