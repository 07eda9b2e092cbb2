//! The table of folding: what each character is compared as.
//!
//! Made by `tests/folding/make_folding.rs` from the rules beside it, from Unicode's compatibility forms (crate `unicode-normalization`)
//! and from the lists `simplified.txt` and `variants.txt` here; `tests/folding.rs` holds it against them. It is laid out when the
//! program is compiled, so that it costs nothing at the start and two look-ups a character. Most characters stay themselves.

/// Counts, then pages, then their index, then the longer foldings; see `make_folding.rs`.
const BYTES: &[u8] = include_bytes!("table.bin");

/// Characters a page.
const PAGE: usize = 64;

/// Pages of all of Unicode.
const PAGES: usize = 0x11_0000 / PAGE;

const DISTINCT_PAGES: usize = number(0) as usize;
const LONGER_FOLDINGS: usize = number(2) as usize;
const INDEX_START: usize = 4 + DISTINCT_PAGES * PAGE * 2;
const LONGER_START: usize = INDEX_START + PAGES * 2;

/// What the characters of each distinct page fold to, page after page.
static FOLDINGS: [u16; DISTINCT_PAGES * PAGE] = numbers(4);

/// Page of Unicode → distinct page.
static INDEX: [u16; PAGES] = numbers(INDEX_START);

/// Where each longer folding ends in [`LONGER`] and the next begins.
static ENDS: [u16; LONGER_FOLDINGS] = numbers(LONGER_START);

/// The longer foldings, one after the other.
static LONGER: &[u8] = BYTES.split_at(LONGER_START + LONGER_FOLDINGS * 2).1;

/// The code of a character that is compared as itself.
pub(super) const SAME: u16 = 0;

const DROPPED: u16 = 1;
const WHITE_SPACE: u16 = 2;

/// Codes from here up to [`LAST_LONGER`] are numbers of longer foldings: surrogates and private use, which nothing folds to.
const FIRST_LONGER: u16 = 0xD800;
const LAST_LONGER: u16 = 0xF8FF;

/// What folding makes of one character.
pub(super) enum Folding {
    /// Itself.
    Same,
    /// Nothing: it takes no room and nobody types it.
    Dropped,
    /// White space, to be judged by its neighbours.
    WhiteSpace,
    /// Another character.
    Character(char),
    /// Several characters, or one beyond the basic plane.
    Text(&'static str),
}

/// What the table holds for `character`; [`folding`] reads it.
#[inline]
pub(super) fn code(character: char) -> u16 {
    let character = character as usize;
    let page = INDEX.get(character / PAGE).copied().unwrap_or_default();
    FOLDINGS.get(usize::from(page) * PAGE + character % PAGE).copied().unwrap_or(SAME)
}

/// The meaning of a code.
#[inline]
pub(super) fn folding(code: u16) -> Folding {
    match code {
        SAME => Folding::Same,
        DROPPED => Folding::Dropped,
        WHITE_SPACE => Folding::WhiteSpace,
        FIRST_LONGER..=LAST_LONGER => Folding::Text(longer(usize::from(code - FIRST_LONGER))),
        _ => char::from_u32(u32::from(code)).map_or(Folding::Same, Folding::Character),
    }
}

fn longer(place: usize) -> &'static str {
    let start = place.checked_sub(1).and_then(|before| ENDS.get(before)).map_or(0, |end| usize::from(*end));
    let end = ENDS.get(place).map_or(start, |end| usize::from(*end));
    LONGER.get(start..end).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
}

const fn number(at: usize) -> u16 {
    u16::from_le_bytes([BYTES[at], BYTES[at + 1]])
}

const fn numbers<const COUNT: usize>(start: usize) -> [u16; COUNT] {
    let mut numbers = [0; COUNT];
    let mut place = 0;
    while place < COUNT {
        numbers[place] = number(start + place * 2);
        place += 1;
    }
    numbers
}
