//! Folding: the form in which texts and queries are compared, with a map back to the original characters.
//!
//! Takes any string, gives its folded form; equal for spellings that a reader takes for the same: full and half width, Latin case,
//! brackets (`〔2021〕 ［2021］ [2021] （2021）`), quotation marks (“” 「」 ""), and white space that only sets Chinese text apart or
//! breaks its lines. Linear in the input. The folded form is for finding only: what people see is always the original.

use std::ops::Range;

/// Changes with every rule below; an index folded by another version is rebuilt.
pub const FOLDING_VERSION: u32 = 1;

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

    fn run_at(&self, folded: usize) -> Option<&Run> {
        self.runs.get(self.runs.partition_point(|run| run.folded <= folded).checked_sub(1)?)
    }

    fn push(&mut self, character: char, original: Range<usize>) {
        let folded = self.text.len();
        self.text.push(character);
        if let Some(last) = self.runs.last_mut().filter(|last| last.same && last.original.end == original.start) {
            last.original.end = original.end;
        } else {
            self.runs.push(Run { folded, original, same: true });
        }
    }

    /// White space between two visible characters: nothing where it carries no meaning, else one character.
    ///
    /// A tab stays a tab: texts made from tables set their cells apart with it, and no string may be found across two cells.
    fn extend_with_space(&mut self, space: Space, closed_up: bool) {
        if space.has_tab {
            self.push_changed(std::iter::once('\t'), space.span);
        } else if !closed_up {
            self.push_changed(std::iter::once(' '), space.span);
        }
    }

    fn push_changed(&mut self, folded_character: impl Iterator<Item = char>, original: Range<usize>) {
        let folded = self.text.len();
        self.text.extend(folded_character);
        if self.text.len() > folded {
            self.runs.push(Run { folded, original, same: false });
        }
    }
}

impl Run {
    fn position(&self, folded: usize) -> usize {
        if self.same { self.original.start + (folded - self.folded) } else { self.original.start }
    }
}

/// Folds `text` and remembers where each character came from.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), runs: Vec::new() };
    let mut before: Option<char> = None;
    let mut space: Option<Space> = None;
    for (at, character) in text.char_indices() {
        let span = at..at + character.len_utf8();
        if is_invisible(character) {
            continue;
        }
        if character.is_whitespace() {
            let run = space.get_or_insert(Space { span: span.clone(), has_tab: false });
            run.span.end = span.end;
            run.has_tab |= character == '\t';
            continue;
        }
        let plain = fold_character(character);
        if let (Some(run), Some(before)) = (space.take(), before) {
            folded.extend_with_space(run, closes_up(before) || closes_up(plain));
        }
        if plain == character && !character.is_uppercase() {
            folded.push(character, span);
        } else {
            folded.push_changed(plain.to_lowercase(), span);
        }
        before = Some(plain);
    }
    folded
}

/// The folded form alone.
#[must_use]
pub fn folded(text: &str) -> String {
    fold(text).text
}

/// Characters that take no room and that nobody types: zero-width space and joiners, soft hyphen, byte order mark.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{00AD}' | '\u{FEFF}')
}

/// Whether white space beside this (folded) character carries no meaning, so that folding drops it.
///
/// True for Chinese characters, and for the marks that are full-width in Chinese text and half-width in English: their folded form
/// must not depend on which of the two was typed.
const fn closes_up(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{9FFF}'          // radicals, CJK punctuation, kana, bopomofo, ideographs
        | '\u{F900}'..='\u{FAFF}'        // compatibility ideographs
        | '\u{FE30}'..='\u{FE6F}'        // CJK compatibility forms, small forms
        | '\u{20000}'..='\u{3FFFF}'      // ideographs of the supplementary planes
        | '\u{2014}' | '\u{2026}' | '\u{00B7}' // dash, ellipsis, middle dot
        | '(' | ')' | '"' | '\'' | ',' | ';' | ':' | '!' | '?' | '%'
    )
}

/// The character that this one is compared as, Latin case aside.
const fn fold_character(character: char) -> char {
    match character {
        '〔' | '［' | '【' | '〖' | '（' | '﹝' | '﹙' | '[' => '(',
        '〕' | '］' | '】' | '〗' | '）' | '﹞' | '﹚' | ']' => ')',
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '「' | '」' | '『' | '』' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '＇' => '\'',
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(character as u32 - 0xFEE0) {
            Some(half_width) => half_width,
            None => character,
        },
        '￥' => '¥',
        other => other,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "ranges from the offset map lie on character boundaries, which is what is tested")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_that_readers_take_for_the_same_fold_alike() {
        for (left, right) in [
            ("湘政办发〔2021〕57号", "湘政办发［2021］57号"),
            ("湘政办发〔2021〕57号", "湘政办发(2021)57号"),
            ("ＲＣＥＰ", "rcep"),
            ("第一章  发展基础", "第一章发展基础"),
            ("“三高四新”", "「三高四新」"),
            ("对外\n\n贸易", "对外贸易"),
            ("到 2025 年", "到2025年"),
            ("a  b\nc", "A b C"),
            ("𠮷　野", "𠮷野"),
            ("２１．７％", "21.7%"),
            ("abc （ＤＥＦ）， x", "ABC(def),x"),
            ("ＡＢ ＣＤ", "AB CD"),
        ] {
            assert_eq!(folded(left), folded(right), "{left} and {right}");
        }
    }

    #[test]
    fn cells_are_kept_apart() {
        assert_eq!(folded("每年新增100个\n\t预期性"), "每年新增100个\t预期性");
        assert_eq!(folded("1650\n\t12"), "1650\t12");
    }

    #[test]
    fn a_range_maps_back_to_the_original_characters() {
        let original = "以 “ＡＢ” 为";
        let folded = fold(original);
        assert_eq!(folded.text, "以\"ab\"为");
        let found = folded.text.find("ab").unwrap();
        assert_eq!(&original[folded.original(found..found + 2)], "ＡＢ");
        assert_eq!(&original[folded.original(0..folded.text.len())], original);
        assert_eq!(folded.folded_position(original.find('为').unwrap()), folded.text.find('为').unwrap());
    }

    proptest! {
        #[test]
        fn every_character_of_any_text_maps_back_to_what_folds_to_it(original in "\\PC*") {
            let folding = fold(&original);
            for (at, character) in folding.text.char_indices() {
                let span = folding.original(at..at + character.len_utf8());
                let source = original.get(span).expect("spans lie on character boundaries");
                prop_assert!(character.is_whitespace() || folded(source).contains(character), "{character:?} from {source:?}");
            }
        }

        #[test]
        fn folding_twice_is_folding_once(original in "[ \\t\\nａＢ“（〔，。0-9.%中文𠮷a-zA-Z]*") {
            let once = folded(&original);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
