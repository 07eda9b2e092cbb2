//! Addresses: that of the parent, or of one of its ancestors, and one number more.
//!
//! A byte says what is counted and what else is to be read: how much of the parent's address is dropped (articles do without their
//! chapter), a number that is not 1, an insertion, a repetition. Any other address is written step by step. The nodes before are not needed
//! to read it, so that they can be jumped over.

use super::place;
use crate::document::locator::{Address, Step, StepKind};
use crate::index::varint;

const DROPPED: u8 = 0x10;
const OTHER_VALUE: u8 = 0x20;
const INSERTION: u8 = 0x40;
const REPEAT: u8 = 0x80;

/// In place of a kind: all steps follow.
const WRITTEN_OUT: u8 = 15;

pub(super) const KINDS: [StepKind; 10] = [
    StepKind::Number,
    StepKind::Article,
    StepKind::Paragraph,
    StepKind::Bullet,
    StepKind::Table,
    StepKind::Row,
    StepKind::Box,
    StepKind::Annex,
    StepKind::Front,
    StepKind::Sentence,
];

/// The place of a kind in [`KINDS`].
const fn number(kind: StepKind) -> u8 {
    match kind {
        StepKind::Number => 0,
        StepKind::Article => 1,
        StepKind::Paragraph => 2,
        StepKind::Bullet => 3,
        StepKind::Table => 4,
        StepKind::Row => 5,
        StepKind::Box => 6,
        StepKind::Annex => 7,
        StepKind::Front => 8,
        StepKind::Sentence => 9,
    }
}

/// Appends the address of a node; `base` is that of its parent.
pub(super) fn put(bytes: &mut Vec<u8>, address: &Address, base: &[Step]) {
    let last = address.0.split_last().filter(|(_, above)| base.starts_with(above));
    let Some((step, above)) = last else {
        bytes.push(WRITTEN_OUT);
        varint::put(bytes, address.0.len() as u64);
        for Step { kind, value, insertion, repeat } in &address.0 {
            bytes.push(number(*kind));
            for value in [value, insertion, repeat] {
                varint::put(bytes, u64::from(*value));
            }
        }
        return;
    };
    let Step { kind, value, insertion, repeat } = *step;
    let dropped = base.len() - above.len();
    let flags = [(dropped > 0, DROPPED), (value != 1, OTHER_VALUE), (insertion != 0, INSERTION), (repeat != 1, REPEAT)];
    bytes.push(flags.iter().filter(|(has, _)| *has).fold(number(kind), |byte, (_, flag)| byte | flag));
    if dropped > 0 {
        varint::put(bytes, dropped as u64);
    }
    for (number, has) in [(insertion, insertion != 0), (repeat, repeat != 1), (value, value != 1)] {
        if has {
            varint::put(bytes, u64::from(number));
        }
    }
}

/// Takes the address of a node; `base` is that of its parent.
pub(super) fn take(bytes: &mut &[u8], base: &[Step]) -> Option<Address> {
    let flags = varint::take_byte(bytes)?;
    if flags == WRITTEN_OUT {
        return (0..varint::take(bytes)?).map(|_| take_whole_step(bytes)).collect::<Option<_>>().map(Address);
    }
    let (dropped, step) = take_step(flags, bytes)?;
    let mut steps = base.get(..base.len().checked_sub(dropped)?)?.to_vec();
    steps.push(step);
    Some(Address(steps))
}

/// Takes the address of a node without putting it together.
pub(super) fn skip(bytes: &mut &[u8]) -> Option<()> {
    match varint::take_byte(bytes)? {
        WRITTEN_OUT => (0..varint::take(bytes)?).try_for_each(|_| take_whole_step(bytes).map(drop)),
        flags => take_step(flags, bytes).map(drop),
    }
}

/// Takes the last step of an address, and how much of the address of the parent it drops.
fn take_step(flags: u8, bytes: &mut &[u8]) -> Option<(usize, Step)> {
    let kind = *KINDS.get(usize::from(flags & 15))?;
    let dropped = if flags & DROPPED == 0 { 0 } else { place(varint::take(bytes)?)? };
    let insertion = if flags & INSERTION == 0 { 0 } else { take_number(bytes)? };
    let repeat = if flags & REPEAT == 0 { 1 } else { take_number(bytes)? };
    let value = if flags & OTHER_VALUE == 0 { 1 } else { take_number(bytes)? };
    Some((dropped, Step { kind, value, insertion, repeat }))
}

fn take_whole_step(bytes: &mut &[u8]) -> Option<Step> {
    let kind = *KINDS.get(usize::from(varint::take_byte(bytes)?))?;
    let (value, insertion, repeat) = (take_number(bytes)?, take_number(bytes)?, take_number(bytes)?);
    Some(Step { kind, value, insertion, repeat })
}

fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    u32::try_from(varint::take(bytes)?).ok()
}
