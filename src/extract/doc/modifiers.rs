//! Modifiers (`sprm`, [MS-DOC] §2.2.5 and §2.6): how the file says what is different from the usual.
//!
//! Takes a list of modifiers as it lies in the file, gives them one at a time. What they mean is left to `properties`.

use crate::extract::little_endian::{u8_at, u16_at};

/// The codes of modifiers, by what they say; the names are those of [MS-DOC] §2.6.
pub(super) mod code {
    /// `sprmPIstd`.
    pub(in crate::extract::doc) const STYLE: u16 = 0x4600;
    /// `sprmPIlvl`.
    pub(in crate::extract::doc) const LIST_LEVEL: u16 = 0x260A;
    /// `sprmPIlfo`.
    pub(in crate::extract::doc) const LIST: u16 = 0x460B;
    /// `sprmPOutLvl`.
    pub(in crate::extract::doc) const OUTLINE: u16 = 0x2640;
    /// `sprmPFInTable`.
    pub(in crate::extract::doc) const IN_TABLE: u16 = 0x2416;
    /// `sprmPFTtp`.
    pub(in crate::extract::doc) const ROW_END: u16 = 0x2417;
    /// `sprmPFInnerTableCell`.
    pub(in crate::extract::doc) const INNER_CELL_END: u16 = 0x244B;
    /// `sprmPFInnerTtp`.
    pub(in crate::extract::doc) const INNER_ROW_END: u16 = 0x244C;
    /// `sprmPItap`.
    pub(in crate::extract::doc) const DEPTH: u16 = 0x6649;
    /// `sprmPDtap`.
    pub(in crate::extract::doc) const DEEPER: u16 = 0x664A;
    /// `sprmPHugePapx`.
    pub(in crate::extract::doc) const HUGE: u16 = 0x6646;
    /// The same as Word 97 wrote it.
    pub(in crate::extract::doc) const OLD_HUGE: u16 = 0x6645;
    /// `sprmPTableProps`.
    pub(in crate::extract::doc) const TABLE_PROPERTIES: u16 = 0x646B;
    /// `sprmTDefTable`.
    pub(in crate::extract::doc) const ROW: u16 = 0xD608;
    /// `sprmTDefTable10`, which is only stepped over.
    pub(in crate::extract::doc) const OLD_ROW: u16 = 0xD606;
    /// `sprmTMerge`.
    pub(in crate::extract::doc) const MERGE: u16 = 0x5624;
    /// `sprmTSplit`.
    pub(in crate::extract::doc) const SPLIT: u16 = 0x5625;
    /// `sprmTVertMerge`.
    pub(in crate::extract::doc) const MERGE_DOWN: u16 = 0xD62B;
    /// `sprmCFRMarkDel`.
    pub(in crate::extract::doc) const DELETED: u16 = 0x0800;
    /// `sprmCFVanish`.
    pub(in crate::extract::doc) const HIDDEN: u16 = 0x083C;
    /// `sprmCIstd`.
    pub(in crate::extract::doc) const STYLE_OF_CHARACTERS: u16 = 0x4A30;
    /// `sprmCSymbol`.
    pub(in crate::extract::doc) const SYMBOL: u16 = 0x6A09;
    /// `sprmPChgTabs`.
    pub(in crate::extract::doc) const TABS: u16 = 0xC615;
}

/// One modifier: which property, and its new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Modifier<'bytes> {
    pub(super) code: u16,
    pub(super) operand: &'bytes [u8],
    /// Both as they lie in the file.
    written: &'bytes [u8],
}

/// Modifiers of rows have a length of two bytes.
const LONG: [u16; 2] = [code::ROW, code::OLD_ROW];

/// The modifiers of a list, up to the first that is cut off.
pub(super) fn modifiers(mut bytes: &[u8]) -> impl Iterator<Item = Modifier<'_>> {
    std::iter::from_fn(move || {
        let code = u16_at(bytes, 0)?;
        let (before, length) = operand(code, bytes.get(2..)?)?;
        let (written, rest) = bytes.split_at_checked(2 + before + length)?;
        bytes = rest;
        Some(Modifier { code, operand: written.get(2 + before..)?, written })
    })
}

/// The bytes before the operand that say its length, and its length.
fn operand(code: u16, rest: &[u8]) -> Option<(usize, usize)> {
    Some(match code >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        _ if LONG.contains(&code) => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
        _ => match (code, u8_at(rest, 0)?) {
            (code::TABS, 255) => {
                let deleted = usize::from(u8_at(rest, 1)?) * 4 + 1;
                (1, deleted + usize::from(u8_at(rest, 1 + deleted)?) * 3 + 1)
            }
            (_, length) => (1, usize::from(length)),
        },
    })
}

/// The properties that are kept, as modifiers name them.
const KEPT: [u16; 21] = [
    code::STYLE,
    code::LIST_LEVEL,
    code::LIST,
    code::OUTLINE,
    code::IN_TABLE,
    code::ROW_END,
    code::INNER_CELL_END,
    code::INNER_ROW_END,
    code::DEPTH,
    code::DEEPER,
    code::HUGE,
    code::OLD_HUGE,
    code::TABLE_PROPERTIES,
    code::ROW,
    code::MERGE,
    code::SPLIT,
    code::MERGE_DOWN,
    code::DELETED,
    code::HIDDEN,
    code::STYLE_OF_CHARACTERS,
    code::SYMBOL,
];

/// The same list without what is not kept and what a later modifier says anew; pieces refer to such lists again and again.
pub(super) fn shortened(list: &[u8]) -> Vec<u8> {
    let mut kept: Vec<Modifier<'_>> = Vec::new();
    for modifier in modifiers(list).filter(|modifier| KEPT.contains(&modifier.code)) {
        kept.retain(|earlier| earlier.code != modifier.code);
        kept.push(modifier);
    }
    kept.into_iter().flat_map(|modifier| modifier.written).copied().collect()
}
