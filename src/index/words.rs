//! The words of a shelf: each with the number of its units that hold it, sorted, what a word shares with the one before left out.
//!
//! In bytes: for each word the length of what it shares with the one before, the length and the bytes of what it does not, and the
//! number of units; all numbers as [`varint`].

use super::varint;

/// Writes words, sorted.
pub(super) fn write(words: &[(String, u32)]) -> Vec<u8> {
    let mut section = Vec::with_capacity(words.len() * 8);
    let mut before: &[u8] = &[];
    for (word, units) in words {
        let word = word.as_bytes();
        let shared = word.iter().zip(before).take_while(|(left, right)| left == right).count();
        varint::put(&mut section, shared as u64);
        varint::put_bytes(&mut section, word.get(shared..).unwrap_or_default());
        varint::put(&mut section, u64::from(*units));
        before = word;
    }
    section
}

/// Tells every word and the number of units; none where the section is damaged.
pub(super) fn read(mut section: &[u8], tell: &mut dyn FnMut(&str, u64)) -> Option<()> {
    let mut word: Vec<u8> = Vec::new();
    while !section.is_empty() {
        let shared = usize::try_from(varint::take(&mut section)?).ok().filter(|shared| *shared <= word.len())?;
        word.truncate(shared);
        word.extend(varint::take_bytes(&mut section)?);
        tell(str::from_utf8(&word).ok()?, varint::take(&mut section)?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_were_written() {
        let words = [("rcep", 3), ("易货", 1), ("易货贸易", 70_000), ("货物", 2)].map(|(word, units)| (word.to_owned(), units));
        let section = write(&words);
        let read_all = |section: &[u8]| {
            let mut found = Vec::new();
            read(section, &mut |word, units| found.push((word.to_owned(), u32::try_from(units).unwrap()))).map(|()| found)
        };
        assert_eq!(read_all(&section).unwrap(), words);
        assert_eq!(read_all(&[]).unwrap(), []);
        for length in 1..section.len() {
            // Cut short it is refused, or what can be read is right.
            assert!(read_all(section.get(..length).unwrap()).is_none_or(|found| words.starts_with(&found)));
        }
        assert_eq!(read_all(&[9, 0, 1]), None, "more shared than there is");
    }
}
