//! Folding: the form in which texts and queries are compared, with a map back to the original characters.
//!
//! Takes any string, gives its folded form; equal for spellings that a reader takes for the same: full and half width, Unicode
//! compatibility forms, case, traditional and variant characters, brackets, quotation marks, dashes, and white space that only sets
//! Chinese text apart or breaks its lines. `docs/folding.md` lists what equals what. Linear in the input. The folded form is for
//! finding only: what people see is always the original.
//!
//! **The substring property.** Where a string stands in a text, its folded form stands in the folded text; else something would be
//! missed. So each character is folded by itself (by a table), whatever stands around it. Only white space is judged by
//! its neighbours, and those of white space inside a string are inside it too. There is no exception for strings that begin with a
//! combining mark: marks are taken apart from their letters and never put back or sorted. The price is that e is found in é, and that
//! two marks on one letter are compared in the order in which they were written.
//!
//! **Two numbers never become one.** ①2021 must not be found as 12021, nor 10² as 102, 2½ as 21/2, Ⅱ级 as Ⅰ级 (ii holds i). So whatever
//! would begin or end with a number stays itself: enclosed numbers, superscripts, subscripts, fractions, `⒈`, `㋀`, Roman numerals
//! (their case aside). `㈠` and `⑴` bring their brackets along and are folded; `㎡` is `m²`, with a superscript.
//! Numerals of numberings (第3章 and 第三章) are not folded either: 3 is 三 or part of 三十, depending on the context. Who looks for both
//! forms searches for both.

mod table;

use std::ops::Range;

use table::Folding;

/// Changes with every rule below; an index folded by another version is rebuilt.
pub const FOLDING_VERSION: u32 = 2;

/// A folded string and where its characters came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded form.
    pub text: String,
    /// Stretches of the folded form, in order; consecutive characters that folding left alone share one.
    runs: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    folded: usize,
    original: Range<usize>,
    /// Whether the bytes are the same in both, so that offsets inside the run correspond.
    same: bool,
}

/// White space that has been met and not yet been judged.
struct Space {
    span: Range<usize>,
    has_tab: bool,
}

impl Folded {
    /// Folds another text in place of the one before, in the same memory.
    pub fn fold_anew(&mut self, text: &str) {
        self.text.clear();
        self.runs.clear();
        fold_into(text, self);
    }

    /// The bytes of the original that a range of the folded form came from; widened to whole characters.
    #[must_use]
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        if folded.is_empty() {
            let at = self.run_at(folded.start).map_or(0, |run| run.position(folded.start));
            return at..at;
        }
        let start = self.run_at(folded.start).map_or(0, |run| run.position(folded.start));
        let end = self
            .run_at(folded.end - 1)
            .map_or(start, |run| if run.same { run.original.start + (folded.end - run.folded) } else { run.original.end });
        start..end.max(start)
    }

    /// The place in the folded form of the first character that came from `original` or after it.
    #[must_use]
    pub fn folded_position(&self, original: usize) -> usize {
        let next = self.runs.partition_point(|run| run.original.end <= original);
        self.runs.get(next).map_or(self.text.len(), |run| {
            if run.same && original > run.original.start { run.folded + (original - run.original.start) } else { run.folded }
        })
    }

    /// The characters of the folded form, each with its place there and the place in the original of the character it came from.
    #[must_use]
    pub fn characters(&self) -> Characters<'_> {
        Characters { text: &self.text, at: 0, run: None, runs: &self.runs }
    }

    fn run_at(&self, folded: usize) -> Option<&Run> {
        self.runs.get(self.runs.partition_point(|run| run.folded <= folded).checked_sub(1)?)
    }
}

/// The characters of a folded form: see [`Folded::characters`].
#[derive(Debug, Clone)]
pub struct Characters<'folded> {
    text: &'folded str,
    /// The place of the next one.
    at: usize,
    /// The stretch of the last one, and those after it.
    run: Option<&'folded Run>,
    runs: &'folded [Run],
}

impl<'folded> Characters<'folded> {
    /// The stretch of the next character.
    fn enter(&mut self) -> Option<&'folded Run> {
        while let Some((next, rest)) = self.runs.split_first().filter(|(next, _)| next.folded <= self.at) {
            (self.run, self.runs) = (Some(next), rest);
        }
        self.run
    }

    /// The place of the next character in the folded form.
    #[must_use]
    pub fn place(&self) -> usize {
        self.at
    }

    /// What comes next and is the same in the original, as far as the characters lie side by side there.
    pub fn same(&mut self) -> &'folded str {
        let Some(run) = self.enter().filter(|run| run.same) else { return "" };
        self.text.get(self.at..run.folded + run.original.len()).unwrap_or_default()
    }

    /// Passes over so many bytes of [`Characters::same`], whole characters.
    pub fn pass(&mut self, bytes: usize) {
        self.at += bytes;
    }
}

