//! The rules of folding, character by character, and the table that they make.
//!
//! `make_folding.rs` writes the table, `tests/folding.rs` holds the committed one against these rules. Which spellings are equal and why
//! is told by `docs/folding.md` and by the documentation of `celan::text::fold`.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

/// Characters a page of the table.
const PAGE: usize = 64;

/// The first code that stands for a longer folding, and how many there may be.
const FIRST_LONGER: u16 = 0xD800;
const MOST_LONGER: usize = 0xF900 - 0xD800;

/// What one character is folded to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    Dropped,
    WhiteSpace,
    Text(String),
}

/// Traditional and variant characters → simplified ones.
pub(crate) type Ideographs = HashMap<char, char>;

/// Reads lists with two characters a line, set apart by a blank; the rest of a line and lines with `#` are remarks.
pub(crate) fn ideographs(lists: &[&str]) -> Ideographs {
    let pair = |line: &str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.chars().next()?, words.next()?.chars().next()?))
    };
    lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#')).filter_map(pair).collect()
}

/// The folding of one character: steps, until nothing changes any more.
pub(crate) fn rule(character: char, ideographs: &Ideographs) -> Rule {
    if is_ignorable(character) {
        return Rule::Dropped;
    }
    if character.is_whitespace() {
        return Rule::WhiteSpace;
    }
    let mut folded = character.to_string();
    loop {
        let next: String = folded.chars().map(|character| step(character, ideographs)).collect();
        if next == folded {
            return Rule::Text(folded);
        }
        folded = next;
    }
}

fn step(character: char, ideographs: &Ideographs) -> String {
    if let Some(mark) = mark(character) {
        return mark.to_owned();
    }
    let lower = |form: &str| form.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect();
    match ideographs.get(&character) {
        Some(simplified) => simplified.to_string(),
        None => lower(&compatible(character)),
    }
}

/// `Default_Ignorable_Code_Point` (Unicode, `DerivedCoreProperties`): selectors of variants, controls of direction, joiners, tags.
fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Punctuation that readers take for the same. Full-width, small and vertical forms come here by their compatibility forms.
fn mark(character: char) -> Option<&'static str> {
    Some(match character {
        '[' | '〔' | '【' | '〖' | '〘' | '❨' | '❪' | '⦅' => "(",
        ']' | '〕' | '】' | '〗' | '〙' | '❩' | '❫' | '⦆' => ")",
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '〟' | '「' | '」' | '『' | '』' => "\"",
        '‘' | '’' | '‚' | '‛' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '⁃' | '⎯' => "-",
        // Two dashes and three in one character.
        '⸺' => "--",
        '⸻' => "---",
        '〜' | '∼' | '˜' => "~",
        '•' | '・' | '‧' | '∙' | '⋅' => "·",
        '∶' => ":",
        '⁄' | '∕' => "/",
        '∗' => "*",
        // The circle that stands for the ideograph in 二○二一年.
        '○' | '◯' => "〇",
        // Not full stops: "……" closes up with its neighbours, "..." does not.
        '…' | '⋯' | '︙' => "…",
        '‥' | '︰' => "‥",
        '￣' => "¯",
        _ => return None,
    })
}

/// The compatibility decomposition (NFKD), where it can be compared with what people type.
fn compatible(character: char) -> String {
    let itself = || character.to_string();
    if matches!(character, '\u{AC00}'..='\u{D7A3}' | '\u{2160}'..='\u{2188}' | '\u{207A}'..='\u{207E}' | '\u{208A}'..='\u{208E}') {
        // Syllables of Hangul are characters, not sequences; Roman numerals, signs in exponents: see `celan::text::fold`.
        return itself();
    }
    let mut form: String = character.nfkd().collect();
    if form.contains('\u{338}') {
        // ≠ is no = with a mark on it: who looks for = must not find it.
        return itself();
    }
    if form.chars().any(|part| matches!(part, '\u{1100}'..='\u{11FF}')) {
        form = character.nfkc().collect();
    }
    if form.contains(char::is_whitespace) {
        form = character.nfd().collect();
    }
    if form.contains(char::is_whitespace) {
        return itself();
    }
    if matches!(character, '\u{3380}'..='\u{33DF}') && !form.starts_with(is_number) {
        return form.replace('2', "²").replace('3', "³");
    }
    let ideograph = matches!(character, '\u{2F00}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    let digit = form.chars().count() == 1 && form.starts_with(|form: char| form.is_ascii_digit()) && is_decimal(character);
    let runs_on = form.starts_with(is_number) || form.ends_with(is_number);
    if runs_on && !ideograph && !digit { itself() } else { form }
}

fn is_number(character: char) -> bool {
    character.is_numeric() || "〇一二三四五六七八九十百千万亿廿卄卅卌".contains(character)
}

/// Full-width and mathematical digits.
fn is_decimal(character: char) -> bool {
    matches!(character, '\u{FF10}'..='\u{FF19}' | '\u{1D7CE}'..='\u{1D7FF}' | '\u{1FBF0}'..='\u{1FBF9}')
}

/// The bytes of the table: two counts (distinct pages, longer foldings), the pages, the page of each 64 characters of Unicode, the
/// ends of the longer foldings, and these themselves; all numbers of 16 bits, the low byte first.
pub(crate) fn table(ideographs: &Ideographs) -> Vec<u8> {
    let (mut distinct, mut index): (BTreeMap<Vec<u16>, u16>, Vec<u16>) = Default::default();
    let (mut pages, mut longer): (Vec<u16>, Vec<String>) = Default::default();
    for start in (0..0x11_0000).step_by(PAGE) {
        let codes = (start..start + PAGE).map(|code| char_code(code, ideographs, &mut longer)).collect::<Vec<_>>();
        let next = u16::try_from(distinct.len()).unwrap();
        let number = *distinct.entry(codes.clone()).or_insert(next);
        if number == next {
            pages.extend(codes);
        }
        index.push(number);
    }
    let mut end = 0;
    let ends = longer.iter().map(|folding| {
        end += folding.len();
        u16::try_from(end).unwrap()
    });
    let counts = [u16::try_from(distinct.len()).unwrap(), u16::try_from(longer.len()).unwrap()];
    let numbers = counts.into_iter().chain(pages).chain(index).chain(ends);
    let mut bytes: Vec<u8> = numbers.flat_map(u16::to_le_bytes).collect();
    bytes.extend(longer.concat().into_bytes());
    bytes
}

fn char_code(code: usize, ideographs: &Ideographs, longer: &mut Vec<String>) -> u16 {
    let Some(character) = u32::try_from(code).ok().and_then(char::from_u32) else { return 0 };
    let folded = match rule(character, ideographs) {
        Rule::Dropped => return 1,
        Rule::WhiteSpace => return 2,
        Rule::Text(folded) => folded,
    };
    if folded.chars().eq([character]) {
        return 0;
    }
    let mut characters = folded.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    if let Some(only) = only.and_then(|only| u16::try_from(u32::from(only)).ok()) {
        return only;
    }
    let place = longer.iter().position(|known| *known == folded).unwrap_or_else(|| {
        longer.push(folded);
        longer.len() - 1
    });
    assert!(place < MOST_LONGER, "too many longer foldings for the codes that stand for them");
    FIRST_LONGER + u16::try_from(place).unwrap()
}
