//! Numbers of few bytes: seven bits a byte, the low ones first, as LEB128 has it.
//!
//! Reading takes bytes off the front of a slice and gives nothing where they end too early or say more than 64 bits.

/// Appends a number.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7F) as u8);
}

/// Takes a number off the front.
#[inline]
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    // Most numbers are small.
    match bytes.split_first() {
        Some((&byte, rest)) if byte < 0x80 => {
            *bytes = rest;
            Some(u64::from(byte))
        }
        Some(_) | None => take_long(bytes),
    }
}

fn take_long(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let byte = take_byte(bytes)?;
        let part = u64::from(byte & 0x7F);
        number |= part << shift;
        if (part << shift) >> shift != part {
            return None;
        }
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The numbers whose distances, the first from 0, stand in these bytes, up to one that cannot be.
pub(super) fn sums(mut bytes: &[u8]) -> impl Iterator<Item = u32> {
    let mut sum = 0_u32;
    std::iter::from_fn(move || {
        sum = sum.checked_add(u32::try_from(take(&mut bytes)?).ok()?)?;
        Some(sum)
    })
}

/// Takes one byte off the front.
pub(super) fn take_byte(bytes: &mut &[u8]) -> Option<u8> {
    let (&byte, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(byte)
}

/// Appends how far a number is from the one that was expected; small distances are short, both ways.
pub(super) fn put_distance(bytes: &mut Vec<u8>, number: u64, expected: u64) {
    let distance = number.wrapping_sub(expected).cast_signed();
    put(bytes, ((distance << 1) ^ (distance >> 63)).cast_unsigned());
}

/// Takes a number that [`put_distance`] wrote.
pub(super) fn take_distance(bytes: &mut &[u8], expected: u64) -> Option<u64> {
    let folded = take(bytes)?;
    let distance = (folded >> 1).cast_signed() ^ -((folded & 1).cast_signed());
    Some(expected.wrapping_add(distance.cast_unsigned()))
}

/// Appends bytes with their length before them.
pub(super) fn put_bytes(bytes: &mut Vec<u8>, more: &[u8]) {
    put(bytes, more.len() as u64);
    bytes.extend(more);
}

/// Takes bytes that have their length before them.
pub(super) fn take_bytes<'bytes>(bytes: &mut &'bytes [u8]) -> Option<&'bytes [u8]> {
    let length = usize::try_from(take(bytes)?).ok()?;
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

/// Takes a text that has its length before it.
pub(super) fn take_text<'bytes>(bytes: &mut &'bytes [u8]) -> Option<&'bytes str> {
    str::from_utf8(take_bytes(bytes)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_numbers_and_small_distances_are_one_byte() {
        let mut bytes = Vec::new();
        put(&mut bytes, 127);
        put_distance(&mut bytes, 1_000, 1_063);
        assert_eq!(bytes, [127, 125]);
        assert_eq!(take(&mut [0x80].as_slice()), None, "it ends too early");
        assert_eq!(take(&mut [0xFF; 10].as_slice()), None, "more than 64 bits");
    }

    proptest! {
        #[test]
        fn what_was_put_is_taken(number: u64, expected: u64, text: String) {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            put_distance(&mut bytes, number, expected);
            put_bytes(&mut bytes, text.as_bytes());
            let mut rest = bytes.as_slice();
            prop_assert_eq!(take(&mut rest), Some(number));
            prop_assert_eq!(take_distance(&mut rest, expected), Some(number));
            prop_assert_eq!(take_text(&mut rest), Some(text.as_str()));
            prop_assert!(rest.is_empty());
        }
    }
}
