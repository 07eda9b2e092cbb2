//! The short forms that the documents of a shelf introduce (全称（以下简称……）), looked up by what is searched for.
//!
//! Every search asks which of them concern its terms, so that their number must not matter: both forms of each, folded, stand sorted,
//! and a term is held against them place by place: mostly no key begins with the character that stands there, which a short table
//! tells. Layout, numbers little-endian: the number of keys and that of characters with which keys begin; for each of these, sorted, its code
//! point and the first key; a record of seven numbers for each key, sorted by key (start and length of the key, of the full form and of the
//! short form among the strings; the ordinal of the document); the strings, first those of the forms in the order of the documents, then the
//! keys in theirs, so that those that are compared stand together.

use super::shelf::first;
use super::shelf::records::numbers;
use super::sums::Checked;
use crate::text::fold::folded;

/// Numbers of a record.
const RECORD: usize = 7;

/// Numbers for a character with which keys begin.
const BEGINNING: usize = 2;

/// A short form that a document introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Introduced<'shelf> {
    /// The ordinal of the document.
    pub(super) document: u32,
    /// The full form, as written.
    pub(super) full: &'shelf str,
    /// The short form, as written.
    pub(super) short: &'shelf str,
}

/// Writes the section.
pub(super) fn write(forms: &[Introduced<'_>]) -> Vec<u8> {
    let mut strings = String::new();
    let mut put = |text: &str| {
        strings.push_str(text);
        [strings.len() - text.len(), text.len()]
    };
    let mut keys: Vec<(String, [usize; RECORD - 2])> = Vec::new();
    for Introduced { document, full, short } in forms {
        let ([full_start, full_length], [short_start, short_length]) = (put(full), put(short));
        for key in [folded(full), folded(short)].into_iter().filter(|key| !key.is_empty()) {
            keys.push((key, [full_start, full_length, short_start, short_length, *document as usize]));
        }
    }
    keys.sort();
    let records: Vec<_> = keys.iter().map(|(key, rest)| (put(key), rest)).collect();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut beginnings: Vec<(u32, usize)> = Vec::new();
    for (at, character) in keys.iter().enumerate().filter_map(|(at, (key, _))| Some((at, u32::from(key.chars().next()?)))) {
        if beginnings.last().is_none_or(|(last, _)| *last != character) {
            beginnings.push((character, at));
        }
    }
    let mut section = [number(records.len()), number(beginnings.len())].concat();
    section.extend(beginnings.into_iter().flat_map(|(character, at)| [character.to_le_bytes(), number(at)]).flatten());
    section.extend(records.into_iter().flat_map(|(key, rest)| key.into_iter().chain(*rest)).flat_map(number));
    section.extend(strings.as_bytes());
    section
}

/// The forms of which one, folded, stands in this folded term, in the order of the documents; none where the section is damaged.
pub(super) fn find<'shelf>(section: Checked<'shelf>, term: &str) -> Option<Vec<Introduced<'shelf>>> {
    let [count, characters]: [u32; 2] = numbers(section, 0)?;
    let (_, rest) = section.split_at_checked(8)?;
    let (beginnings, rest) = rest.split_at_checked((characters as usize).checked_mul(BEGINNING * 4)?)?;
    let (records, strings) = rest.split_at_checked((count as usize).checked_mul(RECORD * 4)?)?;
    let table = Table { count: count as usize, characters: characters as usize, beginnings, records, strings };
    let mut found = Vec::new();
    for (start, _) in term.char_indices() {
        table.beginning(term.get(start..)?, &mut found)?;
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// The parts of a section.
struct Table<'shelf> {
    count: usize,
    characters: usize,
    beginnings: Checked<'shelf>,
    records: Checked<'shelf>,
    strings: Checked<'shelf>,
}

impl<'shelf> Table<'shelf> {
    fn string(&self, start: u32, length: u32) -> Option<&'shelf [u8]> {
        self.strings.get(start as usize..(start as usize).checked_add(length as usize)?)
    }

    fn key(&self, at: usize) -> Option<&'shelf [u8]> {
        let [start, length, ..]: [u32; RECORD] = numbers(self.records, at)?;
        self.string(start, length)
    }

    fn introduced(&self, at: usize) -> Option<Introduced<'shelf>> {
        let [.., full, full_length, short, short_length, document]: [u32; RECORD] = numbers(self.records, at)?;
        let text = |start, length| str::from_utf8(self.string(start, length)?).ok();
        Some(Introduced { document, full: text(full, full_length)?, short: text(short, short_length)? })
    }

    /// The keys that begin with a character: the first, and the first behind them. None where there are none, or they cannot be read.
    fn with(&self, character: char) -> Option<(usize, usize)> {
        let beginning = |at: usize| numbers::<BEGINNING>(self.beginnings, at);
        let at = first(self.characters, |at| beginning(at).is_none_or(|[other, _]| other >= u32::from(character)));
        let [_, low] = beginning(at).filter(|[other, _]| *other == u32::from(character))?;
        let high = beginning(at + 1).map_or(self.count, |[_, high]| high as usize);
        (low as usize <= high && high <= self.count).then_some((low as usize, high))
    }

    /// Adds the forms whose key the text begins with: keys that begin with ever more of the text are ever fewer.
    fn beginning(&self, text: &str, found: &mut Vec<Introduced<'shelf>>) -> Option<()> {
        let Some((mut low, mut high)) = text.chars().next().and_then(|first| self.with(first)) else { return Some(()) };
        for end in text.char_indices().map(|(at, character)| at + character.len_utf8()) {
            let prefix = text.get(..end)?.as_bytes();
            let from = low;
            low += first(high - from, |at| self.key(from + at).is_none_or(|key| key >= prefix));
            let from = low;
            high = from + first(high - from, |at| self.key(from + at).is_none_or(|key| !key.starts_with(prefix)));
            if low == high {
                break;
            }
            for at in (low..high).take_while(|at| self.key(*at) == Some(prefix)) {
                found.push(self.introduced(at)?);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms() -> Vec<Introduced<'static>> {
        let pairs = [
            (0, "区域全面经济伙伴关系协定", "ＲＣＥＰ"),
            (0, "中国（湖南）自由贸易试验区", "自贸试验区"),
            (1, "自由贸易试验区", "自贸区"),
            (2, "区域全面经济伙伴关系协定", "RCEP"),
            (3, "𠮷野家", "𠮷野"),
        ];
        pairs.map(|(document, full, short)| Introduced { document, full, short }).to_vec()
    }

    #[test]
    fn forms_are_found_by_every_term_that_has_them_in_any_spelling() {
        let (forms, section) = (forms(), write(&forms()));
        let terms = ["rcep", "rcep协定", "湖南自贸试验区和自贸区", "自贸", "在𠮷野家", "中国(湖南)自由贸易试验区", "", "x"];
        for term in terms {
            let stands = |form: &&Introduced<'_>| [form.full, form.short].iter().any(|form| term.contains(&folded(form)));
            let expected: Vec<Introduced<'_>> = forms.iter().filter(stands).copied().collect();
            assert_eq!(find(section.as_slice().into(), term), Some(expected), "{term}");
        }
        assert_eq!(find(write(&[]).as_slice().into(), "自贸区"), Some(Vec::new()));
    }

    #[test]
    fn a_section_cut_short_gives_nothing_wrong() {
        let (forms, section) = (forms(), write(&forms()));
        for length in 0..section.len() {
            let found = find(section.get(..length).unwrap().into(), "rcep与自贸区").unwrap_or_default();
            assert!(found.iter().all(|form| forms.contains(form)));
        }
    }
}