impl Iterator for Characters<'_> {
    type Item = (usize, char, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let character = self.text.get(at..)?.chars().next()?;
        let start = self.enter().map_or(0, |run| run.position(at));
        self.at += character.len_utf8();
        Some((at, character, start))
    }
}

impl Run {
    fn position(&self, folded: usize) -> usize {
        if self.same { self.original.start + (folded - self.folded) } else { self.original.start }
    }
}

/// What folding writes to: a string alone, or with the map.
trait Output {
    fn text(&mut self) -> &mut String;

    /// Told for each stretch before it is written.
    fn note(&mut self, original: Range<usize>, same: bool);
}

impl Output for String {
    fn text(&mut self) -> &mut String {
        self
    }

    fn note(&mut self, _: Range<usize>, _: bool) {}
}

impl Output for Folded {
    fn text(&mut self) -> &mut String {
        &mut self.text
    }

    fn note(&mut self, original: Range<usize>, same: bool) {
        self.runs.push(Run { folded: self.text.len(), original, same });
    }
}

/// Folds `text` and remembers where each character came from.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), runs: Vec::with_capacity(text.len() / 16) };
    fold_into(text, &mut folded);
    folded
}

/// The folded form alone: the same as that of [`fold`], without the cost of the map.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

fn fold_into(text: &str, output: &mut impl Output) {
    // The first byte of the stretch of unchanged characters that is being read; of no meaning while there is a space.
    let mut kept = 0;
    let mut space: Option<Space> = None;
    for (at, character) in text.char_indices() {
        let code = table::code(character);
        if code == table::SAME && space.is_none() {
            continue;
        }
        if space.is_none() {
            keep(text, kept..at, output);
        }
        let end = at + character.len_utf8();
        kept = end;
        match table::folding(code) {
            Folding::Same => {
                settle(space.take(), character, output);
                kept = at;
            }
            Folding::Dropped => {}
            Folding::WhiteSpace => {
                let run = space.get_or_insert(Space { span: at..end, has_tab: false });
                run.span.end = end;
                run.has_tab |= character == '\t';
            }
            Folding::Character(plain) => {
                settle(space.take(), plain, output);
                output.note(at..end, false);
                output.text().push(plain);
            }
            Folding::Text(plain) => {
                settle(space.take(), plain.chars().next().unwrap_or(character), output);
                output.note(at..end, false);
                output.text().push_str(plain);
            }
        }
    }
    if space.is_none() {
        keep(text, kept..text.len(), output);
    }
}

/// Writes a stretch of characters that stay themselves.
fn keep(text: &str, stretch: Range<usize>, output: &mut impl Output) {
    if let Some(same) = text.get(stretch.clone()).filter(|same| !same.is_empty()) {
        output.note(stretch, true);
        output.text().push_str(same);
    }
}

/// Writes what is left of white space between two visible characters: nothing where it carries no meaning, else one character.
///
/// A tab stays a tab: texts made from tables set their cells apart with it, and no string may be found across two cells.
fn settle(space: Option<Space>, next: char, output: &mut impl Output) {
    let Some(space) = space else { return };
    let Some(before) = output.text().chars().next_back() else { return };
    if space.has_tab || !(closes_up(before) || closes_up(next)) {
        output.note(space.span, false);
        output.text().push(if space.has_tab { '\t' } else { ' ' });
    }
}

/// Whether white space beside this (folded) character carries no meaning, so that folding drops it.
///
/// True for Chinese characters, and for the marks that are full-width in Chinese text and half-width in English: their folded form
/// must not depend on which of the two was typed. So it is for the hyphen, which may have been a dash, and the tilde.
const fn closes_up(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{9FFF}'          // radicals, CJK punctuation, kana, bopomofo, ideographs
        | '\u{F900}'..='\u{FAFF}'        // the compatibility ideographs that are unified ones in truth
        | '\u{FE30}'..='\u{FE6F}'        // CJK compatibility forms, small forms
        | '\u{20000}'..='\u{3FFFF}'      // ideographs of the supplementary planes
        | '\u{2025}' | '\u{2026}' | '\u{00B7}' | '\u{00B0}' | '\u{2030}' // leaders, middle dot, degree (of ℃), per mille
        | '(' | ')' | '"' | '\'' | ',' | ';' | ':' | '!' | '?' | '%' | '-' | '~'
    )
}

#[cfg(test)]
mod tests;
