//! Overlapping bigrams: the tokens by which any string of two characters or more is found.
//!
//! A folded text is read as its characters without white space; each pair of neighbours is one token, and the last character makes
//! one with a line break, so that the units that hold a single character are those of all the tokens that begin with it. Tokens have
//! no positions: what holds all the pairs of a string is only proposed, and verified against the text.

/// Two neighbours; sorts as the string of the two does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pair(u64);

/// Bits of a character.
const CHARACTER_BITS: u32 = 21;

/// Bits of a pair.
pub(super) const PAIR_BITS: u32 = 2 * CHARACTER_BITS;

/// What the last character of a text makes a pair with; no folded text contains it.
const END: char = '\n';

impl Pair {
    /// The pair that [`Pair::number`] stands for.
    pub(super) const fn new(number: u64) -> Self {
        Self(number)
    }

    fn of(first: char, second: char) -> Self {
        Self(u64::from(first) << CHARACTER_BITS | u64::from(second))
    }

    /// A number of [`PAIR_BITS`] bits, in the order of pairs.
    pub(super) const fn number(self) -> u64 {
        self.0
    }

    /// The code of the first character.
    pub(super) const fn first_code(self) -> u64 {
        self.0 >> CHARACTER_BITS
    }

    pub(super) fn first(self) -> char {
        let code = u32::try_from(self.first_code()).ok();
        code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(super) fn second(self) -> char {
        let code = u32::try_from(self.0 & ((1 << CHARACTER_BITS) - 1)).ok();
        code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// Whether it is the last character of a text.
    pub(super) fn is_end(self) -> bool {
        self.second() == END
    }

    /// The token.
    pub(super) fn text(self) -> String {
        [self.first(), self.second()].iter().collect()
    }
}

/// The pairs of a folded text, in order.
pub(super) fn pairs(folded: &str) -> impl Iterator<Item = Pair> {
    let mut characters = folded.chars().filter(|character| !character.is_whitespace());
    let mut first = characters.next();
    std::iter::from_fn(move || {
        let before = first?;
        first = characters.next();
        Some(Pair::of(before, first.unwrap_or(END)))
    })
}

/// How the units that may hold a folded string are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// Those that hold all of these pairs.
    Pairs(Vec<Pair>),
    /// Those that hold any token that begins with this character.
    Character(char),
}

/// How to look a folded string up; none where nothing in it is visible.
pub(super) fn lookup(folded: &str) -> Option<Lookup> {
    let characters: Vec<char> = folded.chars().filter(|character| !character.is_whitespace()).collect();
    match characters.as_slice() {
        [] => None,
        [only] => Some(Lookup::Character(*only)),
        several => {
            let mut pairs: Vec<Pair> =
                several.iter().zip(several.iter().skip(1)).map(|(first, second)| Pair::of(*first, *second)).collect();
            pairs.sort_unstable();
            pairs.dedup();
            Some(Lookup::Pairs(pairs))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        pairs(text).map(Pair::text).collect()
    }

    #[test]
    fn a_text_is_cut_into_overlapping_pairs() {
        assert_eq!(tokens("易货 a𠮷\tb"), ["易货", "货a", "a𠮷", "𠮷b", "b\n"]);
        assert_eq!(tokens("易"), ["易\n"]);
        assert!(tokens(" ").is_empty());
    }

    #[test]
    fn pairs_sort_as_their_strings_do_and_come_back_from_their_numbers() {
        let mut found: Vec<Pair> = pairs("易货a𠮷b\u{10FFFF}贸\u{E000}易").collect();
        assert!(found.iter().all(|pair| Pair::new(pair.number()) == *pair && pair.number() < 1 << PAIR_BITS));
        assert_eq!(found.iter().filter(|pair| pair.is_end()).count(), 1);
        let mut strings: Vec<String> = found.iter().map(|pair| pair.text()).collect();
        found.sort_unstable();
        strings.sort_unstable();
        assert_eq!(found.into_iter().map(Pair::text).collect::<Vec<_>>(), strings);
    }

    #[test]
    fn a_string_is_looked_up_by_its_pairs() {
        let pairs = |strings: &[&str]| Some(Lookup::Pairs(strings.iter().filter_map(|string| pairs(string).next()).collect()));
        assert_eq!(lookup(" "), None);
        assert_eq!(lookup("易"), Some(Lookup::Character('易')));
        assert_eq!(lookup("a b"), pairs(&["ab"]));
        assert_eq!(lookup("对对对"), pairs(&["对对"]));
        assert_eq!(lookup("cba"), pairs(&["ba", "cb"]));
    }
}
