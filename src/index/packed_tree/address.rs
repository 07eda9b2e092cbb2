//! Addresses: that of the parent, or of one of its ancestors, and one number more, which is mostly the next in its row.
//!
//! A byte says what is counted and what else is to be read: how much of the parent's address is dropped (articles do without their
//! chapter), a number that is not the next, an insertion, a repetition. Any other address is written step by step.

use super::place;
use crate::document::locator::{Address, Step, StepKind};
use crate::document::node::Node;
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

/// The last number of each kind, under each node and in all.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Those under no node, then those under each node.
    under: Vec<[u32; KINDS.len()]>,
    /// Of steps that do not stand under the address of their node's parent.
    apart: [u32; KINDS.len()],
    /// Of rows that are not kept.
    nowhere: [u32; KINDS.len()],
}

impl Counts {
    /// Appends the address of the node that comes after `nodes`.
    pub(super) fn put(&mut self, bytes: &mut Vec<u8>, address: &Address, parent: Option<usize>, nodes: &[Node]) {
        let base = base(parent, nodes);
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
        let count = self.last(kind, dropped, Some(row(parent, nodes)));
        // `a120-1` and `3~2` have the number of the step before.
        let expected = count.wrapping_add(u32::from(insertion == 0 && repeat == 1));
        *count = value;
        let flags = [(dropped > 0, DROPPED), (value != expected, OTHER_VALUE), (insertion != 0, INSERTION), (repeat != 1, REPEAT)];
        bytes.push(flags.iter().filter(|(has, _)| *has).fold(number(kind), |byte, (_, flag)| byte | flag));
        if dropped > 0 {
            varint::put(bytes, dropped as u64);
        }
        for (number, has) in [(insertion, insertion != 0), (repeat, repeat != 1), (value, value != expected)] {
            if has {
                varint::put(bytes, u64::from(number));
            }
        }
    }

    /// Takes the address of the next node: `base` is that of its parent, `row` the number of the row of what stands under that, 0 where it
    /// stands under nothing.
    pub(super) fn take(&mut self, bytes: &mut &[u8], row: usize, base: &[Step]) -> Option<Address> {
        let flags = varint::take_byte(bytes)?;
        if flags == WRITTEN_OUT {
            return take_written_out(bytes);
        }
        let (dropped, step) = self.take_step(flags, bytes, Some(row))?;
        let mut steps = base.get(..base.len().checked_sub(dropped)?)?.to_vec();
        steps.push(step);
        Some(Address(steps))
    }

    /// Takes the address of the next node without putting it together; it counts in its row, where that is kept.
    pub(super) fn skip(&mut self, bytes: &mut &[u8], row: Option<usize>) -> Option<()> {
        match varint::take_byte(bytes)? {
            WRITTEN_OUT => (0..varint::take(bytes)?).try_for_each(|_| take_whole_step(bytes).map(drop)),
            flags => self.take_step(flags, bytes, row).map(drop),
        }
    }

    /// Takes the last step of an address, and how much of the address of the parent it drops.
    fn take_step(&mut self, flags: u8, bytes: &mut &[u8], row: Option<usize>) -> Option<(usize, Step)> {
        let kind = *KINDS.get(usize::from(flags & 15))?;
        let dropped = if flags & DROPPED == 0 { 0 } else { place(varint::take(bytes)?)? };
        let insertion = if flags & INSERTION == 0 { 0 } else { take_number(bytes)? };
        let repeat = if flags & REPEAT == 0 { 1 } else { take_number(bytes)? };
        let count = self.last(kind, dropped, row);
        let expected = count.wrapping_add(u32::from(insertion == 0 && repeat == 1));
        let value = if flags & OTHER_VALUE == 0 { expected } else { take_number(bytes)? };
        *count = value;
        Some((dropped, Step { kind, value, insertion, repeat }))
    }

    /// The last number of this kind in the row that the step belongs to; that of a row that is not kept is never asked for.
    fn last(&mut self, kind: StepKind, dropped: usize, row: Option<usize>) -> &mut u32 {
        let counts = match row {
            _ if dropped > 0 => &mut self.apart,
            None => &mut self.nowhere,
            Some(row) => {
                if self.under.len() <= row {
                    self.under.resize(row + 1, [0; KINDS.len()]);
                }
                self.under.get_mut(row).unwrap_or(&mut self.apart)
            }
        };
        let [first, rest @ ..] = counts;
        usize::from(number(kind)).checked_sub(1).and_then(|at| rest.get_mut(at)).unwrap_or(first)
    }
}

/// The row of what stands under a node: 0 under none of them.
pub(super) fn row(parent: Option<usize>, nodes: &[Node]) -> usize {
    parent.filter(|parent| *parent < nodes.len()).map_or(0, |parent| parent + 1)
}

/// The address that a child of `parent` adds to.
pub(super) fn base(parent: Option<usize>, nodes: &[Node]) -> &[Step] {
    parent.and_then(|parent| nodes.get(parent)).map_or(&[], |parent| parent.address.0.as_slice())
}

fn take_written_out(bytes: &mut &[u8]) -> Option<Address> {
    (0..varint::take(bytes)?).map(|_| take_whole_step(bytes)).collect::<Option<_>>().map(Address)
}

fn take_whole_step(bytes: &mut &[u8]) -> Option<Step> {
    let kind = *KINDS.get(usize::from(varint::take_byte(bytes)?))?;
    let (value, insertion, repeat) = (take_number(bytes)?, take_number(bytes)?, take_number(bytes)?);
    Some(Step { kind, value, insertion, repeat })
}

fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    u32::try_from(varint::take(bytes)?).ok()
}
